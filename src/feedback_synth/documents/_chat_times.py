"""Days and times as pages of chats show them, in one form that sorts: "2026-04-14 09:30"."""

from __future__ import annotations

import re

from feedback_synth import languages
from feedback_synth.languages.text import strip_marks

CLOCK = re.compile(
    r"\b(?P<h>\d{1,2})\s?[:hg]\s?(?P<m>\d{2})(?::\d{2})?\b(?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s?(?P<part>sa|ch)\b)?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\b(?:utc|gmt)\b\S*", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DAY = re.compile(r"(?<!\d)(\d{1,4})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{2,4})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"\bth(?:ang|g)?\.?\s?(\d{1,2})\b")  # "Tháng 4 14, 2026"
_LEAST_PREFIX = 3  # letters of a month that is cut short


def sortable(shown: str) -> str:
    """The day and time that ``shown`` tells, day before month among figures; "" where either is missing."""
    clock = CLOCK.search(shown)
    day = _day(_ZONE.sub(" ", CLOCK.sub(" ", shown)))
    if clock is None or not day:
        return ""
    hour = int(clock["h"])
    late = (clock["half"] or "").lower() == "p" or (clock["part"] or "").lower() == "ch"
    if clock["half"] or clock["part"]:
        hour = hour % 12 + 12 * late
    return f"{day} {hour:02}:{clock['m']}"


def has_day(shown: str) -> bool:
    """Whether a day of some year stands in ``shown``."""
    return bool(_YEAR.search(shown) or DAY.search(shown))


def _day(shown: str) -> str:
    figures = DAY.search(shown)
    if figures:
        first, second, third = figures.groups()
        year, month, day = (first, second, third) if len(first) == 4 else (third, second, first)
        return _iso(int(year) + (2000 if int(year) < 100 else 0), int(month), int(day))
    year_found = _YEAR.search(shown)
    if year_found is None:
        return ""
    plain = strip_marks(shown[: year_found.start()] + " " + shown[year_found.end() :])
    numbered = _NUMBERED.search(plain)
    rest = plain[: numbered.start()] + plain[numbered.end() :] if numbered else plain
    days = re.findall(r"\d{1,2}", rest)
    month = int(numbered[1]) if numbered else next((m for w in _WORD.findall(plain) if (m := _month(w))), 0)
    return _iso(int(year_found[0]), month, int(days[0])) if days else ""


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}" if 0 < month < 13 and 0 < day < 32 else ""


def _month(word: str) -> int:
    """The month whose name begins with a word, in any language; 0 where none or several do."""
    if len(word) < _LEAST_PREFIX:
        return 0
    names = [[strip_marks(m) for m in languages.get(code).months] for code in languages.codes()]
    found = {n for months in names for n, name in enumerate(months, start=1) if name.startswith(word)}
    return found.pop() if len(found) == 1 else 0
