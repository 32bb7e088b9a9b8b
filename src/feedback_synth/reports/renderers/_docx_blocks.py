"""Paragraphs, runs and tables of python-docx, in the looks that reports need.

python-docx asks the tree anew for every property that is set and for every cell that is reached, which a table of a
thousand rows makes felt: what many runs, cells or rows have in common is made once and copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.text.run import CT_R
from docx.shared import Emu, Pt, RGBColor, Twips
from docx.table import Table, _Cell
from docx.text.font import Font
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from feedback_synth.reports.renderers._wordml import legal, row_marks, table_properties

if TYPE_CHECKING:
    from docx.blkcntnr import BlockItemContainer


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks; ``size`` in points, 0 leaves it to the style."""

    size: float = 0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    caps: bool = False
    color: str = ""


PLAIN = Look()
_BREAKS = frozenset("\n\r\t")


def dress(font: Font, look: Look) -> None:
    """Give the look to the font of a run or a style; what the look does not say stays with the style."""
    if look.size:
        font.size = Pt(look.size)
    for name, wanted in (
        ("bold", look.bold),
        ("italic", look.italic),
        ("underline", look.underline),
        ("strike", look.strike),
        ("all_caps", look.caps),
    ):
        if wanted:
            setattr(font, name, True)
    if look.color:
        font.color.rgb = RGBColor.from_string(look.color)


def add_run(paragraph: Paragraph, text: str, look: Look = PLAIN) -> Run:
    """A run; line breaks and tabs become their elements."""
    run = Run(deepcopy(_pattern(look)), paragraph)
    paragraph._p.append(run.element)
    words = legal(text)
    if _BREAKS.isdisjoint(words):
        run.element.add_t(words)
    else:
        run.text = words
    return run


@cache
def _pattern(look: Look) -> CT_R:
    """A run without text in this look."""
    pattern = OxmlElement("w:r")
    assert isinstance(pattern, CT_R)
    dress(Font(pattern), look)
    return pattern


def shape(paragraph: Paragraph, **settings: Any) -> Paragraph:
    """Set properties of python-docx's ``paragraph_format`` by their names."""
    for name, value in settings.items():
        setattr(paragraph.paragraph_format, name, value)
    return paragraph


def add_table(
    block: BlockItemContainer, rows: int, widths: Sequence[int], *, borders: bool = True, title: str = ""
) -> Table:
    """A table of fixed layout with empty cells that have no paragraph yet; widths in twips, at least one row."""
    table = block.add_table(1, len(widths), Twips(sum(widths)))
    properties = table._tbl.tblPr
    properties.clear()
    properties.extend(p for p in table_properties(widths, borders=borders, title=title) if p is not None)
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Twips(width)
    row = table._tbl.tr_lst[0]
    for cell, width in zip(row.tc_lst, widths, strict=True):
        cell.width = Twips(width)
        cell.remove(cell.p_lst[0])
    table._tbl.extend([deepcopy(row) for _ in range(rows - 1)])
    return table


def cells_of(table: Table) -> list[list[_Cell]]:
    """The cells of each row of a table that has no merges yet."""
    return [[_Cell(cell, table) for cell in row.tc_lst] for row in table._tbl.tr_lst]


def mark_row(cells: Sequence[_Cell], *, header: bool = False, keep_together: bool = False) -> None:
    """Repeat the row on every page, keep it on one page."""
    marks = row_marks(header=header, keep_together=keep_together)
    if marks:
        cells[0]._tc._tr.get_or_add_trPr().extend(marks)


def span(cells: Sequence[_Cell]) -> _Cell:
    """One cell over a whole row of cells that are still empty."""
    first, *others = (cell._tc for cell in cells)
    first.width = Emu(sum(cell.width or 0 for cell in (first, *others)))
    if others:
        first.grid_span = len(cells)
    for other in others:
        first._tr.remove(other)
    return cells[0]


def close(cell: _Cell) -> None:
    """Word demands a paragraph in every cell."""
    if not cell._tc.p_lst:
        cell.add_paragraph()
