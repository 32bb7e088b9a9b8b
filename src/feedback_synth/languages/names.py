"""Names of people: the same person with and without diacritics, called in full or by given name."""

from __future__ import annotations

import re

from feedback_synth.languages.text import strip_marks

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def key(name: str) -> str:
    """A name without case, marks and punctuation: "Tống Thanh Hải" and "TONG THANH HAI" -> "tong thanh hai"."""
    return _NOT_LETTERS.sub(" ", strip_marks(name)).strip()


def given(name: str) -> str:
    """The word by which a person is called in Vietnamese address, the last one: "Tống Thanh Hải" -> "hai"."""
    words = key(name).split()
    return words[-1] if words else ""


def same(one: str, other: str) -> bool:
    """Whether two names may be of one person: equal, or one is the end of the other ("Mr. Dung", "Mac Quang Dung").

    Order of words counts; two different full names that share a given name are two people.
    """
    a, b = key(one).split(), key(other).split()
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    return long[-len(short) :] == short


def mentions(text: str, name: str) -> bool:
    """Whether ``text`` calls this person, in full or by given name; names of one letter are never enough."""
    words, person = f" {key(text)} ", key(name)
    if not person:
        return False
    called = given(name)
    return f" {person} " in words or (len(called) > 1 and f" {called} " in words)
