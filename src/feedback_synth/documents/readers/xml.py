"""Office files that are one XML document: of Word and Excel 2003, flat packages of Word, flat OpenDocument."""

from __future__ import annotations

from typing import Any

from feedback_synth.datamodel.document import Annotation, Block, Cell, Locator, Span
from feedback_synth.documents._archive import local, parse
from feedback_synth.documents._cell_notes import writer_and_words
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents._tables import letter
from feedback_synth.documents.readers import docx, odt
from feedback_synth.documents.sheets.workbook import MAX_COLUMNS
from feedback_synth.errors import UnreadableDocumentError, UnsupportedFormatError
from feedback_synth.packages import zipped

SUFFIXES = (".xml", ".fodt", ".fods")
_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEETS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_REMARKS = "{http://schemas.microsoft.com/aml/2001/core}"
_SECTIONS = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_MAX_ROWS = 1_048_576


def read(source: Source, reading: Reading) -> None:
    """Blocks of the office document; an UnsupportedFormatError for XML of other programs."""
    root = parse(source.data)
    tag = root.tag if root is not None and isinstance(root.tag, str) else ""
    if root is None:
        raise UnreadableDocumentError(
            "{name}: the text of the document is missing or damaged. Open it, save it anew and give it again.",
            name=source.name,
        )
    if tag == f"{_FLAT}package":
        docx.read(Source(source.name, _packed(root)), reading)
    elif tag == f"{{{_WORD_2003}}}wordDocument":
        docx.read(Source(source.name, _converted(root, reading)), reading)
    elif tag == f"{_SHEETS}Workbook":
        for table, sheet in enumerate(root.iter(f"{_SHEETS}Worksheet"), start=1):
            _write_sheet(sheet, table, reading)
    elif local(root) == "document" and tag.startswith("{urn:oasis:names:tc:opendocument:"):
        odt.read_flat(source, root, reading)
    else:
        raise UnsupportedFormatError(
            "{name}: files of this kind are not read. Save it as .docx, .xlsx, .pdf, .odt, .rtf, .html, .csv or .txt "
            "and give that.",
            name=source.name,
        )


def _packed(root: Any) -> bytes:
    """The container whose parts a flat package writes one after the other."""
    from lxml import etree

    parts = {}
    for part in root.iter(f"{_FLAT}part"):
        content = part.find(f"{_FLAT}xmlData")
        if content is not None and len(content):
            parts[(part.get(f"{_FLAT}name") or "").lstrip("/")] = etree.tostring(content[0])
    return zipped(parts)


def _converted(root: Any, reading: Reading) -> bytes:
    """A text of Word 2003 as one of today, its tracked changes accepted; comments are left out and said."""
    from lxml import etree

    for remark in list(root.iter(f"{_REMARKS}annotation")):
        kind = next((v for k, v in remark.attrib.items() if k.endswith("}type")), "")
        if kind == "Word.Comment":
            reading.notice("part_unreadable", part="comments")
        if kind in ("Word.Comment", "Word.Deletion"):
            _remove(remark)
    etree.strip_tags(root, f"{_REMARKS}*", f"{_SECTIONS}*")
    text = etree.tostring(root).replace(_WORD_2003.encode(), _WORD.encode())
    return zipped({"word/document.xml": text})


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _write_sheet(sheet: Any, table: int, reading: Reading) -> None:
    name = sheet.get(f"{_SHEETS}Name") or ""
    row = 0
    for element in sheet.iter(f"{_SHEETS}Row"):
        row = _place(element, row)
        column = 0
        for cell in element.iter(f"{_SHEETS}Cell"):
            column = _place(cell, column)
            if row > _MAX_ROWS or column > MAX_COLUMNS:
                break
            across, down = _number(cell, "MergeAcross"), _number(cell, "MergeDown")
            _write_cell(cell, Cell(table, row, column, 1 + down, 1 + across), name, reading)
            column += across


def _write_cell(element: Any, cell: Cell, sheet: str, reading: Reading) -> None:
    place = Locator(
        table=cell.table, row=cell.row, column=cell.column, sheet=sheet, cell=f"{letter(cell.column)}{cell.row}"
    )
    data = element.find(f"{_SHEETS}Data")
    text = "".join(data.itertext()) if data is not None else ""
    block = reading.add(text, place, "cell", cell=cell)
    for remark in element.iter(f"{_SHEETS}Comment"):
        _write_comment(remark, block, place, reading)


def _write_comment(remark: Any, block: Block | None, place: Locator, reading: Reading) -> None:
    author, text = writer_and_words(remark.get(f"{_SHEETS}Author") or "", "".join(remark.itertext()).strip())
    anchor = Span(block.id, 0, len(block.text)) if block else None
    reading.add(
        text,
        Locator("comment", sheet=place.sheet, cell=place.cell),
        "comment",
        annotation=Annotation(author, "", anchor),
    )


def _place(element: Any, last: int) -> int:
    """The row or column of an element: what it says itself, else the next."""
    return _number(element, "Index") or last + 1


def _number(element: Any, name: str) -> int:
    text = element.get(f"{_SHEETS}{name}") or ""
    return int(text) if text.isdigit() and len(text) < 7 else 0
