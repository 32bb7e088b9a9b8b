"""Files and folders as people give them: which to read, and a sentence for each that is not read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from feedback_synth.documents._reading import Source
from feedback_synth.errors import Sentence, UnreadableDocumentError

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
            "{path}: this is a folder. Give the files in it one by one, or collect it first.", path=path
        )
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UnreadableDocumentError(
                "{name}: the file has {megabytes} MB, more than the {megabytes2} MB that are read. Split it, or "
                "remove its pictures.",
                name=name,
                megabytes=size // 1000000,
                megabytes2=MAX_FILE_BYTES // 1000000,
            )
        return Source(name, path.read_bytes())
    except OSError as error:
        raise UnreadableDocumentError(
            "{name}: the file cannot be opened ({reason}). Close it in other programs, check that you may read "
            "it, and try again.",
            name=name,
            reason=error.strerror or error,
        ) from error


def _missing(path: Path) -> Sentence:
    return Sentence("{path}: there is no such file or folder. Check the name.", path=path)


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
    sentences: list[str] = []
    if left_out:
        shown = ", ".join(left_out[:3]) + (", …" if len(left_out) > 3 else "")
        sentences.append(
            Sentence(
                "{folder}: {count} hidden or lock files were left out ({shown}). Close Word and Excel so that their "
                "last changes are saved.",
                folder=folder,
                count=len(left_out),
                shown=shown,
            )
        )
    if not files:
        sentences.append(Sentence("{folder}: there is no file to read in this folder. Check the name.", folder=folder))
    return files, sentences
