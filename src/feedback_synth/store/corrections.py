"""People's corrections of what the machine found, put onto a new run: split, merge, author, group, provision.

They are kept by the opinion's stable id. ``reshape`` comes before the analysis, so that new pieces are sorted and
linked like any other; ``override`` comes after it. What fits nothing any more is reported, never dropped in silence.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from feedback_synth.datamodel.analysis import Analysis, Assignment, Link
from feedback_synth.datamodel.document import Document, Notice, Span
from feedback_synth.datamodel.draft import Draft
from feedback_synth.datamodel.opinion import Extraction, Opinion
from feedback_synth.store.events import Key
from feedback_synth.store.places import find

_BLANK = " \n;,"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an opinion's text, and the words of its source behind it."""

    start: int
    span: Span


def reshape(
    extractions: Sequence[Extraction], documents: Sequence[Document], values: Mapping[Key, str]
) -> tuple[tuple[Extraction, ...], tuple[Notice, ...]]:
    """The extractions with their opinions merged, split and credited as people decided."""
    by_id = {d.id: d for d in documents}
    notices: list[Notice] = []
    found = []
    for extraction in extractions:
        if not extraction.source_id:
            found.append(replace(extraction, opinions=tuple(_credit(o, values) for o in extraction.opinions)))
            continue
        opinions = list(extraction.opinions)
        opinions = _merge_all(opinions, by_id[extraction.source_id], values, notices)
        opinions = [p for o in opinions for p in _split(o, by_id[o.source_id], values, notices)]
        found.append(replace(extraction, opinions=tuple(_credit(o, values) for o in opinions)))
    return tuple(found), tuple(notices)


def override(analysis: Analysis, values: Mapping[Key, str]) -> tuple[Analysis, tuple[Notice, ...]]:
    """The analysis with groups and links as people decided."""
    known = {o.id for o in analysis.opinions}
    groups = {id_: value for (id_, field), value in values.items() if field == "group" and value and id_ in known}
    places = {id_: value for (id_, field), value in values.items() if field == "provision" and value and id_ in known}
    notices: list[Notice] = []
    links = [link for link in analysis.links if link.opinion_id not in places]
    for opinion_id, words in places.items():
        found, unknown = _links(opinion_id, words, analysis.drafts)
        notices += [Notice("correction_no_provision", (("opinion", opinion_id), ("text", part))) for part in unknown]
        links += found or [link for link in analysis.links if link.opinion_id == opinion_id]
    order = {o.id: n for n, o in enumerate(analysis.opinions)}
    links.sort(key=lambda link: order.get(link.opinion_id, len(order)))
    return replace(analysis, assignments=_assignments(analysis, groups), links=tuple(links)), tuple(notices)


def _assignments(analysis: Analysis, groups: Mapping[str, str]) -> tuple[Assignment, ...]:
    found = {a.opinion_id: a for a in analysis.assignments}
    for opinion_id, group in groups.items():
        before = found.get(opinion_id, Assignment(opinion_id, group))
        secondary = tuple(g for g in before.secondary if g != group)
        found[opinion_id] = replace(
            before, group=group, secondary=secondary, needs_review=False, evidence=("decision",)
        )
    return tuple(found.values())


def _links(opinion_id: str, words: str, drafts: Sequence[Draft]) -> tuple[list[Link], list[str]]:
    places, unknown = find(words, drafts)
    return [Link(opinion_id, d.kind, p.id, p.label, True, 1.0, "decision") for d, p in places], unknown


def _credit(opinion: Opinion, values: Mapping[Key, str]) -> Opinion:
    author = opinion.author
    author = replace(
        author,
        name=values.get((opinion.id, "author_name")) or author.name,
        title=values.get((opinion.id, "author_title")) or author.title,
        organization=values.get((opinion.id, "author_organization")) or author.organization,
    )
    return replace(opinion, author=author)


