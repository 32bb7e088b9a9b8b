"""Office files as zips of parts: reading one safely, and the stamp in its custom properties.

Word, Excel and LibreOffice keep custom properties when they save; nobody sees them in the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from feedback_synth import packages
from feedback_synth.errors import UnreadableDocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PROPERTY = "feedback-synth-export"
_CUSTOM = "docProps/custom.xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # what Office calls user-defined properties
_LARGEST_BYTES = 300_000_000  # unpacked; a table of 5,000 rows has some 10 MB


def parts(content: bytes, name: str) -> dict[str, bytes]:
    """The parts of an Office file by name. UnreadableDocumentError if it is none, is damaged or locked."""
    try:
        found = packages.unpacked(content, _LARGEST_BYTES)
    except packages.DAMAGE as error:
        raise UnreadableDocumentError(
            "{name} is damaged, protected by a password, or not what its name says. Open it, save it anew, try again.",
            name=name,
        ) from error
    if found is None:
        raise UnreadableDocumentError("{name} is far too large for a table of opinions.", name=name)
    return found


def parse(part: bytes, name: str) -> Element:
    """The root of an XML part; entities and the network are never followed."""
    from lxml import etree

    try:
        return packages.parse(part)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocumentError(
            "{name} is damaged ({why}). Open it, save it anew, try again.", name=name, why=error.msg
        ) from error


def stamped(content: bytes, export_id: str) -> bytes:
    """The same file with ``export_id`` as a custom property; every other part byte for byte."""
    found = parts(content, "The exported file")
    if _CUSTOM in found:
        found[_CUSTOM] = _with_property(found[_CUSTOM], export_id)
    else:
        found[_CUSTOM] = _with_property(f'<Properties xmlns="{_PROPERTIES}"/>'.encode(), export_id)
        found["[Content_Types].xml"] = _declared(found["[Content_Types].xml"])
        found["_rels/.rels"] = _related(found["_rels/.rels"])
    return packages.zipped(found)


def stamp_of(found: Mapping[str, bytes], name: str) -> str:
    """The export id in a file's properties, or ""."""
    if _CUSTOM not in found:
        return ""
    for element in parse(found[_CUSTOM], name):
        if element.get("name") == PROPERTY:
            return "".join(str(text) for text in element.itertext()).strip()
    return ""


def editor_of(found: Mapping[str, bytes], name: str) -> str:
    """Who saved the file last, by its properties, or ""."""
    part = found.get("docProps/core.xml")
    return (parse(part, name).findtext(f"{{{_CORE}}}lastModifiedBy") or "").strip() if part else ""


def _with_property(custom: bytes, export_id: str) -> bytes:
    from lxml import etree

    root = parse(custom, _CUSTOM)
    for old in [e for e in root if e.get("name") == PROPERTY]:
        root.remove(old)
    number = max([1, *(int(e.get("pid", "1")) for e in root)]) + 1
    made = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT_ID, pid=str(number), name=PROPERTY)
    etree.SubElement(made, f"{{{_TYPES}}}lpwstr", nsmap={"vt": _TYPES}).text = export_id
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _declared(types: bytes) -> bytes:
    from lxml import etree

    root = parse(types, "[Content_Types].xml")
    etree.SubElement(root, _same_space(root, "Override"), PartName=f"/{_CUSTOM}", ContentType=_CONTENT_TYPE)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _related(relations: bytes) -> bytes:
    from lxml import etree

    root = parse(relations, "_rels/.rels")
    taken = {e.get("Id") for e in root}
    free = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    etree.SubElement(root, _same_space(root, "Relationship"), Id=free, Type=_RELATION, Target=_CUSTOM)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _same_space(root: Element, name: str) -> str:
    space = str(root.tag).rpartition("}")[0]
    return f"{space}}}{name}" if space else name
