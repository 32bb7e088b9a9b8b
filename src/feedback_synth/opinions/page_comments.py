"""What readers wrote under a page or in a forum: their remarks, the words of its hosts, what is about other things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.opinions import annotated, asking, kinds, layout, lexicon
from feedback_synth.opinions.stretch import Stretch, Zone

_NAME_PARTS = re.compile(r"[^\W\d_]+")
_SPOKEN = ("note", "speech")


def stretches(document: Document) -> list[Stretch]:
    """The remarks; who keeps the page asks and orders, and some write of what they sell or say that they stray."""
    hosts = _hosts(document.blocks, document.language)
    return [_read(s, document, hosts) for s in annotated.stretches(document)]


def _read(stretch: Stretch, document: Document, hosts: frozenset[str]) -> Stretch:
    block = document.by_id[stretch.block_id]
    if stretch.zone not in _SPOKEN:
        return stretch
    code = layout.language_of(block, document.language)
    about = kinds.is_about_draft(block.text, code)
    zone: Zone | None = None
    if _author(block) in hosts and not (about and asking.strong_request(block.text, code)):
        zone = "procedure"
    elif not about and any(lexicon.find(code, f"dialogue.{n}", block.text) for n in ("selling", "straying")):
        zone = "other"
    return replace(stretch, zone=zone, evidence="structure:not on the draft") if zone else stretch


def _hosts(blocks: Sequence[Block], language: str) -> frozenset[str]:
    """Those whose name says that they keep the page ("Admin_Lan"), and who opens it with a call for opinions."""
    found = {_author(b) for b in blocks if _keeps(_author(b))}
    first = blocks[0] if blocks else None
    if first and _author(first):
        code = layout.language_of(first, language)
        if lexicon.find(code, "chat.inviting", first.text):
            found.add(_author(first))
    return frozenset(found)


def _keeps(name: str) -> bool:
    parts = _NAME_PARTS.findall(name)
    spoken = [name, *parts]
    return any(lexicon.equals(c, "dialogue.host", part) for part in spoken for c in languages.codes())


def _author(block: Block) -> str:
    return block.annotation.author.strip() if block.annotation else ""
