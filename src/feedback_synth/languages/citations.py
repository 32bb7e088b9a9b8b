"""Acts cited by their symbol ("57-NQ/TW", "74/2014/QH13") or by their name ("Luật Giáo dục 2019"), with their date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from feedback_synth.languages.dates import Date, dates
from feedback_synth.languages.text import strip_marks
from feedback_synth.languages.words import alternatives, gather

_UP = "A-ZĐÂĂÊÔƠƯÐ"
_LO = "a-zđâăêôơưð"
_SYMBOL = rf"[{_UP}][{_UP}{_LO}0-9&]*(?:[-.][{_UP}][{_UP}{_LO}0-9&]*)*"
_PARTY_TYPES = "NQLT|NQ|CT|KL|QĐi|QĐ|QÐ|QD|QC|TB|HD|BC|KH|CTr|ĐA|ÐA|DA|TTr|TT|CV|BB|PA|ĐC|KT"
_KEY = re.compile(
    rf"(?<![\w/])(?:(?P<party>\d{{1,5}}[a-z]?\s*-\s*(?:{_PARTY_TYPES})\s*/\s*{_SYMBOL})"
    rf"|(?P<state>\d{{1,5}}[a-z]?(?:\s*/\s*(?:19|20)\d\d)?\s*/\s*(?:QH\d{{1,2}}|{_SYMBOL})))(?!\w)"
)
# Acts of other countries: "loi n° 78-17", "Regulation (EU) 2016/679", "Public Law 111-148".
_ABROAD = re.compile(
    r"(?<!\w)(?:(?:n°|nº|no\.?)\s?(?P<fr>\d{2,4}-\d{1,5})(?![\w/]|-\d)"
    r"|(?P<eu>\((?:EU|EC|EEC|UE|CE|CEE)(?:,\s?Euratom)?\)\s?(?:(?:no\.?|n°|nº)\s?)?\d{1,4}/\d{1,4})(?!\w)"
    r"|(?P<us>(?:Public\s+Law|Pub\.\s?L\.)\s?(?:no\.?\s?)?\d{2,3}[-–]\d{1,4})(?!\w))",
    re.IGNORECASE,
)
_ABROAD_SIGNS = ("n°", "N°", "nº", "No", "no. ", "no ", "(E", "(U", "(C", "Pub", "PUB")
_UNIONS = {"UE": "EU", "CE": "EC", "CEE": "EEC"}
_NOT_SYMBOLS = re.compile(r"[\d\s/]+(?:Q[1-4]|[A-ZĐ])$")  # "12/A", "3/Q1": streets and quarters, not offices
_AFTER_KEY = re.compile(
    r"\s*[,(]?\s*(?:ngày|dated|of|on|du|en date du|le|date|issued on)?\s*(?:ngày\s+|the\s+|le\s+)?$", re.IGNORECASE
)
_REACH = 60  # characters before a symbol in which its lead word stands
_DATE_REACH = 130  # characters after a symbol in which its date stands


@dataclass(frozen=True, slots=True)
class Act:
    """An act cited at ``start:end``; ``text`` holds lead word, symbol and date, ``key`` is canonical.

    ``kind`` is the lead word as written ("Nghị quyết", "Law"), "" without one; ``title`` the words between it and the
    symbol ("on Vocational Education"). An act cited by name alone has its name as key.
    """

    start: int
    end: int
    text: str
    key: str
    date: str = ""
    kind: str = ""
    title: str = ""


def citations(text: str, code: str) -> list[Act]:
    """The acts that ``text`` cites, in order; ``code`` decides nothing but the order of numeric dates."""
    symbols = sorted([*_symbols(text), *_abroad(text)])
    days = dates(text, code) if symbols else []
    acts = [
        _act(
            text,
            symbol,
            symbols[i - 1].end if i else 0,
            symbols[i + 1].start if symbol is not symbols[-1] else len(text),
            days,
        )
        for i, symbol in enumerate(symbols)
    ]
    return sorted([*acts, *_named(text, acts)], key=lambda a: a.start)


class _Symbol(NamedTuple):
    """What an act is known by, at ``start:end``."""

    start: int
    end: int
    key: str


def _symbols(text: str) -> Iterator[_Symbol]:
    for match in _KEY.finditer(text) if "/" in text else ():
        if not _NOT_SYMBOLS.fullmatch(match[0]):
            yield _Symbol(match.start(), match.end(), canonical(match[0]))


def _abroad(text: str) -> Iterator[_Symbol]:
    """Numbers of acts that have no letters; a French one only behind the kind of act ("décret n° 2018-514")."""
    if not any(map(text.__contains__, _ABROAD_SIGNS)):
        return
    for match in _ABROAD.finditer(text):
        kind = match.lastgroup or ""
        if kind != "fr" or _lead_before(text, 0, match.start("fr")):
            yield _Symbol(match.start(kind), match.end(kind), _abroad_key(kind, match[kind]))


def _abroad_key(kind: str, symbol: str) -> str:
    """One spelling: "2018-514", "(EU) 2016/679", "Pub. L. 111-148"."""
    if kind == "eu":
        union, number = re.findall(r"[A-Z]+", symbol.upper())[0], re.findall(r"\d+/\d+", symbol)[0]
        return f"({_UNIONS.get(union, union)}) {number}"
    return f"Pub. L. {re.findall(r'[0-9]+.[0-9]+', symbol)[0].replace('–', '-')}" if kind == "us" else symbol


def canonical(symbol: str) -> str:
    """One spelling of a symbol: no blanks, the right Đ, "57-NQ/TƯ" as "57-NQ/TW"."""
    key = re.sub(r"\s+", "", symbol).replace("Ð", "Đ").replace("ð", "đ")
    return re.sub(r"/TƯ$", "/TW", key)


def same_key(key: str) -> str:
    """A form in which two spellings of one symbol are equal: "02-KH/BCĐTW" and "02-KH/BCDTW"."""
    return re.sub(r"[^a-z0-9/-]", "", strip_marks(canonical(key)))


def _act(text: str, symbol: _Symbol, floor: int, ceiling: int, days: list[Date]) -> Act:
    lead = _lead_before(text, floor, symbol.start)
    start = lead.start() if lead else symbol.start
    date = _date_after(text, symbol.end, ceiling, days) or _date_before(text, start, symbol.start, days)
    end = max(symbol.end, date.end if date else 0)
    return Act(
        start=start,
        end=end,
        text=text[start:end],
        key=symbol.key,
        date=date.iso if date else "",
        kind=lead["lead"] if lead else "",
        title=(lead["title"] or "").strip(" ,") if lead else "",
    )


@cache
def _lead() -> re.Pattern[str]:
    """A lead word with what may stand between it and the symbol, up to the end of the text given."""
    leads = alternatives(gather("acts", "lead"))
    numbers = alternatives(gather("acts", "number"))
    return re.compile(
        rf"(?<!\w)(?P<lead>{leads})(?P<title>(?:(?!(?<!\w)(?:{leads})(?!\w))[^;:.\n]){{0,80}}?)\s*(?:(?:{numbers})\s*)?$",
        re.IGNORECASE,
    )


def _lead_before(text: str, floor: int, end: int) -> re.Match[str] | None:
    """The last lead word before a symbol with nothing between but a title and "số"."""
    return _lead().search(text, max(floor, end - _REACH - 60), end)


def _date_after(text: str, start: int, ceiling: int, days: list[Date]) -> Date | None:
    """The date of the act: right after its symbol, or after its issuer ("… of the Politburo dated …")."""
    for day in days:
        if start <= day.start < min(ceiling, start + _DATE_REACH) and len(day.iso) == 10:
            between = text[start : day.start]
            if _AFTER_KEY.match(between) or _issuer_between(between):
                return day
            return None
    return None


@cache
def _issuer() -> re.Pattern[str]:
    dated = r"ngày|dated|of|on|du|en\s+date\s+du|le|issued\s+on|ban\s+hành\s+ngày"
    return re.compile(
        r"\s*,?\s*(?:của|of|by|issued\s+by|de\s+la|de\s+l['’]|du|des|adoptée?\s+par|" + r"ban\s+hành)\s*"
        rf"[^;:\n.]{{2,100}}?[\s,(](?:{dated})?\s*",
        re.IGNORECASE,
    )


def _issuer_between(between: str) -> bool:
    """Only an issuer stands between the symbol and the date: no clause with other business, no other act."""
    return bool(_issuer().fullmatch(between)) and not re.search(
        r"(?<!\w)(?:và(?! của)|and(?! of)|et(?! du| de)|trước|before|avant)(?!\w)", between
    )


def _date_before(text: str, start: int, end: int, days: list[Date]) -> Date | None:
    """ "Resolution of 22 December 2024, No. 57-NQ/TW": a date between the lead word and the symbol."""
    return next((d for d in days if start <= d.start and d.end <= end and len(d.iso) == 10), None)


@cache
def _name() -> re.Pattern[str]:
    """A law by its name: "Luật Đất đai năm 2024", "Law on Education", "loi sur l'enseignement professionnel"."""
    year = r"(?:19|20)\d\d"
    vi = (
        r"(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp|Điều lệ)\s+[A-ZĐ]\w*(?:[ ,]+(?!năm|và|ngày)[a-zà-ỹđ]\w*){0,6}?"
        rf"\s+(?:năm\s+)?{year}"
    )
    en = (
        r"(?:Law|Code|Ordinance|Act) on (?:the )?[A-Z]\w*(?:,? (?:and |of |the |on )*[A-Z]\w*){0,6}"
        rf"(?: (?:of )?{year})?"
    )
    fr = rf"[Ll]oi sur (?:la |le |les |l['’])\w+(?: (?:de |du |des |de l['’])?\w+){{0,3}}? de {year}"
    return re.compile(rf"(?<!\w)(?:{vi}|{en}|{fr})(?!\w)")


_NAMING = ("uật", "háp", "Điều lệ", "Law", "Code", "Ordinance", "Act", "oi sur")  # parts of the words that open a name


def _named(text: str, acts: list[Act]) -> list[Act]:
    """Laws cited by name alone, where no symbol follows."""
    if not any(map(text.__contains__, _NAMING)):
        return []
    return [
        Act(match.start(), match.end(), match[0], re.sub(r"\s+", " ", match[0]), kind=match[0].split()[0])
        for match in _name().finditer(text)
        if not any(a.start < match.end() and match.start() < a.end for a in acts)
    ]
