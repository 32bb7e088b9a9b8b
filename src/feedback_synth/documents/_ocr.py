"""Text of scanned pages, by Tesseract where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from typing import Any

_LANGUAGES = ("vie", "fra", "eng")
_DPI = 300
_LIMIT_S = 40
_MAX_PIXELS = 40_000_000


def read_page(document: Any, index: int) -> str | None:
    """The text of one page of a ``pypdfium2.PdfDocument``; None when there is no Tesseract or it fails."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    picture = _picture(document, index)
    try:
        done = subprocess.run(
            [program, "stdin", "stdout", "-l", languages(program), "--psm", "3"],
            input=picture,
            capture_output=True,
            timeout=_LIMIT_S,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else None


@cache
def languages(program: str) -> str:
    """Those of our languages that are installed, "vie+fra+eng" at best."""
    try:
        done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return "eng"
    installed = done.stdout.split()
    return "+".join(code for code in _LANGUAGES if code in installed) or "eng"


def _picture(document: Any, index: int) -> bytes:
    """The page in grey, as a PGM file."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(_DPI / 72, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        data, stride = bytes(bitmap.buffer), bitmap.stride
        rows = b"".join(data[i * stride : i * stride + bitmap.width] for i in range(bitmap.height))
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + rows
    finally:
        page.close()
