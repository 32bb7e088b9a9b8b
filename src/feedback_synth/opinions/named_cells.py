"""Cells that name a body and its speaker side by side, with nothing but a mark between, or repeat the cell above."""

from __future__ import annotations

import re

from feedback_synth import languages
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.text import strip_marks
from feedback_synth.opinions import lexicon, organizations, persons, signatures

_MARKS = re.compile(r"\s*\n\s*|\s+[-–—|/]\s+|\s*[;()]\s*|\s?:\s+|,\s+")
_DITTO = re.compile(r"[\s\-–—.]*[\"“”″〃'’][\s\-–—.\"“”″〃'’]*")
_LONGEST = 300  # characters of such a cell
_LEAST_NAME = 3  # words of a Vietnamese name without honorific; "Kinh tế - Hạ Tầng" has two


def repeats(text: str) -> bool:
    """Whether a cell only says that the one above holds for it, too: "nt", "idem", a ditto mark."""
    plain = strip_marks(text).strip(" .-–—()\"'")
    if _DITTO.fullmatch(text):
        return True
    return any(plain == strip_marks(w) for code in languages.codes() for w in lexicon.words(code, "person.repeated"))


def side_by_side(text: str, language: str) -> Author:
    """The one person and the body of a cell such as "Union of B – A" or "A (branch of B)"; nobody for other cells."""
    if len(text) > _LONGEST:
        return Author()
    parts = [p.strip() for p in _MARKS.split(text) if p.strip() and not _is_label(p.strip())]
    named = [n for n, part in enumerate(parts) if _is_person(part, text)]
    if len(named) != 1 or len(parts) < 2 or not any(_is_body(p) for n, p in enumerate(parts) if n not in named):
        return Author()
    person = parts.pop(named[0])
    return signatures.signed(", ".join([person, *parts]), language)


def _is_person(part: str, text: str) -> bool:
    if _is_body(part) or not signatures.is_person(part):
        return False
    called = any(persons.honorific(part, code) for code in languages.codes())
    return called or not organizations.is_vietnamese(text) or len(part.split()) >= _LEAST_NAME


def _is_body(part: str) -> bool:
    code = organizations.language_of(part, "vi")
    return signatures.names_body(part) or (
        organizations.is_vietnamese(part) and lexicon.starts(code, "person.place", part) is not None
    )


def _is_label(part: str) -> bool:
    """ "(represented by: A)": words that only lead to a name."""
    lists = ("person.representative", "person.byline")
    return any(lexicon.equals(code, name, part) for code in languages.codes() for name in lists)
