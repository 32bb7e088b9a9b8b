"""Who speaks in a column: a table may give each body or person one of his own, under his name."""

from __future__ import annotations

from dataclasses import replace

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Cell
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import lexicon, persons, respondents, signatures, table_headings
from feedback_synth.opinions.table_rows import TableRows

_LEAST = 2  # columns under names; one header may name a body for another reason


def author(cell: Cell, rows: TableRows, language: str) -> Author:
    """The author whom the header over a cell names, where several columns of opinions have such headers."""
    if cell.table not in rows.headed_by:
        rows.headed_by[cell.table] = _headed(rows.heads(cell.table, "opinion"), language)
    return rows.headed_by[cell.table].get(cell.column, Author())


def _headed(heads: list[Block], language: str) -> dict[int, Author]:
    """The authors of the columns by their number."""
    found: dict[int, Author] = {}
    for head in heads:
        named = _named(head, language)
        if head.cell and named != Author():
            found.setdefault(head.cell.column, named)
    return found if len(found) >= _LEAST else {}


def _named(head: Block, language: str) -> Author:
    text = " ".join(head.text.split())
    if "?" in text:
        return Author()
    called = any(persons.honorific(text, code) for code in languages.codes())
    if called or signatures.is_person(text.split("(")[0].strip()):
        cell = replace(head.cell, role="person") if head.cell else None
        return respondents.in_cell(replace(head, text=text, cell=cell), language)
    if signatures.names_body(text) and not text.isupper() and not _is_announced(text):
        return Author("", "", respondents.body(head, language))
    return Author("", "", table_headings.named(text, language))


def _is_announced(text: str) -> bool:
    """Whether the words of a body stand behind others ("Ý kiến của Sở A")."""
    return any(lexicon.find(code, "person.gathered_from", text) for code in languages.codes())
