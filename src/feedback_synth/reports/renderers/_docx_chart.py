"""A stacked bar chart as a DrawingML part: Word draws it, prints it well in black and white, and can read it out."""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element as Element

from feedback_synth.datamodel.report import Chart
from feedback_synth.reports.renderers._wordml import legal, w

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAP = {"c": _C, "a": _A, "r": _R}
EMU_PER_MM = 36000
# Solid greys and hatchings that stay apart without colour.
_FILLS = (
    ("solid", "404040"),
    ("solid", "BFBFBF"),
    ("ltUpDiag", "000000"),
    ("pct20", "000000"),
    ("solid", "808080"),
    ("horz", "000000"),
    ("solid", "FFFFFF"),
)


def chart_part(chart: Chart) -> bytes:
    """The chart part; no workbook behind it, so it cannot be edited by accident."""
    series = [_series(n, name, values, chart.categories) for n, (name, values) in enumerate(chart.series)]
    bars = _c(
        "barChart", _v("barDir", "bar"), _v("grouping", "stacked"), _v("varyColors", 0), *series,
        _v("gapWidth", 50), _v("overlap", 100), _v("axId", 1), _v("axId", 2),
    )  # fmt: skip
    plot = _c("plotArea", _c("layout"), bars, _category_axis(), _value_axis())
    legend = _c("legend", _v("legendPos", "b"), _v("overlay", 0), _text(10))
    body = _c("chart", _v("autoTitleDeleted", 1), plot, legend, _v("plotVisOnly", 1), _v("dispBlanksAs", "gap"))
    root = _c("chartSpace", _v("roundedCorners", 0), body, _no_line(), _text(10))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def drawing(relation: str, chart: Chart, number: int, width_mm: float) -> Element:
    """``w:drawing`` of the chart; its alternative text says the figures."""
    height = round(chart_height_mm(chart) * EMU_PER_MM)
    width = round(width_mm * EMU_PER_MM)
    reference = etree.Element(f"{{{_C}}}chart", {f"{{{_R}}}id": relation}, nsmap=_MAP)
    data = etree.Element(f"{{{_A}}}graphicData", uri=_C)
    data.append(reference)
    graphic = etree.Element(f"{{{_A}}}graphic", nsmap={"a": _A})
    graphic.append(data)
    inline = etree.Element(f"{{{_WP}}}inline", distT="0", distB="0", distL="0", distR="0", nsmap={"wp": _WP})
    etree.SubElement(inline, f"{{{_WP}}}extent", cx=str(width), cy=str(height))
    properties = {"id": str(number), "name": f"chart {number}", "title": legal(chart.title), "descr": legal(chart.alt)}
    etree.SubElement(inline, f"{{{_WP}}}docPr", properties)
    etree.SubElement(inline, f"{{{_WP}}}cNvGraphicFramePr")
    inline.append(graphic)
    return w("drawing", inline)


def chart_height_mm(chart: Chart) -> float:
    """Room for every bar and for the legend."""
    return min(220.0, 24 + 7.0 * len(chart.categories) + 5 * (len(chart.series) // 3))


def _c(name: str, *children: Element) -> Element:
    element = etree.Element(f"{{{_C}}}{name}", nsmap=_MAP)
    element.extend(children)
    return element


def _v(name: str, value: object) -> Element:
    return etree.Element(f"{{{_C}}}{name}", val=str(value), nsmap=_MAP)


def _a(name: str, /, *children: Element, **attributes: str) -> Element:
    element = etree.Element(f"{{{_A}}}{name}", attributes, nsmap=_MAP)
    element.extend(children)
    return element


def _series(n: int, name: str, values: tuple[float, ...], categories: tuple[str, ...]) -> Element:
    labels = _c(
        "dLbls", _label_shape(n), _text(9, "FFFFFF" if n % len(_FILLS) in (0, 4) else "000000"),
        _v("showLegendKey", 0), _v("showVal", 1), _v("showCatName", 0), _v("showSerName", 0), _v("showPercent", 0),
        _v("showBubbleSize", 0),
    )  # fmt: skip
    return _c(
        "ser", _v("idx", n), _v("order", n), _c("tx", _t("v", name)), _shape(n), _v("invertIfNegative", 0), labels,
        _c("cat", _strings(categories)), _c("val", _numbers(values)),
    )  # fmt: skip


def _t(name: str, text: str) -> Element:
    element = _c(name)
    element.text = legal(text)
    return element


def _point(n: int, text: str) -> Element:
    element = _c("pt", _t("v", text))
    element.set("idx", str(n))
    return element


def _strings(values: tuple[str, ...]) -> Element:
    return _c("strLit", _v("ptCount", len(values)), *(_point(n, v) for n, v in enumerate(values)))


def _numbers(values: tuple[float, ...]) -> Element:
    """Zeros are left out, so that no label "0" stands on an empty bar."""
    points = (_point(n, f"{v:g}") for n, v in enumerate(values) if v)
    return _c("numLit", _t("formatCode", "0"), _v("ptCount", len(values)), *points)


def _fill(n: int) -> Element:
    kind, color = _FILLS[n % len(_FILLS)]
    if kind == "solid":
        return _a("solidFill", _a("srgbClr", val=color))
    white = _a("bgClr", _a("srgbClr", val="FFFFFF"))
    return _a("pattFill", _a("fgClr", _a("srgbClr", val=color)), white, prst=kind)


def _shape(n: int) -> Element:
    return _c("spPr", _fill(n), _a("ln", _a("solidFill", _a("srgbClr", val="000000")), w="6350"))


def _label_shape(n: int) -> Element:
    """Labels on hatched bars stand on white."""
    kind, _ = _FILLS[n % len(_FILLS)]
    return _c("spPr", _a("noFill") if kind == "solid" else _a("solidFill", _a("srgbClr", val="FFFFFF")))


def _no_line() -> Element:
    return _c("spPr", _a("noFill"), _a("ln", _a("noFill")))


def _text(size: int, color: str = "000000") -> Element:
    font = _a("latin", typeface="Times New Roman")
    properties = _a("defRPr", _a("solidFill", _a("srgbClr", val=color)), font, sz=str(size * 100))
    return _c("txPr", _a("bodyPr"), _a("lstStyle"), _a("p", _a("pPr", properties), _a("endParaRPr", lang="vi-VN")))


def _category_axis() -> Element:
    return _c(
        "catAx", _v("axId", 1), _c("scaling", _v("orientation", "maxMin")), _v("delete", 0), _v("axPos", "l"),
        _v("majorTickMark", "none"), _v("minorTickMark", "none"), _v("tickLblPos", "low"), _text(10), _v("crossAx", 2),
        _v("crosses", "autoZero"), _v("auto", 1), _v("lblAlgn", "ctr"), _v("lblOffset", 100), _v("noMultiLvlLbl", 1),
    )  # fmt: skip


def _value_axis() -> Element:
    number_format = _c("numFmt")
    number_format.set("formatCode", "0")
    number_format.set("sourceLinked", "0")
    return _c(
        "valAx", _v("axId", 2), _c("scaling", _v("orientation", "minMax"), _v("min", 0)), _v("delete", 1),
        _v("axPos", "b"), number_format, _v("majorTickMark", "none"), _v("minorTickMark", "none"),
        _v("tickLblPos", "nextTo"), _v("crossAx", 1), _v("crosses", "max"), _v("crossBetween", "between"),
    )  # fmt: skip
