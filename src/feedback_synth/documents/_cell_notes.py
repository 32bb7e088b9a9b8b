"""Notes on the cells of a sheet: who wrote one."""

from __future__ import annotations

import re

_FIRST_LINE = re.compile(r"\s*(?P<name>[^\W\d_][^\n:.;!?]{1,60}):[ \t]*\n(?=\s*\S)")


def writer_and_words(author: str, text: str) -> tuple[str, str]:
    """Writer and words of a note: programs put the writer on its first line, where people set another name."""
    head = _FIRST_LINE.match(text)
    if author and text.startswith(f"{author}:"):
        return author, text.removeprefix(f"{author}:").strip()
    return (head["name"].strip(), text[head.end() :].strip()) if head else (author, text)
