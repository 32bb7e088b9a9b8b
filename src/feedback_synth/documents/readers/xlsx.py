"""Workbooks (.xlsx, .xlsm): every sheet a table, values as shown, merged cells as one, cell comments."""

from __future__ import annotations

import re
from typing import Any

from feedback_synth.datamodel.document import Annotation, Cell, Locator, Span
from feedback_synth.documents import _legacy_fonts
from feedback_synth.documents._cell_notes import writer_and_words
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents._tables import letter
from feedback_synth.documents.sheets.formats import general, show
from feedback_synth.documents.sheets.workbook import MAX_COLUMNS, S, Sheet, Workbook, open_workbook, text_of
from feedback_synth.errors import UnreadableDocumentError

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")
MAX_ROWS = 20_000
MAX_CELL = 32_767  # characters, the program's own limit
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ADDRESS = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
_MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z0-9:$]+)["']""")


def read(source: Source, reading: Reading) -> None:
    """One block per cell that shows something; each sheet is a table, numbered in the order of the tabs."""
    book = open_workbook(source.name, source.data)
    for table, sheet in enumerate(book.sheets, start=1):
        if sheet.hidden:
            reading.notice("hidden_sheet", sheet=sheet.name)
        try:
            _SheetReader(book, sheet, table, reading).read()
        except UnreadableDocumentError:
            if len(book.sheets) == 1:
                raise
            reading.notice("part_unreadable", part=sheet.name)
    if any(kind == "vbaProject" for _, kind, _ in book.archive.relations("xl/workbook.xml")):
        reading.notice("macros")


