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
    path_of,
)
from feedback_synth.languages.reference_words import (
    RANKED,
    cardinals,
    level_of,
    marked_words,
    ordinals,
    ordinals_before_nouns,
    plural_words,
    weak_words,
    words_of,
)
from feedback_synth.languages.words import alternatives, gather, structure


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
    weak: bool = False  # a place only beside another one: "mục hai" may be two of anything


def components(text: str) -> list[Component]:
    """The components of ``text`` in order, without overlaps."""
    short = list(_abbreviated(text))
    found = [c for c in _written(text) if not any(a.start < c.end and c.start < a.end for a in short)]
    short += _bare_numbers(text, found)
    return sorted([*found, *short], key=lambda c: c.start) if short else found


def _written(text: str) -> list[Component]:
    """The components whose level is written out."""
    found: list[Component] = []
    pattern, openers = _component(), _openers()
    for token in _TOKEN.finditer(text):
        if token[0].lower().rstrip(")") not in openers and not _OPENING_NUMBER.fullmatch(token[0]):
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
    r"|(?P<compact>\.?\d{1,2})(?=\.?[KkĐđ]\.?\d))"
)
_BESIDE = r"(?:[KkĐđ]\.?\s?\d|khoản\s|điểm\s|Điều\s)"


def _abbreviated(text: str) -> Iterator[Component]:
    """ "k2 Đ4", "Đ.4 K.2", "Đ4 khoản 2": a letter is a level only beside another level of the same place."""
    for match in _ABBREVIATED.finditer(text):
        after = re.match(rf"[\s.,/-]*(?:của\s+)?{_BESIDE}", text[match.end() :])
        before = re.search(
            rf"{_BESIDE}\w*[a-zđ]?[\s.,/-]*(?:của\s+)?$", text[max(0, match.start() - 16) : match.start()]
        )
        if after or before:
            number = match["number"] or match["compact"].lstrip(".")
            level = "clause" if match["word"] in "Kk" else "article"
            yield Component(match.start(), match.end(), level, (normalise(number, level),))


_OUTER_LEVELS = {"part", "title", "chapter", "article"}


def _bare_numbers(text: str, found: list[Component]) -> Iterator[Component]:
    """ "1a of Part III", "3(b) của Điều 2", "le 2 de l'article 4": a number of which only the outer level is named."""
    end = 0
    for part in found:
        if part.level in _OUTER_LEVELS and (
            match := _bare_number().search(text, max(end, part.start - 30), part.start)
        ):
            letter = match["letter"] or match["bracketed"]
            inner: tuple[tuple[Level, str], ...] = (("point", letter),) if letter else ()
            number = match["number"] or match["plain"]
            yield Component(match.start(), match.end("mark"), "section", (number,), inner, sign=True)
        end = part.end


@cache
def _bare_number() -> re.Pattern[str]:
    """A number with a letter and perhaps "of", or in French one after "le" with "de"; up to the place around it."""
    of = alternatives(gather("links", "to_outer"))
    return re.compile(
        rf"(?<![\w.,/(-])(?P<mark>(?P<number>\d{{1,2}})(?:(?P<letter>[a-zđ])|\s?\(?(?P<bracketed>[a-zđ])\))"
        rf"|(?:(?<=\ble )|(?<=\bau )|(?<=\bdu ))(?P<plain>\d{{1,2}})(?=\s+de\s))"
        rf"(?:\s*,)?\s+(?:(?:{of})(?!\w)\s*(?:the\s+|la\s+|l['’])?)?$"
    )


_DECIMAL = r"\d{1,2}\.\d{1,2}(?:\s?\(?[a-zđ]\)|\.[a-zđ](?!\w))"  # "3.4(b)" without a level word
_TOKEN = re.compile(rf"§|(?<![\w.,]){_DECIMAL}|\d+\s?°|\d*[^\W\d_]+\)?")
_OPENING_NUMBER = re.compile(rf"[IVXL]+\)?|\d+\s?°|{_DECIMAL}|[a-z]\)")


