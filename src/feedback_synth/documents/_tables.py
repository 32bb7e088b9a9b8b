"""Tables after reading: which row is the header, what each column means, which blanks repeat the cell above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from feedback_synth.datamodel.document import Block, Cell, ColumnRole
from feedback_synth.documents import _author_columns as author_columns
from feedback_synth.documents._author_columns import transposed
from feedback_synth.documents._column_words import announces
from feedback_synth.documents._columns import Column, score_roles
from feedback_synth.documents._form_tables import roles as form_roles
from feedback_synth.documents._headers import find_header
from feedback_synth.documents._side_by_side import column_groups
from feedback_synth.documents._unknown_columns import beside_opinions, by_content, plain_header, what_about

_HEADER_SEARCH = 25  # rows among which a header may stand
_HEADED = 3  # … below a blank row: a title, the header, a line of numbers
_BULK = 0.6  # share of a file's words from which a table is the file
_LEAST_RECORDS = 3
_LEAST_BESIDE = 2
_LONGEST_CODE = 24  # characters of a code or a time
_SAMPLE = 200  # cells of a column that are looked at
_FILLED_DOWN: tuple[ColumnRole, ...] = ("number", "organization", "person", "date")
_WORTH_A_ROW: tuple[ColumnRole, ...] = ("opinion", "response")


@dataclass(frozen=True, slots=True)
class _Table:
    """The blocks of one table by place; cells of several paragraphs have several blocks."""

    blocks: dict[tuple[int, int], list[Block]]

    @property
    def rows(self) -> list[int]:
        return sorted({row for row, _ in self.blocks})

    @property
    def columns(self) -> list[int]:
        return sorted({column for _, column in self.blocks})

    @property
    def size(self) -> int:
        return sum(len(b.text) for cells in self.blocks.values() for b in cells)

    def between(self, first: int, last: int) -> _Table:
        """The part that stands in these rows and those between them."""
        return _Table({place: blocks for place, blocks in self.blocks.items() if first <= place[0] <= last})

    def text(self, row: int, column: int) -> str:
        return " ".join(b.text for b in self.blocks.get((row, column), ()))


def understand(blocks: Iterable[Block], columns: Mapping[str, str] | None = None) -> list[Block]:
    """The same blocks with roles, headers and spans filled in. ``columns`` overrides: role -> header or letter."""
    found = list(blocks)
    tables: dict[int, dict[tuple[int, int], list[Block]]] = defaultdict(lambda: defaultdict(list))
    for block in found:
        if block.kind == "cell" and block.cell is not None:
            tables[block.cell.table][block.cell.row, block.cell.column].append(block)
    better: dict[str, Cell] = {}
    words = sum(len(b.text) for b in found)
    previous: dict[int, ColumnRole] = {}
    last = max(tables, default=0)  # of the tables; those found below another get numbers behind it
    for _, cells in sorted(tables.items()):
        texts = {place: " ".join(b.text for b in blocks) for place, blocks in cells.items()}
        form = transposed(texts) or form_roles(texts)
        if form and not columns:
            better |= {b.id: replace(cast(Cell, b.cell), role=form[p]) for p, held in cells.items() for b in held}
            previous = {}
            continue
        beside = _beside(_Table(dict(cells)), (columns or {}).values())
        parts = [part for t in beside for part in _parts(t, (columns or {}).values())]
        for number, part in enumerate(parts):
            size = sum(t.size for t in beside) if len(beside) > 1 else part.size
            previous = _understand_table(part, columns or {}, previous, better, alone=size >= _BULK * words)
            last += number > 0
            for block in (b for held in part.blocks.values() for b in held if number):
                better[block.id] = replace(better[block.id], table=last)
    return [replace(b, cell=better[b.id]) if b.id in better else b for b in found]


def _parts(table: _Table, named: Collection[str]) -> list[_Table]:
    """The tables that stand below one another on a sheet: after a blank row another header begins another."""
    rows, columns = table.rows, table.columns
    starts = [0]
    for i in (i for i in range(1, len(rows)) if rows[i] > rows[i - 1] + 1):
        if not find_header(_grid(table, rows[i : i + _HEADED], columns), named):
            continue
        if find_header(_grid(table, rows[starts[-1] : min(i, starts[-1] + _HEADER_SEARCH)], columns), named):
            starts.append(i)
    ends = [*(start - 1 for start in starts[1:]), -1]
    places = zip(starts, ends, strict=True)
    return [table.between(rows[start], rows[end]) for start, end in places] if len(starts) > 1 else [table]


def _beside(table: _Table, named: Collection[str]) -> list[_Table]:
    """The tables that stand beside one another on a sheet."""
    groups = column_groups(_grid(table, table.rows[:_HEADER_SEARCH], table.columns), named)
    if len(groups) < _LEAST_BESIDE:
        return [table]
    ends = [group[0] for group in groups[1:]]
    place_of = {c: sum(c >= end for end in ends) for c in table.columns}
    found: list[dict[tuple[int, int], list[Block]]] = [{} for _ in groups]
    for place, blocks in table.blocks.items():
        found[place_of[place[1]]][place] = blocks
    return [_Table(part) for part in found if part]


def _grid(table: _Table, rows: Sequence[int], columns: Sequence[int]) -> list[dict[int, str]]:
    """These rows, column -> text."""
    return [{c: table.text(r, c) for c in columns if (r, c) in table.blocks} for r in rows]


def _understand_table(
    table: _Table,
    chosen: Mapping[str, str],
    previous: dict[int, ColumnRole],
    better: dict[str, Cell],
    *,
    alone: bool,
) -> dict[int, ColumnRole]:
    """Fill ``better`` with the cells of one table; returns its roles, for a table that goes on without a header.

    Where a table is ``alone`` in its file, columns with unknown headers are known by what stands in them.
    """
    columns = table.columns
    rows = table.rows
    grid = _grid(table, rows[:_HEADER_SEARCH], columns)
    by_author = None if chosen else author_columns.find_header(grid)
    header = by_author or find_header(grid, chosen.values())
    goes_on = header is None and list(previous) == columns
    if header is None and alone and not goes_on:
        header = plain_header(grid)
    header_rows = {rows[i] for i in header.rows} if header else set()
    contents = [
        Column(
            header.titles.get(c, "") if header else "",
            [table.text(r, c) for r in rows if r not in header_rows and (r, c) in table.blocks][:_SAMPLE],
        )
        for c in columns
    ]
    roles: dict[int, ColumnRole] = dict(previous) if goes_on else {}
    if header:
        announced = any(announces(t) for t in _titles(table, header_rows))
        scored = score_roles(contents, announced=announced)
        roles = dict(zip(columns, beside_opinions(contents, scored), strict=True))
    if by_author:
        roles = author_columns.roles(columns, by_author.titles, roles)
    elif alone and not goes_on:
        known = [roles.get(c, "other") for c in columns]
        roles = dict(zip(columns, by_content(contents, known), strict=True))
    if not goes_on:
        roles = dict(zip(columns, what_about(contents, [roles.get(c, "other") for c in columns]), strict=True))
    roles |= _chosen(chosen, dict(zip(columns, contents, strict=True)))
    spans = _fill_down(table, roles, header_rows)
    for (row, column), cells in table.blocks.items():
        for block in cells:
            old = cast(Cell, block.cell)
            better[block.id] = replace(
                old,
                is_header=old.is_header or row in header_rows,
                role="other" if _stands_apart(old, row, header_rows) else roles.get(column, "other"),
                row_span=max(old.row_span, spans.get((row, column), 1)),
            )
    return roles


def _titles(table: _Table, header_rows: set[int]) -> list[str]:
    """The lines above the header, and the name of the sheet where the table is one."""
    above = [table.text(r, c) for r, c in sorted(table.blocks) if r < min(header_rows)]
    sheet = next((b.locator.sheet for cells in table.blocks.values() for b in cells), "")
    return [*above, sheet] if sheet else above


def _stands_apart(cell: Cell, row: int, header_rows: set[int]) -> bool:
    """A title above the header, or a line across several columns that heads a group of rows."""
    above = bool(header_rows) and row < min(header_rows)
    return above or (cell.column_span > 1 and row not in header_rows)


def _chosen(chosen: Mapping[str, str], columns: Mapping[int, Column]) -> dict[int, ColumnRole]:
    """Columns that the user named, by header words, letter or number."""
    roles: dict[int, ColumnRole] = {}
    for role, name in chosen.items():
        for i, column in columns.items():
            if name.strip().lower() in (column.title.strip().lower(), letter(i).lower(), str(i)):
                roles[i] = cast(ColumnRole, role)
    return roles


def _fill_down(table: _Table, roles: dict[int, ColumnRole], headers: set[int]) -> dict[tuple[int, int], int]:
    """Row spans of cells that speak for the blank ones below: an agency named once for its several opinions."""
    by_role = {role: [c for c, r in roles.items() if r == role] for role in _FILLED_DOWN}
    keys = by_role["number"] or by_role["organization"] or by_role["person"]
    worth = [c for c, r in roles.items() if r in _WORTH_A_ROW]
    if not keys or not worth:
        return {}
    records = _records(table, roles, headers)
    spans: dict[tuple[int, int], int] = {}
    start: dict[int, int] = {}
    for row in (r for r in table.rows if r not in headers):
        goes_on = not any((row, c) in table.blocks for c in keys) and any((row, c) in table.blocks for c in worth)
        goes_on = goes_on and not any((row, c) in table.blocks for c in records)
        for column in (c for columns in by_role.values() for c in columns):
            if (row, column) in table.blocks:
                start[column] = row
            elif goes_on and column in start:
                spans[start[column], column] = row - start[column] + 1
            else:
                start.pop(column, None)
    return spans


def _records(table: _Table, roles: dict[int, ColumnRole], headers: set[int]) -> list[int]:
    """Columns that give every row a code or a time of its own, as exports of forms do: there each row speaks alone."""
    rows = [r for r in table.rows if r not in headers]
    found: list[int] = []
    for column in (c for c in table.columns if roles.get(c, "other") in ("other", "date", "number")):
        texts = [table.text(r, column) for r in rows]
        if len(rows) >= _LEAST_RECORDS and all(texts) and len(set(texts)) == len(texts) and _are_codes(texts):
            found.append(column)
    return found


def _are_codes(texts: Sequence[str]) -> bool:
    return all(len(t) <= _LONGEST_CODE and any(c.isdigit() for c in t) for t in texts)


def letter(column: int) -> str:
    """The spreadsheet letter of a column: 1 -> A, 28 -> AB."""
    out = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        out = chr(ord("A") + rest) + out
    return out
