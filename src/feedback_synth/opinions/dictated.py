"""What one person said into a telephone, or dictated to somebody who typed it: one voice, no letter, no meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import asking, authors, kinds, layout, lexicon, persons, signatures
from feedback_synth.opinions.stretch import UNKNOWN, Stretch, Zone, whole

_PREFACE = 3  # lines at the top among which the typist says where the words come from
_LONGEST_PREFACE = 70  # words
_LONGEST_PRESENTED = 40  # words of a line below that presents the speaker
_TOP = 8  # lines in which the speaker says who he is
_LAST = 2  # lines at the end with which he turns the machine off
_LEAST_LINES = 3
_LEAST_WORDS = 4  # fewer name a file or a part
_LEAST_TOLD = 8  # words of a line that may hold an opinion without any cue
_OPENING = 40  # characters
_SELF_VI = re.compile(r"[^\W\d_]+\s(?:tên\s)?là\s")  # "già là Rơ Châm Hiu": any word by which people call themselves
_TOPIC = re.compile(r"[.!?…]+\s+(?=\S)")
_TOPIC_WORDS = 10  # of a sentence that says of what the next ones speak
_OLD_DAYS = r"{dialogue.old_days}\s+(?:19|20)\d\d\b"
_WORD_START = re.compile(r"(?<![\w-])[A-ZĐÀ-Ỹ]")
_POST = re.compile(r"[^,;:.()\[\]]*(?:,[^,;:.()\[\]]*)?")  # the name and what stands behind the comma
_END_LINE = re.compile(
    r"\s*[-–—=*_(\[#]{1,}\s*(?P<words>[^\W\d_][^\W\d]{0,11}(?:\s\w{1,10}){0,2})\s*[-–—=*_)\]#]{1,}\s*"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """Who speaks, and the first line that holds his words."""

    author: Author
    start: int


def is_dictated(document: Document) -> bool:
    """Whether the first lines say that what follows was typed from a recording of somebody, or as he said it."""
    lines = _lines(document)
    preface = _preface(lines, document.language)
    return preface is not None and len(lines) - preface > _LEAST_LINES - 1


def stretches(document: Document) -> list[Stretch]:
    """Every line as words of the one who dictated, but those of the typist, names of files, talk beside the matter, and
    the first and last words to the machine; what stands behind a line that only ends the recording is none of his.
    """
    lines = _lines(document)
    told = _speaker(lines, document.language)
    ids = {block.id: number for number, block in enumerate(lines)}
    end = next((n for n, b in enumerate(lines) if n >= told.start and _END_LINE.fullmatch(b.text)), len(lines))
    found: list[Stretch] = []
    for block in document.blocks:
        code = layout.language_of(block, document.language)
        number = ids.get(block.id, -1)
        framed = not told.start <= number < end or _closes(lines, number, code)
        if framed or len(block.text.split()) < _LEAST_WORDS:
            found += whole(block.id, block.text, "procedure", "structure:frame of a recording")
        elif _is_beside(block.text.strip(), code):
            found += whole(block.id, block.text, "procedure", "structure:talk beside the matter")
        else:
            found += [replace(s, author=told.author, language=code, talk=True) for s in _said(block, code)]
    return found


def _said(block: Block, code: str) -> list[Stretch]:
    """A line as speech, without the few words before it that only say of what it is."""
    end = _TOPIC.search(block.text)
    topic = block.text[: end.end()] if end else ""
    announced = 0 < len(topic.split()) <= _TOPIC_WORDS and kinds.judge(topic, code).kind not in kinds.OPINIONS
    start = len(topic) if announced and len(block.text[len(topic) :].split()) >= _LEAST_WORDS else 0
    head = [Stretch(block.id, 0, start, "procedure", "structure:topic of what follows")] if start else []
    told = len(block.text[start:].split()) >= _LEAST_TOLD
    zone: Zone = "note" if told else "speech"
    context = topic.strip() if start else ""
    return [*head, Stretch(block.id, start, len(block.text), zone, "structure:spoken words", context=context)]


def _lines(document: Document) -> list[Block]:
    outside = layout.OUTSIDE
    return [b for b in document.blocks if b.kind not in outside and not b.cell and not b.quoted and b.text.strip()]


def _preface(lines: Sequence[Block], language: str) -> int | None:
    """The line in which the typist says where the words come from, or None."""
    for number, block in enumerate(lines[:_PREFACE]):
        codes = dict.fromkeys((layout.language_of(block, language), *languages.codes()))
        short = len(block.text.split()) <= _LONGEST_PREFACE
        if short and any(lexicon.find(code, "dictated.typed", block.text) for code in codes):
            return number
    return None


# ---- who speaks ------------------------------------------------------------------------------------
def _speaker(lines: Sequence[Block], language: str) -> _Told:
    """Who speaks: he says so himself, or the typist does; his words begin behind that."""
    preface = _preface(lines, language) or 0
    for number, block in enumerate(lines[:_TOP]):
        code = layout.language_of(block, language)
        if number != preface and (author := _introduced(block.text, code)) != UNKNOWN:
            return _Told(author, number + 1)
    best = _best(lines[: preface + 1], language)
    whose = _whose(lines[preface].text, layout.language_of(lines[preface], language))
    if whose and whose.name == best.name and len(whose.organization) > len(best.organization):
        return _Told(replace(best, organization=whose.organization), preface + 1)
    if _has_post(best):
        return _Told(best, preface + 1)
    presented = _presented(lines[preface + 1], language)
    if _has_post(presented):
        return _Told(presented, preface + 2)
    return _Told(whose or best, preface + 1)


def _best(head: Sequence[Block], language: str) -> Author:
    """The person of whom these lines tell most."""
    named = [a for b in head for a in _in_head(b.text, layout.language_of(b, language))]
    return max(named, key=lambda a: (bool(a.organization), bool(a.title), len(a.name.split()) > 1), default=UNKNOWN)


def _presented(line: Block, language: str) -> Author:
    """Who is named with an office by a short line below the one that tells of the recording."""
    code = layout.language_of(line, language)
    start, end = next(iter(sentences(line.text, code)), (0, 0))
    parsed = authors.parse(line.text[start:end].rstrip(" ."), code)
    short = len(line.text.split()) <= _LONGEST_PRESENTED
    return parsed if short and signatures.is_person(parsed.name) else UNKNOWN


def _has_post(author: Author) -> bool:
    return bool(author.name and (author.organization or author.title))


def _introduced(text: str, code: str) -> Author:
    """The author of a line such as "I'm Ruth Hale, I keep the ferry at Stone Landing"."""
    cue = lexicon.starts(code, "dictated.self", text)
    own = _SELF_VI.match(text) if code == "vi" else None
    start = cue.end if cue else own.end() if own else 0
    return (_described(text[start:].strip(" ,:"), code) if start else None) or UNKNOWN


def _in_head(text: str, code: str) -> Iterator[Author]:
    """The persons whom a line of the head names, but for who typed it."""
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


def _whose(text: str, code: str) -> Author | None:
    """Whose words the typist says that they are: "words of my uncle Paul Vernet", "lời cụ A, bản B"."""
    start = persons.person_at(text, code)
    if start < 0:
        return None
    called = re.split(r"[(\[]", text[start:], maxsplit=1)[0]
    return _described(called[persons.honorific(called, code) :].strip(), code)


def _described(words: str, code: str) -> Author | None:
    """A name, then what the person is, then where: up to the first words that tell something else."""
    name = persons.name_at(words, code)
    if not name:
        return None
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


# ---- talk beside the matter ------------------------------------------------------------------------
def _is_beside(text: str, code: str) -> bool:
    """Whether a line tells of old times, speaks to who types it, tries the machine, opens or ends the talk, and asks
    nothing.
    """
    while filler := lexicon.starts(code, "dialogue.filler", text):
        text = text[filler.end :].lstrip(" ,.…-")
    kinds_of_talk = ("dictated.once", "dictated.typist", "dialogue.chatter")
    beside = any(lexicon.starts(code, kind, text) for kind in kinds_of_talk)
    beside = beside or lexicon.filled(_OLD_DAYS, code).match(text) is not None
    announced = lexicon.find(code, "speech.announcing", text[:_OPENING]) is not None
    return (beside or announced) and asking.strong_request(text, code) is None


def _closes(lines: Sequence[Block], number: int, code: str) -> bool:
    """Whether one of the last lines speaks to who holds the machine."""
    last = number >= len(lines) - _LAST
    return last and lexicon.find(code, "dictated.ending", lines[number].text) is not None
