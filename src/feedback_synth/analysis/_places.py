"""The places that an opinion names ("khoản 2 Điều 3", "tableau 1"), each with the draft it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from feedback_synth import languages
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.references import RANK, Reference, references
from feedback_synth.languages.text import match_key
from feedback_synth.languages.words import alternatives, gather, structure

Source = Literal["column", "own", "lead_in"]
_FIRST: tuple[Source, ...] = ("column", "own", "lead_in")  # whose places count before others'


@dataclass(frozen=True, slots=True)
class Named:
    """A place as named: the reference, the words it stands in, and the draft they point to ("" if open)."""

    reference: Reference
    words: str
    draft: str
    source: Source
    sure: bool = True  # whether the draft is named with the place, not elsewhere in the opinion
    heading: str = ""  # match key of the words after a level word without number ("phần tổ chức thực hiện")


def named_places(opinion: Opinion) -> list[Named]:
    """The places an opinion names: of its column, then its own words, then its lead-in, each with its draft."""
    texts: list[tuple[str, Source]] = [(t, "lead_in" if t in opinion.context else "column") for t in opinion.places]
    texts += [(opinion.text, "own"), (opinion.context, "lead_in")]
    found = [n for text, source in texts for n in _named(text, source, opinion.language)]
    found = _closed(found, opinion.text)
    found += list(_headed(opinion.text, opinion.language))
    draft = next((n.draft for n in found if n.draft), "") or _only_draft(opinion)
    places = sorted(_completed(_led_on(found, opinion.text)), key=lambda n: _FIRST.index(n.source))
    return [n if n.draft else replace(n, draft=draft, sure=False) for n in places]


def _closed(places: list[Named], text: str) -> list[Named]:
    """Inner places of the lead-in completed by the outer one that the text begins with: "point f of section 2" and
    "Part III, thirty sensors are few"."""
    first = next((n for n in places if n.source == "own" and n.reference.start == 0 and n.reference.levels), None)
    if first is None or not re.match(r"\s*[,:]", text[first.reference.end :]):
        return places
    inner = [n for n in places if n.source != "own" and n.reference.levels and _below(n.reference, first.reference)]
    return [_joined(n, first) if n in inner else n for n in places if not inner or n is not first]


def _only_draft(opinion: Opinion) -> str:
    """The draft that the opinion's words, else its lead-in, name, where they name no other."""
    for text in (opinion.text, opinion.context):
        kinds = {_draft_in(part) for part in re.split(r"[.;:,\n]", text)} - {""}
        if kinds:
            return kinds.pop() if len(kinds) == 1 else ""
    return ""


def _led_on(places: list[Named], text: str) -> list[Named]:
    """Inner places completed by the outer one of their sentence ("Điều 4 …, khoản 2 …"), or by one before a colon:
    "tại mục 6 phần III: điểm a …; điểm b …"."""
    out: list[Named] = []
    outer: Named | None = None
    led = False  # whether a colon follows the outer place
    for n in places:
        if n.source != "own" or not n.reference.levels:
            out.append(n)
            continue
        between = text[outer.reference.end : n.reference.start] if outer is not None else ""
        if outer is not None and _below(n.reference, outer.reference) and (led or not re.search(r"[.;\n]", between)):
            out = [x for x in out if x is not outer]
            out.append(_joined(n, outer))
            continue
        out.append(n)
        outer, led = n, bool(re.match(r"[^.;\n:]{0,40}:", text[n.reference.end :]))
    return out


def _headed(text: str, language: str) -> Iterator[Named]:
    """The parts that may be named by their heading: a level word with words behind it instead of a number."""
    for match in _level_word(language).finditer(text):
        if _AWAY.search(text[: match.start()]):
            continue
        quoted = re.match(r"\s*[“\"«]\s*([^“”\"«»\n]+)", text[match.end() :])
        key = match_key(quoted[1] if quoted else re.split(r"[.;:,()\n“”\"«»]", text[match.end() :], maxsplit=1)[0])
        if key:
            around = text[max(0, match.start() - 40) : match.end() + 100]
            reference = Reference(match.start(), match.end())
            yield Named(reference, match[0], _draft_in(around.split(";")[0]), "own", heading=" ".join(key.split()[:12]))


