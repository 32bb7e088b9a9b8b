"""Opinions that people found where the program did not, and what they said is none.

An added opinion is an event like any other: its words under an id made of them and of who said them. Each run looks for
the words in the sources anew. Where they stand, the opinion is a quotation with its place; where they stand nowhere it
has no source, and says who added it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.decision import DecidedField, Event
from feedback_synth.datamodel.document import Document, Notice, Span
from feedback_synth.datamodel.opinion import Agreement, Author, Extraction, Opinion, Passage
from feedback_synth.errors import StoreError
from feedback_synth.languages import names
from feedback_synth.languages.detection import detect
from feedback_synth.languages.text import clean, match_key
from feedback_synth.store import events as log
from feedback_synth.store import verbatim

T = TypeVar("T", Opinion, Agreement)

PREFIX = "added/"
LEAST_WORDS = 3  # fewer are a remark beside the table, no opinion
_TELLING_WORDS = 6  # fewer stand in a source by chance, unless their author speaks there
_AUTHOR: tuple[DecidedField, ...] = ("author_name", "author_title", "author_organization")
_NOBODY = Author()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of an added opinion stand; ``taken`` is the opinion that has them already, "" for none."""

    source_id: str = ""
    spans: tuple[Span, ...] = ()
    author: Author = _NOBODY  # who speaks there, as far as what stands around tells
    taken: str = ""


def id_of(text: str, author: Author) -> str:
    """The id of an added opinion: the same words of the same person or body always have the same."""
    parts = [*verbatim.words(text), "", match_key(author.organization), names.key(author.name)]
    return PREFIX + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def is_opinion(text: str) -> bool:
    """Whether a text is long enough to be an opinion and not a mark."""
    return verbatim.count(text) >= LEAST_WORDS


def checked(text: str) -> str:
    """The words as they are kept. StoreError if they are too few."""
    if not is_opinion(text):
        raise StoreError("Give the words of the opinion, {least} or more.", least=LEAST_WORDS)
    return clean(text)


class Sources:
    """The sources and what was found in them, searched for the words of added opinions."""

    def __init__(
        self, documents: Iterable[Document], extractions: Iterable[Extraction], gone: Iterable[str] = ()
    ) -> None:
        """``gone`` are the ids of opinions that people said are none: their words are free."""
        self._documents = tuple(documents)
        self._gone = frozenset(gone)
        self._extractions = {e.source_id: e for e in extractions}
        self._words: dict[str, verbatim.Words] = {}

    def place(self, text: str, author: Author) -> Place:
        """Where ``text`` stands, best where ``author`` speaks; a ``Place`` without source where it stands nowhere."""
        found = [p for document in self._documents for p in self._in(text, author, document)]
        found = [p for p in found if verbatim.count(text) >= _TELLING_WORDS or p.taken or _agree(author, p.author)]
        return min(found, key=lambda p: (not p.taken, not _agree(author, p.author)), default=Place())

    def _in(self, text: str, author: Author, document: Document) -> Iterator[Place]:
        words = self._words.setdefault(document.id, verbatim.words_of(document))
        extraction = self._extractions.get(document.id)
        for spans in verbatim.find(text, document, words):
            others = [o for o in (extraction.opinions if extraction else ()) if self._has(o, spans)]
            mine = [o for o in others if _agree(author, o.author)]
            if mine:
                yield Place(document.id, spans, mine[0].author, mine[0].id)
            elif not others:
                yield Place(document.id, spans, _author_around(spans, extraction, document))

    def _has(self, opinion: Opinion, spans: Iterable[Span]) -> bool:
        return not opinion.added_by and opinion.id not in self._gone and _overlap(opinion, spans)


def added(events: Iterable[Event]) -> list[tuple[Event, Author]]:
    """The added opinions that count, each with the author people gave it."""
    kept = tuple(events)
    values = log.values(kept)
    found = []
    for (opinion_id, field), some in log.by_key(kept).items():
        first = log.heads(some)[0]
        if field == "added" and first.new:
            name, title, organization = (values.get((opinion_id, part), "") for part in _AUTHOR)
            found.append((first, Author(name, title, organization)))
    return found


def add(
    extractions: Sequence[Extraction], documents: Sequence[Document], events: Iterable[Event]
) -> tuple[tuple[Extraction, ...], tuple[Notice, ...]]:
    """The extractions with what people added: in its source where it stands in one, else in one without source.

    What the program finds by itself by now is left to it, with a notice.
    """
    events = tuple(events)
    sources = Sources(documents, extractions, _none(log.values(events)))
    by_id = {d.id: d for d in documents}
    placed: dict[str, list[Opinion]] = {}
    notices: list[Notice] = []
    for event, author in added(events):
        place = sources.place(event.new, author)
        if place.taken:
            notices.append(Notice("added_found", (("opinion", place.taken), ("reviewer", event.reviewer))))
            continue
        document = by_id.get(place.source_id)
        placed.setdefault(place.source_id, []).append(_opinion(event, author, place, document, documents))
    whole = [_with(e, placed.get(e.source_id, ()), by_id[e.source_id]) for e in extractions]
    loose = tuple(placed.get("", ()))
    return (*whole, *((Extraction("", (), loose, (), ()),) if loose else ())), tuple(notices)


def _opinion(
    event: Event, author: Author, place: Place, document: Document | None, documents: Sequence[Document]
) -> Opinion:
    around = document.language if document else (documents[0].language if documents else "vi")
    text = "\n".join(document.quote(span) for span in place.spans) if document else event.new
    author = author if _is_known(author) else place.author
    return Opinion(
        event.opinion_id, place.source_id, place.spans, text, author, detect(text, around), "other",
        added_by=event.reviewer,
    )  # fmt: skip


