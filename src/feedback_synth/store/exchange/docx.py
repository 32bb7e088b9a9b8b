"""An edited .docx: every content control carries its address, "<opinion id>|<column key>", in its tag."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedback_synth.datamodel.decision import FIELDS
from feedback_synth.errors import UnreadableDocumentError
from feedback_synth.languages.text import clean
from feedback_synth.store.exchange import _package
from feedback_synth.store.exchange._table import (
    BARE,
    OUTSIDE,
    PROMPT,
    QUOTATION,
    QUOTED_CELL,
    ROW_KEY,
    CellKey,
    EditedTable,
    is_typed_over,
)
from feedback_synth.store.exchange._titles import meaning

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
_CONTROL, _PROPERTIES, _VALUE = f"{_W}sdt", f"{_W}sdtPr", f"{_W}val"
_NAMES = {name: f"{_W}{name}" for name in ("tag", "alias")}
_SEPARATOR = "|"
_ANNEX = 100  # cells of the annex are counted from here: its rows have the ids of rows of the main table
_COLUMNS = frozenset((*FIELDS, QUOTATION, ROW_KEY))
_GONE = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "sdtPr", "instrText"))


@dataclass(frozen=True, slots=True)
class _Field:
    """A content control. ``row`` is "" where LibreOffice before 7.5 dropped the tag and kept the title."""

    row: str
    column: str
    text: str
    prompt: bool = False


def read(content: bytes, name: str) -> EditedTable:
    """The cells of the edited table. UnreadableDocumentError if the file is no .docx or none of our tables."""
    parts = _package.parts(content, name)
    if _MAIN not in parts:
        raise UnreadableDocumentError("{name} is not a Word document. Save it as .docx.", name=name)
    body = _package.parse(parts[_MAIN], name)
    lines = list(_lines(body))
    if not lines:
        raise UnreadableDocumentError(
            "{name} has none of the fields of an exported table. Import the file that export made, or a copy of it.",
            name=name,
        )
    cells: dict[CellKey, str] = {}
    copies: list[tuple[CellKey, str]] = []
    typed: list[tuple[tuple[str, str], ...]] = []
    for line in lines:
        addresses = dict(reversed(list(_addressed(line))))
        if any(
            is_typed_over(cells[key], text) for key, text in addresses.items() if key[1] == QUOTATION and cells.get(key)
        ):
            typed.append(_as_typed(addresses))
            continue
        for key, text in addresses.items():
            if key not in cells:
                cells[key] = text
            elif cells[key] != text:
                copies.append((key, text))
    lost = [tuple((f.column, f.text) for f in line) for line in lines if not any(f.row for f in line)]
    return EditedTable(
        name=name,
        stamp=_package.stamp_of(parts, name),
        editor=_package.editor_of(parts, name),
        cells=cells,
        copies=tuple(dict.fromkeys(copies)),
        loose=(*lost, *typed, *_rows_without_key(body)),
        lines=tuple(tuple(key for key, _ in _addressed(line)) for line in lines),
    )


def stamp(content: bytes, export_id: str) -> bytes:
    """The same document with the id of its export in its properties."""
    return _package.stamped(content, export_id)


def _lines(body: Element) -> Iterator[list[_Field]]:
    """The fields of each row of our tables; after those of a cell the words of that cell outside them."""
    fields_elsewhere = [_field(c, a) for c, a in _controls(body) if _row_of(c) is None and _is_current(c)]
    if fields_elsewhere:
        yield fields_elsewhere
    for row in body.iter(f"{_W}tr"):
        addresses = [address for _, address in _controls(row)]
        if addresses:
            first = _ANNEX if any(column == ROW_KEY for _, column in addresses) else 0
            cells = enumerate(row.findall(f"{_W}tc"), first)
            yield _with_keys([f for n, cell in cells for f in _of_cell(cell, n, addresses[0][0])])


def _with_keys(line: list[_Field]) -> list[_Field]:
    """The fields of a row; where no tag is left, all under the id that the row shows in words, if it shows one."""
    said = next((f.text for f in line if f.column == ROW_KEY and f.text), "")
    return line if not said or any(f.row for f in line) else [replace(f, row=said) for f in line]


def _of_cell(cell: Element, number: int, row: str) -> Iterator[_Field]:
    fields = [_field(control, address) for control, address in _controls(cell) if _is_current(control)]
    yield from fields
    if any(f.column != QUOTATION for f in fields):
        yield _Field(fields[0].row, f"{OUTSIDE}{number}", clean(_text(cell, outside=True)))
    elif not fields:
        yield _Field(row, f"{BARE}{number}", clean(_text(cell)))


def _field(control: Element, address: CellKey) -> _Field:
    return _Field(*address, clean(_text(control.find(f"{_W}sdtContent"))), _shows_prompt(control))


def _addressed(line: list[_Field]) -> Iterator[tuple[CellKey, str]]:
    """The fields that have an address; one that shows its prompt is empty, and the prompt is kept beside it."""
    for field in line:
        if field.row and field.prompt:
            yield (field.row, field.column + PROMPT), field.text
        if field.row:
            yield (field.row, field.column), "" if field.prompt else field.text


def _row_of(control: Element) -> Element | None:
    return next(control.iterancestors(f"{_W}tr"), None)


def _controls(element: Element) -> Iterator[tuple[Element, CellKey]]:
    """The controls of ours with their addresses."""
    return ((c, address) for c in element.iter(_CONTROL) if (address := _address(c))[1])


def _address(control: Element) -> CellKey:
    """(row key, column key) by the tag; ("", column key) by the title alone; ("", "") for a control of others."""
    words = _property(control, "tag")
    row, _, column = words.rpartition(_SEPARATOR)
    if row:
        return row, column
    title = _property(control, "alias")
    return ("", title) if not words and title in _COLUMNS else ("", "")


def _property(control: Element, name: str) -> str:
    properties = control.find(_PROPERTIES)
    found = properties.find(_NAMES[name]) if properties is not None else None
    return (found.get(_VALUE) or "") if found is not None else ""


def _is_current(control: Element) -> bool:
    """It is not part of a tracked deletion."""
    return not any(parent.tag in _GONE for parent in control.iterancestors())


def _shows_prompt(control: Element) -> bool:
    mark = control.find(f"{_W}sdtPr/{_W}showingPlcHdr")
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off")


def _text(element: Element | None, *, outside: bool = False) -> str:
    """The words as they read now: tracked deletions left out, a line for each paragraph."""
    words: list[str] = []

    def walk(node: Element) -> None:
        for child in node:
            if child.tag in _GONE or (outside and child.tag == f"{_W}sdt" and _address(child)[1]):
                continue
            if child.tag == f"{_W}t":
                words.append(child.text or "")
            elif child.tag in (f"{_W}br", f"{_W}cr"):
                words.append("\n")
            elif child.tag == f"{_W}tab":
                words.append(" ")
            else:
                walk(child)
                if child.tag == f"{_W}p":
                    words.append("\n")

    if element is not None:
        walk(element)
    return "".join(words)


def _rows_without_key(body: Element) -> Iterator[tuple[tuple[str, str], ...]]:
    """The cells of rows in our tables that have no field, with what their columns are called: not the header, not the
    heading of a group."""
    for table in body.iter(f"{_W}tbl"):
        if next(_controls(table), None) is None:
            continue
        columns: dict[int, str] = {}
        for row in table.findall(f"{_W}tr"):
            if row.find(f"{_W}trPr/{_W}tblHeader") is not None:
                columns = {at: meaning(clean(_text(cell))) for at, cell in _cells(row)}
            elif len(row.findall(f"{_W}tc")) > 1 and next(_controls(row), None) is None:
                words = tuple((columns.get(at, ""), clean(_text(cell))) for at, cell in _cells(row))
                if any(text for _, text in words):
                    yield words


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row with the column of the grid they begin at."""
    at = 0
    for cell in row.findall(f"{_W}tc"):
        yield at, cell
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        at += int(span.get(_VALUE, "1")) if span is not None else 1


def _as_typed(addresses: Mapping[CellKey, str]) -> tuple[tuple[str, str], ...]:
    """A copied row that was typed over: its words by field, and whose copy it is."""
    row = next(row for row, column in addresses if column == QUOTATION)
    said = [(column, text) for (_, column), text in addresses.items() if column in _COLUMNS and text]
    return (*((QUOTED_CELL if c == QUOTATION else c, text) for c, text in said), (ROW_KEY, row))
