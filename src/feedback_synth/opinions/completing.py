"""Authors known by name alone, completed with the body that another source of the same run tells for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from feedback_synth.datamodel.document import Document
from feedback_synth.datamodel.opinion import Author, Extraction
from feedback_synth.languages import names
from feedback_synth.languages.text import strip_marks
from feedback_synth.opinions import (
    authors,
    chat_places,
    chats,
    lexicon,
    organizations,
    persons,
    respondents,
    short_bodies,
)

_SAME = re.compile(r"\b(?:same|même|cùng)\b", re.IGNORECASE)  # "engineer, same network" names no body
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})[.!?]\s")
_LEAST_NAME = 2  # words; a given name alone may be of anybody
_BRACKETED = re.compile(r"\s*\(([^()]{2,120})\)")
_BESIDE = re.compile(r"\s*(?:[-–—]\s+|,\s*)([^;:\n()]{3,120})")
_TOLD_IN = ("attendance", "procedure")  # passages in which a dash or comma leads from a name to its body


@dataclass(frozen=True, slots=True)
class _Told:
    """The posts that the sources tell for one name: bodies and titles, by their keys, in the order of the sources."""

    bodies: dict[str, str]
    titles: dict[str, str]


def complete(documents: Sequence[Document], extractions: Sequence[Extraction]) -> tuple[Extraction, ...]:
    """The extractions with every author whom only a name is known of completed, where the sources agree on one body.

    ``extractions`` are those of ``documents``, in the same order. Only full names count.
    """
    extractions = _at_places(documents, _spelled_out(documents, extractions))
    said = [a for e in extractions for a in _authors(e)]
    lacking = {names.key(a.name): a.name for a in said if not a.organization and _is_full(a.name)}
    if not lacking:
        return tuple(extractions)
    told = {key: _Told({}, {}) for key in lacking}
    for author in said:
        _note(told, lacking, author)
    for document, extraction in zip(documents, extractions, strict=True):
        for author in _named(document, extraction, lacking.values()):
            _note(told, lacking, author)
    return tuple(_completed(e, told) for e in extractions)


def _spelled_out(documents: Sequence[Document], extractions: Sequence[Extraction]) -> Sequence[Extraction]:
    """The extractions with bodies of which notes give the initials alone under the name that a source writes out."""
    initials = dict.fromkeys(a.organization for e in extractions for a in _authors(e) if a.organization.isupper())
    full = short_bodies.spelled_out(initials, documents)
    if not full:
        return extractions

    def named(author: Author) -> Author:
        return replace(author, organization=full.get(author.organization, author.organization))

    return [_changed(e, named) for e in extractions]


def _at_places(documents: Sequence[Document], extractions: Sequence[Extraction]) -> Sequence[Extraction]:
    """The extractions of chats with the communes that stand behind the names there ("Loan Diêm Hải")."""
    talked = {e.source_id for e in extractions if any(p.evidence == chats.EVIDENCE for p in e.passages)}
    lone = {a.name for e in extractions if e.source_id in talked for a in _authors(e)}
    places = chat_places.named(documents, sorted(lone)) if lone else {}
    if not places:
        return extractions

    def placed(author: Author) -> Author:
        return chat_places.called_by_place(author, places)

    return [_changed(e, placed) if e.source_id in talked else e for e in extractions]


def _changed(extraction: Extraction, change: Callable[[Author], Author]) -> Extraction:
    return replace(
        extraction,
        opinions=tuple(replace(o, author=change(o.author)) for o in extraction.opinions),
        agreements=tuple(replace(a, author=change(a.author)) for a in extraction.agreements),
    )


def _authors(extraction: Extraction) -> Iterator[Author]:
    yield from (o.author for o in extraction.opinions)
    yield from (a.author for a in extraction.agreements)


def _is_full(name: str) -> bool:
    return len(names.key(name).split()) >= _LEAST_NAME


def _note(told: dict[str, _Told], lacking: dict[str, str], author: Author) -> None:
    """Keep what ``author`` tells of a name that lacks a body; a name is of the same person only when it is full."""
    if not author.organization or not _is_full(author.name):
        return
    for key, name in lacking.items():
        if names.same(name, author.name):
            told[key].bodies.setdefault(organizations.identity(author.organization), author.organization)
            if author.title:
                told[key].titles.setdefault(strip_marks(author.title), author.title)


def _named(document: Document, extraction: Extraction, lacking: Iterable[str]) -> Iterator[Author]:
    """Authors as the words of a source introduce them: "Name (body)" anywhere, "Name - title, body" in lists,
    a name beside its body in a table of people."""
    lists = {p.span.block_id for p in extraction.passages if p.role in _TOLD_IN}
    wanted = [(name, lexicon.fold_equal(name)) for name in lacking]
    yield from (a for a in respondents.listed(document) if a.name)
    for block in document.blocks:
        text = lexicon.fold_equal(block.text)
        for name, folded in wanted:
            for match in re.finditer(rf"(?<!\w){re.escape(folded)}(?!\w)", text):
                rest = block.text[match.end() :]
                beside = _BRACKETED.match(rest) or (_BESIDE.match(rest) if block.id in lists else None)
                if beside:
                    yield _introduced(name, beside[1], document.language)


def _introduced(name: str, words: str, language: str) -> Author:
    """The author ``name`` with the office and body that ``words`` hold, up to the next person of a list."""
    if _SAME.search(words):
        return Author()
    words = _SENTENCE_END.split(words, maxsplit=1)[0]
    code = organizations.language_of(words, language)
    parts: list[str] = []
    for part in re.split(r",\s*", words):
        if persons.honorific(part, code) and not lexicon.starts(code, "person.title", part):
            break  # the next person; "Phó Giám đốc" is an office
        parts.append(part)
    parsed = authors.parse(", ".join(parts), code) if parts else Author()  # "Đoàn" in a name is no body
    if parsed.name:
        parsed = authors.parse(f"{name}, {', '.join(parts)}", code)  # "Phó" in an office is a surname, too
    known = parsed.organization and lexicon.find(code, "request.performative", words) is None
    return Author(name, parsed.title, parsed.organization) if known else Author()


def _completed(extraction: Extraction, told: dict[str, _Told]) -> Extraction:
    return _changed(extraction, lambda author: _with_body(author, told))


def _with_body(author: Author, told: dict[str, _Told]) -> Author:
    known = told.get(names.key(author.name)) if author.name and not author.organization else None
    if known is None or len(known.bodies) != 1:
        return author
    (body,) = known.bodies.values()
    title = author.title or (next(iter(known.titles.values())) if len(known.titles) == 1 else "")
    return replace(author, title=title, organization=body)
