"""Small pieces of WordprocessingML: elements in the order the schema asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMESPACES = {"w": W, "r": R}
FONT = "Times New Roman"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LINES = re.compile(r"(\n|\t)")


def q(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def w(name: str, /, *children: Element | None, **attributes: object) -> Element:
    """``<w:name w:attribute="…">children</w:name>``; None children are left out."""
    element = etree.Element(q(name), {q(k): str(v) for k, v in attributes.items()}, nsmap=NAMESPACES)
    element.extend(child for child in children if child is not None)
    return element


def legal(text: str) -> str:
    """``text`` without the characters XML cannot hold."""
    return _ILLEGAL.sub("", text)


def twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class Font:
    """How a run looks; ``size`` in points, 0 leaves it to the style."""

    size: float = 0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    caps: bool = False
    color: str = ""


def run_properties(font: Font) -> Element | None:
    """``w:rPr`` of a font, or None where it says nothing."""
    children = [
        w("b") if font.bold else None,
        w("bCs") if font.bold else None,
        w("i") if font.italic else None,
        w("iCs") if font.italic else None,
        w("caps") if font.caps else None,
        w("strike") if font.strike else None,
        w("color", val=font.color) if font.color else None,
        w("sz", val=round(font.size * 2)) if font.size else None,
        w("szCs", val=round(font.size * 2)) if font.size else None,
        w("u", val="single") if font.underline else None,
    ]
    return w("rPr", *children) if any(c is not None for c in children) else None


def run(text: str, font: Font = Font()) -> Element:
    """A run; line breaks and tabs become their elements."""
    content: list[Element] = []
    for part in _LINES.split(legal(text)):
        if part == "\n":
            content.append(w("br"))
        elif part == "\t":
            content.append(w("tab"))
        elif part:
            piece = w("t")
            piece.text = part
            piece.set(XML_SPACE, "preserve")
            content.append(piece)
    return w("r", run_properties(font), *content)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph is set; lengths in twips, spaces in points. 0 and "" leave it to the style."""

    style: str = ""
    align: str = ""
    before: float = -1
    after: float = -1
    left: int = 0
    right: int = 0
    first_line: int = 0
    hanging: int = 0
    keep_next: bool = False
    rule: bool = False  # a line above the paragraph
    line: int = 0  # exact line height in points


def paragraph_properties(shape: Shape, section: Element | None = None) -> Element | None:
    spacing = {
        **({"before": round(shape.before * 20)} if shape.before >= 0 else {}),
        **({"after": round(shape.after * 20)} if shape.after >= 0 else {}),
        **({"line": shape.line * 20, "lineRule": "exact"} if shape.line else {}),
    }
    indents = {"left": shape.left, "right": shape.right, "firstLine": shape.first_line, "hanging": shape.hanging}
    indents = {k: v for k, v in indents.items() if v}
    children = [
        w("pStyle", val=shape.style) if shape.style else None,
        w("keepNext") if shape.keep_next else None,
        w("pBdr", w("top", val="single", sz=6, space=1, color="auto")) if shape.rule else None,
        w("spacing", **spacing) if spacing else None,
        w("ind", **indents) if indents else None,
        w("jc", val=shape.align) if shape.align else None,
        section,
    ]
    return w("pPr", *children) if any(c is not None for c in children) else None


def paragraph(content: Iterable[Element], shape: Shape = Shape(), section: Element | None = None) -> Element:
    return w("p", paragraph_properties(shape, section), *content)


@dataclass(frozen=True, slots=True)
class CellShape:
    """A table cell: width in twips, columns it spans, place in a vertical merge ("", "restart", "continue")."""

    width: int
    span: int = 1
    merge: str = ""
    borders: bool = True


def cell(content: Iterable[Element], shape: CellShape) -> Element:
    """``w:tc``; a cell without a paragraph gets an empty one, as Word demands."""
    blocks = list(content) or [paragraph(())]
    no_borders = w("tcBorders", *(w(side, val="nil") for side in ("top", "left", "bottom", "right")))
    properties = w(
        "tcPr",
        w("tcW", w=shape.width, type="dxa"),
        w("gridSpan", val=shape.span) if shape.span > 1 else None,
        w("vMerge", **({"val": "restart"} if shape.merge == "restart" else {})) if shape.merge else None,
        None if shape.borders else no_borders,
    )
    return w("tc", properties, *blocks)


def row(cells: Iterable[Element], *, header: bool = False, keep_together: bool = False) -> Element:
    """``w:tr``, never with a fixed height."""
    properties = [w("cantSplit") if keep_together else None, w("tblHeader") if header else None]
    found = w("trPr", *properties) if header or keep_together else None
    return w("tr", found, *cells)


def table(rows: Iterable[Element], widths: Iterable[int], *, borders: bool = True, title: str = "") -> Element:
    """``w:tbl`` of fixed layout; widths in twips. ``title`` is read out by screen readers."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    line = {"val": "single", "sz": 4, "space": 0, "color": "auto"} if borders else {"val": "nil"}
    columns = list(widths)
    properties = w(
        "tblPr",
        w("tblW", w=sum(columns), type="dxa"),
        w("tblBorders", *(w(side, **line) for side in sides)),
        w("tblLayout", type="fixed"),
        w("tblCellMar", w("left", w=85, type="dxa"), w("right", w=85, type="dxa")),
        w("tblLook", val="04A0", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
        w("tblCaption", val=legal(title)) if title else None,
    )
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in columns)), *rows)


@dataclass(frozen=True, slots=True)
class Control:
    """A content control: ``tag`` (at most 64 characters) comes back from the editor; ``choices`` make it a list."""

    number: int
    tag: str
    title: str
    empty: bool = False
    choices: tuple[str, ...] = ()


def content_control(control: Control, text: str, font: Font) -> Element:
    """``w:sdt`` around one run: a place to type, or to choose."""
    choices = control.choices
    kind = (
        w("comboBox", *(w("listItem", displayText=c, value=c) for c in choices)) if choices else w("text", multiLine=1)
    )
    properties = w(
        "sdtPr",
        run_properties(font),
        w("alias", val=control.title[:64]),
        w("tag", val=control.tag),
        w("id", val=control.number),
        w("showingPlcHdr") if control.empty else None,
        kind,
    )
    return w("sdt", properties, w("sdtContent", run(text, font)))
