"""The numbers of a reference: their forms, lists, ranges and brackets, and one spelling for each."""

from __future__ import annotations

import re
from functools import cache
from typing import get_args

from feedback_synth.datamodel.draft import Level
from feedback_synth.languages.words import alternatives, gather

_LETTERS = "abcdđeghiklmnopqrstuvxy"  # points of Vietnamese drafts
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_ROMANS = dict(zip(map(str, range(1, 11)), "I II III IV V VI VII VIII IX X".split(), strict=True))
ROMAN = r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
SUFFIX = r"(?:[ -]?(?:bis|ter|quater|quinquies|sexies|septies|octies|nonies)(?!\w))"
# Articles of codes: "L. 111-1", "LO 111-3", "R.* 421-1", and "L. 114-1 A" where no word can begin with that letter.
CODED = (
    r"(?:L\.?\s?[OP]|[LRDA])\.?\s?\*{0,2}\s?\d+(?:-\d+)*"
    r"(?:\s(?-i:[A-Z])(?=\s*(?:[.,;:)]|$|(?:du|de|des|et|ou|à|au|ainsi)\s)))?"
)
NTH = r"\d+(?:er|re|e|ème|st|nd|rd|th)(?!\w)"  # "3e tiret": the ordinal of what follows
# A letter a space behind its number ("item 3 c of …"): only where it is closed or led on; "a" may be a word.
SPACED_LETTER = (
    r"\s(?:[b-xzđ](?=\s*[).,;:/]|\s*$|\s+(?:of|in|on|về|của|thuộc|de|du|sur)\b)"
    r"|a(?=\s*[),;:/]|\s*\.?$|\s+(?:of|của|thuộc)\b))(?!['’])"
)
_SINGLE_LETTER = {"annex", "part", "point", "subpoint", "clause", "table", "section", "subsection", "chapter", "title"}
_LISTING = frozenset(("điều", "dieu"))  # articles of which several may follow the word alone: "Điều 4, 5"
# A letter that is also a word ("le point a été", "điểm y tế") counts only where it is closed or led on.
_WORD_LETTERS = (
    r"(?=\s*[).,;:/]|\s*$|\s+(?:khoản|mục|điều|phần|tiểu|của|thuộc|và|đến"
    r"|of|in|and|to|de|du|et|à|clause|alinéa|article|section|part)\b)"
)


def is_roman(number: str) -> bool:
    return bool(re.fullmatch(r"[IVXL]+", number))


def normalise(number: str, level: str) -> str:
    """One spelling: "01" -> "1", Roman in capitals, letters small, "4bis" -> "4 bis", "L. 111-1" -> "L111-1"."""
    number = number.strip()
    if re.fullmatch(CODED, number, re.IGNORECASE):
        return re.sub(r"[.\s*]", "", number)
    if level in ("annex", "table", "part", "section", "chapter", "title") and len(number) == 1 and number.isalpha():
        return number.upper()
    if re.fullmatch(r"[IVXLivxl]+(?:\.\d+)*\.?[a-zđ]?", number) and number[0].isupper():
        return re.sub(r"^[IVXL]+", lambda m: m[0].upper(), number)
    number = re.sub(r"(?<=\d)[ -]?(?=bis|ter|quater|quinquies|sexies|septies|octies|nonies)", " ", number.lower())
    return re.sub(r"(?<![\d.])0+(?=\d)", "", number)


def ordinal_number(level: str, number: str) -> str:
    """ "Phần thứ hai" is written "Phần II" elsewhere."""
    return _ROMANS.get(number, number) if level == "part" else number


def one_spaced(word: str) -> str:
    return re.sub(r"\s+", " ", word).lower()


def is_number(text: str, match: re.Match[str], word: str, level: str, number: str) -> bool:
    """Whether this is a number here: letters only where levels have letters, and not the words "a", "y", "I"."""
    if not number.isalpha():
        return True
    if re.fullmatch(r"[IVXL]+", number):
        return number != "I" or level in ("part", "section", "annex", "chapter", "title", "table")
    if level == "indent":
        return len(number) == 1 and number.islower() and _free_letter(text, match, word, number)
    if len(number) > 1 or level not in _SINGLE_LETTER:
        return False
    closed = text[match.end("number") : match.end("number") + 1] == ")"
    if level in ("annex", "part", "table", "section", "chapter", "title", "subsection"):
        return number.isupper() or closed
    if not (number.islower() or closed or word != "điểm"):
        return False
    return closed or number.lower() not in ("a", "y", "o", "u", "à") or _free_letter(text, match, word, number)


def _free_letter(text: str, match: re.Match[str], word: str, number: str) -> bool:
    if word in ("điểm", "tiết") and number.lower() == "a":
        return True
    return bool(re.match(_WORD_LETTERS, text[match.end("number") :]))


