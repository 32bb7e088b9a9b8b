"""A tracked paragraph in its three views: as it was, as it will be, and with both."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from feedback_synth.datamodel.comparison import Segment
from feedback_synth.datamodel.document import Block, Document

View = Literal["original", "final", "both"]


def view(document: Document, block_id: str, which: View) -> str:
    """The words of a block before its tracked changes, after them, or with "[-deleted-]" and "{+inserted+}"."""
    segments = segments_of(document, block_id)
    if which == "both":
        marks = {"equal": "{}", "insert": "{{+{}+}}", "delete": "[-{}-]"}
        return "".join(marks[s.op].format(s.text) for s in segments)
    left_out = "insert" if which == "original" else "delete"
    return _join([s.text for s in segments if s.op != left_out])


def segments_of(document: Document, block_id: str) -> list[Segment]:
    """The block cut at its tracked changes; without changes one segment."""
    block = document.by_id[block_id]
    segments: list[Segment] = []
    place = 0
    for change in _changes(document, block_id):
        anchor = change.annotation.anchor if change.annotation else None
        if anchor is None or anchor.start < place:
            continue
        segments.append(Segment("equal", block.text[place : anchor.start]))
        if change.kind == "deletion":
            segments.append(Segment("delete", change.text))
        else:
            segments.append(Segment("insert", block.text[anchor.start : anchor.end]))
        place = anchor.end
    segments.append(Segment("equal", block.text[place:]))
    return [s for s in segments if s.text]


def _changes(document: Document, block_id: str) -> list[Block]:
    found = [
        b
        for b in document.blocks
        if b.kind in ("insertion", "deletion")
        and b.annotation is not None
        and b.annotation.anchor is not None
        and b.annotation.anchor.block_id == block_id
    ]
    return sorted(found, key=_place)


def _place(change: Block) -> tuple[int, str]:
    anchor = change.annotation.anchor if change.annotation else None
    return (anchor.start if anchor else 0, change.kind)


def _join(parts: list[str]) -> str:
    """Parts side by side; blanks at the ends of a change are not kept, so words that would meet are parted."""
    out = parts[0] if parts else ""
    for before, after in pairwise(parts):
        gap = " " if before[-1:].isalnum() and after[:1].isalnum() else ""
        out += gap + after
    return out.replace("  ", " ").strip()