def _merge_all(
    opinions: list[Opinion], document: Document, values: Mapping[Key, str], notices: list[Notice]
) -> list[Opinion]:
    by_id = {o.id: o for o in opinions}
    gone: dict[str, str] = {}
    for opinion in opinions:
        ids = list_of(values.get((opinion.id, "merge"), ""), str)
        others = [by_id[i] for i in ids if i in by_id and i != opinion.id and i not in gone]
        if opinion.id in gone or not ids:
            continue
        if len(others) < len(ids):
            notices.append(Notice("correction_stale", (("opinion", opinion.id), ("what", "merge"))))
        by_id[opinion.id] = joined([opinion, *others], document)
        gone.update({o.id: opinion.id for o in others})
    return [_sided(by_id[o.id], gone) for o in opinions if o.id not in gone]


def _sided(opinion: Opinion, gone: Mapping[str, str]) -> Opinion:
    """Support for an opinion that was merged goes to the one it was merged into."""
    supports = tuple(dict.fromkeys(gone.get(i, i) for i in opinion.supports))
    return replace(opinion, supports=tuple(i for i in supports if i != opinion.id))


def joined(parts: Sequence[Opinion], document: Document) -> Opinion:
    """One opinion with the words of all, in the order of the source; stretches of one block become one."""
    order = {block.id: n for n, block in enumerate(document.blocks)}
    by_block: dict[str, Span] = {}
    for span in sorted((s for o in parts for s in o.spans), key=lambda s: (order[s.block_id], s.start)):
        before = by_block.get(span.block_id, span)
        by_block[span.block_id] = replace(before, end=max(before.end, span.end))
    spans = tuple(by_block.values())
    return replace(
        parts[0],
        spans=spans,
        text="\n".join(document.quote(span) for span in spans),
        places=tuple(dict.fromkeys(p for o in parts for p in o.places)),
        edits=tuple(dict.fromkeys(e for o in parts for e in o.edits)),
        supports=tuple(dict.fromkeys(i for o in parts for i in o.supports)),
    )


def _split(
    opinion: Opinion, document: Document, values: Mapping[Key, str], notices: list[Notice]
) -> tuple[Opinion, ...]:
    """The pieces of an opinion; the first keeps its id, the others are "<id>/s2", "<id>/s3" …"""
    cuts = sorted(set(list_of(values.get((opinion.id, "split"), ""), int)))
    if not cuts:
        return (opinion,)
    pieces = _pieces(opinion, document)
    bounds = [0, *cuts, len(opinion.text)]
    parts = [_cut(opinion.text, pieces, a, b) for a, b in itertools.pairwise(bounds)]
    if not all(parts):
        notices.append(Notice("correction_stale", (("opinion", opinion.id), ("what", "split"))))
        return (opinion,)
    return tuple(_part(opinion, n, spans, document) for n, spans in enumerate(parts, start=1))


def _part(opinion: Opinion, number: int, spans: tuple[Span, ...], document: Document) -> Opinion:
    text = "\n".join(document.quote(span) for span in spans)
    return replace(
        opinion,
        id=opinion.id if number == 1 else f"{opinion.id}/s{number}",
        spans=spans,
        text=text,
        edits=tuple(e for e in opinion.edits if (e.new or e.old) in text),
    )


def _pieces(opinion: Opinion, document: Document) -> list[Piece]:
    """Where the words of each span stand in the opinion's text; empty if they do not (the source was read anew)."""
    pieces: list[Piece] = []
    position = 0
    for span in opinion.spans:
        words = document.quote(span)
        start = opinion.text.find(words, position)
        if start < 0:
            return []
        pieces.append(Piece(start, span))
        position = start + len(words)
    return pieces


def _cut(text: str, pieces: Sequence[Piece], start: int, end: int) -> tuple[Span, ...]:
    """The spans behind ``text[start:end]`` without blanks and list marks at the ends; () if nothing is left."""
    found = []
    for piece in pieces:
        length = piece.span.end - piece.span.start
        a, b = max(start, piece.start), min(end, piece.start + length)
        while a < b and text[a] in _BLANK:
            a += 1
        while a < b and text[b - 1] in _BLANK:
            b -= 1
        if a < b:
            shift = piece.span.start - piece.start
            found.append(Span(piece.span.block_id, a + shift, b + shift))
    return tuple(found)


def list_of(value: str, kind: type[Any]) -> list[Any]:
    """The JSON list in ``value``, or [] where it is none of that kind of items."""
    try:
        found = json.loads(value or "[]")
    except json.JSONDecodeError:
        return []
    return [item for item in found if isinstance(item, kind)] if isinstance(found, list) else []
