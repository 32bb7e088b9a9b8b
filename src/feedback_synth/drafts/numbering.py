"""What stands at the start of a line: a heading ("Điều 5.", "TITRE PREMIER") or an enumerator ("1.", "a)", "I -")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from feedback_synth import languages
from feedback_synth.languages.words import alternatives, structure

Style = Literal["upper", "roman", "arabic", "decimal", "degree", "lower", "lower_roman", "dash", "plus"]
STYLE_RANK: dict[str, int] = {
    style: rank
    for rank, style in enumerate(
        ("upper", "roman", "arabic", "decimal", "degree", "lower", "lower_roman", "dash", "plus")
    )
}
VIETNAMESE_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LATIN = (
    r"(?:bis|quater|quinquies|sexies|septies|octies|nonies|(?:un|duo|ter|quater|quin|sex|sept|octo|novo)?decies|ter)"
)
_SUFFIX = rf"(?:\s?{_LATIN}(?!\w))"
# Articles of codes: "L. 111-1", "LO 111-3", "R.* 421-1", "L. 114-1 A".
_CODED = r"(?:L\.?\s?[OP]|[LRDA])\.?\s?\*{0,2}\s?\d+(?:-\d+)*(?:[ -](?-i:[A-Z])(?=\s*(?:[.:–—-]|$)))?"
_LETTERED = (
    rf"(?:-0)?(?:\s(?-i:[A-Z]{{1,3}})(?=[\s.:]|$)(?:{_SUFFIX})?)?"  # "223 A", "199 terdecies-0 A", "150-0 B ter"
)
_NOTE_MARKS = re.compile(r"(?:\[\d{1,3}\]\s*)+")  # "2.[3] Tổ chức …": marks of footnotes in consolidated texts
_FRESH = r"(?:\s\([^\W\d_]{5,10}\))?"  # "III (nouveau). –"
_FIRST = {"upper": "A", "roman": "I", "arabic": "1", "degree": "1", "lower": "a", "lower_roman": "i"}
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading by its level word: ``word`` canonical ("Điều"), ``number`` normalised, text from ``rest`` on."""

    level: str
    word: str
    number: str
    rest: int
    closed: bool  # whether a mark or the line's end follows the number
    shown: str = ""  # the number as the draft writes it, where that differs ("L. 111-1", "thứ nhất")


@dataclass(frozen=True, slots=True)
class Enumerator:
    """A list mark; ``paren`` tells "(1)" and "1)" from "1."."""

    style: Style
    number: str
    paren: str
    rest: int


# ---- headings ------------------------------------------------------------------------------------
# "Articles 3 et 4", "Sections 12 to 15 (repealed)": one heading for several, alone on its line.
_ALSO = r"(?:,\s*|\s+(?:et|à|and|to)\s+)\d+[^\s,(]*(?=\s*(?:,\s*\d|(?:et|à|and|to)\s+\d|\(|$))"
_ALSO = rf"(?:{_ALSO})+"
_HEADED = ("annex", "part", "title", "chapter", "section", "subsection", "article")


@cache
def _heading_words(code: str) -> dict[str, tuple[str, str]]:
    """(level, canonical word) of each word that opens a heading, in lower case."""
    words: dict[str, tuple[str, str]] = {}
    for level in _HEADED:
        for word in structure(code)["levels"].get(level, ()):
            words[word.lower()] = (level, _canonical(word, structure(code)["levels"][level]))
    for word in structure(code)["headings"].get("never", ()):
        words.pop(word.lower(), None)  # such a word only refers: "item 3 of Part II"
    for level, more in structure(code)["headings"].items():
        words.update({word.lower(): (level, word) for word in more if level in _HEADED})
    return words


def _canonical(word: str, words: list[str]) -> str:
    """The word printed in labels: "Art." and "Articles" print as "Article", "Sec." as "Section", "§" as itself."""
    stem = word.lower().rstrip(".s")
    fuller = [w for w in words if w.lower().startswith(stem)]
    return fuller[0] if fuller and word[:1].isalpha() else word


@cache
def _heading_pattern(code: str) -> re.Pattern[str]:
    words = alternatives(_heading_words(code))
    numbers = alternatives(_number_words(code))
    unnumbered = alternatives(structure(code).get("headings", {}).get("unnumbered", ()))
    number = (
        rf"{_CODED}|\d+(?:[-.]\d+)*(?:er(?=\s?{_LATIN})|[a-zđ])?{_SUFFIX}?{_LETTERED}|(?<![^\W\d_])[IVXLC]+(?:er|ER|[a-z])?{_SUFFIX}?(?![^\W_])"
        rf"|annexe(?:\s+(?:[IVXLC]+|\d+)(?:-\d+)*)?(?!\w)|(?:{unnumbered})(?!\w)|(?<![^\W\d_])[A-Z](?![^\W_])"
        rf"|(?:thứ\s+)?(?:{numbers})(?!\w)|premier|première|1er|1re"
    )
    return re.compile(
        rf"(?P<word>{words})(?:\s+(?:số|no\.?|n°)|(?<=§)|)\s*(?P<number>{number})(?:er|re|ère)?(?P<also>{_ALSO})?"
        rf"(?:\[\d{{1,3}}\])*(?:{_twin()})?(?P<close>\s*(?:[.:][ \t]*[-–—]?|[-–—]{{1,2}}|$|[)])\s*|\s+)"
        rf"|(?P<before>{numbers})\s+(?P<noun>{words})(?P<end>\s*[.:–-]\s*|$)",
        re.IGNORECASE,
    )


