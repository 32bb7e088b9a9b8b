"""Markdown: headings, list items, tables, paragraphs. Marks inside a line stay as they are written."""

from __future__ import annotations

import re

from feedback_synth.datamodel.document import Cell, Locator
from feedback_synth.documents._encodings import decode
from feedback_synth.documents._reading import Reading, Source

SUFFIXES = (".md", ".markdown")
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_RULE_ROW = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")


class _Writer:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._pending: list[str] = []
        self._start = 0
        self._item: tuple[str, int] | None = None
        self.table = 0
        self.row = 0

    def flush(self) -> None:
        text, self._pending = " ".join(self._pending), []
        place = Locator(line=self._start)
        if self._item is not None:
            number, level = self._item
            self._reading.add(text, place, "list_item", number=number, level=level)
        else:
            self._reading.add(text, place)
        self._item = None

    def begin(self, line: int, text: str, item: tuple[str, int] | None = None) -> None:
        self.flush()
        self._start, self._item, self._pending = line, item, [text]

    def append(self, line: int, text: str) -> None:
        if self._pending:
            self._pending.append(text)
        else:
            self.begin(line, text)

    def cells(self, line: int, text: str) -> None:
        self.flush()
        for column, words in enumerate(re.split(r"(?<!\\)\|", text.strip().strip("|")), start=1):
            cell = Cell(self.table, self.row, column)
            place = Locator(line=line, table=self.table, row=self.row, column=column)
            self._reading.add(words.replace("\\|", "|"), place, "cell", cell=cell)


def read(source: Source, reading: Reading) -> None:
    """One block per heading, item, table cell or paragraph; the locator counts lines from 1."""
    text, _ = decode(source.data)
    writer = _Writer(reading)
    in_table = in_fence = False
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if _FENCE.match(line):
            writer.flush()
            in_fence = not in_fence
            continue
        is_row = not in_fence and bool(_ROW.match(line))
        if is_row and not in_table:
            writer.table, writer.row = writer.table + 1, 0
        in_table = is_row
        if is_row:
            writer.row += 1
            if not _RULE_ROW.match(line):
                writer.cells(number, line)
        elif in_fence:
            writer.begin(number, line)
        else:
            _line(writer, reading, number, line)
    writer.flush()


def _line(writer: _Writer, reading: Reading, number: int, line: str) -> None:
    heading, item = _HEADING.match(line), _ITEM.match(line)
    if heading:
        writer.flush()
        reading.add(heading[2], Locator(line=number), "heading", level=len(heading[1]) - 1)
    elif item:
        writer.begin(number, item[3], (item[2], len(item[1].expandtabs(4)) // 2))
    elif line.strip():
        writer.append(number, line.strip().removeprefix(">").strip())
    else:
        writer.flush()
