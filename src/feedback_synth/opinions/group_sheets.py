"""Sheets of working groups, typed up: headings that name a group ("Chart 2 - blue table "Water""), its points below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import asking, group_papers, layout, lexicon, working_groups
from feedback_synth.opinions.stretch import UNKNOWN, Stretch, whole

_POINT = re.compile(r"\s*(?:[-–+•*▪>]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\))\s")
_BEHIND = re.compile(r"\s+(?P<words>[^\W\d_]\S*(?:\s[^\W\d_]\S*){0,2}?)(?=\s*(?:$|[\"“«:;,(]|\s[-–—]\s))")
_BEFORE = re.compile(r"(?:^|[-–—:.)]\s+)(?P<words>[^\W\d_][\w'’-]*)\s$")  # "… - blue ", right before "table"
_OPENS = re.compile(r"^$|[-–—:.)]\s+$")
_ENDS = re.compile(r"^\s*(?:$|[\"“«:;,(]|[-–—]\s)")
_TABLE = re.compile(r"(?:table|bàn)\b", re.IGNORECASE)  # a table of figures has a number, too
_SHEET = re.compile(
    r"[^\W\d_]{3,}(?:[\s-][^\W\d_]+){0,3}\s(?:n[o°]\s?|số\s)?\d{1,2}\s*[-–—:]\s", re.IGNORECASE
)  # "Chart 2 - "
_LONGEST = 24  # words of a heading, with who leads the group on the same line
_LONGEST_FRAME = 3  # lines between a heading and the first point
_LEAST_GROUPS = 2


def are_sheets(document: Document) -> bool:
    """Whether two groups or more have a heading of their own over a list of points, and none a rapporteur."""
    blocks = _shown(document)
    code = document.language
    headed = {
        group
        for n, b in enumerate(blocks)
        if (group := _group(b, code))
        and _is_listed(blocks[n + 1 : n + 2 + _LONGEST_FRAME])
        and _is_sure(group, blocks[n : n + 1 + _LONGEST_FRAME], code)
    }
    return len(headed) >= _LEAST_GROUPS and not any(_reports(b, code) for b in blocks)


def stretches(document: Document) -> list[Stretch]:
    """The points as what their group says; headings, who led the group and how the session went are procedure."""
    found: list[Stretch] = []
    author = UNKNOWN
    for block in document.blocks:
        if block.kind in layout.OUTSIDE:
            found += whole(block.id, block.text, "other", f"structure:{block.kind}")
            continue
        code = layout.language_of(block, document.language)
        group = _group(block, document.language)
        author = Author("", "", group) if group else author
        if group or author == UNKNOWN or not _is_point(block) or _only_talked(block.text, code):
            found += whole(block.id, block.text, "procedure", "structure:sheet of a working group")
        else:
            said = "structure:point of a working group"
            found.append(Stretch(block.id, 0, len(block.text), "speech", said, author))
    return found


def _shown(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.kind not in layout.OUTSIDE and b.text.strip()]


def _is_point(block: Block) -> bool:
    return block.kind == "list_item" or _POINT.match(block.text) is not None


def _is_listed(below: Sequence[Block]) -> bool:
    """Whether points stand below a heading, who leads the group and how it began between them at most."""
    return any(_is_point(b) for b in below)


def _is_sure(group: str, lines: Sequence[Block], language: str) -> bool:
    """Whether a heading is no topic ("Cost table", "Nhóm chỉ tiêu"): the group has a colour or number, its sheet has
    one, or the line below says who leads it.
    """
    codes = dict.fromkeys((language, *languages.codes()))
    coloured = any(lexicon.find(code, "person.group_colour", group) for code in codes)
    figures = _TABLE.match(group) is not None
    numbered = working_groups.NUMBER.search(group) is not None or _SHEET.match(lines[0].text) is not None
    frame = [b.text for b in lines[1:] if not _is_point(b)]
    led = any(lexicon.starts(code, f"person.{n}", t) for code in codes for n in ("host", "moderator") for t in frame)
    return coloured or led or (numbered and not figures)


def _reports(block: Block, language: str) -> bool:
    head = working_groups.head(block.text, layout.language_of(block, language))
    return head is not None and head.rapporteur != UNKNOWN


def _only_talked(text: str, code: str) -> bool:
    """ "long talk about the bus station, parked": a point of which nothing came."""
    point = _POINT.match(text)
    said = text[point.end() if point else 0 :]
    return lexicon.starts(code, "minutes.talked", said) is not None and not asking.strong_request(said, code)


def _group(block: Block, language: str) -> str:
    """The group that a heading names ("Blue table", "Nhóm vàng", "Group 2"), or ""."""
    text = block.text.strip()
    if block.cell or len(text.split()) > _LONGEST or text.endswith((".", ";", "?", "!")):
        return ""
    if block.kind != "heading" and _is_point(block):
        return ""
    for code in dict.fromkeys((layout.language_of(block, language), language, *languages.codes())):
        named = [_named(text, cue, code) for cue in group_papers.named_in(text, code, language)]
        best = next((n for n in named if n and not working_groups.NUMBER.search(n)), "") or next(
            (n for n in named if n), ""
        )
        if best:
            return best[0].upper() + best[1:]
    return ""


def _named(text: str, cue: lexicon.Cue, code: str) -> str:
    """The name around a word for a group: with the word before it (English) or behind it, or with its number."""
    stop = languages.get(code).stop_words
    number = working_groups.NUMBER.match(text, cue.end)
    if number and _OPENS.search(text[: cue.start]) and _ENDS.match(text[number.end() :]):
        return text[cue.start : number.end()]
    if code == "en":
        before = _BEFORE.search(text[: cue.start])
        called = before and before["words"].lower() not in stop and _ENDS.match(text[cue.end :])
        return text[before.start("words") : cue.end] if before and called else ""
    behind = _BEHIND.match(text, cue.end)
    proper = behind and _OPENS.search(text[: cue.start]) and behind["words"].split()[0].lower() not in stop
    return text[cue.start : behind.end("words")] if behind and proper else ""
