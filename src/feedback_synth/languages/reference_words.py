"""The words and spelled numbers of references, in every language at once, in lower case."""

from __future__ import annotations

from functools import cache
from typing import get_args

from feedback_synth import languages
from feedback_synth.datamodel.draft import Level
from feedback_synth.languages.text import strip_marks
from feedback_synth.languages.words import alternatives, structure

RANKED = frozenset(get_args(Level))


@cache
def level_of() -> dict[str, str]:
    """Level of each level word, in lower case; words typed without their marks ("dieu", "alinea") count too."""
    table: dict[str, str] = {}
    for code in languages.codes():
        places = structure(code)["places"]
        for level in ("table", "page", "line", "row", "passage"):
            table.update({w.lower(): level for w in places.get(level, ()) if w.lower() not in table})
        for levels in (structure(code)["levels"], structure(code)["named"]["words"], structure(code)["named"]["weak"]):
            for level, words in levels.items():
                table.update({w.lower(): level for w in words})
    for word, level in list(table.items()):
        if level in RANKED and len(word) > 2:
            table.setdefault(strip_marks(word), level)
    return table


@cache
def weak_words() -> frozenset[str]:
    weak = (structure(c)["named"]["weak"] for c in languages.codes())
    return frozenset(w.lower() for levels in weak for words in levels.values() for w in words)


@cache
def plural_words() -> frozenset[str]:
    """Words of the languages in which "3c" after a clause word is clause 3, point c."""
    return frozenset(
        w.lower() for c in languages.codes() for w in structure(c)["levels"].get("clause", ()) if c != "vi"
    )


@cache
def ordinals() -> dict[str, str]:
    table = {
        w.lower(): number
        for code in languages.codes()
        for number, words in structure(code)["ordinals"].items()
        if number not in ("prefix", "edges")
        for w in words
    }
    return {strip_marks(w): number for w, number in table.items() if len(w) > 3} | table


@cache
def cardinals() -> dict[str, str]:
    """The numbers that follow a level word in words: "Article two", "chương ba"."""
    tables = [structure(code)["cardinals"] for code in languages.codes()] + [structure("vi")["ordinals"]]
    return {w.lower(): n for table in tables for n, words in table.items() if n.isdigit() for w in words if w.isalpha()}


@cache
def words_of(code: str) -> frozenset[str]:
    """The level words of a language, also as typed without marks."""
    words = [w.lower() for ws in structure(code)["levels"].values() for w in ws]
    return frozenset([*words, *map(strip_marks, words)])


@cache
def marked_words() -> frozenset[str]:
    """The level words as their languages write them."""
    return frozenset(w.lower() for c in languages.codes() for ws in structure(c)["levels"].values() for w in ws)


def ordinals_before_nouns() -> str:
    """ "second paragraph", "deuxième alinéa"; a Vietnamese number before a level word counts ("hai điểm")."""
    words = [
        w
        for c in languages.codes()
        if c != "vi"
        for n, ws in structure(c)["ordinals"].items()
        if n not in ("prefix", "edges")
        for w in ws
    ]
    return alternatives([*words, *(strip_marks(w) for w in words)])