def told(analysis: Analysis) -> tuple[Notice, ...]:
    """What readers of the results should know: how many opinions people added, and how many they left out."""
    by_hand = [o for o in analysis.opinions if o.added_by]
    loose = [o for o in by_hand if not o.source_id]
    out = len(analysis.left_out)
    found = [Notice("opinions_added", (("count", str(len(by_hand))), ("loose", str(len(loose)))))] if by_hand else []
    return (*found, *([Notice("opinions_left_out", (("count", str(out)),))] if out else ()))


def _with(extraction: Extraction, more: Sequence[Opinion], document: Document) -> Extraction:
    """The extraction with further opinions at their places, and their passages as opinions."""
    if not more:
        return extraction
    order = {block.id: n for n, block in enumerate(document.blocks)}

    def place(opinion: Opinion) -> tuple[int, int]:
        return (order[opinion.spans[0].block_id], opinion.spans[0].start)

    spans = [span for opinion in more for span in opinion.spans]
    passages = tuple(p for passage in extraction.passages for p in _cut(passage, spans, document))
    return replace(extraction, passages=passages, opinions=tuple(sorted((*extraction.opinions, *more), key=place)))


def _cut(passage: Passage, spans: Iterable[Span], document: Document) -> Iterator[Passage]:
    """The passage in pieces: words that people called an opinion have that role, those beside them keep theirs."""
    here = passage.span
    inside = [s for s in spans if s.block_id == here.block_id and s.start < here.end and here.start < s.end]
    if not inside:
        yield passage
        return
    text = document.by_id[here.block_id].text
    bounds = [(max(s.start, here.start), min(s.end, here.end)) for s in sorted(inside, key=lambda s: s.start)]
    pieces, at = list[tuple[int, int, bool]](), here.start
    for start, end in bounds:
        if verbatim.count(text[at:start]):
            pieces.append((at, start, False))
            at = start
        pieces.append((at, end, True))
        at = end
    if verbatim.count(text[at : here.end]):
        pieces.append((at, here.end, False))
    else:
        pieces[-1] = (pieces[-1][0], here.end, True)
    for number, (start, end, said) in enumerate(pieces, start=1):
        id_ = passage.id if number == 1 else f"{passage.id}/s{number}"
        piece = replace(passage, id=id_, span=Span(here.block_id, start, end))
        yield replace(piece, role="opinion", evidence="decision") if said else piece


def leave_out(extractions: Iterable[Extraction], values: Mapping[log.Key, str]) -> tuple[Extraction, ...]:
    """The extractions without the opinions that people said are none; these are kept apart, their passages "other"."""
    found = tuple(extractions)
    gone = _none(values)
    return tuple(_without(extraction, gone) for extraction in found) if gone else found


def _none(values: Mapping[log.Key, str]) -> set[str]:
    """The ids of what people said is no opinion."""
    return {id_ for (id_, field), value in values.items() if field == "disposition" and value == "no_opinion"}


def _without(extraction: Extraction, gone: set[str]) -> Extraction:
    out = tuple(o for o in extraction.opinions if o.id in gone)
    stay = tuple(o for o in extraction.opinions if o.id not in gone)
    passages = tuple(
        replace(p, role="other", evidence="decision")
        if p.role == "opinion" and _holds(p, out) and not _holds(p, stay)
        else p
        for p in extraction.passages
    )
    return replace(
        extraction,
        passages=passages,
        opinions=tuple(_unsupported(o, gone) for o in stay),
        agreements=tuple(_unsupported(a, gone) for a in extraction.agreements),
        left_out=(*extraction.left_out, *out),
    )


def _unsupported(one: T, gone: set[str]) -> T:
    kept = tuple(id_ for id_ in one.supports if id_ not in gone)
    return one if kept == one.supports else replace(one, supports=kept)


def _holds(passage: Passage, opinions: Iterable[Opinion]) -> bool:
    return any(_overlap(o, (passage.span,)) for o in opinions)


def _overlap(opinion: Opinion, spans: Iterable[Span]) -> bool:
    return any(a.block_id == b.block_id and a.start < b.end and b.start < a.end for a in opinion.spans for b in spans)


def _author_around(spans: Sequence[Span], extraction: Extraction | None, document: Document) -> Author:
    """Who speaks at a place: who alone speaks in the source, or both before it and after it; else nobody known."""
    order = {block.id: n for n, block in enumerate(document.blocks)}
    here = (order[spans[0].block_id], spans[0].start)
    said = [(o.spans[0], o.author) for o in extraction.opinions] if extraction else []
    said += [(a.span, a.author) for a in extraction.agreements] if extraction else []
    placed = sorted(((order[s.block_id], s.start), a) for s, a in said)
    row = _row_of(spans[0], document)
    beside = [author for s, author in said if row and _row_of(s, document) == row]
    before = [a for at, a in placed if at < here][-1:]
    after = [a for at, a in placed if at > here][:1]
    everyone = {a for _, a in placed}
    if beside or len(everyone) == 1:
        return (beside or list(everyone))[0]
    return before[0] if before and before == after else Author()


def _row_of(span: Span, document: Document) -> tuple[int, int] | None:
    cell = document.by_id[span.block_id].cell
    return (cell.table, cell.row) if cell else None


def _is_known(author: Author) -> bool:
    return bool(author.name or author.organization)


def _agree(typed: Author, found: Author) -> bool:
    """Whether a person who was typed may be one who was found; nobody typed may be anybody, nobody found is nobody."""
    if not _is_known(typed):
        return True
    if typed.name and found.name:
        return names.same(typed.name, found.name)
    one, other = match_key(typed.organization), match_key(found.organization)
    return bool(one and other) and (one in other or other in one)
