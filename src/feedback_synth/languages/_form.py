"""The form a language fills in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """Grammar that is not a word list; word lists stand in data/lexicons/<code>.toml."""

    code: str
    name: str  # in English
    decimal: str  # the mark before decimals
    thousands: tuple[str, ...]  # the marks between groups of three digits
    abbreviations: frozenset[str]  # lower case, with their full stop: no sentence ends after them
    stop_words: frozenset[str]  # frequent words, to recognise the language by and to leave out of matching
    letters: str = ""  # letters that (nearly) only this language uses
    months: tuple[str, ...] = ()  # names of the twelve months, lower case
    quotes: tuple[tuple[str, str], ...] = (("“", "”"), ('"', '"'), ("«", "»"))
