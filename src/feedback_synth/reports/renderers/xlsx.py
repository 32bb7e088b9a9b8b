"""Tables of a report as a workbook that people fill in and that comes back: hidden keys, lists to choose from."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any

from feedback_synth import packages
from feedback_synth.datamodel.report import Column, Entry, Paragraph, Report, ReportRow, Run, Table, TableCell
from feedback_synth.reports.exchange import SHEET_KEY_COLUMN

FORMAT = "xlsx"
KEY_ROW = 1  # hidden: column keys
TITLE_ROW = 2
HEADER_ROW = 4
_LONGEST_CELL = 32000
_HIGHEST_ROW = 409.0  # points; the most that Excel allows
_WORDS_WIDTH = 120  # characters of a line of sentences
_CHARACTERS_PER_MM = 0.62
_FORBIDDEN_NAME = re.compile(r"[\[\]:*?/\\]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CLOCK = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def render(report: Report) -> bytes:
    """A sheet for each table; the first row and first column of each are hidden and hold the addresses."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    shown = (s for s in report.sections if not s.formats or FORMAT in s.formats)
    tables = [i for s in shown for i in s.content if isinstance(i, Table) and i.rows]
    tables.sort(key=lambda made: not any(c.editable for c in made.columns))  # what people fill in comes first
    for item in tables:
        _sheet(book, item, report)
    _words_sheet(book, report)
    book.properties.title = _ILLEGAL.sub("", report.title)
    return _without_clock(book)


def _sheet(book: Any, table: Table, report: Report) -> None:
    sheet = book.create_sheet(_sheet_name(table.title, book.sheetnames))
    shown = [(n, c) for n, c in enumerate(table.columns) if not c.formats or FORMAT in c.formats]
    columns = [c for _, c in shown]
    _head(sheet, columns, report)
    looks = [_look(sheet, c) for c in columns]
    last = HEADER_ROW
    for line in table.rows:
        if not line.heading:  # a sheet that people sort and filter holds no heading rows; the group is a column
            last += 1
            _row(sheet, last, line, shown, looks)
    _frame(sheet, book, columns, last)
    _choices(sheet, table, shown, last, book)


def _head(sheet: Any, columns: list[Column], report: Report) -> None:
    """Keys in the hidden row, the title, the header."""
    from openpyxl.styles import Alignment, Font

    sheet.cell(KEY_ROW, 1, SHEET_KEY_COLUMN)
    sheet.cell(HEADER_ROW, 1, SHEET_KEY_COLUMN)
    title = " ".join(t for t in (report.title, report.subtitle) if t)
    sheet.cell(TITLE_ROW, 2, _ILLEGAL.sub("", title)).font = Font(name="Times New Roman", size=14, bold=True)
    for n, column in enumerate(columns, start=2):
        sheet.cell(KEY_ROW, n, column.key)
        head = sheet.cell(HEADER_ROW, n, column.title)
        head.font = Font(name="Times New Roman", size=12, bold=True)
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        head.border = _border()
    sheet.row_dimensions[HEADER_ROW].height = 34


def _border() -> Any:
    from openpyxl.styles import Border, Side

    side = Side(style="thin")
    return Border(left=side, right=side, top=side, bottom=side)


def _look(sheet: Any, column: Column) -> Any:
    """The style of a column's cells, made once: openpyxl compares every new one with all that the book has."""
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Font, Protection

    pattern: Any = Cell(sheet, 1, 1)
    proposed = column.key == "proposal"
    pattern.font = Font(name="Times New Roman", size=11, italic=proposed, color="595959" if proposed else None)
    pattern.alignment = Alignment(vertical="top", wrap_text=True)
    pattern.border = _border()
    pattern.protection = Protection(locked=not column.editable)
    return pattern._style


def _row(sheet: Any, number: int, line: ReportRow, shown: list[tuple[int, Column]], looks: list[Any]) -> None:
    sheet.cell(number, 1, line.key)
    sheet.row_dimensions[number].height = _height(line, shown)
    for place, ((n, _), look) in enumerate(zip(shown, looks, strict=True), start=2):
        at = sheet.cell(number, place)
        at._style = copy(look)
        _write(at, line.cells[n])


def _height(line: ReportRow, shown: list[tuple[int, Column]]) -> float:
    """About how high the row must be in points to show every word."""
    lines = 1
    for n, column in shown:
        width = max(6.0, column.width_mm * _CHARACTERS_PER_MM) * 1.15
        lines = max(lines, sum(1 + int(len(part) / width) for part in sheet_text(line.cells[n]).split("\n")))
    return min(_HIGHEST_ROW, 4 + 14.5 * lines)


def _write(at: Any, item: TableCell) -> None:
    """The words as text, never as a formula; inserted and deleted words marked within the cell."""
    text = sheet_text(item)
    if text.isascii() and text.isdigit() and len(text) < 10 and (text == "0" or text[0] != "0"):
        at.value = int(text)
        return
    marked = any(isinstance(r, Run) and r.style in ("insert", "delete") for p in item.paragraphs for r in p.runs)
    if marked and len(text) <= _LONGEST_CELL:
        at.value = _rich(item)
    elif text:
        at.value = text[:_LONGEST_CELL] + (" […]" if len(text) > _LONGEST_CELL else "")
        at.data_type = "s"
        at.quotePrefix = text[0] in "=+-@"


def sheet_text(item: TableCell) -> str:
    """What a cell of the sheet holds: values of entries (nothing where nobody filled them in) and words."""
    lines = ["".join(r.value if isinstance(r, Entry) else r.text for r in p.runs) for p in item.paragraphs]
    text = "\n".join(lines)
    return _ILLEGAL.sub("", text) if text.strip() else ""


