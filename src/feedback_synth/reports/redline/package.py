"""The files behind two versions: their main parts, what their relationships point to, and the woven file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from lxml import etree
from lxml.etree import _Element as Element

from feedback_synth import packages
from feedback_synth.errors import UnreadableDocumentError
from feedback_synth.packages import parse
from feedback_synth.reports.renderers._docx_package import serialize
from feedback_synth.reports.renderers._wordml import R, q

_OFFICE_DOCUMENT = "/officeDocument"
_VOLATILE = re.compile(rb'\s(?:\w+:)?(?:id|name|anchorId|editId|rsid\w*)="[^"]*"')
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
LARGEST_PART = 200_000_000  # bytes; more than any real document unpacks to


@dataclass(frozen=True)
class Version:
    """One .docx: its parts, its main part, and where its relationships lead (id -> part name or address)."""

    parts: dict[str, bytes]
    main: str
    root: Element
    targets: dict[str, str]

    @property
    def body(self) -> Element:
        body = self.root.find(q("body"))
        if body is None:
            raise UnreadableDocumentError(
                "A document without a body cannot be compared. Open it in Word and save it again."
            )
        return body

    def ids(self, part: str, tag: str, attribute: str) -> frozenset[str]:
        """Values of an attribute in another part beside the main one, for example every style id."""
        data = self.parts.get(posixpath.join(posixpath.dirname(self.main), part))
        root = parse(data) if data else None
        return frozenset() if root is None else frozenset(e.get(q(attribute)) or "" for e in root.iter(q(tag)))

    def digest(self, element: Element) -> str:
        """What an object shows: its words, its kind, the content of the files it points to."""
        own = _VOLATILE.sub(b"", etree.tostring(element, method="c14n")) if not relation_ids(element) else b""
        linked = b"".join(self.parts.get(self.targets.get(key, ""), key.encode()) for key in relation_ids(element))
        return f"<{element.tag}:{sha256(own + linked).hexdigest()}>"


def relation_ids(element: Element) -> list[str]:
    """Relationship ids that an object uses, in order."""
    return [str(v) for e in element.iter() for k, v in e.attrib.items() if str(k).startswith(f"{{{R}}}")]


def load(data: bytes, name: str) -> Version:
    """The .docx behind the bytes. UnreadableDocumentError names the file if it is none."""
    try:
        parts = packages.unpacked(data, LARGEST_PART)
        if parts is None:
            raise UnreadableDocumentError(
                "{name} unpacks to more than a document can hold. Save it again in Word.", name=name
            )
        main = _main_part(parts)
        return Version(parts, main, parse(parts[main]), _targets(parts, main))
    except (*packages.DAMAGE, KeyError, etree.XMLSyntaxError) as error:
        raise UnreadableDocumentError(
            "{name} is not a readable .docx ({error}). Open it in Word and save it as .docx.", name=name, error=error
        ) from error


def _main_part(parts: dict[str, bytes]) -> str:
    for relation in parse(parts["_rels/.rels"]):
        if (relation.get("Type") or "").endswith(_OFFICE_DOCUMENT):
            return (relation.get("Target") or "").lstrip("/")
    raise KeyError("_rels/.rels names no main part")


def _targets(parts: dict[str, bytes], main: str) -> dict[str, str]:
    folder, file = posixpath.split(main)
    data = parts.get(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
    found: dict[str, str] = {}
    for relation in parse(data) if data else ():
        target = relation.get("Target") or ""
        if relation.get("TargetMode") != "External":
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
        found[relation.get("Id") or ""] = target
    return found


def with_body(version: Version, content: list[Element]) -> dict[str, bytes]:
    """The parts of the version with another body; ids of changes are counted anew, so that each is given once."""
    body = version.body
    final = [e for e in body if e.tag == q("sectPr")][-1:]
    for child in list(body):
        body.remove(child)
    body.extend([*content, *final])
    for number, element in enumerate(_changes(body), start=1):
        element.set(q("id"), str(number))
    _clear_doubles(body)
    return {**version.parts, version.main: serialize(version.root)}


def _changes(body: Element) -> Iterator[Element]:
    kinds = "ins del rPrChange pPrChange tblPrChange trPrChange tcPrChange sectPrChange cellIns cellDel cellMerge"
    return body.iter(*(q(kind) for kind in kinds.split()))


def _clear_doubles(body: Element) -> None:
    """Objects of both versions stand side by side: deleted ones lose bookmarks, drawings get ids of their own."""
    for deleted in body.iter(q("del")):
        for mark in [*deleted.iter(q("bookmarkStart"), q("bookmarkEnd"))]:
            parent = mark.getparent()
            if parent is not None:
                parent.remove(mark)
        for element in deleted.iter():
            for name in [a for a in element.attrib if str(a).endswith(("}paraId", "}textId"))]:
                del element.attrib[name]
    drawings = list(body.iter(f"{{{_DRAWING}}}docPr"))
    ids = [d.get("id") or "" for d in drawings]
    free = max([0, *(int(i) for i in ids if i.isdigit())])
    for drawing, number in zip(drawings, ids, strict=True):
        if ids.count(number) > 1:
            free += 1
            drawing.set("id", str(free))
