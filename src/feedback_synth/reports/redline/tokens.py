"""A paragraph as tokens: words, blanks and objects, each with its formatting and its earlier tracked changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml.etree import _Element as Element

from feedback_synth.reports.redline.marks import PLAIN, State, change, maker
from feedback_synth.reports.renderers._wordml import XML_SPACE, q, w

_WORD = re.compile(r"\d+(?:[.,]\d+)*%?|\w+|\s+|[^\w\s]")
_INSERTED = {q("ins"), q("moveTo")}
_DELETED = {q("del"), q("moveFrom")}
_TRANSPARENT = {q(n) for n in ("hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "dir", "bdo")}
_DROPPED = {
    q(n)
    for n in (
        "pPr", "rPr", "proofErr", "lastRenderedPageBreak", "sdtPr", "sdtEndPr", "smartTagPr", "moveFromRangeStart",
        "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "annotationRef",
    )
}  # fmt: skip
# What the new version carries along unchanged and nobody reads: it takes no part in the comparison.
_CARRIED = {
    q(n)
    for n in (
        "fldChar", "instrText", "delInstrText", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd",
        "commentReference", "permStart", "permEnd",
    )
}  # fmt: skip
_CARRIED_IN_RUN = {q(n) for n in ("fldChar", "instrText", "commentReference")}
_SPACES = {q("tab"): "\t", q("br"): "\n", q("cr"): "\n", q("noBreakHyphen"): "‑", q("softHyphen"): ""}

Digest = Callable[[Element], str]
"""What tells two objects (pictures, formulas) apart, by their content."""


@dataclass(frozen=True, slots=True)
class Token:
    """``key`` is compared; ``atom`` is the element of anything that is no text; ``carried`` is never compared."""

    key: str
    text: str
    format: Element | None
    state: State
    atom: Element | None = None
    carried: bool = False


def tokens(paragraph: Element, digest: Digest) -> list[Token]:
    """The tokens of a ``w:p`` in order."""
    return list(_walk(paragraph, PLAIN, digest))


def _walk(parent: Element, state: State, digest: Digest) -> Iterator[Token]:
    for child in parent:
        if child.tag == q("r"):
            yield from _run(child, state, digest)
        elif child.tag in _INSERTED:
            yield from _walk(child, State(maker(child), state.deleted), digest)
        elif child.tag in _DELETED:
            yield from _walk(child, State(state.inserted, maker(child)), digest)
        elif child.tag in _TRANSPARENT:
            yield from _walk(child, state, digest)
        elif child.tag in _CARRIED:
            yield Token("", "", None, PLAIN, child, carried=True)
        elif child.tag not in _DROPPED and isinstance(child.tag, str):
            yield Token(digest(child), "", None, state, child)


def _run(element: Element, state: State, digest: Digest) -> Iterator[Token]:
    format_ = element.find(q("rPr"))
    for child in element:
        if child.tag in (q("t"), q("delText")):
            for word in _WORD.findall(child.text or ""):
                yield Token(word, word, format_, state)
        elif child.tag in _CARRIED_IN_RUN:
            yield Token("", "", format_, PLAIN, child, carried=True)
        elif child.tag in _SPACES:
            yield Token(f"<{child.tag}>", _SPACES[child.tag], format_, state, child)
        elif child.tag not in _DROPPED and child.tag not in _CARRIED and isinstance(child.tag, str):
            yield Token(digest(child), "", format_, state, child)


def content(tokens_: list[Token]) -> list[Element]:
    """Runs for the tokens; neighbours of one format and one state share a run."""
    out: list[Element] = []
    at = 0
    while at < len(tokens_):
        end = at + 1
        while end < len(tokens_) and _share(tokens_[at], tokens_[end]):
            end += 1
        out.append(_wrapped(tokens_[at:end]))
        at = end
    return out


def _share(one: Token, other: Token) -> bool:
    return one.state == other.state and one.format is other.format and not (_lone(one) or _lone(other))


def _lone(token: Token) -> bool:
    """It stands in an element of its own."""
    return token.atom is not None and token.atom.tag not in _SPACES


def _wrapped(group: list[Token]) -> Element:
    first = group[0]
    element = _element(group)
    if first.carried:
        return element
    if first.state.deleted:
        element = change("del", first.state.deleted, element)
    if first.state.inserted:
        element = change("ins", first.state.inserted, element)
    return element


def _element(group: list[Token]) -> Element:
    """One run for the group; what Word keeps beside runs (bookmarks, formulas) as it is."""
    first = group[0]
    if first.atom is not None and _lone(first):
        copy = deepcopy(first.atom)
        copy.tail = None
        if first.carried and first.atom.tag not in _CARRIED_IN_RUN:
            return copy
        if not first.carried and first.format is None and _beside_runs(first.atom):
            return copy
        return w("r", _copied(first.format), copy)
    run = w("r", _copied(first.format))
    words = ""
    for token in group:
        if token.atom is None:
            words += token.text
            continue
        _append_text(run, words, deleted=bool(first.state.deleted))
        words = ""
        space = deepcopy(token.atom)
        space.tail = None
        run.append(space)
    _append_text(run, words, deleted=bool(first.state.deleted))
    return run


def _beside_runs(atom: Element) -> bool:
    """It came from beside the runs of its paragraph, such as a formula."""
    parent = atom.getparent()
    return parent is not None and parent.tag != q("r")


def _copied(format_: Element | None) -> Element | None:
    """A run's properties without the record of an earlier change of format and without marks."""
    if format_ is None:
        return None
    copy = deepcopy(format_)
    copy.tail = None
    for name in ("rPrChange", "ins", "del", "moveFrom", "moveTo"):
        for element in copy.findall(q(name)):
            copy.remove(element)
    return copy


def _append_text(run: Element, words: str, *, deleted: bool) -> None:
    if words:
        piece = w("delText" if deleted else "t")
        piece.text = words
        piece.set(XML_SPACE, "preserve")
        run.append(piece)
