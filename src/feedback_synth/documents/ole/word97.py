"""The text of a Word 97-2003 document: pieces, the parts they belong to, ends of table rows."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from feedback_synth.documents.ole.container import Container

_PARTS = ("body", "footnote", "header", "macro", "comment", "endnote", "textbox", "header_textbox")
_CLX, _PARAGRAPHS = 33, 13  # places in the table of offsets
_MAX_PIECES = 500_000
_ROW_END, _IN_TABLE = 0x2417, 0x2416  # properties of a paragraph
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}


class Word97Error(ValueError):
    """Why the text cannot be had: "encrypted" or "damaged"."""


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int  # characters
    end: int
    offset: int  # bytes in the stream
    width: int  # bytes per character


@dataclass(frozen=True)
class Word97:
    """Text by part; ``row_ends`` and ``in_table`` are places of marks that end a table row, a paragraph of a cell."""

    text: str
    lengths: dict[str, int]
    row_ends: frozenset[int]
    in_table: frozenset[int]

    def part(self, name: str) -> tuple[int, str]:
        """(place of its first character, text) of a part: body, footnote, header, comment, endnote, textbox."""
        start = 0
        for part in _PARTS:
            if part == name:
                break
            start += self.lengths[part]
        return start, self.text[start : start + self.lengths[name]]


def read(container: Container) -> Word97:
    """Raises Word97Error."""
    stream = container.read("WordDocument")
    try:
        return _read(container, stream)
    except (struct.error, IndexError) as error:
        raise Word97Error("damaged") from error


def _read(container: Container, stream: bytes) -> Word97:
    magic, version = struct.unpack_from("<HH", stream, 0)
    flags = struct.unpack_from("<H", stream, 10)[0]
    if flags & 0x100:
        raise Word97Error("encrypted")
    if magic != 0xA5EC or version < 101:
        return _read_old(stream)
    table = container.read("1Table" if flags & 0x200 else "0Table")
    place = 32
    place += 2 + 2 * struct.unpack_from("<H", stream, place)[0]
    count = struct.unpack_from("<H", stream, place)[0]
    longs = struct.unpack_from(f"<{count}i", stream, place + 2)
    place += 2 + 4 * count
    pairs = place + 2
    lengths = dict(zip(_PARTS, (max(0, n) for n in longs[3:11]), strict=True))
    pieces = _pieces(_slice(table, stream, pairs, _CLX))
    text = "".join(_decode(stream, piece) for piece in pieces)
    plex = _slice(table, stream, pairs, _PARAGRAPHS)
    return Word97(text, lengths, _ends(stream, plex, pieces, _ROW_END), _ends(stream, plex, pieces, _IN_TABLE))


def _slice(table: bytes, stream: bytes, pairs: int, index: int) -> bytes:
    start, size = struct.unpack_from("<II", stream, pairs + 8 * index)
    return table[start : start + size]


def _read_old(stream: bytes) -> Word97:
    """Word 6 and 95: one stretch of single bytes."""
    start, end = struct.unpack_from("<II", stream, 24)
    text = stream[start:end].decode("cp1252", errors="replace")
    return Word97(text, {part: len(text) if part == "body" else 0 for part in _PARTS}, frozenset(), frozenset())


def _pieces(clx: bytes) -> list[_Piece]:
    place = 0
    while place < len(clx) and clx[place] == 1:
        place += 3 + struct.unpack_from("<H", clx, place + 1)[0]
    if place >= len(clx) or clx[place] != 2:
        raise Word97Error("damaged")
    size = struct.unpack_from("<I", clx, place + 1)[0]
    data = clx[place + 5 : place + 5 + size]
    count = min((len(data) - 4) // 12, _MAX_PIECES)
    bounds = struct.unpack_from(f"<{count + 1}I", data, 0)
    pieces = []
    for i in range(count):
        raw = struct.unpack_from("<I", data, 4 * (count + 1) + 8 * i + 2)[0]
        is_narrow = bool(raw & 0x40000000)
        offset = (raw & 0x3FFFFFFF) // (2 if is_narrow else 1)
        if bounds[i + 1] >= bounds[i]:
            pieces.append(_Piece(bounds[i], bounds[i + 1], offset, 1 if is_narrow else 2))
    return pieces


def _decode(stream: bytes, piece: _Piece) -> str:
    data = stream[piece.offset : piece.offset + (piece.end - piece.start) * piece.width]
    text = data.decode("cp1252" if piece.width == 1 else "utf-16-le", errors="replace")
    return text.ljust(piece.end - piece.start, "\x00")[: piece.end - piece.start]


def _ends(stream: bytes, plex: bytes, pieces: list[_Piece], property_code: int) -> frozenset[int]:
    """Places of the marks that end paragraphs with this property."""
    count = (len(plex) - 4) // 8
    ends: set[int] = set()
    for i in range(max(0, min(count, 100_000))):
        page = struct.unpack_from("<I", plex, 4 * (count + 1) + 4 * i)[0] & 0x3FFFFF
        ends.update(_ends_on_page(stream[page * 512 : page * 512 + 512], property_code))
    return frozenset(p for p in (_character(offset, pieces) for offset in ends) if p is not None)


def _ends_on_page(page: bytes, property_code: int) -> list[int]:
    """Byte offsets just after the marks that one page of properties gives this property."""
    if len(page) < 512:
        return []
    runs = page[511]
    found = []
    for i in range(min(runs, 29)):
        offset = page[4 * (runs + 1) + 13 * i] * 2
        if not offset or offset + 2 > 511:
            continue
        size = page[offset] * 2 - 1 if page[offset] else page[offset + 1] * 2
        start = offset + (1 if page[offset] else 2)
        if _has(page[start + 2 : start + size], property_code):
            found.append(struct.unpack_from("<I", page, 4 * (i + 1))[0])
    return found


def _has(properties: bytes, property_code: int) -> bool:
    place = 0
    while place + 3 <= len(properties):
        code = struct.unpack_from("<H", properties, place)[0]
        place += 2
        if code == property_code:
            return properties[place] == 1
        kind = code >> 13
        if code == 0xD608 and place + 2 <= len(properties):
            place += struct.unpack_from("<H", properties, place)[0] + 1
        else:
            place += _SIZES[kind] if kind in _SIZES else properties[place] + 1
    return False


def _character(offset: int, pieces: list[_Piece]) -> int | None:
    """The place in the text of the character that ends at this byte offset."""
    for piece in pieces:
        size = (piece.end - piece.start) * piece.width
        if piece.offset < offset <= piece.offset + size:
            return piece.start + (offset - piece.offset) // piece.width - 1
    return None
