"""The tree of a draft under construction."""

from __future__ import annotations

from dataclasses import dataclass, field

from feedback_synth.drafts.lines import Line, TableBlocks
from feedback_synth.drafts.numbering import Enumerator


@dataclass(slots=True)
class Node:
    """A provision under construction: ``content`` holds its own lines, tables and children in order."""

    level: str
    number: str
    word: str = ""  # the word of a heading, "" for an enumerator
    style: str = ""  # the style of an enumerator, "" for a heading
    paren: str = ""
    parent: Node | None = None
    heading: list[tuple[Line, int]] = field(default_factory=list)
    content: list[tuple[Line, int] | TableBlocks | Node] = field(default_factory=list)
    rank: float = 0
    shown: str = ""  # the number as the draft writes it, where that differs
    children: list[Node] = field(default_factory=list)

    @property
    def own(self) -> list[tuple[Line, int]]:
        return [c for c in self.content if isinstance(c, tuple)]


@dataclass(slots=True)
class Outline:
    """What the builder found: the tree, the opening lines (title, bases), and what lies outside the provisions."""

    root: Node
    title: list[Line] = field(default_factory=list)
    preamble: list[Line] = field(default_factory=list)
    outside: list[Line | TableBlocks] = field(default_factory=list)
    gaps: list[tuple[Node, str]] = field(default_factory=list)  # (the node after the gap, the number before it)
    doubles: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shape:
    """What kind of text it is, seen from its headings."""

    has_articles: bool  # articles (or sections in their place) are what it is divided into
    sections_are_articles: bool
    bare_sections: bool  # sections have a number and a title but no word
    ranks: dict[str, float]  # of the heading words above articles, outermost lowest


_LADDER = ("article", "clause", "point", "subpoint", "indent")


def item_level(mark: Enumerator, parent: Node, in_article: bool) -> str:
    """The level of an item by its style and its parent's level."""
    if mark.style in ("dash", "plus"):
        return "indent"
    if in_article or parent.level in _LADDER[1:]:
        return _item_level_in_article(mark, parent)
    if mark.style in ("roman", "upper"):
        return "section" if parent.level in ("part", "section", "title", "chapter", "annex") else "part"
    if mark.style == "decimal":
        return "subsection"
    if mark.style == "arabic" or mark.style == "degree":
        signed = parent.style in ("roman", "upper")  # "1." below "II." is a section of a project, as below a part
        return "clause" if parent.level in ("section", "subsection") and not signed else "section"
    return "subpoint" if mark.style == "lower_roman" and parent.level == "point" else "point"


def _item_level_in_article(mark: Enumerator, parent: Node) -> str:
    below = _LADDER[min(len(_LADDER) - 1, _LADDER.index(parent.level) + 1)] if parent.level in _LADDER else "clause"
    if mark.style in ("roman", "upper") and parent.level == "article":
        return "section"
    if mark.style == "lower":
        return "point" if parent.level in ("article", "section", "clause") else below
    if mark.style == "lower_roman":
        return "subpoint" if parent.level == "point" else below
    if mark.style == "decimal":
        return "point" if parent.level == "clause" else below
    return below
