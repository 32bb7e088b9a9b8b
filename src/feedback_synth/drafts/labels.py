"""Labels ("Điều 3 khoản 2 điểm a"), ids ("art_3/cl_2/pt_a") and headings of the provisions of an outline."""

from __future__ import annotations

import re
from collections import Counter

from feedback_synth.drafts.outline import Node
from feedback_synth.languages.words import structure

_ABBREVIATIONS = {
    "preamble": "pre",
    "part": "part",
    "title": "tit",
    "chapter": "ch",
    "section": "sec",
    "subsection": "sub",
    "article": "art",
    "clause": "cl",
    "point": "pt",
    "subpoint": "sp",
    "indent": "in",
    "annex": "anx",
}
_NOT_IN_ID = re.compile(r"[^\w.-]+")
_NUMBERED_BY_SIGN = {"roman", "upper"}  # styles whose number needs no word: "III mục 2"


class Labels:
    """Names the nodes of one outline. Articles leave out their chapter unless their number occurs twice."""

    def __init__(self, root: Node, code: str) -> None:
        self.code = code
        self.words = structure(code)["levels"]
        numbers = Counter((_annex_of(n), n.number) for n in _walk(root) if n.level == "article" and not n.style)
        self.repeated = {key for key, count in numbers.items() if count > 1}
        self.used: Counter[str] = Counter()

    def name(self, node: Node, parent_label: str, parent_id: str) -> tuple[str, str]:
        """(label, id) of a node under a parent that has its own."""
        base_label, base_id = parent_label, parent_id
        if node.level == "article" and not node.style:
            annex = _annex(node)
            if (_annex_of(node), node.number) not in self.repeated:
                base_label, base_id = self._of_annex(annex)
        piece = self._piece(node)
        if self._replaces(node):
            base_label = base_label.rpartition(self._piece(node.parent))[0].strip()
        label = f"{base_label} {piece}".strip()
        name = f"{base_id}/{self._step(node)}".strip("/")
        self.used[name] += 1
        return label, name if self.used[name] == 1 else f"{name}~{self.used[name]}"

    def _of_annex(self, annex: Node | None) -> tuple[str, str]:
        return (self._piece(annex), self._step(annex)) if annex is not None else ("", "")

    def _piece(self, node: Node | None) -> str:
        """The node's own part of its label."""
        if node is None:
            return ""
        if node.word:
            return f"{self._heading_word(node)} {node.shown or node.number}".strip()
        by_sign = node.style in _NUMBERED_BY_SIGN and (self.code == "fr" or not _in_article(node))
        if node.level == "part" or by_sign:
            return node.number
        if node.style == "degree":
            number, blank, suffix = node.number.partition(" ")
            more = "°" if suffix[-1:].isdigit() else ""
            return f"{number}°{blank}{suffix}{more}"
        if node.style == "decimal":
            node_word = self.words[_owner_level(node)][0].lower()
            return f"{node_word} {node.number}"
        return f"{self.words[node.level][0].lower()} {node.number}"

    def _heading_word(self, node: Node) -> str:
        inside = node.level in ("section", "subsection") and node.parent is not None and bool(node.parent.level)
        return node.word.lower() if inside else node.word[:1].upper() + node.word[1:]

    def _replaces(self, node: Node) -> bool:
        """ "3.1" under "3" is named without its parent: "Phần III mục 3.1"."""
        parent = node.parent
        if node.level == "indent" and parent is not None and parent.level == "indent":
            return True
        return (
            node.style == "decimal"
            and parent is not None
            and parent.style in ("arabic", "decimal")
            and node.number.startswith(f"{parent.number}.")
        )

    def _step(self, node: Node | None) -> str:
        if node is None:
            return ""
        number = _NOT_IN_ID.sub("_", node.number)
        return f"{_ABBREVIATIONS[node.level]}_{number}" if number else _ABBREVIATIONS[node.level]


def _owner_level(node: Node) -> str:
    """A decimal is named by the word of the number it divides: "mục 3.1", "khoản 1.1"."""
    top = node
    while top.parent is not None and top.parent.style in ("arabic", "decimal") and top.style == "decimal":
        top = top.parent
    return "section" if top.style == "decimal" and top.level == "subsection" else top.level


def _in_article(node: Node) -> bool:
    current = node.parent
    while current is not None and current.level != "article":
        current = current.parent
    return current is not None


def _walk(node: Node) -> list[Node]:
    found, todo = [], [node]
    while todo:
        current = todo.pop()
        found.append(current)
        todo.extend(current.children)
    return found


def _annex(node: Node) -> Node | None:
    current: Node | None = node
    while current is not None and current.level != "annex":
        current = current.parent
    return current


def _annex_of(node: Node) -> int:
    annex = _annex(node)
    return id(annex) if annex is not None else 0
