"""Bar charts as SVG: readable in black and white, with the figures as text for those who cannot see them."""

from __future__ import annotations

from html import escape

from feedback_synth.datamodel.report import Chart

_WIDTH = 820
_BAR = 20
_GAP = 8
_NAMES = 280  # room for the names on the left
_LETTER = 6.6  # about the width of a letter at 13 px
# Pattern, and whether words on it are white.
_FILLS = (
    ("#404040", True),
    ("#bfbfbf", False),
    ("url(#h0)", False),
    ("url(#h1)", False),
    ("#808080", True),
    ("url(#h2)", False),
    ("#ffffff", False),
)
_PATTERNS = (
    '<pattern id="{key}h0" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fff"/><rect width="2" height="6" fill="#333"/></pattern>'
    '<pattern id="{key}h1" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect width="5" height="5" fill="#fff"/><circle cx="2" cy="2" r="1.2" fill="#333"/></pattern>'
    '<pattern id="{key}h2" width="6" height="5" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="5" fill="#fff"/><rect width="6" height="1.6" fill="#333"/></pattern>'
)


def bar_chart(chart: Chart) -> str:
    """The chart as an ``svg`` element with title and description."""
    totals = [sum(values[n] for _, values in chart.series) for n in range(len(chart.categories))]
    scale = (_WIDTH - _NAMES - 50) / max([*totals, 1.0])
    bars = [_bar(chart, n, total, scale) for n, total in enumerate(totals)]
    top = len(bars) * (_BAR + _GAP) + 8
    legend, height = _legend(chart, top)
    key = escape(chart.key, quote=True)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="{key}-t {key}-d" class="chart">'
        f'<title id="{key}-t">{escape(chart.title)}</title><desc id="{key}-d">{escape(chart.alt)}</desc>'
        f"<defs>{_PATTERNS.format(key=key)}</defs>{''.join(bars)}{legend}</svg>"
    )


def _bar(chart: Chart, n: int, total: float, scale: float) -> str:
    """A name, its stacked pieces with their figures, and the sum."""
    y = n * (_BAR + _GAP) + 4
    parts = [f'<text x="{_NAMES - 8}" y="{y + 14}" text-anchor="end">{escape(_fit(chart.categories[n]))}</text>']
    x = float(_NAMES)
    for place, (_, values) in enumerate(chart.series):
        if values[n]:
            parts.append(_piece(x, y, values[n], scale, *_fill(chart.key, place)))
            x += values[n] * scale
    parts.append(f'<text x="{x + 6:.1f}" y="{y + 14}" class="sum">{total:g}</text>')
    return "".join(parts)


def _piece(x: float, y: int, value: float, scale: float, fill: str, white: bool) -> str:
    width = value * scale
    box = (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_BAR}" fill="{fill}" stroke="#000" stroke-width=".7"/>'
    )
    if width < 16:
        return box
    ink = "#fff" if white else "#000"
    middle = x + width / 2
    if fill.startswith("url"):  # figures on a hatching stand on white
        box += f'<rect x="{middle - 9:.1f}" y="{y + 2}" width="18" height="{_BAR - 4}" fill="#fff"/>'
    return f'{box}<text x="{middle:.1f}" y="{y + 14}" text-anchor="middle" fill="{ink}">{value:g}</text>'


def _fill(key: str, place: int) -> tuple[str, bool]:
    fill, white = _FILLS[place % len(_FILLS)]
    return fill.replace("url(#", f"url(#{escape(key, quote=True)}"), white


def _legend(chart: Chart, top: int) -> tuple[str, int]:
    """Boxes with names, wrapped into lines; and the height of the whole picture."""
    parts, x, y = [], 10.0, top + 10
    for place, (name, _) in enumerate(chart.series):
        width = 30 + _LETTER * len(name)
        if x > 10 and x + width > _WIDTH:
            x, y = 10.0, y + 22
        fill, _ = _fill(chart.key, place)
        parts.append(
            f'<rect x="{x:.1f}" y="{y}" width="14" height="14" fill="{fill}" stroke="#000" stroke-width=".7"/>'
            f'<text x="{x + 20:.1f}" y="{y + 12}">{escape(name)}</text>'
        )
        x += width + 16
    return "".join(parts), y + 24


def _fit(name: str) -> str:
    """A name cut to the room on the left."""
    most = int((_NAMES - 16) / _LETTER)
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
