"""What people say in footnotes, endnotes and text boxes: beside the text that the other readers follow."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from feedback_synth.datamodel.document import Block, Document
from feedback_synth.opinions import asking, layout, letters, turns
from feedback_synth.opinions.stretch import UNKNOWN, Stretch, Zone

EVIDENCE = "structure:said in a note or a text box"
_SILENT: tuple[Zone, ...] = ("other", "draft_summary", "procedure")
_DRAFTS = ("draft", "annotated_draft", "background")  # whose own text says nothing, but what was put beside it may
_BOX = "textbox"


def with_notes(document: Document, found: list[Stretch]) -> list[Stretch]:
    """The stretches, with those notes heard that name who speaks, or in which the sender of a letter asks."""
    heard = {s.block_id for s in found if s.zone not in _SILENT}
    beside = [b for b in document.blocks if b.id not in heard and _is_beside(b, document)]
    said = [stretch for block in beside for stretch in _said(block, document)]
    taken = {s.block_id for s in said}
    return [*(s for s in found if s.block_id not in taken), *said] if said else found


def _is_beside(block: Block, document: Document) -> bool:
    if block.kind == "footnote":
        return True
    return block.locator.part == _BOX and document.kind in _DRAFTS and block.annotation is None


def _said(block: Block, document: Document) -> Sequence[Stretch]:
    """The words of a note in which somebody speaks; none of a reference or an explanation."""
    code = layout.language_of(block, document.language)
    spoken = partial(Stretch, block.id, end=len(block.text), evidence=EVIDENCE)
    told = turns.turn(block.text, code)
    if told and (told.author.name or told.author.organization):
        lead = (spoken(start=0, end=told.start, zone="procedure"),) if told.start else ()
        return (*lead, spoken(start=told.start, zone="speech", author=told.author, asks=told.asks))
    if asking.strong_request(block.text, code) is None:
        return ()
    if block.kind == "footnote":
        return (spoken(start=0, zone="speech", author=letters.sender(document)),) if document.kind == "letter" else ()
    return (spoken(start=0, zone="speech", author=UNKNOWN),)
