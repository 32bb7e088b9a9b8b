"""Head and foot of a document in the layout of its profile: two columns without borders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml.etree import _Element as Element

from feedback_synth.datamodel.report import Report
from feedback_synth.reports.labels import Labels
from feedback_synth.reports.renderers._wordml import CellShape, Font, Shape, cell, paragraph, row, run, table

_SHORT = 0.42  # a short rule is between a third and half of its line
_EM = {"upper": 0.70, "lower": 0.46, "space": 0.25}


def head(report: Report, profile: Mapping[str, Any], width: int) -> list[Element]:
    """The two columns, the title and the subtitle."""
    labels = Labels(report.language, report.spelling)
    left = round(width * profile["left_share"])
    sides = [
        cell(_lines(profile[side], report, labels, share), CellShape(share, borders=False))
        for side, share in (("left", left), ("right", width - left))
    ]
    return [table([row(sides)], [left, width - left], borders=False), *_titles(report, profile, width)]


def _titles(report: Report, profile: Mapping[str, Any], width: int) -> list[Element]:
    title, subtitle = Font(profile["title"]["size"], bold=True), Font(profile["subtitle"]["size"], bold=True)
    found = [paragraph([run(report.title, title)], Shape(align="center", before=18, keep_next=True))]
    if report.subtitle:
        found.append(paragraph([run(report.subtitle, subtitle)], Shape(align="center", before=4, keep_next=True)))
    if profile["subtitle"]["rule"] == "hyphens":
        found.append(paragraph([run("-----", subtitle)], Shape(align="center", after=10)))
    else:
        found.append(_rule(width, width // 6, after=8))
    return found


def _lines(lines: list[dict[str, Any]], report: Report, labels: Labels, width: int) -> list[Element]:
    """Lines of one column, each with the rule that its profile draws below it."""
    found = []
    for line in lines:
        text = _words(line, report, labels)
        if not text:
            continue
        font = Font(line["size"], line.get("bold", False), line.get("italic", False), caps=line.get("caps", False))
        found.append(paragraph([run(text, font)], Shape(align="center", before=line.get("before_pt", 2))))
        if "rule" in line:
            length = _length(text.upper() if font.caps else text, font)
            found.append(_rule(width, round(length * (_SHORT if line["rule"] == "short" else 1))))
    return found


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


def _length(text: str, font: Font) -> int:
    """About how long a line of Times New Roman is, in twips."""
    ems = sum(_EM["space"] if c == " " else _EM["upper"] if c.isupper() else _EM["lower"] for c in text)
    return round(ems * font.size * 20 * (1.03 if font.bold else 1))


def _rule(width: int, length: int, after: float = 2) -> Element:
    """A line of ``length`` twips in the middle of ``width``."""
    side = max(0, (width - 170 - length) // 2)
    return paragraph([], Shape(left=side, right=side, rule=True, before=3, after=after, line=4))


def foot(report: Report, profile: Mapping[str, Any], width: int) -> list[Element]:
    """Recipients on the left, signature on the right."""
    labels = Labels(report.language, report.spelling)
    style = profile["recipients"]
    font = Font(style["size"], style.get("bold", False), style.get("italic", False), style.get("underline", False))
    listed = report.letterhead.recipients or (labels("letterhead.keep"),)
    left = [paragraph([run(labels("letterhead.recipients"), font)])]
    left += [paragraph([run(name, Font(style["list_size"]))]) for name in listed]
    half = width // 2
    sides = [
        cell(left, CellShape(half, borders=False)),
        cell(_lines(profile["signature"], report, labels, width - half), CellShape(width - half, borders=False)),
    ]
    return [
        paragraph([], Shape(before=6)),
        table([row(sides, keep_together=True)], [half, width - half], borders=False),
    ]
