"""The way back: a table that went out for editing is read again. One file per format, like the renderers.

Each plugin has ``read(content, name) -> EditedTable`` and ``stamp(content, export_id) -> bytes``. An address is
(row key, column key): the row key is an opinion id, or several joined by "+", for those who asked the same; the column
key is a field of ``Decision``, or "text" for a quotation.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from feedback_synth import plugins
from feedback_synth.errors import UnreadableDocumentError, UnsupportedFormatError
from feedback_synth.store import exchange
from feedback_synth.store.exchange._table import EditedTable

__all__ = ["EditedTable", "formats", "read", "read_content", "stamp", "went_out_as"]


# Endings of the same formats under other names, and what a table that comes back in a format went out as.
_SAME = {"xlsm": "xlsx", "xltx": "xlsx", "docm": "docx", "dotx": "docx", "tsv": "csv", "txt": "csv"}
_WENT_OUT_AS = {"ods": "xlsx", "csv": "xlsx"}


def formats() -> tuple[str, ...]:
    """The formats that can come back."""
    return plugins.names(exchange)


def went_out_as(path: Path) -> str:
    """The format in which a table that comes back in this file was exported."""
    format_ = _format(path)
    return _WENT_OUT_AS.get(format_, format_)


def read(path: Path) -> EditedTable:
    """The table in an edited file. UnsupportedFormatError or UnreadableDocumentError say what is wrong with it."""
    format_ = _format(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableDocumentError(
            "{path} cannot be read ({why}). Close it in Office, try again.", path=path, why=error.strerror
        ) from error
    return read_content(content, format_, path.name)


def read_content(content: bytes, format_: str, name: str) -> EditedTable:
    """The same from the bytes of a file."""
    return cast(EditedTable, plugins.load(exchange, format_).read(content, name))


def stamp(content: bytes, format_: str, export_id: str) -> bytes:
    """The same file with the id of its export in its properties, where Word, Excel and LibreOffice keep it."""
    return cast(bytes, plugins.load(exchange, format_).stamp(content, export_id))


def _format(path: Path) -> str:
    ending = path.suffix.lower().removeprefix(".")
    suffix = _SAME.get(ending, ending)
    if suffix not in formats():
        raise UnsupportedFormatError(
            "{name} cannot be read back. Save it as one of: {formats}.",
            name=path.name,
            formats=", ".join("." + f for f in formats()),
        )
    return suffix
