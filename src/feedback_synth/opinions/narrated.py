"""Speakers of minutes told in sentences, by where they stand: "According to Ms A, Head of B, …", "Mr C, Chair of D, …"
before a verb that no list knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import authors, lexicon

_POINT_OF_VIEW = re.compile(r"(?:according to|in the (?:view|opinion) of|selon|d['’]après|pour|theo)\s+", re.IGNORECASE)
_COMMA = re.compile(r",\s+")
_LONGEST_POST = 16  # words of an office and its body
_LEAST_SAID = 4  # words
_FULL_NAME = 2  # words


@dataclass(frozen=True, slots=True)
class Named:
    """A person named at the start of a sentence and where the words behind the name and the office begin."""

    author: Author
    start: int
    posted: bool  # the office stands between commas behind the name


def according(text: str, code: str) -> Named | None:
    """ "Theo bà A, Giám đốc Sở B, …", "Selon Mme A, directrice de B, …", "According to Ms A, …"."""
    point = _POINT_OF_VIEW.match(text)
    named = _named(text, point.end(), code) if point else None
    said = len(text[named.start :].split()) >= _LEAST_SAID if named else False
    return named if named and said and text[: named.start].rstrip().endswith(",") else None


def presented(text: str, code: str, known: Callable[[Author], Author]) -> Named | None:
    """ "Mr A, Chair of B, finds …", or a full name whose body ``known`` tells: whatever the verb behind it."""
    named = _named(text, 0, code)
    if named is None or not text[named.start :][:1].islower():
        return None
    full = len(named.author.name.split()) >= _FULL_NAME
    if named.posted:
        return named if full or known(named.author).organization else None
    return named if full and known(named.author).organization else None


def _named(text: str, start: int, code: str) -> Named | None:
    lead = authors.honorific(text[start:], code)
    name = authors.name_at(text[start + lead :], code) if lead else ""
    if not name:
        return None
    end = start + lead + len(name)
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
