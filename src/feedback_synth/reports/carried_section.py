"""The opinions that were not taken in, with their places in the numbering of the revised draft."""

from __future__ import annotations

from feedback_synth.datamodel.comparison import Carried
from feedback_synth.datamodel.report import Column, Paragraph, ReportRow, Run, Section, Table, TableCell
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.labels import distinct
from feedback_synth.reports.opinion_rows import OpinionRow, opinion_rows
from feedback_synth.reports.tables import compact, plain_cell


def carried_section(work: Dossier) -> Section:
    """One row for each request that is still open: where it was, where it is now, or that its provision is gone."""
    labels = work.labels
    places: dict[str, list[Carried]] = {}
    for c in work.analysis.tracing.carried if work.analysis.tracing else ():
        places.setdefault(c.opinion_id, []).append(c)
    rows = [_row(row, places[row.first.id], work) for row in opinion_rows(work) if row.first.id in places]
    widths = (("number", 10), ("opinion", 76), ("old_place", 40), ("new_place", 40))
    columns = tuple(Column(key, labels(f"columns.{key}"), width) for key, width in widths)
    title = labels("annexes.carried")
    table = compact(Table("carried", title, columns, tuple(rows)))
    intro = Paragraph((Run(labels("annexes.carried_intro")),))
    return Section("carried", title, 1, (intro, table) if rows else ())


def _row(row: OpinionRow, places: list[Carried], work: Dossier) -> ReportRow:
    old = distinct(f"{work.draft_name(c.draft)}: {c.old_label}" for c in places)
    new = distinct(f"{work.draft_name(c.draft)}: {c.new_label or work.labels('annexes.gone')}" for c in places)
    words = Paragraph((Run(row.first.text, "quote", f"#o-{row.first.id}"),))
    cells = (plain_cell(work.labels.number(row.number)), TableCell((words,)), _lines(old), _lines(new))
    return ReportRow(cells, row.key)


def _lines(texts: list[str]) -> TableCell:
    return TableCell(tuple(Paragraph((Run(text),)) for text in texts))
