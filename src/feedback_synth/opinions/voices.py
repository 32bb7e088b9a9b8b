"""Records of sessions at which people were heard, told by a reporter who names each speaker, then says "he", "she"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import authors, kinds, layout, lexicon, persons, turns
from feedback_synth.opinions.stretch import UNKNOWN, Stretch, Zone, whole

_QUOTE = re.compile(r"[“\"«]\s*([^“”\"«»]+?)\s*[”\"»]")
_LISTED = re.compile(r"\s*(?:[-–+•*▪]|\d{1,2}[.)])\s")
_LEAST_QUOTED = 3  # words
_SAID = 6  # words from which a quotation is an opinion without any cue
_INVERTED = re.compile(r",?\s(?:(?:a|ont)-t-(?:il|elle)s?\s[^\W\d_]+|[^\W\d_]+-(?:t-)?(?:il|elle)s?)\b", re.IGNORECASE)
_COMMA = re.compile(r"[,.?!]\s+")
_TITLE_BLOCKS = 4
_LEAST_NAME = 2  # words of a name without honorific
_ARTICLE = re.compile(r"^(?:an?|the|une?|la|le|l['’])\s*(?=[^\W\d_])", re.IGNORECASE)


@dataclass
class _Paragraph:
    """A paragraph and the person of whom it speaks."""

    block: Block
    code: str
    person: Author = UNKNOWN


def is_record(document: Document) -> bool:
    """Whether the title, or a heading near the top, says that people were heard ("Listening session in …")."""
    top = [b for b in document.blocks if b.kind in ("heading", "navigation", "paragraph")][:_TITLE_BLOCKS]
    short = [b for b in top if not b.text.rstrip().endswith((".", ";"))]
    return any(lexicon.find(layout.language_of(b, document.language), "minutes.voices", b.text) for b in short)


def tells(document: Document) -> bool:
    """Whether a reporter tells it: persons are named in sentences of his, and "he" or "she" says the rest."""
    for block in document.blocks:
        code = layout.language_of(block, document.language)
        parts = [block.text[a:b] for a, b in sentences(block.text, code)]
        named = next((n for n, part in enumerate(parts) if _named(part, code).name), len(parts))
        if any(_says_so(part, code) or _attribution(part, code) for part in parts[named:]):
            return True
    return False


def stretches(block: Block, code: str) -> list[Stretch]:
    """One paragraph of such a record: what its person said as speech, the rest as the reporter's words."""
    opened = None if _QUOTE.search(block.text) else turns.turn(block.text, code)
    if opened and block.text[: opened.start].rstrip().endswith(":") and opened.start < len(block.text):
        head = whole(block.id, block.text[: opened.start], "procedure", "structure:speaker")
        said = Stretch(block.id, opened.start, len(block.text), "speech", "structure:turn", opened.author)
        return [*head, said]
    if block.kind == "list_item" or _LISTED.match(block.text):
        return [Stretch(block.id, 0, len(block.text), "speech", "structure:item of a record")]
    paragraph = _Paragraph(block, code)
    found: list[Stretch] = []
    for start, end in _whole_quotes(block.text, code):
        found += _sentence(paragraph, start, end)
    return found


