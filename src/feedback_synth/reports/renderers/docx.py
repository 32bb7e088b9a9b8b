"""Reports as Word documents, in the page layout of their profile."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby, repeat, zip_longest
from typing import TYPE_CHECKING, Any

from docx.blkcntnr import BlockItemContainer
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from feedback_synth.config import load_toml
from feedback_synth.datamodel.report import (
    Chart,
    Column,
    Entry,
    Paragraph,
    Report,
    ReportRow,
    Run,
    Section,
    Table,
    TableCell,
)
from feedback_synth.reports.exchange import docx_tag
from feedback_synth.reports.renderers import _docx_layout as layout
from feedback_synth.reports.renderers._docx_blocks import (
    Look,
    add_run,
    add_table,
    cells_of,
    close,
    mark_row,
    shape,
    span,
)
from feedback_synth.reports.renderers._docx_chart import chart_part, drawing
from feedback_synth.reports.renderers._docx_letterhead import write_foot, write_head
from feedback_synth.reports.renderers._docx_package import saved
from feedback_synth.reports.renderers._wordml import Control, put_under_control, twips

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.text.parfmt import CT_PPr
    from docx.table import _Cell

FORMAT = "docx"
SMALL_TABLE, SHORT_CELL = 6, 40  # rows, characters
SHORT_ROW = 300  # characters: a row this short is kept on one page, a longer one may break
_GREY = "595959"
_NARROWEST = 690  # twips, enough for three letters of a heading
_LETTER = 0.56  # mean width of a bold letter of the serif types that the profiles use, by its size
_CELL_MARGINS = 230  # twips, left and right of the words of a cell
_SMALLEST_HEAD = 8.0  # points
_LABEL = 50  # characters of a cell
_TEXT_SIZE = 11.0  # points, of a bold letter as wide as one of the text of tables
_FIRST_ID_IN_TEMPLATE = 900_000
_FIGURE = re.compile(r"\d+(?:[.,\s]\d+)*\s?%?")
_CHART, _CHART_IN_TEMPLATE = "/word/charts/chart%d.xml", "/word/charts/chart_fs%d.xml"
_STYLES = (layout.BODY, layout.CAPTION, layout.TABLE_HEAD, layout.TABLE_TEXT, layout.TABLE_NOTE, *layout.HEADINGS)
_LOOKS: Mapping[str, Look] = {
    "plain": Look(),
    "bold": Look(bold=True),
    "italic": Look(italic=True),
    "quote": Look(),
    "insert": Look(italic=True, underline=True),
    "delete": Look(strike=True),
    "muted": Look(color=_GREY),
    "proposal": Look(italic=True, color=_GREY),
    "mark": Look(underline=True),
}


def render(report: Report, template: bytes | None = None) -> bytes:
    """The .docx. An office's own template (placeholders: docs/exchange.md) wins over the layout of the profile."""
    profile = load_toml(f"templates/{report.profile}.toml")
    own = template or report.template
    return _filled(report, profile, own) if own else _laid_out(report, profile)


def _laid_out(report: Report, profile: Mapping[str, Any]) -> bytes:
    """Head, main part, foot, annexes; stretches of upright and lying pages each in a section of their own."""
    title = " ".join(t for t in (report.title, report.subtitle) if t)
    document = layout.new_document(profile, report.language, title)
    writer = _Writer(document)
    block = BlockItemContainer(document.element.body, document)
    layout.set_page(document.sections[0], profile, lying=report.landscape)
    write_head(block, report, profile, layout.usable_width(profile, lying=report.landscape))
    stretches = _stretches(report)
    signed_after = max((n for n, (annex, _, _) in enumerate(stretches) if not annex), default=0)
    for n, (_, lying, sections) in enumerate(stretches):
        page = document.add_section() if n else document.sections[0]
        page.different_first_page_header_footer = n == 0
        layout.set_page(page, profile, lying=lying)
        width = layout.usable_width(profile, lying=lying)
        for section in sections:
            writer.section(block, section, width)
        if n == signed_after:  # the signature ends the main part, and never stands alone on a page
            _keep_last_with_next(document)
            write_foot(block, report, profile, width)
    return saved(document)


def _keep_last_with_next(document: Document) -> None:
    blocks = list(document.iter_inner_content())
    if blocks and isinstance(blocks[-1], WordParagraph):
        blocks[-1].paragraph_format.keep_with_next = True


def _stretches(report: Report) -> list[tuple[bool, bool, list[Section]]]:
    """(annex, lying, sections) of the stretches that begin a new page; a report without a main part is signed too."""

    def kind(section: Section) -> tuple[bool, bool]:
        return section.annex, report.landscape or section.landscape

    found = [(annex, lying, list(s)) for (annex, lying), s in groupby(_sections(report), kind)]
    return found if found and not found[0][0] else [(False, report.landscape, []), *found]


