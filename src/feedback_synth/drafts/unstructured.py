"""Drafts without any numbering: their paragraphs and tables, counted."""

from __future__ import annotations

from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.draft import Provision, TableRow
from feedback_synth.drafts import tables
from feedback_synth.drafts.lines import Line, TableBlocks
from feedback_synth.languages.words import structure


def unstructured(body: list[Line | TableBlocks], code: str) -> tuple[list[Provision], list[TableRow]]:
    """Each paragraph as a provision, and each table as one that holds its rows."""
    words = structure(code)["zones"]
    provisions: list[Provision] = []
    rows: list[TableRow] = []
    counted = {"paragraph": 0, "table": 0}
    for part in body:
        kind = "paragraph" if isinstance(part, Line) else "table"
        counted[kind] += 1
        n = counted[kind]
        name, label = f"{kind[:3]}_{n}", f"{words[kind]} {n}"
        if isinstance(part, Line):
            provisions.append(_paragraph(part, name, label, n))
        else:
            provisions.append(Provision(name, label, "indent", str(n), "", ""))
            rows += tables.rows(part, name, 1, code)
    return provisions, rows


def _paragraph(line: Line, name: str, label: str, n: int) -> Provision:
    block = line.block
    span = Span(block.id, line.start, line.end)
    return Provision(name, label, "indent", str(n), "", line.text.strip(), spans=(span,), page=block.locator.page)
