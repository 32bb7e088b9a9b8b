"""What an editor wrote in a status cell, read as a ``Disposition``: whole phrases in three languages, no guessing.

"tiếp thu" stands inside "không tiếp thu" and "tiếp thu một phần"; so a phrase counts only as a whole and at the
beginning of a clause, the longest one wins, and a text that says two things is reported as unclear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_args

from feedback_synth import languages
from feedback_synth.config import DATA, load_toml
from feedback_synth.datamodel.decision import Disposition
from feedback_synth.languages.text import match_key, strip_marks

Words = tuple[str, ...]

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*°?|[,;:.!?…\n()\[\]/–—|]|(?<=\s)-|^-")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_BREAKS = frozenset(",;:.!?…\n()[]/–—|-")
_OPEN_END = " …"
_SHORTEST_FOLDED = 6  # letters
_NUMBERING = re.compile(r"\d{1,3}|[a-zđ]|[ivx]{1,4}")
# What a later clause may say without making the first one unclear.
_AGREE = {
    "accepted": {"duplicate", "referred", "noted"},
    "accepted_in_part": {"accepted", "explained", "not_accepted", "duplicate", "referred", "noted"},
    "explained": {"duplicate", "referred", "noted"},
    "not_accepted": {"explained", "duplicate", "referred", "noted"},
    "noted": {"explained", "referred"},
    "referred": {"explained", "noted", "awaiting_decision"},
    "awaiting_decision": {"explained", "pending", "noted", "referred"},
    "duplicate": set(get_args(Disposition)),
    "pending": {"awaiting_decision", "noted", "referred"},
    "no_opinion": set(get_args(Disposition)) - {"accepted", "accepted_in_part", "not_accepted"},
}


@dataclass(frozen=True, slots=True)
class Reading:
    """``disposition`` is "" when the text is unknown or says two things; ``found`` are the readings it allows."""

    disposition: Disposition | str
    found: tuple[str, ...] = ()
    says_more: bool = False  # words stand after the status: a reason, a place


@dataclass(frozen=True)
class _Lexicon:
    phrases: dict[Words, str]
    open_phrases: dict[Words, str]  # after which any word may follow
    lead_ins: tuple[Words, ...]
    openings: tuple[Words, ...]
    following: tuple[Words, ...]

    @property
    def longest(self) -> int:
        return max((len(words) for words in (*self.phrases, *self.open_phrases)), default=0)


def parse(text: str) -> Reading:
    """The disposition that ``text`` states, in whichever language. An empty text gives an empty reading."""
    exact = _labels().get(match_key(text))
    if exact:
        return Reading(exact, (exact,))
    reading = _in_any_language(text, folded=False)
    if reading.found or strip_marks(text) != text.lower():
        return reading
    return _in_any_language(text, folded=True)  # typed without diacritics: "TIEP THU", "REJETE"


def _in_any_language(text: str, *, folded: bool) -> Reading:
    readings = [r for code in languages.codes() if (r := _parse(text, _lexicon(code, folded))).found]
    decided = [r for r in readings if r.disposition]
    if len({r.disposition for r in decided}) == 1 and len(decided) == len(readings):
        return decided[0]
    return Reading("", tuple(dict.fromkeys(f for r in readings for f in r.found)))


def _parse(text: str, lexicon: _Lexicon) -> Reading:
    tokens = _tokens(_QUOTED.sub(" … ", text))
    found = list(_clause_readings(tokens, lexicon))
    if not found:
        return Reading("")
    first, end = found[0]
    others = {status for status, _ in found[1:]} - {first}
    statuses = tuple(dict.fromkeys(status for status, _ in found))
    if first == "unclear" or not others <= _AGREE[first]:
        return Reading("", tuple(s for s in statuses if s != "unclear") or ("unclear",))
    return Reading(first, (first,), any(t not in _BREAKS for t in tokens[end:]))


def _clause_readings(tokens: Words, lexicon: _Lexicon) -> Iterator[tuple[str, int]]:
    """(status, where its phrase ends) of each clause that begins with a phrase.

    The first clause must, unless it only says what the text is about ("Về nội dung này, …").
    """
    position, found = 0, False
    while position < len(tokens):
        start = _skip_lead_ins(tokens, position, lexicon)
        match = _phrase_at(tokens, start, lexicon) or _phrase_at(tokens, position, lexicon)
        if match:
            found = True
            yield match
            position = match[1]
        elif not found and _said_something(tokens[position:]) and not _starts(tokens, start, lexicon.openings):
            return
        position = _next_clause(tokens, position)


def _phrase_at(tokens: Words, start: int, lexicon: _Lexicon) -> tuple[str, int] | None:
    """(status, end) of the longest phrase at ``start`` that ends where a phrase may end."""
    longest = min(len(tokens), start + lexicon.longest)
    refused = ""
    for end in range(longest, start, -1):
        words = tokens[start:end]
        status = lexicon.open_phrases.get(words, "")
        if status:
            return status, end
        status = lexicon.phrases.get(words, "")
        if not status:
            continue
        if refused not in ("", status):
            return None  # a longer phrase of another sense stands here, before a word that may change it
        if _may_end(tokens, end, status, lexicon):
            return status, end
        refused = status
    return None


def _may_end(tokens: Words, end: int, status: str, lexicon: _Lexicon) -> bool:
    if end == len(tokens) or tokens[end] in _BREAKS or _starts(tokens, end, lexicon.following):
        return True
    return status == "duplicate" and tokens[end].isdigit()


def _skip_lead_ins(tokens: Words, position: int, lexicon: _Lexicon) -> int:
    while position < len(tokens):
        lead = max((len(w) for w in lexicon.lead_ins if tokens[position : position + len(w)] == w), default=0)
        if not lead:
            break
        # A lead-in may itself begin a phrase: "xin ý kiến", "đã chỉnh sửa".
        if _phrase_at(tokens, position, lexicon):
            break
        position += lead
    return position


def _next_clause(tokens: Words, position: int) -> int:
    while position < len(tokens) and tokens[position] not in _BREAKS:
        position += 1
    while position < len(tokens) and (tokens[position] in _BREAKS or _is_numbering(tokens, position)):
        position += 1
    return position


def _is_numbering(tokens: Words, position: int) -> bool:
    following = tokens[position + 1] if position + 1 < len(tokens) else ""
    return bool(_NUMBERING.fullmatch(tokens[position])) and following in (")", ".", ":", "-")


def _said_something(tokens: Words) -> bool:
    first = tokens[0] if tokens else ""
    return bool(first) and first not in _BREAKS and not _is_numbering(tokens, 0)


def _starts(tokens: Words, position: int, any_of: Sequence[Words]) -> bool:
    return any(tokens[position : position + len(words)] == words for words in any_of)


def _tokens(text: str) -> Words:
    lines = (match_key(line) for line in text.splitlines())
    return tuple(t.replace("’", "'") for t in _TOKEN.findall("\n".join(lines)))


@cache
def _lexicon(code: str, folded: bool) -> _Lexicon:
    """The phrases of a language; ``folded`` without diacritics, short ones left out since they could be anything."""
    data = load_toml("lexicons/statuses.toml").get(code, {"phrases": {}})

    def cut(phrase: str) -> Words:
        return _tokens(strip_marks(phrase) if folded else phrase)

    def words(name: str) -> tuple[Words, ...]:
        return tuple(cut(phrase) for phrase in data.get(name, ()))

    pairs = [(phrase, status) for status, some in data["phrases"].items() for phrase in some]
    pairs = [(p, s) for p, s in pairs if not folded or len(p.replace(" ", "")) >= _SHORTEST_FOLDED]
    closed = {cut(phrase): status for phrase, status in pairs if not phrase.endswith(_OPEN_END)}
    open_ = {cut(phrase.removesuffix(_OPEN_END)): status for phrase, status in pairs if phrase.endswith(_OPEN_END)}
    return _Lexicon(closed, open_, words("lead_ins"), words("openings"), words("following"))


@cache
def _labels() -> dict[str, Disposition]:
    """The words that our own tables print for each disposition, by match key."""
    found: dict[str, Disposition] = {key: key for key in get_args(Disposition)}
    for code in languages.codes():
        if not (DATA / "labels" / f"{code}.toml").is_file():
            continue
        names = cast(dict[str, Any], load_toml(f"labels/{code}.toml").get("dispositions", {}))
        for key, name in names.items():
            if key in _AGREE and isinstance(name, str):
                found[match_key(name)] = cast(Disposition, key)
    return found
