"""People in the words of a text: honorifics and the capitalised words of a name."""

from __future__ import annotations

import re

from feedback_synth.opinions import lexicon

_WORD_START = re.compile(r"(?<!\w)\w")
_SURNAME = "Ông"  # an honorific that is a surname, too
_TOKEN = re.compile(r"[^\W\d_][\w'’.-]*")


def honorific(text: str, code: str) -> int:
    """How many characters of honorifics and ranks ``text`` begins with."""
    end = 0
    while cue := lexicon.starts(code, "person.honorific", text[end:]):
        following = text[end + cue.end :]
        surname = end > 0 and cue.words == _SURNAME  # "Bà Ông Thị Hoa"
        initial = len(cue.words) == 1 and (end or cue.words.isupper())  # "Ông A Sỹ", not the short "a" of a chat
        if surname or initial or not following[:1].isspace():
            break
        end += cue.end + len(following) - len(following.lstrip())
    return end


def person_at(text: str, code: str) -> int:
    """Where the first person with an honorific stands in ``text``, -1 for none."""
    return next((m.start() for m in _WORD_START.finditer(text) if honorific(text[m.start() :], code)), -1)


def name_at(text: str, code: str) -> str:
    """The run of capitalised words at the start of ``text``, up to six, that no title or body interrupts."""
    end = 0
    for count, token in enumerate(_TOKEN.finditer(text)):
        if count == 6 or not token[0][0].isupper() or token.start() > end + 1:
            break
        acronym = len(token[0]) > 1 and token[0].isupper() and not text[:end].isupper()
        if count and (acronym or _stops(text[token.start() :], code)):
            break
        end = token.end()
        if token[0].endswith(".") and len(token[0]) > 2:  # "P. Nguyen" goes on, "Hải." ends
            break
    return text[:end].rstrip(".")


def _stops(text: str, code: str) -> bool:
    title = lexicon.starts(code, "person.title", text)
    body = lexicon.starts(code, "person.body", text)
    strong = bool(body and (" " in body.words or body.words.isupper() or body.words.lower() == "sở"))
    return bool(title and " " in title.words) or strong
