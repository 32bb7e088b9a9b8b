"""Press reports of a workshop: what the delegates said, in lists and in reported speech, and the chair's orders."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import authors, kinds, layout, lexicon, persons, turns, voices
from feedback_synth.opinions.stretch import Stretch, Zone, whole

_COLON = re.compile(r"\s?:\s+")
_LEAST_ITEMS = 3
_LEAST_QUOTED = 5  # words of a quotation that can be an opinion
_QUOTE = re.compile(r"[“\"«]\s*([^“”\"«»]+?)\s*[”\"»]")


@dataclass
class _State:
    """Which part of the report the reader is in."""

    part: Zone = "other"  # "speech" while delegates discuss, "conclusion" once the chair sums up
    hears_people: bool = False  # the page is the record of a session at which people were heard


def stretches(document: Document) -> list[Stretch]:
    """Every sentence of a report in its zone. Without a discussion of delegates there are no opinions."""
    state = _State(hears_people=voices.is_record(document) or _tells_of_persons(document))
    found: list[Stretch] = []
    for block in document.blocks:
        code = layout.language_of(block, document.language)
        if block.kind in layout.OUTSIDE or block.kind == "heading" or _residue(block.text, code):
            found += whole(block.id, block.text, "other", "structure:frame of the page")
            continue
        if state.hears_people:
            found += voices.stretches(block, code)
            continue
        for start, end in sentences(block.text, code):
            found += _sentence(block, start, end, code, state)
    return found


def _tells_of_persons(document: Document) -> bool:
    """Whether the report tells what single persons said, and nowhere what delegates discussed."""
    for block in document.blocks:
        code = layout.language_of(block, document.language)
        if any(_opens_discussion(block.text[a:b], code) for a, b in sentences(block.text, code)):
            return False
    return voices.tells(document)


def _residue(text: str, code: str) -> bool:
    return any(lexicon.starts(c, "minutes.residue", text.strip()) for c in dict.fromkeys((code, "en", "vi", "fr")))


def _sentence(block: Block, start: int, end: int, code: str, state: _State) -> list[Stretch]:
    text = block.text[start:end]
    if _concludes(text, code):
        state.part = "conclusion"
    elif state.part == "other" and _opens_discussion(text, code):
        state.part = "speech"
    if state.part == "conclusion":
        return [Stretch(block.id, start, end, "conclusion", "structure:concluding remarks")]
    if state.part == "speech":
        return _discussed(block, start, end, code)
    return [Stretch(block.id, start, end, _background(text, code), "structure:before the discussion")]


def _concludes(text: str, code: str) -> bool:
    cue = lexicon.find(code, "minutes.conclusion", text[:120])
    return cue is not None and cue.start < 60


def _opens_discussion(text: str, code: str) -> bool:
    """Delegates are the subject and they comment ("các đại biểu phát biểu ý kiến")."""
    head = text[:220]
    delegates = lexicon.find(code, "minutes.delegates", head)
    comments = lexicon.find(code, "minutes.discussing", head[delegates.start :]) if delegates else None
    return comments is not None and comments.start < 90 and not _background_words(head, code)


def _background_words(text: str, code: str) -> bool:
    return any(lexicon.find(code, name, text[:90]) for name in ("minutes.attendance", "minutes.summary"))


def _background(text: str, code: str) -> Zone:
    for zone, name in (
        ("attendance", "minutes.attendance"),
        ("draft_summary", "minutes.summary"),
        ("procedure", "minutes.procedure"),
    ):
        if lexicon.find(code, name, text[:110]):
            return zone  # type: ignore[return-value]
    return "other"


def _discussed(block: Block, start: int, end: int, code: str) -> list[Stretch]:
    text = block.text[start:end]
    colon = _COLON.search(text)
    items = text[colon.end() :].count(";") + 1 if colon else 0
    if colon and items >= _LEAST_ITEMS:
        return _list(block, start, start + colon.end(), end, code)
    if lexicon.find(code, "minutes.groups", text):
        return [Stretch(block.id, start, end, "other", "structure:names of groups")]
    quoted = _quotation(block, start, end, code)
    if quoted:
        return quoted
    said = turns.turn(text, code)
    if said and said.start < len(text) and (said.author.name or said.author.organization):
        head = Stretch(block.id, start, start + said.start, "procedure", "structure:speaker")
        speech = Stretch(
            block.id, start + said.start, end, "speech", "structure:reported speech", said.author, asks=said.asks
        )
        return [head, speech]
    if lexicon.find(code, "minutes.delegates", text[:120]) and kinds.judge(text, code).kind in kinds.OPINIONS:
        return [Stretch(block.id, start, end, "speech", "structure:delegates", Author())]
    return [Stretch(block.id, start, end, "other", "structure:reporter's words")]


def _quotation(block: Block, start: int, end: int, code: str) -> list[Stretch]:
    """ "“…”, ông A nói": the quoted words as speech of the person named behind or before them."""
    match = _QUOTE.search(block.text, start, end)
    if match is None or len(match[1].split()) < _LEAST_QUOTED or kinds.judge(match[1], code).kind not in kinds.OPINIONS:
        return []
    outside = f"{block.text[start : match.start()]} {block.text[match.end() : end]}"
    author = _named(outside, code)
    if not author.name:
        return []
    first, last = match.span(1)
    return [
        Stretch(block.id, start, first, "procedure", "structure:speaker"),
        Stretch(block.id, first, last, "speech", "structure:quotation", author),
        Stretch(block.id, last, end, "procedure", "structure:speaker"),
    ]


def _named(text: str, code: str) -> Author:
    """The first person with an honorific in ``text``, with title and body up to the verb of speech."""
    start = persons.person_at(text, code)
    if start < 0:
        return Author()
    rest = text[start:]
    verb = lexicon.find(code, "speech.reporting", rest)
    return authors.parse(rest[: verb.start] if verb else rest.rstrip(" ."), code)


def _list(block: Block, start: int, first: int, end: int, code: str) -> list[Stretch]:
    """ "…, such as: a; b; c" holds one opinion an item, unless its items are names of groups of opinions."""
    head = block.text[start:first]
    if lexicon.find(code, "minutes.groups", head):
        return [Stretch(block.id, start, end, "other", "structure:names of groups")]
    lead = Stretch(block.id, start, first, "procedure", "structure:lead-in")
    listed = Stretch(
        block.id, first, end, "note", "structure:list of the delegates", Author(), head.strip(), listed=True
    )
    return [lead, listed]
