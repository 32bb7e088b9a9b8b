"""Quotations that run over several lines: the new articles inside an article that amends another act."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from feedback_synth.drafts.lines import Line, TableBlocks

_CLOSING = {"“": "”", "«": "»", '"': '["”]', "„": "”"}
_LONGEST = 400  # lines
_MARK = re.compile('[“«"„]|``')
_OPENING = re.compile(r"(?:^|:)\s*([“«\"„])")


def end_of(lines: Sequence[Line | TableBlocks], place: int, text: str, goes_on: Callable[[str, str], bool]) -> int:
    """The index of the line that closes the quotation which ``text`` (of line ``place``) leaves open; else ``place``.

    Only a quotation that begins a line or follows a colon holds whole provisions; one that nothing closes is none, nor
    is one whose mark was forgotten: ``goes_on`` says of a line and the opening mark whether the draft itself goes on.
    """
    if not _MARK.search(text):
        return place
    text = _in_type(text)
    match = _OPENING.search(text)
    if not match:
        return place
    closing = _CLOSING[match[1]]
    text = text[match.start(1) :]
    if _closes(text[1:], closing, 1) or _balanced(text, match[1]):
        return place
    depth = _depth(text)
    repeated = False  # whether every paragraph of the quotation opens with the mark, as in American bills
    for index in range(place + 1, min(len(lines), place + _LONGEST)):
        line = lines[index]
        if isinstance(line, Line):
            if goes_on(line.text, match[1]):
                return place
            words = _in_type(line.text)
            again = words.startswith("“") and _depth(words) == 1
            repeated = repeated or again
            numbered = words[1:2] == "("  # ``(b) …''.
            if again or ((repeated or numbered) and re.search(r"^“.*”[\s.;,]*(?:and|or)?\s*$", words)):
                words = words[1:]
            if _closes(words, closing, depth):
                return index
            depth += _depth(words)
    return place


def _in_type(text: str) -> str:
    """Quotation marks as printed, where a text has them as typed: ``so''."""
    return text.replace("``", "“").replace("''", "”")


def _balanced(text: str, opening: str) -> bool:
    """Whether marks without nesting are all closed again: `"x" is replaced by "y".`"""
    if opening == '"':
        return sum(text.count(mark) for mark in '"“”') % 2 == 0
    return opening == "«" and text.count("«") == text.count("»")


def _depth(text: str) -> int:
    return text.count("“") - text.count("”")


def _closes(text: str, closing: str, depth: int) -> bool:
    """Whether ``text`` ends a quotation. Nested “…” are counted, ``depth`` are open before it; « stands before every
    paragraph and " has no direction, so these must end the line."""
    if closing == "”":
        return "”" in text and depth + _depth(text) <= 0
    return re.search(rf"{closing}\s*[.;,]*\s*$", text) is not None
