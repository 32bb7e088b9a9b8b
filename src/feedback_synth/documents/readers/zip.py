"""Archives (.zip): every file inside is read as if it were given by itself; nothing is written to disk."""

from __future__ import annotations

import posixpath
import zipfile

from feedback_synth.documents._archive import Archive
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.errors import UnreadableDocumentError

SUFFIXES = (".zip",)
MAX_FILES = 1000
MAX_TOTAL_BYTES = 400_000_000
MAX_FILE_BYTES = 200_000_000


def read(source: Source, reading: Reading) -> None:
    """Attach the files of the archive in sorted order, hidden and lock files left out."""
    archive = Archive(source.name, source.data)
    members = sorted((m for m in archive.members if not m.is_dir() and _is_wanted(m)), key=_name)
    if len(members) > MAX_FILES or sum(m.file_size for m in members) > MAX_TOTAL_BYTES:
        raise UnreadableDocumentError(
            "{name}: the archive holds too much ({count} files, {megabytes} MB unpacked). Unpack it by hand and "
            "give the files that matter.",
            name=source.name,
            count=len(members),
            megabytes=sum(m.file_size for m in members) // 1000000,
        )
    for member in members:
        data = archive.read(member.filename, MAX_FILE_BYTES)
        reading.attachments.append(Source(f"{source.name}/{_name(member)}", data))
    if not members:
        raise UnreadableDocumentError("{name}: there is no file to read in this archive.", name=source.name)


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    parts = _name(member).split("/")
    return not any(p.startswith((".", "~$", "__MACOSX")) for p in parts) and bool(parts[-1])


def _name(member: zipfile.ZipInfo) -> str:
    """The name inside the archive, without drive letters and steps upwards."""
    name = member.filename
    if not member.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")  # UTF-8 that was not declared
        except UnicodeError:
            name = member.filename
    path = posixpath.normpath("/" + name.replace("\\", "/"))
    return path.lstrip("/").replace(":", "_")