@cache
def _twin() -> str:
    """The heading again in another language: "ANNEX I (PHỤ LỤC I). Form"."""
    words = alternatives(sorted({word for code in languages.codes() for word in _heading_words(code)}))
    return rf"\s*\((?:{words})\s+\w+\)(?=\s*[.:–—-])"


@cache
def _bare_annex(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(structure(code)['levels']['annex'])})s?\s*[:.]?\s*$", re.IGNORECASE)


@cache
def _number_words(code: str) -> dict[str, str]:
    """Number words of headings: "Phần thứ nhất", "PART ONE", "TITRE DEUXIÈME"."""
    tables = [structure(code).get("cardinals", {}), structure(code).get("ordinals", {})]
    return {w.lower(): n for table in tables for n, words in table.items() if n.isdigit() for w in words}


@cache
def _initials(code: str) -> frozenset[str]:
    """The letters with which a heading may begin; most other lines begin with another one."""
    words = [*_heading_words(code), *_number_words(code), *structure(code)["levels"]["annex"]]
    return frozenset(word[0].lower() for word in words)


def heading(text: str, code: str) -> Heading | None:
    """The heading that opens ``text``, or None. Whether it is one in its place is for the builder to judge."""
    if not (text[:1].isupper() and text[0].lower()[0] in _initials(code)) and text[:1] not in "§":
        return None
    if _bare_annex(code).match(text):
        return Heading("annex", structure(code)["levels"]["annex"][0], "", len(text), True)
    match = _heading_pattern(code).match(text)
    if match is None:
        return None
    level, word = _heading_words(code)[_plain(match["word"] or match["noun"])]
    if match["noun"]:
        return Heading(level, word, _roman_of(_number_words(code)[_plain(match["before"])]), match.end(), True)
    closed = bool(match["close"].strip()) or match.end() == len(text) or word == "§"
    number = _heading_number(match["number"], level, code)
    if match["also"]:
        return Heading(level, word, _one_spaced(number + match["also"]), match.end(), closed)
    written = _one_spaced(match["number"])
    shown = written if is_coded(number) else written.lower() if written[:4].lower() == "thứ " else ""
    return Heading(level, word, number, _past_notes(text, match.end()), closed, shown)


def _past_notes(text: str, place: int) -> int:
    """``place``, or where the marks of footnotes that stand there end."""
    match = _NOTE_MARKS.match(text, place) if text[place : place + 1] == "[" else None
    return match.end() if match else place


def _heading_number(number: str, level: str, code: str) -> str:
    if number.isascii() and number.isdigit():
        return number.lstrip("0") or "0"
    plain = _plain(number).removeprefix("thứ ")
    if plain in ("premier", "première", "1er", "1re", "ier"):
        return "1" if level == "article" else "I"
    if plain in _number_words(code):
        value = _number_words(code)[plain]
        return value if level == "article" else _roman_of(value)
    if _CODED_NUMBER.fullmatch(number):
        return re.sub(r"[.\s*]", "", number).upper()
    roman = _ROMAN_NUMBER.fullmatch(number)
    if roman and not number.islower():
        return (roman[1].upper() + " " + roman[2].strip().lower()).strip()
    return re.sub(r"^0+(?=\d)", "", _BEFORE_SUFFIX.sub(" ", number))


_CODED_NUMBER = re.compile(_CODED, re.IGNORECASE)
_ROMAN_NUMBER = re.compile(rf"([IVXLC]+?)(?:er)?({_SUFFIX}?)", re.IGNORECASE)
_BEFORE_SUFFIX = re.compile(rf"(?<=\d)(?:er)?\s?(?={_LATIN})", re.IGNORECASE)
_IN_CODE = re.compile(r"(?:L[OP]|[LRDA])\d")


def is_coded(number: str) -> bool:
    """Whether an article is numbered by the book and title of a code it stands in: "L111-1"."""
    return _IN_CODE.match(number) is not None


def bare_heading(text: str) -> Heading | None:
    """ "12 Registration": the number and title of a section of a British act."""
    match = _BARE.match(text)
    if match is None or len(text) > 120 or re.search(r"[.;,:—–]$", text):
        return None
    return Heading("section", "Section", match["number"], match.end(), True)


