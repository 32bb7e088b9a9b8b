"""Boxes to tick in a form: ☐ ☒ ☑, [ ] [x], ( ) (x); which one somebody chose."""

from __future__ import annotations

import re

_TICKED = r"[☑☒✓✔■✗✘🗹]|\[\s?[xXvV✓✔]\s?\]|\(\s?[xX✓✔]\s?\)"
_EMPTY = r"[☐□❏❑▢]|\[\s*\]|\(\s*\)"
_BOX = re.compile(f"(?P<ticked>{_TICKED})|(?P<empty>{_EMPTY})")


def has(text: str) -> bool:
    """Whether a box stands in ``text``."""
    return _BOX.search(text) is not None


def count(text: str) -> int:
    """How many boxes stand in ``text``; several are a choice that was printed."""
    return len(_BOX.findall(text))


def emptied(text: str) -> str:
    """``text`` without its boxes, the same however it was filled in."""
    return _BOX.sub(" ", text)


def question(text: str) -> str:
    """The words before the first box and its choice: "Ý kiến chung: ☐ Đồng ý" -> "Ý kiến chung:"; "" without them."""
    first = _BOX.search(text)
    before = text[: first.start()].strip() if first else text.strip()
    end = max(before.rfind(":"), before.rfind("?")) + 1
    return before[:end] if end else (before if not _behind(text) else "")


def ticked(text: str) -> tuple[int, int] | None:
    """Where the ticked box stands with the words of its choice; None where none or several are ticked."""
    found = list(_BOX.finditer(text))
    chosen = [n for n, m in enumerate(found) if m["ticked"]]
    if len(chosen) != 1:
        return None
    number = chosen[0]
    if _behind(text):
        start = found[number - 1].end() if number else text.find(question(text)) + len(question(text))
        return start + len(text[start:]) - len(text[start:].lstrip(" ,;/")), found[number].end()
    end = found[number + 1].start() if number + 1 < len(found) else len(text)
    return found[number].start(), len(text[:end].rstrip(" ,;/"))


def _behind(text: str) -> bool:
    """Whether the boxes stand behind their choices ("Đồng ý ☐  Không đồng ý ☒")."""
    found = list(_BOX.finditer(text))
    return bool(found) and not text[found[-1].end() :].strip(" .;") and bool(text[: found[0].start()].strip(" :?"))
