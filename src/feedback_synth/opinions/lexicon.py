"""Cue words of a language as patterns: find the words of a list in a text and say where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from feedback_synth import config, languages
from feedback_synth.languages.text import match_key, strip_marks

_GAP = ".{0,80}?"
_LISTED = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")
_BLANK = re.compile(r"(\s+)")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a list found at ``start:end`` of a text."""

    start: int
    end: int
    words: str


def fold_equal(text: str) -> str:
    """Lower case with one tone placement and straight apostrophes, of the same length as ``text``."""
    parts = _BLANK.split(text)
    return "".join(" " * len(part) if part.isspace() else _fold_word(part) for part in parts)


def _fold_word(word: str) -> str:
    folded = match_key(word).replace("’", "'")
    if len(folded) != len(word):
        folded = word.lower().replace("’", "'")
    return folded if len(folded) == len(word) else word


def find(code: str, name: str, text: str) -> Cue | None:
    """The first words of the list ``name`` ("request.modal") in ``text``, else None."""
    return _cue(pattern(code, name, _unmarked(code, text)).search(_matchable(code, text)), text)


def find_all(code: str, name: str, text: str) -> list[Cue]:
    """All words of the list in ``text``, in order, without overlaps."""
    matches = pattern(code, name, _unmarked(code, text)).finditer(_matchable(code, text))
    return [Cue(m.start(), m.end(), text[m.start() : m.end()]) for m in matches]


def starts(code: str, name: str, text: str) -> Cue | None:
    """The words of the list with which ``text`` begins (its longest), else None."""
    return _cue(pattern(code, name, _unmarked(code, text)).match(_matchable(code, text)), text)


def equals(code: str, name: str, text: str) -> bool:
    """Whether ``text``, its end marks aside, is one of the words of the list."""
    bare = text.strip(" .!;,()[]\"“”'").lower()
    return fold_equal(bare) in {fold_equal(w) for w in words(code, name)} or strip_marks(bare) in {
        strip_marks(w) for w in words(code, name) if _unmarked(code, bare)
    }


def words(code: str, name: str) -> list[str]:
    """The list ``name`` of the language's lexicon; empty if the lexicon has none."""
    table, _, key = name.partition(".")
    found: list[str] = config.load_toml(f"lexicons/{code}.toml").get(table, {}).get(key, [])
    return found


@cache
def pattern(code: str, name: str, unmarked: bool = False) -> re.Pattern[str]:
    """A pattern of the words of the list, longest first, as whole words."""
    folded = [strip_marks(w) if unmarked else fold_equal(w) for w in words(code, name)]
    longest = sorted(dict.fromkeys(folded), key=lambda w: (-len(w), w))
    if not longest:
        return re.compile(r"(?!)")
    return re.compile("|".join(_whole(word) for word in longest))


@cache
def filled(form: str, *codes: str) -> re.Pattern[str]:
    """A pattern that ignores case, with the words of lists in the places of their {table.names}: those of the
    languages ``codes``, of all without any. It matches text as it stands, with either apostrophe.
    """
    return re.compile(_LISTED.sub(lambda m: _either(m[1], codes), form), re.IGNORECASE)


def _either(name: str, codes: tuple[str, ...]) -> str:
    found = dict.fromkeys(w for code in codes or languages.codes() for w in words(code, name))
    longest = sorted(found, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(_whole(word).replace("'", "['’]") for word in longest) + ")" if longest else "(?!)"


def _whole(word: str) -> str:
    ending = word.startswith("*")  # "*rait": any word with this ending
    body = (r"\w+" if ending else "") + _GAP.join(re.escape(part.strip("* ")) for part in word.split("…"))
    before = r"(?<![\w])" if ending or word[0].isalnum() else ""
    after = r"(?![\w])" if word[-1].isalnum() else ""
    return before + body.replace(r"\ ", r"\s+") + after


def _cue(match: re.Match[str] | None, text: str) -> Cue | None:
    return Cue(match.start(), match.end(), text[match.start() : match.end()]) if match else None


@lru_cache(maxsize=4096)
def _matchable(code: str, text: str) -> str:
    return _strip_equal(text) if _unmarked(code, text) else fold_equal(text)


def _strip_equal(text: str) -> str:
    stripped = strip_marks(text)
    return stripped if len(stripped) == len(text) else fold_equal(text)


@lru_cache(maxsize=4096)
def _unmarked(code: str, text: str) -> bool:
    """Whether a text in a language with marks is typed without any (a chat on a telephone)."""
    letters = languages.get(code).letters
    if code != "vi" or len(text) < 6:
        return False
    return not any(c in letters or ord(c) > 0xC0 for c in text.lower() if c.isalpha())
