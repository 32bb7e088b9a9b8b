"""Places named by pointing back: "cùng Điều này", "same article", "ibid.", "như trên"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from feedback_synth import languages
from feedback_synth.analysis._corpus import chain
from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.datamodel.opinion import Opinion, Passage
from feedback_synth.languages.references import references
from feedback_synth.languages.text import match_key
from feedback_synth.languages.words import alternatives, structure

_COUNTING = 12  # characters between two items of a sentence: "; hai là "
_NO_OPINION = ("other", "procedure", "draft_summary")
_PLACES = {"annex", "part", "title", "chapter", "section", "article", "clause"}
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


def listed_on(opinions: Iterable[Opinion]) -> Iterator[Opinion]:
    """The opinions, each item of a sentence with the lead-in of the first: "Về Điều 3 có hai ý: một là …; hai là …"."""
    before: Opinion | None = None
    for opinion in opinions:
        if before is not None and before.context and not opinion.context and _same_sentence(before, opinion):
            opinion = replace(opinion, context=before.context)
        yield opinion
        before = opinion


def said_before(analysis: Analysis) -> dict[str, str]:
    """What is said of the draft right before an opinion, in its paragraph, by opinion id: "Mục 1 phần III ghi …"."""
    found: dict[str, str] = {}
    sources = {document.id: document for document in analysis.sources}
    for extraction in analysis.extractions:
        last: dict[str, list[Passage]] = defaultdict(list)
        for passage in extraction.passages:
            last[passage.span.block_id].append(passage)
        for opinion in extraction.opinions:
            if not opinion.spans:
                continue
            start, told = opinion.spans[0], last[opinion.spans[0].block_id]
            ended = bisect_right(told, start.start, key=lambda p: p.span.end)
            if ended and told[ended - 1].role in _NO_OPINION:
                found[opinion.id] = sources[extraction.source_id].quote(told[ended - 1].span)
    return found


def under(opinion: Opinion, before: str) -> Opinion:
    """The opinion with the words before it as lead-in, where these name a provision by its number."""
    named = [r for r in references(before, opinion.language) if {level for level, _ in r.levels} & _PLACES]
    return replace(opinion, context=before) if named else opinion


def _same_sentence(one: Opinion, other: Opinion) -> bool:
    """Whether the second goes on in the sentence of the first, with no more than a word of counting between."""
    if not one.spans or not other.spans or (one.source_id, one.author) != (other.source_id, other.author):
        return False
    end, start = one.spans[-1], other.spans[0]
    near = end.block_id == start.block_id and 0 <= start.start - end.end <= _COUNTING
    return near and re.search(r"[.!?…]\W*$", one.text) is None


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
