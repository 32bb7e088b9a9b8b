"""What renderers know: sections of paragraphs, tables and charts. Nothing here knows a file format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Profile = Literal["dang", "hanh_chinh", "qppl"]
Variant = Literal["A", "B", "C", "D", "E"]
GroupBy = Literal["group", "provision"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. ``href`` names an anchor in the same report ("#o-…") or is ""."""

    text: str
    style: Literal["plain", "bold", "italic", "quote", "insert", "delete", "muted", "proposal", "mark"] = "plain"
    href: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that an editor fills in; ``row_key`` and ``column_key`` are its address on the way back.

    ``column_key`` is a field of ``Decision``, or "text" for a quotation that import only checks.
    """

    row_key: str
    column_key: str
    value: str = ""
    prompt: str = ""  # shown in Word and on the page while there is no value
    choices: tuple[str, ...] = ()
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run | Entry, ...]
    style: Literal["body", "bullet", "note", "caption"] = "body"
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    paragraphs: tuple[Paragraph, ...]
    key: str = ""  # column key; with TableRow.key the address for the way back
    editable: bool = False


@dataclass(frozen=True, slots=True)
class ReportRow:
    cells: tuple[TableCell, ...]
    key: str = ""  # stable id: the opinion id (or several joined by "+")
    heading: bool = False  # a row that spans all columns and names a group
    facets: tuple[tuple[str, str], ...] = ()  # for filters: ("group", "Funding"), ("outcome", "in full"), …
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    title: str
    width_mm: float
    editable: bool = False
    merge_equal: bool = False  # merge vertically where consecutive rows have the same words
    formats: tuple[str, ...] = ()  # the formats that show this column; () is all of them


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A stacked bar chart: ``series`` names × ``categories`` values; ``alt`` is the sentence that says the same."""

    key: str
    title: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    level: int
    content: tuple[Paragraph | Table | Chart, ...]
    formats: tuple[str, ...] = ()  # the formats that show this section; () is all of them
    landscape: bool = False  # on pages of its own, lying, where the report stands upright
    annex: bool = False  # after the signature, on a page of its own


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head and foot of an official document; empty lines are left for the official to fill."""

    superior: str = ""
    issuer: str = ""
    number: str = ""
    place_and_date: str = ""
    signer_title: str = ""
    signer: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """How the program's own words are written; quotations are never touched."""

    uy: Literal["Ủy", "Uỷ"] = "Ủy"
    education: Literal["GD&ĐT", "GDĐT"] = "GD&ĐT"


@dataclass(frozen=True, slots=True)
class ConsultedBody:
    """A body that was asked for its opinion. ``kind`` is a key of ``body_kinds`` in data/labels, or ""."""

    name: str
    kind: str = ""


@dataclass(frozen=True)
class ReportOptions:
    """What an office chooses about its documents."""

    language: str = "vi"
    profile: Profile = "dang"
    variant: Variant = "A"
    group_by: GroupBy = "group"
    spelling: Spelling = Spelling()
    letterhead: Letterhead = Letterhead()
    subject: str = ""  # the name of the drafts as titles use it; "" takes the kinds of draft
    date: str = ""  # ISO 8601 day of the document; "" leaves it to be written by hand
    form: str = ""  # the number of an official form, printed only where an office sets it
    consulted: tuple[ConsultedBody, ...] = ()
    silence_is_consent: bool = False  # the letter that asked said so
    template: bytes = b""  # an office's own .docx, which wins over the layout of the profile
    for_editing: bool = False  # a document to be filled in and read back: also what a signed one has no place for
    numbers: tuple[tuple[str, int], ...] = ()  # row numbers given before, by opinion id; () numbers rows as they stand


@dataclass(frozen=True)
class Report:
    """A document for people."""

    key: str  # "absorption_table", "synthesis", "comparison"
    title: str
    subtitle: str
    language: str
    profile: Profile
    landscape: bool
    sections: tuple[Section, ...]
    letterhead: Letterhead = Letterhead()
    spelling: Spelling = Spelling()
    template: bytes = b""  # see ReportOptions; for the renderer of .docx alone