def _whole_quotes(text: str, code: str) -> list[tuple[int, int]]:
    """The sentences, those of one quotation together."""
    found: list[tuple[int, int]] = []
    for start, end in sentences(text, code):
        if found and _is_open(text[found[-1][0] : found[-1][1]]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _is_open(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count("«") > text.count("»") or text.count('"') % 2 == 1


def _sentence(paragraph: _Paragraph, start: int, end: int) -> list[Stretch]:
    block, code, text = paragraph.block, paragraph.code, paragraph.block.text[start:end]
    told = turns.turn(text, code)
    if told and not told.author.name and lexicon.find(code, "draft.words", text[: told.start]):
        told = None  # "The draft Resolution proposes …"
    named = told.author if told and told.author.name else _named(text, code)
    if named.name:
        paragraph.person = named
    if lexicon.find(code, "directive.instructing", text):
        return [Stretch(block.id, start, end, "conclusion", "structure:order to the drafters", named)]
    quotes = [m for m in _QUOTE.finditer(text) if len(m[1].split()) >= _LEAST_QUOTED]
    if quotes and paragraph.person != UNKNOWN:
        return _quoted(paragraph, start, end, quotes)
    if told and (told.author.name or told.author.organization) and told.start < len(text):
        return _said(block, start, start + told.start, end, end, told.author, told.asks)
    if paragraph.person == UNKNOWN:
        return [Stretch(block.id, start, end, "other", "structure:reporter's words")]
    behind = _attribution(text, code)
    if behind:
        return _said(block, start, start, start + behind, end, paragraph.person, "")
    if _goes_on(text, code):
        return _said(block, start, start, end, end, paragraph.person, "")
    return [Stretch(block.id, start, end, "other", "structure:reporter's words")]


def _said(block: Block, start: int, first: int, last: int, end: int, author: Author, asks: str) -> list[Stretch]:
    found = [Stretch(block.id, first, last, "speech", "structure:reported speech", author, asks=asks)]
    if first > start:
        found.insert(0, Stretch(block.id, start, first, "procedure", "structure:speaker"))
    return [*found, Stretch(block.id, last, end, "procedure", "structure:speaker")] if end > last else found


def _quoted(paragraph: _Paragraph, start: int, end: int, quotes: list[re.Match[str]]) -> list[Stretch]:
    """The quoted words as speech; what the sentence tells around them, too, if it asks."""
    found: list[Stretch] = []
    place = start
    for quote in quotes:
        first, last = start + quote.start(1), start + quote.end(1)
        found.append(Stretch(paragraph.block.id, place, first, "procedure", "structure:speaker"))
        zone: Zone = "note" if len(quote[1].split()) >= _SAID else "speech"  # a reporter quotes what matters
        found.append(Stretch(paragraph.block.id, first, last, zone, "structure:quotation", paragraph.person))
        place = last
    rest = Stretch(paragraph.block.id, place, end, "procedure", "structure:speaker")
    return [s for s in (*found, rest) if s.end > s.start]


def _named(text: str, code: str) -> Author:
    """The first person with an honorific or a body in ``text``, with what stands between commas or brackets behind."""
    start = persons.person_at(text, code)
    plain = _introduced(text, code)
    if plain != UNKNOWN and (start < 0 or start > len(plain.name)):
        return plain
    if start < 0:
        return UNKNOWN
    rest = text[start:]
    verb = lexicon.find(code, "speech.reporting", rest)
    return authors.parse(_apposition(rest[: verb.start] if verb else rest), code)


def _introduced(text: str, code: str) -> Author:
    """The person of "Anna Lindqvist, an adviser at River Watch, said …": a full name and what the person is."""
    name = persons.name_at(text, code)
    behind = re.match(r",\s+(?P<post>[^,.:;]{3,90}),", text[len(name) :])
    if not behind or len(name.split()) < _LEAST_NAME or lexicon.starts(code, "person.not_names", name):
        return UNKNOWN
    parsed = authors.parse(f"{name}, {_ARTICLE.sub('', behind['post'])}", code)
    is_post = parsed.title or parsed.organization
    return Author(name, parsed.title, parsed.organization) if is_post else UNKNOWN


def _apposition(text: str) -> str:
    """ "Mrs A, a farmer of B commune, lost …" without the verb: up to the second comma or the closing bracket."""
    bracket = re.match(r"[^,()]*\([^()]*\)", text)
    if bracket:
        return bracket[0]
    parts = text.split(",")
    return ",".join(parts[:2]) if len(parts) > 2 else parts[0].rstrip(" .")


def _attribution(text: str, code: str) -> int:
    """Where the words end that ", he said" or ", dit-elle" follows, or 0."""
    for comma in _COMMA.finditer(text):
        place = comma.end()
        pronoun = lexicon.starts(code, "speech.pronoun", text[place:])
        verb = pronoun and lexicon.starts(code, "speech.reporting", text[place + pronoun.end :].lstrip())
        if verb:
            return comma.start() + (text[comma.start()] != ",")
    inverted = _INVERTED.search(text) if code == "fr" else None
    return inverted.start() if inverted else 0


def _goes_on(text: str, code: str) -> bool:
    """ "She asked for …", "He would like …", or a plain request between sentences of a speaker."""
    if lexicon.starts(code, "speech.pronoun", text) is None:
        return kinds.judge(text, code).kind in ("request", "question")
    return _says_so(text, code)


def _says_so(text: str, code: str) -> bool:
    """A pronoun and its verb of speech or asking."""
    pronoun = lexicon.starts(code, "speech.pronoun", text)
    rest = text[pronoun.end :].lstrip() if pronoun else ""
    too = lexicon.starts(code, "speech.too", rest)
    rest = rest[too.end :].lstrip() if too else rest
    return any(
        lexicon.starts(code, name, rest) for name in ("speech.reporting", "speech.asking", "request.performative")
    )
