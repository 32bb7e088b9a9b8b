"""Two tables beside each other on one sheet: parted by an empty column, or by headers that come again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from feedback_synth.datamodel.document import ColumnRole
from feedback_synth.documents._column_words import title_scores
from feedback_synth.documents._headers import find_header
from feedback_synth.languages.text import strip_marks

_KNOWN = 1.0  # score of a title that is a header word
_WHOSE: tuple[ColumnRole, ...] = ("organization", "person", "provision")


def column_groups(rows: Sequence[Mapping[int, str]], named: Collection[str] = ()) -> list[list[int]]:
    """The columns of each table among these first rows (column -> text); one group where there is one table.

    Each table has a header of its own, with a column of opinions and one that says whose they are or about what.
    """
    columns = sorted({c for row in rows for c in row})
    for groups in (_parted(columns), _repeated(rows, columns, named)):
        if len(groups) > 1 and all(_is_table(rows, group, named) for group in groups):
            return groups
    return [columns]


def _parted(columns: Sequence[int]) -> list[list[int]]:
    starts = [0, *(i + 1 for i, (a, b) in enumerate(pairwise(columns)) if b > a + 1)]
    return [list(columns[start:end]) for start, end in zip(starts, [*starts[1:], len(columns)], strict=True)]


def _repeated(rows: Sequence[Mapping[int, str]], columns: Sequence[int], named: Collection[str]) -> list[list[int]]:
    """The columns cut where the words of the header begin again."""
    header = find_header(rows, named)
    titles = [strip_marks(header.titles.get(c, "")).strip(" :.") for c in columns] if header else []
    for width in range(2, len(titles) // 2 + 1):
        if len(titles) % width == 0 and titles == titles[:width] * (len(titles) // width) and all(titles[:width]):
            return [list(columns[i : i + width]) for i in range(0, len(columns), width)]
    return []


def _is_table(rows: Sequence[Mapping[int, str]], columns: Sequence[int], named: Collection[str]) -> bool:
    own = [{c: row[c] for c in columns if c in row} for row in rows]
    header = find_header(own, named) if len(columns) > 1 else None
    if header is None:
        return False
    scores = [title_scores(title) for title in header.titles.values()]
    said = any(s.get("opinion", 0.0) >= _KNOWN for s in scores)
    return said and any(s.get(role, 0.0) >= _KNOWN for s in scores for role in _WHOSE)
