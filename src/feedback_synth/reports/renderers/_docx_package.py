"""A .docx as a zip of parts: styles, header with the page number, relationships. Equal inputs give equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from feedback_synth.reports.renderers._wordml import (
    FONT,
    Font,
    R,
    Shape,
    legal,
    paragraph,
    run,
    run_properties,
    twips,
    w,
)

_EPOCH = (1980, 1, 1, 0, 0, 0)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CHART_RELATION = f"{_OFFICE}/chart"
_LANGUAGES = {"vi": "vi-VN", "fr": "fr-FR", "en": "en-GB"}


@dataclass
class Package:
    """Parts of one document in the making; ``relations`` are those of the main part: (id, type, target)."""

    profile: Mapping[str, Any]
    language: str
    title: str
    charts: list[bytes] = field(default_factory=list)

    def add_chart(self, xml: bytes) -> str:
        """Add a chart part; the id of its relationship."""
        self.charts.append(xml)
        return f"rIdChart{len(self.charts)}"

    def save(self, body: Element) -> bytes:
        document = w("document", body)
        parts = {
            "[Content_Types].xml": _content_types(len(self.charts)),
            "_rels/.rels": _relations(
                [
                    ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
                    ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                ]
            ),
            "docProps/core.xml": _core(self.title, self.language),
            "word/document.xml": serialize(document),
            "word/_rels/document.xml.rels": _relations(self._document_relations()),
            "word/styles.xml": serialize(styles(self.profile, self.language)),
            "word/settings.xml": serialize(_settings()),
            "word/header1.xml": serialize(_header(self.profile)),
            "word/header2.xml": serialize(w("hdr", paragraph((), Shape("Header")))),
            **{f"word/charts/chart{n}.xml": xml for n, xml in enumerate(self.charts, start=1)},
        }
        return zipped(parts)

    def _document_relations(self) -> list[tuple[str, str, str]]:
        charts = [(f"rIdChart{n}", CHART_RELATION, f"charts/chart{n}.xml") for n in range(1, len(self.charts) + 1)]
        return [
            ("rId1", f"{_OFFICE}/styles", "styles.xml"),
            ("rId2", f"{_OFFICE}/settings", "settings.xml"),
            ("rId3", f"{_OFFICE}/header", "header1.xml"),
            ("rId4", f"{_OFFICE}/header", "header2.xml"),
            *charts,
        ]


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip without a clock in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def serialize(element: Element) -> bytes:
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def section_properties(profile: Mapping[str, Any], *, landscape: bool, first: bool) -> Element:
    """Page size and margins. The first section's first page hides its number."""
    margins = {side: twips(mm) for side, mm in profile["margins_mm"].items()}
    size = (16838, 11906) if landscape else (11906, 16838)
    header = twips(profile["page_number"]["from_edge_mm"])
    references = [w("headerReference", type="default"), w("headerReference", type="first")]
    for reference, target in zip(references, ("rId3", "rId4"), strict=True):
        reference.set(f"{{{R}}}id", target)
    return w(
        "sectPr",
        *references,
        w("pgSz", w=size[0], h=size[1], **({"orient": "landscape"} if landscape else {})),
        w("pgMar", top=margins["top"], right=margins["right"], bottom=margins["bottom"], left=margins["left"],
          header=header, footer=header, gutter=0),
        w("titlePg") if first else None,
    )  # fmt: skip


def usable_width(profile: Mapping[str, Any], *, landscape: bool) -> int:
    """Twips between the margins."""
    margins = profile["margins_mm"]
    return (16838 if landscape else 11906) - twips(margins["left"]) - twips(margins["right"])


def _header(profile: Mapping[str, Any]) -> Element:
    """The page number, centred in the top margin."""
    font = Font(size=profile["page_number"]["size"])

    def fld(kind: str) -> Element:
        return w("r", run_properties(font), w("fldChar", fldCharType=kind))

    instruction = w("instrText")
    instruction.text = "PAGE"
    code = w("r", run_properties(font), instruction)
    content = (fld("begin"), code, fld("separate"), run("2", font), fld("end"))
    return w("hdr", paragraph(content, Shape("Header", align="center")))


