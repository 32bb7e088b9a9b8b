"""The cells of all tables of a source by what their columns hold, found by row without looking through a column."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace

from feedback_synth.datamodel.document import Block, Cell, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import named_cells

_Column = tuple[int, str]  # table and role


class TableRows:
    """Looks up cells by table, role and row; headers apart."""

    def __init__(self, document: Document) -> None:
        self.headed_by: dict[int, dict[int, Author]] = {}  # whose the columns of a table are, as it is found
        self.filled_by: dict[tuple[int, int], Author] = {}  # who filled in a form, by table and column, as it is found
        self._columns: dict[_Column, list[Block]] = defaultdict(list)
        self._starting: dict[tuple[int, str, int], list[Block]] = defaultdict(list)  # in this very row
        self._lines: dict[tuple[int, str, int, int], list[str]] = defaultdict(list)
        self._heads: dict[_Column, list[Block]] = defaultdict(list)
        self._covering: dict[_Column, dict[int, Block]] = {}
        self._named: dict[_Column, list[int]] = {}
        rows: dict[int, set[int]] = defaultdict(set)
        for cell in (b.cell for b in document.blocks if b.cell):
            rows[cell.table].add(cell.row)
        self._rows = {table: sorted(numbers) for table, numbers in rows.items()}
        for block in document.blocks:
            if block.cell:
                self._enter(block, block.cell)

    def _enter(self, block: Block, cell: Cell) -> None:
        if cell.is_header:
            self._heads[cell.table, cell.role].append(block)
            return
        self._columns[cell.table, cell.role].append(block)
        self._starting[cell.table, cell.role, cell.row].append(block)
        self._lines[cell.table, cell.role, cell.row, cell.column].append(block.text)

    def cells(self, table: int, role: str) -> list[Block]:
        """All cells of a role, in the order of the source."""
        return self._columns.get((table, role), [])

    def heads(self, table: int, role: str) -> list[Block]:
        """The headers over the columns of a role."""
        return self._heads.get((table, role), [])

    def beside(self, cell: Cell, role: str) -> list[Block]:
        """The cells of a role that begin in the same row."""
        return self._starting.get((cell.table, role, cell.row), [])

    def in_row(self, cell: Cell, role: str) -> Block | None:
        """The first cell of a role that stands in the row, or reaches down to it."""
        key = cell.table, role
        if key not in self._covering:
            self._covering[key] = _covering(self._columns.get(key, []), self._rows[cell.table])
        return self._covering[key].get(cell.row)

    def above(self, cell: Cell, role: str) -> Block | None:
        """The nearest cell of a role above the row that says more than that the one over it holds."""
        key = cell.table, role
        if key not in self._named:
            told = {b.cell.row for b in self._columns.get(key, []) if b.cell and not named_cells.repeats(b.text)}
            self._named[key] = sorted(told)
        rows = self._named[key]
        place = bisect_left(rows, cell.row)
        if place == 0:
            return None
        return next(b for b in self._starting[*key, rows[place - 1]] if not named_cells.repeats(b.text))

    def whole(self, block: Block) -> Block:
        """The block with all paragraphs of its cell: a name over a body ("Mr. A", below it "Department of B")."""
        place = block.cell
        lines = self._lines.get((place.table, place.role, place.row, place.column), []) if place else []
        return replace(block, text="\n".join(lines)) if len(lines) > 1 else block


def _covering(column: list[Block], rows: list[int]) -> dict[int, Block]:
    """The first of these cells over each of the ``rows``; each is entered once a column, however far cells reach."""
    found: dict[int, tuple[int, Block]] = {}
    reached: dict[int, int] = defaultdict(int)  # by column, the row behind those that are taken
    cells = [(place, block, block.cell) for place, block in enumerate(column) if block.cell]
    for place, block, cell in sorted(cells, key=lambda item: item[2].row):
        end = cell.row + cell.row_span
        start = bisect_left(rows, max(cell.row, reached[cell.column]))
        for row in rows[start : bisect_left(rows, end)]:
            if row not in found or place < found[row][0]:
                found[row] = place, block
        reached[cell.column] = max(reached[cell.column], end)
    return {row: block for row, (_, block) in found.items()}
