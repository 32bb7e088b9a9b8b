"""Figures in opinions and drafts: amounts, percentages, levels, years, also those written out in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from feedback_synth import config, languages
from feedback_synth.analysis._bare_figures import measured
from feedback_synth.languages.dates import dates
from feedback_synth.languages.frequencies import frequencies
from feedback_synth.languages.number_words import Amount, amounts
from feedback_synth.languages.numbers import numbers, parse
from feedback_synth.languages.words import alternatives, structure

_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n")
_YEAR = re.compile(r"(?<![\d.,/-])((?:19|20)\d\d)(?![\d.,]*\d|[/-]\D|\s?%)")


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount (its scale multiplied out) or a date at ``start:end``; measure "any" matches every measure."""

    start: int
    end: int
    value: float
    measure: str  # percent, points, money, level, count, plain, date, any; frequency, period: times a year
    unit: str = ""
    written: str = ""
    left: bool = False  # what is to be left: "80% instead of 60%"

    def same(self, other: Figure) -> bool:
        """Whether both name one amount; plain numbers also match counts, and percentages written without their sign."""
        if not comparable(self, other):
            return False
        if self.measure == "date" and (self.value.is_integer() or other.value.is_integer()):
            return int(self.value) == int(other.value)
        if {self.measure, other.measure} == {"any", "money"}:  # the scale of a table's amounts stands in its head
            return any(_equal(self.value * scale, other.value) for scale in _cell_scales(self))
        return _equal(self.value, other.value)


def _cell_scales(figure: Figure) -> tuple[float, ...]:
    """What a figure may have to be multiplied with: a cell may be written in thousands, millions or billions."""
    return (1.0, 1e3, 1e6, 1e9) if figure.measure == "any" else (1.0, 1e-3, 1e-6, 1e-9)