@cache
def _openers() -> frozenset[str]:
    """The first word of everything that can open a component, in lower case."""
    words = [*level_of(), *ordinals(), *gather("places", "preamble")]
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
    words += ["the", "de l'", "de l’", *gather("links", "determiners")]
    return re.compile(
        rf"(?:\.(?!\s)|\s*[,(/;-]?)\s*(?:(?:{alternatives(words)})(?!\w)\s*,?\s*)*(?:l['’])?\s*[(]?\s*", re.IGNORECASE
    )


@cache
def _component() -> re.Pattern[str]:
    words = alternatives(level_of())
    nth = alternatives(ordinals())
    prefixes = alternatives(gather("ordinals", "prefix"))
    number = (
        rf"(?:{CODED}|\d+[.-](?-i:(?=[IVX]){ROMAN})(?:[.-]\d+)?(?!\w)|(?!{NTH})\d+(?:\.\d+|-\d+(?!\d*\.\d))*{SUFFIX}?(?:[.-]?[a-zđ])?(?!\w|%)"
        rf"|(?=[IVXL]){ROMAN}(?:[.-]\d+(?:\.\d+)*)?(?:[.-]?[a-zđ])?(?!\w|['’])|[A-Za-zđĐ](?!\w|['’]))"
    )
    marks = alternatives(gather("links", "list") + gather("links", "range"))
    also = rf"(?:\s*(?:,|;|/|-|–|{marks})\s*\(?(?:{number}\)?))*"
    siblings = rf"(?:\s*(?:,|{alternatives(gather('links', 'list'))})\s*\(\w{{1,3}}\))*"
    alone = alternatives(gather("places", "preamble"))
    edges = alternatives(w for c in languages.codes() for w in structure(c)["ordinals"].get("edges", ()))
    inner = rf"(?:(?:\s?\([\w]{{1,4}}\)|\s[a-zđ]\))+|{SPACED_LETTER})?"
    return re.compile(
        rf"(?<![\w])(?P<word>{words})(?![^\W\d_])(?:\s+(?:số|no\.?|n°)|\s*)\s*"
        rf"(?:(?:(?:{prefixes})\s+)(?P<nth>{nth})(?!\w)|(?P<spelled>{alternatives(cardinals())})(?!\w)|(?P<edge>{edges})(?!\w)|(?P<first>premier|première|1er|1re)(?!\w)"
        rf"|(?:(?:{prefixes})\s+)?[(]?(?P<number>{number})\)?(?P<inner>{inner})(?P<siblings>{siblings})(?P<also>{also}))"
        rf"|(?<!\w)(?P<before>{ordinals_before_nouns()})\s+(?P<noun>{words})(?!\w)"
        rf"|(?<![\w.])(?P<part>(?=[IVX]){ROMAN})(?=[\s,.-]+(?:{words})\s+\d)"
        rf"|(?<![\w.])(?P<path>(?=[IVX]){ROMAN}(?:\.\d+(?:\.\d+)*(?:\.?[a-zđ](?!\w)|\s?[a-zđ]\))?|-\d{{1,2}}-[a-zđ](?!\w)|/\d{{1,2}}/[a-zđ](?![\w/])|,\s?\d{{1,2}},\s?[a-zđ](?=\s*[:;.)]|$)))(?!\w)"
        rf"|(?<![\w.,])(?P<decimal>{_DECIMAL})"
        rf"|(?:(?<=\ble\s)|(?<=\bau\s)|(?<=\bdu\s))(?P<letter>[a-z])\)(?=\s+(?:du|de)\s)"
        rf"|(?<=[,\s])(?P<paragraph>(?=[IVX]){ROMAN})(?=\s*(?:[,;:.)]|$|\d+\s?°))"
        rf"|(?<!\w)(?P<degree>\d{{1,2}})\s?°(?!\s?C(?!\w))"
        rf"|(?<=\b[dD]u\s)(?P<roman>(?=[IVX]){ROMAN})(?=\s+(?:de|du)(?!\w))"
        rf"|(?<!\w)(?P<alone>{alone})(?!\w)",
        re.IGNORECASE,
    )


