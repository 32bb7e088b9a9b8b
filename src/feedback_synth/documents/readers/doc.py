"""Word 97-2003 (.doc): by LibreOffice where it is installed, else the stored text without automatic numbers."""

from __future__ import annotations

import re
from dataclasses import replace

from feedback_synth.datamodel.document import Annotation, BlockKind, Cell, Locator
from feedback_synth.documents import _convert, _legacy_fonts
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents.ole.container import Container
from feedback_synth.documents.ole.word97 import Word97
from feedback_synth.documents.ole.word97 import read as read_word97
from feedback_synth.documents.readers import docx
from feedback_synth.errors import UnreadableDocumentError

SUFFIXES = (".doc", ".dot")
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x15]*))?\x15")
_SPECIAL = str.maketrans(
    {
        "\x1e": "-",
        "\x1f": "",
        "\x0b": "\n",
        "\x0c": "\r",
        "\x0e": "\r",
        "\x01": "",
        "\x02": "",
        "\x05": "",
        "\x08": "",
        "\x00": "",
    }
)


def read(source: Source, reading: Reading) -> None:
    """Blocks of an old Word document."""
    try:
        found = read_word97(Container(source.data))
    except ValueError as error:
        if str(error) == "encrypted":
            raise UnreadableDocumentError(
                "{name}: the file is protected by a password. Open it, remove the password and save it again.",
                name=source.name,
            ) from error
        found = None
    converted = _convert.convert(source.data, ".doc", "docx")
    if converted is not None:
        reading.notice("converted_by_libreoffice")
        docx.read(Source(source.name, converted), reading)
        if reading.blocks:
            return
    if found is None:
        raise UnreadableDocumentError(
            "{name}: the file is damaged or of a Word version that is not known. Open it in Word, save it as "
            ".docx and give that.",
            name=source.name,
        )
    reading.notice("numbers_may_be_missing")
    old = _legacy_fonts.detect(found.text[:50_000])
    if old:
        reading.notice("legacy_encoding", encoding=old)
        found = replace(found, text=_legacy_fonts.decode(found.text, old, keep_length=True))
    _write(found, reading)


def _write(found: Word97, reading: Reading) -> None:
    _write_body(found, reading)
    parts: tuple[tuple[str, str, BlockKind], ...] = (
        ("textbox", "textbox", "paragraph"),
        ("footnote", "footnote", "footnote"),
        ("endnote", "footnote", "footnote"),
        ("header", "header", "header"),
    )
    for part, place, kind in parts:
        for text in _plain(found.part(part)[1]).split("\r"):
            reading.add(text.replace("\x07", " "), Locator(place), kind)
    for text in _plain(found.part("comment")[1]).split("\r"):
        reading.add(text, Locator("comment"), "comment", annotation=Annotation(""))


def _write_body(found: Word97, reading: Reading) -> None:
    """Paragraphs and cells; a cell ends with \\x07, a row with one more of them that the properties name."""
    start, text = found.part("body")
    in_table = found.in_table
    tables = row = column = paragraphs = 0
    for match in re.finditer("[^\r\x07\x0c]*[\r\x07\x0c]?", text):
        words, mark = _plain(match[0].rstrip("\r\x07\x0c")), match[0][-1:]
        if mark == "\x07" and start + match.end() - 1 in found.row_ends:
            row, column = row + 1, 1
        elif mark == "\x07" or start + match.end() - 1 in in_table:
            if not row:
                tables, row, column = tables + 1, 1, 1
            place = Locator(table=tables, row=row, column=column)
            reading.add(words, place, "cell", cell=Cell(tables, row, column))
            column += mark == "\x07"
        else:
            row = 0
            paragraphs += bool(words.strip())
            reading.add(words, Locator(paragraph=paragraphs))


def _plain(text: str) -> str:
    """Fields give their result, special characters what they stand for."""
    for _ in range(5):
        shown = _FIELD.sub(lambda m: m[1] or "", text)
        if shown == text:
            break
        text = shown
    return re.sub("[\x13\x14\x15]", "", text).translate(_SPECIAL)
