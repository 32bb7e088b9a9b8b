"""An edited table saved as text: .csv and .tsv of Excel and LibreOffice, in the encodings that these write."""

from __future__ import annotations

import csv
import io

from feedback_synth.errors import UnreadableDocumentError
from feedback_synth.store.exchange._grid import KEY, table_of, words_of
from feedback_synth.store.exchange._table import EditedTable

_MARKS = (",", ";", "\t")
_LEGACY = "cp1258"  # what Windows in Vietnamese writes where it is not asked for Unicode
_LONGEST_CELL = 1_000_000  # characters


def read(content: bytes, name: str) -> EditedTable:
    """The cells of the edited table. UnreadableDocumentError if the text holds none of our tables."""
    text = _decoded(content, name)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text)))
    except csv.Error as error:
        raise UnreadableDocumentError(
            "{name} is damaged ({why}). Open it, save it anew, try again.", name=name, why=error
        ) from error
    return table_of([[[words_of(cell) for cell in row] for row in rows]], name)


def stamp(content: bytes, export_id: str) -> bytes:
    """The file as it is: text has no properties, and is never handed out."""
    return content


def _decoded(content: bytes, name: str) -> str:
    """The text of the file: Unicode by its mark, else UTF-8, else the code page of Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode(_LEGACY)
    except UnicodeDecodeError as error:
        raise UnreadableDocumentError("{name} is no text that can be read. Save it as .xlsx.", name=name) from error


def _mark(text: str) -> str:
    """What stands between the cells: the mark beside the key of the first column, else the one met most."""
    start = text.find(KEY)
    following = text[start + len(KEY) : start + len(KEY) + 2].lstrip('"')[:1] if start >= 0 else ""
    return following if following in _MARKS else max(_MARKS, key=text[:4000].count)
