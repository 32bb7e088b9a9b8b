"""Repairs and warnings over a whole reading: garbled characters, marks of confidentiality."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from feedback_synth.datamodel.document import Block, Span
from feedback_synth.documents import _legacy_fonts
from feedback_synth.documents._reading import Reading
from feedback_synth.languages.text import clean

_SECRET = re.compile(
    r"^\W*(?:(?:Độ|Mức độ|Dấu)\s+)?(?P<mark>TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT|TOP\s+SECRET|SECRET|CONFIDENTIAL|RESTRICTED|"
    r"TRÈS\s+SECRET|CONFIDENTIEL|DIFFUSION\s+RESTREINTE|TÀI\s+LIỆU\s+HỘI\s+NGHỊ)\b[^\w]*(?:$|\n)",
    re.MULTILINE,
)
_GARBLED = re.compile(r"(?:Ã[\x80-\xbf\u0152-\u2122\xa0-\xff]|Ä[\x90\x91‘’]|á[º»]|Æ[°¡]|â€)")


def repair(reading: Reading) -> None:
    """Make garbled text readable: old Vietnamese encodings without fonts, UTF-8 that was misread."""
    before = {b.id: b.text for b in reading.blocks if b.annotation is None}
    _convert_legacy(reading)
    _repair_misread(reading)
    _widen_anchors(reading, before)


def _widen_anchors(reading: Reading, before: Mapping[str, str]) -> None:
    """Anchors in blocks whose letters changed hold the whole block: places inside no longer count."""
    changed = {b.id: Span(b.id, 0, len(b.text)) for b in reading.blocks if before.get(b.id, b.text) != b.text}
    for i, block in enumerate(reading.blocks):
        anchor = block.annotation.anchor if block.annotation else None
        if block.annotation and anchor and anchor.block_id in changed:
            annotation = replace(block.annotation, anchor=changed[anchor.block_id])
            reading.blocks[i] = replace(block, annotation=annotation)


def _convert_legacy(reading: Reading) -> None:
    texts = [b.text[:1000] for b in reading.blocks]
    encoding = _legacy_fonts.detect(" ".join(texts[:500])) or _legacy_fonts.detect(" ".join(texts[-200:]))
    if not encoding:
        return
    for i, block in enumerate(reading.blocks):
        reading.blocks[i] = replace(
            block, text=clean(_legacy_fonts.decode(reading.raw.get(block.id, block.text), encoding))
        )
    reading.notice("legacy_encoding", encoding=encoding)


def _repair_misread(reading: Reading) -> None:
    """Undo UTF-8 that was read as windows-1252 ("Ä‘á» ") block by block, where that gives readable text."""
    repaired = 0
    for i, block in enumerate(reading.blocks):
        better = _ungarble(reading.raw.get(block.id, block.text)) or block.text
        if better != block.text:
            reading.blocks[i] = replace(block, text=better)
            repaired += 1
    if repaired:
        reading.notice("mojibake_repaired", blocks=repaired)


def _ungarble(text: str) -> str:
    """The text behind a misreading, "" when it is none."""
    if len(_GARBLED.findall(text)) < 2:
        return ""
    data = bytearray()
    for character in text:
        code = ord(character)
        try:
            data += character.encode("cp1252")
        except UnicodeEncodeError:
            if code > 255:
                return ""
            data.append(code)
    try:
        return clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        return ""


def look(blocks: Sequence[Block], reading: Reading) -> None:
    """Say when a document bears a mark of confidentiality on a line of its own."""
    for block in blocks:
        if len(block.text) > 400:
            continue
        match = _SECRET.search(block.text)
        if match:
            reading.notice("confidential", Span(block.id, match.start("mark"), match.end("mark")), mark=match["mark"])
            return
