"""Addresses of the way back: which cell of an exported table belongs to which opinion and which field.

The layout is told in docs/exchange.md; import reads what is written here.
"""

from __future__ import annotations

TAG_LIMIT = 64  # Word repairs a document whose tags are longer
SEPARATOR = "|"
ROW_JOINER = "+"
SHEET_KEY_COLUMN = "key"
DOCX_KEY_COLUMN = "key"  # a control whose words are its opinion's id, for programs that drop tags


def docx_tag(row_key: str, column_key: str) -> str:
    """``<opinion id>|<column key>``, the tag of a content control. ValueError if Word could not hold it."""
    tag = f"{row_key}{SEPARATOR}{column_key}"
    if len(tag) > TAG_LIMIT:
        raise ValueError(f"{tag!r} is longer than the {TAG_LIMIT} characters that Word allows.")
    return tag


def read_tag(tag: str) -> tuple[str, str]:
    """(opinion id, column key) of a tag; ("", "") if it is not one of ours."""
    row_key, found, column_key = tag.rpartition(SEPARATOR)
    return (row_key, column_key) if found else ("", "")
