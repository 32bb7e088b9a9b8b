"""Names of WordprocessingML, and small questions about its elements."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

Element = Any  # lxml's own types are private

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_FALSE = frozenset({"0", "false", "off", "none"})


def value(parent: Element | None, *path: str) -> str | None:
    """``w:val`` of the child at ``path`` below ``parent``; None when a step is missing."""
    element = child(parent, *path)
    return None if element is None else element.get(W + "val")


@lru_cache(maxsize=1024)
def local(tag: str) -> str:
    """A tag without its namespace; "" for comments and processing instructions, whose tags are functions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(parent: Element | None, *path: str) -> Element | None:
    for step in path:
        if parent is None:
            return None
        parent = next(parent.iterchildren(W + step), None)  # half the time of find()
    return parent


def switch(properties: Element | None, name: str) -> bool | None:
    """A toggle such as ``w:b``: None when it is not set here."""
    element = child(properties, name)
    if element is None:
        return None
    return (element.get(W + "val") or "1").lower() not in _FALSE


def integer(text: str | None, default: int = 0) -> int:
    """A whole number as written in an attribute, ``default`` when it is none; within what a table or list can have."""
    try:
        return max(-1_000_000, min(1_000_000, int(float(text)))) if text else default
    except (ValueError, OverflowError):
        return default
