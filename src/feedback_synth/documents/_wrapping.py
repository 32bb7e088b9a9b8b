"""Lines of plain text that a program or a typist broke, joined into paragraphs again.

Two things show that a paragraph goes on: the first word of the next line had no room on this one, in a text wrapped
at one margin; or a sentence does, where lines end here and there. Items, remarks of a line each, verses, addresses and
signatures stay apart.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from feedback_synth.documents._words import folded, words
from feedback_synth.languages.text import strip_marks

_ITEM = re.compile(
    r"^\s*(?:(?:[-–—+•*▪●○]|(?:\d{1,3}|[a-zđ]|[ivxIVX]{1,5})[.)]|[A-ZĐ][.)])\s"
    r"|\[\d{1,4}[/.:-]\d{1,2}|\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},?\s\d{1,2}:\d{2}|\d{1,2}:\d{2}:\d{2}\b)"  # chats
)
_MARK = re.compile(r"^\s*(?:[-–—+•*▪●○]|\(?(?:\d{1,3}(?:\.\d{1,2})*|[a-zđ]|[ivxIVX]{1,5})[.)])\s+")
_LABEL = re.compile(r"[^.;?!,:]{1,60}\s?:(?:\s|$)")  # "Bà Lò Thị Hoa: …", "Thời gian: …"
_PAUSED = re.compile(r"[.?!…:;][\"”’»)\]\s]*$")
_FINISHED = re.compile(r"[.?!…][\"”’»)\]\s]*$")
_QUOTES = "\"“”‘’'«([ "
_NAME = 4  # words of a name
_LEAST = 40  # characters of a line that is broken in its sentence; verses, addresses and names are shorter
_WIDEST = 110  # … of a line that ends at a margin; longer ones are whole paragraphs
_EVEN = 0.6  # of the longest broken line, which the others of a paragraph reach; remarks of a line each differ more
_RAGGED = 0.85  # of the width of a paragraph, from which a line that ends with its sentence is one of its lines
_FULL = 0.95  # … of the text, where nothing else shows that a paragraph is broken


def join_wrapped(lines: Sequence[str]) -> list[tuple[int, str]]:
    """(line number from 1, text) of each paragraph."""
    margin = _margin(lines)
    numbered = enumerate(lines, start=1)
    runs = [list(run) for filled, run in itertools.groupby(numbered, key=lambda n: bool(n[1].strip())) if filled]
    texts = [[line.rstrip() for _, line in run] for run in runs]
    broken = [_broken(run) for run in texts]
    width = max((_width(run, gaps) for run, gaps in zip(texts, broken, strict=True)), default=0)
    out: list[tuple[int, str]] = []
    for run, plain, gaps in zip(runs, texts, broken, strict=True):
        joined = [False, *_joins(plain, gaps, margin, width)]
        for (number, line), goes_on in zip(run, joined, strict=True):
            if goes_on:
                out[-1] = (out[-1][0], f"{out[-1][1]} {line.strip()}")
            else:
                out.append((number, line.strip()))
    return out


def _joins(lines: Sequence[str], broken: Sequence[bool], margin: int, width: int) -> list[bool]:
    """Whether each line after the first goes on with the paragraph of the line before it."""
    own = _width(lines, broken)
    found: list[bool] = []
    for (a, b), goes_on in reversed(list(zip(itertools.pairwise(lines), broken, strict=True))):
        ends = bool(_PAUSED.search(b)) or found[-1:] == [True]  # no title, no name below it
        signs = bool(_FINISHED.search(a)) and not ends and len(b.split()) <= _NAME  # "Anna" below the last sentence
        joined = goes_on or bool(margin and _runs_on(a, b, margin)) or (ends and _flows(a, b, own, width))
        found.append(joined and not signs and not _ITEM.match(b))
    return found[::-1]


def _margin(lines: Sequence[str]) -> int:
    """The column at which a text is wrapped throughout, or 0."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 4:
        return 0
    width = lengths[-1 - len(lengths) // 50]
    if not 45 <= width <= _WIDEST:
        return 0
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if a.strip() and b.strip() and not _ITEM.match(b)]
    full = sum(_runs_on(a, b, width) for a, b in pairs)
    return width if pairs and full >= 0.6 * len(pairs) and full >= 2 else 0


