"""Meetings of one body among themselves: who is called there by name alone is a member of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from feedback_synth.datamodel.document import Block, Document
from feedback_synth.opinions import layout, lexicon, organizations, table_headings
from feedback_synth.opinions.stretch import Stretch

_TOP = 8  # blocks in which minutes say who meets
_LEAST_NAMED = 2
_MOST_FROM_ELSEWHERE = 0.34  # share of those called by name who are given a body
_OF = re.compile(r"^(?:of the|of|de la|de l['’]|du|des|de|d['’]|của)\s*", re.IGNORECASE)
_END = re.compile(r"[,;:.(\n]|\s[-–—]\s|\s(?:on|held|about|le|sur|ngày|về|held on|du \d)\s")


def body(document: Document) -> str:
    """The body whose members meet, by the title ("Minutes of the board meeting of the A Union") or by the letterhead
    over it; "" for meetings of several bodies.
    """
    top = [b for b in document.blocks if b.kind not in layout.OUTSIDE and b.text.strip() and not b.cell][:_TOP]
    for n, block in enumerate(top):
        code = layout.language_of(block, document.language)
        cue = lexicon.find(code, "minutes.own_meeting", block.text)
        if cue:
            return _named(block.text[cue.end :], code) or _letterhead(top[:n], document.language)
    return ""


def _named(behind: str, code: str) -> str:
    """The body that the words behind "board meeting" name."""
    end = _END.search(behind)
    return table_headings.named(_OF.sub("", behind[: end.start() if end else None].strip()), code)


def _letterhead(lines: Sequence[Block], language: str) -> str:
    """The lowest body of the lines over the title: "PEOPLE'S COUNCIL OF A", below it "LEGAL COMMITTEE"."""
    for block in reversed(lines):
        for line in reversed(block.text.split("\n")):
            found = "" if ":" in line else table_headings.named(line, organizations.language_of(line, language))
            if found:
                return found
    return ""


def among_members(found: Sequence[Stretch], own: str) -> list[Stretch]:
    """The stretches with ``own`` as the body of those who are given none, where most speakers are given none."""
    said = [s for s in found if s.zone in ("speech", "note")]
    named = {s.author.name: s.author.organization for s in said if s.author.name}
    elsewhere = sum(bool(o) and organizations.identity(o) != organizations.identity(own) for o in named.values())
    if len(named) < _LEAST_NAMED or elsewhere > _MOST_FROM_ELSEWHERE * len(named):
        return list(found)
    return [_member(s, own) if s.zone in ("speech", "note") else s for s in found]


def _member(stretch: Stretch, own: str) -> Stretch:
    if stretch.author.organization:
        return stretch
    return replace(stretch, author=replace(stretch.author, organization=own))
