"""For editors: group, provision, author and note of every opinion, to be corrected whatever the variant shows.

It stands after the signature on pages of its own, one line for each opinion, and is no part of the signed document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.datamodel.report import Column, Entry, Paragraph, ReportRow, Section, Table, TableCell
from feedback_synth.reports import opinion_cells
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.exchange import DOCX_KEY_COLUMN
from feedback_synth.reports.numbers import body
from feedback_synth.reports.opinion_rows import OpinionRow, opinion_rows
from feedback_synth.reports.proposal import shorten
from feedback_synth.reports.tables import plain_cell

_WORDS = 90  # characters of the quotation, enough to know it again
_EMPTY = "…"
_LEADS = (("number", 10), ("key", 26), ("opinion", 60))
_OF_THE_ROW: dict[str, Callable[[OpinionRow, Dossier], opinion_cells.Cell]] = {
    "group": opinion_cells.group,
    "provision": opinion_cells.provision,
    "note": opinion_cells.note,
}
_OF_THE_OPINION = ("author_organization", "author_name", "author_title")
_FIELDS = (("group", 30), ("provision", 36), ("author_organization", 36), ("author_name", 28), ("author_title", 26),
           ("note", 24))  # fmt: skip


def working_annex(work: Dossier) -> Section:
    """The annex: every field of every opinion that is not the answer; its quotation only to know it again."""
    labels = work.labels
    lines = tuple(line for row in opinion_rows(work) for line in _lines(row, work))
    columns = tuple(
        Column(key, labels(f"columns.{key}"), width, editable=(key, width) in _FIELDS)
        for key, width in (*_LEADS, *_FIELDS)
    )
    content = (body(labels("working.intro")), Table("working", labels("working.title"), columns, lines))
    return Section(
        "working", labels("working.title"), 1, content if lines else (), formats=("docx",), annex=True, landscape=True
    )


def _lines(row: OpinionRow, work: Dossier) -> Iterator[ReportRow]:
    """One line for each opinion; what all of a row share stands in the line of the first."""
    for said in row.opinions:
        cells = {
            "number": plain_cell(work.labels.number(row.number)),
            "key": TableCell((Paragraph((Entry(said.id, DOCX_KEY_COLUMN, said.id),), "note"),)),
            "opinion": plain_cell(shorten(said.text, _WORDS)),
            **{key: TableCell(cell(row, work)) for key, cell in _OF_THE_ROW.items() if said is row.first},
            **{key: _author(said, key, work) for key in _OF_THE_OPINION},
        }
        yield ReportRow(tuple(cells.get(key, TableCell(())) for key, _ in (*_LEADS, *_FIELDS)), said.id)


def _author(said: Opinion, key: str, work: Dossier) -> TableCell:
    value = getattr(work.author(said), key.removeprefix("author_"))
    return TableCell((Paragraph((Entry(said.id, key, value, _EMPTY),)),))
