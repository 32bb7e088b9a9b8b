"""Letters that pass on the opinions of several bodies: headings that name one, above or before its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feedback_synth.datamodel.document import Block
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.text import strip_marks
from feedback_synth.opinions import authors, layout, lexicon, turns

_TOP = 14  # blocks in which a letter says that it passes opinions on
_NUMBER = re.compile(
    r"\s*(?:(?P<figures>\d{1,2}(?:\.\d{1,2})*)[.)/]?|(?P<roman>[IVX]+)[.)/]|(?P<letter>[a-zđ])[.)]|(?P<mark>[-–+•*]))\s+"
)
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")  # "(Văn bản số 12/…)"
_OPINIONS_OF = r"^{letter.opinions}.*?\s{letter.of}\s*(.+)$"  # "Ý kiến của Sở Tài chính"
_LEVELS = {"roman": 0, "letter": 8, "mark": 9}
_LONGEST_HEAD = 140  # characters
_LONGEST = 14  # words


@dataclass(slots=True)
class Speaker:
    """Who speaks at a place of a letter: its sender, or the body that the last heading names."""

    sender: Author
    passes_on: bool
    author: Author
    level: int = 0

    def opens(self, block: Block, code: str) -> int | None:
        """Take in a heading: how many characters of the block name a body, None for words of the one who speaks."""
        if not self.passes_on:
            return None
        level = level_of(block)
        head, start = _head(block.text)
        body = opinions_of(head, code) or _body(head, code)
        named = level is not None or block.bold
        if body and named and (start == len(block.text) or level is not None):
            own = _same(body, self.sender.organization)
            self.author, self.level = (self.sender if own else Author("", "", body)), level or 0
            return start
        if self.author != self.sender and layout.is_heading(block) and (level or 0) <= self.level:
            self.author = self.sender
        return None


def speaker(blocks: Sequence[Block], language: str, sender: Author) -> Speaker:
    """The speaker at the head of a letter; ``passes_on`` if its first lines say that it gathers opinions of others."""
    top = [b for b in blocks[:_TOP] if b.kind not in layout.OUTSIDE or b.text.lower().startswith("subject")]
    gathers = any(lexicon.find(layout.language_of(b, language), "letter.gathering", b.text) for b in top)
    return Speaker(sender, gathers, sender)


def level_of(block: Block) -> int | None:
    """How deep the number of a heading is: 0 for "II.", 1 for "2.", 2 for "2.1."; None without a number."""
    match = _NUMBER.match(f"{block.number} {block.text}" if block.number else block.text)
    if match is None:
        return None
    if match["figures"]:
        return match["figures"].count(".") + 1
    return next(depth for name, depth in _LEVELS.items() if match[name])


def opinions_of(heading: str, code: str) -> str:
    """The body whose opinions a heading announces ("Ý kiến của Sở Tài chính"), or ""."""
    named = announced(heading)
    return authors.parse(named, code).organization if turns.is_body(named, code) else ""


def announced(heading: str) -> str:
    """Whose opinions a heading announces, in its words ("Ý kiến của Sở Tài chính" -> "Sở Tài chính"), or ""."""
    match = lexicon.filled(_OPINIONS_OF).match(heading)
    words = match[1] if match else ""
    return words.capitalize() if words.isupper() else words


def _head(text: str) -> tuple[str, int]:
    """The words of a heading without number and bracket, and where it ends: at its colon or with the text."""
    number = _NUMBER.match(text)
    start = number.end() if number else 0
    colon = re.search(r"\s?:(?:\s+|$)", text[:_LONGEST_HEAD])
    end = colon.end() if colon else len(text)
    head = text[start : colon.start() if colon else end]
    return _BRACKET.sub("", head).strip(" .;"), end


def _body(head: str, code: str) -> str:
    if not head or len(head.split()) > _LONGEST or not turns.is_body(head, code):
        return ""
    said = any(lexicon.find(code, name, head) for name in ("request.performative", "agreement.full", "draft.words"))
    author = Author() if said else authors.parse(head, code)
    return "" if author.name or author.title else author.organization


def _same(one: str, other: str) -> bool:
    a, b = strip_marks(one), strip_marks(other)
    return bool(a and b) and (a in b or b in a)
