"""An edited table saved as .ods: the same rows and columns of keys as in .xlsx."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from feedback_synth.errors import UnreadableDocumentError
from feedback_synth.store.exchange import _package
from feedback_synth.store.exchange._grid import Grid, table_of, words_of
from feedback_synth.store.exchange._table import EditedTable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_CONTENT, _PROPERTIES = "content.xml", "meta.xml"
_MOST_REPEATED = 64  # a sheet ends with rows and cells that stand for a million empty ones
_UNREAD = frozenset((f"{_OFFICE}annotation",))


def read(content: bytes, name: str) -> EditedTable:
    """The cells of the edited table. UnreadableDocumentError if the file is no .ods or holds none of our tables."""
    parts = _package.parts(content, name)
    if _CONTENT not in parts:
        raise UnreadableDocumentError("{name} is not a spreadsheet. Save it as .xlsx.", name=name)
    body = _package.parse(parts[_CONTENT], name)
    grids = (_grid(sheet) for sheet in body.iter(f"{_TABLE}table"))
    said = _package.parse(parts[_PROPERTIES], name) if _PROPERTIES in parts else None
    return table_of(grids, name, stamp=_stamp(said), editor=_editor(said))


def stamp(content: bytes, export_id: str) -> bytes:
    """The file as it is: an .ods comes back, it is never handed out."""
    return content


def _grid(sheet: Element) -> Grid:
    grid: Grid = []
    for row in sheet.iter(f"{_TABLE}table-row"):
        words = [text for cell in row for text in _cells(cell)]
        grid += [list(words) for _ in range(_repeated(row, "rows"))]
    _spread(sheet, grid)
    return grid


def _cells(cell: Element) -> Iterator[str]:
    if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        lines = ("".join(_words(p)) for p in cell.iterchildren(f"{_TEXT}p"))
        yield from [words_of("\n".join(lines))] * _repeated(cell, "columns")


def _words(node: Element) -> Iterator[str]:
    """The words of a paragraph; a break is a line, repeated blanks are elements of their own."""
    if node.tag in _UNREAD:
        return
    if node.tag == f"{_TEXT}line-break":
        yield "\n"
    elif node.tag == f"{_TEXT}s":
        yield " " * int(node.get(f"{_TEXT}c", "1"))
    elif node.tag == f"{_TEXT}tab":
        yield " "
    yield node.text or ""
    for child in node:
        yield from _words(child)
        yield child.tail or ""


def _spread(sheet: Element, grid: Grid) -> None:
    """A merged area has its words in every row of its first column, since an editor meant all rows."""
    at = 0
    for row in sheet.iter(f"{_TABLE}table-row"):
        place = 0
        for cell in row:
            down, right = (int(cell.get(f"{_TABLE}number-{what}-spanned", "1")) for what in ("rows", "columns"))
            for r in range(at, min(at + down, len(grid))):
                for c in range(place, min(place + right, len(grid[r]))):
                    grid[r][c] = grid[at][place] if c == place else ""
            place += _repeated(cell, "columns")
        at += _repeated(row, "rows")


def _repeated(element: Element, what: str) -> int:
    return min(_MOST_REPEATED, int(element.get(f"{_TABLE}number-{what}-repeated", "1")))


def _stamp(said: Element | None) -> str:
    found = said.iter(f"{_META}user-defined") if said is not None else ()
    return next(((e.text or "").strip() for e in found if e.get(f"{_META}name") == _package.PROPERTY), "")


def _editor(said: Element | None) -> str:
    return next(((e.text or "").strip() for e in said.iter(f"{_DUBLIN}creator")), "") if said is not None else ""
