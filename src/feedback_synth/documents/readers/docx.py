"""Word documents (.docx, .docm): body, tables, text boxes, notes, headers, comments, tracked changes."""

from __future__ import annotations

from typing import Any

from feedback_synth.datamodel.document import Annotation, Locator
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents.word.body import BodyWriter
from feedback_synth.documents.word.names import W
from feedback_synth.documents.word.numbering import Numbering
from feedback_synth.documents.word.package import Package, open_package, paragraph_id
from feedback_synth.documents.word.paragraphs import ParagraphReader
from feedback_synth.documents.word.styles import read_styles

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")


def read(source: Source, reading: Reading) -> None:
    """Blocks of a Word document: the body first, then notes, headers, footers and comments."""
    package = open_package(source.name, source.data)
    styles = read_styles(package.part("styles"))
    numbering = Numbering(package.part("numbering"), styles)
    writer = BodyWriter(reading, styles, numbering, ParagraphReader(styles))
    writer.has_pages = next(package.body.iter(W + "lastRenderedPageBreak"), None) is not None
    writer.write(package.body)
    _write_notes(package, writer)
    _write_margins(package, writer)
    _write_diagrams(package, writer)
    _write_comments(package, writer)
    for part in package.targets("aFChunk"):  # whole files that Word shows inside the text
        reading.attachments.append(Source(f"{source.name}/{part.rpartition('/')[2]}", package.archive.read(part)))
    reading.pictures += filter(None, map(package.archive.digest, package.targets("image")))
    _tell(package, writer)


def _write_notes(package: Package, writer: BodyWriter) -> None:
    for kind in ("footnote", "endnote"):
        root = package.part(kind + "s")
        if root is None:
            continue
        order = [n.partition(":")[2] for n in writer.notes if n.startswith(kind)]
        notes = {n.get(W + "id") or "": n for n in root.iter(W + kind) if n.get(W + "type") in (None, "normal")}
        for note_id in [*dict.fromkeys(i for i in order if i in notes), *(i for i in notes if i not in order)]:
            writer.write(notes[note_id], "footnote", "footnote")


def _write_margins(package: Package, writer: BodyWriter) -> None:
    """Headers and footers, each different text once."""
    for kind in ("header", "footer"):
        seen: set[str] = set()
        for _, root in package.parts(kind):
            words = "".join(t for t in root.itertext() if t.strip())
            if words not in seen:
                seen.add(words)
                writer.write(root, kind, "header" if kind == "header" else "footer")


def _write_diagrams(package: Package, writer: BodyWriter) -> None:
    """The words of SmartArt drawings, which Word keeps in parts of their own."""
    for _, root in package.parts("diagramData"):
        for paragraph in root.iter(_DRAWING + "p"):
            text = "".join(t.text or "" for t in paragraph.iter(_DRAWING + "t"))
            writer.reading.add(text, Locator("textbox"))


def _write_comments(package: Package, writer: BodyWriter) -> None:
    root = package.part("comments")
    if root is None:
        return
    comments = [(c, _comment_text(c, writer)) for c in root.iter(W + "comment")]
    comments = [(c, text) for c, text in comments if text.strip()]
    ids = {_last_paragraph(c): writer.reading.upcoming_id(i) for i, (c, _) in enumerate(comments)}
    for element, text in comments:
        parent = package.replies.get(_last_paragraph(element), "")
        annotation = Annotation(
            element.get(W + "author") or "",
            element.get(W + "date") or "",
            writer.anchors.get(element.get(W + "id") or ""),
            reply_to=ids.get(parent, "") if parent else "",
        )
        writer.reading.add(text, Locator("comment"), "comment", annotation=annotation)


def _comment_text(comment: Any, writer: BodyWriter) -> str:
    read = [writer.reader.read(p, writer.styles.paragraph_style(p.find(W + "pPr"))) for p in comment.iter(W + "p")]
    return "\n".join(paragraph.final for paragraph in read)


def _last_paragraph(comment: Any) -> str:
    paragraphs = comment.findall(W + "p")
    return paragraph_id(paragraphs[-1]) if paragraphs else ""


def _tell(package: Package, writer: BodyWriter) -> None:
    for part in package.damaged:
        writer.reading.notice("part_unreadable", part=part)
    if writer.reader.legacy_fonts:
        writer.reading.notice("legacy_font")
    if writer.reader.hidden:
        writer.reading.notice("hidden_text", runs=writer.reader.hidden)
    if any(kind == "vbaProject" for _, kind, _ in package.archive.relations(package.main)):
        writer.reading.notice("macros")