def _roman_part(match: re.Match[str]) -> Component | None:
    """ "II mục 3", "III.2.b" or the "I" of "2° du I de l'article 3"."""
    if match[0][0].islower():
        return None
    level = "clause" if match["roman"] else "part" if match["part"] else "section"
    number = re.sub(r"[-,/]\s?", ".", re.sub(r"\s?([a-zđ])\)$", r"\1", match[0]))
    return Component(match.start(), match.end(), level, (number,))


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
        below = re.match(r"\s*,?\s*([a-z])\)", text[match.end() :])
        inner: tuple[tuple[Level, str], ...] = (("subpoint", below[1]),) if below else ()
        return Component(match.start(), match.end() + (below.end() if below else 0), "point", (match["degree"],), inner)
    if match["decimal"]:
        number, letter = re.findall(r"\d+\.\d+|[a-zđ]", match["decimal"])
        return Component(match.start(), match.end(), "subsection", (number,), (("point", letter),))
    if match["letter"]:
        return Component(match.start(), match.end(), "point", (match["letter"],))
    if match["part"] or match["path"] or match["roman"]:
        return _roman_part(match)
    if match["paragraph"]:
        return _paragraph(text, match)
    if match["before"]:
        level = level_of()[one_spaced(match["noun"])]
        number = ordinals()[one_spaced(match["before"])]
        return Component(match.start(), match.end(), level, (number,)) if level in _COUNTED else None
    word = one_spaced(match["word"])
    level = level_of()[word]
    if match["nth"] or match["edge"]:
        number = ordinal_number(level, ordinals()[one_spaced(match["nth"] or match["edge"])])
        return _with_bottom(text, Component(match.start(), match.end(), level, (number,)))
    if match["first"]:
        return Component(match.start(), match.end(), level, ("1",))
    if match["spelled"]:
        return _spelled(match, level)
    return _numbered(text, match, word, level)


_SURE_IN_WORDS = {"article", "part", "chapter", "table", "annex"}
_SURE_EVERYWHERE = {"chapter", "annex"}


def _spelled(match: re.Match[str], level: str) -> Component | None:
    """A number in words; in Vietnamese, where it may count anything, a place only beside another one."""
    if level not in RANKED and level != "table":
        return None
    word, spelled = one_spaced(match["word"]), one_spaced(match["spelled"])
    number = cardinals()[spelled]
    sure = (
        level in (_SURE_EVERYWHERE if word in words_of("vi") else _SURE_IN_WORDS)
        and spelled not in structure("fr")["cardinals"]["1"]
    )
    return Component(match.start(), match.end(), level, (ordinal_number(level, number),), weak=not sure)


def _is_weak(text: str, match: re.Match[str], word: str) -> bool:
    """Whether this is a place only beside another: "khoan 3" and "điểm 3" inside a Vietnamese text with its marks."""
    unmarked = word.isascii() and word not in marked_words() and word in words_of("vi") and not text.isascii()
    scored = word == "điểm" and match["number"].isdigit() and match.start() > 0
    return word in weak_words() or unmarked or scored


_LETTERED_NUMBER = re.compile(r"\d{1,2}[a-zđ]")
_LETTERED = {"article", "section", "subsection", "clause", "point"}
_COUNTED = {"passage", "clause", "indent", "article", "point", "row", "line", "part", "chapter", "section", "table"}