# "12 Registration", "1Overview" (as copied from a page), "3 “Garden”: meaning"
_BARE = re.compile(r"(?P<number>\d{1,3}[A-Z]{0,2})(?:\s+(?=[A-Z“‘])|(?=[A-Z][a-z]{2}))")
_BARE_PARAGRAPH = re.compile(r"(?P<number>\d{1,3}[A-Z]{0,2})(?:\s+(?=\(1\)|[A-Z“‘])|(?=\(1\)|[A-Z][a-z]))")


def bare_paragraph(text: str) -> Enumerator | None:
    """ "4 A fee is payable", "1 (1) In this Schedule": a paragraph of a schedule to a British act."""
    match = _BARE_PARAGRAPH.match(text)
    return Enumerator("arabic", match["number"], "", match.end()) if match else None


# ---- enumerators -----------------------------------------------------------------------------------
_ENUMERATORS: tuple[tuple[Style, str, re.Pattern[str]], ...] = (  # style, the signs a mark begins with, the mark
    ("decimal", r"\d", re.compile(r"(?P<n>\d{1,3}(?:\.\d{1,3})+)(?:\.(?!\d)|\)|(?=\s))\s*(?=[^\W\d_]|[\"“«(])")),
    (
        "degree",
        r"\d",
        re.compile(
            r"(?P<n>\d{1,3})\s?°"
            + rf"(?P<suffix>{_SUFFIX})?(?P<also>\s(?:et|à)\s\d{{1,3}}(?=\s?°))?(?:(?<=\d)\s?°)?"
            + r"\s*\.?\s*"
        ),
    ),
    ("arabic", "(", re.compile(r"(?P<open>\()(?P<n>\d{1,3}(?:[a-zđ]|[A-Z]{1,2})?)(?P<close>\))\s*")),
    (
        "arabic",
        r"\d",
        re.compile(rf"(?P<n>\d{{1,3}}[a-zđ]?{_SUFFIX}?)\s?(?P<close>[.)/])(?:\s*[-–—])?(?:\s+|(?=[^\W\d_]|\[\d)|$)"),
    ),
    ("arabic", r"\d", re.compile(r"(?P<n>\d{1,2})\s?(?P<close>[-–—])\s+(?=[^\W\d_])")),
    (
        "roman",
        "(IVXLC",
        re.compile(
            rf"(?P<open>\()?(?P<n>[IVXLC]+{_SUFFIX}?(?:\s(?:et|à)\s[IVXLC]+{_SUFFIX}?)?){_FRESH}\s?"
            r"(?P<close>[.)/]\s*[-–—]?|[-–—])(?:\s+|(?=[^\W\d_])|$)"
        ),
    ),
    (
        "upper",
        "(A-ZĐ",
        re.compile(rf"(?P<open>\()?(?P<n>[A-ZĐ]{_SUFFIX}?){_FRESH}\s?(?P<close>[.)/]\s*[-–—]?|[-–—]\s)\s*"),
    ),
    (
        "lower",
        "(a-zđ",
        re.compile(
            rf"(?P<open>\()?(?P<n>[a-zđ]\d?{_SUFFIX}?(?:\s(?:et|à)\s[a-z])?|(?P<x>[a-zđ])(?P=x))(?P<close>\))\s*"
        ),
    ),
    ("lower", "a-zđ", re.compile(r"(?P<n>[a-zđ])(?P<close>[./])\s+(?=\S)")),
    ("lower_roman", "(ivxl", re.compile(r"(?P<open>\()?(?P<n>[ivxl]{1,6})(?P<close>[).])\s*")),
    ("plus", "+", re.compile(r"(?P<n>\+)\s*(?=\S)")),
    ("dash", "-–—•·▪●○■□*", re.compile(r"(?P<n>[-–—•·▪●○■□*])\s*(?=[^\d\s])")),
    ("dash", "-–—•·▪●○■□", re.compile(r"(?P<n>[-–—•·▪●○■□])\s+(?=\S)")),
)


@lru_cache(maxsize=1024)
def _opened_by(sign: str) -> tuple[tuple[Style, re.Pattern[str]], ...]:
    """The marks that may begin with this character."""
    return tuple((style, pattern) for style, signs, pattern in _ENUMERATORS if re.match(rf"[{signs}]", sign))


