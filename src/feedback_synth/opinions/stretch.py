"""Stretches of a source: where text stands, who speaks there, and what that says about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from feedback_synth.datamodel.opinion import Author

Zone = Literal[
    "attendance",
    "procedure",
    "draft_summary",
    "drafter_answer",
    "other",
    "speech",  # somebody's opinions, among thanks and asides
    "note",  # a cell, a comment or an item of a list of opinions: an opinion unless it says otherwise
    "conclusion",  # the chair's directives, among thanks
    "edit",  # a tracked change
    "consent",  # a "yes" in a column of agreement
    "refusal",  # a "no" in it, without a remark
]


UNKNOWN = Author()
OPENING = "structure:opening of a letter"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``start`` to ``end`` of a block; the stretches of a source tile its blocks."""

    block_id: str
    start: int
    end: int
    zone: Zone
    evidence: str
    author: Author = UNKNOWN
    context: str = ""  # a lead-in outside: heading, first line of a list
    places: tuple[str, ...] = ()  # words outside that name a provision
    asks: str = ""  # a verb of asking outside that governs the first clause ("proposed that")
    language: str = ""  # of the message around, for words too few to tell; "" for that of the source
    listed: bool = False  # the text is a list of opinions between semicolons
    talk: bool = False  # a turn of a talk with a moderator, in which a few sentences are about one thing


def whole(block_id: str, text: str, zone: Zone, evidence: str) -> list[Stretch]:
    """One stretch over all of a block; none for a block without text."""
    return [Stretch(block_id, 0, len(text), zone, evidence)] if text.strip() else []
