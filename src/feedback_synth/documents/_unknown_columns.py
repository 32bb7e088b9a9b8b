"""What columns mean whose headers no list knows, by what stands in them: names, questions, free text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from feedback_synth import languages
from feedback_synth.datamodel.document import ColumnRole
from feedback_synth.documents._column_words import (
    is_survey,
    names_places,
    share_of_bodies,
    share_of_heads,
    share_of_people,
    title_excludes,
    title_has,
)
from feedback_synth.documents._columns import Column
from feedback_synth.documents._headers import Header
from feedback_synth.languages.references import references

_NAME = re.compile(r"^(?:[^\W\d_a-zà-ỹđ][\w'’.-]*)(?:\s+(?:de\s+|van\s+|von\s+)?[^\W\d_a-zà-ỹđ][\w'’.-]*){1,4}$")
_PLACE = re.compile(r"^[^\W\d_a-zà-ỹđ][\w'’.-]*(?:[\s-]+(?:d[eu]s?\s+)?[^\W\d_a-zà-ỹđ][\w'’.-]*){0,4}$")
_NAMED_BEHIND = re.compile(
    r"^[^\W\d_][\w'’.]*(?:\s[a-zà-ỹđ][\w'’.]*){1,2}\s+(?=[^\W\d_a-zà-ỹđ])"
)  # "Cử tri", "Trưởng bản"
_PLACE_WORDS = 2  # of which most names of places are
_MOSTLY = 0.6
_LEAST_ROWS = 2
_SENTENCE = 6  # words from which a cell can be a remark
_LONGEST_TITLE = 60
_QUESTION_LENGTH = 12
_LEAST_WORDS = 3  # of remarks on average
_BODY_WORDS = 9  # of the names of bodies on average
_PLACE_LENGTH = 14  # words of a cell that names a place and says nothing
_NEAR_START = 24  # characters before the place, for the draft it is in


def by_content(columns: Sequence[Column], roles: Sequence[ColumnRole]) -> list[ColumnRole]:
    """The roles with those filled in that the cells show, where no header told which column holds the opinions.

    Only free text beside people or bodies can be opinions: a table of tasks or figures names none.
    """
    found = list(roles)
    if "opinion" in found:
        return found
    for i, column in enumerate(columns):
        if found[i] == "other" and (role := _who(column.values)) and role not in found:
            found[i] = role
    texts = [i for i, c in enumerate(columns) if found[i] in ("other", "response") and is_free_text(c)]
    if not texts or not {"person", "organization"} & set(found):
        return found
    asked = [i for i in texts if _repeats(columns[i].values)]
    answers = [i for i in texts if i not in asked]
    if asked and answers and "question" not in found:
        found[asked[0]] = "question"
    longest = max((_mean_words(columns[i].values) for i in answers), default=0.0)
    for i in answers:
        if found[i] == "other" or "question" in found:
            found[i] = "opinion" if _mean_words(columns[i].values) >= longest / 2 else found[i]
    return found


def beside_opinions(columns: Sequence[Column], roles: Sequence[ColumnRole]) -> list[ColumnRole]:
    """The roles with the columns beside the opinions that no header tells, by what stands in them: who speaks ("Put
    by", "Seen by") and the places spoken of ("Mark").
    """
    found = who_speaks(columns, roles)
    return what_about(columns, found) if "opinion" in found else _remarked(columns, found)


def _remarked(columns: Sequence[Column], roles: list[ColumnRole]) -> list[ColumnRole]:
    """Remarks, else notes on other columns, are the opinions where cells beside them tell who speaks or on what."""
    remarks = [
        i
        for i, c in enumerate(columns)
        if roles[i] == "note" and title_has("opinion", "remarks", c.title) and _mean_words(c.values) >= _LEAST_WORDS
    ]
    if len(remarks) != 1 or {"agreement", "question"} & set(roles):
        return roles
    found = beside_opinions(columns, ["opinion" if i in remarks else role for i, role in enumerate(roles)])
    return found if {"person", "organization", "provision"} & set(found) else roles


def who_speaks(columns: Sequence[Column], roles: Sequence[ColumnRole]) -> list[ColumnRole]:
    """The roles with the columns that name persons or bodies beside the opinions where no header tells one; words of
    those who carry out or gather something in its title make them something else.
    """
    found = list(roles)
    if "opinion" not in found:
        return found
    holders: tuple[tuple[ColumnRole, Callable[[Sequence[str]], bool]], ...]
    holders = (("person", _are_people), ("organization", _are_bodies))
    for role, holds in holders:
        if role in found or (role == "organization" and "person" in found):
            continue
        named = [
            i
            for i, c in enumerate(columns)
            if found[i] == "other"
            and holds([v for v in c.values if v])
            and not (title_excludes("person", c.title) or title_excludes("organization", c.title))
        ]
        if len(named) == 1:
            found[named[0]] = role
    if "organization" not in found:
        places = [i for i, c in enumerate(columns) if found[i] == "other" and _are_places(c)]
        if len(places) == 1:
            found[places[0]] = "organization"
    return found


def what_about(columns: Sequence[Column], roles: Sequence[ColumnRole]) -> list[ColumnRole]:
    """The roles with the column that names places of the draft ("Article 4, clause 2") where no header tells one
    ("Ref.", "Mark").
    """
    found = list(roles)
    if "provision" in found or not {"opinion", "agreement"} & set(found):
        return found
    named = [i for i, c in enumerate(columns) if found[i] == "other" and _names_provisions(c)]
    if len(named) == 1:
        found[named[0]] = "provision"
    return found


def _are_bodies(values: Sequence[str]) -> bool:
    """Whether most cells are short and begin with the word of a body ("Dept. of Justice", "Sở Y tế")."""
    return len(values) >= _LEAST_ROWS and share_of_heads(values) >= _MOSTLY and _mean_words(values) <= _BODY_WORDS


def _names_provisions(column: Column) -> bool:
    """Whether half of the cells and more are short and name a place in a draft ("Res., art. 2, 1, d")."""
    filled = [v for v in column.values if v]
    named = sum(len(v.split()) <= _PLACE_LENGTH and _is_place_in_draft(v) for v in filled)
    return len(filled) >= _LEAST_ROWS and named >= 0.5 * len(filled)


def _is_place_in_draft(text: str) -> bool:
    return any(
        not place.external and place.start <= _NEAR_START
        for code in languages.codes()
        for place in references(text, code)
    )


def _are_places(column: Column) -> bool:
    """Whether a header such as "Xã" stands over names: there a commune speaks by its bare name."""
    named = [bool(_PLACE.match(v)) for v in column.values if v]
    return names_places(column.title) and bool(named) and sum(named) >= _MOSTLY * len(named)


def _are_people(values: Sequence[str]) -> bool:
    """Whether most cells name somebody, by three words or more or behind what he is ("Voter Ann Hill"): a name of two
    words may be that of a place.
    """
    names = [_NAMED_BEHIND.sub("", v) for v in values]
    titled = sum(name != value for name, value in zip(names, values, strict=True))
    long = sum(len(name.split()) > _PLACE_WORDS for name in names)
    sure = max(titled, long) >= _MOSTLY * len(names) and _who(names) == "person"
    return sure or (len(names) >= _LEAST_ROWS and share_of_people(values) >= _MOSTLY)


def plain_header(rows: Sequence[Mapping[int, str]]) -> Header | None:
    """A first row of short words over a column of free text or of names, all different; else None."""
    if len(rows) <= _LEAST_ROWS or len(rows[0]) < 2:
        return None
    titles = rows[0]
    if any(len(t) > _LONGEST_TITLE for t in titles.values()) or len(set(titles.values())) < len(titles):
        return None
    below = {c: Column("", [r[c] for r in rows[1:] if c in r]) for c in titles}
    texts = [c for c in titles if is_free_text(below[c]) and len(titles[c].split()) < _SENTENCE]
    named = [c for c in titles if _who(below[c].values) == "person"]
    if not texts or any(_NAME.match(titles[c]) for c in named):
        return None
    return Header((0,), titles)


def is_free_text(column: Column) -> bool:
    """Whether most cells are sentences; a title that says tasks, costs or targets makes them something else."""
    values = [v for v in column.values if v]
    sentences = sum(len(v.split()) >= _SENTENCE for v in values)
    return len(values) >= _LEAST_ROWS and sentences >= 0.5 * len(values) and not title_excludes("opinion", column.title)


def looks_like_name(text: str) -> bool:
    """Whether two to five words with capitals stand there alone, as names of persons do."""
    return _NAME.match(text) is not None and not text.isupper()


def _who(values: Sequence[str]) -> ColumnRole | None:
    filled = [v for v in values if v]
    if len(filled) < _LEAST_ROWS:
        return None
    bodies = share_of_bodies(filled)
    if bodies >= _MOSTLY and _mean_words(filled) <= 12:
        return "organization"
    named = sum(map(looks_like_name, filled))
    return "person" if named >= _MOSTLY * len(filled) else None


def _repeats(values: Sequence[str]) -> bool:
    filled = [v for v in values if v]
    long = sum(len(v) >= _QUESTION_LENGTH for v in filled) >= _MOSTLY * len(filled)
    return long and is_survey(filled)


def _mean_words(values: Sequence[str]) -> float:
    filled = [len(v.split()) for v in values if v]
    return sum(filled) / max(1, len(filled))
