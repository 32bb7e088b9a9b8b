"""The parts of an .xlsx container: strings, formats, sheets in the order of their tabs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from feedback_synth.documents import _legacy_fonts
from feedback_synth.documents._archive import Archive
from feedback_synth.documents.sheets.formats import format_code
from feedback_synth.errors import UnreadableDocumentError

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
R_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
MAX_COLUMNS = 16_384  # of a sheet, the program's own limit


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    part: str
    hidden: bool


@dataclass
class Workbook:
    archive: Archive
    sheets: list[Sheet] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)  # format code of each cell style
    fonts: list[str] = field(default_factory=list)  # font of each cell style
    is_1904: bool = False


def open_workbook(name: str, data: bytes) -> Workbook:
    """The workbook in these bytes. UnreadableDocumentError when there is none."""
    archive = Archive(name, data)
    main = next((target for _, kind, target in archive.relations("") if kind == "officeDocument"), "xl/workbook.xml")
    root = archive.tree(main)
    if root is None:
        raise UnreadableDocumentError(
            "{name}: the workbook is missing or damaged. Open it in Excel, save it anew and give it again.", name=name
        )
    parts = {rid: (kind, target) for rid, kind, target in archive.relations(main)}
    properties = root.find(S + "workbookPr")
    return Workbook(
        archive,
        _sheets(root, parts, archive),
        _strings(archive, parts),
        *_styles(archive, parts),
        properties is not None and properties.get("date1904") in ("1", "true"),
    )


def _sheets(root: Any, parts: dict[str, tuple[str, str]], archive: Archive) -> list[Sheet]:
    found = []
    for element in root.iter(S + "sheet"):
        kind, target = parts.get(element.get(R + "id") or element.get(R_STRICT + "id") or "", ("", ""))
        if kind == "worksheet" and target in archive:
            found.append(Sheet(element.get("name") or "", target, element.get("state") in ("hidden", "veryHidden")))
    return found


def _strings(archive: Archive, parts: dict[str, tuple[str, str]]) -> list[str]:
    part = next((target for kind, target in parts.values() if kind == "sharedStrings"), "")
    if part not in archive:
        return []
    return [text_of(item) for item in archive.stream(part, (S + "si",))]


def text_of(item: Any) -> str:
    """The words of a string item, without its phonetic reading."""
    return "".join(_run(t) for t in item.iter(S + "t") if t.getparent().tag != S + "rPh")


def _run(text: Any) -> str:
    font = text.getparent().find(f"{S}rPr/{S}rFont")
    words = text.text or ""
    return _legacy_fonts.convert(words, font.get("val") or "") if font is not None else words


def _styles(archive: Archive, parts: dict[str, tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Number format and font of each cell style."""
    part = next((target for kind, target in parts.values() if kind == "styles"), "")
    root = archive.tree(part) if part else None
    if root is None:
        return [], []
    custom = {_int(n.get("numFmtId")): n.get("formatCode") or "" for n in root.iter(S + "numFmt")}
    cells = root.find(S + "cellXfs")
    styles = list(cells) if cells is not None else []
    table = root.find(S + "fonts")
    names = [f.find(S + "name") for f in (table if table is not None else ())]
    fonts = [(n.get("val") or "") if n is not None else "" for n in names]
    indices = [_int(xf.get("fontId")) for xf in styles]
    codes = [format_code(_int(xf.get("numFmtId")), custom) for xf in styles]
    return codes, [fonts[i] if i < len(fonts) else "" for i in indices]


def _int(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else 0
