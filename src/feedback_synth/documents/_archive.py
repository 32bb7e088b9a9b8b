"""Zip containers and XML from strangers: bounded in size and depth, without entities, without the network."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any

from feedback_synth.errors import UnreadableDocumentError
from feedback_synth.packages import DAMAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    Element = Any  # lxml's own types are private

MAX_MEMBERS = 20_000
MAX_TREE_BYTES = 80_000_000  # a part that is parsed whole
MAX_STREAM_BYTES = 600_000_000  # a part that is read row by row
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|spreadsheetml|drawingml)/main")
_TRANSITIONAL = {
    b"wordprocessingml": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"spreadsheetml": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"drawingml": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Archive:
    """A zip file in memory, opened for reading its parts by name (any case, either slash)."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except DAMAGE as error:
            raise UnreadableDocumentError(
                "{name}: the file is damaged (it is not a complete zip container). Ask for it again, or open it "
                "in the program that made it and save it anew.",
                name=name,
            ) from error
        if len(members) > MAX_MEMBERS:
            raise UnreadableDocumentError(
                "{name}: the container holds {count} files, more than {limit}. Unpack it by hand and give the "
                "files that matter.",
                name=name,
                count=len(members),
                limit=MAX_MEMBERS,
            )
        self.members = members

    @cached_property
    def _by_name(self) -> dict[str, zipfile.ZipInfo]:
        return {_plain(m.filename): m for m in reversed(self.members)}

    def __contains__(self, part: str) -> bool:
        return _plain(part) in self._by_name

    def names(self) -> list[str]:
        return [m.filename for m in self.members]

    def digest(self, part: str) -> str:
        """A checksum of a part without reading it, "" where there is none."""
        info = self._by_name.get(_plain(part))
        return f"{info.CRC:08x}-{info.file_size}" if info is not None else ""

    def size(self, part: str) -> int:
        """Unpacked size that the container claims, in bytes."""
        return self._by_name[_plain(part)].file_size

    def read(self, part: str, limit: int = MAX_TREE_BYTES) -> bytes:
        """The bytes of ``part``, b"" when there is none. UnreadableDocumentError beyond ``limit`` or when damaged."""
        member = self._by_name.get(_plain(part))
        if member is None:
            return b""
        if member.flag_bits & 1:
            raise UnreadableDocumentError(
                "{name}: the content is protected by a password. Remove the password and give the file again.",
                name=self.name,
            )
        if member.file_size > limit:
            raise self._too_large(part, limit)
        try:
            with self._zip.open(member) as stream:
                data = stream.read(limit + 1)
        except DAMAGE as error:
            raise self._damaged(part) from error
        if len(data) > limit:
            raise self._too_large(part, limit)
        return data

    def _damaged(self, part: str) -> UnreadableDocumentError:
        return UnreadableDocumentError(
            "{name}: the part {part} is damaged. Ask for the file again, or open it in the program that made it "
            "and save it anew.",
            name=self.name,
            part=part,
        )

    def _too_large(self, part: str, limit: int) -> UnreadableDocumentError:
        return UnreadableDocumentError(
            "{name}: the part {part} unpacks to more than {megabytes} MB, which no real document needs. Check "
            "where the file comes from, or split it.",
            name=self.name,
            part=part,
            megabytes=limit // 1000000,
        )

    def tree(self, part: str) -> Element | None:
        """The root element of ``part``, or None when there is no such part or it is empty or no XML."""
        data = self.read(part)
        return parse(data) if data.strip() else None

    def stream(self, part: str, tags: tuple[str, ...]) -> Iterator[Element]:
        """Elements called ``tags`` (Clark names) of ``part`` one by one; each is emptied after use."""
        from lxml import etree

        events = etree.iterparse(
            self._open(part), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, recover=True
        )
        try:
            for _, element in events:
                yield element
                element.clear()
                while element.getprevious() is not None and element.getparent() is not None:
                    del element.getparent()[0]
        except DAMAGE as error:
            raise self._damaged(part) from error

    def chunks(self, part: str, size: int = 1 << 20) -> Iterator[bytes]:
        """The bytes of ``part`` in pieces."""
        stream = self._open(part)
        try:
            while chunk := stream.read(size):
                yield chunk
        except DAMAGE as error:
            raise self._damaged(part) from error

    def _open(self, part: str) -> IO[bytes]:
        """A part as a stream, so that a large one need not fit into memory."""
        member = self._by_name.get(_plain(part))
        if member is None:
            return io.BytesIO()
        if member.file_size > MAX_STREAM_BYTES:
            raise self._too_large(part, MAX_STREAM_BYTES)
        try:
            with self._zip.open(member) as stream:
                is_strict = b"purl.oclc.org" in stream.read(4096)
            return io.BytesIO(transitional(self.read(part))) if is_strict else self._zip.open(member)
        except DAMAGE as error:
            raise self._damaged(part) from error

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """(id, last word of the type, target part) of the internal relationships of ``part`` ("" for the package)."""
        folder, base = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", base + ".rels"))
        if root is None:
            return []
        found = []
        for relation in root.iter(_RELATION):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target") or ""
            target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = (relation.get("Type") or "").rpartition("/")[2]
            found.append((relation.get("Id") or "", kind, posixpath.normpath(target)))
        return found


def parse(data: bytes) -> Element | None:
    """The root element of an XML document; damaged XML is read as far as it goes, None when nothing is there."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        return etree.fromstring(transitional(data), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def transitional(data: bytes) -> bytes:
    """OOXML in the strict namespaces, written in the usual ones."""
    return _STRICT.sub(lambda m: _TRANSITIONAL[m[1]], data) if b"purl.oclc.org" in data[:20_000] else data


def local(element: Element) -> str:
    """The tag without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
