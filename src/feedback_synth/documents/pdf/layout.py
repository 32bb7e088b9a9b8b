"""Reading order: lines of a page, side-by-side stretches read column by column."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from feedback_synth.documents.pdf.pages import Segment, join_enumerators

_LEAST_GUTTER = 8.0  # points of white between two columns
_SIDE_BY_SIDE = 1.2  # of the font size: the least gap inside a line that may part two columns


@dataclass(slots=True)
class Line:
    """One line of one column; ``left`` and ``right`` are the margins of the column it stands in."""

    segments: list[Segment]
    left: float = 0.0
    right: float = 0.0

    @property
    def text(self) -> str:
        return " ".join(s.text for s in self.segments)

    @property
    def x0(self) -> float:
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        return self.segments[-1].x1

    @property
    def y(self) -> float:
        return self.segments[0].y

    @property
    def size(self) -> float:
        return max(s.size for s in self.segments)

    @property
    def bold(self) -> bool:
        return all(s.bold for s in self.segments)

    def place(self, x: float) -> int:
        """How many characters of the text begin left of ``x``."""
        before = 0
        for segment in self.segments:
            if segment.places:
                before += sum(p < x for p in segment.places)
            else:
                share = (x - segment.x0) / max(1.0, segment.x1 - segment.x0)
                before += round(len(segment.text) * max(0.0, min(1.0, share)))
            before += segment.x1 < x and segment is not self.segments[-1]
        return before


@dataclass(slots=True)
class Region:
    """Lines that are read together, from top to bottom."""

    lines: list[Line] = field(default_factory=list)


def rows(segments: list[Segment]) -> list[list[Segment]]:
    """Segments on one baseline together, from the top of the page, each row from left to right."""
    found: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (-s.y, s.x0)):
        last = found[-1] if found else None
        if last is not None and abs(last[0].y - segment.y) <= 0.35 * max(4.0, min(last[0].size, segment.size)):
            last.append(segment)
        else:
            found.append([segment])
    return [join_enumerators(row) for row in found]


def regions(segments: list[Segment], depth: int = 0) -> list[Region]:
    """The page's text in reading order."""
    lines = rows(segments)
    out: list[Region] = []
    single: list[list[Segment]] = []
    i = 0
    while i < len(lines):
        band = _band(lines, i) if depth < 4 else None
        if band is None:
            single.append(lines[i])
            i += 1
            continue
        out.extend(_plain(single))
        single = []
        end, gutter = band
        inside = [s for row in lines[i:end] for s in row]
        out.extend(regions([s for s in inside if s.x0 < gutter], depth + 1))
        out.extend(regions([s for s in inside if s.x0 >= gutter], depth + 1))
        i = end
    out.extend(_plain(single))
    return out


def _plain(lines: list[list[Segment]]) -> list[Region]:
    return [Region([Line(line) for line in lines])] if lines else []


def _band(lines: list[list[Segment]], start: int) -> tuple[int, float] | None:
    """(end, x of the gutter) of the side-by-side stretch that begins at row ``start``; None when there is none."""
    first = _next_split(lines, start)
    if first is None:
        return None
    split, left, right = first
    end = start
    last_split = start
    for i in range(start, len(lines)):
        row_left, row_right = _narrow(lines[i], left, right)
        if row_right - row_left < _LEAST_GUTTER or (i > start and lines[i - 1][0].y - lines[i][0].y > 60):
            break
        left, right = row_left, row_right
        end = i + 1
        if lines[i][0].x0 < left and lines[i][-1].x1 > right:
            last_split = i
    gutter = (left + right) / 2
    split_rows = lines[split : last_split + 1]
    if last_split < split or not all(_belongs(lines[i], split_rows, gutter) for i in range(start, split)):
        return None
    sure = last_split + 1
    while sure < end and _belongs(lines[sure], lines[split:sure], gutter):
        sure += 1
    return sure, gutter


def _next_split(lines: list[list[Segment]], start: int) -> tuple[int, float, float] | None:
    """The first row from ``start`` on (among the next few) that has two sides, and its gap."""
    for i in range(start, min(start + 4, len(lines))):
        row = lines[i]
        gaps = [(b.x0 - a.x1, a.x1, b.x0) for a, b in itertools.pairwise(row)]
        wide = [g for g in gaps if g[0] > _SIDE_BY_SIDE * max(8.0, row[0].size)]
        if wide:
            widest = max(wide)
            if all(_narrow(lines[j], widest[1], widest[2]) != (0.0, 0.0) for j in range(start, i)):
                return i, widest[1], widest[2]
            return None
    return None


def _narrow(row: list[Segment], left: float, right: float) -> tuple[float, float]:
    """What stays white of the stretch left..right beside this row; (0, 0) when a segment crosses it."""
    for segment in row:
        if segment.x0 <= left + 0.5 and segment.x1 >= right - 0.5:
            return 0.0, 0.0
        if segment.x0 > left + 0.5 and segment.x1 < right - 0.5:
            centre = (segment.x0 + segment.x1) / 2
            if centre - left < right - centre:
                left = max(left, segment.x1)
            else:
                right = min(right, segment.x0)
        elif segment.x0 <= left + 0.5:
            left = max(left, segment.x1)
        else:
            right = min(right, segment.x0)
    return left, right


def _belongs(row: list[Segment], band: list[list[Segment]], gutter: float) -> bool:
    """A one-sided row above or below is of the column when it has the same centre, or closely the same left edge."""
    on_left = row[-1].x1 <= gutter
    column = [s for r in band for s in r if (s.x1 <= gutter) == on_left]
    if not column:
        return False
    x0, x1 = min(s.x0 for s in column), max(s.x1 for s in column)
    centre = (row[0].x0 + row[-1].x1) / 2
    is_centred = abs(centre - (x0 + x1) / 2) < 6.0
    distance = min(abs(s.y - row[0].y) for s in column)
    is_aligned = any(abs(s.x0 - row[0].x0) < 1.5 for s in column) and distance < 1.7 * row[0].size
    return is_centred or is_aligned
