"""Dates in all written forms, and spans of time resolved against a reference date."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from feedback_synth import languages
from feedback_synth.languages.text import strip_marks
from feedback_synth.languages.words import alternatives, structure

_A_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR = r"(?:19|20)\d\d"
_SMALL = {
    word: value
    for value, words in enumerate(
        "one un une mot;two deux hai;three trois ba;four quatre bon;five cinq nam;six sau;"
        "seven sept bay;eight huit tam;nine neuf chin;ten dix muoi".split(";"),
        start=1,
    )
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Date:
    """A date at ``start:end`` of a text; ``iso`` is "2025-11-07", "2024-12" where no day is given, or "2030"."""

    start: int
    end: int
    iso: str


def dates(text: str, code: str, reference: str = "") -> list[Date]:
    """The dates of ``text`` in order, without overlaps; years alone only after a word that makes them dates.

    ``reference`` (ISO, any precision down to the year) resolves what the text leaves open: a year that is not
    written, "within two weeks". Months and quarters without a day are given as month ("2024-12"; a quarter's last).
    """
    found: list[Date] = []
    has_year = _A_YEAR.search(text) is not None
    if not has_year and not reference:
        return []
    for pattern, read in _forms():
        if not (reference if read in (_open, _span) else has_year):
            continue
        for match in pattern.finditer(text):
            if any(d.start < match.end() and match.start() < d.end for d in found):
                continue
            iso = read(match, reference)
            if iso:
                found.append(Date(match.start(), match.end(), iso))
    return sorted(found, key=lambda d: d.start)


def end_of(iso: str) -> str:
    """The last day of the day, month or year that ``iso`` names: "2025-10" -> "2025-10-31"."""
    year, month = int(iso[:4]), int(iso[5:7] or 12)
    return iso if len(iso) == 10 else f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}"


Read = Callable[[re.Match[str], str], str]


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Read], ...]:
    """Pattern and reader of each written form, the most explicit first."""
    months = alternatives([m for c in languages.codes() for m in _month_names(c)])
    day = alternatives(_all("day"))
    month = alternatives(_all("month"))
    year = alternatives(_all("year"))
    quarter = alternatives(_all("quarter"))
    within = alternatives(_all("within"))
    unit = alternatives(list(_units()))
    small = r"\d{1,3}|" + "|".join(sorted(_SMALL_WRITTEN, key=len, reverse=True))
    forms: list[tuple[str, Read]] = [
        (
            rf"(?:(?:{day})\s+)?(?P<d>\d{{1,2}})\s+(?:{month})\s+(?P<m>\d{{1,2}})\s*,?\s+(?:{year})\s+(?P<y>{_YEAR})",
            _named,
        ),
        (rf"(?P<d>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{months})\.?,?\s+(?P<y>{_YEAR})", _named),
        (rf"(?P<month>{months})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>{_YEAR})", _named),
        (rf"(?P<y>{_YEAR})-(?P<m>\d\d)-(?P<d>\d\d)", _named),
        (
            rf"(?:(?:{day})\s+)?(?P<d>\d{{1,2}})\s?(?P<sep>[/.-])\s?(?P<m>\d{{1,2}})\s?(?P=sep)\s?(?P<y>{_YEAR})",
            _numeric,
        ),
        (rf"(?:{quarter})\s+(?P<q>IV|I{{1,3}}|[1-4])(?:\s*/\s*|\s+(?:{year})\s+)(?P<y>{_YEAR})", _quarter),
        (rf"\bQ(?P<q>[1-4])[\s/-]+(?P<y>{_YEAR})", _quarter),
        (rf"(?:{month})\s+(?P<m>\d{{1,2}})(?:\s*[/.-]\s*|\s+(?:{year})\s+)(?P<y>{_YEAR})", _named),
        (rf"(?P<month>{months})\s+(?:of\s+)?(?P<y>{_YEAR})", _named),
        (rf"(?<![\d/.,-])(?P<m>0?[1-9]|1[0-2])/(?P<y>{_YEAR})(?![\d/])", _named),
        (rf"(?P<d>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{months})", _open),
        (rf"(?P<month>{months})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)", _open),
        (rf"(?:(?:{day})\s+)(?P<d>\d{{1,2}})\s*(?:[/-]|\s(?:{month})\s)\s*(?P<m>\d{{1,2}})(?![/\d])", _open),
        (rf"(?:{within})\s+(?:the\s+)?(?P<n>{small})\s+(?P<unit>{unit})", _span),
        (rf"(?:{month})\s+(?P<m>1[0-2]|[1-9]|0[1-9])(?![\d/.%])", _open),
        (rf"(?:{_MONTH_LEADS})\s+(?P<month>{months})", _open),
        (rf"(?:{_YEAR_LEADS})\s+(?P<y>{_YEAR})(?![\d%-])", _named),
    ]
    return tuple((re.compile(rf"(?<![\w/])(?:{p})(?!\w)", re.IGNORECASE), read) for p, read in forms)


_MONTH_LEADS = r"in|by|before|during|until|en|au mois de|avant|d['’]ici|fin|début|end of|by the end of"
_YEAR_LEADS = (
    r"năm|by|in|before|until|from|since|by the end of|end of|en|avant|d['’]ici(?: à)?|jusqu['’]en|fin|l['’]horizon|"
    r"année|year|l['’]an"
)
_SMALL_WRITTEN = tuple(
    "one two three four five six seven eight nine ten un une deux trois quatre cinq sept huit neuf dix "
    "một hai ba bốn năm sáu bảy tám chín mười".split()
)


def _all(kind: str) -> list[str]:
    return [w for c in languages.codes() for w in structure(c)["dates"][kind]]


@cache
def _units() -> dict[str, str]:
    return {w: u for c in languages.codes() for w, u in structure(c)["dates"]["units"].items()}


def _month_names(code: str) -> Iterator[str]:
    for name in languages.get(code).months:
        yield name
        if strip_marks(name) != name:
            yield strip_marks(name)
        if code == "en" and len(name) > 3:
            yield name[:3]


@cache
def _months() -> dict[str, int]:
    return {
        alias: number
        for code in languages.codes()
        for number, name in enumerate(languages.get(code).months, start=1)
        for alias in {name, strip_marks(name), *([name[:3]] if code == "en" else [])}
    }


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day, 0 for those not written."""
    groups = match.groupdict()
    month = int(groups["m"]) if groups.get("m") else _months().get((groups.get("month") or "").lower(), 0)
    return int(groups.get("y") or 0), month, int(groups.get("d") or 0)


def _iso(year: int, month: int, day: int) -> str:
    """ISO form of what is given, or "" for a day that no calendar has."""
    if month > 12 or (month and day > calendar.monthrange(year, month)[1]):
        return ""
    return "-".join([f"{year:04}", *([f"{month:02}"] if month else []), *([f"{day:02}"] if day else [])])


def _named(match: re.Match[str], _: str) -> str:
    return _iso(*_parts(match))


def _numeric(match: re.Match[str], _: str) -> str:
    """Day first, as Vietnamese-made texts write in every language; month first only where no other reading exists."""
    year, month, day = _parts(match)
    return _iso(year, month, day) or _iso(year, day, month)


def _quarter(match: re.Match[str], _: str) -> str:
    roman = {"I": 1, "II": 2, "III": 3, "IV": 4}
    number = roman.get(match["q"].upper()) or int(match["q"])
    return f"{match['y']}-{3 * number:02}"


def _open(match: re.Match[str], reference: str) -> str:
    """A month or day without its year: the first one not before the month of the reference date."""
    if not reference:
        return ""
    _, month, day = _parts(match)
    if not month or month > 12:
        return ""
    year = int(reference[:4])
    if len(reference) >= 7 and month < int(reference[5:7]):
        year += 1
    return _iso(year, month, day)


def _span(match: re.Match[str], reference: str) -> str:
    """ "within two weeks", counted from the reference date."""
    if len(reference) < 10:
        return ""
    count = match["n"].lower()
    number = int(count) if count.isdigit() else _SMALL[strip_marks(count)]
    start = datetime.date.fromisoformat(reference[:10])
    unit = _units()[next(w for w in _units() if w.lower() == match["unit"].lower())]
    return _later(start, number, unit).isoformat()


def _later(start: datetime.date, number: int, unit: str) -> datetime.date:
    if unit == "month":
        months = start.month - 1 + number
        year, month = start.year + months // 12, months % 12 + 1
        return datetime.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    if unit == "workday":
        return _workdays_later(start, number)
    return start + datetime.timedelta(days=number * (7 if unit == "week" else 1))


def _workdays_later(start: datetime.date, number: int) -> datetime.date:
    day = start
    while number > 0:
        day += datetime.timedelta(days=1)
        number -= day.weekday() < 5
    return day
