"""Streams of an OLE compound file, by path. Chains that run in a circle or out of the file end there."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # sector numbers from here on are marks
_MAX_ENTRIES = 100_000


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int  # 1 folder, 2 stream, 5 root
    left: int
    right: int
    child: int
    start: int
    size: int


class Container:
    """Reads streams; a damaged container gives what can still be reached."""

    def __init__(self, data: bytes) -> None:
        if data[:8] != _HEADER or len(data) < 512:
            raise ValueError("not a compound file")
        self._data = data
        self._sector = 1 << min(max(struct.unpack_from("<H", data, 30)[0], 7), 16)
        self._mini = 1 << min(max(struct.unpack_from("<H", data, 32)[0], 4), 12)
        self._cutoff = struct.unpack_from("<I", data, 56)[0]
        self._fat = self._read_fat()
        directory = self._chain(struct.unpack_from("<I", data, 48)[0])
        count = min(len(directory) // 128, _MAX_ENTRIES)
        self._entries = [_entry(directory[i * 128 : i * 128 + 128]) for i in range(count)]
        minifat = self._chain(struct.unpack_from("<I", data, 60)[0])
        self._minifat = list(struct.unpack(f"<{len(minifat) // 4}I", minifat[: len(minifat) // 4 * 4]))
        root = self._entries[0] if self._entries else None
        self._mini_stream = self._chain(root.start) if root else b""
        self.streams = self._paths()

    def read(self, path: str) -> bytes:
        """The bytes of the stream at ``path`` ("WordDocument", "folder/stream"); b"" when there is none."""
        index = self.streams.get(path.lower())
        if index is None:
            return b""
        entry = self._entries[index]
        if entry.size < self._cutoff:
            return self._mini_chain(entry.start)[: entry.size]
        return self._chain(entry.start)[: entry.size]

    def _read_fat(self) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        following = struct.unpack_from("<I", self._data, 68)[0]
        seen: set[int] = set()
        while following < _END and following not in seen:
            seen.add(following)
            block = self._at(following)
            numbers = list(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))
            if not numbers:
                break
            sectors.extend(numbers[:-1])
            following = numbers[-1]
        table: list[int] = []
        for sector in sectors:
            if sector < _END:
                block = self._at(sector)
                table.extend(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))
        return table

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        seen: set[int] = set()
        while sector < _END and sector not in seen and sector < len(self._fat):
            seen.add(sector)
            parts.append(self._at(sector))
            sector = self._fat[sector]
        return b"".join(parts)

    def _mini_chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        seen: set[int] = set()
        while sector < _END and sector not in seen and sector < len(self._minifat):
            seen.add(sector)
            parts.append(self._mini_stream[sector * self._mini : (sector + 1) * self._mini])
            sector = self._minifat[sector]
        return b"".join(parts)

    def _paths(self) -> dict[str, int]:
        found: dict[str, int] = {}
        seen: set[int] = set()
        waiting = [(self._entries[0].child, "")] if self._entries else []
        while waiting:
            index, folder = waiting.pop()
            if index in seen or not 0 <= index < len(self._entries):
                continue
            seen.add(index)
            entry = self._entries[index]
            path = f"{folder}{entry.name}".lower()
            if entry.kind == 2:
                found.setdefault(path, index)
            waiting += [(entry.left, folder), (entry.right, folder)]
            if entry.kind == 1:
                waiting.append((entry.child, path + "/"))
        return found


def _entry(data: bytes) -> _Entry:
    length = min(max(struct.unpack_from("<H", data, 64)[0] - 2, 0), 62)
    left, right, child = struct.unpack_from("<III", data, 68)
    start, size = struct.unpack_from("<II", data, 116)
    return _Entry(data[:length].decode("utf-16-le", errors="replace"), data[66], left, right, child, start, size)
