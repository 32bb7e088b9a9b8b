"""From the elements of a Word part to blocks: paragraphs, tables, text boxes, tracked changes, comment anchors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from feedback_synth.datamodel.document import Annotation, Block, BlockKind, Cell, Locator, Span
from feedback_synth.documents._reading import Reading
from feedback_synth.documents.word.names import Element, W, child, integer, local, value
from feedback_synth.documents.word.numbering import Number, Numbering
from feedback_synth.documents.word.paragraphs import Change, Paragraph, ParagraphReader
from feedback_synth.documents.word.styles import Chain, Styles
from feedback_synth.documents.word.tables import grid
from feedback_synth.languages.text import clean_span

_WRAPPERS = frozenset("sdt sdtContent customXml ins del moveFrom moveTo smartTag body txbxContent".split())
_MAX_TABLE_DEPTH = 20
_NO_STYLE = Chain()
_PARAGRAPH, _TABLE = W + "p", W + "tbl"


@dataclass
class BodyWriter:
    """Writes the blocks of one part after the other into ``reading``."""

    reading: Reading
    styles: Styles
    numbering: Numbering
    reader: ParagraphReader
    has_pages: bool = False
    tables: int = 0
    paragraphs: int = 0
    page: int = 1
    anchors: dict[str, Span] = field(default_factory=dict)  # of comments, by comment id
    notes: list[str] = field(default_factory=list)  # "footnote:3" in the order of the text
    _open: list[str] = field(default_factory=list)  # comments whose range has begun
    _last: Block | None = None  # the last block with text, to which a wholly deleted paragraph is anchored

    def write(self, container: Element, part: str = "body", kind: BlockKind = "paragraph") -> None:
        """Blocks of all paragraphs and tables below ``container``."""
        self._write(container, Locator(part), kind, None, 0)

    def _write(self, container: Element, locator: Locator, kind: BlockKind, cell: Cell | None, depth: int) -> None:
        pending: Paragraph | None = None
        for element in _elements(container):
            if self.reading.is_full:
                return
            if element.tag == _TABLE and depth <= _MAX_TABLE_DEPTH:
                self._table(element, locator.part, kind, depth)
                continue
            if element.tag == _TABLE:
                self._too_deep(element, locator, kind, cell, depth)
                continue
            properties = child(element, "pPr")
            chain = self.styles.paragraph_style(properties)
            paragraph = self.reader.read(element, chain, pending)
            pending = None
            if _mark_is_deleted(properties) and paragraph.stretches:
                pending = paragraph  # its words run on into the next paragraph
                continue
            self._paragraph(properties, chain, paragraph, locator, kind, cell, depth)
        if pending is not None:
            self._paragraph(None, _NO_STYLE, pending, locator, kind, cell, depth)

    def _paragraph(
        self,
        properties: Element | None,
        chain: Chain,
        paragraph: Paragraph,
        locator: Locator,
        kind: BlockKind,
        cell: Cell | None,
        depth: int,
    ) -> None:
        self.page += paragraph.leading_breaks
        text = paragraph.final
        has_words = bool(text.strip())
        number = self.numbering.number(properties, chain) if has_words or _counts(paragraph) else None
        if locator.part == "body" and cell is None and has_words:
            self.paragraphs += 1
        place = self._locate(locator, cell)
        block = None
        if has_words:
            if kind == "paragraph" and chain.of_contents:
                kind = "navigation"
            block = self._block(text, place, kind, cell, number, _outline(properties, chain), paragraph.bold)
        self._last = block or self._last
        if self._open or paragraph.comment_starts or paragraph.comment_ends:
            self._anchor(paragraph, block)
        self._changes(paragraph, block, place)
        self.notes.extend(paragraph.notes)
        self.page += paragraph.page_breaks - paragraph.leading_breaks
        for box in paragraph.boxes:
            self._write(box, Locator("textbox", page=place.page), kind, None, depth + 1)

    def _block(
        self,
        text: str,
        place: Locator,
        kind: BlockKind,
        cell: Cell | None,
        number: Number | None,
        outline: int | None,
        bold: bool,
    ) -> Block | None:
        level: int | None = None
        if cell is not None and kind == "paragraph":
            kind = "cell"
        elif kind == "paragraph" and outline is not None:
            kind, level = "heading", outline
        elif kind == "paragraph" and number is not None:
            kind, level = "list_item", number.level
        return self.reading.add(
            text,
            place,
            kind,
            number=number.text if number else "",
            level=level,
            bold=bold,
            cell=cell if kind == "cell" else None,
        )

    def _locate(self, locator: Locator, cell: Cell | None) -> Locator:
        page = self.page if self.has_pages and locator.part == "body" else locator.page
        if cell is not None:
            return Locator(locator.part, page, table=cell.table, row=cell.row, column=cell.column)
        return Locator(locator.part, page, paragraph=self.paragraphs if locator.part == "body" else None)

    def _anchor(self, paragraph: Paragraph, block: Block | None) -> None:
        """Give each comment whose range touches this paragraph its words here, unless it has some already."""
        begun = [c for c in paragraph.comment_starts if c not in self._open]
        for comment in [*self._open, *begun]:
            start = paragraph.comment_starts.get(comment, 0) if comment in begun else 0
            end = paragraph.comment_ends.get(comment, paragraph.length)
            self._anchor_one(comment, paragraph, block, start, end)
        ended = set(paragraph.comment_ends)
        self._open = [c for c in [*self._open, *begun] if c not in ended]

    def _anchor_one(self, comment: str, paragraph: Paragraph, block: Block | None, start: int, end: int) -> None:
        known = self.anchors.get(comment)
        if known is not None and known.end > known.start:
            return
        if block is not None:
            self.anchors[comment] = Span(block.id, *clean_span(paragraph.final, start, end))
        elif known is None and self._last is not None:
            self.anchors[comment] = Span(self._last.id, len(self._last.text), len(self._last.text))

    def _changes(self, paragraph: Paragraph, block: Block | None, place: Locator) -> None:
        for change in paragraph.changes():
            annotation = Annotation(change.author, change.date, self._place(change, paragraph, block))
            self.reading.add(change.text, place, change.kind, annotation=annotation)

    def _place(self, change: Change, paragraph: Paragraph, block: Block | None) -> Span | None:
        if block is not None:
            return Span(block.id, *clean_span(paragraph.final, change.start, change.end))
        if self._last is None:
            return None
        return Span(self._last.id, len(self._last.text), len(self._last.text))

    def _too_deep(self, table: Element, locator: Locator, kind: BlockKind, cell: Cell | None, depth: int) -> None:
        """The words of a table inside too many others, as words of the cell around it."""
        self.reading.notice("nested_too_deep")
        for element in table.iter(_PARAGRAPH):
            chain = self.styles.paragraph_style(child(element, "pPr"))
            paragraph = self.reader.read(element, chain)
            self._paragraph(child(element, "pPr"), chain, paragraph, locator, kind, cell, depth)

    def _table(self, element: Element, part: str, kind: BlockKind, depth: int) -> None:
        self.tables += 1
        table = self.tables
        for place in grid(element):
            cell = Cell(table, place.row, place.column, place.row_span, place.column_span, place.is_header)
            for container in place.elements:
                self._write(container, Locator(part), kind, cell, depth + 1)


def _elements(container: Element) -> Iterator[Element]:
    """Paragraphs and tables directly below ``container``, seen through content controls and the like."""
    stack = [iter(container)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in (_PARAGRAPH, _TABLE):
            yield element
        elif (name := local(element.tag)) in _WRAPPERS:
            stack.append(iter(element))
        elif name == "AlternateContent" and len(element):
            stack.append(iter(element[0]))


def _mark_is_deleted(properties: Element | None) -> bool:
    return child(properties, "rPr", "del") is not None


def _counts(paragraph: Paragraph) -> bool:
    """An empty paragraph advances the numbering, one that was deleted does not."""
    return not paragraph.stretches


def _outline(properties: Element | None, chain: Chain) -> int | None:
    direct = value(properties, "outlineLvl")
    level = integer(direct, 9) if direct is not None else chain.outline
    return level if level is not None and 0 <= level < 9 else None
