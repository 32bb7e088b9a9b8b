"""Ruled tables: the grid that the lines draw, and the segments inside each cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from feedback_synth.documents.pdf.pages import Rule, Segment

_NEAR = 3.0  # points: lines nearer than this meet, or are one
_MAX_LINES = 400  # of one direction in one table


@dataclass(slots=True)
class GridCell:
    row: int
    column: int
    row_span: int
    column_span: int
    box: tuple[float, float, float, float]  # x0, y0, x1, y1
    segments: list[Segment] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table with its box on the page and the cells in reading order."""

    box: tuple[float, float, float, float]
    cells: list[GridCell]

    @property
    def edges(self) -> tuple[float, ...]:
        """Where its columns begin, and where the last one ends."""
        return (*sorted({c.box[0] for c in self.cells}), self.box[2])


def find_grids(rules: list[Rule], segments: list[Segment]) -> tuple[list[Grid], list[Segment]]:
    """(tables from the top of the page, the segments that are in none of them)."""
    grids: list[Grid] = []
    rest = segments
    for group in _connected(_merged(rules)):
        grid = _grid(group)
        if grid is None:
            continue
        rest = _fill(grid, rest)
        if sum(bool(c.segments) for c in grid.cells) >= 2:
            grids.append(grid)
        else:
            rest = rest + [s for c in grid.cells for s in c.segments]
    return sorted(grids, key=lambda g: -g.box[3]), rest


def _merged(rules: list[Rule]) -> list[Rule]:
    """Lines that go on where another ends, as one line."""
    out: list[Rule] = []
    flat = sorted((r for r in rules if r.y0 == r.y1), key=lambda r: (round(r.y0), r.x0))
    for rule in flat:
        last = out[-1] if out else None
        if last is not None and abs(last.y0 - rule.y0) <= 1.5 and rule.x0 <= last.x1 + _NEAR:
            out[-1] = Rule(last.x0, last.y0, max(last.x1, rule.x1), last.y0)
        else:
            out.append(rule)
    upright: list[Rule] = []
    for rule in sorted((r for r in rules if r.x0 == r.x1), key=lambda r: (round(r.x0), r.y0)):
        last = upright[-1] if upright else None
        if last is not None and abs(last.x0 - rule.x0) <= 1.5 and rule.y0 <= last.y1 + _NEAR:
            upright[-1] = Rule(last.x0, last.y0, last.x0, max(last.y1, rule.y1))
        else:
            upright.append(rule)
    return out + upright


def _connected(rules: list[Rule]) -> list[list[Rule]]:
    """Groups of lines that touch one another."""
    flat = [r for r in rules if r.y0 == r.y1]
    upright = [r for r in rules if r.x0 == r.x1]
    if len(flat) > _MAX_LINES or len(upright) > _MAX_LINES:
        return []
    parent = list(range(len(flat) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(flat):
        for j, v in enumerate(upright):
            if h.x0 - _NEAR <= v.x0 <= h.x1 + _NEAR and v.y0 - _NEAR <= h.y0 <= v.y1 + _NEAR:
                parent[root(i)] = root(len(flat) + j)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate([*flat, *upright]):
        groups.setdefault(root(i), []).append(rule)
    return [g for g in groups.values() if len(g) >= 4]


def _grid(rules: list[Rule]) -> Grid | None:
    xs = _places([r.x0 for r in rules if r.x0 == r.x1])
    ys = _places([r.y0 for r in rules if r.y0 == r.y1])[::-1]
    if len(xs) < 2 or len(ys) < 2 or (len(xs) == 2 and len(ys) == 2):
        return None
    cells = _cells(rules, xs, ys)
    return Grid((xs[0], ys[-1], xs[-1], ys[0]), cells)


def _places(values: list[float]) -> list[float]:
    """Distinct places, ascending; those nearer than a few points are one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _cells(rules: list[Rule], xs: list[float], ys: list[float]) -> list[GridCell]:
    """Elementary boxes grown to the right and down until a line stands between."""
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    rows, columns = len(ys) - 1, len(xs) - 1
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            across = 1
            while column + across < columns and not _upright_between(rules, xs[column + across], ys[row], ys[row + 1]):
                across += 1
            down = 1
            while row + down < rows and not _flat_between(rules, ys[row + down], xs[column], xs[column + across]):
                down += 1
            taken |= {(row + i, column + j) for i in range(down) for j in range(across)}
            box = (xs[column], ys[row + down], xs[column + across], ys[row])
            cells.append(GridCell(row + 1, column + 1, down, across, box))
    return cells


def _upright_between(rules: list[Rule], x: float, top: float, bottom: float) -> bool:
    middle = (top + bottom) / 2
    return any(r.x0 == r.x1 and abs(r.x0 - x) <= _NEAR and r.y0 <= middle <= r.y1 for r in rules)


def _flat_between(rules: list[Rule], y: float, x0: float, x1: float) -> bool:
    middle = (x0 + x1) / 2
    return any(r.y0 == r.y1 and abs(r.y0 - y) <= _NEAR and r.x0 <= middle <= r.x1 for r in rules)


def _fill(grid: Grid, segments: list[Segment]) -> list[Segment]:
    """Put segments into the cells they stand in; returns the others."""
    rest = []
    for segment in segments:
        x, y = (segment.x0 + min(segment.x1, segment.x0 + 10)) / 2, segment.y + 0.3 * segment.size
        cell = next((c for c in grid.cells if c.box[0] - 2 <= x <= c.box[2] + 2 and c.box[1] <= y <= c.box[3]), None)
        if cell is None:
            rest.append(segment)
        else:
            cell.segments.append(segment)
    return rest
