"""Repairs and warnings over a whole reading: garbled characters, marks of confidentiality."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from feedback_synth.datamodel.document import Block, Span
from feedback_synth.documents._reading import Reading
from feedback_synth.languages.text import clean

_SECRET = re.compile(
    r"^\W*(?:(?:Độ|Mức độ|Dấu)\s+)?(?P<mark>TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT|TOP\s+SECRET|SECRET|CONFIDENTIAL|RESTRICTED|"
    r"TRÈS\s+SECRET|CONFIDENTIEL|DIFFUSION\s+RESTREINTE|TÀI\s+LIỆU\s+HỘI\s+NGHỊ)\b[^\w]*(?:$|\n)",
    re.MULTILINE,
)
_GARBLED = re.compile(r"(?:Ã[\x80-\xbf\u0152-\u2122\xa0-\xff]|Ä[\x90\x91‘’]|á[º»]|Æ[°¡]|â€)")


def repair(reading: Reading) -> None:
    """Undo UTF-8 that was read as windows-1252 ("Ä‘á» ") block by block, where that gives readable text."""
    repaired = 0
    for i, block in enumerate(reading.blocks):
        better = _ungarble(block.text)
        if better != block.text:
            reading.blocks[i] = replace(block, text=better)
            repaired += 1
    if repaired:
        reading.notice("mojibake_repaired", blocks=repaired)


def _ungarble(text: str) -> str:
    if len(_GARBLED.findall(text)) < 2:
        return text
    data = bytearray()
    for character in text:
        code = ord(character)
        try:
            data += character.encode("cp1252")
        except UnicodeEncodeError:
            if code > 255:
                return text
            data.append(code)
    try:
        return clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        return text


def look(blocks: Sequence[Block], reading: Reading) -> None:
    """Say when a document bears a mark of confidentiality on a line of its own."""
    for block in blocks:
        if len(block.text) > 400:
            continue
        match = _SECRET.search(block.text)
        if match:
            reading.notice("confidential", Span(block.id, match.start("mark"), match.end("mark")), mark=match["mark"])
            return
