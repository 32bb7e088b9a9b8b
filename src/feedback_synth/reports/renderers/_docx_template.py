"""An office's own .docx, filled in: its fonts, margins, head and foot stay as they are."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import docx
from docx.blkcntnr import BlockItemContainer
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.document import CT_Body
from docx.oxml.text.run import CT_R
from docx.parts.hdrftr import FooterPart, HeaderPart
from lxml import etree
from lxml.etree import _Element as Element

from feedback_synth import packages
from feedback_synth.datamodel.report import Report, Section
from feedback_synth.errors import ConfigError, UnreadableDocumentError
from feedback_synth.reports.renderers._wordml import XML_SPACE, legal, q

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+(?::[\w-]+)?)\s*\}\}")
_WHOLE = "content"
_SECTION = "section:"
_A4_TEXT = 9360  # twips, where a template does not say how wide its pages are
_TYPES = "[Content_Types].xml"
_TEMPLATE_TYPE, _DOCUMENT_TYPE = b"template.main+xml", b"document.main+xml"
_LARGEST_BYTES = 200_000_000  # unpacked; more than any real template
_TROUBLE = (*packages.DAMAGE, KeyError, etree.XMLSyntaxError, PythonDocxError, OpcError)
Blocks = Callable[[BlockItemContainer, Section, int], None]


def opened(template: bytes) -> Document:
    """The template as a document, also if it is a .dotx. UnreadableDocumentError if it is neither."""
    try:
        parts = packages.unpacked(template, _LARGEST_BYTES)
        if parts is None:
            raise UnreadableDocumentError(
                "{name} unpacks to more than a document can hold. Save it again in Word.", name="The template"
            )
        parts[_TYPES] = parts[_TYPES].replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)
        return docx.Document(io.BytesIO(packages.zipped(parts)))
    except _TROUBLE as error:
        raise UnreadableDocumentError(
            "{name} is not a readable .docx ({error}). Open it in Word and save it as .docx.",
            name="The template",
            error=error,
        ) from error


def fill(document: Document, report: Report, sections: list[Section], blocks: Blocks) -> None:
    """Fill every placeholder of the document, its headers and its footers.

    ``blocks`` writes one section into a width in twips. ConfigError if the template has no place for the content.
    """
    root = document.element
    places = [p for p in root.iter(q("p")) if _block_name(p)]
    if not places:
        raise ConfigError(
            "The template has no place for the content. Write {{content}} in a paragraph of its own, "
            "or {{section:opinions}} for one section."
        )
    annexes = [s for s in sections if s.annex] if any(_block_name(p) == _WHOLE for p in places) else []
    named = {_block_name(p).removeprefix(_SECTION) for p in places}
    for place in places:
        _fill_block(document, place, sections, blocks)
    _append(document, [s for s in annexes if s.key not in named], blocks)
    words = _words(report)
    _fill_words(root, words)
    for part in document.part.package.iter_parts():
        if isinstance(part, HeaderPart | FooterPart):
            _fill_words(part.element, words)


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


def _fill_block(document: Document, place: Element, sections: list[Section], blocks: Blocks) -> None:
    """Replace the paragraph by what it asks for; a section that this report has not leaves nothing."""
    name = _block_name(place)
    key = name.removeprefix(_SECTION)
    wanted = [s for s in sections if (not s.annex if name == _WHOLE else s.key == key)]
    parent = place.getparent()
    assert parent is not None
    width = _width(place)
    written = OxmlElement("w:body")
    assert isinstance(written, CT_Body)
    for section in wanted:
        blocks(BlockItemContainer(written, document), section, width)
    for element in list(written):
        place.addprevious(element)
    if parent.tag == q("tc") or place.find(f"{q('pPr')}/{q('sectPr')}") is not None:
        for child in [c for c in place if c.tag != q("pPr")]:  # a cell, or a section of pages, ends with a paragraph
            place.remove(child)
    else:
        parent.remove(place)


def _append(document: Document, annexes: list[Section], blocks: Blocks) -> None:
    """The annexes after everything that the template has, its signature too, on a page of their own."""
    if not annexes:
        return
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    width = _width_of(document.element.body.iterchildren(q("sectPr")))
    for section in annexes:
        blocks(BlockItemContainer(document.element.body, document), section, width)


def _width(place: Element) -> int:
    """Twips between the margins of the section that holds the paragraph."""
    return _width_of(_following_sections(place))


def _width_of(sections: Iterable[Element]) -> int:
    for section in sections:
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
    run = OxmlElement("w:r")
    assert isinstance(run, CT_R)
    run.text = text.text or ""
    parent = text.getparent()
    assert parent is not None
    for piece in list(run):
        text.addprevious(piece)
    parent.remove(text)
