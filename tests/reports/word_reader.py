"""What Word would make of a document: its text with everything accepted or rejected, and what it would complain of."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPACES = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "‑"}


def body(docx: bytes):
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return etree.fromstring(archive.read("word/document.xml")).find(f"{W}body")


def accepted(docx: bytes) -> list[str]:
    """Paragraphs as they read once every change is accepted."""
    return _container(body(docx), keep=("ins", "moveTo"), drop=("del", "moveFrom"))


def rejected(docx: bytes) -> list[str]:
    """Paragraphs as they read once every change is rejected."""
    return _container(body(docx), keep=("del", "moveFrom"), drop=("ins", "moveTo"))


def _container(parent, keep, drop) -> list[str]:
    lines: list[str] = []
    open_line: str | None = None
    for block in _blocks(parent):
        if block.tag == f"{W}p":
            text = (open_line or "") + _text(block, drop)
            mark = block.find(f"{W}pPr/{W}rPr")
            gone = mark is not None and any(mark.find(W + d) is not None for d in drop)
            open_line = text if gone else None
            if not gone:
                lines.append(text)
        else:
            if open_line:
                lines.append(open_line)
            open_line = None
            lines += _table(block, keep, drop)
    return [*lines, open_line] if open_line else lines


def _blocks(parent):
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _blocks(child)


def _table(table, keep, drop) -> list[str]:
    lines: list[str] = []
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue
        properties = row.find(f"{W}trPr")
        if properties is not None and any(properties.find(W + d) is not None for d in drop):
            continue
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is row:
                lines.append("<cell>")
                lines += _container(cell, keep, drop)
    return lines


def _text(paragraph, drop) -> str:
    words = []

    def walk(node) -> None:
        for child in node:
            if child.tag in [W + d for d in drop] or child.tag in (f"{W}pPr", f"{W}rPr"):
                continue
            if child.tag in (f"{W}t", f"{W}delText"):
                words.append(child.text or "")
            elif child.tag in SPACES:
                words.append(SPACES[child.tag])
            elif child.tag not in (f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sdtPr"):
                walk(child)

    walk(paragraph)
    return "".join(words)


# ---- what Word would refuse ---------------------------------------------------------------------
ORDER = {
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow "
    "emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr "
    "shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
    "sectPrChange",
    "sdtPr": "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label tabIndex comboBox text",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc sdt bookmarkStart bookmarkEnd",
    "tc": "tcPr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
}
LAST_IN_ROW_PROPERTIES = ("ins", "del", "trPrChange")


def complaints(docx: bytes) -> list[str]:
    """What breaks the rules that Word enforces on opening."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    found = [f"bad zip member {n}" for n in parts if n.startswith("/")]
    found += _package_complaints(parts)
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml") and "/charts/" not in name:
            found += [f"{name}: {c}" for c in _part_complaints(etree.fromstring(data))]
    return found


def _package_complaints(parts: dict[str, bytes]) -> list[str]:
    found = []
    types = etree.fromstring(parts["[Content_Types].xml"])
    defaults = {e.get("Extension", "").lower() for e in types if e.tag.endswith("Default")}
    overrides = {e.get("PartName") for e in types if e.tag.endswith("Override")}
    found += [f"override of a missing part {o}" for o in overrides if o.lstrip("/") not in parts]
    for name in parts:
        if (
            f"/{name}" not in overrides
            and name.rpartition(".")[2].lower() not in defaults
            and name != "[Content_Types].xml"
        ):
            found.append(f"no content type for {name}")
        if name.endswith(".rels"):
            found += _relation_complaints(name, parts)
    return found


