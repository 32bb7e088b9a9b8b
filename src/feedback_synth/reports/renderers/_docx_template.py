"""An office's own .docx, filled in: its fonts, margins, head and foot stay as they are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree
from lxml.etree import _Element as Element

from feedback_synth.datamodel.report import Report, Section
from feedback_synth.errors import ConfigError
from feedback_synth.reports.redline.package import Version, load, parse
from feedback_synth.reports.renderers._docx_package import CHART_RELATION, CHART_TYPE, serialize, zipped
from feedback_synth.reports.renderers._wordml import XML_SPACE, legal, q, run

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+(?::[\w-]+)?)\s*\}\}")
_WHOLE = "content"
_SECTION = "section:"
_A4_TEXT = 9360  # twips, where a template does not say how wide its pages are
_TEMPLATE_TYPE, _DOCUMENT_TYPE = b"template.main+xml", b"document.main+xml"
Blocks = Callable[[Section, int], list[Element]]


def fill(template: bytes, report: Report, sections: list[Section], blocks: Blocks) -> tuple[Version, dict[str, bytes]]:
    """The template's main part with every placeholder filled, and its headers and footers.

    ``blocks`` writes one section into a width in twips. ConfigError if the template has no place for the content.
    """
    version = load(template, "The template")
    words = _words(report)
    places = [p for p in version.root.iter(q("p")) if _block_name(p)]
    if not places:
        raise ConfigError(
            "The template has no place for the content. Write {{content}} in a paragraph of its own, "
            "or {{section:opinions}} for one section."
        )
    for place in places:
        _fill_block(place, sections, blocks)
    _fill_words(version.root, words)
    changed = {}
    for name, data in version.parts.items():
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
            root = parse(data)
            _fill_words(root, words)
            changed[name] = serialize(root)
    return version, changed


def finish(version: Version, changed: Mapping[str, bytes], charts: list[bytes], styles: Element) -> bytes:
    """The filled template as a .docx, with the charts and with the styles that the template lacks."""
    parts = {**version.parts, **changed, version.main: serialize(version.root)}
    parts["[Content_Types].xml"] = _types(parts["[Content_Types].xml"], len(charts))
    folder, file = posixpath.split(version.main)
    relations = f"{folder}/_rels/{file}.rels"
    parts[relations] = _relations(parts.get(relations), len(charts))
    for n, xml in enumerate(charts, start=1):
        parts[f"{folder}/charts/chart_fs{n}.xml"] = xml
    name = f"{folder}/styles.xml"
    if name in parts:
        parts[name] = _with_styles(parts[name], styles)
    return zipped(parts)


def _words(report: Report) -> dict[str, str]:
    head = report.letterhead
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "superior": head.superior,
        "issuer": head.issuer,
        "number": head.number,
        "place_and_date": head.place_and_date,
        "signer_title": head.signer_title,
        "signer": head.signer,
        "recipients": "\n".join(head.recipients),
    }


def _text(paragraph: Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(q("t")))


def _block_name(paragraph: Element) -> str:
    match = _PLACEHOLDER.fullmatch(_text(paragraph).strip())
    name = match[1] if match else ""
    return name if name == _WHOLE or name.startswith(_SECTION) else ""


def _fill_block(place: Element, sections: list[Section], blocks: Blocks) -> None:
    """Replace the paragraph by what it asks for; a section that this report has not leaves nothing."""
    name = _block_name(place)
    wanted = sections if name == _WHOLE else [s for s in sections if s.key == name.removeprefix(_SECTION)]
    parent = place.getparent()
    assert parent is not None
    width = _width(place)
    for section in wanted:
        for element in blocks(section, width):
            place.addprevious(element)
    if parent.tag == q("tc") or place.find(f"{q('pPr')}/{q('sectPr')}") is not None:
        for child in [c for c in place if c.tag != q("pPr")]:  # a cell, or a section of pages, ends with a paragraph
            place.remove(child)
    else:
        parent.remove(place)


def _width(place: Element) -> int:
    """Twips between the margins of the section that holds the paragraph."""
    for section in _following_sections(place):
        size, margins = section.find(q("pgSz")), section.find(q("pgMar"))
        if size is not None and margins is not None:
            sides = (size.get(q("w")), margins.get(q("left")), margins.get(q("right")))
            width, left, right = (int(float(s)) if s else 0 for s in sides)
            return width - left - right
    return _A4_TEXT


def _following_sections(place: Element) -> Iterator[Element]:
    """``w:sectPr`` at or after the paragraph, nearest first."""
    body = next(place.iterancestors(q("body")), None)
    if body is None:
        return
    reached = False
    for element in body.iter(q("p"), q("sectPr")):
        reached = reached or element is place
        if reached and element.tag == q("sectPr"):
            yield element


def _fill_words(root: Element, words: Mapping[str, str]) -> None:
    """Replace placeholders inside paragraphs, also where Word has cut them into several runs."""
    for paragraph in root.iter(q("p")):
        texts = list(paragraph.iter(q("t")))
        for match in reversed(list(_PLACEHOLDER.finditer(_text(paragraph)))):
            if match[1] in words:
                _replace(texts, match.start(), match.end(), words[match[1]])


def _replace(texts: list[Element], start: int, end: int, words: str) -> None:
    """Put ``words`` in place of the characters start..end of the paragraph."""
    at = 0
    first = True
    for text in texts:
        own = text.text or ""
        a, b = max(start - at, 0), min(end - at, len(own))
        at += len(own)
        if a >= b:
            continue
        text.text = own[:a] + (legal(words) if first else "") + own[b:]
        text.set(XML_SPACE, "preserve")
        if first and "\n" in words:
            _break_lines(text)
        first = False


def _break_lines(text: Element) -> None:
    """Line breaks within a text as the elements Word has for them."""
    pieces = list(run(text.text or ""))
    parent = text.getparent()
    assert parent is not None
    for piece in pieces:
        text.addprevious(piece)
    parent.remove(text)


def _types(data: bytes, charts: int) -> bytes:
    root = parse(data.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE))
    namespace = etree.QName(root).namespace
    for n in range(1, charts + 1):
        part = f"/word/charts/chart_fs{n}.xml"
        etree.SubElement(root, f"{{{namespace}}}Override", PartName=part, ContentType=CHART_TYPE)
    return serialize(root)


def _relations(data: bytes | None, charts: int) -> bytes:
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    root = parse(data) if data else etree.Element(f"{{{namespace}}}Relationships")
    for n in range(1, charts + 1):
        target = f"charts/chart_fs{n}.xml"
        etree.SubElement(root, f"{{{namespace}}}Relationship", Id=f"rIdChart{n}", Type=CHART_RELATION, Target=target)
    return serialize(root)


def _with_styles(data: bytes, ours: Element) -> bytes:
    """The template's styles, and ours where it has none of that id."""
    root = parse(data)
    known = {s.get(q("styleId")) for s in root.iter(q("style"))}
    root.extend([s for s in ours.iter(q("style")) if s.get(q("styleId")) not in known and s.get(q("default")) is None])
    return serialize(root)
