"""By when an order is to be carried out."""

from __future__ import annotations

import calendar
import re

from feedback_synth import languages
from feedback_synth.languages import dates
from feedback_synth.opinions import lexicon

_CITED = re.compile(r"(?:số|no\.?|n[°º])\s*[\w./-]+,?\s*(?:ngày|of|dated|du)?\s*$", re.IGNORECASE)
_DAY_MONTH = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?![\d/-])")
_MONTH = re.compile(r"tháng\s+(\d{1,2})(?![\d/])", re.IGNORECASE)
_REACH = 30  # characters before a date in which a word of time limit stands


def deadline(text: str, code: str, reference: str) -> str:
    """The day by which it is to be done (ISO), or "". A month stands for its last day, a year for none.

    ``reference`` is the date of the source: it gives the year that a date leaves out.
    """
    found = ""
    for start, iso in sorted([*_written(text, code, reference), *_short(text, code, reference)]):
        if _CITED.search(text[:start]):
            continue
        if not found or lexicon.filled("{directive.due}").search(text[max(0, start - _REACH) : start + 8]):
            found = dates.end_of(iso)
    return found


def _written(text: str, code: str, reference: str) -> list[tuple[int, str]]:
    return [(d.start, d.iso) for d in dates.dates(text, code, reference) if len(d.iso) >= 7]


def _short(text: str, code: str, reference: str) -> list[tuple[int, str]]:
    """Days and months without a year ("trước 15/11", "trong tháng 4", "d'avril"), behind a word of time limit."""
    if len(reference) < 7:
        return []
    known = [(d.start, d.end) for d in dates.dates(text, code, reference)]
    found = [(m.start(), (int(m[2]), int(m[1]))) for m in _DAY_MONTH.finditer(text)]
    found += [(m.start(), (int(m[1]), 0)) for m in _MONTH.finditer(text)]
    for number, name in enumerate(languages.get(code).months, 1):
        found += [(m.start(), (number, 0)) for m in re.finditer(rf"\b{name}\b(?!\s+\d)", text.lower())]
    return [
        (start, iso)
        for start, (month, day) in found
        if not any(a <= start < b for a, b in known)
        and lexicon.filled("{directive.due}").search(text[max(0, start - _REACH) : start])
        and (iso := _resolved(month, day, reference))
    ]


def _resolved(month: int, day: int, reference: str) -> str:
    """The first such day or month from the reference on; "" if there is none in the calendar."""
    year, from_month = int(reference[:4]), int(reference[5:7])
    year += month < from_month
    if not 1 <= month <= 12 or not 0 <= day <= calendar.monthrange(year, month)[1]:
        return ""
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"