def _filled(report: Report, profile: Mapping[str, Any], template: bytes) -> bytes:
    """The same sections in an office's own document; ids start high, out of the way of those it has."""
    from feedback_synth.reports.renderers import _docx_template

    document = _docx_template.opened(template)
    layout.define_styles(document, profile)
    writer = _Writer(document, _CHART_IN_TEMPLATE, _FIRST_ID_IN_TEMPLATE, _FIRST_ID_IN_TEMPLATE)
    _docx_template.fill(document, report, _sections(report), writer.section)
    return saved(document)


def _sections(report: Report) -> list[Section]:
    return [s for s in report.sections if not s.formats or FORMAT in s.formats]


@dataclass
class _Writer:
    """Writes into one document: counts content controls and drawings, so that every id is given once."""

    document: Document
    chart_name: str = _CHART
    entries: int = 0
    drawings: int = 0
    styled: Mapping[str, CT_PPr] = field(init=False)  # paragraph properties by style name, to be copied
    head_size: float = field(init=False)  # points of the headings of tables

    def __post_init__(self) -> None:
        self.head_size = layout.font_size(self.document, layout.TABLE_HEAD)
        self.styled = {name: layout.paragraph_properties(self.document, name) for name in _STYLES}

    def section(self, block: BlockItemContainer, section: Section, width: int) -> None:
        """Heading and content of one section, in a width in twips."""
        if section.title:
            add_run(self.line(block, layout.HEADINGS[min(section.level, 3) - 1]), section.title)
        for item, following in zip_longest(section.content, section.content[1:]):
            if isinstance(item, Table):
                if item.title and item.title not in section.title:
                    add_run(self.line(block, layout.CAPTION), item.title)
                self.table(block, item, width)
                shape(block.add_paragraph(), space_before=Pt(0), space_after=Pt(0))
            elif isinstance(item, Chart):
                self.chart(block, item, width)
            else:
                made = self.paragraph(block, item, layout.CAPTION if item.style == "caption" else layout.BODY)
                if item.style == "body" and _belongs(item, following, section):
                    made.paragraph_format.keep_with_next = True

    def line(self, block: BlockItemContainer, style: str) -> WordParagraph:
        """An empty paragraph in one of our styles."""
        made = block.add_paragraph()
        made._p.append(deepcopy(self.styled[style]))
        return made

    def paragraph(self, block: BlockItemContainer, item: Paragraph, style: str) -> WordParagraph:
        """A paragraph of text; bullets are typed hyphens, not Word's own."""
        made = self.line(block, style)
        if item.style == "bullet":
            add_run(made, "- ")
        for piece in item.runs:
            if isinstance(piece, Entry):
                self.entry(made, piece)
            else:
                add_run(made, piece.text, _LOOKS[piece.style])
        return made

    def entry(self, paragraph: WordParagraph, entry: Entry) -> None:
        """A content control whose tag is the address of the way back."""
        self.entries += 1
        empty = not entry.value
        look = Look(bold=(entry.bold or entry.column_key == "disposition") and not empty, color=_GREY if empty else "")
        tag = docx_tag(entry.row_key, entry.column_key)
        run = add_run(paragraph, entry.value or entry.prompt or "\u2003", look)
        put_under_control(run.element, Control(self.entries, tag, entry.column_key, empty, entry.choices))

    def chart(self, block: BlockItemContainer, chart: Chart, width: int) -> None:
        self.drawings += 1
        package = self.document.part.package
        part = Part(package.next_partname(self.chart_name), CONTENT_TYPE.DML_CHART, chart_part(chart), package)
        relation = self.document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        add_run(self.line(block, layout.CAPTION), chart.title)
        holder = shape(block.add_paragraph(), alignment=WD_ALIGN_PARAGRAPH.CENTER)
        holder.add_run().element.append(drawing(relation, chart, self.drawings, width / 1440 * 25.4))

    def table(self, block: BlockItemContainer, item: Table, width: int) -> None:
        """Header row on every page, equal neighbours of a merging column as one cell."""
        shown = [n for n, c in enumerate(item.columns) if not c.formats or FORMAT in c.formats]
        columns = [item.columns[n] for n in shown]
        words = [_labels_in(item, n) for n in shown]
        size = head_size([c.title for c in columns], width, self.head_size, words)
        least = [needed(c.title, size, text) for c, text in zip(columns, words, strict=True)]
        widths = scaled([c.width_mm for c in columns], width, least)
        made = add_table(block, 1 + len(item.rows), widths, title=item.title)
        header, *rows = cells_of(made)
        self._header_row(header, columns, 0 if size == self.head_size else size)
        last = item.rows[-1] if item.rows and _is_small(item, shown) else None
        for cells, line, marks in zip(rows, item.rows, merge_marks(item, shown), strict=True):
            if line.heading:
                mark_row(cells, keep_together=True)
                self._fill_cell(span(cells), line.cells[0], keep_next=True)
            else:
                self._fill_row(cells, line, shown, marks, keep_next=last is not None and line is not last)

    def _header_row(self, cells: Sequence[_Cell], columns: Sequence[Column], size: float) -> None:
        mark_row(cells, header=True, keep_together=True)
        for cell, column in zip(cells, columns, strict=True):
            add_run(self.line(cell, layout.TABLE_HEAD), column.title, Look(size=size))

    def _fill_row(
        self, cells: Sequence[_Cell], line: ReportRow, shown: list[int], marks: list[str], *, keep_next: bool
    ) -> None:
        longest = max((len(cell_text(line.cells[n])) for n in shown), default=0)
        mark_row(cells, keep_together=longest <= SHORT_ROW)
        for cell, n, mark in zip(cells, shown, marks, strict=True):
            if mark:
                cell._tc.vMerge = mark
            if mark == "continue":
                close(cell)
            else:
                self._fill_cell(cell, line.cells[n], keep_next=keep_next)

    def _fill_cell(self, cell: _Cell, item: TableCell, *, keep_next: bool = False) -> None:
        for part in item.paragraphs:
            noted = part.style == "note" or any(isinstance(r, Run) and r.style == "proposal" for r in part.runs)
            made = self.paragraph(cell, part, layout.TABLE_NOTE if noted else layout.TABLE_TEXT)
            if keep_next:
                made.paragraph_format.keep_with_next = True
            if _FIGURE.fullmatch(cell_text(item)):
                made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        close(cell)