@cache
def _level_word(language: str) -> re.Pattern[str]:
    """A word for a part of a draft that no number follows, with the words that lead to its heading."""
    words = _HEADED.get(language)
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE) if words else re.compile(r"(?!)")


# What is to be moved to a part is not about that part.
_AWAY = re.compile(
    r"(?:chuyển|đưa|dời)\s+(?:\w+\s+){0,3}sang\s+(?:bên\s+)?$|\bmoved?\s+(?:\w+\s+){0,3}to\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_HEADED = {
    "vi": r"(?:phần|mục|chương|phụ lục)(?:\s+(?:về|nội dung))?(?=\s+[“\"]?[^\W\d_]{2,})",
    "en": r"(?:section|part|chapter|annex)(?:(?=\s+[“\"])|\s+(?:on|about|concerning|entitled|titled)(?:\s+the)?)",
    "fr": r"(?:partie|section|chapitre|titre|annexe)(?:(?=\s+[“\"«])|\s+"
    r"(?:sur|concernant|intitulée?|(?:relati(?:f|ve)|consacrée?)\s+(?:à|aux?))"
    r"(?:\s+(?:la|les?)(?!\w)|\s+l['’])?)",
}


def _named(text: str, source: Source, language: str) -> Iterator[Named]:
    if source == "column" and _names_bases(text):
        yield Named(Reference(0, len(text), preamble=True), text, _draft_in(text), source)
        return
    for reference in references(text, language) if text else ():
        words = text[reference.start : reference.end]
        if reference.external:
            continue
        draft = reference.draft or (_draft_in(text) if source != "own" else "")
        yield Named(reference, words, draft, source, bool(reference.draft) or source == "column")


def _names_bases(text: str) -> bool:
    """Whether a cell for the place has but the name of the block of legal bases, with or without its draft."""
    first = match_key(re.split(r"[,:;()–-]", text, maxsplit=1)[0])
    return first in {match_key(w["bases_label"]) for w in (structure(c)["zones"] for c in languages.codes())}


def _completed(places: list[Named]) -> list[Named]:
    """Inner places completed by an outer one of the lead-in: "article 3 …: à l'alinéa 2" is article 3, alinéa 2."""
    outer = next((n for n in places if n.source != "own" and n.reference.levels), None)
    if outer is None:
        return places
    inner = [n for n in places if n.source == "own" and n.reference.levels and _below(n.reference, outer.reference)]
    if not inner:
        return places
    return [_joined(n, outer) for n in inner] + [n for n in places if n is not outer and n not in inner]


def _below(inner: Reference, outer: Reference) -> bool:
    return min(_rank(level) for level, _ in inner.levels) > max(_rank(level) for level, _ in outer.levels)


def _joined(inner: Named, outer: Named) -> Named:
    whole = replace(inner.reference, levels=outer.reference.levels + inner.reference.levels)
    sure = inner.sure if inner.draft else outer.sure
    return Named(whole, f"{outer.words}, {inner.words}", inner.draft or outer.draft, "own", sure)


def _rank(level: str) -> int:
    return RANK.get(level, 99)


def _draft_in(text: str) -> str:
    """The draft that a column or lead-in speaks of, where the place itself does not say."""
    short = _short_draft().match(text)
    if short:
        return next(kind for kind, words in _short_words().items() if short[1].casefold() in words)
    key = match_key(text)
    hits = [(key.find(match_key(w)), kind) for kind in ("project", "resolution") for w in gather("drafts", kind)]
    first = sorted(h for h in hits if h[0] >= 0)
    return first[0][1] if first else ""


@cache
def _short_words() -> dict[str, set[str]]:
    tables = [structure(c)["named"]["drafts"] for c in languages.codes()]
    return {kind: {w.casefold() for t in tables for w in t[kind]} for kind in ("project", "resolution")}


@cache
def _short_draft() -> re.Pattern[str]:
    """A short form of a draft that opens a cell and is closed by a mark, or by the word of a level: "Rés., art. 2"."""
    words = alternatives(w for words in _short_words().values() for w in words)
    return re.compile(rf"\s*({words})(?=\s*[.,:;/–-]|\s+(?:đ|k|điều|khoản|điểm|phần|mục|art)(?!\w))", re.IGNORECASE)
