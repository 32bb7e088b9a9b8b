"""Cue words of data/lexicons/groups_<language>.toml and groups.toml, found in a text as whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from feedback_synth import config, languages
from feedback_synth.languages import text as texts
from feedback_synth.languages.detection import detect

CueKey = tuple[str, str]  # (table, list): ("funding", "strong"), ("signals", "request")


@dataclass(frozen=True, slots=True)
class Group:
    """A content group of data/groups.toml; ``cues`` are words a team added for it, per language."""

    key: str
    names: Mapping[str, str]
    cues: Mapping[str, tuple[str, ...]]


@cache
def groups() -> tuple[Group, ...]:
    """The content groups in the order of the report."""
    return tuple(
        Group(row["key"], row["names"], {code: tuple(words) for code, words in row.get("cues", {}).items()})
        for row in config.content_groups()
    )


def found(text: str, language: str = "") -> dict[CueKey, tuple[str, ...]]:
    """The cues in ``text``, as they stand in the text's own words, for each list that has any.

    Vietnamese is compared with its diacritics unless the text was typed without them; other languages without.
    """
    code = language if language in languages.codes() else detect(text, "en")
    plain = code != "vi" or text.isascii()
    key = texts.strip_marks(text) if plain else texts.match_key(text)
    return {
        name: tuple(dict.fromkeys(hits))
        for name, pattern in _patterns(code, plain).items()
        if (hits := pattern.findall(key))
    }


@cache
def _patterns(code: str, plain: bool) -> dict[CueKey, re.Pattern[str]]:
    tables = config.load_toml(f"lexicons/groups_{code}.toml")
    lists: dict[CueKey, list[str]] = {
        (table, name): list(words) for table, rows in tables.items() for name, words in rows.items()
    }
    for group in groups():
        if group.cues.get(code):
            lists.setdefault((group.key, "strong"), []).extend(group.cues[code])
    return {name: _whole_words(words, plain) for name, words in lists.items()}


def _whole_words(words: Iterable[str], plain: bool) -> re.Pattern[str]:
    keys = {texts.strip_marks(word) if plain else texts.match_key(word) for word in words}
    alternatives = "|".join(re.escape(key) for key in sorted(keys, key=lambda k: (-len(k), k)))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")
