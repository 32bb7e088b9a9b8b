"""The parts of a reference: a level word with its number, list or range, in every language at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from feedback_synth import languages
from feedback_synth.datamodel.draft import Level
from feedback_synth.languages.reference_numbers import (
    CODED,
    NTH,
    ROMAN,
    SPACED_LETTER,
    SUFFIX,
    bracketed,
    further_numbers,
    is_number,
    normalise,
    one_spaced,
    ordinal_number,
)
from feedback_synth.languages.words import alternatives, gather, structure

_ALONE = ("căn cứ pháp lý", "phần căn cứ", "legal basis", "legal bases", "preamble", "visas", "préambule")


@dataclass(frozen=True, slots=True)
class Component:
    """A level with its number(s): "khoản 2" or "Articles 4 et 5"; ``inner`` are bracketed levels, "(2)(b)"."""

    start: int
    end: int
    level: str  # a Level, or "page", "line", "table", "row", "preamble"
    numbers: tuple[str, ...]
    inner: tuple[tuple[Level, str], ...] = ()
    splits_letter: bool = False  # "3c" is number 3 with point c
    from_bottom: bool = False
    siblings: tuple[str, ...] = ()  # further values of the last bracket: "(1)(a) and (b)"
    sign: bool = False  # written "§", which is a section, or a clause of the article beside it


def components(text: str) -> list[Component]:
    """The components of ``text`` in order, without overlaps."""
    short = list(_abbreviated(text))
    found = [c for c in _written(text) if not any(a.start < c.end and c.start < a.end for a in short)]
    return sorted([*found, *short], key=lambda c: c.start) if short else found


def _written(text: str) -> list[Component]:
    """The components whose level is written out."""
    found: list[Component] = []
    pattern, openers = _component(), _openers()
    for token in _TOKEN.finditer(text):
        if token[0].lower() not in openers and not _OPENING_NUMBER.fullmatch(token[0]):
            continue  # matching only where a component can begin saves nine tenths of the time
        if found and token.start() < found[-1].end:
            continue
        match = pattern.match(text, token.start())
        part = _read(text, match) if match else None
        if part is not None:
            found.append(part)
    return found


_ABBREVIATED = re.compile(
    r"(?P<word>[KkĐđ])(?<![^\W\d_].)(?:\.?\s?(?P<number>\d{1,3}[a-zđ]?)(?![^\W_]|[.,]?\d)(?!\s?%)"
    r"|(?P<compact>\.?\d{1,2})(?=[Đđ]\.?\d))"
)
_BESIDE = r"(?:[KkĐđ]\.?\s?\d|khoản\s|điểm\s|Điều\s)"


def _abbreviated(text: str) -> Iterator[Component]:
    """ "k2 Đ4", "Đ.4 K.2", "Đ4 khoản 2": a letter is a level only beside another level of the same place."""
    for match in _ABBREVIATED.finditer(text):
        after = re.match(rf"[\s,/-]*(?:của\s+)?{_BESIDE}", text[match.end() :])
        before = re.search(
            rf"{_BESIDE}\w*[a-zđ]?[\s,/-]*(?:của\s+)?$", text[max(0, match.start() - 16) : match.start()]
        )
        if after or before:
            number = match["number"] or match["compact"].lstrip(".")
            level = "clause" if match["word"] in "Kk" else "article"
            yield Component(match.start(), match.end(), level, (normalise(number, level),))


_TOKEN = re.compile(r"§|\d+\s?°|\d*[^\W\d_]+")
_OPENING_NUMBER = re.compile(r"[IVXL]+|\d+\s?°")


@cache
def _openers() -> frozenset[str]:
    """The first word of everything that can open a component, in lower case."""
    words = [*_level_of(), *_ordinals(), *_ALONE]
    return frozenset(m[0].lower() for w in words if (m := _TOKEN.match(w)))


def is_range(text: str, first: Component, last: Component) -> bool:
    """Whether the two stand as "từ Điều 3 đến Điều 5" or "Article 3 to Article 5"."""
    between = text[first.end : last.start].strip().lower()
    before = text[max(0, first.start - 8) : first.start]
    if between in {w.lower() for w in structure("en")["links"]["range"]} | {"đến", "tới"}:
        return True
    starts = alternatives(gather("links", "range_start"))
    return between in {w.lower() for w in gather("links", "range")} and bool(
        re.search(rf"(?<!\w)(?:{starts})\s*(?:l['’])?$", before, re.I)
    )


def connector(between: str, wide: bool = False) -> bool:
    """Whether ``between`` joins two components of one place; ``wide`` also lets draft words through."""
    return bool(_connector(wide).fullmatch(between))


@cache
def _connector(wide: bool) -> re.Pattern[str]:
    words = (
        gather("links", "to_outer")
        + gather("links", "list")
        + ([*gather("acts", "draft"), "the", "la", "le"] if wide else [])
    )
    words += ["the", "de l'", "de l’"]
    return re.compile(rf"\s*[,(/;-]?\s*(?:(?:{alternatives(words)})(?!\w)\s*,?\s*)*(?:l['’])?\s*[(]?\s*", re.IGNORECASE)


@cache
def _level_of() -> dict[str, str]:
    """Level of each level word, in lower case."""
    table: dict[str, str] = {}
    for code in languages.codes():
        places = structure(code)["places"]
        for level in ("table", "page", "line", "row", "passage"):
            table.update({w.lower(): level for w in places.get(level, ()) if w.lower() not in table})
        for level, words in structure(code)["levels"].items():
            table.update({w.lower(): level for w in words})
    return table


@cache
def _plural_words() -> frozenset[str]:
    """Words of the languages in which "3c" after a clause word is clause 3, point c."""
    return frozenset(
        w.lower() for c in languages.codes() for w in structure(c)["levels"].get("clause", ()) if c != "vi"
    )


@cache
def _ordinals() -> dict[str, str]:
    return {
        w.lower(): number
        for code in languages.codes()
        for number, words in structure(code)["ordinals"].items()
        if number not in ("prefix", "edges")
        for w in words
    }


def _ordinals_before_nouns() -> str:
    """ "second paragraph", "deuxième alinéa"; a Vietnamese number before a level word counts ("hai điểm")."""
    return alternatives(
        w
        for c in languages.codes()
        if c != "vi"
        for n, ws in structure(c)["ordinals"].items()
        if n not in ("prefix", "edges")
        for w in ws
    )


@cache
def _component() -> re.Pattern[str]:
    words = alternatives(_level_of())
    ordinals = alternatives(_ordinals())
    prefixes = alternatives(gather("ordinals", "prefix"))
    number = (
        rf"(?:{CODED}|(?!{NTH})\d+(?:[.-]\d+)*{SUFFIX}?[a-zđ]?(?!\w|%)"
        rf"|(?=[IVXL]){ROMAN}(?:\.\d+(?:\.\d+)*)?(?:\.?[a-zđ])?(?!\w|['’])|[A-Za-zđĐ](?!\w|['’]))"
    )
    also = (
        rf"(?:\s*(?:,|;|/|-|–|{alternatives(gather('links', 'list') + gather('links', 'range'))})\s*(?:{number}\)?))*"
    )
    siblings = rf"(?:\s*(?:,|{alternatives(gather('links', 'list'))})\s*\(\w{{1,3}}\))*"
    edges = alternatives(w for c in languages.codes() for w in structure(c)["ordinals"].get("edges", ()))
    inner = rf"(?:(?:\s?\([\w]{{1,4}}\)|\s[a-zđ]\))+|{SPACED_LETTER})?"
    return re.compile(
        rf"(?<![\w])(?P<word>{words})(?![^\W\d_])(?:\s+(?:số|no\.?|n°)|\s*)\s*"
        rf"(?:(?:(?:{prefixes})\s+)(?P<nth>{ordinals})(?!\w)|(?P<edge>{edges})(?!\w)|(?P<first>premier|première|1er|1re)(?!\w)"
        rf"|(?:(?:{prefixes})\s+)?[(]?(?P<number>{number})\)?(?P<inner>{inner})(?P<siblings>{siblings})(?P<also>{also}))"
        rf"|(?<!\w)(?P<before>{_ordinals_before_nouns()})\s+(?P<noun>{words})(?!\w)"
        rf"|(?<![\w.])(?P<part>(?=[IVX]){ROMAN})(?=[\s,.-]+(?:{words})\s+\d)"
        rf"|(?<![\w.])(?P<path>(?=[IVX]){ROMAN}\.\d+(?:\.\d+)*(?:\.[a-zđ](?!\w)|\s?[a-zđ]\))?)(?!\w)"
        rf"|(?<=[,\s])(?P<paragraph>(?=[IVX]){ROMAN})(?=\s*(?:[,;:.)]|$|\d+\s?°))"
        rf"|(?<!\w)(?P<degree>\d{{1,2}})\s?°(?!\s?C(?!\w))"
        rf"|(?<=\b[dD]u\s)(?P<roman>(?=[IVX]){ROMAN})(?=\s+(?:de|du)(?!\w))"
        rf"|(?<!\w)(?P<alone>{alternatives(_ALONE)})(?!\w)",
        re.IGNORECASE,
    )


def _roman_part(match: re.Match[str]) -> Component | None:
    """ "II mục 3", "III.2.b" or the "I" of "2° du I de l'article 3"."""
    if match[0][0].islower():
        return None
    level = "clause" if match["roman"] else "part" if match["part"] else "section"
    return Component(match.start(), match.end(), level, (re.sub(r"\s?([a-zđ])\)$", r"\1", match[0]),))


_ARTICLE_BEFORE = re.compile(
    r"(?P<elided>l['’])?(?<!\w)art(?:icle|\.)\s+(?:premier|1er|[\w.-]+)\s*,\s*$", re.IGNORECASE
)


def _paragraph(text: str, match: re.Match[str]) -> Component | None:
    """The Roman paragraph of "l'article 3, I, 3°"; the English word "I" is none."""
    before = _ARTICLE_BEFORE.search(text, max(0, match.start() - 40), match.start())
    if before is None or not match[0].isupper():
        return None
    if match[0] == "I" and not before["elided"] and not re.match(r"\s*,?\s*\d+\s?°", text[match.end() :]):
        return None
    return Component(match.start(), match.end(), "clause", (match[0],))


def _read(text: str, match: re.Match[str]) -> Component | None:
    if match["alone"]:
        return Component(match.start(), match.end(), "preamble", ("",))
    if match["degree"]:
        return Component(match.start(), match.end(), "point", (match["degree"],))
    if match["part"] or match["path"] or match["roman"]:
        return _roman_part(match)
    if match["paragraph"]:
        return _paragraph(text, match)
    if match["before"]:
        level = _level_of()[one_spaced(match["noun"])]
        number = _ordinals()[one_spaced(match["before"])]
        return Component(match.start(), match.end(), level, (number,)) if level in _COUNTED else None
    word = one_spaced(match["word"])
    level = _level_of()[word]
    if match["nth"] or match["edge"]:
        number = ordinal_number(level, _ordinals()[one_spaced(match["nth"] or match["edge"])])
        return _with_bottom(text, Component(match.start(), match.end(), level, (number,)))
    if match["first"]:
        return Component(match.start(), match.end(), level, ("1",))
    return _numbered(text, match, word, level)


_LETTERED = {"article", "section", "subsection", "clause", "point"}
_COUNTED = {"passage", "clause", "indent", "article", "point", "row", "line", "part", "chapter", "section"}


def _numbered(text: str, match: re.Match[str], word: str, level: str) -> Component | None:
    first = match["number"]
    end = match.end()
    if _compound().search(text, max(0, match.start() - 12), match.end("word")):
        return None
    if not is_number(text, match, word, level, first):
        return None
    numbers = [normalise(first, level)]
    if match["also"]:
        more, end = further_numbers(text, match, level, numbers[0])
        numbers += more
    if level in ("page", "line", "passage"):
        numbers = [n.split("-")[0] for n in numbers[:1]]
        if not numbers[0].isdigit() or (level == "passage" and len(numbers[0]) > 2):
            return None
    splits = level in ("section", "subsection") or word in _plural_words()
    inner = tuple(bracketed(match["inner"] or "", level))
    if match["inner"] and not match["inner"].endswith(")") and level not in _LETTERED:
        inner, end = (), match.end("number")
    siblings = tuple(re.findall(r"\((\w+)\)", match["siblings"] or "")) if inner else ()
    found = Component(
        match.start(), end, level, tuple(dict.fromkeys(numbers)), inner, splits, False, siblings, word == "§"
    )
    return _with_bottom(text, found)


def _with_bottom(text: str, part: Component) -> Component:
    """A line with the words that say from which end it is counted."""
    counted = _bottom().match(text, part.end) if part.level == "line" else None
    return replace(part, end=counted.end(), from_bottom=bool(counted["bottom"])) if counted else part


@cache
def _compound() -> re.Pattern[str]:
    """A word that ends in a level word without being one, right before a number."""
    return re.compile(rf"(?<!\w)(?:{alternatives(gather('compounds', 'words'))})$", re.IGNORECASE)


@cache
def _bottom() -> re.Pattern[str]:
    bottom = alternatives(gather("places", "from_bottom"))
    top = r"từ\s+trên\s+xuống|from\s+the\s+top|en\s+partant\s+du\s+haut|à\s+partir\s+du\s+haut"
    return re.compile(rf"\s*[,(]?\s*(?:(?P<bottom>{bottom})|{top})\)?", re.IGNORECASE)
