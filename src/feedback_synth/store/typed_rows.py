"""Rows that an editor typed into a table that went out: opinions the program missed, with what is said about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from feedback_synth.datamodel.decision import FIELDS
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages import detection
from feedback_synth.languages.references import references
from feedback_synth.languages.text import clean, match_key
from feedback_synth.store import additions
from feedback_synth.store.exchange._table import AUTHOR_CELL, QUOTATION, QUOTED_CELL, SUBJECT_CELL, CellKey, EditedTable
from feedback_synth.store.exports import Export

ReadAuthor = Callable[[str, str], Author]  # (words of a cell, language)

_OWN = ("split", "merge", "added")


@dataclass(frozen=True, slots=True)
class TypedRow:
    """An opinion that an editor typed; ``taken`` is the id of the one that has its words already, or ""."""

    id: str
    text: str
    author: Author
    taken: str = ""


def adopt(
    table: EditedTable, sources: additions.Sources, exports: Iterable[Export], read_author: ReadAuthor | None = None
) -> tuple[EditedTable, tuple[TypedRow, ...]]:
    """The table with its typed rows under ids of their own.

    Rows without the words of an opinion stay loose, and rows that went out with one of ``exports`` and lost their key.
    """
    went_out = _quotations(exports)
    typed: list[TypedRow] = []
    cells: dict[CellKey, str] = {}
    loose = []
    for row in table.loose:
        words = {column: clean(text) for column, text in reversed(row) if column}
        text = words.get(QUOTED_CELL, "")
        if not additions.is_opinion(text):
            loose.append(row)
            continue
        author = _author(words, text, read_author)
        taken = sources.place(text, author).taken
        if not taken and match_key(text) in went_out:
            loose.append(row)
            continue
        one = TypedRow(additions.id_of(text, author), text, author, taken)
        if one not in typed:
            typed.append(one)
            cells.update({} if taken else {(one.id, column): value for column, value in _said(words, author)})
    return replace(table, cells={**table.cells, **cells}, loose=tuple(loose)), tuple(typed)


def _quotations(exports: Iterable[Export]) -> frozenset[str]:
    """The words of the program's own rows that ever went out, folded."""
    return frozenset(
        match_key(text)
        for export in exports
        for (row, column), text in export.cells.items()
        if column in (QUOTED_CELL, QUOTATION) and additions.PREFIX not in row
    )


def _author(words: Mapping[str, str], text: str, read_author: ReadAuthor | None) -> Author:
    """Who said it: from columns of their own, else from the words of one cell."""
    found = Author(*(words.get(f"author_{part}", "") for part in ("name", "title", "organization")))
    told = words.get(AUTHOR_CELL, "")
    if found != Author() or not told:
        return found
    return read_author(told, detection.detect(text, "vi")) if read_author else Author(organization=told)


def _said(words: Mapping[str, str], author: Author) -> Iterator[tuple[str, str]]:
    """(field, words) of a typed row; what it is about counts as place where it names one."""
    for part in ("name", "title", "organization"):
        if getattr(author, part):
            yield f"author_{part}", getattr(author, part)
    subject = words.get(SUBJECT_CELL, "")
    if (
        subject
        and not words.get("provision")
        and any(r.levels for r in references(subject, detection.detect(subject, "vi")))
    ):
        yield "provision", subject
    for column, value in words.items():
        if column in FIELDS and column not in _OWN and not column.startswith("author_") and value:
            yield column, value
