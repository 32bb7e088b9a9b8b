"""Pictures that only the old version has: taken over into the woven file, so that rejecting brings them back."""

from __future__ import annotations

import posixpath
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from feedback_synth.packages import parse
from feedback_synth.reports.redline.package import Version, relation_ids
from feedback_synth.reports.renderers._docx_package import serialize
from feedback_synth.reports.renderers._wordml import R, q

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp",
    "tif": "image/tiff", "tiff": "image/tiff", "emf": "image/x-emf", "wmf": "image/x-wmf", "svg": "image/svg+xml",
}  # fmt: skip
_NOTES = (q("footnoteReference"), q("endnoteReference"))


@dataclass
class Adoption:
    """The pictures of ``old`` that were asked for: relationship id in the old file -> part name there."""

    old: Version
    taken: dict[str, str] = field(default_factory=dict)

    def adopt(self, atom: Element) -> Element | None:
        """The object as it can stand in the new file; None if it needs other parts than pictures."""
        if next(atom.iter(*_NOTES), None) is not None:
            return None
        ids = relation_ids(atom)
        if not ids:
            return atom
        targets = {i: self.old.targets.get(i, "") for i in ids}
        if not all(t in self.old.parts and _extension(t) in _TYPES for t in targets.values()):
            return None
        self.taken |= targets
        copy = deepcopy(atom)
        copy.tail = None
        for element in copy.iter():
            for name in [a for a in element.attrib if str(a).startswith(f"{{{R}}}")]:
                element.set(name, _id(str(element.get(name))))
        return copy

    def extend(self, parts: dict[str, bytes], main: str) -> dict[str, bytes]:
        """The parts of the new file with the pictures, their relationships and their content types."""
        if not self.taken:
            return parts
        folder, file = posixpath.split(main)
        relations = f"{folder}/_rels/{file}.rels"
        root = parse(parts[relations]) if relations in parts else etree.Element(f"{{{_RELATIONS}}}Relationships")
        added: dict[str, bytes] = {}
        for key, target in self.taken.items():
            name = f"media/old_{key}.{_extension(target)}"
            added[f"{folder}/{name}"] = self.old.parts[target]
            etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=_id(key), Type=_IMAGE, Target=name)
        types = _with_types(parts["[Content_Types].xml"], {_extension(t) for t in self.taken.values()})
        return {**parts, **added, relations: serialize(root), "[Content_Types].xml": types}


def _id(key: str) -> str:
    return f"old_{key}"


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _with_types(data: bytes, extensions: set[str]) -> bytes:
    root = parse(data)
    namespace = etree.QName(root).namespace
    known = {(e.get("Extension") or "").lower() for e in root}
    for extension in sorted(extensions - known):
        element = etree.Element(f"{{{namespace}}}Default", Extension=extension, ContentType=_TYPES[extension])
        root.insert(0, element)
    return serialize(root)