def further_numbers(text: str, match: re.Match[str], level: str, first: str) -> tuple[list[str], int]:
    """The further numbers of a list or range, as far as they are of the first one's kind, and where they end."""
    out: list[str] = []
    end = match.end("inner") if match["inner"] else match.end("number")
    if text[end : end + 1] == ")":
        end += 1
    for part in _further().finditer(text, match.start("also"), match.end("also")):
        number = normalise(part["number"], level)
        if _kind(number) != _kind(first) or (part["number"].isalpha() and not _listed_letter(text, part)):
            break
        out += _range(out[-1] if out else first, number) if _is_range_mark(part["mark"]) else [number]
        end = part.end()
    return out, end


_INNER_PATH = re.compile(
    r"\s*,\s*(?P<clause>\d{1,2})(?:\s*,\s*\(?(?P<letter>[a-zđ])\)?|\s?\(?(?P<close>[a-zđ])\)?)?(?=\s*(?:[:;)\]]|\.?\s*$|\.\s))"
)


def path_of(text: str, match: re.Match[str], word: str) -> tuple[tuple[tuple[Level, str], ...], int] | None:
    """The clause and point behind an article of which only the article has its word ("Art. 2, 1, d"), and their end.

    A bare number behind "Điều 4" or "Articles 4" is one more article, unless it is smaller or a letter follows.
    """
    path = _INNER_PATH.match(text, match.end("number"))
    first = match["number"]
    if path is None or not first.isdigit() or match["inner"]:
        return None
    letter = path["letter"] or path["close"]
    lists = word.endswith("s") or word in _LISTING
    if not letter and lists and int(path["clause"]) > int(first):
        return None
    clause: tuple[tuple[Level, str], ...] = (("clause", path["clause"]),)
    return (*clause, ("point", letter)) if letter else clause, path.end()


def _listed_letter(text: str, part: re.Match[str]) -> bool:
    """A letter after "và" that is not a word: "điểm a và b" but not "điểm a và y tế"."""
    return part[0].endswith(")") or not re.match(r"\s+[a-zà-ỹ]{2,}", text[part.end() :]) or part["number"] not in "ayou"


@cache
def _further() -> re.Pattern[str]:
    marks = alternatives(gather("links", "list") + gather("links", "range"))
    return re.compile(
        rf"\s*(?P<mark>,|;|/|-|–|{marks})\s*\(?(?P<number>{CODED}|(?!{NTH})\d+(?:\.\d+)*{SUFFIX}?[a-zđ]?(?!\w|%)"
        rf"|(?=[IVXL]){ROMAN}(?!\w|['’])|[A-Za-zđĐ](?!\w|['’]))\)?",
        re.IGNORECASE,
    )


def _is_range_mark(mark: str) -> bool:
    return mark in "-–" or one_spaced(mark) in {w.lower() for w in gather("links", "range")}


def _kind(number: str) -> str:
    return "digit" if number[0].isdigit() else "roman" if re.fullmatch(r"[IVXL]+", number) else "letter"


def span_of(first: str, last: str) -> tuple[str, ...]:
    """The numbers from ``first`` to ``last``, both included."""
    return (first, *_range(first, last))


def _range(first: str, last: str) -> list[str]:
    """The numbers after ``first`` up to ``last``; letters in the order of Vietnamese points when đ or j-free."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < 500:
        return [str(n) for n in range(int(first) + 1, int(last) + 1)]
    stem, _, start = first.rpartition("-")
    if stem and last.startswith(f"{stem}-") and start.isdigit() and last[len(stem) + 1 :].isdigit():
        return [f"{stem}-{n}" for n in range(int(start) + 1, int(last[len(stem) + 1 :]) + 1)][-500:]
    letters = _LETTERS if first in _LETTERS and last in _LETTERS else _ALPHABET
    if len(first) == len(last) == 1 and first in letters and last in letters:
        return list(letters[letters.index(first) + 1 : letters.index(last) + 1])
    romans = list(_ROMANS.values())
    if first in romans and last in romans:
        return romans[romans.index(first) + 1 : romans.index(last) + 1]
    return [last]


def bracketed(brackets: str, level: str) -> list[tuple[Level, str]]:
    """ "(2)(b)" after an article: clause 2, point b; after a clause: point b."""
    ladder = [x for x in get_args(Level) if x in ("article", "clause", "point", "subpoint", "indent")]
    out: list[tuple[Level, str]] = []
    rank = ladder.index(level) if level in ladder else 0
    for value in re.findall(r"\w+", brackets):
        if value.isdigit() or rank >= 1:
            rank += 1
        else:
            rank = 2  # a letter right after an article names a point
        out.append((ladder[min(rank, len(ladder) - 1)], value.lower()))
    return out
