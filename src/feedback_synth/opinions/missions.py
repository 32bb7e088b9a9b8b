"""Reports of missions and visits: one body speaks throughout, now and then through a member whom it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages import names
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import asking, authors, layout, letters, lexicon, organizations, turns
from feedback_synth.opinions.stretch import UNKNOWN, Stretch

_TITLE_LINES = 6
_LONGEST_TITLE = 30  # words
_BODY_ENDS = re.compile(
    r"[,;:(]|\s(?:in|to|at|from|on|dans|à|au|aux|en|du \d|tại|về|từ|ngày|đến|-|–)\s|\s\d", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:the|le|la|les|l['’])\s*", re.IGNORECASE)
_PEOPLE_CUT = re.compile(
    r"[;\n]|,?\s(?:and|et|và)\s(?:de\s|d['’])?|(?<=\w),\s(?=(?:Mr|Ms|Mrs|M\.|Mme|Dr|Ông|Bà|ông|bà)\b)"
)


@dataclass
class _Mission:
    """The body that reports and the members whom it has named."""

    body: Author
    members: dict[str, Author] = field(default_factory=dict)


def is_report(document: Document) -> bool:
    """Whether one of the first short lines is the title of the report of a mission or visit."""
    return any(_titled(line) for line in _first_lines(document.blocks))


def stretches(document: Document) -> list[Stretch]:
    """Every block of a report in its zone. What stands before its first section tells where the mission went."""
    found = letters.stretches(document)
    mission = _Mission(_author(document, found))
    told = _told_of_travel(document)
    return [part for s in found for part in _part(s, document, mission, before=s.block_id in told)]


def _told_of_travel(document: Document) -> set[str]:
    """The blocks before the first section, and those of sections that tell the course of the mission."""
    found = {b.id for b in document.blocks[: _opening(document)]}
    telling = False
    for block in document.blocks[_opening(document) :]:
        code = layout.language_of(block, document.language)
        if layout.is_heading(block):
            telling = layout.section(block, document.language) == "procedure"
        elif telling and not asking.strong_request(block.text, code):
            found.add(block.id)
    return found


def _part(stretch: Stretch, document: Document, mission: _Mission, *, before: bool) -> list[Stretch]:
    block = document.by_id[stretch.block_id]
    code = layout.language_of(block, document.language)
    if stretch.zone not in ("speech", "note") or (before and not block.cell):
        _enrol(block.text, code, mission)
        return [replace(stretch, zone="procedure", evidence="structure:opening of a report")] if before else [stretch]
    if stretch.zone == "note":
        return [replace(stretch, author=mission.body if stretch.author == UNKNOWN else stretch.author)]
    return list(_by_author(stretch, block.text, code, mission))


def _by_author(stretch: Stretch, text: str, code: str, mission: _Mission) -> Iterator[Stretch]:
    """A paragraph cut where a member of the mission takes the word, and where the mission takes it back."""
    place, author, asks = stretch.start, mission.body, stretch.asks
    for first, last in sentences(text[stretch.start : stretch.end], code):
        start, end = stretch.start + first, stretch.start + last
        spoken = turns.turn(text[start:end], code)
        named = spoken if spoken and spoken.author.name and spoken.start < end - start else None
        goes_on = lexicon.starts(code, "speech.pronoun", text[start:end]) is not None
        if named is None and (author == mission.body or goes_on):
            continue
        if start > place:
            yield replace(stretch, start=place, end=start, author=author, asks=asks)
        place, author, asks = start, mission.body, ""
        if named:
            place, author, asks = start + named.start, _member(named.author, mission), named.asks
            yield Stretch(stretch.block_id, start, place, "procedure", "structure:member of the mission")
    yield replace(stretch, start=place, author=author, asks=asks)


def _member(author: Author, mission: _Mission) -> Author:
    known = mission.members.get(names.given(author.name))
    if known and names.same(author.name, known.name):
        author = authors.completed(author, known)
    return author if author.organization else replace(author, organization=mission.body.organization)


def _enrol(text: str, code: str, mission: _Mission) -> None:
    """Remember who was on the mission, for those who are later called by a part of their name."""
    for part in _PEOPLE_CUT.split(text):
        start = authors.person_at(part, code)
        if start < 0:
            continue
        author = authors.parse(part[start:].strip(" ."), code)
        if len(author.name.split()) > 1:
            mission.members.setdefault(names.given(author.name), Author(author.name, author.title))


def _opening(document: Document) -> int:
    """The place of the first heading, lead-in or request; the first block if no heading divides the report."""
    lines = _first_lines(document.blocks)
    first = 0
    for number, block in enumerate(document.blocks):
        if block.kind in layout.OUTSIDE or block.text in lines[:2] or _titled(block.text):
            continue
        code = layout.language_of(block, document.language)
        short = len(block.text.split()) <= _LONGEST_TITLE
        if short and layout.is_heading(block) and not _names_mission(block.text):
            return number
        first = first or (number if asking.strong_request(block.text, code) else 0)
    return first


def _author(document: Document, found: Sequence[Stretch]) -> Author:
    """The body whose mission it was, as the title names it; else who signs or sends the report."""
    for line in _first_lines(document.blocks):
        body = _names_mission(line)
        if body:
            return Author("", "", body)
    spoken = [s.author for s in found if s.zone == "speech" and s.author != UNKNOWN]
    return spoken[0] if spoken else letters.sender(document)


def _names_mission(line: str) -> str:
    """The body behind "mission of", "Mission d'appui de l'", "Đoàn công tác của", or ""."""
    for code in languages.codes():
        cue = lexicon.find(code, "mission.of", line)
        if cue is None:
            continue
        named = _BODY_ENDS.split(_ARTICLE.sub("", line[cue.end :].lstrip()) + " ", maxsplit=1)[0].strip(" .")
        if named[:1].isupper():
            return organizations.canonical(named, organizations.language_of(named, code))
    return ""


def _titled(line: str) -> bool:
    return any(lexicon.starts(code, "mission.title", line) for code in languages.codes())


def _first_lines(blocks: Sequence[Block]) -> list[str]:
    shown = [b.text for b in blocks if b.kind not in layout.OUTSIDE and b.cell is None]
    return [line for line in shown[:_TITLE_LINES] if len(line.split()) <= _LONGEST_TITLE]
