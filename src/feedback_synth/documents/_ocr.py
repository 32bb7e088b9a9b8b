"""Text of scanned pages, by Tesseract where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

from feedback_synth.documents.pdf.pages import Segment

_LANGUAGES = ("vie", "fra", "eng")
_DPI = 300
_LIMIT_S = 40
_MAX_PIXELS = 12_000_000


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    x0: float
    x1: float
    y: float
    height: float


def read_page(document: Any, index: int) -> list[Segment] | None:
    """The words of one page of a ``pypdfium2.PdfDocument``, placed; None without Tesseract or when it fails."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    picture, scale, height = _picture(document, index)
    command = [program, "stdin", "stdout", "-l", languages(program), "--psm", "3", "--dpi", str(_DPI), "tsv"]
    try:
        done = subprocess.run(
            command,
            input=picture,
            capture_output=True,
            timeout=_LIMIT_S,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    if done.returncode != 0:
        return None
    return segments_of(done.stdout.decode("utf-8", errors="replace"), scale, height)


def segments_of(table: str, scale: float, height: float) -> list[Segment]:
    """Segments of Tesseract's table of words; ``scale`` is pixels per point, ``height`` the page's in points."""
    lines: dict[tuple[str, ...], list[_Word]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) >= 12 and cells[0] == "5" and cells[11].strip():
            x, y, width, tall = (int(c) / scale for c in cells[6:10])
            word = _Word(cells[11].strip(), x, x + width, height - y - tall, tall)
            lines.setdefault(tuple(cells[1:5]), []).append(word)
    usual = 1.3 * median([w.height for words in lines.values() for w in words] or [8.0])
    return [s for words in lines.values() for s in _line_segments(words, usual)]


def _line_segments(words: list[_Word], usual: float) -> list[Segment]:
    """A line cut at wide gaps; one baseline and one size for all of it."""
    own = 1.3 * median(w.height for w in words)
    size = own if own > 1.4 * usual else usual
    base = median(w.y for w in words)
    found: list[Segment] = []
    for word in sorted(words, key=lambda w: w.x0):
        last = found[-1] if found else None
        if last is not None and word.x0 - last.x1 < 1.6 * size:
            found[-1] = Segment(f"{last.text} {word.text}", last.x0, word.x1, base, size, bold=False)
        else:
            found.append(Segment(word.text, word.x0, word.x1, base, size, bold=False))
    return found


@cache
def languages(program: str) -> str:
    """Those of our languages that are installed, "vie+fra+eng" at best."""
    try:
        done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return "eng"
    installed = done.stdout.split()
    return "+".join(code for code in _LANGUAGES if code in installed) or "eng"


def _picture(document: Any, index: int) -> tuple[bytes, float, float]:
    """(the page in grey as a PGM file, pixels per point, its height in points)."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(_DPI / 72, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        data, stride = bytes(bitmap.buffer), bitmap.stride
        rows = b"".join(data[i * stride : i * stride + bitmap.width] for i in range(bitmap.height))
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + rows, scale, height
    finally:
        page.close()
