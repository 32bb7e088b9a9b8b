"""Quantities with their unit and comparator, read by the separators of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from feedback_synth import languages
from feedback_synth.datamodel.draft import Comparator
from feedback_synth.languages.citations import citations
from feedback_synth.languages.dates import dates
from feedback_synth.languages.number_words import Spelled, spelled
from feedback_synth.languages.references import references
from feedback_synth.languages.words import alternatives, gather, structure

Measure = Literal["percent", "points", "money", "level", "count", "plain"]
_BEFORE = 28  # characters before a number in which its comparator stands


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity at ``start:end`` (unit included, comparator not).

    ``value`` is in ``unit`` as written ("tỷ đồng", "VND billion"), ``amount`` with its scale multiplied out. ``upper``
    is the end of a range "60 - 70%", ``fallen`` that of a fall "from 90 to 30 days"; ``of`` the whole in "228/327
    trường". ``digits`` is the written number alone.
    """

    start: int
    end: int
    value: float
    unit: str
    measure: Measure
    comparator: Comparator = "="
    upper: float | None = None
    scale: float = 1.0
    of: float | None = None
    digits: str = ""
    fallen: float | None = None

    @property
    def amount(self) -> float:
        return self.value * self.scale


def numbers(text: str, code: str) -> list[Number]:
    """The quantities of ``text`` in order; dates, years, symbols of acts and references are none."""
    words = [_in_words(text, found) for found in spelled(text, code)]
    if not re.search(r"\d", text):
        return words
    taken = _taken(text, code)
    out: list[Number] = []
    for match in _free(_quantity(code), text, taken):
        if _is_year(text, match):
            continue
        number = _read(text, code, match)
        if number is not None and (not out or number.start >= out[-1].end):
            out.append(number)
    if words:
        out += [w for w in words if not any(n.start < w.end and w.start < n.end for n in out)]
        out.sort(key=lambda n: n.start)
    return out


