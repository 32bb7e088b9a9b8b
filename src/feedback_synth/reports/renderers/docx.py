"""Reports as Word documents, in the page layout of their profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from lxml.etree import _Element as Element

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
from feedback_synth.reports.renderers._docx_chart import chart_part, drawing
from feedback_synth.reports.renderers._docx_letterhead import foot, head
from feedback_synth.reports.renderers._docx_package import Package, section_properties, styles, usable_width
from feedback_synth.reports.renderers._wordml import (
    CellShape,
    Control,
    Font,
    Shape,
    cell,
    content_control,
    paragraph,
    row,
    run,
    table,
    twips,
    w,
)

FORMAT = "docx"
SHORT_ROW = 300  # characters: a row this short is kept on one page, a longer one may break
_GREY = "595959"
_NARROWEST = 690  # twips, enough for three letters of a heading
_FIRST_ID_IN_TEMPLATE = 900_000
_STYLES: Mapping[str, Font] = {
    "plain": Font(),
    "bold": Font(bold=True),
    "italic": Font(italic=True),
    "quote": Font(),
    "insert": Font(italic=True, underline=True),
    "delete": Font(strike=True),
    "muted": Font(color=_GREY),
    "proposal": Font(italic=True, color=_GREY),
    "mark": Font(underline=True),
}


def render(report: Report, template: bytes | None = None) -> bytes:
    """The .docx. An office's own ``template`` (placeholders: docs/exchange.md) wins over the layout of the profile."""
    writer = _Writer(report, load_toml(f"templates/{report.profile}.toml"))
    return writer.document() if template is None else writer.filled(template)