def _belongs(item: Paragraph, following: Paragraph | Table | Chart | None, section: Section) -> bool:
    """What follows belongs to the line before it: a list, the first theme, a table without a title of its own."""
    if isinstance(following, Paragraph):
        return following.style == "bullet" or (_begins_bold(following) and not _begins_bold(item))
    return isinstance(following, Table) and (not following.title or following.title in section.title)


def _begins_bold(item: Paragraph) -> bool:
    return any(isinstance(r, Run) and r.style == "bold" for r in item.runs[:1])


def _is_small(item: Table, shown: list[int]) -> bool:
    """Short enough to stand on one page as a whole."""
    cells = (line.cells[n] for line in item.rows if not line.heading for n in shown)
    return len(item.rows) <= SMALL_TABLE and all(len(cell_text(cell)) <= SHORT_CELL for cell in cells)


def scaled(widths_mm: Sequence[float], total: int, needs: Sequence[int]) -> list[int]:
    """Widths in twips in about these proportions that together fill ``total``; none narrower than it ``needs`` to be,
    where all of these fit.
    """
    if not widths_mm:
        return []
    even = total // len(widths_mm)
    wide = sum(needs) <= total
    least = [need if wide else min(_NARROWEST, even) for need in needs]
    shares = [max(0.0, twips(mm) * total / twips(sum(widths_mm)) - n) for mm, n in zip(widths_mm, least, strict=True)]
    left = total - sum(least)
    widths = [n + int(share * left / (sum(shares) or 1)) for n, share in zip(least, shares, strict=True)]
    return [*widths[:-1], total - sum(widths[:-1])]


def needed(title: str, size: float, words: str = "") -> int:
    """Twips that keep the words of a heading in letters of ``size`` points whole, and those of the cells below it."""
    letters = max(_longest(title) * size, _longest(words) * _TEXT_SIZE)
    return max(_NARROWEST, _CELL_MARGINS + round(letters * _LETTER * 20))


def head_size(titles: Sequence[str], total: int, size: float, words: Sequence[str] = ()) -> float:
    """The size in points, ``size`` at the most, at which no word of these headings breaks in ``total`` twips;
    ``words`` are those of the cells, for each column.
    """
    below = words or [""] * len(titles)
    while size > _SMALLEST_HEAD and sum(needed(*c) for c in zip(titles, repeat(size), below, strict=False)) > total:
        size -= 0.5
    return size


def _longest(text: str) -> int:
    return max((len(word) for word in re.split(r"[ \n-]+", text)), default=0)


def _labels_in(item: Table, column: int) -> str:
    """The words of the cells of a column that holds labels and figures; those of running text may break."""
    found = [cell_text(line.cells[column]) for line in item.rows if not line.heading]
    return "\n".join(found) if all(len(text) <= _LABEL for text in found) else ""


def cell_text(item: TableCell) -> str:
    """The words of a cell, a line for each paragraph."""
    return "\n".join("".join(r.value if isinstance(r, Entry) else r.text for r in p.runs) for p in item.paragraphs)


def merge_marks(item: Table, shown: list[int]) -> list[list[str]]:
    """For each row and shown column "", "restart" or "continue"; heading rows end every merge."""
    marks = [["" for _ in shown] for _ in item.rows]
    for place, n in enumerate(shown):
        if not item.columns[n].merge_equal:
            continue
        above = ""
        for line, row_marks, before in zip(item.rows, marks, [None, *marks], strict=False):
            words = "" if line.heading else cell_text(line.cells[n])
            if words and words == above and before is not None:
                row_marks[place] = "continue"
                before[place] = before[place] or "restart"
            above = words
    return marks
