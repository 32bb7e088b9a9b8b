"""Conversion by LibreOffice where it is installed: for formats of before 2007."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

LIMIT_S = 15
_PROGRAMS = ("soffice", "libreoffice", "soffice.com")
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


@cache
def program() -> str | None:
    """Where LibreOffice is, None when it is not installed."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def convert(data: bytes, suffix: str, target: str) -> bytes | None:
    """The file in another format ("docx", "xlsx"); None when LibreOffice is missing, fails or takes too long.

    Works on a copy under a plain name in a folder of its own, with a profile of its own, without macros.
    """
    office = program()
    if office is None:
        return None
    with tempfile.TemporaryDirectory(prefix="feedback-synth-") as folder:
        source = Path(folder) / f"source{suffix}"
        source.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        command = [
            office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", target, "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=LIMIT_S, check=False)
            result = Path(folder) / f"source.{target}"
            return result.read_bytes() if result.is_file() else None
        except (subprocess.TimeoutExpired, OSError):
            return None
