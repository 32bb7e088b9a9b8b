"""Texts of no known kind that discuss the drafts: told by what their sentences speak of, not by how they begin."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from feedback_synth.datamodel.document import Block, Document
from feedback_synth.languages.references import Reference, names_project_or_resolution, references
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import kinds, layout, letters, lexicon
from feedback_synth.opinions.stretch import Stretch

EVIDENCE = "structure:discusses the drafts"
_LEAST_ASKING = 2  # sentences that speak of the drafts and judge them, one of which asks or criticises
_LEAST_JUDGING = 3  # … none of which does
_LEAST_SHARE = 0.4  # of the sentences that speak of the drafts
_LEAST_OF_ALL = 0.1  # of all sentences: an act of three hundred articles refers to itself now and then
_LEAST_WORDS = 4
_HEAD_LINES = 5
_ENDS = tuple(".;:?!")
_NORM = re.compile(r"\s*(?:[.–—-]\s|$)")  # behind the number of a provision that is written out here
_QUOTED = re.compile(r"[“\"«][^“”\"«»]*[”\"»]")
_OUTER = ("part", "title", "chapter", "section", "article", "clause", "point")  # levels that only provisions have


@dataclass(frozen=True, slots=True)
class _Sentence:
    speaks: bool  # of the drafts, a provision or a target
    drafted: bool  # … as a draft, or of one of its places: not of a project of earlier years
    judges: bool  # finds fault or compares
    asks: bool  # asks, questions or criticises


def discusses(document: Document) -> bool:
    """Whether several sentences speak of the drafts, and enough of these ask, question or find fault.

    A law or a plan has provisions, an agenda and an announcement name the draft, a report asks for a road: none of
    them says of the draft's places that they are wrong.
    """
    found = [s for b in document.blocks if _is_text(b) for s in _read(b, document.language)]
    speaking = [s for s in found if s.speaks]
    judging = [s for s in speaking if s.judges]
    least = _LEAST_ASKING if any(s.asks for s in judging) else _LEAST_JUDGING
    enough = max(least, _LEAST_SHARE * len(speaking), _LEAST_OF_ALL * len(found))
    return len(judging) >= enough and any(s.drafted for s in speaking)


def stretches(document: Document) -> list[Stretch]:
    """The text read as a letter of one author, marked as read so because of what it speaks of."""
    head = _head(document)
    found = letters.stretches(document)
    return [
        replace(s, zone="procedure", evidence="structure:head of a paper")
        if s.block_id in head
        else replace(s, evidence=EVIDENCE)
        if s.zone == "speech"
        else s
        for s in found
    ]


def _head(document: Document) -> set[str]:
    """The lines above the first sentence: what the paper is called, who writes, about what, when."""
    shown = [b for b in document.blocks if _is_text(b)]
    above = itertools.takewhile(lambda b: b.text.rstrip()[-1:] not in _ENDS and b.kind != "list_item", shown)
    return {b.id for b in itertools.islice(above, _HEAD_LINES)}


def _is_text(block: Block) -> bool:
    return block.kind not in layout.OUTSIDE and block.cell is None and not block.quoted


def _read(block: Block, language: str) -> Iterator[_Sentence]:
    code = layout.language_of(block, language)
    for start, end in sentences(block.text, code):
        text = _QUOTED.sub(" ", block.text[start:end])
        if len(text.split()) >= _LEAST_WORDS:
            yield _sentence(text, code)


def _sentence(text: str, code: str) -> _Sentence:
    drafted = lexicon.find(code, "draft.discussed", text) is not None or _refers(text, code)
    speaks = drafted or names_project_or_resolution(text) or lexicon.find(code, "draft.parts", text) is not None
    asks = kinds.judge(text, code).kind in kinds.OPINIONS
    return _Sentence(speaks, drafted, asks or lexicon.find(code, "draft.faults", text) is not None, asks)


def _refers(text: str, code: str) -> bool:
    """Whether a provision is named that is neither of another act nor written out or referred to by its own act."""
    places = [r for r in references(text, code) if not r.external and _is_provision(r)]
    if not places or lexicon.find(code, "draft.own", text):
        return False
    return bool(places[0].start) or not _NORM.match(text[places[0].end :])


def _is_provision(place: Reference) -> bool:
    return bool(place.table) or any(level in _OUTER for level, _ in place.levels)
