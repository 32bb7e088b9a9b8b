"""The words of columns: what a header says, and how many cells hold votes, bodies, people, places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, get_args

from feedback_synth import config
from feedback_synth.datamodel.document import ColumnRole
from feedback_synth.languages.text import strip_marks

LONGEST_TITLE = 90
_WEIGHTS = {"strong": 2.0, "plain": 1.2, "weak": 0.6}
_MARK = re.compile(r"^[xv✓✔☑☒✗✘■●•+*1]$", re.IGNORECASE)
FIGURE = re.compile(r"^[≥≤<>~±-]?\s*\d[\d\s.,/%-]*\+?$")
_QUESTION_NUMBER = re.compile(r"^(?:q|question|cau(?: hoi)?)\s*\.?\s*\d{1,2}\b")


def announces(title: str) -> bool:
    """Whether a line over a table says that opinions stand below ("Ý kiến của xã A", "Remarks of the B Union")."""
    folded = strip_marks(title)
    words = _words()["opinion"]
    return any(word in folded and _find(word, folded) for key in ("strong", "plain", "remarks") for word in words[key])


def is_survey(questions: Sequence[str]) -> bool:
    """Whether these are the questions of a questionnaire: the same ones again and again, or numbered Q1, Q2."""
    filled = [strip_marks(q) for q in questions if q.strip()]
    numbered = sum(bool(_QUESTION_NUMBER.match(q)) for q in filled)
    return bool(filled) and (len(set(filled)) <= 0.7 * len(filled) or numbered >= 0.5 * len(filled))


def title_has(role: str, strength: str, title: str) -> bool:
    """Whether a header holds words of this strength for a role."""
    folded = strip_marks(title)
    return any(_find(word, folded) for word in _words()[role][strength])


def title_asks(title: str, *keys: str) -> bool:
    """Whether a header holds words of asking of one of these kinds ("spoken_to", "troubles", "further")."""
    asking: dict[str, Sequence[str]] = config.load_toml("lexicons/columns.toml")["asking"]
    return any(_says(title, word) for key in keys for word in asking[key])


def _says(title: str, word: str) -> bool:
    """Whether ``word`` stands in a header with its own marks ("bạn", not "bản"), where the header has marks at all."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", title).lower())
    if plain == strip_marks(plain):
        word = strip_marks(word)
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain) is not None


def title_excludes(role: ColumnRole, title: str) -> bool:
    """Whether words stand in ``title`` beside which a column cannot have this role (tasks, costs)."""
    return _is_excluded(role, strip_marks(title))


def names_places(title: str) -> bool:
    """Whether a header is a kind of place, or several, and nothing else ("Xã, phường", "Name of the commune")."""
    kinds = "|".join(sorted(map(re.escape, _words()["organization"]["places"]), key=len, reverse=True))
    return re.fullmatch(rf"\W*(?:(?:{kinds})(?:\W+|$))+", strip_marks(title)) is not None


def share_of_bodies(values: Sequence[str]) -> float:
    """How many of these cells begin with or hold the words of a body ("Sở", "commune")."""
    return share_of_words(values, "organization")


def share_of_places(values: Sequence[str]) -> float:
    """How many of these cells begin with the word of a provision and go on with its number, "Annex II"."""
    words = "|".join(sorted(map(re.escape, _words()["provision"]["cells"]), key=len, reverse=True))
    named = re.compile(rf"(?:\W*(?:{words})(?!\w))+.*?(?<!\w)(?:\d|[ivx]+(?!\w))")
    return sum(named.match(strip_marks(v)) is not None for v in values) / max(1, len(values))


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


def share_of_votes(values: Sequence[str]) -> float:
    """How many of these cells say yes, no or partly, or hold a mark alone."""
    votes = {w for kind in ("yes", "no", "partly") for w in _words()["agreement"][kind]}
    folded = [strip_marks(v).strip(" .!") for v in values]
    return sum(v in votes or bool(_MARK.match(v)) for v in folded) / max(1, len(values))


def share_of_words(values: Sequence[str], role: str) -> float:
    """How many of these cells begin with or hold the words of cells of this role."""
    pattern = _cell_pattern(role)
    return sum(bool(pattern.match(strip_marks(v[:200]))) for v in values) / len(values)


def title_scores(title: str) -> dict[ColumnRole, float]:
    """Header words found in ``title``, longer and stronger ones worth more."""
    folded = re.sub(r"[\s_]+", " ", strip_marks(title)).strip(" :.*")  # "full_name" in an export
    if not folded or len(folded) > LONGEST_TITLE:
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
