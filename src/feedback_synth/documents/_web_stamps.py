"""Days and hours in the lines over comments and posts of web pages."""

from __future__ import annotations

import re

from feedback_synth.documents._words import folded
from feedback_synth.languages import codes, dates
from feedback_synth.languages.text import fold

LONGEST_BYLINE = 160  # characters
_STAMPED_WORDS = 6  # of a name that stands with day and hour over a post
SEPARATORS = " \t\n·•|,;:–—-()[]/"
_RELATIVE = re.compile(
    r"\b(?:\d+|an?|une?)\s+(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\s+ago\b|\byesterday\b"
    r"|\bil y a\s+(?:\d+|une?)\s+\w+|\bhier\b|\b\d+\s+(?:giây|phút|giờ|ngày|tuần|tháng|năm)\s+trước\b|\bhôm qua\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}\s?[:hg]\s?\d{2}(?::\d{2})?\b(?:\s?[ap]\.?m\.?)?", re.IGNORECASE)
_DAY_NAMES = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?|\b(?:lun|mar|mer|jeu|ven|sam|dim)(?:di|credi|manche)?\b\.?"
    r"|\bthứ\s+(?:hai|ba|tư|năm|sáu|bảy|\d)\b|\bchủ nhật\b",
    re.IGNORECASE,
)


def without_date(text: str) -> tuple[str, str, bool]:
    """(text without its date and time, ISO date or "", whether there was one)."""
    iso, spans = "", [m.span() for p in (_RELATIVE, _CLOCK) for m in p.finditer(text)]
    is_dated = bool(_RELATIVE.search(text))
    for code in codes():
        for date in dates.dates(text, code):
            if not iso and len(date.iso) == 10:
                iso = date.iso
                spans.append((date.start, date.end))
    if not iso and not is_dated:
        return text, "", False
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " · " + text[end:]
    text = _DAY_NAMES.sub(" ", text)
    joins = "|".join(sorted(map(re.escape, folded("web", "joins")), key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{joins})(?=[\s·.,]*(?:·|$))|^(?:{joins})(?!\w)(?=\s*·)")
    for _ in range(3):
        cut = fold(text)
        match = pattern.search(cut.text)
        if match is None:
            break
        start, end = cut.original(*match.span())
        text = text[:start] + " " + text[end:]
    return text, iso, True


def is_stamped(text: str) -> bool:
    """Whether a line is a day with an hour, with at most a few words beside them."""
    if len(text) > LONGEST_BYLINE or not (_CLOCK.search(text) or _RELATIVE.search(text)):
        return False
    rest, _, is_dated = without_date(text)
    rest = rest.strip(SEPARATORS)
    return is_dated and len(rest.split()) <= _STAMPED_WORDS and not rest.endswith((".", "?", "!"))
