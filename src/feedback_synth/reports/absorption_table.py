"""The comment-absorption table: who said what on which place, and the columns for people's answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.report import (
    Column,
    Paragraph,
    Report,
    ReportOptions,
    ReportRow,
    Run,
    Section,
    Table,
    TableCell,
)
from feedback_synth.reports import opinion_cells
from feedback_synth.reports.annexes import contexts
from feedback_synth.reports.dossier import Dossier, dossier
from feedback_synth.reports.head import letterhead
from feedback_synth.reports.numbers import numbers_section
from feedback_synth.reports.opinion_rows import OpinionRow, opinion_rows
from feedback_synth.reports.working_annex import working_annex

_PAPER, _SHEET, _PAGE = ("docx", "html"), ("xlsx",), ("html", "xlsx")
_WIDTHS_MM = {
    "number": 12, "subject": 38, "author": 44, "author_document": 46, "opinion": 82, "absorption": 74, "note": 28,
    "provision": 32, "draft_text": 48, "revised_text": 44, "accepted": 58, "explained": 42, "group": 28,
    "direction": 64, "delegate": 46, "disposition": 30, "response": 60, "place": 36, "proposal": 60, "source": 36,
    "author_name": 28, "author_title": 28, "author_organization": 40, "language": 14, "request": 24,
}  # fmt: skip
_VARIANTS = {
    "A": ("subject", "author", "opinion", "absorption"),
    "B": ("number", "author_document", "opinion", "absorption", "note"),
    "C": ("number", "provision", "draft_text", "opinion", "author", "absorption", "revised_text"),
    "D": ("number", "draft_text", "opinion", "author", "accepted", "explained", "note"),
    "E": ("number", "delegate", "group", "opinion", "direction"),
}
_WIDER_MM = {"C": {"opinion": 68, "draft_text": 60, "revised_text": 58, "absorption": 64}}
# What a spreadsheet adds, so that each fact has a column of its own: before the opinion, and after it.
_SHEET_BEFORE = ("group", "provision", "author_organization", "author_name", "author_title")
_SHEET_AFTER = ("disposition", "response", "place", "note", "proposal", "language", "request")
_SPLIT_ON_SHEET = {
    "subject",
    "author",
    "author_document",
    "delegate",
    "absorption",
    "accepted",
    "explained",
    "direction",
}
_EDITABLE = {
    "group", "provision", "author_organization", "author_name", "author_title", "disposition", "response", "place",
    "note", "absorption", "accepted", "explained", "direction",
}  # fmt: skip


def build(analysis: Analysis, options: ReportOptions, decisions: Iterable[Decision] = ()) -> Report:
    """The table in the chosen variant, with the numbers before it. Every opinion stands in exactly one row."""
    work = dossier(analysis, options, decisions)
    labels = work.labels
    return Report(
        key="absorption_table",
        title=labels("absorption.title"),
        subtitle=labels("absorption.subtitle", subject=work.subject()),
        language=labels.language,
        profile=options.profile,
        landscape=True,
        sections=(
            Section("preamble", "", 1, _preamble(work)),
            numbers_section(work),
            Section("opinions", labels("absorption.results"), 1, (opinion_table(work),)),
            *([working_annex(work)] if options.for_editing else []),
            *contexts(work),
        ),
        letterhead=letterhead(work),
        spelling=options.spelling,
        template=options.template,
    )


def _preamble(work: Dossier) -> tuple[Paragraph, ...]:
    issuer = work.options.letterhead.issuer or work.labels("to_fill")
    text = work.labels(f"absorption.preamble.{work.options.profile}", issuer=issuer, subject=work.subject())
    form = [work.labels("absorption.form", form=work.options.form)] if work.options.form else []
    return tuple(Paragraph((Run(t),)) for t in (text, *form))


def opinion_table(work: Dossier) -> Table:
    """The table itself, with heading rows for groups or for the parts of the drafts."""
    columns = _columns(work)
    rows: list[ReportRow] = []
    heading = None
    for row in opinion_rows(work):
        title = _heading(row, work)
        if title != heading:
            heading = title
            rows.append(
                ReportRow((TableCell((Paragraph((Run(title, "bold"),)),)),), f"heading/{len(rows)}", heading=True)
            )
        rows.append(_report_row(row, columns, work))
    return Table("opinions", work.labels("absorption.results"), columns, tuple(rows))


def _columns(work: Dossier) -> tuple[Column, ...]:
    """The variant's columns, then those that a spreadsheet adds so that each fact has a column of its own."""
    chosen = _VARIANTS[work.options.variant]
    columns = [] if "number" in chosen else [_column("number", _PAGE, work)]
    for key in chosen:
        added = _SHEET_BEFORE if key == "opinion" else ()
        columns += [_column(k, _SHEET, work) for k in added if k not in chosen]
        columns.append(_column(key, _PAPER if key in _SPLIT_ON_SHEET else (), work))
    columns += [_column(k, _SHEET, work) for k in _SHEET_AFTER if k not in chosen]
    return (*columns, _column("source", _PAGE, work))


def _column(key: str, formats: tuple[str, ...], work: Dossier) -> Column:
    return Column(
        key=key,
        title=work.labels(f"columns.{key}"),
        width_mm=_WIDER_MM.get(work.options.variant, {}).get(key, _WIDTHS_MM[key]),
        editable=key in _EDITABLE,
        merge_equal=key == "subject",
        formats=formats,
    )


def _heading(row: OpinionRow, work: Dossier) -> str:
    if work.options.group_by == "group":
        return work.labels.group(row.group)
    if not row.links:
        return work.labels("absorption.no_place")
    return _outermost(row, work)


def _outermost(row: OpinionRow, work: Dossier) -> str:
    """The draft and the outermost part of it that holds the row's place."""
    link = row.links[0]
    draft = work.drafts.get(link.draft)
    provision = work.provision(link)
    while draft and provision and provision.parent_id in draft.by_id:
        provision = draft.by_id[provision.parent_id]
    if provision is None:
        return work.draft_name(link.draft)
    title = f"{provision.label}. {provision.heading}" if provision.heading else provision.label
    return f"{work.draft_name(link.draft)} – {title}"


def _report_row(row: OpinionRow, columns: tuple[Column, ...], work: Dossier) -> ReportRow:
    cells = tuple(
        TableCell(_CELLS[column.key](row, work), key=column.key, editable=column.editable) for column in columns
    )
    return ReportRow(cells, row.key, facets=opinion_cells.facets(row, work), anchor=f"row-{row.first.id}")


_CELLS: dict[str, Callable[[OpinionRow, Dossier], tuple[Paragraph, ...]]] = {
    "number": opinion_cells.number,
    "subject": opinion_cells.subject,
    "author": opinion_cells.author,
    "author_document": opinion_cells.author_document,
    "delegate": opinion_cells.delegate,
    "opinion": opinion_cells.opinion,
    "absorption": opinion_cells.absorption,
    "direction": opinion_cells.absorption,
    "accepted": opinion_cells.accepted,
    "explained": opinion_cells.explained,
    "provision": opinion_cells.provision,
    "draft_text": opinion_cells.draft_text,
    "revised_text": opinion_cells.revised_text,
    "group": opinion_cells.group,
    "disposition": opinion_cells.disposition,
    "response": opinion_cells.response,
    "place": opinion_cells.place,
    "note": opinion_cells.note,
    "proposal": opinion_cells.proposed,
    "source": opinion_cells.source,
    "author_name": opinion_cells.author_name,
    "author_title": opinion_cells.author_title,
    "author_organization": opinion_cells.author_organization,
    "language": opinion_cells.language,
    "request": opinion_cells.request,
}
