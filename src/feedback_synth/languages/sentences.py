"""Where sentences end, in legal and administrative text."""

from __future__ import annotations

import re

from feedback_synth import languages

_END = re.compile(r"(?:[.!?…]+(?:\s?»)?[\"”’»)\]]*)(?=\s+\S)|\n+")
_OPENING = re.compile(r"[A-ZÀ-ỴĐ0-9\"“«(\[-]")
_ENUMERATOR = re.compile(r"(?:^|\s)(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]+|[a-zđ])[.)]$")
_NUMBER_WORDS = 3  # words of a number with its level, "Điều 5." or "Phần thứ II."


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text``, blanks between them left out; together they hold every other character."""
    abbreviations = languages.get(language).abbreviations
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if "\n" not in match[0]:
            before = text[start:end]
            last = before.split()[-1].lower() if before.split() else ""
            after = text[end:].lstrip()
            if last in abbreviations or _is_number(before) or not _OPENING.match(after):
                continue
        _append(spans, text, start, end)
        start = end
    _append(spans, text, start, len(text))
    return spans


def _is_number(before: str) -> bool:
    """Whether the full stop belongs to a number that opens the sentence ("2.", "Điều 5.") rather than closing it."""
    return len(before.split()) <= _NUMBER_WORDS and _ENUMERATOR.search(before) is not None


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    stretch = text[start:end]
    if stretch.strip():
        lead = len(stretch) - len(stretch.lstrip())
        spans.append((start + lead, start + len(stretch.rstrip())))
