"""Places named by pointing back: "cùng Điều này", "same article", "ibid.", "như trên"."""

from __future__ import annotations

import re
from functools import cache

from feedback_synth import languages
from feedback_synth.analysis._corpus import chain
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key
from feedback_synth.languages.words import alternatives, structure

_SAME = "same"  # the very place named before


def pointed(opinion: Opinion) -> str:
    """The level of the place before that an opinion points back to, "same" for that very place, "" for none."""
    cells = {match_key(place).strip(" .-\"'") for place in opinion.places}
    if cells & _whole():
        return _SAME
    match = _same_place(opinion.language).search(opinion.text)
    return _levels(opinion.language).get(match_key(match["word"]), _SAME) if match else ""


def of_cell(opinion: Opinion) -> bool:
    """Whether it is the cell for the place that points back, to the row above whoever spoke there."""
    return any(match_key(place).strip(" .-\"'") in _whole() for place in opinion.places)


def around(draft: Draft, provision: Provision, level: str) -> Provision:
    """The provision of this level that ``provision`` is or stands in; itself where there is none."""
    return next((p for p in reversed(chain(draft, provision)) if p.level == level), provision)


@cache
def _whole() -> frozenset[str]:
    """What stands alone in a cell for "as above", as match keys."""
    return frozenset(match_key(w).strip(" .-") for c in languages.codes() for w in structure(c)["again"]["whole"])


@cache
def _levels(language: str) -> dict[str, str]:
    tables = structure(language)
    skipped = tables["again"]["not"]
    return {match_key(w): k for k, words in tables["levels"].items() for w in words if k not in skipped}


@cache
def _same_place(language: str) -> re.Pattern[str]:
    """ "cùng Điều này", "tại khoản trên", "the same article", "au même endroit", "ibid."."""
    if language not in languages.codes():
        return re.compile(r"(?!)")
    tables = structure(language)
    again, skipped = tables["again"], tables["again"]["not"]
    words = [w for k, words in tables["levels"].items() for w in words if k not in skipped]
    after = rf"\s+(?:{alternatives(again['after'])})(?!\w)" if again["after"] else ""
    before, nouns = alternatives(again["before"]), alternatives([*words, *again["nouns"]])
    return re.compile(
        rf"(?<!\w)(?:(?:{before})\s+(?P<word>{nouns})(?!\w){after}"
        rf"(?!\s+\d)|(?:{alternatives(again['alone'])})(?!\w))",
        re.IGNORECASE,
    )
