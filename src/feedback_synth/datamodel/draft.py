"""What a draft says: provisions, indicators, citations, table rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from feedback_synth.datamodel.document import Notice, Span

Comparator = Literal["=", ">=", "<=", "~"]
Level = Literal[
    "preamble",
    "part",
    "title",
    "chapter",
    "section",
    "subsection",
    "article",
    "clause",
    "point",
    "subpoint",
    "indent",
    "annex",
]


@dataclass(frozen=True, slots=True)
class Provision:
    """A unit of the draft. ``label`` is in the draft's own words, outermost first: "Điều 3 khoản 2 điểm a"."""

    id: str  # stable within a draft: "art_5/cl_2/pt_a"
    label: str
    level: Level
    number: str
    heading: str
    text: str  # its own words without its children's, without its number
    parent_id: str = ""
    spans: tuple[Span, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table inside a provision; ``name`` is the cell that names it, ``cells`` pairs (header, text)."""

    id: str  # "<provision id>/t1/r3"
    provision_id: str
    table: int
    name: str
    cells: tuple[tuple[str, str], ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measurable target: ``value`` in ``unit``; ``text`` are the draft's words."""

    id: str
    provision_id: str
    label: str
    text: str
    name: str
    value: float | None
    unit: str
    comparator: Comparator = "="
    deadline: str = ""
    baseline: str = ""
    population: str = ""
    responsible: str = ""
    upper: float | None = None  # upper end of a range
    row_id: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """An act cited: ``key`` is canonical ("57-NQ/TW"), ``date`` ISO 8601 or ""; ``owner_id`` a provision or source."""

    text: str
    key: str
    date: str = ""
    owner_id: str = ""
    span: Span | None = None


@dataclass(frozen=True)
class Draft:
    """A draft as parsed. ``kind`` is "project", "resolution" or any word of the user's."""

    id: str
    kind: str
    name: str
    sha256: str
    language: str
    provisions: tuple[Provision, ...]
    rows: tuple[TableRow, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    citations: tuple[Citation, ...] = ()
    notices: tuple[Notice, ...] = ()
    notes: tuple[Provision, ...] = ()  # footnotes, compared but no part of the structure
    pictures: tuple[str, ...] = ()  # digests of its pictures, of which only a change is told
    date: str = ""  # the day that its head or its last lines give it, ISO 8601

    @cached_property
    def by_id(self) -> dict[str, Provision]:
        return {p.id: p for p in self.provisions}

    @cached_property
    def children(self) -> dict[str, tuple[Provision, ...]]:
        """Provisions by parent id ("" for the top), in order."""
        out: dict[str, list[Provision]] = {}
        for p in self.provisions:
            out.setdefault(p.parent_id, []).append(p)
        return {k: tuple(v) for k, v in out.items()}

    @cached_property
    def by_block(self) -> dict[str, Provision]:
        """The provision each block of the document belongs to (the last one that claims it)."""
        found = {span.block_id: p for p in self.provisions for span in p.spans}
        for row in self.rows:
            for span in row.spans:
                found[span.block_id] = self.by_id[row.provision_id]
        return found
