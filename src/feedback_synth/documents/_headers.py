"""The header of a table: which of its first rows it is, and the words over each column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from feedback_synth.documents._column_words import FIGURE, LONGEST_TITLE, is_question, title_scores
from feedback_synth.languages.text import strip_marks

_LONG = 20  # characters that no two rows share by chance
_SENTENCE = re.compile(r"(?:\S+\s+){4,}\S+[.;!]$")  # "Section 2 should name the source." heads no column
_SEVERAL = 2  # cells of a column
_HEADS = 2.0  # score of a header
_HEADS_PLACES = 1.2  # … of a table that names places of a draft: one sure word
_NUMBERING_ROW = re.compile(r"^[(\[]?(?:\d{1,2}|[a-e])(?:\s*=.*)?[)\].]?$")


@dataclass(frozen=True, slots=True)
class Header:
    """Indices of the header's rows in the rows that were searched, and the words over each column."""

    rows: tuple[int, ...]
    titles: Mapping[int, str]


def find_header(rows: Sequence[Mapping[int, str]], named: Collection[str] = ()) -> Header | None:
    """The header among the first rows of a table, each given as column -> text without its blank cells.

    A row with one of the header words that the user ``named`` is taken before any other.
    """
    wanted = {strip_marks(name).strip() for name in named}
    filled = _filled_as(rows)
    scores = [0.0 if _comes_again(row, rows) else _header_score(row, filled) for row in rows]
    best = next((i for i, row in enumerate(rows) if wanted & {strip_marks(t).strip() for t in row.values()}), None)
    if best is None:
        best = max(range(len(rows)), key=lambda i: (scores[i], -i), default=None)
        least = _HEADS_PLACES if any(role == "provision" for _, role in filled) else _HEADS
        best = best if best is not None and scores[best] >= least else None
        over = _over_places(rows, filled)
        unsure = best is None or (over is not None and best > over)  # a row below it is no header
        best = (_plain_header(rows) if over is None else over) if unsure else best
    if best is None:
        return None
    found = [best]
    while found[-1] + 1 < len(rows) and _continues_header(rows[best], rows[found[-1] + 1]):
        found.append(found[-1] + 1)
    titles: dict[int, str] = {}
    for i in found:
        for column, text in rows[i].items():
            if not _NUMBERING_ROW.match(text):
                titles[column] = f"{titles[column]} {text}" if column in titles else text
    return Header(tuple(found), titles)


def _comes_again(row: Mapping[int, str], rows: Sequence[Mapping[int, str]]) -> bool:
    """Whether other rows say the words of this one again, as the question of a survey is: then it is no header."""
    long = [(c, text) for c, text in row.items() if len(text) >= _LONG]
    return any(other != row and any(other.get(c) == text for c, text in long) for other in rows)


def _over_places(rows: Sequence[Mapping[int, str]], filled: Collection[tuple[int, str]]) -> int | None:
    """The row of short different words without figures right above the first cell that names a provision."""
    columns = sorted(column for column, role in filled if role == "provision")
    if not columns:
        return None
    numbered = (i for i, row in enumerate(rows) if any(c.isdigit() for c in row.get(columns[0], "")))
    above = next(numbered, 0) - 1
    titles = list(rows[above].values()) if above >= 0 else []
    plain = all(len(t) <= LONGEST_TITLE and not any(c.isdigit() for c in t) for t in titles)
    wide = len(titles) >= len(rows[above + 1]) - 1 and columns[0] in rows[above] if titles else False
    return above if wide and plain and len(titles) > 1 and len(set(titles)) == len(titles) else None


def _filled_as(rows: Sequence[Mapping[int, str]]) -> set[tuple[int, str]]:
    """Columns with roles whose header words, with a number behind them, fill several cells: there "Article 4, clause 2"
    is what a row is about.
    """
    counts = Counter(
        (column, role)
        for row in rows
        for column, text in row.items()
        if any(c.isdigit() for c in text)
        for role in title_scores(text)
    )
    return {place for place, count in counts.items() if count >= _SEVERAL}


def _header_score(row: Mapping[int, str], filled: Collection[tuple[int, str]]) -> float:
    """How much a row looks like headers: distinct columns with header words, less for long or figure cells; ``filled``
    columns hold such words in their cells.
    """
    if len(row) < 2:
        return 0.0
    score = 0.0
    for column, text in row.items():
        if any((column, role) in filled for role in title_scores(text)) and any(c.isdigit() for c in text):
            continue
        if (len(text) > LONGEST_TITLE or _SENTENCE.match(text)) and not is_question(text):
            score -= 1.0
        elif not _NUMBERING_ROW.match(text):
            score += min(1.2, max(title_scores(text).values(), default=0.0) or (1.0 if is_question(text) else 0.0))
    return score if score >= 0.4 * len(row) else 0.0


def _plain_header(rows: Sequence[Mapping[int, str]]) -> int | None:
    """A first full row of short words over columns of which one at least is all figures."""
    width = max((max(r, default=0) for r in rows), default=0)
    for i, row in enumerate(rows[:4]):
        below = rows[i + 1 :]
        if len(row) < max(2, width - 1) or len(below) < 2:
            continue
        titles = list(row.values())
        if any(len(t) > LONGEST_TITLE for t in titles) or len(set(titles)) < len(titles):
            return None
        for column, title in row.items():
            values = [r[column] for r in below if r.get(column)]
            figures = sum(bool(FIGURE.match(v)) for v in values)
            if len(values) >= 2 and figures >= 0.7 * len(values) and not FIGURE.match(title):
                return i
        return None
    return None


def _continues_header(header: Mapping[int, str], row: Mapping[int, str]) -> bool:
    """A second header row: column numbers "(1) (2) (3)", or sub-headers that leave the first columns blank."""
    if row and all(_NUMBERING_ROW.match(v) for v in row.values()):
        values = [re.sub(r"\D", "", v) for v in row.values()]
        return len(row) >= 2 and (values == [str(i) for i in range(1, len(row) + 1)] or not any(values))
    first = min(header, default=1)
    if not row or first in row or len(row) < 2:
        return False
    return all(len(v) <= 40 and max(title_scores(v).values(), default=0.0) >= 1.2 for v in row.values())