def styles(profile: Mapping[str, Any], language: str) -> Element:
    """``w:styles`` of a profile: what running text, headings and tables look like."""
    body, heading = profile["body"], profile["heading"]
    fonts = w("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    size = round(body["size"] * 2)
    tag = _LANGUAGES.get(language, "vi-VN")
    line = (
        {"line": body["line_exact_pt"] * 20, "lineRule": "exact"}
        if "line_exact_pt" in body
        else {"line": round(body["line_multiple"] * 240), "lineRule": "auto"}
    )
    defaults = w(
        "docDefaults",
        w(
            "rPrDefault",
            w("rPr", fonts, w("sz", val=size), w("szCs", val=size), w("lang", val=tag, eastAsia=tag, bidi=tag)),
        ),
        w("pPrDefault", w("pPr", w("spacing", before=0, after=0, line=240, lineRule="auto"))),
    )
    before = round(body["before_pt"] * 20)
    first_line = twips(body["first_line_mm"])
    body_shape = w(
        "pPr", w("spacing", before=before, after=0, **line), w("ind", firstLine=first_line), w("jc", val="both")
    )
    headings = [
        _style(
            f"Heading{n}",
            f"heading {n}",
            _heading_shape(n, first_line),
            run_properties(Font(heading["size"], bold=True, caps=n <= heading["caps_at_level"])),
        )
        for n in (1, 2, 3)
    ]
    caption = w("pPr", w("keepNext"), w("spacing", before=120, after=60), w("jc", val="center"))
    return w(
        "styles",
        defaults,
        _style("Normal", "Normal", None, None, default=True),
        _style("BodyText", "Body Text", body_shape, None),
        *headings,
        *(_style(key, name, _table_shape(key), run_properties(font)) for key, name, font in _table_fonts(profile)),
        _style("Header", "header", w("pPr", w("jc", val="center")), None),
        _style("Caption", "caption", caption, run_properties(Font(italic=True))),
    )  # fmt: skip


def _table_fonts(profile: Mapping[str, Any]) -> list[tuple[str, str, Font]]:
    sizes = profile["table"]
    return [
        ("TableHead", "Table Head", Font(sizes["header_size"], bold=True)),
        ("TableText", "Table Text", Font(sizes["size"])),
        ("TableNote", "Table Note", Font(sizes["note_size"])),
    ]


def _table_shape(key: str) -> Element:
    if key == "TableHead":
        return w("pPr", w("keepNext"), w("spacing", before=40, after=40), w("jc", val="center"))
    return w("pPr", w("spacing", before=20, after=20))


def _heading_shape(level: int, first_line: int) -> Element:
    return w(
        "pPr", w("keepNext"), w("keepLines"), w("spacing", before=180, after=60), w("ind", firstLine=first_line),
        w("jc", val="both"), w("outlineLvl", val=level - 1),
    )  # fmt: skip


def _style(key: str, name: str, shape: Element | None, font: Element | None, *, default: bool = False) -> Element:
    attributes = {"default": 1} if default else {}
    based = None if default else w("basedOn", val="Normal")
    return w(
        "style", w("name", val=name), based, w("qFormat"), shape, font, type="paragraph", styleId=key, **attributes
    )


def _settings() -> Element:
    compatibility = w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    return w("settings", w("zoom", percent=100), w("defaultTabStop", val=720), w("compat", compatibility))


def _content_types(charts: int) -> bytes:
    root = etree.Element("Types", nsmap={None: f"{_PACKAGE}/content-types"})  # type: ignore[dict-item]
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(root, "Default", Extension=extension, ContentType=kind)
    overrides = {
        "/word/document.xml": f"{_WORD_TYPE}document.main+xml",
        "/word/styles.xml": f"{_WORD_TYPE}styles+xml",
        "/word/settings.xml": f"{_WORD_TYPE}settings+xml",
        "/word/header1.xml": f"{_WORD_TYPE}header+xml",
        "/word/header2.xml": f"{_WORD_TYPE}header+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"/word/charts/chart{n}.xml": CHART_TYPE for n in range(1, charts + 1)},
    }
    for name, kind in overrides.items():
        etree.SubElement(root, "Override", PartName=name, ContentType=kind)
    return serialize(root)


def _relations(relations: list[tuple[str, str, str]]) -> bytes:
    root = etree.Element("Relationships", nsmap={None: f"{_PACKAGE}/relationships"})  # type: ignore[dict-item]
    for key, kind, target in relations:
        etree.SubElement(root, "Relationship", Id=key, Type=kind, Target=target)
    return serialize(root)


def _core(title: str, language: str) -> bytes:
    dublin, core = "http://purl.org/dc/elements/1.1/", f"{_PACKAGE}/metadata/core-properties"
    root = etree.Element(f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dublin})
    for name, text in (("title", legal(title)), ("language", language)):
        etree.SubElement(root, f"{{{dublin}}}{name}").text = text
    return serialize(root)
