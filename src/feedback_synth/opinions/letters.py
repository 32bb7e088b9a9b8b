"""Letters and e-mails: letterhead, salutation, body, closing, signature; the sender speaks throughout."""

from __future__ import annotations

import re
from dataclasses import replace

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import authors, kinds, layout, lexicon, organizations, signatures, tables
from feedback_synth.opinions.stretch import Stretch, whole

_ON_BEHALF = re.compile(r"(?:^|\s)(?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)\.?\s", re.M)
_FROM = re.compile(
    r"^(?:From|Từ|De|Người gửi|Expéditeur)\s?:\s*(?P<name>[^<\n]+?)\s*(?:<[^@>]*@?(?P<domain>[^>]*)>.*)?$", re.I | re.S
)
_TITLE_LINES = 2
_FIRST_LINES = 6
_TOP_LINES = 8
_LONGEST_BYLINE = 25  # words
_LAST_BLOCKS = 8
_SIGNATURE_WORDS = 14


def stretches(document: Document) -> list[Stretch]:
    """Every block of a letter in its zone; opinions only between salutation and closing.

    A thread of messages is read message by message, each with the author of its "From:" line.
    """
    starts = [n for n, b in enumerate(document.blocks) if _FROM.match(b.text)]
    if not starts:
        return _message(document, document.blocks, sender(document))
    found: list[Stretch] = _message(document, document.blocks[: starts[0]], sender(document))
    bodies: dict[str, str] = {}
    for first, last in zip(starts, [*starts[1:], len(document.blocks)], strict=True):
        blocks = document.blocks[first:last]
        found += _message(document, blocks, _writer(document, blocks, bodies))
    return found


def is_letter(document: Document) -> bool:
    """Whether a text of no certain kind opens like a letter ("Kính gửi: …", "Dear …")."""
    first = document.blocks[:14]
    return any(lexicon.starts(document.language, "letter.addressing", b.text) for b in first)


def is_signed_note(document: Document) -> bool:
    """Whether the first lines of a text say who wrote it ("Prepared by: …"), and nobody else is called."""
    return any(_told_by(b, document.language) != Author() for b in document.blocks[:_TOP_LINES] if ":" in b.text)


def _writer(document: Document, blocks: tuple[Block, ...], bodies: dict[str, str]) -> Author:
    """Who wrote a message of a thread; a body once named in a signature holds for its mail domain."""
    line = _FROM.match(blocks[0].text)
    named = line["name"].strip(" \"'") if line else ""
    domain = (line["domain"] or "") if line else ""
    signature = [b.text for b in blocks[-_LAST_BLOCKS:] for _ in (0,) if len(b.text.split()) < _SIGNATURE_WORDS]
    own = next((n for n, t in enumerate(signature) if named and t.split()[0] in named), None)
    below = signature[own + 1 :] if own is not None else []
    body = next((t for t in below if t[:1].isupper() and "@" not in t and not t.startswith("---")), "")
    if body:
        bodies.setdefault(domain, organizations.canonical(body, layout.language_of(blocks[0], document.language)))
    return Author(named, "", bodies.get(domain, document.field("sender")))


def _message(document: Document, blocks: tuple[Block, ...], author: Author) -> list[Stretch]:
    first, last = _body(blocks, document.language)
    found: list[Stretch] = []
    lead = ""
    cells = tables.cells(document)
    for number, block in enumerate(blocks):
        code = layout.language_of(block, document.language)
        if block.id in cells:
            found += [replace(s, author=s.author if s.author != Author() else author) for s in cells[block.id]]
        elif not first <= number < last or block.kind in (*layout.OUTSIDE, "cell"):
            found += whole(block.id, block.text, "procedure", "structure:letter frame")
        elif layout.is_lead(block, code) or layout.is_bare_heading(block, blocks[number + 1 : last]):
            lead = block.text.strip()
            found += whole(block.id, block.text, "procedure", "structure:lead-in")
        else:
            found += _paragraph(block, code, author, lead)
    return found


