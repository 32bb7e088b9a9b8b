"""Office files as zips of parts: what damaged ones raise, all parts at once, XML parts, and writing without a clock."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# What zipfile raises for a container that is damaged, locked or none, when it is opened and when a part is read:
# RuntimeError for a password and (as NotImplementedError) an unknown compression, OSError for a seek out of the file,
# ValueError for names in no encoding.
DAMAGE = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def unpacked(data: bytes, most: int) -> dict[str, bytes] | None:
    """The parts by name; None if the container says that they are more than ``most`` bytes. Raises one of DAMAGE."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > most:
            return None
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip without a clock in it: equal parts give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def parse(part: bytes) -> Element:
    """The root of an XML part; entities and the network are never followed. etree.XMLSyntaxError if it is damaged."""
    from lxml import etree

    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
