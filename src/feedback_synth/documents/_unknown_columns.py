"""What columns mean whose headers no list knows, by what stands in them: names, questions, free text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from feedback_synth.datamodel.document import ColumnRole
from feedback_synth.documents._column_words import (
    is_survey,
    names_places,
    share_of_bodies,
    share_of_people,
    share_of_places,
    title_excludes,
)
from feedback_synth.documents._columns import Column
from feedback_synth.documents._headers import Header

_NAME = re.compile(r"^(?:[^\W\d_a-zà-ỹđ][\w'’.-]*)(?:\s+(?:de\s+|van\s+|von\s+)?[^\W\d_a-zà-ỹđ][\w'’.-]*){1,4}$")
_PLACE = re.compile(r"^[^\W\d_a-zà-ỹđ][\w'’.-]*(?:[\s-]+(?:d[eu]s?\s+)?[^\W\d_a-zà-ỹđ][\w'’.-]*){0,4}$")
_NAMED_BEHIND = re.compile(
    r"^[^\W\d_][\w'’.]*(?:\s[a-zà-ỹđ][\w'’.]*){1,2}\s+(?=[^\W\d_a-zà-ỹđ])"
)  # "Cử tri", "Trưởng bản"
_PLACE_WORDS = 2  # of which most names of places are
_MOSTLY = 0.6
_LEAST_ROWS = 2
_LONGEST_PLACE = 8  # words of the name of a provision
_SENTENCE = 6  # words from which a cell can be a remark
_LONGEST_TITLE = 60
_QUESTION_LENGTH = 12


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


def who_speaks(columns: Sequence[Column], roles: Sequence[ColumnRole]) -> list[ColumnRole]:
    """The roles with the columns beside the opinions that name places of the draft, and persons where no header tells
    one ("Put by"); words of those who carry out or gather something in its title make them something else.
    """
    found = _where(columns, roles)
    if "opinion" not in found or "person" in found:
        return found
    named = [
        i
        for i, c in enumerate(columns)
        if found[i] == "other"
        and _are_people([v for v in c.values if v])
        and not (title_excludes("person", c.title) or title_excludes("organization", c.title))
    ]
    if len(named) == 1:
        found[named[0]] = "person"
    if not {"person", "organization"} & set(found):
        places = [i for i, c in enumerate(columns) if found[i] == "other" and _are_places(c)]
        if len(places) == 1:
            found[places[0]] = "organization"
    return found


def _where(columns: Sequence[Column], roles: Sequence[ColumnRole]) -> list[ColumnRole]:
    """The roles with the one column whose cells are places of the draft ("Art. 4(1)"), where no header tells one."""
    found = list(roles)
    if "opinion" not in found or "provision" in found:
        return found
    places = [i for i, c in enumerate(columns) if found[i] == "other" and _are_provisions([v for v in c.values if v])]
    if len(places) == 1:
        found[places[0]] = "provision"
    return found


def _are_provisions(values: Sequence[str]) -> bool:
    short = len(values) >= _LEAST_ROWS and _mean_words(values) <= _LONGEST_PLACE
    return short and share_of_places(values) >= _MOSTLY


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


def _who(values: Sequence[str]) -> ColumnRole | None:
    filled = [v for v in values if v]
    if len(filled) < _LEAST_ROWS:
        return None
    bodies = share_of_bodies(filled)
    if bodies >= _MOSTLY and _mean_words(filled) <= 12:
        return "organization"
    named = sum(bool(_NAME.match(v)) and not v.isupper() for v in filled)
    return "person" if named >= _MOSTLY * len(filled) else None


def _repeats(values: Sequence[str]) -> bool:
    filled = [v for v in values if v]
    long = sum(len(v) >= _QUESTION_LENGTH for v in filled) >= _MOSTLY * len(filled)
    return long and is_survey(filled)


def _mean_words(values: Sequence[str]) -> float:
    filled = [len(v.split()) for v in values if v]
    return sum(filled) / max(1, len(filled))
