"""Conversion by LibreOffice where it is installed: for formats of before 2007."""

from __future__ import annotations

import os
import shutil
import signal
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
    with tempfile.TemporaryDirectory(prefix="feedback-synth-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"source{suffix}"
        source.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        command = [
            office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", target, "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            finished = _run(command)
            result = Path(folder) / f"source.{target}"
            return result.read_bytes() if finished and result.is_file() else None
        except OSError:
            return None


def _run(command: list[str]) -> bool:
    """Whether the program ended by itself in time; else it is ended with all it started."""
    is_posix = os.name == "posix"
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=is_posix)
    try:
        process.wait(LIMIT_S)
    except subprocess.TimeoutExpired:
        if is_posix:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
        process.wait()
        return False
    return True
