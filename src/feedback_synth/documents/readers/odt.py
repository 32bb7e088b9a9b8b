"""OpenDocument texts and sheets (.odt, .ods): paragraphs, lists with their numbers, tables, comments, changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from feedback_synth.datamodel.document import Annotation, BlockKind, Cell, Locator, Span
from feedback_synth.documents._archive import Archive, local
from feedback_synth.documents._cell_notes import writer_and_words
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents.word.numbering import write
from feedback_synth.errors import UnreadableDocumentError
from feedback_synth.languages.text import clean_span

SUFFIXES = (".odt", ".ott", ".ods", ".odp")
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_UNSEEN = frozenset(
    "tracked-changes sequence-decls forms variable-decls user-field-decls desc title event-listeners".split()
)
_MAX_DEPTH = 200
_MAX_REPEATS = 200


def read(source: Source, reading: Reading) -> None:
    """One block per paragraph, heading, item or cell of an OpenDocument file."""
    archive = Archive(source.name, source.data)
    if b"manifest:encryption-data" in archive.read("META-INF/manifest.xml"):
        raise UnreadableDocumentError(
            "{name}: the file is protected by a password. Open it, remove the password and save it again.",
            name=source.name,
        )
    _write(source, archive.tree("content.xml"), archive.tree("styles.xml"), reading)


def read_flat(source: Source, root: Any, reading: Reading) -> None:
    """A file that holds all parts in one XML document (.fodt, .fods), by its root."""
    _write(source, root, root, reading)


def _write(source: Source, root: Any, styles: Any, reading: Reading) -> None:
    body = root.find(_OFFICE + "body") if root is not None else None
    if body is None:
        raise UnreadableDocumentError(
            "{name}: the text of the document is missing or damaged. Open it, save it anew and give it again.",
            name=source.name,
        )
    writer = _Writer(reading, _list_styles(root, styles), _changes(body))
    for content in body:
        writer.walk(content, "paragraph", None, 0)
    for master in styles.iter(_STYLE + "master-page") if styles is not None else ():
        for margin in master:
            writer.part = "footer" if "footer" in local(margin) else "header"
            writer.walk(margin, "footer" if writer.part == "footer" else "header", None, 0)
    writer.write_comments()


@dataclass(frozen=True, slots=True)
class _Change:
    kind: str  # insertion or deletion
    author: str
    date: str
    text: str


@dataclass
class _Words:
    """The words of a paragraph while they are gathered."""

    text: str = ""
    comments: list[tuple[Any, int]] = field(default_factory=list)
    comment_ends: dict[str, int] = field(default_factory=dict)
    notes: list[Any] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    changes: list[tuple[str, int]] = field(default_factory=list)  # (change id, place), in order


class _Writer:
    def __init__(
        self, reading: Reading, levels: dict[str, dict[int, tuple[str, str, str, int]]], changes: dict[str, _Change]
    ) -> None:
        self._reading = reading
        self._levels = levels
        self._changes = changes
        self._counters: dict[str, list[int]] = {}
        self._comments: list[tuple[Any, Span | None]] = []
        self._open: dict[str, str] = {}  # insertion id -> words so far
        self._paragraphs = 0
        self._tables = 0
        self.part = "body"
        self._sheet = ""

    def walk(
        self, element: Any, kind: BlockKind, cell: Cell | None, depth: int, number: str = "", level: int | None = None
    ) -> None:
        """Blocks of everything below ``element``."""
        if depth > _MAX_DEPTH:
            self._reading.notice("nested_too_deep")
            self._reading.add(" ".join(element.itertext()), Locator(self.part))
            return
        for child in element:
            tag = local(child)
            if tag in ("p", "h"):
                self._paragraph(child, kind, cell, number, level, depth)
                number = ""
            elif tag == "list":
                self._list(child, kind, cell, depth, level)
            elif tag == "table":
                self._table(child, depth)
            elif tag and tag not in _UNSEEN:
                self.walk(child, kind, cell, depth + 1)

    def _paragraph(
        self, element: Any, kind: BlockKind, cell: Cell | None, number: str, level: int | None, depth: int
    ) -> None:
        words = _Words()
        self._gather(element, words, depth)
        if kind == "paragraph" and local(element) == "h":
            kind = "heading"
            level = max(0, int(element.get(_TEXT + "outline-level") or "1") - 1)
        elif kind == "paragraph" and number:
            kind = "list_item"
        place = self._locate(cell, words.text)
        if cell is not None:
            kind = "cell"
        block = self._reading.add(words.text, place, kind, number=number, level=level, cell=cell)
        for comment, start in words.comments:
            end = words.comment_ends.get(comment.get(_OFFICE + "name") or "", start)
            self._comments.append((comment, Span(block.id, *clean_span(words.text, start, end)) if block else None))
        self._write_changes(words, place, block.id if block else "")
        for note in words.notes:
            self.walk(note, "footnote", None, depth + 1)
        for box in words.boxes:
            outer, self.part = self.part, "textbox"
            self.walk(box, "paragraph", None, depth + 1)
            self.part = outer

    def _locate(self, cell: Cell | None, text: str) -> Locator:
        if cell is not None:
            return Locator(self.part, table=cell.table, row=cell.row, column=cell.column, sheet=self._sheet)
        self._paragraphs += bool(text.strip()) and self.part == "body"
        return Locator(self.part, paragraph=self._paragraphs if self.part == "body" else None)

    def _gather(self, element: Any, words: _Words, depth: int) -> None:
        words.text += element.text or ""
        for child in element:
            tag = local(child)
            if tag == "s":
                words.text += " "
            elif tag == "tab":
                words.text += "\t"
            elif tag == "line-break":
                words.text += "\n"
            elif tag == "annotation":
                words.comments.append((child, len(words.text)))
            elif tag == "annotation-end":
                words.comment_ends[child.get(_OFFICE + "name") or ""] = len(words.text)
            elif tag == "note":
                words.notes.extend(c for c in child if local(c) == "note-body")
            elif tag in ("change", "change-start", "change-end"):
                words.changes.append((child.get(_TEXT + "change-id") or "", len(words.text)))
            elif tag in ("frame", "custom-shape", "text-box"):
                words.boxes.append(child)
            elif tag and tag not in _UNSEEN and depth < _MAX_DEPTH:
                self._gather(child, words, depth + 1)
            words.text += child.tail or ""

    def _write_changes(self, words: _Words, place: Locator, block_id: str) -> None:
        """Deletions where they stood; insertions from their start mark to their end mark."""
        starts: dict[str, int] = {}
        for change_id, at in words.changes:
            change = self._changes.get(change_id)
            if change is None:
                continue
            if change.kind == "deletion":
                self._change(change, change.text, words, at, at, place, block_id)
            elif change_id in starts:
                self._change(
                    change, words.text[starts[change_id] : at], words, starts.pop(change_id), at, place, block_id
                )
            elif change_id in self._open:
                self._open.pop(change_id)
                self._change(change, words.text[:at], words, 0, at, place, block_id)
            else:
                starts[change_id] = at
        for change_id, at in starts.items():
            self._open[change_id] = ""
            self._change(self._changes[change_id], words.text[at:], words, at, len(words.text), place, block_id)

    def _change(
        self, change: _Change, text: str, words: _Words, start: int, end: int, place: Locator, block_id: str
    ) -> None:
        anchor = Span(block_id, *clean_span(words.text, start, end)) if block_id else None
        kind: BlockKind = "deletion" if change.kind == "deletion" else "insertion"
        self._reading.add(text, place, kind, annotation=Annotation(change.author, change.date, anchor))

    def _list(
        self, element: Any, kind: BlockKind, cell: Cell | None, depth: int, outer: int | None, style: str = ""
    ) -> None:
        style = element.get(_TEXT + "style-name") or style
        level = 0 if outer is None else outer + 1
        counters = self._counters.setdefault(style, [0] * 12)
        if element.get(_TEXT + "continue-numbering") != "true" and level < 12:
            counters[level:] = [0] * (12 - level)
        for item in element:
            tag = local(item)
            number = ""
            if tag == "list-item" and level < 12 and any(local(c) in ("p", "h") for c in item):
                number = self._number(style, counters, level, item)
            for child in item:
                if local(child) == "list":
                    self._list(child, kind, cell, depth + 1, level, style)
                elif local(child) in ("p", "h"):
                    self._paragraph(child, kind, cell, number, level, depth + 1)
                    number = ""

    def _number(self, style: str, counters: list[int], level: int, item: Any) -> str:
        form, prefix, suffix, start = self._levels.get(style, {}).get(level, ("bullet", "", "", 1))
        own = item.get(_TEXT + "start-value") or ""
        counters[level] = (
            int(own) if own.isdigit() and len(own) < 7 else counters[level] + 1 if counters[level] else start
        )
        counters[level + 1 :] = [0] * (11 - level)
        return "•" if form == "bullet" else prefix + write(counters[level], form) + suffix

    def _table(self, table: Any, depth: int) -> None:
        self._tables += 1
        index = self._tables
        name = table.get(_TABLE + "name") or ""
        is_sheet = local(table.getparent()) == "spreadsheet"
        self._sheet = name if is_sheet else ""
        row = 0
        for element in _rows(table):
            cells = list(element)
            repeats = _count(element.get(_TABLE + "number-rows-repeated"))
            is_blank = not any("".join(c.itertext()).strip() for c in cells)
            for _ in range(1 if is_blank else min(repeats, _MAX_REPEATS)):
                row += 1
                self._row(cells, index, row, depth)
            row += repeats - 1 if is_blank else 0
            if self._reading.is_full:
                break
        self._sheet = ""

    def _row(self, cells: list[Any], table: int, row: int, depth: int) -> None:
        column = 0
        for element in cells:
            tag = local(element)
            if tag not in ("table-cell", "covered-table-cell"):
                continue
            repeats = _count(element.get(_TABLE + "number-columns-repeated"))
            if tag == "covered-table-cell" or not "".join(element.itertext()).strip():
                column += repeats
                continue
            for _ in range(min(repeats, _MAX_REPEATS)):
                column += 1
                down = _count(element.get(_TABLE + "number-rows-spanned"))
                across = _count(element.get(_TABLE + "number-columns-spanned"))
                self._cell_comments(element)
                self.walk(element, "paragraph", Cell(table, row, column, down, across), depth + 1)

    def _cell_comments(self, cell: Any) -> None:
        for comment in cell.findall(_OFFICE + "annotation"):
            self._comments.append((comment, Span(self._reading.upcoming_id(), 0, 0)))
            cell.remove(comment)

    def write_comments(self) -> None:
        """The comments of the document, after everything else."""
        ids = {b.id for b in self._reading.blocks}
        for comment, anchor in self._comments:
            date = comment.findtext(_DC + "date") or ""
            text = "\n".join("".join(p.itertext()) for p in comment if local(p) in ("p", "list"))
            author, text = writer_and_words(comment.findtext(_DC + "creator") or "", text)
            kept = anchor if anchor is not None and anchor.block_id in ids else None
            self._reading.add(text, Locator("comment"), "comment", annotation=Annotation(author, date, kept))


def _rows(table: Any) -> list[Any]:
    """Rows of this table, also those in header or group elements, not those of tables inside."""
    return [r for r in table.iter(_TABLE + "table-row") if next(r.iterancestors(_TABLE + "table"), None) is table]


def _count(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdigit() and len(text) < 8 else 1


def _list_styles(*roots: Any) -> dict[str, dict[int, tuple[str, str, str, int]]]:
    """Style name -> level -> (format, prefix, suffix, start)."""
    found: dict[str, dict[int, tuple[str, str, str, int]]] = {}
    for root in roots:
        for style in root.iter(_TEXT + "list-style") if root is not None else ():
            levels = {}
            for level in style:
                index = _count(level.get(_TEXT + "level")) - 1
                form = level.get(_STYLE + "num-format")
                shape = "bullet" if form is None else _FORMATS.get(form, "decimal")
                prefix, suffix = level.get(_STYLE + "num-prefix") or "", level.get(_STYLE + "num-suffix") or ""
                levels[index] = (shape, prefix, suffix, _count(level.get(_TEXT + "start-value")))
            found[style.get(_STYLE + "name") or ""] = levels
    return found


def _changes(body: Any) -> dict[str, _Change]:
    found = {}
    for region in body.iter(_TEXT + "changed-region"):
        for change in region:
            kind = local(change)
            if kind not in ("insertion", "deletion"):
                continue
            author = next((e.text or "" for e in change.iter(_DC + "creator")), "")
            date = next((e.text or "" for e in change.iter(_DC + "date")), "")
            text = "\n".join("".join(p.itertext()) for p in change if local(p) in ("p", "h"))
            names = (region.get(_TEXT + "id"), region.get("{http://www.w3.org/XML/1998/namespace}id"))
            for name in filter(None, names):
                found[name] = _Change(kind, author, date, text)
    return found