class _SheetReader:
    def __init__(self, book: Workbook, sheet: Sheet, table: int, reading: Reading) -> None:
        self._book = book
        self._sheet = sheet
        self._table = table
        self._reading = reading
        self._spans = _merged(book, sheet)
        self._ids: dict[tuple[int, int], tuple[str, int]] = {}  # place -> (block id, length of its text)
        self._uncomputed = 0

    def read(self) -> None:
        row, rows = 0, 0
        for element in self._book.archive.stream(self._sheet.part, (S + "row",)):
            number = element.get("r") or ""
            row = int(number) if number.isdigit() and len(number) < 9 else row + 1
            before = len(self._ids)
            self._row(element, row)
            rows += len(self._ids) > before
            if rows >= MAX_ROWS or self._reading.is_full:
                self._reading.notice("rows_left_out", sheet=self._sheet.name, row=row)
                break
        if self._uncomputed:
            self._reading.notice("formulas_without_value", sheet=self._sheet.name, cells=self._uncomputed)
        self._text_boxes()
        self._comments()

    def _text_boxes(self) -> None:
        archive = self._book.archive
        for _, kind, target in archive.relations(self._sheet.part):
            root = archive.tree(target) if kind == "drawing" else None
            for paragraph in root.iter(_DRAWING + "p") if root is not None else ():
                text = "".join(t.text or "" for t in paragraph.iter(_DRAWING + "t"))
                self._reading.add(text, Locator("textbox", sheet=self._sheet.name))

    def _row(self, element: Any, row: int) -> None:
        column = 0
        for cell in element.iter(S + "c"):
            place = address(cell.get("r") or "")
            column = place[1] if place else column + 1
            if column > MAX_COLUMNS:
                return
            text = self._in_font(self._value(cell), cell.get("s") or "0")
            if len(text) > MAX_CELL:
                self._reading.notice("cell_cut", sheet=self._sheet.name)
                text = text[:MAX_CELL]
            if text.strip():
                self._add(row, column, text)

    def _add(self, row: int, column: int, text: str) -> None:
        rows_down, columns_across = self._spans.get((row, column), (1, 1))
        name = f"{letter(column)}{row}"
        place = Locator(table=self._table, row=row, column=column, sheet=self._sheet.name, cell=name)
        cell = Cell(self._table, row, column, rows_down, columns_across)
        block = self._reading.add(text, place, "cell", cell=cell)
        if block is not None:
            self._ids[row, column] = (block.id, len(block.text))

    def _value(self, cell: Any) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            inline = cell.find(S + "is")
            return text_of(inline) if inline is not None else ""
        value = cell.findtext(S + "v")
        if not value:
            self._uncomputed += cell.find(S + "f") is not None and kind != "str"  # an empty text is a result
            return ""
        if kind == "s":
            index = int(value) if value.strip().isdigit() else -1
            return self._book.strings[index] if 0 <= index < len(self._book.strings) else ""
        if kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE"
        if kind in ("str", "e", "d"):
            return str(value)
        return self._number(value, cell.get("s") or "0")

    def _in_font(self, text: str, style: str) -> str:
        index = int(style) if style.isdigit() and len(style) < 7 else 0
        font = self._book.fonts[index] if index < len(self._book.fonts) else ""
        return _legacy_fonts.convert(text, font) if font else text

    def _number(self, value: str, style: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if number != number or number in (float("inf"), float("-inf")):
            return value
        index = int(style) if style.isdigit() and len(style) < 7 else 0
        code = self._book.formats[index] if index < len(self._book.formats) else "General"
        return general(number) if code in ("General", "@") else show(number, code, self._book.is_1904)

    def _comments(self) -> None:
        """Notes pinned to cells; in threads the old note repeats what the thread says, so threads come first."""
        archive = self._book.archive
        threaded: set[str] = set()
        relations = archive.relations(self._sheet.part)
        for _, kind, target in sorted(relations, key=lambda r: r[1] != "threadedComment"):
            root = archive.tree(target) if kind in ("threadedComment", "comments") else None
            if root is None:
                continue
            people = (
                _people(self._book) if kind == "threadedComment" else [a.text or "" for a in root.iter(S + "author")]
            )
            for element in root.iter():
                name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
                if name == "threadedComment" or (name == "comment" and (element.get("ref") or "") not in threaded):
                    threaded |= {element.get("ref") or ""} if name == "threadedComment" else set()
                    self._comment(element, people)

    def _comment(self, element: Any, people: list[str] | dict[str, str]) -> None:
        place = address(element.get("ref") or "")
        anchor = self._ids.get(place) if place else None
        if isinstance(people, dict):
            author = people.get(element.get("personId") or "", "")
        else:
            index = element.get("authorId") or ""
            author = people[int(index)] if index.isdigit() and int(index) < len(people) else ""
        text = "".join(t for t in element.itertext())
        author, text = writer_and_words(author, text)
        annotation = Annotation(author, element.get("dT") or "", Span(anchor[0], 0, anchor[1]) if anchor else None)
        locator = Locator("comment", sheet=self._sheet.name, cell=element.get("ref") or "")
        self._reading.add(text, locator, "comment", annotation=annotation)


def _people(book: Workbook) -> dict[str, str]:
    target = next((t for _, kind, t in book.archive.relations("xl/workbook.xml") if kind == "person"), "")
    root = book.archive.tree(target) if target else None
    if root is None:
        return {}
    return {e.get("id") or "": e.get("displayName") or "" for e in root.iter() if e.get("displayName")}


def _merged(book: Workbook, sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """(rows, columns) of merged cells by their first place; they stand behind all rows, which are skipped unparsed."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    rest = b""
    for chunk in book.archive.chunks(sheet.part):
        data = rest + chunk
        for match in _MERGE.finditer(data):
            first, _, last = match[1].decode("ascii", errors="replace").partition(":")
            start, end = address(first), address(last or first)
            if start and end:
                spans[start] = (max(1, end[0] - start[0] + 1), max(1, end[1] - start[1] + 1))
        rest = data[max(0, len(data) - 200) :] if b"<" in data[-200:] else b""
    return spans


def address(text: str) -> tuple[int, int] | None:
    """(row, column) of "D5", from 1."""
    match = _ADDRESS.match(text)
    if match is None:
        return None
    column = 0
    for character in match[1]:
        column = column * 26 + ord(character) - ord("A") + 1
    return int(match[2]), column
