"""Working groups that report back to a workshop: their headings, and who speaks for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedback_synth.datamodel.document import Block
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import authors, kinds, lexicon, persons
from feedback_synth.opinions.stretch import UNKNOWN

_LEAD = re.compile(r"\s*(?:[-–+•*]\s+|(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4})[.)]?\s+)?")
NUMBER = re.compile(r"\s*(?:n[o°]\.?\s*|số\s+)?(?:\d{1,2}|[A-H]|[IVX]{1,4})(?![\w%])")  # of a group
_COLON = re.compile(r"\s?:(?:\s+|$)")
_ARTICLE = re.compile(r"(?:the|le|la|les|l['’]|các)\s*", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[-–+•*▪]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\))\s")
_LONGEST = 40  # words of a heading with its rapporteur
_LEAST_SAID = 12  # words behind "Group 1:" that are no topic


@dataclass(frozen=True, slots=True)
class Head:
    """A line that opens a group's report: its name ("" on a line of the rapporteur's own), who reports, and where on
    the line the report begins (its length, where it stands below).
    """

    name: str
    rapporteur: Author
    start: int


def head(text: str, code: str) -> Head | None:
    """The head of a report ("Group 1 – Roads (rapporteur: Ms A, Lake School)", "Rapporteur: Ms A"), or None."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    name = _name(text[start:], code)
    told = lexicon.find(code, "person.rapporteur", text[: _length(text)])
    if not name:
        return _of_a_rapporteur(text, start, told, code)
    first = _person_at(text, start + len(name), told, code)
    colon = _colon(text, max(first, start + len(name)))
    end = colon or len(text)
    if told is None or first < 0:
        said = colon and _says(text[colon:].strip(), code)
        return Head(name, UNKNOWN, colon if said else len(text)) if colon or _is_short(text) else None
    return Head(name, _parsed(text[first:end], code), end)


def goes_on(block: Block, code: str) -> bool:
    """Whether a block without a speaker of its own is the group's again: a point of its list, "The group …"."""
    if block.kind == "list_item" or _LISTED.match(block.text):
        return True
    article = _ARTICLE.match(block.text)
    return lexicon.starts(code, "person.working_group", block.text[article.end() if article else 0 :]) is not None


def _length(text: str) -> int:
    return len(text) if len(text.split()) <= _LONGEST else 0


def _is_short(text: str) -> bool:
    return len(text.split()) <= _LEAST_SAID and not text.rstrip().endswith(("?", ";"))


def _name(text: str, code: str) -> str:
    """ "Group 1", "Nhóm số 2", "Table A" at the beginning of ``text``, or ""."""
    cue = lexicon.starts(code, "person.working_group", text)
    number = NUMBER.match(text, cue.end) if cue else None
    return text[: number.end()] if number else ""


def _of_a_rapporteur(text: str, start: int, told: lexicon.Cue | None, code: str) -> Head | None:
    """The head on a line that opens with "Rapporteur:" or "Reported by" and names a person."""
    if told is None or told.start > start:
        return None
    first = _person_at(text, told.end, told, code)
    if first < 0:
        return None
    colon = _colon(text, first)
    author = _parsed(text[first : colon or len(text)], code)
    return Head("", author, colon or len(text)) if author != UNKNOWN else None


def _person_at(text: str, start: int, told: lexicon.Cue | None, code: str) -> int:
    """Where the rapporteur's name begins: with an honorific behind ``start``, else behind the word for one; or -1."""
    place = persons.person_at(text[start:], code)
    if place >= 0:
        return start + place
    mark = re.compile(r"\s*[:–-]?\s*").match(text, told.end) if told else None
    name = persons.name_at(text[mark.end() :], code) if mark else ""
    return mark.end() if mark and len(name.split()) > 1 else -1


def _parsed(words: str, code: str) -> Author:
    """Who "bà A, Hội B, thay mặt nhóm trình bày):" names: up to the bracket, without the words for a rapporteur."""
    plain = words if words.count("(") >= words.count(")") else words[: words.rindex(")")]
    told = lexicon.find(code, "person.rapporteur", plain)
    return authors.parse(plain[: told.start if told else len(plain)].strip(" ,;:.–-"), code)


def _colon(text: str, start: int) -> int:
    """Where the words behind the next colon outside brackets begin, or 0."""
    for match in _COLON.finditer(text, start):
        before = text[: match.start()]
        if before.count("(") <= before.count(")"):
            return match.end()
    return 0


def _says(words: str, code: str) -> bool:
    """Whether the words behind "Group 1:" are its report and no topic."""
    if len(words.split()) > _LEAST_SAID:
        return True
    return kinds.judge(words, code).kind in kinds.OPINIONS or words.endswith(".")