def _rich(item: TableCell) -> Any:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    fonts = {
        "insert": InlineFont(rFont="Times New Roman", sz=11, i=True, u="single", color=Color("000000C0")),
        "delete": InlineFont(rFont="Times New Roman", sz=11, strike=True, color=Color("00C00000")),
    }
    plain = InlineFont(rFont="Times New Roman", sz=11)
    blocks = []
    for n, part in enumerate(item.paragraphs):
        for piece in part.runs:
            words = piece.value if isinstance(piece, Entry) else piece.text
            font = fonts.get(piece.style, plain) if isinstance(piece, Run) else plain
            if words:
                blocks.append(TextBlock(font, _ILLEGAL.sub("", words)))
        if n < len(item.paragraphs) - 1 and blocks:
            blocks[-1] = TextBlock(blocks[-1].font, blocks[-1].text + "\n")
    return CellRichText(*blocks)


def _frame(sheet: Any, book: Any, columns: list[Column], last: int) -> None:
    """Hidden keys, frozen header, filter over keys and words together so that sorting takes the keys along."""
    from openpyxl.utils import get_column_letter
    from openpyxl.workbook.defined_name import DefinedName

    sheet.row_dimensions[KEY_ROW].hidden = True
    sheet.column_dimensions["A"].hidden = True
    for n, column in enumerate(columns, start=2):
        sheet.column_dimensions[get_column_letter(n)].width = max(6, round(column.width_mm * _CHARACTERS_PER_MM, 1))
    right = get_column_letter(len(columns) + 1)
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{right}{max(last, HEADER_ROW + 1)}"
    quoted = sheet.title.replace("'", "''")
    n = len(book.sheetnames)
    for name, area in (("keys", f"$A${HEADER_ROW + 1}:$A${last}"), ("columns", f"$A${KEY_ROW}:${right}${KEY_ROW}")):
        book.defined_names[f"fs_{name}_{n}"] = DefinedName(f"fs_{name}_{n}", attr_text=f"'{quoted}'!{area}")
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _choices(sheet: Any, table: Table, shown: list[tuple[int, Column]], last: int, book: Any) -> None:
    """Lists to choose from, where a column has them; other words are allowed, since import understands them."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, (n, column) in enumerate(shown, start=2):
        choices = next(_entry_choices(line.cells[n] for line in table.rows if not line.heading), ())
        if choices:
            area = _list_area(book, column.key, choices)
            rule = DataValidation(type="list", formula1=area, allow_blank=True, showErrorMessage=False)
            letter = get_column_letter(place)
            rule.add(f"{letter}{HEADER_ROW + 1}:{letter}{last}")
            sheet.add_data_validation(rule)


def _entry_choices(cells: Iterable[TableCell]) -> Iterator[tuple[str, ...]]:
    return (r.choices for c in cells for p in c.paragraphs for r in p.runs if isinstance(r, Entry) and r.choices)


def _list_area(book: Any, key: str, choices: tuple[str, ...]) -> str:
    """A hidden sheet holds each list once; a rule's own text is limited to 255 characters."""
    lists = book["_lists"] if "_lists" in book.sheetnames else book.create_sheet("_lists")
    lists.sheet_state = "hidden"
    heads = [c.value for c in lists[1]]
    from openpyxl.utils import get_column_letter

    place = heads.index(key) + 1 if key in heads else len([h for h in heads if h]) + 1
    for n, value in enumerate((key, *choices), start=1):
        lists.cell(n, place, value)
    letter = get_column_letter(place)
    return f"'_lists'!${letter}$2:${letter}${len(choices) + 1}"


def _words_sheet(book: Any, report: Report) -> None:
    """The sentences of the report (numbers and notes), so that the workbook stands by itself."""
    from openpyxl.styles import Alignment, Font

    lines = [
        ("- " if item.style == "bullet" else "")
        + "".join(r.value if isinstance(r, Entry) else r.text for r in item.runs)
        for section in report.sections
        if not section.formats or FORMAT in section.formats
        for item in section.content
        if isinstance(item, Paragraph)
    ]
    title = next((s.title for s in report.sections if s.key == "numbers"), "") or report.title
    sheet = book.create_sheet(_sheet_name(title, book.sheetnames))
    sheet.column_dimensions["A"].width = _WORDS_WIDTH
    for n, line in enumerate([report.title, report.subtitle, *lines], start=1):
        at = sheet.cell(n, 1, _ILLEGAL.sub("", line))
        at.data_type = "s"
        at.font = Font(name="Times New Roman", size=12, bold=n <= 2)
        at.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[n].height = min(_HIGHEST_ROW, 16.0 * (1 + int(len(line) / _WORDS_WIDTH)))


def _sheet_name(title: str, taken: list[str]) -> str:
    """At most 31 characters, none that Excel forbids, none twice."""
    name = _FORBIDDEN_NAME.sub(" ", title).strip(" '")[:31].strip() or "1"
    known = {t.casefold() for t in taken}
    number = 2
    candidate = name
    while candidate.casefold() in known:
        candidate = f"{name[:28]} {number}"
        number += 1
    return candidate


def _without_clock(book: Any) -> bytes:
    """The saved workbook with one fixed time everywhere, so that equal reports give equal bytes."""
    written = io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as source:
        return packages.zipped({name: _tidy(name, source.read(name)) for name in source.namelist()})


def _tidy(part: str, data: bytes) -> bytes:
    """A part without its clock, and rows without a first guess of their height: it follows what people type."""
    if part == "docProps/core.xml":
        return _CLOCK.sub(b"", data)
    return data.replace(b' customHeight="1"', b"") if part.startswith("xl/worksheets/") else data
