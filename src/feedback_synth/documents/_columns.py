"""What the columns of a table mean, scored by their headers and by what stands in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from feedback_synth import config
from feedback_synth.datamodel.document import ColumnRole
from feedback_synth.languages.text import strip_marks

_MAX_TITLE = 90
_SEVERAL: tuple[ColumnRole, ...] = ("opinion", "agreement", "response", "note")  # roles that two columns may share
_KNOWN_BY_CELLS: tuple[ColumnRole, ...] = ("organization", "person", "provision", "response")
_WEIGHTS = {"strong": 2.0, "plain": 1.2, "weak": 0.6}
_THRESHOLD = 1.0
_MOSTLY = 0.7
_SAID = 3  # words of what half of such answers say
_LONG = 20  # characters that no two rows share by chance
_SENTENCE = re.compile(r"(?:\S+\s+){4,}\S+[.;!]$")  # "Section 2 should name the source." heads no column
_NUMBERING_ROW = re.compile(r"^[(\[]?(?:\d{1,2}|[a-e])(?:\s*=.*)?[)\].]?$")
_NUMBER = re.compile(r"^(?:\d{1,4}|[ivxlc]{1,6}|[a-z])[.)]?(?:\d{1,3}[.)]?)*$", re.IGNORECASE)
_MARK = re.compile(r"^[xv✓✔☑☒✗✘■●•+*1]$", re.IGNORECASE)
_FIGURE = re.compile(r"^[≥≤<>~±-]?\s*\d[\d\s.,/%-]*\+?$")
_QUESTION_NUMBER = re.compile(r"^(?:q|question|cau(?: hoi)?)\s*\.?\s*\d{1,2}\b")
_DATE = re.compile(r"\b\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?\b")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header words ("" without header) and the texts of its cells that hold something."""

    title: str
    values: Sequence[str]


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
    scores = [0.0 if _comes_again(row, rows) else _header_score(row) for row in rows]
    best = next((i for i, row in enumerate(rows) if wanted & {strip_marks(t).strip() for t in row.values()}), None)
    if best is None:
        best = max(range(len(rows)), key=lambda i: (scores[i], -i), default=None)
        best = best if best is not None and scores[best] >= 2.0 else _plain_header(rows)
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


def score_roles(columns: Sequence[Column], *, announced: bool = False) -> list[ColumnRole]:
    """The role of each column; a role that only one column can have goes to the best one.

    ``announced``: a title over the table says that opinions stand below, so that a bare "Contents" holds them.
    """
    scores = [_scores(column) for column in columns]
    roles: list[ColumnRole] = ["other"] * len(columns)
    taken: set[ColumnRole] = set()
    order = sorted(
        ((score, -i, role) for i, table in enumerate(scores) for role, score in table.items() if score >= _THRESHOLD),
        key=lambda item: (-item[0], -item[1]),
    )
    for _, negative, role in order:
        if roles[-negative] == "other" and (role in _SEVERAL or role not in taken):
            roles[-negative] = role
            taken.add(role)
    _survey(columns, roles)
    _by_provision(columns, roles)
    _asked_too(columns, roles)
    told = announced or bool(taken & {"organization", "person", "provision"})
    if told or taken <= {"number", "note"}:
        _remarked(columns, roles)
    else:
        _drop_unsure(columns, roles)
    _answered(columns, roles)
    return roles


def announces(title: str) -> bool:
    """Whether a line over a table says that opinions stand below ("Ý kiến của xã A", "Remarks of the B Union")."""
    folded = strip_marks(title)
    words = _words()["opinion"]
    return any(word in folded and _find(word, folded) for key in ("strong", "plain", "remarks") for word in words[key])


def _remarked(columns: Sequence[Column], roles: list[ColumnRole]) -> None:
    """Remarks in sentences are the opinions where no other column holds any."""
    if {"opinion", "agreement", "question"} & set(roles):
        return
    for i, column in enumerate(columns):
        remarks = any(_find(word, strip_marks(column.title)) for word in _words()["opinion"]["remarks"])
        if roles[i] == "note" and remarks and _is_free_text(column.values) and _are_sentences(column.values):
            roles[i] = "opinion"
            return


