"""Meetings of neighbours: who speaks there is one of the hamlet or village whose people meet."""

from __future__ import annotations

import re
from dataclasses import replace

from feedback_synth.datamodel.document import Document
from feedback_synth.languages.text import strip_marks
from feedback_synth.opinions import lexicon, persons
from feedback_synth.opinions.stretch import Stretch

_LONGEST_CALL = 80  # characters of the words that call a neighbour
_LONGEST_PLACE = 4  # words of the name of a hamlet
_NUMBER = re.compile(r"(?:số\s*|no\.?\s*|n°\s*)?\d{1,3}\w?\b", re.IGNORECASE)  # "TỔ DÂN PHỐ SỐ 7"
_TITLE_BLOCKS = 3
_PAPERS = frozenset({"bien", "van"})


def community(document: Document) -> str:
    """The hamlet or village whose people meet, by the title ("HỌP DÂN ẤP THẠNH AN, XÃ …"), or ""."""
    code = document.language
    for block in document.blocks[:_TITLE_BLOCKS]:
        meets = lexicon.find(code, "minutes.community_meeting", block.text)
        for cue in lexicon.find_all(code, "person.hamlet", block.text) if meets else ():
            rest = block.text[cue.end :].lstrip()
            if _is_record(block.text[: cue.start]) or lexicon.starts(code, "minutes.community_meeting", rest):
                continue  # "BIÊN BẢN HỌP"
            number = _NUMBER.match(rest)
            if number:
                return f"{cue.words.lower()} {number[0].lower()}"
            name = persons.name_at(rest.title() if rest[:3].isupper() else rest, code)
            if name and len(name.split()) <= _LONGEST_PLACE:
                return f"{cue.words.lower()} {name}"
    return ""


def _is_record(before: str) -> bool:
    """Whether "bản" behind these words is a record or a paper, no hamlet ("biên bản", "văn bản")."""
    return before.split()[-1:] != [] and strip_marks(before.split()[-1]) in _PAPERS


def at_home(stretch: Stretch, community: str, text: str) -> Stretch:
    """Who speaks at a meeting of neighbours is one of them: for its women or veterans, for a small team of it, or for
    nobody else.
    """
    author = stretch.author
    if stretch.zone not in ("speech", "note") or not author.name:
        return stretch
    union = _union(text[: text.find(":")] if ":" in text[:_LONGEST_CALL] else "")
    if union:
        return replace(stretch, author=replace(author, organization=f"{union} {community}"))
    if not author.organization:
        above = lexicon.find("vi", "person.place", author.title)  # "PCT xã", "cán bộ phường" come from elsewhere
        return stretch if above else replace(stretch, author=replace(author, organization=community))
    if author.organization.endswith(community):
        return stretch
    if author.organization.islower() and lexicon.starts("vi", "person.team", author.organization):
        title = f"{author.title} {author.organization}".strip()
        return replace(stretch, author=replace(author, title=title, organization=community))
    return stretch


def _union(head: str) -> str:
    """The branch of a union that "bác A bên phụ nữ" speaks for: "Chi hội Phụ nữ", or ""."""
    side = lexicon.find("vi", "minutes.on_the_side_of", head)
    named = head[side.end :].strip(" ,.)").lower() if side else ""
    pairs = (line.split(" = ") for line in lexicon.words("vi", "minutes.unions"))
    return next((branch for words, branch in pairs if named == words), "")
