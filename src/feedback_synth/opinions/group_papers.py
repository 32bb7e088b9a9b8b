"""Papers of one working group ("KẾT QUẢ THẢO LUẬN TỔ 3", "Group B: our sheets"): whose words they are, its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import asides, authors, kinds, layout, lexicon, persons, working_groups
from feedback_synth.opinions.stretch import UNKNOWN, Stretch

_POINT = re.compile(r"\s*(?:[-–+•*▪>]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\))\s+")
_ENDS = re.compile(r"\s*(?:$|[\"“”»:;,.()\n]|[-–—]\s)")
_FIGURES = re.compile(r"(?:table|bàn)\b", re.IGNORECASE)  # a table of figures has a number, too
_COLON = re.compile(r"\s?:\s+")
_TITLE_LINES = 4
_LONGEST = 14  # words of a title or of a heading
_LEAST_POINTS = 3
_LEAST_SAID = 5  # words of a point, its mark included


def group(document: Document) -> str:
    """The one group whose points a paper lists, by the title over them; "" where others are named or nobody is."""
    shown = [b for b in document.blocks if b.kind not in layout.OUTSIDE and not b.cell and b.text.strip()]
    points = [n for n, b in enumerate(shown) if _is_point(b)]
    if len(points) < _LEAST_POINTS:
        return ""
    named = [_named(b.text, document.language) for b in shown[: min(_TITLE_LINES, points[0])]]
    own = next((name for name in named if name), "")
    others = (_named(b.text, document.language) for b in shown)
    return own if own and all(name.lower() in ("", own.lower()) for name in others) else ""


def of_group(found: Sequence[Stretch], document: Document, own: str) -> list[Stretch]:
    """The stretches of such a paper: what nobody else says is said by the group; headings over points say nothing, and
    under one that praises, only requests and consent are opinions.
    """
    points = {b.id for b in document.blocks if _is_point(b)}
    heads = _headings(document, points)
    made: list[Stretch] = []
    begun = praised = False
    for stretch in found:
        text = document.by_id[stretch.block_id].text
        code = layout.language_of(document.by_id[stretch.block_id], document.language)
        begun = begun or stretch.block_id in points or stretch.block_id in heads
        if stretch.block_id in heads:
            praised = lexicon.find(code, "minutes.praise_heading", text) is not None
        made += _part(stretch, text, code, own, said=begun and stretch.block_id not in heads, praised=praised)
    return made


def _part(stretch: Stretch, text: str, code: str, own: str, *, said: bool, praised: bool) -> list[Stretch]:
    if stretch.zone not in ("speech", "note"):
        return [stretch]
    neutral = praised and kinds.judge(text[stretch.start : stretch.end], code).kind == "neutral"
    if not said or neutral or asides.is_aside(text, code):
        return [replace(stretch, zone="procedure", evidence="structure:paper of a working group")]
    listed = _POINT.match(text) is not None and len(text.split()) >= _LEAST_SAID and not praised
    stretch = replace(stretch, zone="note") if listed else stretch
    author = stretch.author
    if author not in (UNKNOWN, Author("", "", own)):
        return [stretch if author.organization else replace(stretch, author=replace(author, organization=own))]
    alone = _alone(text, stretch, code)
    start = alone[0] if alone else stretch.start
    one = replace(alone[1], organization=alone[1].organization or own) if alone else Author("", "", own)
    head = [replace(stretch, end=start, zone="procedure", evidence="structure:speaker line")] if alone else []
    return [*head, replace(stretch, start=start, author=one)]


def _alone(text: str, stretch: Stretch, code: str) -> tuple[int, Author] | None:
    """Where the words begin, and whose they are, of a point that one member alone makes ("only Mr Tan: …")."""
    mark = _POINT.match(text, stretch.start)
    start = mark.end() if mark else stretch.start
    cue = lexicon.starts(code, "person.alone", text[start:])
    colon = _COLON.search(text, start)
    head = text[start + (cue.end if cue else 0) : colon.start()].strip(" ,") if colon else ""
    if not head or colon is None or len(head.split()) > _LONGEST or not persons.honorific(head, code):
        return None
    author = authors.parse(head, code)
    return (colon.end(), author) if author.name else None


def _headings(document: Document, points: set[str]) -> set[str]:
    """The short lines over points that no full stop closes ("Tờ 2: Chưa ổn, cần sửa")."""
    shown = [b for b in document.blocks if b.kind not in layout.OUTSIDE and b.text.strip()]
    found: set[str] = set()
    for n, block in enumerate(shown[:-1]):
        if _named(block.text, document.language):
            continue
        short = len(block.text.split()) <= _LONGEST and not block.text.rstrip().endswith((".", ";", ",", "?", "!"))
        over = shown[n + 1].id in points or block.bold or block.kind == "heading"
        if short and over and block.id not in points:
            found.add(block.id)
    return found


def _is_point(block: Block) -> bool:
    return block.cell is None and (block.kind == "list_item" or _POINT.match(block.text) is not None)


def named_in(text: str, code: str, language: str) -> list[lexicon.Cue]:
    """The words for a group; those of another language than the text's only with their marks: "to" is no "tổ"."""
    cues = lexicon.find_all(code, "person.working_group", text)
    return [c for c in cues if code == language or c.words.lower() in lexicon.words(code, "person.working_group")]


def _named(text: str, language: str) -> str:
    """The group with its number that a short line names ("KẾT QUẢ THẢO LUẬN TỔ 3" -> "Tổ 3"), or ""."""
    if len(text.split()) > _LONGEST or text.rstrip().endswith((".", ";", "?", "!")) or _POINT.match(text):
        return ""
    for code in dict.fromkeys((language, *languages.codes())):
        for cue in named_in(text, code, language):
            number = working_groups.NUMBER.match(text, cue.end)
            if number and _ENDS.match(text[number.end() :]) and not _FIGURES.match(cue.words):
                words = text[cue.start : cue.end]
                named = words.lower() if words.isupper() else words
                return f"{named[0].upper()}{named[1:]}{text[cue.end : number.end()]}"
    return ""
