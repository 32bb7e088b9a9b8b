"""The list of bodies that were asked for their opinion, as an office writes it."""

from __future__ import annotations

import csv
import io
import re

from feedback_synth.datamodel.report import ConsultedBody
from feedback_synth.reports.bodies import body_key

_NUMBER = re.compile(r"^\s*(?:\d{1,3}\s*[.)]|[-–+•*])\s+|^\s*\d{1,3}[.)]\s*(?=\D)")
_HEADERS = ("ten", "name", "nom", "co quan", "don vi", "body", "organisme", "organization", "co quan don vi")
_KIND_HEADERS = ("loai", "kind", "nature", "type")


def parse(text: str) -> tuple[ConsultedBody, ...]:
    """One body a line (numbers and bullets before it are left out), or a .csv with a column of names.

    A second column, or one called "kind", gives the kind of body. Lines that begin with "#" say nothing; a body that
    stands twice is asked once.
    """
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip() and not line.lstrip().startswith("#")]
    rows = [[_NUMBER.sub("", cell).strip() for cell in row] for row in _cells(lines)]
    names, kinds, first = _columns(rows)
    found: dict[str, ConsultedBody] = {}
    for row in rows[first:]:
        name = row[names] if names < len(row) else ""
        if name:
            kind = row[kinds] if 0 <= kinds < len(row) else ""
            found.setdefault(body_key(name), ConsultedBody(name, kind))
    return tuple(found.values())


def _cells(lines: list[str]) -> list[list[str]]:
    """Cut at the mark that most lines have; a comma only where a header says that this is a table."""
    head = lines[0] if lines else ""
    for mark in (";", "\t", ","):
        if mark in head and (mark != "," or any(body_key(c) in _HEADERS for c in head.split(","))):
            return list(csv.reader(io.StringIO("\n".join(lines)), delimiter=mark))
    return [[line] for line in lines]


def _columns(rows: list[list[str]]) -> tuple[int, int, int]:
    """Column of names, column of kinds (-1 for none), first row that is no header."""
    head = [body_key(c) for c in rows[0]] if rows else []
    names = next((n for n, c in enumerate(head) if c in _HEADERS), -1)
    if names < 0:
        return 0, 1 if len(head) > 1 else -1, 0
    return names, next((n for n, c in enumerate(head) if c in _KIND_HEADERS), -1), 1
