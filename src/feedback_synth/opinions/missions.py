"""Reports of missions and visits: one body speaks throughout, now and then through a member whom it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages import names
from feedback_synth.languages.dates import dates
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import (
    asking,
    authors,
    judging,
    kinds,
    layout,
    letters,
    lexicon,
    organizations,
    persons,
    signatures,
    turns,
)
from feedback_synth.opinions.stretch import UNKNOWN, Stretch

_TITLE_LINES = 6
_LONGEST_TITLE = 30  # words
_BODY_ENDS = re.compile(
    r"[,;:(]|\s(?:in|to|at|from|on|dans|à|au|aux|en|du \d|tại|về|từ|ngày|đến|-|–)\s|\s\d", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:the|le|la|les|l['’])\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*[.)]\s+(?=\S)")  # of a paragraph
_OPENING_BLOCKS = 8
_PEOPLE_END = re.compile(r"[,;(]|\s(?:and|et|và|làm|dẫn)\s", re.IGNORECASE)
_SEVERAL = 2  # sentences
_ANY_YEAR = "2000"  # what days without a year are read with, when only their place matters
_DATE_WORD = 4  # characters before a date that opens a sentence ("On", "Le", "Ngày" belongs to the date)
_LEADER = 60  # characters between "led by" and the person, or between the person and "làm trưởng đoàn"
_PEOPLE_CUT = re.compile(
    r"[;\n]|,?\s(?:and|et|và)\s(?:de\s|d['’])?|(?<=\w),\s(?=(?:Mr|Ms|Mrs|M\.|Mme|Dr|Ông|Bà|ông|bà)\b)"
)


_MEMBER = re.compile(  # "Ann Hill (roads)", of a list of those who came
    r"(?P<name>[A-ZĐÀ-Ỹ][\w'’.-]*(?:\s[A-ZĐÀ-Ỹ][\w'’.-]*){1,4})\s\((?=[a-zà-ỹđ])"
)


@dataclass
class _Mission:
    """The body that reports and the members whom it has named."""

    body: Author
    members: dict[str, Author] = field(default_factory=dict)


def is_report(document: Document) -> bool:
    """Whether one of the first short lines is the title of the report of a mission or visit."""
    lines = _first_lines(document.blocks)
    if any(_titled(line) for line in lines):
        return True
    noted = any(lexicon.starts(code, "mission.memo", line) for line in lines for code in languages.codes())
    return noted and any(_names_mission(sentence) for sentence, _ in _opening_sentences(document))


def stretches(document: Document) -> list[Stretch]:
    """Every block of a report in its zone. What stands before its first section tells where the mission went."""
    found = letters.stretches(document)
    mission = _Mission(_author(document, found))
    if mission.body.name:
        mission.members[names.given(mission.body.name)] = Author(mission.body.name, mission.body.title)
    told, ahead = _told_of_travel(document), _steps_ahead(document)
    return [
        part
        for s in found
        for part in (
            [_step(s, document)] if s.block_id in ahead else _part(s, document, mission, before=s.block_id in told)
        )
    ]


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


def _steps_ahead(document: Document) -> set[str]:
    """The blocks under headings such as "Next steps": what will be done, by whom and when."""
    found: set[str] = set()
    inside = False
    for block in document.blocks:
        code = layout.language_of(block, document.language)
        if block.cell is None and layout.is_heading(block):
            words = layout.heading_words(block.text)
            inside = lexicon.starts(code, "mission.ahead", words) is not None
        elif inside:
            found.add(block.id)
    return found


def _step(stretch: Stretch, document: Document) -> Stretch:
    """A step ahead is procedure, unless it asks something of the draft."""
    text = document.by_id[stretch.block_id].text[stretch.start : stretch.end]
    code = layout.language_of(document.by_id[stretch.block_id], document.language)
    asks = kinds.is_about_draft(text, code) and asking.strong_request(text, code)
    return stretch if asks else replace(stretch, zone="procedure", evidence="structure:step ahead")


def _part(stretch: Stretch, document: Document, mission: _Mission, *, before: bool) -> list[Stretch]:
    block = document.by_id[stretch.block_id]
    code = layout.language_of(block, document.language)
    if stretch.zone not in ("speech", "note") or (before and not block.cell):
        _enrol(block.text, code, mission)
        return [replace(stretch, zone="procedure", evidence="structure:opening of a report")] if before else [stretch]
    if stretch.zone == "note":
        return [replace(stretch, author=_who_noted(stretch.author, mission))]
    return list(_by_author(stretch, block.text, code, mission))


def _by_author(stretch: Stretch, text: str, code: str, mission: _Mission) -> Iterator[Stretch]:
    """A paragraph cut where a member of the mission takes the word, and where the mission takes it back."""
    _enrol_listed(text, code, mission)
    first = _behind_number(stretch, text, code)
    if first > stretch.start:
        yield replace(stretch, end=first, zone="procedure", evidence="structure:number of a paragraph")
    place, author, asks = first, mission.body, stretch.asks
    about = stretch.context or layout.heading_words(text[stretch.start : first])
    talk = stretch.talk or first > stretch.start  # a paragraph is about one thing
    stretch = replace(stretch, talk=talk, context=about)
    for start, end in ((first + a, first + b) for a, b in sentences(text[first : stretch.end], code)):
        if _narrates(text[start:end], code, mission):
            if start > place:
                yield replace(stretch, start=place, end=start, author=author, asks=asks)
            yield replace(stretch, start=start, end=end, zone="other", evidence="structure:what the mission did")
            place = end
            continue
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


def _behind_number(stretch: Stretch, text: str, code: str) -> int:
    """Where the words of a numbered paragraph of several sentences begin, behind the few that head it ("4. Roads. The
    …"): such a paragraph is no item of a list.
    """
    number = _NUMBER.match(text[: stretch.end], stretch.start)
    told = sentences(text[number.end() : stretch.end], code) if number else []
    if number is None or len(told) < _SEVERAL:
        return stretch.start
    first = text[number.end() + told[0][0] : number.end() + told[0][1]]
    headed = len(told) > _SEVERAL or not _asks_or_faults(first, code)
    return number.end() + (told[1][0] if headed and judging.HEADING_FORM.fullmatch(first.strip()) else 0)


def _asks_or_faults(text: str, code: str) -> bool:
    return kinds.judge(text, code).kind in kinds.OPINIONS


def _narrates(sentence: str, code: str, mission: _Mission) -> bool:
    """Whether a sentence only tells where the mission went and whom it met, or what an earlier operation did."""
    if asking.strong_request(sentence, code) or ";" in sentence.rstrip(" ;") or kinds.is_about_draft(sentence, code):
        return False
    if lexicon.starts(code, "mission.history", sentence):
        return not lexicon.find(code, "request.critique", sentence)
    told = sentence[_behind_date(sentence, code) :]
    rest = told[_subject(told, code, mission) :].lstrip()
    also = lexicon.starts(code, "speech.too", rest)
    rest = rest[also.end :].lstrip() if also else rest
    return rest != told.lstrip() and lexicon.starts(code, "mission.acting", rest) is not None


def _behind_date(sentence: str, code: str) -> int:
    """Where a sentence goes on behind the date that it opens with ("On 3 May the mission …"), or 0."""
    first = next(iter(dates(sentence, code, _ANY_YEAR)), None)
    if first is None or first.start > _DATE_WORD or sentence[: first.start].strip().isdigit():
        return 0
    return first.end + len(sentence[first.end :]) - len(sentence[first.end :].lstrip(" ,"))


def _subject(sentence: str, code: str, mission: _Mission) -> int:
    """How much of a sentence names the mission, a member of it or one just named ("She"), as its subject."""
    cue = lexicon.starts(code, "mission.subject", sentence) or lexicon.starts(code, "speech.pronoun", sentence)
    if cue:
        return cue.end
    title = persons.honorific(sentence, code)
    name = persons.name_at(sentence[title:], code)
    return title + len(name) if name and names.given(name) in mission.members else 0


def _who_noted(author: Author, mission: _Mission) -> Author:
    """The author of a note in a table: a member in full whom it names by a part of the name, or the mission."""
    if author == UNKNOWN:
        return mission.body
    return _member(author, mission) if author.name and not author.organization else author


def _member(author: Author, mission: _Mission) -> Author:
    known = mission.members.get(names.given(author.name))
    if known and names.same(author.name, known.name):
        author = authors.completed(author, known)
    return author if author.organization else replace(author, organization=mission.body.organization)


def _enrol(text: str, code: str, mission: _Mission) -> None:
    """Remember who was on the mission, for those who are later called by a part of their name."""
    for part in _PEOPLE_CUT.split(text):
        start = persons.person_at(part, code)
        if start < 0:
            continue
        author = authors.parse(part[start:].strip(" ."), code)
        if len(author.name.split()) > 1:
            mission.members.setdefault(names.given(author.name), Author(author.name, author.title))
    _enrol_listed(text, code, mission)


def _enrol_listed(text: str, code: str, mission: _Mission) -> None:
    """Remember those whom a sentence on the mission lists with what they are experts of."""
    if lexicon.find(code, "mission.subject", text):
        for name in (m["name"] for m in _MEMBER.finditer(text) if signatures.is_person(m["name"])):
            mission.members.setdefault(names.given(name), Author(name))


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
    """The body whose mission it was and the person who led it, as title and opening name them; else who signs or
    sends the report.
    """
    body = next((named for line in _first_lines(document.blocks) if (named := _names_mission(line))), "")
    leader = UNKNOWN
    for sentence, code in _opening_sentences(document):
        named = _names_mission(sentence)
        body = body or named
        leader = leader if leader.name else _leader(sentence, code)
    if body:
        return Author(leader.name, leader.title, body)
    spoken = [s.author for s in found if s.zone == "speech" and s.author != UNKNOWN]
    return spoken[0] if spoken else letters.sender(document)


def _opening_sentences(document: Document) -> Iterator[tuple[str, str]]:
    """The sentences, each with its language, before the first section and of the first paragraphs."""
    shown = [b for b in document.blocks if b.kind not in layout.OUTSIDE and b.cell is None]
    for block in shown[:_OPENING_BLOCKS]:
        code = layout.language_of(block, document.language)
        yield from ((block.text[a:b], code) for a, b in sentences(block.text, code))


def _leader(sentence: str, code: str) -> Author:
    """The person behind "led by", "conduite par", or before "làm trưởng đoàn", ", team leader"; nobody if none is
    named.
    """
    led = lexicon.find(code, "mission.led", sentence)
    if led and (named := _person(sentence[led.end : led.end + _LEADER], code)) != UNKNOWN:
        return named
    office = lexicon.find(code, "mission.leader", sentence)
    if office is None:
        return UNKNOWN
    before = sentence[: office.start][-_LEADER:].partition(" ")[2]
    called = [p for p in _PEOPLE_CUT.split(before) if persons.person_at(p, code) >= 0]
    return _person(called[-1] if called else sentence[office.end : office.end + _LEADER], code)


def _person(words: str, code: str) -> Author:
    plain = persons.name_at(words.lstrip(), code)
    if signatures.is_person(plain) and not persons.honorific(words.lstrip(), code):
        return Author(plain)
    start = persons.person_at(words, code)
    named = authors.parse(_PEOPLE_END.split(words[start:])[0], code) if start >= 0 else UNKNOWN
    return named if named.name else UNKNOWN


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
