"""What every format of an edited table comes down to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedback_synth.datamodel.document import Notice

CellKey = tuple[str, str]  # (row key, column key)

QUOTATION = "text"
PROMPT = "?"  # after a column key: the words shown in Word while the cell is empty


@dataclass(frozen=True)
class EditedTable:
    """``cells`` as they stand in the file; ``copies`` are further rows with the same key and other words."""

    name: str
    stamp: str  # id of the export it came from, "" when the properties were lost
    editor: str  # who saved it last, by the file's properties
    cells: Mapping[CellKey, str]
    copies: tuple[tuple[CellKey, str], ...] = ()
    without_key: tuple[str, ...] = ()  # the words of rows that an editor inserted
    notices: tuple[Notice, ...] = field(default=())

    @property
    def rows(self) -> tuple[str, ...]:
        """Row keys in the order of the file."""
        return tuple(dict.fromkeys(row for row, _ in self.cells))
