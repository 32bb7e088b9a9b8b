"""Opinions that people gave a group: from a table (one opinion a row) or from JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable

from feedback_synth import config
from feedback_synth.analysis.groups import LabelledOpinion
from feedback_synth.datamodel.document import Block, Document, Span
from feedback_synth.datamodel.opinion import Author, Opinion
from feedback_synth.errors import ConfigError
from feedback_synth.languages.detection import detect
from feedback_synth.languages.text import strip_marks

_GROUP_HEADERS = ("nhom", "group", "groupe")
_TEXT_HEADERS = ("text", "noi dung", "texte", "opinion")


def from_lines(text: str, name: str) -> list[LabelledOpinion]:
    """One JSON object a line with "text" and "group", and "language" where known. ConfigError names a bad line."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append(labelled(str(row["text"]), str(row["group"]), str(row.get("language", ""))))
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigError(
                'Line {number} of {name} is no JSON object with "text" and "group". Correct it.',
                number=number,
                name=name,
            ) from error
    return found


def from_table(document: Document) -> list[LabelledOpinion]:
    """The rows of tables that have a column of opinions and a column of groups. ConfigError if there is none."""
    tables: dict[int, dict[int, dict[int, Block]]] = {}
    for block in document.blocks:
        if block.cell:
            tables.setdefault(block.cell.table, {}).setdefault(block.cell.row, {})[block.cell.column] = block
    found = [row for table in tables.values() for row in _rows(table)]
    if not found:
        raise ConfigError(
            "{name} has no table with a column of opinions and a column of groups. Name the columns text and group.",
            name=document.name,
        )
    return found


def _rows(table: dict[int, dict[int, Block]]) -> Iterable[LabelledOpinion]:
    for number, header in sorted(table.items()):
        group = _column(header, _GROUP_HEADERS)
        text = _column(header, _TEXT_HEADERS) or next(
            (c for c, b in header.items() if b.cell and b.cell.role == "opinion"), 0
        )
        if group and text and group != text:
            rows = [row for after, row in sorted(table.items()) if after > number]
            return [labelled(row[text].text, row[group].text) for row in rows if text in row and group in row]
    return []


def _column(header: dict[int, Block], words: tuple[str, ...]) -> int:
    """The column whose header begins with one of ``words``, or 0."""
    return next((column for column, block in sorted(header.items()) if strip_marks(block.text).startswith(words)), 0)


def labelled(text: str, group: str, language: str = "") -> LabelledOpinion:
    """An opinion that stands alone; ``group`` is a key of data/groups.toml, one of its names, or a new key."""
    opinion = Opinion(
        id="",
        source_id="",
        spans=(Span("", 0, len(text)),),
        text=text,
        author=Author(),
        language=language or detect(text, "vi"),
        request="other",
    )
    return LabelledOpinion(opinion, key_of(group))


def key_of(group: str) -> str:
    """The key of a group that is called by its key or by its name in any language; else the name as it is."""
    wanted = strip_marks(group.strip())
    for row in config.content_groups():
        if wanted in {strip_marks(name) for name in (row["key"], *row["names"].values())}:
            return str(row["key"])
    return group.strip()