@dataclass
class _Writer:
    """One document in the making: counts content controls and drawings, so that every id is given once."""

    report: Report
    profile: Mapping[str, Any]
    entries: int = 0
    drawings: int = 0
    package: Package = field(init=False)

    def __post_init__(self) -> None:
        title = " ".join(t for t in (self.report.title, self.report.subtitle) if t)
        self.package = Package(self.profile, self.report.language, title)

    def document(self) -> bytes:
        """Head, sections, foot; stretches of upright and lying pages each in a section of their own."""
        width = usable_width(self.profile, landscape=self.report.landscape)
        blocks = head(self.report, self.profile, width)
        stretches = [(lying, list(s)) for lying, s in groupby(self.sections(), key=self.lies)]
        first = True
        for n, (lying, sections) in enumerate(stretches):
            for section in sections:
                blocks += self.section(section, usable_width(self.profile, landscape=lying))
            if n == self._signed_after(stretches):
                blocks += foot(self.report, self.profile, usable_width(self.profile, landscape=lying))
            if n < len(stretches) - 1:
                blocks.append(paragraph([], section=section_properties(self.profile, landscape=lying, first=first)))
                first = False
        last = stretches[-1][0] if stretches else self.report.landscape
        return self.package.save(w("body", *blocks, section_properties(self.profile, landscape=last, first=first)))

    def lies(self, section: Section) -> bool:
        return self.report.landscape or section.landscape

    def _signed_after(self, stretches: list[tuple[bool, list[Section]]]) -> int:
        """The signature stands at the end of the main part: before the first annex on lying pages."""
        return next((n for n, (lying, _) in enumerate(stretches) if lying == self.report.landscape), 0)

    def sections(self) -> list[Section]:
        return [s for s in self.report.sections if not s.formats or FORMAT in s.formats]

    def filled(self, template: bytes) -> bytes:
        """The same sections in an office's own document; ids start high, out of the way of those it has."""
        from feedback_synth.reports.renderers import _docx_template

        self.entries = self.drawings = _FIRST_ID_IN_TEMPLATE
        version, changed = _docx_template.fill(template, self.report, self.sections(), self.section)
        return _docx_template.finish(version, changed, self.package.charts, styles(self.profile, self.report.language))

    def section(self, section: Section, width: int) -> list[Element]:
        """Heading and content of one section, in a width in twips."""
        blocks: list[Element] = []
        if section.title:
            blocks.append(paragraph([run(section.title)], Shape(f"Heading{min(section.level, 3)}")))
        for item in section.content:
            if isinstance(item, Table):
                titled = item.title and item.title not in section.title
                blocks += [paragraph([run(item.title)], Shape("Caption"))] if titled else []
                blocks += [self.table(item, width), paragraph([], Shape(before=0, after=0))]
            elif isinstance(item, Chart):
                blocks += self.chart(item, width)
            else:
                blocks.append(self.paragraph(item))
        return blocks

    def paragraph(self, item: Paragraph) -> Element:
        """A paragraph of running text; bullets are typed hyphens, not Word's own."""
        bullet = [run("- ")] if item.style == "bullet" else []
        shape = Shape("Caption") if item.style == "caption" else Shape("BodyText")
        return paragraph([*bullet, *self.runs(item)], shape)

    def runs(self, item: Paragraph) -> Iterable[Element]:
        for piece in item.runs:
            if isinstance(piece, Entry):
                yield self.entry(piece)
            else:
                yield run(piece.text, _STYLES[piece.style])

    def entry(self, entry: Entry) -> Element:
        """A content control whose tag is the address of the way back."""
        self.entries += 1
        empty = not entry.value
        font = Font(bold=entry.column_key == "disposition" and not empty, color=_GREY if empty else "")
        tag = docx_tag(entry.row_key, entry.column_key)
        control = Control(self.entries, tag, entry.column_key, empty, entry.choices)
        return content_control(control, entry.value or entry.prompt or "\u2003", font)

    def chart(self, chart: Chart, width: int) -> list[Element]:
        self.drawings += 1
        relation = self.package.add_chart(chart_part(chart))
        picture = drawing(relation, chart, self.drawings, width / 1440 * 25.4)
        caption = paragraph([run(chart.title)], Shape("Caption"))
        return [caption, paragraph([picture], Shape(align="center"))]

    def table(self, item: Table, width: int) -> Element:
        """Header row on every page, equal neighbours of a merging column as one cell."""
        shown = [n for n, c in enumerate(item.columns) if not c.formats or FORMAT in c.formats]
        columns = [item.columns[n] for n in shown]
        widths = scaled([c.width_mm for c in columns], width)
        merges = merge_marks(item, shown)
        rows = [self._header_row(columns, widths)]
        for line, marks in zip(item.rows, merges, strict=True):
            rows.append(self._row(line, shown, widths, marks))
        return table(rows, widths, title=item.title)

    def _header_row(self, columns: list[Column], widths: list[int]) -> Element:
        titles = [paragraph([run(c.title)], Shape("TableHead")) for c in columns]
        cells = [cell([title], CellShape(n)) for title, n in zip(titles, widths, strict=True)]
        return row(cells, header=True, keep_together=True)

    def _row(self, line: ReportRow, shown: list[int], widths: list[int], marks: list[str]) -> Element:
        if line.heading:
            content = self._cell_content(line.cells[0], keep_next=True)
            return row([cell(content, CellShape(sum(widths), span=len(widths)))], keep_together=True)
        cells = [
            cell([] if mark == "continue" else self._cell_content(line.cells[n]), CellShape(width, merge=mark))
            for n, width, mark in zip(shown, widths, marks, strict=True)
        ]
        longest = max((len(cell_text(line.cells[n])) for n in shown), default=0)
        return row(cells, keep_together=longest <= SHORT_ROW)

    def _cell_content(self, item: TableCell, *, keep_next: bool = False) -> list[Element]:
        found = []
        for part in item.paragraphs:
            noted = part.style == "note" or any(isinstance(r, Run) and r.style == "proposal" for r in part.runs)
            lead = [run("- ")] if part.style == "bullet" else []
            shape = Shape("TableNote" if noted else "TableText", keep_next=keep_next)
            found.append(paragraph([*lead, *self.runs(part)], shape))
        return found


def scaled(widths_mm: list[float], total: int) -> list[int]:
    """Widths in twips in about these proportions that together fill ``total``; none too narrow for a short word."""
    if not widths_mm:
        return []
    least = min(_NARROWEST, total // len(widths_mm))
    shares = [max(0.0, twips(mm) * total / twips(sum(widths_mm)) - least) for mm in widths_mm]
    left = total - least * len(widths_mm)
    widths = [least + int(share * left / (sum(shares) or 1)) for share in shares]
    return [*widths[:-1], total - sum(widths[:-1])]


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
