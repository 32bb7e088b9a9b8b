"""Automatic numbers as Word shows them: levels, restarts, overrides, numbers that come from a style."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from feedback_synth.documents.word.names import Element, W, child, integer, value
from feedback_synth.documents.word.styles import Chain, Styles

LEVELS = 9
_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0e8": "→",
    "\uf02d": "-",
    "\uf0be": "-",
    "o": "o",
}
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # restarts after a level up to this one (from 1); 0 never, None as usual
    legal: bool = False  # every number in Arabic figures
    style: str = ""


@dataclass(slots=True)
class List_:
    """One ``w:num``: its levels, the counters it shares (by abstract id) and the starts it overrides."""

    abstract_id: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Number:
    text: str
    level: int
    bullet: bool = False


class Numbering:
    """Gives each paragraph its number; call ``number`` once per paragraph, in the order of the text."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = _lists(root, styles)
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._inherited: dict[Chain, tuple[str | None, int]] = {}

    def number(self, properties: Element | None, chain: Chain) -> Number | None:
        """The number of a paragraph with these ``w:pPr`` and styles; None when it has none."""
        number_id, level = self._place(properties, chain)
        found = self._lists.get(number_id or "")
        if found is None or not 0 <= level < LEVELS or level not in found.levels:
            return None
        counters = self._count(number_id or "", found, level)
        shape = found.levels[level]
        if shape.format == "bullet":
            return Number(_bullet(shape.text), level, bullet=True)
        text = "" if shape.format == "none" and "%" not in shape.text else _fill(found, level, counters)
        return Number(text, level) if text else None

    def _place(self, properties: Element | None, chain: Chain) -> tuple[str | None, int]:
        own = child(properties, "numPr")
        number_id, direct = value(own, "numId"), value(own, "ilvl")
        if number_id is not None:
            return number_id, integer(direct)
        if chain not in self._inherited:
            self._inherited[chain] = self._of_styles(chain)
        number_id, level = self._inherited[chain]
        return number_id, integer(direct, level)

    def _of_styles(self, chain: Chain) -> tuple[str | None, int]:
        """The list and level that the styles give to a paragraph which names none."""
        style = next((s for s in chain.styles if s.number_id is not None), None)
        if style is None or style.number_id is None:
            return None, 0
        if style.number_level is not None:
            return style.number_id, style.number_level
        found = self._lists.get(style.number_id)
        ids = [s.id for s in chain.styles]
        linked = [n for n, lvl in found.levels.items() if lvl.style in ids] if found else []
        return style.number_id, linked[0] if linked else 0

    def _count(self, number_id: str, found: List_, level: int) -> list[int | None]:
        counters = self._counters.setdefault(found.abstract_id, [None] * LEVELS)
        if level in found.starts and (number_id, level) not in self._begun:
            counters[level] = found.starts[level]
        elif (current := counters[level]) is None:
            counters[level] = found.levels[level].start
        else:
            counters[level] = current + 1
        self._begun.add((number_id, level))
        for upper in range(level):
            if counters[upper] is None:
                counters[upper] = found.starts.get(upper, found.levels[upper].start if upper in found.levels else 1)
        for lower in range(level + 1, LEVELS):
            restart = found.levels[lower].restart if lower in found.levels else None
            if restart is None or level < restart:
                counters[lower] = None
        return counters


def _fill(found: List_, level: int, counters: list[int | None]) -> str:
    text = found.levels[level].text
    legal = found.levels[level].legal
    for n in range(LEVELS):
        if f"%{n + 1}" not in text:
            continue
        shape = found.levels.get(n, Level())
        count = counters[n]
        words = write(count if count is not None else shape.start, "decimal" if legal else shape.format)
        text = text.replace(f"%{n + 1}", words)
    return text.strip()


def _bullet(text: str) -> str:
    text = text.strip() or "•"
    return "".join(_BULLETS.get(c, "•" if "\ue000" <= c <= "\uf8ff" else c) for c in text)


def _lists(root: Element | None, styles: Styles) -> dict[str, List_]:
    if root is None:
        return {}
    abstracts = {a.get(W + "abstractNumId") or "": a for a in root.findall(W + "abstractNum")}
    numbers = {n.get(W + "numId") or "": n for n in root.findall(W + "num")}
    return {
        number_id: _list(element, _abstract(element, abstracts, numbers, styles))
        for number_id, element in numbers.items()
        if number_id != "0"
    }


def _abstract(
    number: Element, abstracts: dict[str, Element], numbers: dict[str, Element], styles: Styles
) -> tuple[str, Element | None]:
    """The abstract list behind a ``w:num``, through the links of numbering styles (a circle ends the search)."""
    seen: set[str] = set()
    while True:
        abstract_id = value(number, "abstractNumId") or ""
        abstract = abstracts.get(abstract_id)
        link = value(abstract, "numStyleLink")
        if not link or abstract_id in seen:
            return abstract_id, abstract
        seen.add(abstract_id)
        target = next((s.number_id for s in styles.chain(link).styles if s.number_id), None)
        if target is None or target not in numbers:
            return abstract_id, abstract
        number = numbers[target]


def _list(number: Element, abstract: tuple[str, Element | None]) -> List_:
    abstract_id, root = abstract
    levels = {_index(lvl): _level(lvl) for lvl in (root.findall(W + "lvl") if root is not None else ())}
    starts = {}
    for override in number.findall(W + "lvlOverride"):
        index = _index(override)
        own = child(override, "lvl")
        if own is not None:
            levels[index] = _level(own)
        start = value(override, "startOverride")
        if start is not None:
            starts[index] = integer(start, 1)
            if index in levels:
                levels[index] = replace(levels[index], start=starts[index])
    return List_(abstract_id, levels, starts)


def _index(element: Element) -> int:
    return integer(element.get(W + "ilvl"))


def _level(element: Element) -> Level:
    restart = value(element, "lvlRestart")
    legal = child(element, "isLgl")
    return Level(
        format=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        start=integer(value(element, "start"), 0 if child(element, "start") is not None else 1),
        restart=integer(restart) if restart is not None else None,
        legal=legal is not None and (legal.get(W + "val") or "1") not in ("0", "false", "off"),
        style=value(element, "pStyle") or "",
    )


def write(count: int, number_format: str) -> str:
    """``count`` in one of Word's number formats; those of other scripts come out in Arabic figures."""
    return _FORMATS.get(number_format, str)(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    out = ""
    for size, letters in _ROMAN:
        repeat, count = divmod(count, size)
        out += letters * repeat
    return out


def _letter(count: int) -> str:
    """a, b, … z, aa, bb, … as Word counts."""
    if not 0 < count <= 26 * 30:
        return str(count)
    repeat, place = divmod(count - 1, 26)
    return chr(ord("a") + place) * (repeat + 1)


def _ordinal(count: int) -> str:
    ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def _upper(write_lower: Callable[[int], str], count: int) -> str:
    return write_lower(count).upper()


_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": partial(_upper, _letter),
    "lowerLetter": _letter,
    "ordinal": _ordinal,
    "decimalZero": lambda n: f"{n:02d}",
    "numberInDash": lambda n: f"- {n} -",
    "none": lambda n: "",
}
