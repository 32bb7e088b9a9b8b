"""A ruled table while it is read: it may go on over page breaks, with its header said again and rows cut in two."""

from __future__ import annotations

from dataclasses import dataclass, field

from feedback_synth.documents.pdf.layout import Line, regions
from feedback_synth.documents.pdf.pages import Segment
from feedback_synth.documents.pdf.paragraphs import Text, join, leading
from feedback_synth.documents.pdf.tables import Grid, GridCell

_SAME = 4.0  # points: columns of the next page's table stand where those of this one do


@dataclass(slots=True)
class OpenCell:
    """A cell with its place in the whole table, the page it began on and its paragraphs."""

    row: int
    column: int
    row_span: int
    column_span: int
    page: int
    texts: list[Text]


@dataclass
class OpenTable:
    edges: tuple[float, ...]
    last_page: int
    cells: list[OpenCell] = field(default_factory=list)
    repeated: list[tuple[int, str]] = field(default_factory=list)  # (page, words) of headers said again
    rows: int = 0

    def add(self, grid: Grid, page: int) -> None:
        """The rows of ``grid``, after those that are there."""
        found = [OpenCell(c.row, c.column, c.row_span, c.column_span, page, cell_texts(c, page)) for c in grid.cells]
        skipped = 0
        if self.cells and _words(_row(found, 1)) == _words(_row(self.cells, 1)):
            self.repeated.append((page, _words(_row(found, 1))))
            skipped = 1
        if self.cells and self._is_cut(_row(found, skipped + 1)):
            self._join_cut(_row(found, skipped + 1))
            skipped += 1
        found = [c for c in found if c.row > skipped]
        for cell in found:
            cell.row += self.rows - skipped
        self.cells.extend(found)
        self.rows = max([self.rows, *(c.row + c.row_span - 1 for c in found)])
        self.last_page = page

    def goes_on(self, grid: Grid, page: int) -> bool:
        """Whether ``grid``, the first thing on its page, is this table going on."""
        edges = grid.edges
        same = len(edges) == len(self.edges) and all(
            abs(a - b) <= _SAME for a, b in zip(edges, self.edges, strict=True)
        )
        return page == self.last_page + 1 and same

    def _is_cut(self, first: list[OpenCell]) -> bool:
        """The first row goes on with words of the last one: it begins small, or leaves the first column blank."""
        filled = [c for c in first if c.texts]
        begins_small = any(c.texts[0].lines[0].text[:1].islower() for c in filled)
        return begins_small and not any(c.texts for c in first if c.column == 1)

    def _join_cut(self, first: list[OpenCell]) -> None:
        for cell in first:
            above = [c for c in self.cells if c.column == cell.column and c.row + c.row_span > self.rows]
            if not above or not cell.texts:
                continue
            if above[-1].texts and cell.texts[0].lines[0].text[:1].islower():
                above[-1].texts[-1].lines.extend(cell.texts[0].lines)
                above[-1].texts[-1].pages.extend(cell.texts[0].pages)
                above[-1].texts.extend(cell.texts[1:])
            else:
                above[-1].texts.extend(cell.texts)


def cell_texts(cell: GridCell, page: int) -> list[Text]:
    """The paragraphs of a cell."""
    lines = [Line(row) for row in _rows(cell.segments)]
    for line in lines:
        line.left, line.right = cell.box[0] + 4.0, max(cell.box[2] - 4.0, line.x1)
    return join(lines, page, leading(lines), in_cell=True)


def _rows(segments: list[Segment]) -> list[list[Segment]]:
    return [line.segments for region in regions(segments, depth=9) for line in region.lines]


def _row(cells: list[OpenCell], row: int) -> list[OpenCell]:
    return [c for c in cells if c.row == row]


def _words(cells: list[OpenCell]) -> str:
    lines = (line.text for c in sorted(cells, key=lambda c: c.column) for t in c.texts for line in t.lines)
    return " ".join(" ".join(lines).split())