def _numbered(text: str, match: re.Match[str], word: str, level: str) -> Component | None:
    first = match["number"]
    end = match.end()
    if _compound().search(text, max(0, match.start() - 12), match.end("word")):
        return None
    if not is_number(text, match, word, level, first):
        return None
    if _is_amount(text, match, level):
        return None
    numbers = [normalise(first, level)]
    path = path_of(text, match, word) if level == "article" else None
    if match["also"] and path is None:
        more, end = further_numbers(text, match, level, numbers[0])
        numbers += more
    if level in ("page", "line", "passage"):
        numbers = [n.split("-")[0] for n in numbers[:1]]
        if not numbers[0].isdigit() or (level == "passage" and len(numbers[0]) > 2):
            return None
    lettered = level in ("point", "indent") and _LETTERED_NUMBER.fullmatch(first) is not None
    if lettered:  # "điểm 3c" is point c of number 3
        level = "section"
    splits = level in ("section", "subsection") or word in plural_words()
    inner = tuple(bracketed(match["inner"] or "", level))
    if match["inner"] and not match["inner"].endswith(")") and level not in _LETTERED:
        inner, end = (), match.end("number")
    if path is not None:
        inner, end = path
    elif len(numbers) == 1 and not inner:
        inner, end = _tail(text, end, level, first)
    siblings = tuple(re.findall(r"\((\w+)\)", match["siblings"] or "")) if inner else ()
    found = Component(
        match.start(),
        end,
        level,
        tuple(dict.fromkeys(numbers)),
        inner,
        splits,
        False,
        siblings,
        word == "§" or lettered,
        _is_weak(text, match, word),
    )
    return _with_bottom(text, found)


def _is_amount(text: str, match: re.Match[str], level: str) -> bool:
    """Whether the number counts money or time: "khoản 3 tỷ đồng", "mục 5 phút", "part 2 days"."""
    if level == "part" and re.match(r"\d+/\d+(?!\w)", text[match.start("number") :]):
        return True  # "phần 2/3 số hộ"
    return level in RANKED and match["number"].isdigit() and bool(_unit().match(text, match.end("number")))


@cache
def _unit() -> re.Pattern[str]:
    measures = [structure(c)["measures"] for c in languages.codes()]
    words = [w for m in measures for w in (*m["scales"], *m["currencies"])]
    words += [w for c in languages.codes() for w in (*structure(c)["dates"]["units"], *structure(c)["named"]["units"])]
    return re.compile(rf"\s+(?:{alternatives(words)})(?!\w)", re.IGNORECASE)


# What follows a number after a comma or stroke: "Phần III, 2c", "Chapter III, 2(c)", "section 2, d"; closed or led on.
_INNER = r"\d{1,2}(?:\.\d{1,2})*(?![.,]?\d|\s?%)(?:[a-zđ](?!\w)|\s?\([a-zđ]\))?|\(?[a-zđ]\)?(?!\w)"
_TAIL = re.compile(rf"(?:\s*[,/–-]\s*(?:{_INNER}))+(?=\s*(?:[.;:,)\]](?!\d)|$)|\s+(?:của|thuộc|of|du|de\s+la)(?!\w))")
_INNER_LEVEL: dict[tuple[bool, bool], Level | None] = {
    (True, False): "point",
    (False, True): "subsection",
    (False, False): None,
}
_OUTER = re.compile(rf"\s*[,/–-]?\s*(?P<part>(?=[IVX]){ROMAN})(?![\w/]|\.\d|\s*[,.]?\s*\d)")


def _tail(text: str, end: int, level: str, number: str) -> tuple[tuple[tuple[Level, str], ...], int]:
    """The bare numbers after a level with its number, inner ones or an outer Roman one ("mục 2, II"); and their end."""
    roman = bool(re.fullmatch(r"[IVXL]+", number))
    tail = _TAIL.match(text, end)
    pieces = re.findall(r"\d+(?:\.\d+)*|[a-zđ]", tail[0]) if tail else []
    deep = level in ("part", "chapter", "title") or (level == "section" and roman)
    if tail and pieces and pieces[0].isalpha() != deep and (deep or level in ("section", "subsection", "clause")):
        ladder: tuple[Level, ...] = ("section", "subsection", "point")
        levels = (_INNER_LEVEL[p.isalpha(), "." in p] or ladder[min(i, 2)] for i, p in enumerate(pieces))
        return tuple(zip(levels, pieces, strict=True)), tail.end()
    outer = _OUTER.match(text, end) if level in ("section", "point") and number.isdigit() else None
    if outer and (len(outer["part"]) > 1 or not outer[0][0].isspace()):
        return (("part", outer["part"]),), outer.end()
    return (), end


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