def _runs_on(line: str, following: str, width: int) -> bool:
    """The first word of the next line had no room on this one."""
    return not _ITEM.match(following) and _room(line, following) > width - 2


def _room(line: str, following: str) -> int:
    """The column to which a line would reach with the first word of the next."""
    return len(line.rstrip()) + 1 + len(following.split()[0])


def _broken(lines: Sequence[str]) -> list[bool]:
    """Between which lines a sentence goes on. A stretch of such lines begins like a sentence and comes to its end;
    people who type without capitals or full stops write a remark on each line.
    """
    open_ = [_is_open(a, b) for a, b in itertools.pairwise(lines)]
    found = [False] * len(open_)
    place = 0
    for goes_on, stretch in itertools.groupby(open_):
        size = len(list(stretch))
        if goes_on and _is_paragraph(lines[place : place + size + 1], lines[place + size + 1 :]):
            found[place : place + size] = [True] * size
        place += size
    return found


def _is_open(line: str, following: str) -> bool:
    if _PAUSED.search(line) or _ITEM.match(following) or _LABEL.match(following):
        return False
    first = _first(following)
    hangs = _ITEM.match(line) and _indent(following) > _indent(line)
    goes_on = first.islower() or (first.isdigit() and line.endswith(","))
    return goes_on and (bool(hangs) or len(line) >= _LEAST)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_paragraph(lines: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the first of these lines opens as sentences do, all but the last are alike in length, and the last, or
    one below it before the next item, ends with a stop.
    """
    first = _first(_MARK.sub("", lines[0]))
    lengths = [len(line) for line in lines[:-1] if len(line) <= _WIDEST]
    even = not lengths or min(lengths) >= _EVEN * max(lengths)
    rest = itertools.takewhile(lambda line: not (_ITEM.match(line) or _LABEL.match(line)), below)
    ends = any(_PAUSED.search(line) for line in (lines[-1], *rest))
    hangs = bool(_ITEM.match(lines[0])) and _indent(lines[1]) > _indent(lines[0])
    return hangs or (even and ends and not first.islower())


def _width(lines: Sequence[str], broken: Sequence[bool]) -> int:
    """The longest line that is broken in its sentence, 0 if none is."""
    lengths = [len(line) for line, goes_on in zip(lines, broken, strict=False) if goes_on]
    return max((n for n in lengths if n <= _WIDEST), default=0)


def _flows(line: str, following: str, own: int, width: int) -> bool:
    """Whether a line goes on with a paragraph of ``own`` width, or of the ``width`` of the text where none of its lines
    is known to be broken: in a sentence, or because its first word had no room above.
    """
    paused, finished = _PAUSED.search(line), _FINISHED.search(line)
    if len(line) > _WIDEST or line.isupper() or _LABEL.match(following.strip()) or _opens_anew(following):
        return False
    if own and not finished and not line.endswith(":") and _first(following).islower():
        return True
    least = _RAGGED * own if own else _FULL * width
    return 0 < least <= _room(line, following) and bool(finished if paused and own else not paused)


def _opens_anew(line: str) -> bool:
    """ "Ông Vàng A Páo đề nghị …", "Trân trọng cảm ơn.": somebody's remark, or the end of a letter."""
    plain = strip_marks(line.strip())
    called = any(line.strip().lower().startswith(f"{word} ") for word in words("signature", "honorifics"))
    return called or any(plain.startswith(word) for word in folded("letter", "closing"))


def _first(line: str) -> str:
    return line.strip().lstrip(_QUOTES)[:1]
