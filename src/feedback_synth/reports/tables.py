"""Tables without columns that nobody fills; the words that send the reader to the whole one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from feedback_synth.datamodel.report import Paragraph, ReportRow, Run, Table, TableCell
from feedback_synth.reports.dossier import Dossier


def compact(table: Table) -> Table:
    """The table without columns that are empty in every row, such as what a revised draft did where there is none."""
    rows = [row for row in table.rows if not row.heading]
    if not rows:
        return table
    empty = [c.key for n, c in enumerate(table.columns) if not any(row.cells[n].paragraphs for row in rows)]
    return without(table, empty)


def without(table: Table, keys: Collection[str]) -> Table:
    """The table without the columns of these keys."""
    kept = [n for n, c in enumerate(table.columns) if c.key not in keys]
    if len(kept) == len(table.columns):
        return table
    return replace(table, columns=tuple(table.columns[n] for n in kept), rows=tuple(_only(r, kept) for r in table.rows))


def _only(row: ReportRow, kept: list[int]) -> ReportRow:
    return row if row.heading else replace(row, cells=tuple(row.cells[n] for n in kept))


def plain_cell(text: str) -> TableCell:
    """A cell with these words; no paragraph at all where there are none."""
    return TableCell((Paragraph((Run(text),)),) if text else ())


def in_full(key: str, annex: Mapping[str, str], work: Dossier) -> str:
    """ " (in full in Annex 3)", where there is such an annex; ``key`` is that of its section."""
    return work.labels("synthesis.in_full", annex=annex[key]) if key in annex else ""
