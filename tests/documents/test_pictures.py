"""Pictures in Word files are not read; what they are is remembered, so that a change can be told."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import docx
from docx.shared import Mm

from feedback_synth.documents import read


def _png(shade: int) -> BytesIO:
    """A picture of one grey point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes([0, shade]))
    return BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b""))


def _file(folder: Path, name: str, *shades: int) -> Path:
    document = docx.Document()
    document.add_paragraph("Điều 1. Mục tiêu")
    for shade in shades:
        document.add_picture(_png(shade), width=Mm(5))
    document.save(str(folder / name))
    return folder / name


def test_pictures_are_told_apart(tmp_path: Path) -> None:
    dark, light, none = (read(_file(tmp_path, *a), kind="draft") for a in (("a.docx", 1), ("b.docx", 200), ("c.docx",)))
    assert len(dark.pictures) == len(light.pictures) == 1
    assert dark.pictures != light.pictures
    assert none.pictures == ()