def sender(document: Document) -> Author:
    """The author of a letter: the body that sends it; a person where nobody signs on a body's behalf."""
    body = organizations.canonical(document.field("sender"), document.language)
    on_behalf = any(_ON_BEHALF.search(b.text) for b in document.blocks[-_LAST_BLOCKS:])
    signer = "" if on_behalf else document.field("signer")
    if not signer:
        return Author("", "", body) if body or on_behalf else _byline(document)
    parsed = authors.name_at(signer[authors.honorific(signer, document.language) :], document.language)
    return Author(parsed or signer, document.field("signer_title"), body)


def _is_title(text: str, code: str) -> bool:
    """A first line without full stop that asks nothing: the title of a note."""
    ends = text.rstrip().endswith((".", ";", "?", "!", ":", ","))
    return not ends and len(text.split()) <= _LONGEST_BYLINE and kinds.strong_request(text, code) is None


def _byline(document: Document) -> Author:
    """Who signs a note without letterhead: "Tác giả: …", "Prepared by: …", or a last line that is a name."""
    blocks = [b for b in document.blocks if b.kind not in layout.OUTSIDE and b.text.strip()]
    name = title = body = ""
    for block in (*blocks[:_FIRST_LINES], *blocks[-_FIRST_LINES:]):
        author = _told_by(block, document.language)
        name, title, body = name or author.name, title or author.title, body or author.organization
    if name or body:
        return Author(name, title, body)
    last = blocks[-1].text.strip() if blocks else ""
    code = document.language
    named = authors.name_at(last[authors.honorific(last, code) :], code)
    return Author(named) if len(named.split()) > 1 and last.endswith(named) and len(last.split()) < 7 else Author()


def _told_by(block: Block, language: str) -> Author:
    """The author that a line names: "Prepared by: A, body B", "Organisation: B", "UBND xã A góp ý:"."""
    if len(block.text.split()) >= _LONGEST_BYLINE:
        return Author()
    code = layout.language_of(block, language)
    for other in dict.fromkeys((code, *languages.codes())):
        cue = lexicon.starts(other, "person.byline", block.text)
        if cue and (other == code or block.text[cue.end :].lstrip()[:1] in (":", "：")):
            return _parsed(block.text[cue.end :].strip(" :："), other)
        cue = lexicon.starts(other, "person.bodyline", block.text)
        if cue and block.text[cue.end :].lstrip()[:1] == ":":
            named = block.text[cue.end :].strip(" :")
            return Author("", "", organizations.canonical(named, organizations.language_of(named, language)))
    return _parsed(_announced(block.text, code), code)


def _parsed(named: str, code: str) -> Author:
    """The author behind a byline, by titles and bodies, or as people sign."""
    if not named:
        return Author()
    parsed = authors.parse(named, code)
    if parsed.name and parsed.organization:
        return parsed
    signed = signatures.signed(named, code)
    return signed if signed.name and (signed.organization or not parsed.name) else parsed


def _announced(text: str, code: str) -> str:
    """Who is announced by a line such as "UBND xã A góp ý:", or ""."""
    cue = lexicon.find(code, "speech.reporting", text) if text.rstrip().endswith(":") else None
    return text[: cue.start] if cue else ""


def _body(blocks: tuple[Block, ...], language: str) -> tuple[int, int]:
    """The first and the last (excluded) block of the body."""
    first = 0
    for number, block in enumerate(blocks[: max(12, len(blocks) // 2)]):
        code = layout.language_of(block, language)
        opening = lexicon.find(code, "letter.opening", block.text[:60])
        letterhead = block.kind == "cell" and block.cell is not None and block.cell.role == "other"
        title = number < _TITLE_LINES and first == number and _is_title(block.text, code)
        if letterhead or title or (opening and opening.start <= 10 and len(block.text.split()) < 25):
            first = number + 1
    last = len(blocks)
    for number in range(len(blocks) - 1, max(first, len(blocks) - 14), -1):
        block = blocks[number]
        code = layout.language_of(block, language)
        closing = lexicon.find(code, "letter.closing", block.text[:160])
        if closing and closing.start <= 110 and (closing.start <= 45 or len(block.text.split()) < 45):
            last = number
    return first, last


def _paragraph(block: Block, code: str, author: Author, lead: str) -> list[Stretch]:
    asks = layout.governing(lead, block.text, code)
    return [Stretch(block.id, 0, len(block.text), "speech", "structure:letter body", author, lead, asks=asks)]
