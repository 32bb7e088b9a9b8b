"""PDF: paragraphs in reading order, ruled tables, running heads apart, comments; scans by OCR where there is one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from feedback_synth.datamodel.document import Annotation, Block, Cell, Locator, Span
from feedback_synth.documents import _ocr
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents.pdf.layout import Line, Region, regions
from feedback_synth.documents.pdf.margins import split_margins
from feedback_synth.documents.pdf.open_table import OpenTable
from feedback_synth.documents.pdf.pages import Mark, Page, Segment, read_page
from feedback_synth.documents.pdf.paragraphs import Text, join, leading, runs_over, set_margins, words
from feedback_synth.documents.pdf.tables import Grid, find_grids
from feedback_synth.errors import UnreadableDocumentError

SUFFIXES = (".pdf",)
MAX_PAGES = 1500
_LEAST_LETTERS = 20  # fewer than this on a page with a large picture: a scan


def read(source: Source, reading: Reading) -> None:
    """One block per paragraph or cell, page by page; heads and feet last."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(source.name, str(error)) from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            reading.notice("pages_left_out", pages=count, read=MAX_PAGES)
        pages = [_page(document, i, reading) for i in range(min(count, MAX_PAGES))]
        _Writer(reading, [p for p in pages if p is not None], document).write()
    finally:
        document.close()


def _unreadable(name: str, reason: str) -> UnreadableDocumentError:
    if "password" in reason.lower():
        return UnreadableDocumentError(
            "{name}: the file is protected by a password. Open it, remove the password and save it again.", name=name
        )
    return UnreadableDocumentError("{name}: the PDF is damaged. Ask for it again, or print it anew to PDF.", name=name)


def _page(document: Any, index: int, reading: Reading) -> Page | None:
    import pypdfium2

    try:
        return read_page(document, index)
    except pypdfium2.PdfiumError:
        reading.notice("page_unreadable", page=index + 1)
        return None


