"""A page as pdfium gives it: segments of text on their baselines, ruling lines, pictures, annotations."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from feedback_synth.documents import _legacy_fonts

_TIE = 0.3  # of the font size: baselines nearer than this are one line
_GAP = 2.2  # of the font size: words further apart are two segments
_SPACE = 0.18  # of the font size: letters further apart have a space between them
_ENUMERATOR = re.compile(r"^(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđA-ZĐ]|[ivxIVX]{1,5})[.)\-]+|[-–—•▪●○◦+*]|Điều \d+\.?)$")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on one baseline without a wide gap; points, y upwards."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    places: tuple[float, ...] = ()  # where each character begins, for text that was not converted


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line, horizontal (y0 == y1) or vertical (x0 == x1)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation with words: whose, when, and the box on the page it belongs to (x0, y0, x1, y1)."""

    text: str
    author: str
    date: str
    box: tuple[float, float, float, float]
    is_field: bool = False


@dataclass(frozen=True)
class Page:
    number: int
    width: float
    height: float
    segments: list[Segment]
    rules: list[Rule] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    picture_share: float = 0.0  # of the page's area under its largest picture


@dataclass(frozen=True, slots=True)
class Turn:
    """Turns a page so that its text runs to the right; width and height are those before."""

    direction: int
    width: float
    height: float

    @property
    def size(self) -> tuple[float, float]:
        return (self.height, self.width) if self.direction in (90, 270) else (self.width, self.height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.direction == 90:
            return y, self.width - x
        if self.direction == 180:
            return self.width - x, self.height - y
        return (self.height - y, x) if self.direction == 270 else (x, y)

    def box(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        (ax, ay), (bx, by) = self.point(*box[:2]), self.point(*box[2:])
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def rule(self, rule: Rule) -> Rule:
        return Rule(*self.box((rule.x0, rule.y0, rule.x1, rule.y1)))


@dataclass(slots=True)
class _Letter:
    character: str
    x0: float
    x1: float
    y: float


def read_page(document: Any, index: int) -> Page:
    """The page with this index (from 0) of a ``pypdfium2.PdfDocument``."""
    page = document[index]
    try:
        width, height = page.get_size()
        if page.get_rotation() in (90, 270):
            width, height = height, width
        text = page.get_textpage()
        try:
            turn = Turn(_direction(text), width, height)
            rules, picture = _objects(page, width * height)
            rules = [turn.rule(r) for r in rules]
            segments = _segments(text, _Fences(rules), turn)
        finally:
            text.close()
        marks = [replace(m, box=turn.box(m.box)) for m in _marks(page)]
        return Page(index + 1, *turn.size, segments, rules, marks, picture)
    finally:
        page.close()


class _Fences:
    """Upright rules by place: no segment runs through one."""

    def __init__(self, rules: list[Rule]) -> None:
        self._rules = sorted((r for r in rules if r.x0 == r.x1), key=lambda r: r.x0)
        self._places = [r.x0 for r in self._rules]

    def between(self, left: float, right: float, y: float) -> bool:
        first = bisect_left(self._places, left - 0.5)
        for rule in self._rules[first:]:
            if rule.x0 > right + 0.5:
                return False
            if rule.y0 <= y <= rule.y1:
                return True
        return False


def _direction(text: Any) -> int:
    """The direction most of the text runs in: 0 to the right, 90 up, 180 to the left, 270 down."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFText_CountChars(text)
    angles = (pdfium.FPDFText_GetCharAngle(text, i) for i in range(0, min(count, 4000), 7))
    seen = Counter(round(-math.degrees(a) / 90) % 4 * 90 for a in angles if a >= 0)  # pdfium counts clockwise
    return seen.most_common(1)[0][0] if seen else 0


def _segments(text: Any, fences: _Fences, turn: Turn) -> list[Segment]:
    import pypdfium2.raw as pdfium

    found: list[Segment] = []
    letters: list[_Letter] = []
    style = (0.0, False, "")
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for i in range(pdfium.FPDFText_CountChars(text)):
        character = _character(pdfium.FPDFText_GetUnicode(text, i))
        if pdfium.FPDFText_IsGenerated(text, i) == 1:
            if letters and character == " ":
                letters[-1].character += " "
            continue
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        pdfium.FPDFText_GetCharBox(text, i, left, right, bottom, top)
        if character.isspace():
            if letters:
                letters[-1].character += " "
                letters[-1].x1 = max(letters[-1].x1, turn.point(x.value, y.value)[0])
            continue
        start, base = turn.point(x.value, y.value)
        _, _, end, _ = turn.box((left.value, bottom.value, right.value, top.value))
        letter = _Letter(character, start, max(end, start), base)
        if letters and (
            not _goes_on(letters[-1], letter, style[0])
            or (letters[-1].character.endswith(" ") and fences.between(letters[-1].x0, letter.x0, letter.y + 1.0))
        ):
            found.append(_segment(letters, style))
            letters = []
        if not letters:
            style = _style(text, i)
        elif letter.x0 - letters[-1].x1 > style[0] and not letters[-1].character.endswith(" "):
            letters[-1].character += " "
        letters.append(letter)
    if letters:
        found.append(_segment(letters, style))
    return [s for s in found if s.text.strip()]


def _character(code: int) -> str:
    if code in (0x02, 0xFFFE):  # pdfium's marks for a hyphen at the end of a line
        return "\u00ad"
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    return chr(code)


def _goes_on(last: _Letter, letter: _Letter, size: float) -> bool:
    same_line = abs(letter.y - last.y) <= _TIE * max(size, 4.0) and letter.x0 >= last.x0 - size
    return same_line and letter.x0 - last.x1 <= _GAP * max(size, 4.0)


def _style(text: Any, index: int) -> tuple[float, bool, str]:
    """(size, bold, font name) of a character."""
    import pypdfium2.raw as pdfium

    size = pdfium.FPDFText_GetFontSize(text, index)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    buffer = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, index, buffer, 256, flags)
    name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", errors="replace")
    weight = pdfium.FPDFText_GetFontWeight(text, index)
    if size <= 1.5:  # the matrix scales the font
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        size = max(4.0, (top.value - bottom.value) * 1.4)
    return size, "bold" in name.lower() or weight >= 600, name


def _segment(letters: list[_Letter], style: tuple[float, bool, str]) -> Segment:
    size, bold, font = style
    raw = "".join(letter.character for letter in letters)
    places = [letter.x0 for letter in letters for _ in letter.character]
    text = _legacy_fonts.convert(raw, font)
    lead = len(text) - len(text.lstrip())
    shown = text.strip()
    kept = tuple(places[lead : lead + len(shown)]) if text == raw else ()
    return Segment(shown, letters[0].x0, letters[-1].x1, letters[0].y, size, bold, kept)


def join_enumerators(segments: list[Segment]) -> list[Segment]:
    """Segments of one line, left to right; a number set off by a tab goes with the words behind it."""
    out: list[Segment] = []
    for segment in sorted(segments, key=lambda s: s.x0):
        last = out[-1] if out else None
        if last is not None and (
            (_ENUMERATOR.match(last.text) and segment.x0 - last.x1 < 5 * max(last.size, 8.0))
            or segment.x0 - last.x1 <= _SPACE * last.size * 4
        ):
            size, bold = max(last.size, segment.size), last.bold and segment.bold
            glue = "" if segment.x0 - last.x1 <= _SPACE * last.size else " "
            places = (*last.places, *((last.x1,) * len(glue)), *segment.places)
            text = last.text + glue + segment.text
            out[-1] = Segment(text, last.x0, segment.x1, last.y, size, bold, places if len(places) == len(text) else ())
        else:
            out.append(segment)
    return out


def _objects(page: Any, area: float) -> tuple[list[Rule], float]:
    import pypdfium2.raw as pdfium

    rules: list[Rule] = []
    picture = 0.0
    for i, item in enumerate(
        page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE), max_depth=4)
    ):
        if i > 20_000:
            break
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = item.get_bounds()
            picture = max(picture, abs((x1 - x0) * (y1 - y0)) / max(area, 1.0))
        elif len(rules) < 10_000:
            rules.extend(_path_rules(item))
    return rules, picture


def _path_rules(item: Any) -> list[Rule]:
    """The straight borders of one path: thin boxes, strokes, the sides of rectangles."""
    import pypdfium2.raw as pdfium

    x0, y0, x1, y1 = item.get_bounds()
    if y1 - y0 <= 2.5 < x1 - x0:
        return [Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)]
    if x1 - x0 <= 2.5 < y1 - y0:
        return [Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item.raw, fill, stroke)
    if not stroke.value:
        return []
    return _sides(item)


def _sides(item: Any) -> list[Rule]:
    import pypdfium2.raw as pdfium

    matrix = item.get_matrix()
    rules: list[Rule] = []
    start = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(min(pdfium.FPDFPath_CountSegments(item.raw), 2000)):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            rules.extend(_side(last, point))
        if pdfium.FPDFPathSegment_GetClose(segment):
            rules.extend(_side(point, start))
        last = point
    return rules


def _side(a: tuple[float, float], b: tuple[float, float]) -> list[Rule]:
    (ax, ay), (bx, by) = a, b
    if abs(ay - by) <= 1.0 < abs(ax - bx):
        return [Rule(min(ax, bx), (ay + by) / 2, max(ax, bx), (ay + by) / 2)]
    if abs(ax - bx) <= 1.0 < abs(ay - by):
        return [Rule((ax + bx) / 2, min(ay, by), (ax + bx) / 2, max(ay, by))]
    return []


def _marks(page: Any) -> list[Mark]:
    import pypdfium2.raw as pdfium

    found = []
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), 2000)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, i)
        if not annotation:
            continue
        try:
            mark = _mark(annotation)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
        if mark is not None and mark.text.strip():
            found.append(mark)
    return found


def _mark(annotation: Any) -> Mark | None:
    import pypdfium2.raw as pdfium

    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
        return None
    is_field = kind == pdfium.FPDF_ANNOT_WIDGET
    text = _string(annotation, b"V" if is_field else b"Contents")
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, box)
    bounds = (box.left, box.bottom, box.right, box.top)
    return Mark(text, _string(annotation, b"T"), _date(_string(annotation, b"M")), bounds, is_field)


def _string(annotation: Any, key: bytes) -> str:
    import pypdfium2.raw as pdfium

    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < size < 2_000_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetStringValue(annotation, key, pointer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace")


def _date(text: str) -> str:
    """ "D:20251110083000+07'00'" in ISO 8601, or ""."""
    match = re.match(r"D?:?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?", text)
    if match is None:
        return ""
    day = "-".join(match.groups()[:3])
    return f"{day}T{match[4]}:{match[5]}:{match[6]}" if match[4] else day
