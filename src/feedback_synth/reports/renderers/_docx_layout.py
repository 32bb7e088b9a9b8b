"""A new Word document in the page layout of a profile: pages, page number, styles, properties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENTATION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.text.parfmt import CT_PPr
from docx.shared import Mm, Pt

from feedback_synth.reports.renderers._docx_blocks import Look, dress
from feedback_synth.reports.renderers._wordml import document_defaults, field, legal, q, settings, twips, w

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.styles.style import ParagraphStyle

_A4_MM = (210, 297)
_LONGEST_TITLE = 255  # characters that the properties of a document hold
_LANGUAGES = {"vi": "vi-VN", "fr": "fr-FR", "en": "en-GB"}
_PARTS = frozenset((RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES, RT.STYLES, RT.SETTINGS))
BODY, CAPTION = "Body Text", "Caption"
TABLE_HEAD, TABLE_TEXT, TABLE_NOTE = "Table Head", "Table Text", "Table Note"
HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
_USUAL_SIZE = 12.0  # points
_OWN = (TABLE_HEAD, TABLE_TEXT, TABLE_NOTE)  # styles that Word does not know by name


def new_document(profile: Mapping[str, Any], language: str, title: str) -> Document:
    """An empty document: its first section upright, the page number at the top but not on the first page."""
    document = docx.Document()
    _clear_sample(document)
    tag = _LANGUAGES.get(language, "vi-VN")
    styles = document.styles.element
    styles.replace(styles.find(q("docDefaults")), document_defaults(tag, round(profile["body"]["size"] * 2)))
    define_styles(document, profile)
    document.settings.element.extend(settings())
    document.core_properties.title = legal(title)[:_LONGEST_TITLE]
    document.core_properties.language = language
    section = document.sections[0]
    set_page(section, profile, lying=False)
    _number_pages(section, profile)
    return document


def _clear_sample(document: Document) -> None:
    """Take out what python-docx's sample brings along: its picture, fonts, styles, settings, author and date."""
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype not in _PARTS]:
            del relations[key]
    document.element.body.get_or_add_sectPr().attrib.clear()
    for style in list(document.styles):
        if not style.element.default:
            style.delete()
    for root in (document.settings.element, package.part_related_by(RT.CORE_PROPERTIES).element):
        for child in list(root):
            root.remove(child)


def set_page(section: Section, profile: Mapping[str, Any], *, lying: bool) -> None:
    """A4, upright or lying, with the margins of the profile."""
    short, long = (Mm(side) for side in _A4_MM)
    section.orientation = WD_ORIENTATION.LANDSCAPE if lying else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = (long, short) if lying else (short, long)
    for side, mm in profile["margins_mm"].items():
        setattr(section, f"{side}_margin", Mm(mm))
    section.header_distance = section.footer_distance = Mm(profile["page_number"]["from_edge_mm"])


def usable_width(profile: Mapping[str, Any], *, lying: bool) -> int:
    """Twips between the margins."""
    margins = profile["margins_mm"]
    return twips(_A4_MM[1 if lying else 0]) - twips(margins["left"]) - twips(margins["right"])


def _number_pages(section: Section, profile: Mapping[str, Any]) -> None:
    """The page number, centred in the top margin; the first page has a header of its own without one."""
    line = section.header.paragraphs[0]
    for piece in field("PAGE", "2"):
        run = line.add_run()
        run.font.size = Pt(profile["page_number"]["size"])
        run.element.append(piece)
    section.first_page_header.is_linked_to_previous = False
    section.different_first_page_header_footer = True


def define_styles(document: Document, profile: Mapping[str, Any]) -> None:
    """Give the document those of our styles that it has not: what running text, headings and tables look like."""
    for name, (look, form) in _looks(profile).items():
        if _style_id(document, name):
            continue
        style = _add_style(document, name)
        dress(style.font, look)
        for setting, value in form.items():
            setattr(style.paragraph_format, setting, value)
        if name in HEADINGS:
            style.element.get_or_add_pPr().append(w("outlineLvl", val=HEADINGS.index(name)))


def _style_id(document: Document, name: str) -> str:
    """The id of the paragraph style that goes by this name or its usual id in the document, or "".

    Word in other languages writes ids of its own ("oancuaDanhsach"), other programs write names in other cases.
    """
    for style in document.styles:
        known = (style.name or "").lower() == name.lower() or style.style_id == name.replace(" ", "")
        if known and style.type == WD_STYLE_TYPE.PARAGRAPH:
            return str(style.style_id)
    return ""


def _add_style(document: Document, name: str) -> ParagraphStyle:
    """A style based on the document's usual one, with an id that no other style has."""
    styles = document.styles
    taken = {style.style_id for style in styles}
    style: ParagraphStyle = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name not in _OWN)
    style.style_id = name.replace(" ", "")
    while style.style_id in taken:
        style.style_id = f"{style.style_id}1"
    style.base_style = styles.default(WD_STYLE_TYPE.PARAGRAPH)
    style.quick_style = True
    return style


def font_size(document: Document, style: str) -> float:
    """The size in points of the letters of one of our styles; an office's template may leave it to the document's."""
    size = document.styles[style].font.size or document.styles["Normal"].font.size
    return float(size.pt) if size else _USUAL_SIZE


def paragraph_properties(document: Document, style: str) -> CT_PPr:
    """``w:pPr`` of a paragraph in one of the styles that ``define_styles`` gave the document or found there."""
    made = OxmlElement("w:pPr")
    assert isinstance(made, CT_PPr)
    made.style = _style_id(document, style)
    return made


def _looks(profile: Mapping[str, Any]) -> dict[str, tuple[Look, dict[str, Any]]]:
    """Fonts and paragraph formats by style name."""
    body, heading, table = profile["body"], profile["heading"], profile["table"]
    line = Pt(body["line_exact_pt"]) if "line_exact_pt" in body else float(body["line_multiple"])
    running = {"first_line_indent": Mm(body["first_line_mm"]), "alignment": WD_ALIGN_PARAGRAPH.JUSTIFY}
    centred = {"keep_with_next": True, "alignment": WD_ALIGN_PARAGRAPH.CENTER}
    kept = {"keep_with_next": True, "keep_together": True}
    return {
        BODY: (Look(), {**_space(body["before_pt"], 0), "line_spacing": line, **running}),
        **{
            name: (Look(heading["size"], bold=True, caps=n <= heading["caps_at_level"]), kept | _space(9, 3) | running)
            for n, name in enumerate(HEADINGS, start=1)
        },
        TABLE_HEAD: (Look(table["header_size"], bold=True), centred | _space(2, 2)),
        TABLE_TEXT: (Look(table["size"]), _space(1, 1)),
        TABLE_NOTE: (Look(table["note_size"]), _space(1, 1)),
        "Header": (Look(), {"alignment": WD_ALIGN_PARAGRAPH.CENTER}),
        CAPTION: (Look(italic=True), centred | _space(6, 3)),
    }


def _space(before: float, after: float) -> dict[str, Any]:
    return {"space_before": Pt(before), "space_after": Pt(after)}
