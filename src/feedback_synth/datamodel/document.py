"""What a reader makes of a file: blocks of text that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

SourceKind = Literal[
    "minutes", "letter", "table", "annotated_draft", "news", "notes", "draft", "absorption_table", "background"
]
BlockKind = Literal[
    "paragraph",
    "heading",
    "list_item",
    "cell",
    "comment",  # a Word (or PDF) comment; `annotation` says who and on which words
    "insertion",  # tracked insertion: the inserted words
    "deletion",  # tracked deletion: the deleted words
    "caption",
    "footnote",
    "header",
    "footer",
    "navigation",  # menus, comment counters and other residue of web pages
]
ColumnRole = Literal[
    "number",
    "organization",
    "person",
    "provision",
    "draft_text",
    "question",  # of a survey: what the opinion beside it answers
    "opinion",
    "agreement",  # yes or no to the draft, or to the question
    "response",
    "note",
    "date",
    "other",
]


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a block stands in its file, in the numbers a reader of the file sees (all from 1)."""

    part: str = "body"  # body, comment, header, footer, footnote, textbox, or the name of an attachment
    page: int | None = None
    paragraph: int | None = None
    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str = ""
    cell: str = ""  # spreadsheet address, "D5"

    def __str__(self) -> str:
        """A short form without words of any language but the part: ``p3 ¶17``, ``Sheet1!D5``, ``t2 r3 c4``."""
        words = [] if self.part == "body" else [self.part]
        if self.sheet or self.cell:
            words.append(f"{self.sheet}!{self.cell}")
        else:
            for mark, value in (
                ("p", self.page),
                ("¶", self.paragraph),
                ("l", self.line),
                ("t", self.table),
                ("r", self.row),
                ("c", self.column),
            ):
                if value is not None:
                    words.append(f"{mark}{value}")
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (end excluded) of one block's text."""

    block_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of the result should know. ``code`` is a key of data/labels; ``values`` fill its sentence."""

    code: str
    values: tuple[tuple[str, str], ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Place of a block of kind "cell" in its table. Merged cells give one block, at their first row and column."""

    table: int  # from 1, over the whole document; each sheet of a workbook is a table
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False
    role: ColumnRole = "other"  # the meaning of its column, by the header


@dataclass(frozen=True, slots=True)
class Annotation:
    """Who annotated which words. For kind "comment", "insertion" and "deletion"."""

    author: str
    date: str = ""  # ISO 8601 as stored, or ""
    anchor: Span | None = None  # the annotated words, in a block of the same document
    deleted: str = ""  # words that an insertion replaces
    replaced_by: str = ""  # id of the insertion block that replaces this deletion
    reply_to: str = ""  # id of the comment block that this one answers


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, cell or comment.

    ``text`` is NFC, blanks folded to single spaces, soft line breaks kept as ``\\n``, ends stripped; a tracked
    paragraph stands in its final view. ``number`` is the automatic number as Word shows it ("1.", "a)"), which is not
    part of ``text``.
    """

    id: str  # "<document id>/b<n>"
    text: str
    locator: Locator
    kind: BlockKind = "paragraph"
    number: str = ""
    level: int | None = None  # outline level of a heading, or depth of a list item, from 0
    bold: bool = False
    cell: Cell | None = None
    annotation: Annotation | None = None
    quoted: int = 0  # how deep in the quoted messages of a mail, 0 for the message itself


@dataclass(frozen=True, slots=True)
class Field:
    """A fact read off a source: sender, number, date, subject, place, time, chair, secretary, attendance."""

    name: str
    value: str
    span: Span | None = None


@dataclass(frozen=True)
class Document:
    """A file as read. ``id`` is ``sha256[:12]``."""

    id: str
    name: str
    sha256: str
    kind: SourceKind
    language: str
    blocks: tuple[Block, ...]
    fields: tuple[Field, ...] = ()
    notices: tuple[Notice, ...] = ()
    pictures: tuple[str, ...] = ()  # digests of the pictures in the text, in the order of the file

    @cached_property
    def by_id(self) -> dict[str, Block]:
        return {block.id: block for block in self.blocks}

    def quote(self, span: Span) -> str:
        """The words of ``span``; KeyError if the block is not of this document."""
        return self.by_id[span.block_id].text[span.start : span.end]

    def field(self, name: str) -> str:
        """Value of the first field called ``name``, or ""."""
        return next((f.value for f in self.fields if f.name == name), "")
