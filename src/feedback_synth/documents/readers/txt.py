"""Plain text: paragraphs, with lines that were wrapped at a margin joined again."""

from __future__ import annotations

import itertools
import re
from types import ModuleType

from feedback_synth.datamodel.document import Locator
from feedback_synth.documents._encodings import decode
from feedback_synth.documents._reading import Reading, Source

SUFFIXES = (".txt", ".text", ".log")
_ITEM = re.compile(
    r"^\s*(?:(?:[-–—+•*▪●○]|(?:\d{1,3}|[a-zđ]|[ivxIVX]{1,5})[.)]|[A-ZĐ][.)])\s"
    r"|\[\d{1,4}[/.:-]\d{1,2}|\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},?\s\d{1,2}:\d{2}|\d{1,2}:\d{2}:\d{2}\b)"  # chats
)


def read(source: Source, reading: Reading) -> None:
    """One block per paragraph; the locator counts lines from 1."""
    text, encoding = decode(source.data)
    if encoding not in ("utf-8", "utf-8-sig"):
        reading.notice("encoding_guessed", encoding=encoding)
    if _threads().quotes(text):
        _threads().write_mail(text, reading)  # a message pasted with the words it answers
    else:
        write_lines(text, reading)


def _threads() -> ModuleType:
    from feedback_synth.documents import _threads as threads  # which joins lines with the functions below

    return threads


def write_lines(text: str, reading: Reading, part: str = "body") -> None:
    """Blocks of a text; each keeps the number of its first line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    for number, paragraph in join_wrapped(lines):
        reading.add(paragraph, Locator(part, line=number))


def join_wrapped(lines: list[str]) -> list[tuple[int, str]]:
    """(line number from 1, text) of each paragraph. Lines stay apart unless the text is wrapped at a margin."""
    width = _margin(lines)
    out: list[tuple[int, str]] = []
    previous = ""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            previous = ""
            continue
        if previous and width and _runs_on(previous, line, width):
            out[-1] = (out[-1][0], out[-1][1] + " " + line.strip())
        else:
            out.append((number, line.strip()))
        previous = line
    return out


def _margin(lines: list[str]) -> int:
    """The column at which a text is wrapped, or 0 when each line is a paragraph of its own."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 4:
        return 0
    width = lengths[-1 - len(lengths) // 50]
    if not 45 <= width <= 110:
        return 0
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if a.strip() and b.strip() and not _ITEM.match(b)]
    full = sum(_runs_on(a, b, width) for a, b in pairs)
    return width if pairs and full >= 0.6 * len(pairs) and full >= 2 else 0


def _runs_on(line: str, following: str, width: int) -> bool:
    """The first word of the next line had no room on this one."""
    if _ITEM.match(following):
        return False
    return len(line.rstrip()) + 1 + len(following.split()[0]) > width - 2
