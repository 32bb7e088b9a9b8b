"""Letters of single people: a person's own name over the letter, with office and body on the lines below it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages import names
from feedback_synth.opinions import layout, lexicon, organizations, persons, signatures

_LINES = 3  # below the name
_LONGEST = 14  # words of such a line
_CLOSING_LINES = 2
_SURNAME = 4  # letters of a word in capitals that may be one


def person(document: Document) -> Author:
    """Whose name stands alone on the first line, if an honorific, the signature or his office below it shows that it is
    a person's: with office and body; an empty author for the head of a body.
    """
    shown = [b for b in document.blocks if b.kind not in layout.OUTSIDE and not b.cell and b.text.strip()]
    code = document.language
    first = shown[0].text.strip() if shown else ""
    plain = " ".join(w.capitalize() if w.isupper() and len(w) >= _SURNAME else w for w in first.split())
    if not signatures.is_person(plain) or signatures.names_body(first):
        return Author()
    named = first[_lead(first, code) :]
    title, body = _office(_below(shown[1:], code), code)
    signed = any(_signs(line, named, code) for b in shown[-_CLOSING_LINES:] for line in b.text.split("\n"))
    addressed = named != first and not first.isupper()  # "BÀ NÀ" is a place
    return Author(named, title, body) if addressed or signed or _is_office(title, code) else Author()


def same(signer: str, full: str) -> bool:
    """Whether a signature is of the person named in full: "É. Carpentier", "Thọ" and "Carpentier" are."""
    short, long = names.key(signer).split(), names.key(full).split()
    if not short or not long or short[-1] != long[-1]:
        return False
    return all(a == b or (len(a) == 1 and b.startswith(a)) for a, b in zip(short[:-1], long, strict=False))


def _signs(line: str, named: str, code: str) -> bool:
    plain = line.strip()
    return same(plain[_lead(plain, code) :], named)


def _lead(text: str, code: str) -> int:
    """Where the name begins behind an honorific of any language, 0 without one."""
    return next((lead for c in _order(code) if (lead := persons.honorific(text, c))), 0)


def _below(blocks: list[Block], code: str) -> Iterator[str]:
    """The lines under the name, up to the addressee, the date or the salutation."""
    for block in itertools.islice(blocks, _LINES):
        text = block.text.strip()
        if (
            ":" in text
            or any(lexicon.starts(c, "letter.addressing", text) for c in _order(code))
            or text.endswith((",", ":", "."))
        ):
            return
        if len(text.split()) <= _LONGEST and not any(c.isdigit() or c == "@" for c in text):
            yield text


def _office(lines: Iterator[str], code: str) -> tuple[str, str]:
    title = body = ""
    for line in lines:
        before, comma, behind = (part.strip() for part in line.partition(","))
        if comma and not signatures.names_body(before):
            title, body = (
                title or before,
                body or organizations.canonical(behind, organizations.language_of(behind, code)),
            )
        elif signatures.names_body(line):
            body = body or organizations.canonical(line, organizations.language_of(line, code))
        else:
            title = title or line
    return title, body


def _is_office(title: str, code: str) -> bool:
    lists = ("person.title", "person.calling")
    return any(lexicon.find(c, name, title) for c in _order(code) for name in lists) if title else False


def _order(code: str) -> tuple[str, ...]:
    """The languages in which words are tried, that of the paper first."""
    return tuple(dict.fromkeys((code, "vi", "en", "fr")))
