"""Lines that say who wrote a text: "Prepared by: …", "Organisation: …", "From: …", or a name at its end."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages import dates
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import authors, form_labels, layout, lexicon, organizations, persons, signatures

LONGEST = 25  # words of a line that names an author
_FIRST_LINES = 6
_TOP_LINES = 16
_UNDERSIGNED = 160  # characters in which those who sign together are named
_NAME_WORDS = 7  # fewer stand in a last line with a name alone
_OFFICE_WORDS = 16  # of a last line with a name and an office
_TITLES = ("section.discussion", "person.representative", "person.byline", "minutes.event", "minutes.voices")
_LETTERHEAD_LINES = 2
_BRANCH = re.compile(r"\s+[-–—|]\s+|,\s")  # before the office of a body ("Green Fund - Hue Field Office")
_NEXT_LABEL = re.compile(r"[.;|]\s+(?=[^\W\d_][^.:;|]{1,28}\s?:\s)")  # "…, Hill Fund. Copies to: the Department"
_TEXT_WORDS = 40  # of a paragraph below which no label of the head stands any more


def byline(document: Document) -> Author:
    """Who signs a note without letterhead: "Tác giả: …", "Prepared by: …", or a last line that is a name."""
    blocks = [b for b in document.blocks if b.kind not in layout.OUTSIDE and b.text.strip()]
    name = title = body = ""
    for block in (*blocks[:_FIRST_LINES], *blocks[-_FIRST_LINES:]):
        author = told_by(block, document.language)
        name, title, body = name or author.name, title or author.title, body or author.organization
    if name or body:
        return Author(name, title, body or _at_the_top(document, blocks))
    named = [a for b in blocks[1:_FIRST_LINES] if (a := _named_line(b, document.language)) != Author()]
    if len(named) == 1:
        return replace(named[0], organization=named[0].organization or _at_the_top(document, blocks))
    together = next((u for b in blocks[:_TOP_LINES] if (u := undersigned(b, document.language))), "")
    if together:
        return Author("", "", together)
    closing = _closing_line(blocks, document.language)
    return replace(closing, organization=closing.organization or letterhead(document)) if closing.name else closing


def undersigned(block: Block, language: str) -> str:
    """The place or body of those who sign together ("We, the undersigned residents of A village, ask …"), or ""."""
    code = layout.language_of(block, language)
    cue = lexicon.find(code, "person.undersigned", block.text[:_UNDERSIGNED])
    if cue is None:
        return ""
    rest = re.split(r"[,;:(]", block.text[cue.end :], maxsplit=1)[0]
    verb = lexicon.find(code, "request.performative", rest)
    named = (rest[: verb.start] if verb else rest).strip()
    named = re.sub(r"^(?:of|in|from|de la|de l['’]|du|des|de|d['’]|ở|tại|thuộc|của)\s*", "", named, flags=re.IGNORECASE)
    proper = any(w[:1].isupper() for w in named.split())
    return organizations.canonical(named, code) if proper and len(named.split()) <= _NAME_WORDS else ""


def _named_line(block: Block, language: str) -> Author:
    """A line near the top that is a name with an office or body: "Anna Brook, hydrologist, Hill Consulting"."""
    text = block.text.strip()
    first, _, rest = text.partition(",")
    office = rest.partition(",")[0]
    if not office.strip() or any(c.isdigit() for c in office) or text[-1:] in ".;?!:" or len(text.split()) > LONGEST:
        return Author()
    code = layout.language_of(block, language)
    first = first[persons.honorific(first, code) :]
    if not signatures.is_person(first):
        return Author()
    signed = signatures.signed(text, code)
    parsed = authors.parse(text, code)
    body = signed.organization or parsed.organization
    return Author(first, signed.title or parsed.title, body) if body or signed.title or parsed.title else Author()


def _closing_line(blocks: Sequence[Block], code: str) -> Author:
    """A last line that is a name, with an office or without; its body may stand in the dateline at the top."""
    last = _last_sentence(blocks[-1].text.strip(), code) if blocks else ""
    named = persons.name_at(last[persons.honorific(last, code) :], code)
    if len(named.split()) > 1 and last.endswith(named) and len(last.split()) < _NAME_WORDS:
        return Author(named, "", _dateline(blocks, code))
    if "," not in last or last.endswith((".", ";", "?", "!", ":")) or len(last.split()) > _OFFICE_WORDS:
        return Author()
    signed = signatures.signed(last, code)
    if len(signed.name.split()) < 2 or not (signed.title or signed.organization):
        return Author()
    if signed.organization:
        return signed
    return Author(signed.name, last.partition(",")[2].strip(), _dateline(blocks, code))


def _last_sentence(text: str, code: str) -> str:
    """A signature that stands behind the last full stop of a paragraph, or the whole line."""
    start, end = sentences(text, code)[-1] if len(text.split()) > _OFFICE_WORDS else (0, len(text))
    return text[start:end]


def _dateline(blocks: Sequence[Block], code: str) -> str:
    """The body of a line such as "Friends of the Lakes, 11 March 2026" near the top; a place is none."""
    for block in blocks[:_FIRST_LINES]:
        found = dates.dates(block.text, code) if len(block.text.split()) < LONGEST else []
        named, comma, between = block.text[: found[0].start].partition(",") if found else ("", "", "")
        is_dateline = comma and len(between.split()) <= 2 and told_by(block, code) == Author()
        if is_dateline and _is_body(named.strip(), code):
            return organizations.canonical(named, organizations.language_of(named, code))
    return ""


def _at_the_top(document: Document, blocks: Sequence[Block]) -> str:
    """The body that the dateline names, or else the first line."""
    return _dateline(blocks, document.language) or letterhead(document)


def letterhead(document: Document) -> str:
    """The body whose name stands alone on the first line of a paper, or on the second under the title, or ""."""
    blocks = [b for b in document.blocks if b.kind not in layout.OUTSIDE and b.text.strip()][:_LETTERHEAD_LINES]
    lines = [b.text.strip() for b in blocks if not b.cell]
    first = _head(lines[0], document) if lines else ""
    if first or len(lines) < _LETTERHEAD_LINES or not lines[0].isupper():
        return first
    return _head(_BRANCH.split(lines[1], maxsplit=1)[0], document)


def _head(first: str, document: Document) -> str:
    """A line that is the name of a body and nothing else, or ""."""
    code = organizations.language_of(first, document.language)
    if len(first.split()) > _NAME_WORDS or first[-1:] in ".,;:?!" or lexicon.find(code, "draft.words", first):
        return ""
    titled = any(lexicon.starts(code, name, first) for name in _TITLES)
    named = lexicon.starts(code, "person.body", first) or (code != "vi" and _is_body(first, code))
    if not first[:1].isupper() or titled or not (named or organizations.is_known(first)):
        return ""
    return organizations.canonical(_running(first, code) if first.isupper() else first, code)


def _running(capitals: str, code: str) -> str:
    """Words in capitals with capital first letters, small words without; one word is an abbreviation."""
    small = languages.get(code).stop_words
    words = [w.lower() if n and w.lower() in small else w.capitalize() for n, w in enumerate(capitals.split())]
    return " ".join(words) if len(words) > 1 else capitals


def _is_body(text: str, code: str) -> bool:
    """Whether a name is of a body: a listed one, one with a word for a body, or capitals with small words between."""
    if organizations.is_known(text) or any(lexicon.find(c, "person.body", text) for c in languages.codes()):
        return True
    small = {w for c in (code, "en") for w in languages.get(c).stop_words}
    words = text.split()
    capital = [w for w in words if w[0].isupper()]
    rest = [w for w in words if not w[0].isupper()]
    return len(capital) > 1 and bool(rest) and all(w.lower() in small for w in rest)


def stated(blocks: Sequence[Block], language: str) -> Author:
    """The author whom labels with a colon name at the top: "Name: …", "Organisation: …", "From: …"."""
    return answered(_labelled(blocks), language)


def answered(pairs: Iterable[tuple[str, str]], language: str) -> Author:
    """The author in the answers to the labels of a form, pairs (label, answer); one label may ask several facts."""
    name = title = body = own = ""
    for label, value in pairs:
        asked = form_labels.asked(label, language)
        told = _answer(_undated(value, language), asked, language) if asked else Author()
        name, title = name or told.name, title or told.title
        if "body" in asked:
            body = body or told.organization
        own = own or told.organization
    if title and not (body or own):  # "Position: Vice Chairman, Lake Fund"
        post = authors.parse(title, organizations.language_of(title, language))
        if post.title and post.organization and not post.name:
            title, own = post.title, post.organization
    return Author(name, title, body or own)


def _answer(value: str, asked: tuple[form_labels.Fact, ...], language: str) -> Author:
    code = organizations.language_of(value, language)
    if asked == ("body",):
        return Author("", "", organizations.canonical(value, code))
    if asked == ("title",):
        return Author("", value)
    if "name" in asked:
        return _parsed(value, code)
    if (post := _post(value, code)) != Author():
        return post
    parsed = authors.parse(value, code)
    if parsed.organization and not parsed.name:
        return parsed
    first, comma, rest = (part.strip() for part in value.partition(","))
    titled = any(lexicon.starts(c, "person.title", value) for c in (language, code))
    if comma:
        return Author("", first, organizations.canonical(rest, code))
    return Author("", value) if titled else Author("", "", organizations.canonical(value, code))


def _post(value: str, code: str) -> Author:
    """ "worker of team 4, Green Shoes Company, Bac ward": what somebody does, then the first part that names a body."""
    parts = [p.strip() for p in value.split(",")]
    bodies = [n for n, p in enumerate(parts) if organizations.is_known(p) or lexicon.starts(code, "person.body", p)]
    if not bodies or not bodies[0]:
        return Author()
    return Author("", ", ".join(parts[: bodies[0]]), organizations.canonical(parts[bodies[0]], code))


def _labelled(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Pairs (label, value) above the text: lines "label: value", or two cells of a row."""
    above: list[Block] = []
    for block in blocks[:_TOP_LINES]:
        words = len(block.text.split())
        if block.cell and block.cell.is_header:
            continue  # "Company | Document / clause": columns of a table, no labels of a form
        if words > _TEXT_WORDS or (block.cell and block.cell.role in ("opinion", "agreement")):
            break
        above.append(block)
    for block, following in itertools.zip_longest(above, above[1:]):
        for line in (part for t in block.text.split("\n") for part in _NEXT_LABEL.split(t.replace("：", ":"))):
            label, colon, value = line.partition(":")
            if colon and value.strip() and len(value.split()) < LONGEST:
                yield label.strip(), value.strip()
        if following and _in_one_row(block, following) and len(following.text.split()) < LONGEST:
            yield block.text.strip(" :："), following.text.strip()


