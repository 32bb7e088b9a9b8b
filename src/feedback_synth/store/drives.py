"""Is a folder on another machine's disk? SQLite's write-ahead log needs memory that all writers share: one machine."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath, PurePosixPath

_MOUNTS = Path("/proc/self/mounts")
_REMOTE = re.compile(
    r"nfs\d?|cifs|smb\w*|fuse\.(?:sshfs|rclone|davfs2?|gvfsd-fuse|s3fs)|davfs|afs|9p|ncpfs|ceph|glusterfs"
)
_WINDOWS_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW
_OCTAL = re.compile(r"\\([0-7]{3})")


def is_remote(folder: Path) -> bool:
    """True for network drives, where it can be told; False where it cannot."""
    here = folder.resolve()
    if sys.platform == "win32":
        import ctypes

        return str(here).startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(here.anchor) == _WINDOWS_REMOTE
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return is_remote_kind(kind_of(here, lines))


def kind_of(folder: PurePath, mounts: Iterable[str]) -> str:
    """The kind of file system that holds ``folder``, by the lines of a table of mounts; "" if none does."""
    best, kind = -1, ""
    for line in mounts:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = PurePosixPath(_OCTAL.sub(lambda m: chr(int(m[1], 8)), fields[1]))
        if (folder == place or place in folder.parents) and len(place.parts) >= best:
            best, kind = len(place.parts), fields[2]
    return kind


def is_remote_kind(kind: str) -> bool:
    """Whether a kind of file system lies on another machine."""
    return _REMOTE.fullmatch(kind) is not None
