"""What one person said into a telephone or to somebody who wrote it down: a head that tells so, then spoken words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import asking, authors, layout, lexicon, persons, signatures
from feedback_synth.opinions.stretch import UNKNOWN, Stretch, Zone, whole

_HEAD_BLOCKS = 3
_LONGEST_HEAD = 70  # words
_LEAST_SAID = 2  # paragraphs
_LEAST_WORDS = 8  # of a paragraph that may hold an opinion without any cue
_OPENING = 40  # characters
_OLD_DAYS = r"{dialogue.old_days}\s+(?:19|20)\d\d\b"
_WORD_START = re.compile(r"(?<![\w-])[A-ZĐÀ-Ỹ]")
_POST = re.compile(r"[^,;:.()\[\]]*(?:,[^,;:.()\[\]]*)?")  # the name and what stands behind the comma
_END_LINE = re.compile(
    r"\s*[-–—=*_(\[#]{1,}\s*(?P<words>[^\W\d_][^\W\d]{0,11}(?:\s\w{1,10}){0,2})\s*[-–—=*_)\]#]{1,}\s*"
)


def is_dictated(document: Document) -> bool:
    """Whether the first lines tell that the rest was typed up from a recording or from somebody's mouth."""
    blocks = _shown(document)
    head = _head(document)
    return bool(head) and len(blocks) - len(head) >= _LEAST_SAID


def stretches(document: Document) -> list[Stretch]:
    """Each paragraph below the head as words of the one who speaks; what stands behind the line that ends it, none."""
    head = {b.id for b in _head(document)}
    author = _speaker([b for b in document.blocks if b.id in head], document.language)
    found: list[Stretch] = []
    ended = False
    for block in document.blocks:
        ended = ended or _ends(block)
        if ended or block.id in head or block.kind in layout.OUTSIDE or block.cell:
            found += whole(block.id, block.text, "procedure", "structure:frame of a recording")
            continue
        if _is_chatter(block, document.language):
            found += whole(block.id, block.text, "procedure", "structure:talk beside the matter")
            continue
        zone: Zone = "note" if len(block.text.split()) >= _LEAST_WORDS else "speech"
        found.append(Stretch(block.id, 0, len(block.text), zone, "structure:spoken words", author, talk=True))
    return found


def _shown(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.kind not in layout.OUTSIDE and b.cell is None and b.text.strip()]


def _head(document: Document) -> list[Block]:
    """The first blocks, up to the one that tells of the recording."""
    for number, block in enumerate(_shown(document)[:_HEAD_BLOCKS]):
        code = layout.language_of(block, document.language)
        typed = lexicon.find(code, "dialogue.typed_up", block.text)
        if typed and len(block.text.split()) <= _LONGEST_HEAD:
            return _shown(document)[: number + 1]
    return []


def _is_chatter(block: Block, language: str) -> bool:
    """Whether a paragraph tries the machine, turns to somebody in the room, tells of old days, opens or ends the talk,
    and asks nothing.
    """
    code = layout.language_of(block, language)
    text = block.text.strip()
    while filler := lexicon.starts(code, "dialogue.filler", text):
        text = text[filler.end :].lstrip(" ,.…-")
    beside = lexicon.starts(code, "dialogue.chatter", text) or lexicon.filled(_OLD_DAYS, code).match(text)
    announced = lexicon.find(code, "speech.announcing", text[:_OPENING])
    return bool(beside or announced) and asking.strong_request(text, code) is None


def _ends(block: Block) -> bool:
    """Whether a line only says that the recording ends ("--- end ---")."""
    return _END_LINE.fullmatch(block.text) is not None


def _speaker(head: list[Block], language: str) -> Author:
    """The person whom the head names: with an office or a body before one without, never the one who typed."""
    named = [a for b in head for a in _named(b.text, layout.language_of(b, language))]
    return max(named, key=lambda a: (bool(a.organization), bool(a.title), len(a.name.split()) > 1), default=UNKNOWN)


def _named(text: str, code: str) -> Iterator[Author]:
    for start, end in sentences(text, code):
        sentence, place = text[start:end], 0
        for opened in _WORD_START.finditer(sentence):
            before = sentence[: opened.start()]
            first = opened.start() + persons.honorific(sentence[opened.start() :], code)
            name = persons.name_at(sentence[first:], code)
            if opened.start() < place or not signatures.is_person(name) or _typed_by(before, code):
                continue
            place = first + len(name)
            said = _POST.match(sentence, first)
            parsed = authors.parse(said[0].strip() if said else name, code)
            yield Author(name, parsed.title, parsed.organization)


def _typed_by(before: str, code: str) -> bool:
    """ "typed up by …", "người đánh máy: …": who wrote it down."""
    cues = lexicon.find_all(code, "dialogue.typed_by", before)
    return bool(cues) and not before[cues[-1].end :].strip(" :.,").count(" ")
