"""Annexes of letters: what stands below the signature under a line such as "Annex: detailed comments"."""

from __future__ import annotations

from collections.abc import Sequence

from feedback_synth import languages
from feedback_synth.datamodel.document import Block
from feedback_synth.opinions import lexicon

_HEADING_WORDS = 16
_ABOVE = 10  # blocks above the heading among which the letter closes or is signed
_TOP = 3  # lines of the head, in which nobody signs
_LEAST_SAID = 6  # words of a line of the annex that says something
_MARKS = " .:;–—-[](){}*"
_ENDS = (".", ";", "?", "!", ",")


def begins_at(blocks: Sequence[Block], names: Sequence[str]) -> int:
    """The place of the heading of an annex below the closing words or one of the ``names`` of who signs, or the end.

    An annex that lists people or papers says nothing and is none.
    """
    for number, block in enumerate(blocks):
        if number and _is_heading(block) and _is_closed(blocks[max(_TOP, number - _ABOVE) : number], names):
            said = [b for b in blocks[number + 1 :] if len(b.text.split()) >= _LEAST_SAID]
            return number if said else len(blocks)
    return len(blocks)


def _is_heading(block: Block) -> bool:
    text = block.text.strip(_MARKS)
    short = block.kind in ("paragraph", "heading") and 0 < len(text.split()) <= _HEADING_WORDS
    if not short or block.text.rstrip().endswith(_ENDS):
        return False
    listing = any(lexicon.find(code, "letter.listing", text) for code in languages.codes())
    named = any(lexicon.starts(code, "letter.annex", text) for code in languages.codes())
    return named and not listing and (text[:1].isupper() or block.bold)


def _is_closed(above: Sequence[Block], names: Sequence[str]) -> bool:
    """Whether a letter has closed in these lines, so that a list of its own annexes is not taken for one of them."""
    signed = any(_signs(block, name) for block in above for name in names)
    codes = languages.codes()
    return signed or any(lexicon.find(code, "letter.closing", b.text[:160]) for b in above for code in codes)


def _signs(block: Block, name: str) -> bool:
    """Whether a short line names who signs; "Prepared by: A" at the top signs nothing."""
    return name != "" and name in block.text and ":" not in block.text and len(block.text.split()) <= _HEADING_WORDS
