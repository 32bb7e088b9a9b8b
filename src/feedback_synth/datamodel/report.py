"""What renderers know: sections of paragraphs, tables and charts. Nothing here knows a file format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Profile = Literal["dang", "hanh_chinh", "qppl"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. ``href`` names an anchor in the same report ("#o-…") or is ""."""

    text: str
    style: Literal["plain", "bold", "italic", "quote", "insert", "delete", "muted"] = "plain"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]
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
    facets: tuple[tuple[str, str], ...] = ()  # for filters: ("group", "funding"), ("outcome", "full"), …


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    title: str
    width_mm: float
    editable: bool = False
    merge_equal: bool = False  # merge vertically where consecutive rows have the same words


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart: ``series`` names × ``categories`` values, with the sentence that says the same in words."""

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