def _free(pattern: re.Pattern[str], text: str, taken: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The matches that touch nothing ``taken``; behind such a stretch the search begins anew ("in 2024 to 85%")."""
    place = 0
    while (match := pattern.search(text, place)) is not None:
        ends = [e for s, e in taken if s < match.end("last") and match.start("first") < e]
        if not ends:
            yield match
        place = max(match.end("last") if not ends else max(ends), match.start() + 1)


def _in_words(text: str, found: Spelled) -> Number:
    """A figure written in words, with the comparator before or after it."""
    comparator = _comparator_at(text, found.start, found.end, found.end)
    words = text[found.start : found.end]
    return Number(found.start, found.end, found.value, found.unit, found.measure, comparator, digits=words)


def parse(digits: str, code: str) -> float:
    """The value of a written number by the language's separators: "1.234,5" and "1,234.5" are one."""
    language = languages.get(code)
    plain = digits.strip()
    for mark in language.thousands:
        plain = re.sub(rf"(?<=\d){re.escape(mark)}(?=\d{{3}}(?!\d))", "", plain)
    plain = re.sub(r"[\s\u00a0\u202f]", "", plain)
    if language.decimal != ".":
        plain = plain.replace(language.decimal, ".")
    return float(re.sub(r"[.,](?=.*[.,])", "", plain).replace(",", "."))


def _taken(text: str, code: str) -> list[tuple[int, int]]:
    spans = [(d.start, d.end) for d in dates(text, code)]
    if re.search(r"\d\s*[-–/]\s*[A-ZĐÐ\d]", text):
        spans += [(a.start, a.end) for a in citations(text, code) if any(c.isdigit() for c in a.key)]
    spans += [(r.start, r.end) for r in references(text, code)]
    return spans


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Years and periods ("2026 - 2030", "năm học 2025-2026") with no unit behind them."""
    years = re.fullmatch(r"(?:19|20)\d\d", match["first"]) and (
        not match["to"] or re.fullmatch(r"(?:19|20)\d\d", match["to"])
    )
    return bool(years) and not (match["percent"] or match["scale"] or match["money"] or match["currency"])


@cache
def _quantity(code: str) -> re.Pattern[str]:
    language = languages.get(code)
    thousands = "|".join(
        re.escape(m) for m in (*language.thousands, *([" ", "\u00a0", "\u202f"] if code == "fr" else []))
    )
    number = rf"\d{{1,3}}(?:(?:{thousands})\d{{3}})+(?:{re.escape(language.decimal)}\d+)?(?!\d)|\d+(?:[.,]\d+)*"
    middle = alternatives(gather("measures", "range_middle"))
    money = alternatives(gather("measures", "currencies"))
    scale = alternatives(w for c in languages.codes() for w in structure(c)["measures"]["scales"])
    points = alternatives(gather("measures", "points"))
    percent = alternatives(gather("measures", "percent") + gather("measures", "per_thousand"))
    level = alternatives(gather("measures", "level"))
    return re.compile(
        rf"(?<![\w.,/])(?:(?P<level>{level})\s+)?(?:(?P<currency>{money})\s?)?(?P<last>(?P<first>{number})"
        rf"(?:\s?[%‰]?\s*(?:-|–|(?:{middle})(?!\w))\s*(?P<to>{number}))?(?:\s?/\s?(?P<of>{number}))?)"
        rf"(?!\w|[/.-]\w)(?:\s*(?:(?P<points>{points})(?!\w)|(?P<percent>[%‰]|(?:{percent})(?!\w))"
        rf"|(?P<scale>(?:{scale})(?!\w))?(?:\s*(?:de\s+|of\s+)?(?P<money>(?:{money})(?!\w)))?))",
        re.IGNORECASE,
    )


def _read(text: str, code: str, match: re.Match[str]) -> Number | None:
    try:
        value = parse(match["first"], code)
        upper = parse(match["to"], code) if match["to"] else None
        whole = parse(match["of"], code) if match["of"] else None
    except ValueError:
        return None  # "1.2.3": an enumerator, not a number
    measure, unit, end = _unit(text, match)
    comparator = _comparator(text, match, end)
    fallen = upper if upper is not None and upper < value else None
    if upper is not None and not upper > value:
        upper = None
    start = (
        match.start("level")
        if match["level"]
        else match.start("currency")
        if match["currency"]
        else match.start("first")
    )
    scale = 0.1 if unit == "‰" else _scales().get(re.sub(r"\s+", " ", match["scale"] or "").lower(), 1.0)
    return Number(start, end, value, unit, measure, comparator, upper, scale, whole, match["first"], fallen)


@cache
def _scales() -> dict[str, float]:
    return {w.lower(): v for c in languages.codes() for w, v in structure(c)["measures"]["scales"].items()}


def _unit(text: str, match: re.Match[str]) -> tuple[Measure, str, int]:
    """Measure, unit as written, and where it ends; a counted thing is named by the word after the number."""
    if match["level"]:
        return "level", match["level"], match.end("last")
    if match["percent"]:
        return "percent", "‰" if _per_thousand(match) else "%", match.end("percent")
    if match["points"]:
        return "points", match["points"], match.end("points")
    currency = match["money"] or match["currency"] or ""
    if currency or match["scale"]:
        unit = f"{match['currency'] or ''} {text[match.end('last') : match.end()]}"
        end = match.end("last") + len(text[match.end("last") : match.end()].rstrip())
        thing, after = ("", end) if currency else _thing(text, end)
        return ("money" if currency else "count"), re.sub(r"\s+", " ", f"{unit} {thing}").strip(), after
    thing, end = _thing(text, match.end("last"))
    return ("count", thing, end) if thing else ("plain", "", end)


def _per_thousand(match: re.Match[str]) -> bool:
    """Whether a share is written in thousandths ("22‰", "22 per thousand"), a tenth of as many percent."""
    return match["percent"].lower() in _thousandths()


@cache
def _thousandths() -> frozenset[str]:
    return frozenset(("‰", *gather("measures", "per_thousand")))


def _thing(text: str, start: int) -> tuple[str, int]:
    """What is counted right after ``start`` and where it ends: a noun, or one of several words ("học sinh")."""
    noun = _counted().match(text, start)
    if noun and noun[1].lower() not in _not_nouns():
        return re.sub(r"\s+", " ", noun[1]), noun.end(1)
    return "", start


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(
        rf"\s+((?:{alternatives(gather('measures', 'things'))})(?!\w)|[kdch]?m[23](?!\w)|[^\W\d_]+(?:-[^\W\d_]+)*)",
        re.IGNORECASE,
    )


@cache
def _not_nouns() -> frozenset[str]:
    linking = (
        gather("links", "list")
        + gather("links", "to_outer")
        + gather("links", "range")
        + gather("measures", "at_least_after")
    )
    stop = [w for c in languages.codes() for w in languages.get(c).stop_words]
    return frozenset(w.split()[0].lower() for w in linking) | frozenset(stop)


@cache
def _comparators() -> tuple[tuple[re.Pattern[str], Comparator], ...]:
    pairs: tuple[tuple[str, Comparator], ...] = (("at_most", "<="), ("at_least", ">="), ("about", "~"))
    return tuple(
        (re.compile(rf"(?<!\w)(?P<w>{alternatives(gather('measures', key))})\s*$", re.IGNORECASE), sign)
        for key, sign in pairs
    )


@cache
def _after() -> tuple[tuple[re.Pattern[str], Comparator], ...]:
    pairs: tuple[tuple[str, Comparator], ...] = (("at_least_after", ">="), ("at_most_after", "<="))
    return tuple(
        (
            re.compile(
                rf"(?:\s+[^\W\d_]+){{0,2}}?\s*,?\s*(?:{alternatives(gather('measures', key))})(?!\w)", re.IGNORECASE
            ),
            sign,
        )
        for key, sign in pairs
    )


def _comparator(text: str, match: re.Match[str], end: int) -> Comparator:
    """The comparator by the longest word right before the number, or by the words right after it."""
    begin = match.start("currency") if match["currency"] else match.start("first")
    return _comparator_at(text, begin, match.end("last"), end)


def _comparator_at(text: str, begin: int, last: int, end: int) -> Comparator:
    """The comparator of a number at ``begin:last`` whose unit ends at ``end``."""
    before = text[max(0, begin - _BEFORE) : begin]
    symbol = re.search(r"([≥≤><~])\s*$", before)
    if symbol:
        return {"≥": ">=", ">": ">=", "≤": "<=", "<": "<=", "~": "~"}[symbol[1]]  # type: ignore[return-value]
    for pattern, sign in _after():
        if pattern.match(text[last:].lstrip(" %‰")) or pattern.match(text, end):
            return sign
    hits = [(m.start("w"), sign) for pattern, sign in _comparators() if (m := pattern.search(before))]
    return min(hits)[1] if hits else "="
