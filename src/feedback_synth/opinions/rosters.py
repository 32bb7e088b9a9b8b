"""Lists of those present: who is called there by a given name and a short word for the body, and lines these open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from feedback_synth import languages
from feedback_synth.datamodel.document import Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages import names
from feedback_synth.opinions import authors, layout, lexicon, organizations, persons, short_bodies, turns

_CUT = re.compile(r"[,;\n]\s*(?![^()]{0,200}\))")
_LISTED_APART = re.compile(r"[;\n]|\.\s+[^\s.:,;][^.:,;]{1,40}:\s+")  # "…; …", "…. Secretary: …"
_BESIDE = re.compile(r"\s*[-–—(/]\s*|\s+")
_OPENED = re.compile(r"\s*(?:[-–+•*]\s+)?(?P<head>[^:\n]{1,60}?)\s?(?P<mark>:(?=\s)|[-=]+>|→|(?<=\s)[-–—](?=\s))\s*")
_COLON = re.compile(r"\s?:")
_ASIDE = re.compile(r"\([^()]*\)")
_OWNS = re.compile(r"(?:chủ|người|hộ)\s", re.IGNORECASE)  # "chủ vườn": what somebody is
_LEAST_LISTED = 3
_LONGEST_ENTRY = 8  # words
_LEAST_SAID = 4  # words behind a dash
_LEAST_OPENED = 2  # lines that people of a list open
_TOP = 12  # blocks in which a list of those present stands


def enrolled(text: str, code: str) -> Iterator[Author]:
    """The people of a line of attendance ("Present: A (harbour), Mr B - C Union"), each with what stands beside."""
    listed = text.partition(":")[2] or text
    parts = [[e.strip(" .") for e in _CUT.split(part) if e.strip(" .")] for part in listed.split(";")]
    entries = [e for part in parts if any(_is_entry(e, code) for e in part) for e in part]  # the absent are bodies
    if len(entries) >= _LEAST_LISTED and all(_is_entry(e, code) for e in entries):
        yield from (_entry(e, code) for e in entries)
        return
    for line in _LISTED_APART.split(listed):
        alone = len(lexicon.find_all(code, "person.honorific", line)) <= 1
        for part in [line] if alone else _CUT.split(line):
            author = authors.parse(part, code)
            if author.name and (author.organization or author.title):
                yield author


def signs(text: str, code: str) -> bool:
    """Whether a line is nothing but labels with the names of those who sign ("SECRETARY: A  CHAIR: B")."""
    labels = [c for c in lexicon.find_all(code, "minutes.signing", text) if _COLON.match(text, c.end)]
    if not labels or text[: labels[0].start].strip():
        return False
    ends = [c.start for c in labels[1:]] + [len(text)]
    signed = [_ASIDE.sub("", text[c.end : end]).strip(" :.,") for c, end in zip(labels, ends, strict=True)]
    called = [name[persons.honorific(name, code) :] for name in signed]
    return any(called) and all(persons.name_at(name, code) == name for name in called)


def by_title(title: str, roster: Mapping[str, Author]) -> Author | None:
    """The one person listed under this title ("Trưởng Ban"), who is called by it alone below."""
    found = [a for a in roster.values() if a.title and names.key(a.title) == names.key(title)]
    return found[0] if len(found) == 1 else None


def mentioned(text: str, code: str) -> Iterator[Author]:
    """Who is named with a title between commas of a line ("Ngày …, đồng chí Trưởng Ban A chủ trì")."""
    for part in _CUT.split(text):
        lead = persons.honorific(part, code)
        author = authors.parse(part, code) if lead else Author()
        if author.name and author.title:
            yield author


def _is_entry(entry: str, code: str) -> bool:
    """Whether an entry of a list opens with a name, with an honorific or without, and is short."""
    called = entry[persons.honorific(entry, code) :]
    office = any(lexicon.starts(code, f"person.{kind}", called) for kind in ("title", "body", "place"))
    return len(entry.split()) <= _LONGEST_ENTRY and bool(persons.name_at(called, code)) and not office


def _entry(entry: str, code: str) -> Author:
    """ "a Sơn kiểm lâm", "Ann - fish co-op", "Sue DARD": the name, then the body or the office in the words used."""
    called = entry[persons.honorific(entry, code) :]
    name = persons.name_at(called, code)
    rest = _BESIDE.sub("", called[len(name) :], count=1).strip(" )")
    if not rest or rest.split()[0].lower() in languages.get(code).stop_words:
        return Author(name)
    parsed = authors.parse(entry, code)
    if parsed.name and (parsed.organization or parsed.title):
        return parsed if not _OWNS.match(parsed.organization) else Author(parsed.name, parsed.organization)
    titled = any(lexicon.starts(code, f"person.{kind}", rest) for kind in ("title", "calling")) or _OWNS.match(rest)
    return Author(name, rest) if titled else Author(name, "", organizations.canonical(rest, code))


def opened(text: str, code: str, roster: Mapping[str, Author]) -> turns.Turn | None:
    """The turn that a line opens with the name of somebody listed and a mark: "Ann: …", "co Nga -> …", "A Phúc - …"."""
    match = _OPENED.match(text)
    if match is None or not roster or not text[match.end() :].strip():
        return None
    plain = authors.without_lead(match["head"], code)
    called = plain[persons.honorific(plain, code) :]
    known = _called(called, code, roster)
    if known is None:
        return None
    rest = text[match.end() :]
    if match["mark"] in "-–—" and (len(rest.split()) < _LEAST_SAID or ":" in rest or _is_post(rest, code)):
        return None
    return turns.Turn(known, match.end())


def _called(called: str, code: str, roster: Mapping[str, Author]) -> Author | None:
    """Who of the list the words before a mark name: the name alone, or with what the list says beside it."""
    name = persons.name_at(called, code)
    key = names.key(name).split()
    found = [a for a in roster.values() if key and _is_part(key, names.key(a.name).split())]
    if len(found) != 1:
        return None
    rest = called[len(name) :].strip(" (-–—,)")
    return found[0] if not rest or _says(rest, found[0]) else None


def _says(rest: str, known: Author) -> bool:
    """Whether words behind a name say, in full or in short, what the list says of the person."""
    beside = (known.organization, known.title, f"{known.title} {known.organization}")
    inside = names.key(rest) in names.key(f"{known.title} {known.organization}")
    return inside or any(b and short_bodies.shortens(rest, b) for b in beside)


def _is_part(short: list[str], full: list[str]) -> bool:
    return full[: len(short)] == short or full[-len(short) :] == short


def _is_post(text: str, code: str) -> bool:
    return any(lexicon.starts(code, f"person.{kind}", text) for kind in ("title", "body", "place", "honorific"))


def speaks(document: Document) -> bool:
    """Whether people whom a line at the top lists as present open lines below."""
    roster: dict[str, Author] = {}
    for block in document.blocks[:_TOP]:
        code = layout.language_of(block, document.language)
        plain = layout.without_mark(block.text)
        cue = lexicon.find(code, "minutes.attendance", plain[:70])
        if cue and cue.start <= 1:
            roster |= {names.given(a.name): a for a in enrolled(plain, code) if a.name}
    turned = {t.author.name for b in document.blocks if roster and (t := opened(b.text, document.language, roster))}
    return len(turned) >= _LEAST_OPENED