def _relation_complaints(name: str, parts: dict[str, bytes]) -> list[str]:
    found, ids = [], []
    folder = posixpath.dirname(posixpath.dirname(name))
    for relation in etree.fromstring(parts[name]):
        ids.append(relation.get("Id"))
        if relation.get("TargetMode") != "External":
            target = relation.get("Target")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if path not in parts:
                found.append(f"{name} points to the missing {path}")
    owner = posixpath.join(folder, posixpath.basename(name)[: -len(".rels")])
    if owner in parts and owner.endswith(".xml"):
        used = {v for e in etree.fromstring(parts[owner]).iter() for k, v in e.attrib.items() if k.startswith(R)}
        found += [f"{owner} uses the unknown relation {u}" for u in used - set(ids) if u]
    return [*found, *(f"{name}: {i} twice" for i in set(ids) if ids.count(i) > 1)]


def _part_complaints(root) -> list[str]:
    found = []
    for kind, order in ORDER.items():
        names = order.split()
        for element in root.iter(W + kind):
            children = [etree.QName(c).localname for c in element if isinstance(c.tag, str) and c.tag.startswith(W)]
            places = [names.index(c) for c in children if c in names]
            if places != sorted(places):
                found.append(f"children of {kind} out of order: {children}")
            strangers = (
                [c for c in children if c not in names] if kind in ("rPr", "pPr", "tcPr", "sdtPr", "tblPr") else []
            )
            found += [f"{kind} holds {s}" for s in strangers]
            single = [
                c for c in set(children) if children.count(c) > 1 and kind in ("rPr", "pPr", "tcPr", "tblPr", "sdtPr")
            ]
            found += [f"{kind} holds {s} twice" for s in single]
    for properties in root.iter(f"{W}trPr"):
        names = [etree.QName(c).localname for c in properties]
        tail = [n for n in names if n in LAST_IN_ROW_PROPERTIES]
        if names[len(names) - len(tail) :] != tail:
            found.append(f"children of trPr out of order: {names}")
    return found + _ids(root) + _tables(root) + _texts(root)


def _ids(root) -> list[str]:
    found = []
    for kinds in (("ins", "del"), ("sdtPr/id",), ("bookmarkStart",)):
        if kinds == ("sdtPr/id",):
            values = [e.get(f"{W}val") for e in root.iter(f"{W}id") if e.getparent().tag == f"{W}sdtPr"]
        else:
            values = [e.get(f"{W}id") for k in kinds for e in root.iter(W + k)]
        found += [f"{kinds} id {v} twice" for v in set(values) if values.count(v) > 1]
        found += [f"{kinds} without id" for v in values if not v]
    drawings = [e.get("id") for e in root.iter("{*}docPr")]
    found += [f"drawing id {d} twice" for d in set(drawings) if drawings.count(d) > 1]
    found += [f"tag too long: {t.get(f'{W}val')}" for t in root.iter(f"{W}tag") if len(t.get(f"{W}val")) > 64]
    return found


def _tables(root) -> list[str]:
    found = []
    for cell in root.iter(f"{W}tc"):
        blocks = [c.tag for c in cell if c.tag in (f"{W}p", f"{W}tbl", f"{W}sdt")]
        if not blocks or blocks[-1] == f"{W}tbl":
            found.append("a cell does not end with a paragraph")
    for table in root.iter(f"{W}tbl"):
        if table.find(f"{W}tblGrid") is None or table.find(f"{W}tblPr") is None:
            found.append("a table without properties or grid")
        if table.find(f".//{W}tr") is None:
            found.append("a table without rows")
    return found


def _texts(root) -> list[str]:
    found = []
    for text in root.iter(f"{W}t"):
        above = [a.tag for a in text.iterancestors()]
        story = above.index(f"{W}txbxContent") if f"{W}txbxContent" in above else len(above)
        if f"{W}del" in above[:story]:
            found.append("w:t within w:del")
    found += [
        "w:delText outside w:del"
        for t in root.iter(f"{W}delText")
        if not any(a.tag == f"{W}del" for a in t.iterancestors())
    ]
    for kind in ("ins", "del"):
        for element in root.iter(W + kind):
            if any(a.tag == W + kind for a in element.iterancestors()):
                found.append(f"w:{kind} within w:{kind}")
    for text in root.iter(f"{W}t", f"{W}delText"):
        words = text.text or ""
        if words != words.strip() and text.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            found.append(f"blanks would be lost in {words!r}")
    return found
