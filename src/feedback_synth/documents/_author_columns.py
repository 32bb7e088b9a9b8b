"""Tables that give each body or person a column of their own, below provisions or questions at the left."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from feedback_synth.datamodel.document import ColumnRole
from feedback_synth.documents._column_words import (
    LONGEST_TITLE,
    announces,
    is_question,
    names_places,
    share_of_bodies,
    share_of_people,
    share_of_words,
    title_scores,
)
from feedback_synth.documents._form_tables import is_fact
from feedback_synth.documents._headers import Header
from feedback_synth.documents._unknown_columns import looks_like_name

_LEAST_AUTHORS = 2
_MOST_OTHERS = 3  # columns beside those of the authors: a number, the provision, its words
_SEARCHED = 6  # rows among which the names may stand
_SAYING = 3  # words of a remark
_MOSTLY = 0.5
_KNOWN = 1.0  # score of a title that is a header word
_LONGEST_NAME = 12  # words

Row = Mapping[int, str]


def find_header(rows: Sequence[Row]) -> Header | None:
    """The row that names those who speak in the columns below it; None where a table has no such row."""
    for i, row in enumerate(rows[:_SEARCHED]):
        authors = _authors(row)
        others = [c for c in row if c not in authors]
        if len(authors) < _LEAST_AUTHORS or len(others) > _MOST_OTHERS or any(c > authors[0] for c in others[:-1]):
            continue
        below = [r for r in rows[i + 1 :] if r]
        if _are_remarks(authors, below) and _are_subjects(min(authors), others, row, below):
            return Header((i,), row)
    return None


def roles(columns: Sequence[int], titles: Mapping[int, str], known: Mapping[int, ColumnRole]) -> dict[int, ColumnRole]:
    """The roles of such a table: authors have opinions, the column before them of which nothing is known asks."""
    authors = _authors(titles)
    found: dict[int, ColumnRole] = dict.fromkeys(authors, "opinion")
    for column in (c for c in columns if c not in authors):
        role = known.get(column, "other")
        found[column] = (
            role if role in ("number", "provision", "question", "draft_text", "note", "response") else "other"
        )
    if not {"provision", "question"} & set(found.values()):
        free = [c for c in columns if c < min(authors) and found[c] in ("other", "draft_text")]
        found |= {free[-1]: "question"} if free else {}
    return found


def transposed(texts: Mapping[tuple[int, int], str]) -> dict[tuple[int, int], ColumnRole]:
    """The roles of a questionnaire whose rows ask, first for the name, and in which each column is somebody's answers;
    none where a table is no such questionnaire.
    """
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in sorted(texts.items()):
        rows.setdefault(row, {})[column] = text
    full = [r for r, cells in rows.items() if len(cells) > 1]
    if len(full) < _LEAST_AUTHORS:
        return {}
    label = min(rows[full[0]])
    people = {c: text for c, text in rows[full[0]].items() if c != label}
    if not is_fact(rows[full[0]][label]) or len(people) < _LEAST_AUTHORS or not all(map(names_author, people.values())):
        return {}
    asked = [r for r in full[1:] if label in rows[r] and not is_fact(rows[r][label])]
    asking = sum(_asks(rows[r][label]) for r in asked)
    if not asked or asking < _MOSTLY * len(asked):
        return {}
    found: dict[tuple[int, int], ColumnRole] = dict.fromkeys(texts, "other")
    for row, column in texts:
        if row in full and (column == label or column in people):
            found[row, column] = "question" if column == label else "opinion"
    return found


def _authors(titles: Row) -> list[int]:
    """The columns named after bodies and persons; beside these also after a body without a proper name."""
    sure = [c for c, text in titles.items() if names_author(text)]
    return [c for c, text in titles.items() if names_author(text) or (sure and c > sure[0] and _is_body(text))]


def _is_body(text: str) -> bool:
    """Whether a title may be a body without a proper name ("Chambre de commerce")."""
    words = text.split()
    return 1 < len(words) <= _LONGEST_NAME and share_of_bodies([text]) > 0 and not _is_known(text)


def _is_known(text: str) -> bool:
    """Whether a title is the header word of a column that is not named after its author."""
    return is_question(text) or any(r != "organization" and s >= _KNOWN for r, s in title_scores(text).items())


def names_author(text: str) -> bool:
    """Whether a title names a body ("Sở Tài chính", not "Đơn vị") or a person, and nothing else."""
    words = text.split()
    if not words or len(text) > LONGEST_TITLE or len(words) > _LONGEST_NAME or names_places(text) or _is_known(text):
        return False
    proper = any(w[:1].isupper() for w in re.split(r"[\s'’]+", text)[1:])
    body = share_of_bodies([text]) > 0 and (proper or text.isupper()) and len(words) > 1
    return body or share_of_people([text]) > 0 or (looks_like_name(text) and not title_scores(text))


def _are_remarks(authors: Sequence[int], below: Sequence[Row]) -> bool:
    """Whether remarks stand in the columns, and no more names."""
    said = [r[c] for r in below for c in authors if c in r]
    columns = {c for r in below for c in authors if len(r.get(c, "").split()) >= _SAYING}
    return len(columns) >= _LEAST_AUTHORS and sum(map(names_author, said)) < _MOSTLY * len(said)


def _are_subjects(first: int, others: Sequence[int], row: Row, below: Sequence[Row]) -> bool:
    """Whether the columns at the left hold what the remarks are about: by their title, or by most of their cells."""
    for column in sorted({*others, *(c for r in below for c in r if c < first)}):
        if column > first:
            continue
        scores = title_scores(row.get(column, ""))
        if any(scores.get(role, 0.0) >= _KNOWN for role in ("provision", "question", "draft_text")):
            return True
        values = [r[column] for r in below if column in r]
        placed = share_of_words(values, "provision") if values else 0.0
        if values and max(placed, sum(map(_asks, values)) / len(values)) >= _MOSTLY:
            return True
    return False


def _asks(label: str) -> bool:
    return is_question(label) or announces(label) or share_of_words([label], "provision") > 0