def enumerators(text: str) -> list[Enumerator]:
    """The readings of the list mark that opens ``text``, best first: "i)" may be a letter or a Roman one."""
    out: list[Enumerator] = []
    for style, pattern in _opened_by(text[:1]):
        match = pattern.match(text) if style not in [e.style for e in out] else None
        if match is None:
            continue
        groups = match.groupdict()
        number = _one_spaced(groups["n"] + (groups.get("suffix") or "") + (groups.get("also") or ""))
        if style in ("roman", "lower_roman") and not 0 < roman_value(number.split()[0].upper()) < 60:
            continue
        paren = "(" if groups.get("open") else ")" if (groups.get("close") or "").startswith(")") else "."
        out.append(Enumerator(style, number, paren, _past_notes(text, match.end())))
    return out


def follows(style: str, last: str, number: str) -> bool:
    """Whether ``number`` comes right after ``last`` in a list of this style ("d" -> "đ" or "e", "2" -> "2a" or "3")."""
    if style in ("dash", "plus"):
        return True
    last, number = _end_of(last), _start_of(number)
    if style in ("roman", "lower_roman"):
        return _number_follows(_in_digits(last), _in_digits(number))
    if style in ("lower", "upper"):
        return _letter_follows(last.lower(), number.lower())
    if style == "decimal":
        a, b = last.split("."), number.split(".")
        return len(a) == len(b) and a[:-1] == b[:-1] and int(b[-1]) == int(a[-1]) + 1
    return _number_follows(last, number)


def first(style: str, number: str) -> bool:
    """Whether a list of this style may begin with ``number``."""
    number = _start_of(number)
    if style == "decimal":
        return number.endswith(".1")
    return style in ("dash", "plus") or number == _FIRST[style] or (style == "arabic" and number == "0")


def distance(style: str, last: str, number: str) -> int:
    """How many steps ``number`` lies after ``last`` (1 for the next); 0 or less when it does not come after it."""
    last, number = _end_of(last), _start_of(number)
    if style in ("roman", "lower_roman"):
        return _leading(_in_digits(number)) - _leading(_in_digits(last))
    if style in ("lower", "upper"):
        letters = VIETNAMESE_LETTERS if {last.lower(), number.lower()} <= set(VIETNAMESE_LETTERS) else _LATIN_LETTERS
        return letters.find(number.lower()) - letters.find(last.lower()) if len(number) == len(last) == 1 else 0
    if style == "decimal":
        a, b = last.split("."), number.split(".")
        return int(b[-1]) - int(a[-1]) if a[:-1] == b[:-1] else 0
    return _leading(number) - _leading(last)


def _letter_follows(last: str, number: str) -> bool:
    a, _, inserted = last.partition(" ")
    b, _, inserting = number.partition(" ")
    if inserting:  # a -> a bis -> a ter
        return a == b and inserted != inserting
    if b[1:].isdigit():  # đ -> đ1 -> đ2
        return a[:1] == b[0] and a[1:] < b[1:] and not a[1:].isalpha()
    if len(b) == 2:  # z -> aa -> bb
        return b[0] == b[1] and ((a == "z" and b == "aa") or (len(a) == 2 and ord(b[0]) == ord(a[0]) + 1))
    before = a[0] if a[1:].isdigit() or a == "aa" else a  # the letter from which the inserted ones hang
    return any(
        before in letters and letters.find(b) == letters.find(before) + 1
        for letters in (VIETNAMESE_LETTERS, _LATIN_LETTERS)
    )


def _end_of(number: str) -> str:
    """The last of several numbers: "4" of "3 et 4"."""
    return re.split(r",\s*| (?:et|à|and|to) ", number)[-1] if " " in number else number


def _start_of(number: str) -> str:
    """The first of several numbers: "3" of "3 et 4"."""
    return re.split(r",\s*| (?:et|à|and|to) ", number)[0] if " " in number else number


def _number_follows(last: str, number: str) -> bool:
    a, b = _leading(last), _leading(number)
    if a == b:  # 2 -> 2a, 2a -> 2b, 4 -> 4 bis
        return number != last and len(number) >= len(last)
    return b == a + 1


def _in_digits(number: str) -> str:
    """A Roman number in digits, what stands behind it kept: "VII bis" -> "7 bis"."""
    roman, blank, suffix = number.partition(" ")
    return f"{roman_value(roman.upper())}{blank}{suffix}"


def _leading(number: str) -> int:
    match = _DIGITS.match(number)
    return int(match[0]) if match else 0


_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


@lru_cache(maxsize=4096)
def roman_value(number: str) -> int:
    """The value of a Roman number, 0 if it is none."""
    if not number or not _ROMAN.fullmatch(number):
        return 0
    values = [_ROMAN_DIGITS[c] for c in number]
    return sum(-v if i + 1 < len(values) and values[i + 1] > v else v for i, v in enumerate(values))


def _roman_of(digits: str) -> str:
    return "I II III IV V VI VII VIII IX X".split()[int(digits) - 1] if 0 < int(digits) <= 10 else digits


def _plain(word: str) -> str:
    return _one_spaced(word).lower()


def _one_spaced(words: str) -> str:
    return " ".join(words.split())
