"""Names of chats that end in the name of a place ("Loan Diêm Hải"): the commune that another source calls so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from feedback_synth.datamodel.document import Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages import names
from feedback_synth.opinions import lexicon

_PLACE = re.compile(
    r"(?<!\w)(?P<kind>[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu)\s(?P<name>[A-ZĐÀ-Ỹ]\w*(?:\s[A-ZĐÀ-Ỹ]\w*){1,2})"
)
_LEAST_PLACE = 2  # words of a place's name; one word may be anybody's name
_MOST_PLACE = 3
_LONGEST_NAME = 2  # words of the name before it


def called_by_place(author: Author, places: dict[str, set[str]]) -> Author:
    """The author of whom a name like "Loan Diêm Hải" is all that is known, with the place as his body."""
    words = author.name.split()
    if author.organization or author.title or len(words) <= _LEAST_PLACE or _is_full_name(words):
        return author
    for size in (_MOST_PLACE, _LEAST_PLACE):
        told = places.get(names.key(" ".join(words[-size:])), set())
        if len(told) == 1 and 0 < len(words) - size <= _LONGEST_NAME:
            return replace(author, name=" ".join(words[:-size]), organization=next(iter(told)))
    return author


def named(documents: Iterable[Document], wanted: Sequence[str]) -> dict[str, set[str]]:
    """The communes and wards that the sources name with their kind, by the key of the name, as far as one of the
    ``wanted`` names of people ends in it.
    """
    keys = [names.key(name).split() for name in wanted]
    endings = {" ".join(k[-n:]) for k in keys for n in range(_LEAST_PLACE, len(k)) if n <= _MOST_PLACE}
    found: dict[str, set[str]] = {}
    for document in documents:
        for block in document.blocks:
            for match in _PLACE.finditer(block.text):
                words = match["name"].split()
                for size in range(_LEAST_PLACE, len(words) + 1):  # "xã Diêm Hải Nguyễn Văn A" runs on
                    name = " ".join(words[:size])
                    key = names.key(name)
                    if key in endings:
                        found.setdefault(key, set()).add(f"{match['kind'].lower()} {name}")
    return found


def _is_full_name(words: Sequence[str]) -> bool:
    """ "Nguyễn Thanh Hà" is a name, though a commune be called Thanh Hà."""
    return lexicon.equals("vi", "person.surnames", words[0])
