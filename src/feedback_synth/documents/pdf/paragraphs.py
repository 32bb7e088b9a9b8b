"""Lines to paragraphs: joined where the next word had no room, parted at indents, gaps and numbers."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from feedback_synth.documents.pdf.layout import Line

_ITEM = re.compile(r"^(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[ivx]{1,5}|[IVX]{1,5})[.)]|[-–—•▪●○◦+*]|[IVX]{1,5}-)\s")
_UNIT = re.compile(
    r"^(?:Điều|Chương|Phần|Mục|Article|Chapter|Section|Chapitre|Titre|Annexe?|Phụ lục)\s+\S{1,6}[.:]?(?:\s|$)"
)
_ENDS = re.compile(r"[.;:!?…][\"”’»)]*$|\./\.$")


_RAGGED = 0.25  # of the width of a column that may stay blank at the end of a line


@dataclass(slots=True)
class Text:
    """A paragraph and the lines it was made of."""

    lines: list[Line] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)


def set_margins(lines: list[Line]) -> None:
    """Give every line the margins of its column: where full lines begin and end."""
    if not lines:
        return
    left = min(line.x0 for line in lines)
    ends = sorted(line.x1 for line in lines)
    right = ends[-1 - len(ends) // 20]
    for line in lines:
        line.left, line.right = left, max(right, line.x1)


def leading(lines: list[Line]) -> float:
    """The usual distance between baselines inside a paragraph, 0 when there is none to see."""
    gaps = sorted(
        round(a.y - b.y, 1) for a, b in itertools.pairwise(lines) if 0 < a.y - b.y < 3 * a.size and _has_no_room(a, b)
    )
    return gaps[len(gaps) // 4] if gaps else 0.0


def join(lines: list[Line], page: int, usual: float, *, in_cell: bool = False) -> list[Text]:
    """The paragraphs of one region; in a cell a small letter is enough to go on."""
    found: list[Text] = []
    for line in lines:
        if found and (runs_on(found[-1], line, usual) or (in_cell and _goes_on_small(found[-1], line))):
            found[-1].lines.append(line)
            found[-1].pages.append(page)
        else:
            found.append(Text([line], [page]))
    return found


def runs_on(text: Text, line: Line, usual: float) -> bool:
    """Whether ``line`` goes on with the paragraph ``text`` on the same page."""
    last = text.lines[-1]
    gap = last.y - line.y
    if gap <= 0 or (usual and gap > usual + max(2.0, 0.12 * usual)) or gap > 3.2 * last.size:
        return False
    if abs(line.size - last.size) > 0.12 * last.size or not (_has_no_room(last, line) or _is_ragged(last, line)):
        return False
    if text.bold and not line.segments[0].bold and _is_centred(last):
        return False
    return _fits_indent(text, line) and not _begins(text, line)


def _goes_on_small(text: Text, line: Line) -> bool:
    last = text.lines[-1]
    near = 0 < last.y - line.y < 2.0 * last.size
    return near and line.text[0].islower() and not _ENDS.search(last.text) and not _ITEM.match(line.text)


def _is_ragged(last: Line, line: Line) -> bool:
    """A line that ends short of the margin in the middle of a sentence, as lines of text set ragged do."""
    short = last.right - last.x1 < _RAGGED * (last.right - last.left)
    end = last.text.rstrip()[-1:]
    mid = line.text[:1].islower() and (end.isalnum() or end == ",") and not _ITEM.match(line.text)
    return short and mid and abs(line.x0 - line.left) < 3.0


def runs_over(text: Text, line: Line) -> bool:
    """Whether ``line``, the first of a page, goes on with the last paragraph of the page before."""
    last = text.lines[-1]
    if _ENDS.search(last.text) or _ITEM.match(line.text) or _UNIT.match(line.text):
        return False
    if abs(line.size - last.size) > 0.12 * last.size or _is_centred(line) or not _has_no_room(last, line):
        return False
    return line.x0 - line.left < 8.0 or _hangs(text)


def _has_no_room(line: Line, following: Line) -> bool:
    """The first word of the next line had no room at the end of this one."""
    first = following.segments[0]
    share = len(first.text.split()[0]) / max(1, len(first.text))
    word = (first.x1 - first.x0) * share
    room = (line.right - line.left) - (line.x1 - line.x0) if _is_centred(line) else line.right - line.x1
    return word + 0.2 * line.size > room - 1.0


def _is_centred(line: Line) -> bool:
    before, after = line.x0 - line.left, line.right - line.x1
    return before > 12.0 and abs(before - after) < 2.5


def _hangs(text: Text) -> bool:
    return len(text.lines) > 1 and text.lines[1].x0 > text.lines[0].x0 + 4


def _fits_indent(text: Text, line: Line) -> bool:
    last = text.lines[-1]
    if abs((line.x0 + line.x1) - (last.x0 + last.x1)) < 4.0:
        return True  # both centred
    shift = line.x0 - last.x0
    if abs(shift) <= 5.0:
        return True
    if len(text.lines) > 1:
        return False
    return shift < 0 or bool(_ITEM.match(last.text))  # a first-line indent, or an item whose lines hang


def _begins(text: Text, line: Line) -> bool:
    """The line begins a new unit although the one before is full."""
    last = text.lines[-1]
    ended = bool(_ENDS.search(last.text))
    if _UNIT.match(line.text):
        return ended or last.bold != line.bold
    if not _ITEM.match(line.text):
        return ended and len(text.lines) > 1 and line.x0 - last.x0 > 5.0
    return ended or (len(text.lines) == 1 and abs(line.x0 - last.x0) < 2.0 and bool(_ITEM.match(last.text)))


def words(text: Text, known: frozenset[str]) -> str:
    """The words of a paragraph, hyphens at line ends resolved by ``known`` words of the document."""
    out = ""
    for line in text.lines:
        out = _append(out, line.text.strip(), known)
    return out.replace("\u00ad", "-")


def _append(before: str, line: str, known: frozenset[str]) -> str:
    if not before:
        return line
    head, tail = re.search(r"([^\W\d_]+)[-\u00ad]$", before), re.match(r"[^\W\d_]+", line)
    if head is None or tail is None or not tail[0][0].islower():
        return f"{before} {line}"
    joined, parted = (head[1] + tail[0]).lower(), f"{head[1]}-{tail[0]}".lower()
    if parted in known or (joined not in known and len(head[1]) <= 4 and before[-1] == "-"):
        return before[:-1] + "-" + line
    return before[:-1] + line
