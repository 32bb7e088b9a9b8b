"""Figures without their measure, which stands beside the figure before them: "90% is out of reach, say eighty"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from feedback_synth import config
from feedback_synth.languages.text import match_key
from feedback_synth.languages.words import alternatives

if TYPE_CHECKING:
    from feedback_synth.analysis._figures import Figure

_MEASURED = ("percent", "points", "money")
_MAGNITUDE = 6.0  # how many times one figure may be the other and still be about the same thing
_NEAR = 30  # characters beside a figure in which the words stand that make it one
_DIGITS = re.compile(r"\d[\d.,\s]*(?<![.,\s])")
_CLAUSE_END = re.compile(r"\s*(?:[.,;:!?)]|$)")
_SCALES = (1.0, 1e3, 1e6, 1e9)  # "two million … make it three"


def measured(found: Sequence[Figure], text: str, language: str) -> list[Figure]:
    """The figures of ``text``; a bare one that says what an amount should be has the measure of the one before it.

    In a text that names amounts of two measures all stay as they are.
    """
    return list(_measured(sorted(found, key=lambda f: f.start), text, language))


def _measured(found: Sequence[Figure], text: str, language: str) -> Iterator[Figure]:
    one_measure = len({f.measure for f in found if f.measure in _MEASURED}) == 1
    before: Figure | None = None
    for figure in found:
        if figure.measure in _MEASURED:
            before = figure
        elif one_measure and before is not None and _is_bare(figure, text, language):
            yield _like(before, figure) or figure
            continue
        yield figure


def _is_bare(figure: Figure, text: str, language: str) -> bool:
    """Whether nothing is counted: a word that is no noun follows, or the clause ends behind a word that sets it."""
    if figure.measure not in ("plain", "count"):
        return False
    number = _DIGITS.match(text, figure.start)
    end = number.end() if number else figure.start + len(figure.written)
    following = text[end : end + _NEAR]
    if _pattern("bare_after", language, "(?:{})(?!\\w)").match(match_key(following)):
        return True
    leading = match_key(text[max(0, figure.start - _NEAR) : figure.start])
    ends = _CLAUSE_END.match(following) is not None
    return ends and _pattern("bare_before", language, "(?<!\\w)(?:{})$").search(leading) is not None


@cache
def _pattern(table: str, language: str, around: str) -> re.Pattern[str]:
    words = config.load_toml("lexicons/directions.toml")[table].get(language, ())
    return re.compile(around.format(alternatives(match_key(w) for w in words)) if words else r"(?!)")


def _like(before: Figure, figure: Figure) -> Figure | None:
    """``figure`` in the measure of ``before``, where their sizes agree."""
    for scale in _SCALES if before.measure == "money" else _SCALES[:1]:
        value = figure.value * scale
        if value and max(value, before.value) <= _MAGNITUDE * min(value, before.value):
            return replace(figure, value=value, measure=before.measure, unit=before.unit)
    return None
