"""Hasty notes: consent at the end of a sentence of opinions is cut off, from what stands before and behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from feedback_synth.opinions import kinds, lexicon
from feedback_synth.opinions.stretch import Stretch

_ENDED = re.compile(
    r"(?:(?<=[^\W\d_]{2})|(?<=\d{2})|(?<=%)|(?<=\sý))[.!?…]+(?=\s+[^\W\d_A-Z])"
)  # before a small letter, too
_COMMA = re.compile(r",\s+")
_LONGEST = 10  # words of consent with its topic ("phần nguồn lợi ok, đồng ý")


def apart(stretch: Stretch, text: str, code: str) -> Iterator[Stretch]:
    """What was said, cut at consent between or behind opinions, where the writer takes no care of capitals."""
    said = text[stretch.start : stretch.end]
    hasty = not said.lstrip(" +-–•*")[:1].isupper()
    place = stretch.start
    for start, end in _sentences(said) if hasty else ():
        cut = _consent(said[start:end], code)
        if cut is None:
            continue
        first, last = stretch.start + start + cut, stretch.start + end
        if text[place:first].strip():
            yield replace(stretch, start=place, end=first, asks=_asks(stretch, place))
        yield replace(stretch, start=first, end=last, asks="")
        place = last
    if place == stretch.start or text[place : stretch.end].strip():
        yield replace(stretch, start=place, asks=_asks(stretch, place))


def _asks(stretch: Stretch, place: int) -> str:
    """The verb outside that governs the first clause of a stretch, and no other."""
    return stretch.asks if place == stretch.start else ""


def _sentences(text: str) -> list[tuple[int, int]]:
    ends = [*(m.end() for m in _ENDED.finditer(text)), len(text)]
    return [(a, b) for a, b in zip([0, *ends], ends, strict=False) if text[a:b].strip()]


def _consent(sentence: str, code: str) -> int | None:
    """Where the consent begins that ends a sentence behind an opinion, or None: the longest run of consent alone."""
    last = sentence.rsplit(maxsplit=_LONGEST)
    first = len(last[0]) - 1 if len(last) > _LONGEST else 0
    for comma in _COMMA.finditer(sentence, first):
        before, rest = sentence[: comma.start()], sentence[comma.end() :]
        opinion = kinds.judge(before, code).kind in kinds.OPINIONS - {"mixed"}
        if opinion and all(_is_yes(part, code) for part in _COMMA.split(rest.strip(" ."))):
            return comma.end()
    return None


def _is_yes(part: str, code: str) -> bool:
    return "?" not in part and (
        lexicon.filled("{consent.fine}$").search(part) is not None or kinds.judge(part, code).kind == "agreement"
    )
