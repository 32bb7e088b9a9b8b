"""Typed-up recordings: each line opens with a time code, and with "(tiếp)", "(continued)" where the speaker goes on."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from feedback_synth.datamodel.document import Document
from feedback_synth.opinions import layout, lexicon
from feedback_synth.opinions.stretch import Stretch

_CODE = re.compile(
    r"\s*[\[(<]?(?P<first>\d{1,2})[:h](?P<second>\d{2})(?::(?P<third>\d{2}))?(?:[.,]\d{1,3})?[\])>]?\s*(?:[-–|:]\s*)?(?=\D)"
)
_BRACKETS = re.compile(r"\s*[(\[]\s*(?P<words>[^()\[\]]{2,40})[)\]]\s*:?\s*")
_LEAST, _SHARE = 3, 0.3
_OPENING = 1800  # seconds in which the first words of a recording are heard


def is_recording(document: Document) -> bool:
    """Whether lines open with time codes that begin near zero and never go back; clocks of a chat do not."""
    lines = [b for b in document.blocks if b.kind in ("paragraph", "list_item") and not b.quoted]
    codes = [m for m in (_CODE.match(b.text) for b in lines) if m]
    if len(codes) < max(_LEAST, _SHARE * len(lines)):
        return False
    whole = all(m["third"] for m in codes)  # hours, minutes, seconds; else minutes and seconds
    heard = [_seconds(m, hours=whole) for m in codes]
    return not int(codes[0]["first"]) and heard[0] < _OPENING and all(a <= b for a, b in pairwise(heard))


def without_codes(stretch: Stretch, document: Document) -> list[Stretch]:
    """The stretch with the code, and the words that say that the speaker goes on, cut off as procedure."""
    if stretch.zone not in ("speech", "conclusion", "drafter_answer") or stretch.start:
        return [stretch]
    block = document.by_id[stretch.block_id]
    start = _words_at(block.text, layout.language_of(block, document.language))
    if not 0 < start < stretch.end:
        return [stretch]
    head = Stretch(stretch.block_id, 0, start, "procedure", "structure:time code")
    return [head, replace(stretch, start=start)]


def _words_at(text: str, code: str) -> int:
    opened = _CODE.match(text)
    start = opened.end() if opened else 0
    bracket = _BRACKETS.match(text, start)
    goes_on = bracket is not None and lexicon.starts(code, "minutes.going_on", bracket["words"])
    return bracket.end() if bracket and goes_on else start


def _seconds(code: re.Match[str], *, hours: bool) -> int:
    parts = [int(p) for p in (code["first"], code["second"], code["third"] or "0")]
    return parts[0] * 3600 + parts[1] * 60 + parts[2] if hours else parts[0] * 60 + parts[1]
