"""Which way an opinion points: raise or lower, sooner or later, remove or keep (data/lexicons/directions.toml)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from feedback_synth import config
from feedback_synth.languages.text import match_key
from feedback_synth.languages.words import alternatives

Way = str  # "raise", "lower", "later", "sooner", "remove", "keep", "join", "move"
OPPOSITES = (("raise", "lower"), ("later", "sooner"), ("remove", "keep"))


@lru_cache(maxsize=65536)
def says(kind: str, text: str, language: str) -> bool:
    """Whether ``text`` has a word of the table ``kind`` ("raise", "whole_draft", …)."""
    return bool(_pattern(kind, language).search(_plain(match_key(text))))


def first_place(kind: str, text: str, language: str) -> int:
    """Where the first word of the table ``kind`` begins in ``text``, or -1."""
    match = _pattern(kind, language).search(_plain(text.lower()))
    return match.start() if match else -1


def count(kind: str, text: str, language: str) -> int:
    """How many words of the table ``kind`` are in ``text``."""
    return len(_pattern(kind, language).findall(_plain(match_key(text))))


def ways(text: str, language: str) -> frozenset[Way]:
    """The directions ``text`` names; of two contrary ones both, when both are there."""
    return frozenset(w for pair in OPPOSITES for w in pair if says(w, text, language))


def contrary(a: frozenset[Way], b: frozenset[Way]) -> bool:
    """Whether ``a`` and ``b`` point against each other, and neither points both ways."""
    return any(
        (x in a and y not in a and y in b and x not in b) or (y in a and x not in a and x in b and y not in b)
        for x, y in OPPOSITES
    )


def _plain(text: str) -> str:
    """``text`` with the apostrophe of the lexicon: word processors write "n’est" with a typographic one."""
    return text.replace("’", "'")


@cache
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    words = config.load_toml("lexicons/directions.toml")[kind].get(language, ())
    return re.compile(rf"(?<!\w)(?:{alternatives(match_key(w) for w in words)})(?!\w)" if words else r"(?!)")
