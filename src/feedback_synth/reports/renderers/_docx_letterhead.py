"""Head and foot of a document in the layout of its profile: two columns without borders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, Twips

from feedback_synth.datamodel.report import Report
from feedback_synth.reports.labels import Labels
from feedback_synth.reports.renderers._docx_blocks import Look, add_run, add_table, cells_of, close, mark_row, shape
from feedback_synth.reports.renderers._wordml import line_above

if TYPE_CHECKING:
    from docx.blkcntnr import BlockItemContainer

_SHORT = 0.42  # a short rule is between a third and half of its line
_EM = {"upper": 0.70, "lower": 0.46, "space": 0.25}
_ON_BEHALF = re.compile(r"(?:T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.|Q\.)\s")  # bold also where the title below is not
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def write_head(block: BlockItemContainer, report: Report, profile: Mapping[str, Any], width: int) -> None:
    """The two columns, the title and the subtitle, in a width in twips."""
    labels = Labels(report.language, report.spelling)
    left = round(width * profile["left_share"])
    widths = (left, width - left)
    for row in cells_of(add_table(block, 1, widths, borders=False)):
        for cell, side, share in zip(row, ("left", "right"), widths, strict=True):
            _write_lines(cell, profile[side], report, labels, share)
            close(cell)
    _write_titles(block, report, profile, width)


def _write_titles(block: BlockItemContainer, report: Report, profile: Mapping[str, Any], width: int) -> None:
    subtitle = Look(profile["subtitle"]["size"], bold=True)
    _write_centred(
        block, report.title, Look(profile["title"]["size"], bold=True), space_before=Pt(18), keep_with_next=True
    )
    if report.subtitle:
        _write_centred(block, report.subtitle, subtitle, space_before=Pt(4), keep_with_next=True)
    if profile["subtitle"]["rule"] == "hyphens":
        _write_centred(block, "-----", subtitle, space_after=Pt(10))
    else:
        _write_rule(block, width, width // 6, after=8)


def _write_centred(block: BlockItemContainer, text: str, look: Look, **settings: Any) -> None:
    add_run(shape(block.add_paragraph(), alignment=_CENTRE, **settings), text, look)


def _write_lines(
    block: BlockItemContainer, lines: list[dict[str, Any]], report: Report, labels: Labels, width: int
) -> None:
    """Lines of one column, each with the rule that its profile draws below it."""
    said = [(line, text) for line in lines for text in _words(line, report, labels).split("\n") if text]
    for line, text in said:
        bold = line.get("bold", False) or bool(_ON_BEHALF.match(text))
        look = Look(line["size"], bold, line.get("italic", False), caps=line.get("caps", False))
        _write_centred(block, text, look, space_before=Pt(line.get("before_pt", 2)))
        if "rule" in line:
            length = _length(text.upper() if look.caps else text, look)
            _write_rule(block, width, round(length * (_SHORT if line["rule"] == "short" else 1)))


def _words(line: Mapping[str, Any], report: Report, labels: Labels) -> str:
    """What a line says: the office's own words, else the profile's, else a place to fill."""
    if "text" in line:
        return str(line["text"])
    own = str(getattr(report.letterhead, line["part"], "")) if "part" in line else ""
    if own:
        return own
    if "label" in line:
        return labels(f"letterhead.{line['label']}")
    return labels.find(f"letterhead.{line['part']}") or ""


def _length(text: str, look: Look) -> int:
    """About how long a line of Times New Roman is, in twips."""
    ems = sum(_EM["space"] if c == " " else _EM["upper"] if c.isupper() else _EM["lower"] for c in text)
    return round(ems * look.size * 20 * (1.03 if look.bold else 1))


def _write_rule(block: BlockItemContainer, width: int, length: int, after: float = 2) -> None:
    """A line of ``length`` twips in the middle of ``width``."""
    side = Twips(max(0, (width - 170 - length) // 2))
    empty = shape(block.add_paragraph(), space_before=Pt(3), space_after=Pt(after), line_spacing=Pt(4))
    shape(empty, left_indent=side, right_indent=side)
    properties = empty._p.get_or_add_pPr()
    properties.insert(0, line_above())


def write_foot(block: BlockItemContainer, report: Report, profile: Mapping[str, Any], width: int) -> None:
    """Recipients on the left, signature on the right, in a width in twips."""
    labels = Labels(report.language, report.spelling)
    style = profile["recipients"]
    look = Look(style["size"], style.get("bold", False), style.get("italic", False), style.get("underline", False))
    half = width // 2
    shape(block.add_paragraph(), space_before=Pt(6), keep_with_next=True)
    [[left, right]] = cells_of(add_table(block, 1, (half, width - half), borders=False))
    mark_row([left, right], keep_together=True)
    add_run(left.add_paragraph(), labels("letterhead.recipients"), look)
    for name in report.letterhead.recipients or (labels("letterhead.keep"),):
        add_run(left.add_paragraph(), name, Look(style["list_size"]))
    _write_lines(right, profile["signature"], report, labels, width - half)
    close(right)
