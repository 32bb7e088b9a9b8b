"""Who inserted or deleted what: the marks of tracked changes, and how those of two versions go together."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import _Element as Element

from feedback_synth.reports.renderers._wordml import q, w


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a change; ``date`` as Word stores it, or ""."""

    author: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Of a stretch of text, a paragraph mark or a table row: inserted by somebody, deleted by somebody, both, neither.

    Accepting everything keeps what is not deleted; rejecting everything keeps what is not inserted.
    """

    inserted: Maker | None = None
    deleted: Maker | None = None


PLAIN = State()


def maker(element: Element) -> Maker:
    return Maker(element.get(q("author")) or "", element.get(q("date")) or "")


def joined(old: State | None, new: State | None, own: Maker) -> State:
    """The state that reads as ``old`` when everything is rejected and as ``new`` when everything is accepted.

    None is a side where the stretch does not exist. Earlier makers keep their changes; the rest is ``own``.
    """
    if old is None:
        return new if new and new.inserted else State(own, new.deleted if new else None)
    if new is None:
        return State(old.inserted, old.deleted or own)
    return State(old.inserted, new.deleted)


def change(name: str, by: Maker, *children: Element) -> Element:
    """``w:ins`` or ``w:del``; its id is given when the document is complete."""
    element = w(name, *children, id=0, author=by.author)
    if by.date:
        element.set(q("date"), by.date)
    return element


def mark_elements(state: State) -> list[Element]:
    """The elements that stand in the properties of a paragraph mark or a row."""
    found = []
    if state.inserted:
        found.append(change("ins", state.inserted))
    if state.deleted:
        found.append(change("del", state.deleted))
    return found
