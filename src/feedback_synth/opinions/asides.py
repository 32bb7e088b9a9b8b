"""What stands between the turns of notes: asides in brackets, breaks, and a second speaker inside a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages import names
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import authors, lexicon, narrated, persons, turns
from feedback_synth.opinions.stretch import Stretch

_BRACKETED = re.compile(
    r"\s*(?:[-–+•*]\s*)?\([^()]*(?:\([^()]*\)[^()]*)*\)[.;]?\s*$|\s*(?:[-–+•*]\s*)?\[[^\[\]]*\]\s*$"
)
_QUOTED = re.compile(r"[“«]")
_BEHIND = re.compile(r"\s*\(([^()]{3,80})\)\s*[.;]?\s*$")
_FULL_NAME = 2  # words
_CLOCK = re.compile(r"\s*\(?\d{1,2}\s?(?:[:h.]|giờ)\s?(?:\d{2})?\)?\s*[-–:,]?\s*")


def is_aside(text: str, code: str) -> bool:
    """Whether a line of notes is all in brackets, or says at what time a break or the end came."""
    if _BRACKETED.match(text):
        return True
    clock = _CLOCK.match(text)
    return clock is not None and lexicon.starts(code, "minutes.pause", text[clock.end() :]) is not None


def is_host(text: str, code: str) -> bool:
    """Whether a line is what a moderator of a talk asks or does: "Facilitator: And the loan?", "The moderator thanked
    everyone".
    """
    host = lexicon.starts(code, "person.host", text)
    return host is not None and not _QUOTED.search(text)


def is_called_on(text: str, code: str) -> bool:
    """Whether a line only tells that somebody is asked to speak: "Ms A, who came late, was asked about …"."""
    cue = lexicon.find(code, "minutes.called_on", text)
    alone = cue is not None and ":" not in text and len(sentences(text, code)) == 1
    return alone and authors.parse(text[: cue.start if cue else 0], code).name != ""


def named_behind(text: str, code: str) -> tuple[int, Author] | None:
    """Where a point ends and who made it, for minutes that name the speaker in brackets behind: "… (đ/c A)."."""
    behind = _BEHIND.search(text)
    lead = persons.honorific(behind[1], code) if behind else 0
    if behind is None or not behind.start() or not lead:
        return None
    called = behind[1][lead:]
    title = lexicon.starts(code, "person.title", called)
    rest = called[title.end :].strip() if title else "none"
    titled = not rest or lexicon.equals(code, "person.body", rest)
    author = Author("", called) if titled else authors.parse(behind[1], code)
    return (behind.start(), author) if author != Author() else None


def by_speaker(
    stretch: Stretch, text: str, code: str, known: Callable[[Author], Author], *, named: bool = False
) -> Iterator[Stretch]:
    """A reported speech cut where a sentence says that another person speaks ("Ms B regrets that …").

    ``known`` completes who is called by a part of the name; whom it cannot give a full name or a body is somebody
    spoken of. With ``named`` only a full name makes another speaker: the words may be those of the first himself.
    """
    place, author, asks = stretch.start, stretch.author, stretch.asks
    for first, last in sentences(text[stretch.start : stretch.end], code)[1:]:
        start, end = stretch.start + first, stretch.start + last
        said = _takes_word(text[start:end], code, known)
        if named and said and len(said.author.name.split()) < _FULL_NAME:
            continue
        speaker = known(said.author) if said and said.start < end - start and said.author.name else None
        if speaker is None or said is None or names.same(speaker.name, author.name):
            continue
        if not (speaker.organization or " " in speaker.name):
            continue
        yield replace(stretch, start=place, end=start, author=author, asks=asks)
        place, author, asks = start + said.start, speaker, said.asks
        yield Stretch(stretch.block_id, start, place, "procedure", "structure:speaker inside a paragraph")
    yield replace(stretch, start=place, author=author, asks=asks)


def _takes_word(sentence: str, code: str, known: Callable[[Author], Author]) -> turns.Turn | None:
    told = (
        turns.turn(sentence, code) if persons.honorific(sentence, code) or narrated.according(sentence, code) else None
    )
    if told:
        return told
    posted = narrated.presented(sentence, code, known)
    return turns.Turn(posted.author, posted.start) if posted and posted.posted else None
