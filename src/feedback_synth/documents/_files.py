"""Files and folders as people give them: which to read, and a sentence for each that is not read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from feedback_synth.documents._reading import Source
from feedback_synth.errors import UnreadableDocumentError

MAX_FILE_BYTES = 300_000_000
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})


def collect(paths: Iterable[Path | str]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Files to read, folders walked in sorted order, and one sentence per path that gives none."""
    files: list[Path] = []
    failures: list[str] = []
    for path in map(Path, paths):
        if path.is_dir():
            found, sentences = _walk(path)
            files.extend(found)
            failures.extend(sentences)
        elif path.exists():
            files.append(path)
        else:
            failures.append(_missing(path))
    return tuple(dict.fromkeys(files)), tuple(failures)


def load(path: Path | str, name: str = "") -> Source:
    """The bytes of a file. UnreadableDocumentError when it is missing, a folder, too large or locked."""
    path = Path(path)
    name = name or path.name
    if not path.exists():
        raise UnreadableDocumentError(_missing(path))
    if path.is_dir():
        raise UnreadableDocumentError(
            f"{path}: this is a folder. Give the files in it one by one, or collect it first."
        )
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UnreadableDocumentError(
                f"{name}: the file has {size // 1_000_000} MB, more than the {MAX_FILE_BYTES // 1_000_000} MB that are "
                "read. Split it, or remove its pictures."
            )
        return Source(name, path.read_bytes())
    except OSError as error:
        raise UnreadableDocumentError(
            f"{name}: the file cannot be opened ({error.strerror or error}). Close it in other programs, check that "
            "you may read it, and try again."
        ) from error


def _missing(path: Path) -> str:
    return f"{path}: there is no such file or folder. Check the name."


def _walk(folder: Path) -> tuple[list[Path], list[str]]:
    files: list[Path] = []
    left_out: list[str] = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if name.startswith((".", "~$")) or name.lower() in _SYSTEM_FILES:
                left_out.append(name)
            else:
                files.append(Path(root) / name)
    sentences = []
    if left_out:
        shown = ", ".join(left_out[:3]) + (", …" if len(left_out) > 3 else "")
        sentences.append(
            f"{folder}: {len(left_out)} hidden or lock files were left out ({shown}). Close Word and Excel so that "
            "their last changes are saved."
        )
    if not files:
        sentences.append(f"{folder}: there is no file to read in this folder. Check the name.")
    return files, sentences