def _equal(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-6 * max(1.0, abs(a))


def comparable(a: Figure, b: Figure) -> bool:
    """Whether two figures measure things of one kind."""
    kinds = {a.measure, b.measure}
    if len(kinds) == 1:
        return True
    if kinds == {"frequency", "period"}:
        return True
    return not kinds & {"date", "frequency", "period"} and ("any" in kinds or kinds == {"count", "plain"})


@lru_cache(maxsize=65536)
def figures(text: str, language: str) -> tuple[Figure, ...]:
    """The figures of ``text`` in order. Dates count by year (2028), or by year and month (2028.08)."""
    found = [
        Figure(n.start, n.end, n.amount, n.measure, n.unit or _noun_before(text, n.start), text[n.start : n.end])
        for n in numbers(text, language)
    ]
    found += [
        Figure(n.start, n.end, n.upper * n.scale, n.measure, n.unit, text[n.start : n.end])
        for n in numbers(text, language)
        if n.upper is not None and not (n.value < 1900 <= n.upper < 2100)  # "mức độ 1 đến 2030" is no range
    ]
    found += _falling(text, language)
    large = _large(text, language, found)
    found += large
    found += [f for f in _written_out(text, language) if not any(o.start <= f.start < o.end for o in large)]
    found = _often(text, measured(_as_money(text, found, language), text, language), language)
    return tuple(sorted(_years(text, language) + found, key=lambda f: (f.start, f.value)))


_FALL = re.compile(r"\s(?:à|đến|xuống|to|còn)\s+(?P<to>\d[\d.,]*)")


def _falling(text: str, language: str) -> list[Figure]:
    """The lower end of "de 10 % à 5 %", which is no range but a step down."""
    found = []
    for n in numbers(text, language):
        step = _FALL.search(text, n.start, n.end) if n.upper is None else None
        if step is not None:
            value = parse(step["to"].rstrip(".,"), language) * n.scale
            found.append(Figure(step.start("to"), n.end, value, n.measure, n.unit, step["to"]))
    return found


def _large(text: str, language: str, found: Sequence[Figure]) -> list[Figure]:
    """The amounts of a hundred and more in words ("six millions et demi") that are not part of a figure ``found``."""
    if language not in languages.codes():
        return []
    return [
        Figure(a.start, a.end, a.value, *_counted(text, a, language), text[a.start : a.end])
        for a in amounts(text, language)
        if not any(a.start < f.end and f.start < a.end for f in found)
    ]


def _counted(text: str, amount: Amount, language: str) -> tuple[str, str]:
    """Measure and unit of an amount in words, from what stands behind it."""
    if _currency(language).match(text, amount.end):
        return "money", ""
    following = re.match(r"\s+([^\W\d_]+)", text[amount.end :])
    return "count", amount.scale or (following[1] if following else "")


@cache
def _currency(language: str) -> re.Pattern[str]:
    words = alternatives(structure(language)["measures"]["currencies"])
    return re.compile(rf"\s*(?:de\s+|of\s+)?(?:{words})(?!\w)", re.IGNORECASE)


def _as_money(text: str, found: Sequence[Figure], language: str) -> list[Figure]:
    """Amounts that end in a bare scale ("1,5 million") as money where the sentence has named a currency before.

    Where nobody says the currency ("nâng lên 4 triệu") a bare scale is money by itself.
    """
    money = [f for f in found if f.measure == "money"]
    return [
        replace(f, measure="money")
        if f.measure == "count"
        and (
            _is_money_alone(text, f, language)
            or (
                f.unit.lower() in _scales(language)
                and any(m.end <= f.start and not _SENTENCE_END.search(text[m.end : f.start]) for m in money)
            )
        )
        else f
        for f in found
    ]


def _is_money_alone(text: str, figure: Figure, language: str) -> bool:
    """ "nâng lên 4 triệu": a scale behind which nothing is counted, where the language counts money so."""
    words = config.load_toml("lexicons/directions.toml")
    scale, _, following = figure.unit.lower().partition(" ")
    if scale not in words["money_scales"].get(language, ()):
        return False
    if following and following not in words["bare_after"][language]:
        return False
    return not any(word in _before(text, figure) for word in words["counted_before"][language])


def _often(text: str, found: Sequence[Figure], language: str) -> list[Figure]:
    """The figures with frequencies in place of the numbers in them ("6 tháng/lần"). One without a number of its own
    ("hằng năm", "each month") is a period, and counts where the text has no amount that it may be the period of."""
    often = frequencies(text, language)
    kept = [f for f in found if not any(o.start <= f.start < o.end for o in often)]
    amounts = any(f.measure in ("money", "percent", "points", "count") for f in kept)
    return kept + [
        Figure(o.start, o.end, o.per_year, "frequency" if o.counted else "period", "", text[o.start : o.end])
        for o in often
        if o.counted or not amounts
    ]


@cache
def _scales(language: str) -> frozenset[str]:
    scales: dict[str, float] = structure(language)["measures"]["scales"]
    return frozenset(word for word, scale in scales.items() if scale >= 1e6)


def asked(text: str, language: str) -> tuple[Figure, ...]:
    """The figures of ``text`` that are not the state of things ("thực tế mới đạt 14%", "au regard des 412")."""
    found = (f for f in figures(text, language) if not _behind("actual", language).search(_before(text, f)))
    leaving = _behind("instead", language)
    return tuple(replace(f, left=True) if leaving.search(_before(text, f)) else f for f in found)


def missing(wanted: Iterable[Figure], present: Iterable[Figure]) -> tuple[Figure, ...]:
    """Those of ``wanted`` that ``present`` does not hold."""
    have = tuple(present)
    return tuple(w for w in wanted if not any(w.same(p) for p in have))


def _noun_before(text: str, start: int) -> str:
    """The word before a bare number, which says what it counts: "lớp 6", "grade 6"."""
    words = re.findall(r"[^\W\d_]+(?=\s*$)", text[:start])
    return str(words[0]) if words else ""


def _before(text: str, figure: Figure) -> str:
    return re.split(r"[,;:.]\s", text[max(0, figure.start - 30) : figure.start].lower())[-1]


@cache
def _behind(table: str, language: str) -> re.Pattern[str]:
    """Words of ``table`` at the end of what stands before a figure, with two more at the most between them."""
    words = config.load_toml("lexicons/directions.toml")[table].get(language, ())
    return re.compile(rf"(?<!\w)(?:{alternatives(words)})(?:\s+[^\W\d]+){{0,2}}\s*$")


def _years(text: str, language: str) -> list[Figure]:
    found = []
    for date in dates(text, language) if re.search(r"\d", text) else ():
        parts = [int(p) for p in date.iso.split("-")]
        if parts[0] >= 1900:
            value = parts[0] + (parts[1] / 100 if len(parts) == 2 else 0.0)
            found.append(Figure(date.start, date.end, value, "date", "", text[date.start : date.end]))
    for match in _YEAR.finditer(text):
        if not any(f.start <= match.start() < f.end for f in found):
            found.append(Figure(match.start(), match.end(), float(match[1]), "date", "", match[1]))
    return found


def _written_out(text: str, language: str) -> list[Figure]:
    table: dict[str, float] = config.load_toml("lexicons/directions.toml")["number_words"].get(language, {})
    if not table:
        return []
    found = []
    for match in _number_words(language).finditer(text.lower()):
        value = float(
            _summed([table[w] for w in re.split(r"[\s-]+(?:et[\s-]+)?", match["n"])])
            if language != "vi"
            else table[match["n"]]
        )
        measure = "percent" if match["percent"] else "count" if match["noun"] else "plain"
        found.append(Figure(match.start(), match.end(), value, measure, match["noun"] or "", match["n"]))
    return found


def _summed(parts: Sequence[float]) -> float:
    """ "twenty five" is a sum, "three hundred" a product."""
    return parts[0] * parts[1] if len(parts) == 2 and parts[0] < parts[1] == 100 else sum(parts)


@cache
def _number_words(language: str) -> re.Pattern[str]:
    table = config.load_toml("lexicons/directions.toml")["number_words"][language]
    words = alternatives(table)
    joined = rf"(?:{words})(?:[\s-](?:et[\s-])?(?:{words}))?" if language != "vi" else rf"(?:{words})"
    return re.compile(
        rf"(?<!\w)(?P<n>{joined})(?!\w)"
        r"(?:\s+(?P<percent>per cent|percent|pour cent|phần trăm|%)|\s+(?P<noun>[^\W\d_]+))?"
    )