def _answered(columns: Sequence[Column], roles: list[ColumnRole]) -> None:
    """Beside the questions of a survey the answers are the opinions; questions that people put are opinions."""
    if "question" not in roles:
        return
    asked = roles.index("question")
    if "opinion" in roles:
        return
    answers = [i for i, c in enumerate(columns) if roles[i] in ("response", "other") and _is_answer(c.title)]
    told = "person" in roles or "organization" in roles
    if answers and (not told or is_survey(columns[asked].values)):
        roles[answers[0]] = "opinion"
    else:
        roles[asked] = "opinion"


def _is_answer(title: str) -> bool:
    folded = strip_marks(title)
    return any(_find(word, folded) for word in _words()["answer"]["strong"])


def is_survey(questions: Sequence[str]) -> bool:
    """Whether these are the questions of a questionnaire: the same ones again and again, or numbered Q1, Q2."""
    filled = [strip_marks(q) for q in questions if q.strip()]
    numbered = sum(bool(_QUESTION_NUMBER.match(q)) for q in filled)
    return bool(filled) and (len(set(filled)) <= 0.7 * len(filled) or numbered >= 0.5 * len(filled))


def _drop_unsure(columns: Sequence[Column], roles: list[ColumnRole]) -> None:
    """A bare "Contents" holds opinions only beside those who gave them or what they are about."""
    for i, column in enumerate(columns):
        if (
            roles[i] == "opinion"
            and not is_question(column.title)
            and _title_scores(column.title).get("opinion", 0.0) < _THRESHOLD
        ):
            roles[i] = "other"


def _survey(columns: Sequence[Column], roles: list[ColumnRole]) -> None:
    """In an export of a survey every column with free text under a question holds opinions."""
    questions = [i for i, c in enumerate(columns) if is_question(c.title)]
    if len(questions) < 2 and not ({"date", "person"} & set(roles) and questions):
        return
    for i in questions:
        if roles[i] in ("other", "question", "provision", "draft_text", "response") and _is_free_text(
            columns[i].values
        ):
            roles[i] = "opinion"


def _asked_too(columns: Sequence[Column], roles: list[ColumnRole]) -> None:
    """Beside opinions or votes of people: free text under words that speak to them ("What worries you"), name
    troubles ("Difficulties where you live") or ask for the rest ("Other remarks").
    """
    if not {"opinion", "agreement"} & set(roles) or not {"person", "organization"} & set(roles):
        return
    for i, column in enumerate(columns):
        asked = any(_says(column.title, word) for key in ("spoken_to", "troubles") for word in _asking(key))
        rest = any(_says(column.title, word) for word in _asking("further"))
        wanted = (roles[i] == "other" and asked) or (roles[i] in ("other", "note") and rest)
        if wanted and _is_free_text(column.values) and _are_sentences(column.values):
            roles[i] = "opinion"


def _asking(key: str) -> Sequence[str]:
    table: dict[str, Sequence[str]] = config.load_toml("lexicons/columns.toml")["asking"]
    return table[key]


