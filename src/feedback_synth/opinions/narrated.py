"""Speakers of minutes told in sentences, by where they stand: "According to Ms A, Head of B, …", "Mr C, Chair of D, …"
before a verb that no list knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import authors, kinds, lexicon, persons

_OWN_PART = r"{telling.own_part}\s*\((?P<who>[^()]{3,120})\)\s*,?\s*"  # "For my part (Ann Field, Lake Region), …"
_COMMA = re.compile(r",\s+")
_POST_IN_BRACKETS = re.compile(r"\s*\((?P<post>[^()]{3,120})\),?\s+")  # "Mr A (Union of B), from the door, …"
_LONGEST_POST = 16  # words of an office and its body
_LEAST_SAID = 4  # words
_FULL_NAME = 2  # words
_LEAST_SENTENCES = 2  # of a paragraph whose first introduces its speaker
_VERB_WITHIN = 220  # characters of a paragraph
_VERB = {  # behind a word with a capital
    "en": r"\s(?-i:[a-z]{2,}ed\b|{telling.past}|[a-z]{3,}s {telling.object})",
    "fr": r"\s(?-i:{telling.past})\s",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A person named at the start of a sentence and where the words behind the name and the office begin."""

    author: Author
    start: int
    posted: bool  # the office stands between commas behind the name


def according(text: str, code: str) -> Named | None:
    """ "Theo bà A, Giám đốc Sở B, …", "Selon Mme A, directrice de B, …", "According to Ms A, …"."""
    point = lexicon.filled(r"(?:{telling.according}|{telling.in_view})\s+").match(text)
    named = _named(text, point.end(), code) if point else None
    said = len(text[named.start :].split()) >= _LEAST_SAID if named else False
    return named if named and said and text[: named.start].rstrip().endswith(",") else None


def in_own_name(text: str, code: str) -> Named | None:
    """ "Pour ma part (Mme A, Région B), …": who writes the minutes tells what he said himself."""
    own = lexicon.filled(_OWN_PART).match(text)
    author = authors.parse(own["who"], code) if own else Author()
    return Named(author, own.end(), True) if own and (author.name or author.organization) else None


def presented(text: str, code: str, known: Callable[[Author], Author]) -> Named | None:
    """ "Mr A, Chair of B, finds …", or a full name whose body ``known`` tells: whatever the verb behind it."""
    named = _named(text, 0, code)
    below = named is not None and text[: named.start].rstrip().endswith((".", ")"))  # behind the floor that was taken
    if named is None or not (below or text[named.start :][:1].islower()):
        return None
    full = len(named.author.name.split()) >= _FULL_NAME
    if named.posted:
        return named if full or known(named.author).organization else None
    return named if full and known(named.author).organization else None


def _named(text: str, start: int, code: str) -> Named | None:
    lead = persons.honorific(text[start:], code)
    name = persons.name_at(text[start + lead :], code) if lead else ""
    if not name:
        return None
    end = start + lead + len(name)
    if posted := _POST_IN_BRACKETS.match(text, end):
        author = authors.parse(text[start : posted.end("post") + 1], code)
        if author.name and (author.title or author.organization):
            return Named(author, _past_taking_the_floor(text, posted.end(), code), True)
    if not text[end:].startswith(","):
        blank = len(text[end:]) - len(text[end:].lstrip())
        return Named(Author(name), end + blank, False) if blank else None
    cuts = [*_COMMA.finditer(text, end)]
    best = Named(Author(name), cuts[0].end(), False) if cuts else None
    for before, cut in pairwise(cuts):
        post = text[before.end() : cut.start()]
        office = any(lexicon.starts(code, f"person.{k}", post) for k in ("title", "body", "place", "calling"))
        if not office or len(post.split()) > _LONGEST_POST:
            break
        author = authors.parse(text[start : cut.start()], code)
        if not (author.title or author.organization):
            break
        best = Named(Author(name, author.title, author.organization), cut.end(), True)
    return best


def _past_taking_the_floor(text: str, start: int, code: str) -> int:
    """Behind a sentence that only says from where or how somebody took the floor, where more is said below it."""
    end = next((b for _, b in sentences(text, code) if b > start), len(text))
    rest = text[end:].lstrip()
    taken = lexicon.find(code, "speech.taking_floor", text[start:end])
    return len(text) - len(rest) if taken and rest and ":" not in text[start:end] else start


def introduced(text: str, code: str) -> Named | None:
    """ "Ms A collects plastic along the canal and has never spoken in such a room. …": a full name at the start of a
    paragraph and a sentence about the person; the speech begins behind it, or at the verb if the sentence says more.
    """
    parts = sentences(text, code)
    named = _named(text, 0, code)
    if named is None or len(parts) < _LEAST_SENTENCES or len(named.author.name.split()) < _FULL_NAME:
        return None
    told = text[named.start : parts[0][1]]
    if not told[:1].islower() or named.start >= parts[0][1]:
        return None
    says = kinds.judge(told, code).kind in (*kinds.OPINIONS - {"difficulty"}, "agreement", "support")
    first_time = lexicon.find(code, "speech.first_time", told) is not None
    return Named(named.author, named.start if says and not first_time else parts[1][0], False)


def verb_behind_body(text: str, code: str) -> int:
    """Where the verb begins in "Ms A of the Women's Union supported the text": behind the capitals of a body; or 0."""
    if code not in _VERB:
        return 0
    for match in lexicon.filled(_VERB[code], code).finditer(text, 0, _VERB_WITHIN):
        before = text[: match.start()].split()
        last = before[-1] if before else ""
        placed = any(lexicon.equals(code, f"person.{name}", last) for name in ("place", "body"))
        if len(before) > _FULL_NAME and (last[:1].isupper() or placed):
            return match.start() + 1
    return 0
