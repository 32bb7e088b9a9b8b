"""A sheet as rows of words, understood as our table: where the keys stand, which rows are whose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cache

from feedback_synth.datamodel.decision import FIELDS
from feedback_synth.datamodel.document import Notice
from feedback_synth.errors import UnreadableDocumentError
from feedback_synth.languages.text import match_key
from feedback_synth.store.exchange._table import BARE, QUOTED_CELL, ROW_KEY, CellKey, EditedTable, is_typed_over
from feedback_synth.store.exchange._titles import titles

KEY = "key"
_COLUMNS = frozenset((*FIELDS, QUOTED_CELL))
_SEARCHED_ROWS = 40  # the keys stand in the first row unless somebody put rows above
_FAULTS = frozenset(("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "Err:502", "Err:508"))

Grid = list[list[str]]


def table_of(grids: Iterable[Grid], name: str, *, stamp: str = "", editor: str = "") -> EditedTable:
    """The cells of every sheet that is one of our tables. UnreadableDocumentError if none is."""
    cells: dict[CellKey, str] = {}
    copies: list[tuple[CellKey, str]] = []
    loose: list[tuple[tuple[str, str], ...]] = []
    notices: list[Notice] = []
    tables = 0
    for grid in grids:
        columns = _columns(grid)
        if not columns:
            continue
        tables += 1
        notices += _unknown_columns(grid, columns, name)
        for row_key, found in _rows(grid, columns):
            if not row_key:
                words = {column: text for column, text in found.items() if not column.startswith(BARE)}
                loose += [tuple(words.items())] if any(words.values()) else []
                continue
            if is_typed_over(cells.get((row_key, QUOTED_CELL), ""), found.get(QUOTED_CELL, "")) and any(
                row == row_key for row, _ in cells
            ):
                loose.append((*found.items(), (ROW_KEY, row_key)))
                continue
            for column, text in found.items():
                if (row_key, column) not in cells:
                    cells[row_key, column] = text
                elif cells[row_key, column] != text:
                    copies.append(((row_key, column), text))
    if not tables:
        raise UnreadableDocumentError(
            "{name} has none of the columns of an exported table. Import the file that export made, or a copy of it.",
            name=name,
        )
    return EditedTable(name, stamp, editor, cells, tuple(dict.fromkeys(copies)), tuple(loose), notices=tuple(notices))


def words_of(value: object) -> str:
    """A value as its editor reads it: days first, whole numbers without a point, nothing for a formula's fault."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.strftime("%d/%m/%Y")
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return "" if text.strip() in _FAULTS else text


def _columns(grid: Grid) -> dict[str, int]:
    """Where each column is, by the hidden keys, else by the titles; {} for a sheet that is none of ours."""
    for finder in (_by_keys, _by_titles):
        for row in grid[:_SEARCHED_ROWS]:
            found = finder(row)
            if found.keys() & {KEY, QUOTED_CELL} and len(found.keys() & _COLUMNS) >= 2:
                return found
    return {}


def _by_keys(row: list[str]) -> dict[str, int]:
    known = _keys()
    return {known[words.strip()]: n for n, words in reversed(list(enumerate(row))) if words.strip() in known}


def _by_titles(row: list[str]) -> dict[str, int]:
    titles = _titles()
    return {titles[match_key(w)]: n for n, w in reversed(list(enumerate(row))) if match_key(w) in titles}


@cache
def _titles() -> Mapping[str, str]:
    """Column keys by the titles that our tables print, in every language."""
    return {**{title: _column(key) for title, key in titles().items()}, KEY: KEY}


@cache
def _keys() -> Mapping[str, str]:
    """The same by the keys in the hidden row."""
    return {key: _column(key) for key in (*_COLUMNS, *titles().values(), KEY)}


def _column(key: str) -> str:
    """The column of a key; those that nobody fills in are told by their mark."""
    return key if key in (*_COLUMNS, KEY) else BARE + key


def _unknown_columns(grid: Grid, columns: dict[str, int], name: str) -> Iterator[Notice]:
    """The columns with words that are none of the table's own, or whose title is lost: their words are not read."""
    from openpyxl.utils import get_column_letter

    start = _first_row(grid, columns)
    keys = next((row for row in grid[:_SEARCHED_ROWS] if len(_by_keys(row)) >= 2), [])
    ours = {*columns.values(), *(n for n, key in enumerate(keys) if key.strip())}
    width = max((len(row) for row in grid[start:]), default=0)
    for n in sorted(set(range(width)) - ours):
        filled = [row[n] for row in grid[start:] if n < len(row) and row[n].strip()]
        title = " ".join(grid[start - 1][n].split()) if start and n < len(grid[start - 1]) else ""
        if filled:
            values = (("file", name), ("column", title or get_column_letter(n + 1)), ("count", str(len(filled))))
            yield Notice("exchange_unknown_column", values)


def _rows(grid: Grid, columns: dict[str, int]) -> Iterator[tuple[str, dict[str, str]]]:
    """(row key, words by column) of the rows below the header."""
    place = columns.get(KEY)
    for row in grid[_first_row(grid, columns) :]:
        key = row[place].strip() if place is not None and place < len(row) else ""
        if key != KEY:
            yield key, {c: row[n] for c, n in columns.items() if c != KEY and n < len(row)}


def _first_row(grid: Grid, columns: dict[str, int]) -> int:
    """The row after the titles, or after the keys where the titles are gone."""
    marks = [n for n, row in enumerate(grid[:_SEARCHED_ROWS]) if len(_by_titles(row).keys() & columns.keys()) >= 2]
    marks += [n for n, row in enumerate(grid[:_SEARCHED_ROWS]) if len(_by_keys(row).keys() & columns.keys()) >= 2]
    return max(marks, default=-1) + 1
