"""References to provisions ("điểm a khoản 2 Điều 3", "Section II, item 3c", "article 3, alinéa 1 a)")."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from feedback_synth import languages
from feedback_synth.datamodel.draft import Level
from feedback_synth.languages.reference_grammar import Component, components, connector, is_range
from feedback_synth.languages.reference_numbers import is_roman, span_of
from feedback_synth.languages.words import alternatives, gather, structure

RANK: dict[str, int] = {
    level: rank
    for rank, level in enumerate(
        (
            "annex",
            "part",
            "title",
            "chapter",
            "section",
            "subsection",
            "article",
            "clause",
            "point",
            "subpoint",
            "indent",
        )
    )
}
LAST = "last"  # how the grammar writes the last of its kind
_BEFORE, _AFTER = 70, 90  # characters around a reference in which the draft or the act is named


@dataclass(frozen=True, slots=True)
class Reference:
    """A place named at ``start:end``: ``levels`` outermost first, numbers normalised ("III", "2", "a", "đ", "3.3").

    ``draft`` is "project", "resolution" or "" by the nearby words; ``external``: a place in another act.
    ``page`` and ``line`` (from the top unless ``from_bottom``) and ``table`` ("1" for "Biểu 01") stand beside or
    instead of levels. ``preamble``: the block of legal bases.
    """

    start: int
    end: int
    levels: tuple[tuple[Level, str], ...] = ()
    draft: str = ""
    page: int | None = None
    line: int | None = None
    from_bottom: bool = False
    table: str = ""
    row: str = ""
    external: bool = False
    preamble: bool = False


def references(text: str, code: str) -> list[Reference]:
    """The places that ``text`` names, in order; a list or range ("Articles 4 et 5") gives one reference for each."""
    found: list[Reference] = []
    for cluster in _clusters(text, components(text)):
        start, end = cluster[0].start, cluster[-1].end
        if len(cluster) == 1 and cluster[0].weak and _draft_after(text[end : end + _AFTER]) is None:
            continue
        draft, external = _owner(text, start, end)
        places = [_reference(chain, start, end) for chain in _chains(cluster)]
        found += [replace(place, draft=draft, external=external) for place in places if _says(place)]
    return found


def _says(place: Reference) -> bool:
    """Whether a place is named at all: "the second sentence" alone is none."""
    named = place.levels or place.table or place.row or place.preamble
    return bool(named) or place.page is not None or place.line is not None


def _clusters(text: str, parts: list[Component]) -> Iterator[list[Component]]:
    """Components that stand together, joined by nothing but connecting words."""
    cluster: list[Component] = []
    for part in _joined(text, parts):
        if cluster and (not connector(text[cluster[-1].end : part.start]) or _begins(text, cluster, part)):
            yield _as_parts(cluster)
            cluster = []
        cluster.append(part)
    if cluster:
        yield _as_parts(cluster)


def _begins(text: str, cluster: list[Component], part: Component) -> bool:
    """Whether another place begins: "Điều 3 khoản 1; khoản 3 Điều 4", "l'article 9, les articles 11 à 13"."""
    if all(p.level != "article" for p in cluster):
        return False
    between = text[cluster[-1].end : part.start]
    return ";" in between or (part.level == "article" and bool(_determiner().search(between)))


@cache
def _determiner() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(gather('links', 'determiners'))}|l['’])\s*$", re.IGNORECASE)


def _as_parts(cluster: list[Component]) -> list[Component]:
    """Roman sections ("mục II", "Section II") as the parts they are, unless something outer stands with them.

    "§ 2" beside an article is its second clause.
    """
    if any(p.level == "article" for p in cluster):
        cluster = [replace(p, level="clause") if p.sign else p for p in cluster]
    if any(p.level in ("part", "chapter", "title") for p in cluster):
        return cluster
    return [replace(p, level="part") if p.level == "section" and is_roman(p.numbers[0]) else p for p in cluster]


def _joined(text: str, parts: list[Component]) -> list[Component]:
    """Components with "từ Điều 3 đến Điều 5" as one of three numbers."""
    out: list[Component] = []
    for part in parts:
        if out and out[-1].level == part.level and is_range(text, out[-1], part):
            out[-1] = replace(out[-1], end=part.end, numbers=span_of(out[-1].numbers[0], part.numbers[-1]))
        else:
            out.append(part)
    return out


def _chains(cluster: list[Component]) -> Iterator[list[Component]]:
    """The single places of a cluster: each a chain of components from the outermost in."""
    if len({p.level for p in cluster}) == len(cluster):
        yield from _product(sorted(cluster, key=lambda p: _rank(p.level)))
        return
    ordered = cluster[::-1] if _inner_first(cluster) else cluster
    chains = list(_walk(ordered))
    yield from (chains[::-1] if ordered is not cluster else chains)


def _rank(level: str) -> int:
    return RANK.get(level, 99)


def _inner_first(cluster: list[Component]) -> bool:
    """Whether the first step between two levels leads outwards ("điểm a khoản 2")."""
    for a, b in itertools.pairwise(cluster):
        if a.level != b.level:
            return _rank(b.level) < _rank(a.level)
    return False


def _walk(ordered: list[Component]) -> Iterator[list[Component]]:
    """Chains of an outer-first row: a component closes those of its own and of inner levels."""
    stack: list[Component] = []
    for i, part in enumerate(ordered):
        stack = [p for p in stack if _rank(p.level) < _rank(part.level)] + [part]
        following = ordered[i + 1] if i + 1 < len(ordered) else None
        if following is None or _rank(following.level) <= _rank(part.level):
            yield from _product(stack)


def _product(chain: list[Component]) -> Iterator[list[Component]]:
    """One chain for each number that the innermost (or a listed) component holds."""
    for i, part in enumerate(chain):
        if part.siblings:
            values = (part.inner[-1][1], *part.siblings)
            for value in values:
                inner = (*part.inner[:-1], (part.inner[-1][0], value))
                yield from _product([*chain[:i], replace(part, inner=inner, siblings=()), *chain[i + 1 :]])
            return
    listed = next((i for i, p in enumerate(chain) if len(p.numbers) > 1), None)
    if listed is None:
        yield chain
        return
    for number in chain[listed].numbers:
        yield from _product([*chain[:listed], replace(chain[listed], numbers=(number,)), *chain[listed + 1 :]])


def _reference(chain: list[Component], start: int, end: int) -> Reference:
    levels: list[tuple[Level, str]] = []
    page = line = None
    table = row = ""
    preamble = from_bottom = False
    for part in chain:
        number = part.numbers[0]
        if part.level == "preamble":
            preamble = True
        elif part.level == "page":
            page = int(number) if number.isdigit() else None  # which page is the last, only the reader knows
        elif part.level == "table":
            table = number
        elif part.level == "row":
            row = number
        elif part.level == "line":
            line, from_bottom = (1, True) if number == LAST else (int(number), part.from_bottom)
        else:
            levels.extend(_split(part, number))
    if table and line is not None and page is None:
        row, line = str(line), None
    return Reference(start, end, _settle(levels), "", page, line, from_bottom, table, row, False, preamble)


def _split(part: Component, number: str) -> Iterator[tuple[Level, str]]:
    """The levels in one component: "III.2" is two, "3c" a numbered item with a point, "2(2)(b)" three."""
    level = part.level
    roman = re.fullmatch(r"([IVXL]+)[.-](\d+(?:\.\d+)*)(?:[.-]?([a-zđ]))?", number)
    lettered = re.fullmatch(r"(\d+(?:[.-]\d+)*)([.-]?)([a-zđ])", number)
    outer = re.fullmatch(r"(\d+)[.-]([ivx]+)", number) if level in ("section", "point") else None
    paragraph = re.fullmatch(r"(\d+)[.-]([ivx]+)(?:[.-](\d+))?", number) if level == "article" else None
    if roman:
        yield "part", roman[1]
        yield ("subsection" if "." in roman[2] else "section"), roman[2]
        if roman[3]:
            yield "point", roman[3]
    elif outer:  # "mục 2-III"
        yield "part", outer[2].upper()
        yield "section", outer[1]
    elif paragraph:  # "Article 3.I.3"
        yield "article", paragraph[1]
        yield "clause", paragraph[2].upper()
        if paragraph[3]:
            yield "point", paragraph[3]
    elif level == "article" and re.fullmatch(r"\d+\.\d+", number):  # "Điều 5.2" is clause 2 of article 5
        yield "article", number.partition(".")[0]
        yield "clause", number.partition(".")[2]
    elif lettered and (part.splits_letter or lettered[2] or "." in lettered[1]):
        yield from _split(part, lettered[1].replace("-", "."))
        yield "point", lettered[3]
    elif level in get_args(Level):
        yield level, number  # type: ignore[misc]  # checked by the line above
    yield from part.inner


def _settle(levels: list[tuple[Level, str]]) -> tuple[tuple[Level, str], ...]:
    """Levels as a draft has them: a Roman section alone on top is a part; a decimal number is a subsection."""
    settled: list[tuple[Level, str]] = []
    for level, number in levels:
        if level in ("section", "point") and re.fullmatch(r"[IVXL]+", number):
            outer = any(known in ("part", "chapter", "title") for known, _ in settled)
            level = "section" if outer else "part"
        elif level in ("section", "point", "subpoint", "clause") and re.fullmatch(r"\d+(\.\d+)+", number):
            level = "subsection"
        elif level == "point" and number.isdigit() and settled and settled[-1][0] == "part":
            level = "section"
        elif level == "subpoint" and settled and settled[-1][0] in ("section", "subsection"):
            level = "point"
        if (level, number) not in settled:
            settled.append((level, number))
    return tuple(sorted(settled, key=lambda pair: _rank(pair[0])))


# ---- whose provision -------------------------------------------------------------------------------
def _owner(text: str, start: int, end: int) -> tuple[str, bool]:
    """(kind of draft, whether it is another act) by the words after a reference, then by those before it."""
    after = re.split(r"[;\n]|[.](?:\s|$)", text[end : end + _AFTER], maxsplit=1)[0]
    before = re.split(r"[;\n]|[.]\s", text[max(0, start - _BEFORE) : start])[-1]
    if _external().match(after):
        return "", True
    kind = _draft_after(after) or _draft_before(before)
    if kind is None and _external_before().search(before):
        return "", True
    return kind or "", False


@cache
def _draft_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = dict.fromkeys(kind for code in languages.codes() for kind in structure(code)["drafts"])
    return tuple(
        (kind, re.compile(rf"(?<!\w)(?:{alternatives(gather('drafts', kind))})(?!\w)", re.IGNORECASE)) for kind in kinds
    )


@cache
def _symbol() -> re.Pattern[str]:
    return re.compile(r"\s*(?:(?:số|no\.?|n°|nº)\s*)?\d{1,5}[a-z]?\s*[-/]\s*[\dA-ZĐ]", re.IGNORECASE)


def _draft_hits(text: str) -> list[tuple[int, int, str]]:
    """(start, end, kind) of the draft words in ``text``; "projet de résolution" is the resolution alone."""
    hits = sorted((m.start(), m.end(), kind) for kind, pattern in _draft_words() for m in pattern.finditer(text))
    out: list[tuple[int, int, str]] = []
    for i, (start, end, kind) in enumerate(hits):
        following = hits[i + 1] if i + 1 < len(hits) else None
        if following and re.fullmatch(r"\s+(?:de|of|of the|de la)\s+", text[end : following[0]]):
            continue  # "projet de résolution": the draft of the resolution
        if not _symbol().match(text[end:]):
            out.append((start, end, kind))
    return out


def names_project_or_resolution(text: str) -> bool:
    """Whether the words name the project or the resolution, without a number that makes it another act."""
    return bool(_draft_hits(text))


def _draft_after(after: str) -> str | None:
    hits = _draft_hits(after)
    if hits and connector(after[: hits[0][0]], wide=True):
        return hits[0][2]
    return None


def _draft_before(before: str) -> str | None:
    """The nearest draft word before the reference in the same sentence."""
    hits = _draft_hits(before)
    return hits[-1][2] if hits else None


@cache
def _external() -> re.Pattern[str]:
    """What follows a reference to another act: "Luật Đất đai", "of the Law on …", "Nghị quyết số 57-NQ/TW"."""
    acts, leads = alternatives(gather("acts", "external")), alternatives(gather("acts", "lead"))
    of = alternatives(gather("links", "to_outer"))
    this, capital = alternatives(gather("links", "this")), alternatives(gather("acts", "capital"))
    return re.compile(
        rf"\s*,?\s*(?:(?:{of})(?!\w)\s*)*(?:(?:the|la|le|our|their|notre|leur)\s+|l['’])?(?:même\s+|same\s+|said\s+)?"
        rf"(?:(?:{acts})(?!\w)(?!\s+(?:{this})(?!\w))|(?-i:{capital})(?!\w)(?!\s+(?:{this})(?!\w))"
        rf"|(?-i:(?:[A-Z][\w&-]*\s+(?:(?:and|of|on|for|the)\s+)?){{1,6}}(?:Act|Law|Code|Decree|Ordinance|Regulations?)(?!\w))"
        rf"|(?:{leads})(?!\w)(?:(?!(?:{leads})(?!\w))[^;,.]){{0,40}}?(?:số|no\.?|n°|nº)?\s*\d{{1,5}}[a-z]?\s*[-/]\s*[\dA-ZĐ])",
        re.IGNORECASE,
    )


@cache
def _external_before() -> re.Pattern[str]:
    """ "Luật Đất đai, Điều 15", "Nghị định số 38/2024/NĐ-CP, tại Điều 4": the act right before the reference."""
    acts, leads = alternatives(gather("acts", "external")), alternatives(gather("acts", "lead"))
    this, says = alternatives(gather("links", "this")), alternatives(gather("acts", "says"))
    at = alternatives(gather("acts", "at"))
    named = rf"(?:{acts})(?!\w)(?!\s+(?:{this})(?!\w))[^,;:()]{{2,50}}?"
    numbered = rf"(?:{leads})\s+(?:(?:số|no\.?|n°|nº)\s*)?\d{{1,5}}[a-z]?\s*[-/]\s*[\dA-ZĐ][^\s,;()]*"
    return re.compile(
        rf"(?<!\w)(?:(?:{named}|{numbered}[^,;:()]{{0,40}}?)(?:\s*[,(]\s*(?:(?:{at})\s+)?|\s+(?:{says})\s+(?:{at})\s+)"
        rf"|{numbered}\s+(?:{at})\s+)(?:the\s+|l['’]|la\s+|le\s+)?$",
        re.IGNORECASE,
    )