def _in_one_row(one: Block, other: Block) -> bool:
    if one.cell is None or other.cell is None:
        return False
    return (one.cell.table, one.cell.row) == (other.cell.table, other.cell.row)


def told_by(block: Block, language: str) -> Author:
    """The author that a line names: "Prepared by: A, body B", "Organisation: B", "UBND xã A góp ý:"."""
    if len(block.text.split()) >= LONGEST:
        return Author()
    code = layout.language_of(block, language)
    text = _NEXT_LABEL.split(block.text.replace("：", ":"), maxsplit=1)[0]
    label, colon, value = text.partition(":")
    if colon and form_labels.asked(label, code):
        return answered([(label, value.strip())], language)
    for other in dict.fromkeys((code, *languages.codes())):
        cue = lexicon.starts(other, "person.byline", text)
        if cue and (other == code or text[cue.end :].lstrip().startswith(":")):
            return _parsed(_undated(text[cue.end :].strip(" :"), other), other)
    return _parsed(_announced(block.text, code), code)


def _undated(named: str, code: str) -> str:
    """Without the date behind a name ("Ann Field, Director. 5 May 2026")."""
    found = dates.dates(named, code)
    return named[: found[0].start].rstrip(" .,;(–-") if found else named


def _parsed(named: str, code: str) -> Author:
    """The author behind a byline, by titles and bodies, or as people sign."""
    if not named:
        return Author()
    parsed = authors.parse(named, code)
    if parsed.name and parsed.organization:
        return parsed
    signed = signatures.signed(named, code)
    fuller = signed.organization or not parsed.name or (signed.title and not parsed.title)
    return signed if signed.name and fuller else parsed


def _announced(text: str, code: str) -> str:
    """Who is announced by a line such as "UBND xã A góp ý:", or ""."""
    cue = lexicon.find(code, "speech.reporting", text) if text.rstrip().endswith(":") else None
    return text[: cue.start] if cue else ""
