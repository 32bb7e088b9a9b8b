"""What one person said into a telephone, or dictated to somebody who typed it: one voice, no letter, no meeting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import asking, authors, kinds, layout, lexicon, persons
from feedback_synth.opinions.stretch import UNKNOWN, Stretch, whole

EVIDENCE = "structure:words of one who dictates"
_PREFACE = 3  # lines at the top among which the typist says where the words come from
_TOP = 8  # lines in which the speaker says who he is
_LAST = 2  # lines at the end with which he turns the machine off
_LEAST_WORDS = 4  # fewer name a file or a part
_LEAST_LINES = 3
_SELF_VI = re.compile(r"[^\W\d_]+\s(?:tên\s)?là\s")  # "già là Rơ Châm Hiu": any word by which people call themselves
_TOPIC = re.compile(r"[.!?…]+\s+(?=\S)")
_TOPIC_WORDS = 10  # of a sentence that says of what the next ones speak


@dataclass(frozen=True, slots=True)
class _Told:
    """Who speaks, and the first line that holds his words."""

    author: Author
    start: int


def is_dictated(document: Document) -> bool:
    """Whether the first lines say that what follows was typed from a recording of somebody, or as he said it."""
    lines = _lines(document)
    return len(lines) > _LEAST_LINES and _preface(lines, document.language) is not None


def stretches(document: Document) -> list[Stretch]:
    """Every line as speech of the one who dictated, but the typist's words, names of files and the first and last
    words to the machine.
    """
    lines = _lines(document)
    told = _speaker(lines, document.language)
    ids = {block.id: number for number, block in enumerate(lines)}
    found: list[Stretch] = []
    for block in document.blocks:
        code = layout.language_of(block, document.language)
        number = ids.get(block.id, -1)
        if number < told.start or len(block.text.split()) < _LEAST_WORDS or _closes(lines, number, code):
            found += whole(block.id, block.text, "procedure", "structure:frame of a recording")
        elif _remembers(block.text, code):
            found += whole(block.id, block.text, "other", "structure:memories")
        else:
            found += [replace(s, author=told.author, language=code) for s in _said(block, code)]
    return found


def _said(block: Block, code: str) -> list[Stretch]:
    """A line as speech, without the few words before it that only say of what it is."""
    end = _TOPIC.search(block.text)
    topic = block.text[: end.end()] if end else ""
    announced = 0 < len(topic.split()) <= _TOPIC_WORDS and kinds.judge(topic, code).kind not in kinds.OPINIONS
    start = len(topic) if announced and len(block.text[len(topic) :].split()) >= _LEAST_WORDS else 0
    head = [Stretch(block.id, 0, start, "procedure", "structure:topic of what follows")] if start else []
    return [
        *head,
        Stretch(block.id, start, len(block.text), "speech", EVIDENCE, context=topic.strip() if start else ""),
    ]


def _lines(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.kind not in layout.OUTSIDE and not b.cell and not b.quoted]


def _preface(lines: Sequence[Block], language: str) -> int | None:
    """The line in which the typist says where the words come from, or None."""
    for number, block in enumerate(lines[:_PREFACE]):
        codes = dict.fromkeys((layout.language_of(block, language), *languages.codes()))
        if any(lexicon.find(code, "dictated.typed", block.text) for code in codes):
            return number
    return None


def _speaker(lines: Sequence[Block], language: str) -> _Told:
    """Who speaks: he says so himself, or the typist does; his words begin behind that."""
    preface = _preface(lines, language) or 0
    for number, block in enumerate(lines[:_TOP]):
        code = layout.language_of(block, language)
        if number != preface and (author := _introduced(block.text, code)) != UNKNOWN:
            return _Told(author, number + 1)
    return _Told(_named(lines[preface].text, layout.language_of(lines[preface], language)), preface + 1)


def _introduced(text: str, code: str) -> Author:
    """The author of a line such as "I'm Ruth Hale, I keep the ferry at Stone Landing"."""
    cue = lexicon.starts(code, "dictated.self", text)
    own = _SELF_VI.match(text) if code == "vi" else None
    start = cue.end if cue else own.end() if own else 0
    return _described(text[start:].strip(" ,:"), code) if start else UNKNOWN


def _named(text: str, code: str) -> Author:
    """Whose words the typist says that they are: "words of my uncle Paul Vernet", "lời cụ A, bản B"."""
    start = persons.person_at(text, code)
    if start < 0:
        return UNKNOWN
    called = re.split(r"[(\[]", text[start:], maxsplit=1)[0]
    return _described(called[persons.honorific(called, code) :].strip(), code)


def _described(words: str, code: str) -> Author:
    """A name, then what the person is, then where: up to the first words that tell something else."""
    name = persons.name_at(words, code)
    if not name:
        return UNKNOWN
    rest = words[len(name) :]
    place = _place(rest, code)
    parsed = authors.parse(f"{name},{rest}" if not rest.startswith(",") else words, code)
    clause = lexicon.starts(code, "speech.self", parsed.organization) is not None  # "I keep the ferry at …"
    return Author(name, "", place or ("" if clause else parsed.organization))


def _place(text: str, code: str) -> str:
    """The village and commune in what stands behind a name: "già làng Plei A xã B, …" -> "làng Plei A, xã B"."""
    found: list[str] = []
    for cue in lexicon.find_all(code, "person.hamlet", text) + lexicon.find_all(code, "person.place", text):
        named = persons.name_at(text[cue.end :].lstrip(), code)
        if named and cue.words[0].islower() and text[cue.end : cue.end + 1] == " ":
            found.append(f"{cue.words} {named}")
    return ", ".join(dict.fromkeys(found))


def _remembers(text: str, code: str) -> bool:
    """Whether a line tells of old times, or speaks to who types it, and asks nothing."""
    past = lexicon.starts(code, "dictated.once", text) or lexicon.starts(code, "dictated.typist", text)
    return past is not None and asking.strong_request(text, code) is None


def _closes(lines: Sequence[Block], number: int, code: str) -> bool:
    """Whether one of the last lines speaks to who holds the machine."""
    last = number >= len(lines) - _LAST
    return last and lexicon.find(code, "dictated.ending", lines[number].text) is not None