class _Writer:
    def __init__(self, reading: Reading, pages: list[Page], document: Any) -> None:
        self._reading = reading
        self._pages = pages
        self._document = document
        self._known = _known_words(pages)
        self._tables = 0
        self._paragraphs = 0
        self._scans: dict[str, list[int]] = {}  # notice code -> pages
        self._open: OpenTable | None = None  # a table that the next page may go on with
        self._waiting: Text | None = None  # the last paragraph of a page, which the next may go on with
        self._placed: list[tuple[int, Line, str, int]] = []  # page, line, block id, place in the block

    def write(self) -> None:
        margins = split_margins(self._pages)
        scanned = [p for p in self._pages if _is_scan(p)]
        for page, (_, body, _) in zip(self._pages, margins, strict=True):
            if page in scanned:
                self._scan(page)
            else:
                self._body(page, body)
        self._flush()
        self._close_table()
        for code, numbers in self._scans.items():
            self._reading.notice(code, page=", ".join(map(str, numbers)))
        for page, (heads, _, feet) in zip(self._pages, margins, strict=True):
            for kind, segments in (("header", heads), ("footer", feet)):
                for segment in sorted(segments, key=lambda s: (-s.y, s.x0)):
                    place = Locator(kind, page=page.number)
                    self._reading.add(segment.text, place, "header" if kind == "header" else "footer")
        for page in self._pages:
            for mark in page.marks:
                self._mark(page, mark)

    def _body(self, page: Page, segments: list[Segment]) -> None:
        grids, rest = find_grids(page.rules, segments)
        for grid in grids:
            above = [s for s in rest if s.y > grid.box[3]]
            rest = [s for s in rest if s.y <= grid.box[3]]
            self._paragraphs_of(page, above)
            self._flush()
            self._table(page, grid)
        self._paragraphs_of(page, rest)

    def _paragraphs_of(self, page: Page, segments: list[Segment]) -> None:
        found = regions(segments)
        whole = [line for region in found for line in region.lines]
        usual = _margins_and_leading(found, whole)
        for region in found:
            for text in join(region.lines, page.number, usual):
                if self._waiting is not None and self._goes_over(self._waiting, text, page):
                    self._waiting.lines.extend(text.lines)
                    self._waiting.pages.extend(text.pages)
                else:
                    self._flush()
                    self._close_table()
                    self._waiting = text

    def _goes_over(self, waiting: Text, text: Text, page: Page) -> bool:
        """Whether a paragraph at the foot of a page or a column goes on at the top of the next."""
        next_page = waiting.pages[-1] == page.number - 1
        next_column = waiting.pages[-1] == page.number and _is_beside(waiting.lines[-1], text.lines[0])
        return (next_page or next_column) and runs_over(waiting, text.lines[0])

    def _flush(self) -> None:
        if self._waiting is None:
            return
        text, self._waiting = self._waiting, None
        self._paragraphs += 1
        place = Locator(page=text.pages[0], paragraph=self._paragraphs)
        block = self._reading.add(words(text, self._known), place, bold=text.bold)
        self._remember(block, text)

    def _remember(self, block: Block | None, text: Text) -> None:
        if block is None:
            return
        place = 0
        for page, line in zip(text.pages, text.lines, strict=True):
            found = block.text.find(line.text.strip()[:12], place)
            place = found if found >= 0 else place
            self._placed.append((page, line, block.id, place))

    def _table(self, page: Page, grid: Grid) -> None:
        if self._open is None or not self._open.goes_on(grid, page.number):
            self._close_table()
            self._open = OpenTable(grid.edges, page.number)
        self._open.add(grid, page.number)

    def _close_table(self) -> None:
        """Write the table that was gathered."""
        table, self._open = self._open, None
        if table is None:
            return
        self._tables += 1
        for cell in table.cells:
            place = Cell(self._tables, cell.row, cell.column, cell.row_span, cell.column_span)
            locator = Locator(page=cell.page, table=place.table, row=place.row, column=place.column)
            for text in cell.texts:
                block = self._reading.add(words(text, self._known), locator, "cell", bold=text.bold, cell=place)
                self._remember(block, text)
        for number, text_again in table.repeated:
            self._reading.add(text_again, Locator("header", page=number), "header")

    def _scan(self, page: Page) -> None:
        segments = _ocr.read_page(self._document, page.number - 1)
        if segments is None:
            self._scans.setdefault("scanned_page", []).append(page.number)
            for segment in page.segments:
                self._reading.add(segment.text, Locator(page=page.number))
            return
        self._scans.setdefault("read_by_ocr", []).append(page.number)
        self._body(replace(page, rules=[]), segments)

    def _mark(self, page: Page, mark: Mark) -> None:
        """A comment, or the content of a form field."""
        if mark.is_field:
            self._reading.add(mark.text, Locator("form", page=page.number))
            return
        annotation = Annotation(mark.author, mark.date, self._anchor(page, mark))
        self._reading.add(mark.text, Locator("comment", page=page.number), "comment", annotation=annotation)

    def _anchor(self, page: Page, mark: Mark) -> Span | None:
        """The words under the annotation's box, or the nearest line."""
        x0, y0, x1, y1 = mark.box
        lines = [placed for placed in self._placed if placed[0] == page.number]
        under = [p for p in lines if y0 - 2 <= p[1].y + 0.3 * p[1].size <= y1 + 2 and p[1].x0 < x1 and x0 < p[1].x1]
        if not under:
            if not lines:
                return None
            _, _, block_id, _ = min(lines, key=lambda p: abs(p[1].y - (y0 + y1) / 2))
            return Span(block_id, 0, len(self._text_of(block_id)))
        first, last = under[0], [p for p in under if p[2] == under[0][2]][-1]
        size = len(self._text_of(first[2]))
        start = min(first[3] + first[1].place(x0 - 1.0), size)
        end = min(max(start, last[3] + last[1].place(x1 - 1.0)), size)
        return Span(first[2], *_trim(self._text_of(first[2]), start, end))

    def _text_of(self, block_id: str) -> str:
        return self._reading.blocks[int(block_id.rpartition("/b")[2]) - 1].text


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    words_inside = text[start:end]
    lead = len(words_inside) - len(words_inside.lstrip())
    return start + lead, start + max(lead, len(words_inside.rstrip()))


def _margins_and_leading(found: list[Region], whole: list[Line]) -> float:
    """Margins of the page's column for plain regions, of their own for those side by side."""
    plain = [r for r in found if r.lines and max(line.x1 for line in r.lines) - min(line.x0 for line in r.lines) > 250]
    body = [line for r in plain for line in r.lines]
    set_margins(body)
    for region in found:
        if region not in plain:
            set_margins(region.lines)
    return leading(body or whole)


def _is_beside(last: Line, line: Line) -> bool:
    """Whether a line stands higher than the one read before it, in a column right of it."""
    return line.y > last.y and line.x0 > last.x1 and line.left > last.left


def _is_scan(page: Page) -> bool:
    letters = sum(len(s.text) for s in page.segments)
    return page.picture_share > 0.4 and letters < _LEAST_LETTERS


def _known_words(pages: list[Page]) -> frozenset[str]:
    found: set[str] = set()
    for page in pages:
        for segment in page.segments:
            found.update(w.lower() for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", segment.text))
    return frozenset(found)
