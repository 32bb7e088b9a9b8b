"""What every format of an edited table comes down to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from feedback_synth.datamodel.document import Notice
from feedback_synth.languages.text import match_key

CellKey = tuple[str, str]  # (row key, column key)

QUOTATION = "text"  # one quotation
QUOTED_CELL = "opinion"  # a cell with all quotations of a row
ROW_KEY = "key"  # a field whose words are the id of its opinion
PROMPT = "?"  # after a column key: the words shown in Word while the cell is empty
OUTSIDE = "@"  # before the number of a cell: its words outside its fields; it follows them in ``EditedTable.lines``

AUTHOR_CELL = "author"  # of a typed row: a cell that says everything about who speaks
SUBJECT_CELL = "subject"  # of a typed row: a cell that says what the opinion is about

BARE = "~"  # before the number of a cell that has no field (any more): its words


_ALIKE = 0.8  # share of words from which two quotations are the same, one of them edited


@dataclass(frozen=True)
class EditedTable:
    """``cells`` as they stand in the file; ``copies`` are further rows with the same key and other words."""

    name: str
    stamp: str  # id of the export it came from, "" when the properties were lost
    editor: str  # who saved it last, by the file's properties
    cells: Mapping[CellKey, str]
    copies: tuple[tuple[CellKey, str], ...] = ()
    loose: tuple[tuple[tuple[str, str], ...], ...] = ()  # rows without a key, and rows that were copied and typed over
    # (their key stands under ROW_KEY): (column key or "", words) of each cell
    lines: tuple[tuple[CellKey, ...], ...] = ()  # which addresses stand in one row, in the order of the file
    notices: tuple[Notice, ...] = field(default=())

    @property
    def rows(self) -> tuple[str, ...]:
        """Row keys in the order of the file."""
        return tuple(dict.fromkeys(row for row, _ in self.cells))


def is_typed_over(quotation: str, copied: str) -> bool:
    """Whether a copy of a row got another quotation: other words, not the same with a slip put right."""
    one, other = match_key(quotation).split(), match_key(copied).split()
    return bool(other) and SequenceMatcher(None, one, other, autojunk=False).ratio() < _ALIKE


def addressed(table: EditedTable) -> EditedTable:
    """The table with each line of an author's cell under its own opinion, where there is one line for each."""
    cells = {key: text for cell in table.cells.items() for key, text in _lines(*cell)}
    return replace(table, cells=cells, copies=tuple(part for copy in table.copies for part in _lines(*copy)))


def _lines(key: CellKey, text: str) -> Iterator[tuple[CellKey, str]]:
    row, column = key
    ids = row.split("+")
    lines = text.split("\n") if text else [""] * len(ids)
    if column.startswith("author_") and len(lines) == len(ids):
        yield from (((id_, column), line) for id_, line in zip(ids, lines, strict=True))
    else:
        yield key, text