def _says(title: str, word: str) -> bool:
    """Whether ``word`` stands in a header with its own marks ("bạn", not "bản"), where the header has marks at all."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", title).lower())
    if plain == strip_marks(plain):
        word = strip_marks(word)
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain) is not None


def _are_sentences(values: Sequence[str]) -> bool:
    lengths = sorted(len(v.split()) for v in values if v)
    return bool(lengths) and lengths[len(lengths) // 2] >= _SAID


def _by_provision(columns: Sequence[Column], roles: list[ColumnRole]) -> None:
    """A survey with a column for each provision: free text of people under "Article 2", "Article 4", "Other"."""
    if "opinion" in roles or not {"person", "organization"} & set(roles):
        return
    places = [
        i
        for i, c in enumerate(columns)
        if _title_scores(c.title).get("provision", 0.0) >= _THRESHOLD
        and _is_free_text(c.values)
        and _share_of_words([v for v in c.values if v], "provision") < 0.5
    ]
    if len(places) < 2:
        return
    for i, column in enumerate(columns):
        if i in places or (roles[i] in ("other", "note") and _is_free_text(column.values)):
            roles[i] = "opinion"


def title_says(role: ColumnRole, title: str) -> bool:
    """Whether words stand in ``title`` beside which a column cannot have this role (tasks, costs)."""
    return _is_excluded(role, strip_marks(title))


def names_places(title: str) -> bool:
    """Whether a header is a kind of place, or several, and nothing else ("Xã, phường", "Name of the commune")."""
    kinds = "|".join(sorted(map(re.escape, _words()["organization"]["places"]), key=len, reverse=True))
    return re.fullmatch(rf"\W*(?:(?:{kinds})(?:\W+|$))+", strip_marks(title)) is not None


def share_of_bodies(values: Sequence[str]) -> float:
    """How many of these cells begin with or hold the words of a body ("Sở", "commune")."""
    return _share_of_words(values, "organization")


def share_of_people(values: Sequence[str]) -> float:
    """How many of these cells begin with what people are called and a name ("Bà Lò Thị Hoa, bản A", "Mr Hill")."""
    return sum(_is_called(v) for v in values) / max(1, len(values))


def _is_called(text: str) -> bool:
    words = text.replace(".", ". ").split()
    for count in (1, 2):
        title = strip_marks(" ".join(words[:count])).strip(" .")
        if title in _words()["person"]["cells"] and words[count : count + 1]:
            return words[count][0].isupper()
    return False


def is_question(title: str) -> bool:
    """Whether a header is a question put to people."""
    folded = strip_marks(title).strip()
    if "?" in folded:
        return True
    starts = re.sub(r"^(?:q|cau)?\s*\d{1,2}\s*[.):]\s*", "", folded)
    numbered = starts != folded
    words = _words()["asking"]["strong"]
    return len(folded.split()) >= 4 and (numbered or any(starts.startswith(w + " ") for w in words))


def _is_free_text(values: Sequence[str]) -> bool:
    filled = [v for v in values if v]
    different = len(set(filled))
    lengths = sorted(len(v) for v in filled)
    return bool(filled) and lengths[len(lengths) * 3 // 4] >= 12 and different > len(filled) / 2


def _comes_again(row: Mapping[int, str], rows: Sequence[Mapping[int, str]]) -> bool:
    """Whether other rows say the words of this one again, as the question of a survey is: then it is no header."""
    long = [(c, text) for c, text in row.items() if len(text) >= _LONG]
    return any(other != row and any(other.get(c) == text for c, text in long) for other in rows)


def _header_score(row: Mapping[int, str]) -> float:
    """How much a row looks like headers: distinct columns with header words, less for long or figure cells."""
    if len(row) < 2:
        return 0.0
    score = 0.0
    for text in row.values():
        if (len(text) > _MAX_TITLE or _SENTENCE.match(text)) and not is_question(text):
            score -= 1.0
        elif not _NUMBERING_ROW.match(text):
            score += min(1.2, max(_title_scores(text).values(), default=0.0) or (1.0 if is_question(text) else 0.0))
    return score if score >= 0.4 * len(row) else 0.0


def _plain_header(rows: Sequence[Mapping[int, str]]) -> int | None:
    """A first full row of short words over columns of which one at least is all figures."""
    width = max((max(r, default=0) for r in rows), default=0)
    for i, row in enumerate(rows[:4]):
        below = rows[i + 1 :]
        if len(row) < max(2, width - 1) or len(below) < 2:
            continue
        titles = list(row.values())
        if any(len(t) > _MAX_TITLE for t in titles) or len(set(titles)) < len(titles):
            return None
        for column, title in row.items():
            values = [r[column] for r in below if r.get(column)]
            figures = sum(bool(_FIGURE.match(v)) for v in values)
            if len(values) >= 2 and figures >= 0.7 * len(values) and not _FIGURE.match(title):
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
    return all(len(v) <= 40 and max(_title_scores(v).values(), default=0.0) >= 1.2 for v in row.values())


def _scores(column: Column) -> dict[ColumnRole, float]:
    scores = _title_scores(column.title)
    values = [v for v in column.values if v]
    if not values:
        return scores
    for role in _KNOWN_BY_CELLS:
        if scores.get(role, 0.0) > 0:
            scores[role] += _share_of_words(values, role)
    lengths = sum(map(len, values)) / len(values)
    figures = sum(bool(_FIGURE.match(v)) for v in values) / len(values)
    if scores.get("opinion", 0.0) > 0:
        scores["opinion"] += 0.5 if lengths > 30 else -0.6 if figures > 0.7 else 0.0
    if scores.get("number", 0.0) > 0 and sum(bool(_NUMBER.match(v)) for v in values) < 0.5 * len(values):
        scores["number"] = 0.0
    if scores.get("date", 0.0) > 0 and sum(bool(_DATE.search(v)) for v in values) < 0.5 * len(values):
        scores["date"] -= 1.0
    if scores.get("agreement", 0.0) > 0:
        voted = share_of_votes(values) >= _MOSTLY
        scores["agreement"] += 2.0 if voted else -scores["agreement"]
        scores |= {"opinion": 0.0} if voted else {}
    if figures > _MOSTLY:  # "Number of voters" names nobody
        scores |= {role: 0.0 for role in ("organization", "person") if role in scores}
    return scores


def share_of_votes(values: Sequence[str]) -> float:
    """How many of these cells say yes, no or partly, or hold a mark alone."""
    votes = {w for kind in ("yes", "no", "partly") for w in _words()["agreement"][kind]}
    folded = [strip_marks(v).strip(" .!") for v in values]
    return sum(v in votes or bool(_MARK.match(v)) for v in folded) / max(1, len(values))


def _share_of_words(values: Sequence[str], role: str) -> float:
    pattern = _cell_pattern(role)
    return sum(bool(pattern.match(strip_marks(v[:200]))) for v in values) / len(values)


def _title_scores(title: str) -> dict[ColumnRole, float]:
    """Header words found in ``title``, longer and stronger ones worth more."""
    folded = re.sub(r"[\s_]+", " ", strip_marks(title)).strip(" :.*")  # "full_name" in an export
    if not folded or len(folded) > _MAX_TITLE:
        return {}
    found: dict[ColumnRole, float] = {}
    for word, role, weight in _title_words():
        if word in folded and (place := _find(word, folded)):
            score = weight * (0.6 + 0.4 * len(word) / len(folded)) + 0.1 * place
            found[role] = max(found.get(role, 0.0), score)
    return {role: score for role, score in found.items() if not _is_excluded(role, folded)}


def _is_excluded(role: ColumnRole, title: str) -> bool:
    """A word beside which the header means something else; only a few words may stand beside it."""
    return len(title) <= 40 and any(_find(word, title) for word in _words().get(role, {}).get("without", ()))


@cache
def _title_words() -> list[tuple[str, ColumnRole, float]]:
    """(word, role, weight) of every header word."""
    return [
        (word, role, _WEIGHTS[strength])
        for role in get_args(ColumnRole)
        for strength, words in _words().get(role, {}).items()
        if strength in _WEIGHTS
        for word in words
    ]


def _find(word: str, title: str) -> float:
    """0 when ``word`` is not in ``title`` as whole words; more when the title begins with it."""
    match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", title)
    if match is None or (len(word) <= 2 and match.span() != (0, len(title))):
        return 0.0
    return 2.0 if match.start() == 0 else 1.0


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    table: dict[str, Any] = config.load_toml("lexicons/columns.toml")
    return {role: {k: [strip_marks(w) for w in words] for k, words in kinds.items()} for role, kinds in table.items()}


@cache
def _cell_pattern(role: str) -> re.Pattern[str]:
    words = sorted(_words()[role]["cells"], key=len, reverse=True)
    return re.compile(r"(?:.{0,40}?(?<!\w))?(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
