"""Numbers and dates as a spreadsheet shows them."""

from __future__ import annotations

import datetime
import re
from functools import cache

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "hh:mm",
    21: "hh:mm:ss", 22: "dd/mm/yyyy hh:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@",
}  # fmt: skip
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_PARTS = re.compile(r"y+|m+|d+|h+|s+|am/pm|a/p|\[h+\]|\[m+\]|\[s+\]", re.IGNORECASE)
_LAST_SERIAL = 2_958_465  # 31 December 9999


def format_code(number_format: int, custom: dict[int, str]) -> str:
    """The code behind a format id, "General" when it has none."""
    return custom.get(number_format) or _BUILT_IN.get(number_format, "General")


def show(value: float, code: str, is_1904: bool = False) -> str:
    """``value`` as a cell with this format code shows it (the usual codes; rare ones as a plain number)."""
    if is_date(code):
        shown = _show_date(value, code, is_1904)
        if shown:
            return shown
    section = _section(code, value)
    plain = _QUOTED.sub("", section)
    if not re.search(r"[0#?]", plain) or "/" in plain or "E" in plain.upper():
        return general(value)
    return _show_number(value, plain, section)


def general(value: float) -> str:
    """A number without format: no trailing zeros, at most 11 significant digits as the program shows them."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.11g}"


@cache
def is_date(code: str) -> bool:
    plain = _QUOTED.sub("", code.split(";")[0])
    return bool(re.search(r"[ymdhs]", plain, re.IGNORECASE)) and plain.lower() != "general"


def _section(code: str, value: float) -> str:
    """The part of the code for this sign: positive;negative;zero."""
    parts = code.split(";")
    if value < 0 and len(parts) > 1 and re.search(r"[0#]", parts[1]):
        return "-" + parts[1] if "-" not in parts[1] and "(" not in parts[1] else parts[1]
    if value == 0 and len(parts) > 2 and re.search(r"[0#]", parts[2]):
        return parts[2]
    return parts[0]


def _show_number(value: float, plain: str, section: str) -> str:
    digits = re.search(r"[0#?][0#?,]*(?:\.[0#?]+)?", plain)
    body = digits[0] if digits else "0"
    whole, _, fraction = body.partition(".")
    scaled = abs(value) * (100 if "%" in plain else 1) / 1000 ** (len(whole) - len(whole.rstrip(",")))
    decimals = len(fraction)
    text = f"{scaled:,.{decimals}f}" if "," in whole.rstrip(",") else f"{scaled:.{decimals}f}"
    least = fraction.count("0")
    if decimals > least:
        head, _, tail = text.partition(".")
        kept = tail[:least] + tail[least:].rstrip("0")
        text = f"{head}.{kept}" if kept else head
    text = text.zfill(whole.count("0")) if "," not in text else text
    sign = "-" if value < 0 and "(" not in plain else ""
    return sign + _affix(section, text)


def _affix(section: str, text: str) -> str:
    """Put the number into the literal text around it ("12%", "5 tỷ")."""
    words = list(re.finditer(r'"([^"]*)"|\\(.)|([%()])|([0#?][0#?,.]*)', section))
    out = ""
    placed = False
    for match in words:
        if match[4]:
            out += "" if placed else text
            placed = True
        else:
            out += match[1] or match[2] or match[3] or ""
    return out if placed else text


def _show_date(value: float, code: str, is_1904: bool) -> str:
    if not 0 <= value <= _LAST_SERIAL:
        return ""
    days, seconds = int(value), round((value - int(value)) * 86_400)
    if days >= 60 or is_1904:
        start = datetime.datetime(1904, 1, 1) if is_1904 else datetime.datetime(1899, 12, 30)
    else:
        start = datetime.datetime(1899, 12, 31)
    try:
        moment = start + datetime.timedelta(days=days, seconds=seconds)
    except OverflowError:
        return ""
    plain = _QUOTED.sub(
        lambda m: m[0][1:-1] if m[0][0] == '"' else m[0][1:] if m[0][0] == "\\" else "", code.split(";")[0]
    )
    return _write_date(moment, plain, value).strip()


def _write_date(moment: datetime.datetime, code: str, value: float) -> str:
    """Day first where the code leaves it to the reader; month names as numbers, so that every language reads them."""
    half_day = bool(re.search(r"am/pm|a/p", code, re.IGNORECASE))
    out, place, after_hours = "", 0, False
    for match in _DATE_PARTS.finditer(code):
        out += code[place : match.start()]
        part = match[0].lower()
        is_minutes = (
            part[0] == "m" and len(part) <= 2 and (after_hours or code[match.end() : match.end() + 2].lower() == ":s")
        )
        out += _part(moment, part, is_minutes, half_day, value)
        after_hours = part.strip("[]")[0] == "h" or (after_hours and not part[0].isalpha())
        place = match.end()
    return out + code[place:]


def _part(moment: datetime.datetime, part: str, is_minutes: bool, half_day: bool, value: float) -> str:
    letter = part.strip("[]")[0]
    if part[0] == "[":
        return str(int(value * {"h": 24, "m": 1440, "s": 86_400}[letter]))
    two = len(part) >= 2
    if letter == "a":
        return "AM" if moment.hour < 12 else "PM"
    number = {
        "y": moment.year if len(part) > 2 else moment.year % 100,
        "m": moment.minute if is_minutes else moment.month,
        "d": moment.day,
        "h": (moment.hour % 12 or 12) if half_day else moment.hour,
        "s": moment.second,
    }[letter]
    return f"{number:02d}" if two else str(number)
