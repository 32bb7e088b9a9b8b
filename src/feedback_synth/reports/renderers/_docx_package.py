"""A .docx as bytes without a clock in it: equal inputs give equal bytes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree
from lxml.etree import _Element as Element

from feedback_synth import packages

if TYPE_CHECKING:
    from docx.document import Document


def saved(document: Document) -> bytes:
    """What python-docx saves, with the time of saving taken out of the zip."""
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        return packages.zipped({name: archive.read(name) for name in archive.namelist()})


def serialize(element: Element) -> bytes:
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
