"""The WordprocessingML that python-docx has no words for: content controls, fields, borders, marks of rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMESPACES = {"w": W, "r": R}
FONT = "Times New Roman"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


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


def document_defaults(language: str, half_points: int) -> Element:
    """``w:docDefaults``: Times New Roman for every script, a language tag ("vi-VN"), a size, no space of its own."""
    fonts = w("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    tongue = w("lang", val=language, eastAsia=language, bidi=language)
    run = w("rPr", fonts, w("sz", val=half_points), w("szCs", val=half_points), tongue)
    shape = w("pPr", w("spacing", before=0, after=0, line=240, lineRule="auto"))
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault", shape))


def settings() -> list[Element]:
    """Children of ``w:settings``: Word 2013 and later lay the pages out as they do their own."""
    compatibility = w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    return [w("zoom", percent=100), w("defaultTabStop", val=720), w("compat", compatibility)]


def field(instruction: str, shown: str) -> list[Element]:
    """The contents of the five runs of a field; ``shown`` stands there until Word counts."""
    code, text = w("instrText"), w("t")
    code.text, text.text = instruction, shown
    begin, separate, end = (w("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    return [begin, code, separate, text, end]


def line_above() -> Element:
    """``w:pBdr``: a thin line above a paragraph."""
    return w("pBdr", w("top", val="single", sz=6, space=1, color="auto"))


def table_properties(widths: Sequence[int], *, borders: bool, title: str) -> list[Element | None]:
    """Children of ``w:tblPr``: fixed layout, widths in twips. ``title`` is read out by screen readers."""
    line = {"val": "single", "sz": 4, "space": 0, "color": "auto"} if borders else {"val": "nil"}
    return [
        w("tblW", w=sum(widths), type="dxa"),
        w("tblBorders", *(w(side, **line) for side in _SIDES)),
        w("tblLayout", type="fixed"),
        w("tblCellMar", w("left", w=85, type="dxa"), w("right", w=85, type="dxa")),
        w("tblLook", val="04A0", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
        w("tblCaption", val=legal(title)) if title else None,
    ]


def row_marks(*, header: bool, keep_together: bool) -> list[Element]:
    """Children of ``w:trPr``: repeated on every page, never broken between pages."""
    return [*([w("cantSplit")] if keep_together else []), *([w("tblHeader")] if header else [])]


@dataclass(frozen=True, slots=True)
class Control:
    """A content control: ``tag`` (at most 64 characters) comes back from the editor; ``choices`` make it a list."""

    number: int
    tag: str
    title: str
    empty: bool = False
    choices: tuple[str, ...] = ()


def put_under_control(run: Element, control: Control) -> None:
    """Wrap a ``w:r`` of a paragraph into a ``w:sdt``: a place to type, or to choose."""
    choices = control.choices
    kind = (
        w("comboBox", *(w("listItem", displayText=c, value=c) for c in choices)) if choices else w("text", multiLine=1)
    )
    properties = w(
        "sdtPr",
        deepcopy(run.find(q("rPr"))),
        w("alias", val=control.title[:64]),
        w("tag", val=control.tag),
        w("id", val=control.number),
        w("showingPlcHdr") if control.empty else None,
        kind,
    )
    content = w("sdtContent")
    run.addprevious(w("sdt", properties, content))
    content.append(run)
