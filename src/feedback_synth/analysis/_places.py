"""From the places that an opinion names ("khoản 2 Điều 3", "tableau 1") to provisions that exist."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from feedback_synth.analysis._corpus import chain
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.references import RANK, Reference, references
from feedback_synth.languages.text import match_key
from feedback_synth.languages.words import gather

_ROMANS = {
    r: str(i)
    for i, r in enumerate("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split(), 1)
}
Source = Literal["column", "own", "lead_in"]
_LONG = 6  # letters of a heading of one word that names its part
_UPPER = ("annex", "part", "title", "chapter", "section")


@dataclass(frozen=True, slots=True)
class Named:
    """A place as named: the reference, the words it stands in, and the draft they point to ("" if open)."""

    reference: Reference
    words: str
    draft: str
    source: Source
    heading: str = ""  # match key of the words after a level word without number ("phần tổ chức thực hiện")


@dataclass(frozen=True, slots=True)
class Target:
    """A provision that a named place may be; ``fit`` in 0..1 says how well numbers and level words agree."""

    draft: Draft
    provision: Provision
    table: bool
    fit: float


def named_places(opinion: Opinion) -> list[Named]:
    """The places an opinion names: of its column, then its own words, then its lead-in, each with its draft."""
    texts: list[tuple[str, Source]] = [(t, "lead_in" if t in opinion.context else "column") for t in opinion.places]
    texts += [(opinion.text, "own"), (opinion.context, "lead_in")]
    found = [n for text, source in texts for n in _named(text, source, opinion.language)]
    found += list(_headed(opinion.text, opinion.language))
    draft = next((n.draft for n in found if n.draft), "") or _only_draft(opinion)
    return [n if n.draft else replace(n, draft=draft) for n in _completed(_led_on(found, opinion.text))]


def _only_draft(opinion: Opinion) -> str:
    """The draft that the opinion's words, else its lead-in, name, where they name no other."""
    for text in (opinion.text, opinion.context):
        kinds = {_draft_in(part) for part in re.split(r"[.;:,\n]", text)} - {""}
        if kinds:
            return kinds.pop() if len(kinds) == 1 else ""
    return ""


def _led_on(places: list[Named], text: str) -> list[Named]:
    """Places after a colon completed by the outer one before it: "tại mục 6 phần III: điểm a …; điểm b …"."""
    out: list[Named] = []
    outer: Named | None = None
    for n in places:
        levels = n.source == "own" and bool(n.reference.levels)
        if levels and outer is not None and _below(n.reference, outer.reference):
            out = [x for x in out if x is not outer]
            out.append(_joined(n, outer))
            continue
        out.append(n)
        if levels and re.match(r"[^.;\n:]{0,40}:", text[n.reference.end :]):
            outer = n
    return out


def _headed(text: str, language: str) -> Iterator[Named]:
    """The parts that may be named by their heading: a level word with words behind it instead of a number."""
    for match in _level_word(language).finditer(text):
        key = match_key(re.split(r"[.;:,()\n“”\"«»]", text[match.end() :].lstrip(' “"«'), maxsplit=1)[0])
        if key:
            around = text[max(0, match.start() - 40) : match.end() + 100]
            reference = Reference(match.start(), match.end())
            yield Named(reference, match[0], _draft_in(around.split(";")[0]), "own", " ".join(key.split()[:12]))


@cache
def _level_word(language: str) -> re.Pattern[str]:
    """A word for a part of a draft that no number follows, with the words that lead to its heading."""
    words = _HEADED.get(language)
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE) if words else re.compile(r"(?!)")


_HEADED = {
    "vi": r"(?:phần|mục|chương|phụ lục)(?:\s+(?:về|nội dung))?(?=\s+[“\"]?[^\W\d_]{2,})",
    "en": r"(?:section|part|chapter|annex)\s+(?:on|about|concerning|entitled|titled)(?:\s+the)?",
    "fr": r"(?:partie|section|chapitre|titre|annexe)\s+"
    r"(?:sur|concernant|intitulée?|(?:relati(?:f|ve)|consacrée?)\s+(?:à|aux?))"
    r"(?:\s+(?:la|les?)(?!\w)|\s+l['’])?",
}


def _named(text: str, source: Source, language: str) -> Iterator[Named]:
    for reference in references(text, language) if text else ():
        words = text[reference.start : reference.end]
        if reference.external:
            continue
        draft = reference.draft or (_draft_in(text) if source != "own" else "")
        yield Named(reference, words, draft, source)


class Directory:
    """The provisions of the drafts by their number, so that a place is looked up and not searched for."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = tuple(drafts)
        self._numbered: dict[tuple[str, str], list[Provision]] = defaultdict(list)
        for draft in drafts:
            for p in draft.provisions:
                self._numbered[draft.kind, _number(p.number, p.level)].append(p)

    def targets(self, place: Named) -> list[Target]:
        """Every provision the place can be, best fit first; empty when it exists in no draft."""
        wanted = [d for d in self.drafts if d.kind == place.draft] or self.drafts
        if place.heading:
            found = [t for d in wanted for t in self._by_heading(place.heading, d)]
        else:
            found = [t for d in wanted for t in self._in_draft(place.reference, d)]
        return sorted(found, key=lambda t: (-t.fit, len(t.provision.label), t.draft.kind, t.provision.id))

    def _by_heading(self, words: str, draft: Draft) -> Iterator[Target]:
        """The one provision whose heading is, or begins with, the first of ``words``, two at least."""
        many = words.split()
        for size in range(len(many), 1, -1):
            begin = " ".join(many[:size])
            found = [p for p in draft.provisions if f"{match_key(p.heading)} ".startswith(f"{begin} ")]
            if found:
                if len(found) == 1:
                    yield Target(draft, found[0], False, 0.8)
                return
        whole = [p for p in draft.provisions if many and len(many[0]) >= _LONG and match_key(p.heading) == many[0]]
        if len(whole) == 1:
            yield Target(draft, whole[0], False, 0.8)

    def _in_draft(self, reference: Reference, draft: Draft) -> Iterator[Target]:
        if reference.preamble:
            yield from (Target(draft, p, False, 1.0) for p in draft.provisions if p.level == "preamble")
        elif reference.table:
            yield from (Target(draft, p, True, fit) for p, fit in _tables(draft, reference.table))
        elif reference.levels:
            level, number = reference.levels[-1]
            for p in self._numbered.get((draft.kind, _number(number, level)), ()):
                fit = _fit(reference, draft, p)
                if fit > 0:
                    yield Target(draft, p, False, fit)
        elif reference.page is not None:
            yield from (Target(draft, p, False, 0.5) for p in draft.provisions if p.page == reference.page)


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
    return Named(whole, f"{outer.words}, {inner.words}", inner.draft or outer.draft, "own")


def _rank(level: str) -> int:
    return RANK.get(level, 99)


def _draft_in(text: str) -> str:
    """The draft that a column or lead-in speaks of, where the place itself does not say."""
    key = match_key(text)
    hits = [(key.find(match_key(w)), kind) for kind in ("project", "resolution") for w in gather("drafts", kind)]
    first = sorted(h for h in hits if h[0] >= 0)
    return first[0][1] if first else ""


def _fit(reference: Reference, draft: Draft, provision: Provision) -> float:
    """How well the named levels lie along the provision's chain, ending at it; 0 when they do not."""
    steps = list(reference.levels)
    if not _same_number(steps[-1], provision):
        return 0.0
    cost = 0.0
    above = chain(draft, provision)
    for p in reversed(above):
        if steps and _same_number(steps[-1], p):
            cost += _distance(steps[-1][0], p)
            steps.pop()
        else:
            cost += 0.02
    return max(0.0, 1.0 - cost) if not steps else 0.0


def _distance(level: str, provision: Provision) -> float:
    """The price of a level word that is not the provision's: an official's "mục" may be the draft's clause."""
    if level == provision.level or match_key(level) in match_key(provision.label.rsplit(" ", 1)[0].rsplit(" ", 1)[-1]):
        return 0.0
    between = abs(_rank(level) - _rank(provision.level))
    return 0.05 if between <= 2 else 0.12 if between <= 4 else 0.25


def _same_number(step: tuple[str, str], provision: Provision) -> bool:
    return _number(step[1], step[0]) == _number(provision.number, provision.level) != ""


@lru_cache(maxsize=16384)
def _number(number: str, level: str) -> str:
    """One spelling: without closing marks, Roman as Arabic where the level has Roman numbers, letters small."""
    plain = re.sub(r"[\s.)(:–-]+$", "", number.strip()).lstrip("(")
    if plain.upper() == plain and plain in _ROMANS and (level in _UPPER or len(plain) > 1):
        return _ROMANS[plain]
    return plain.lower().lstrip("0") or plain


def _tables(draft: Draft, number: str) -> Iterator[tuple[Provision, float]]:
    """The provision that holds table ``number``: by its caption in the draft, else by counting tables."""
    holders: list[tuple[str, int]] = list(dict.fromkeys((r.provision_id, r.table) for r in draft.rows))
    for holder in dict.fromkeys(pid for pid, _ in holders):
        provision = draft.by_id.get(holder)
        if provision and any(
            r.table == number for r in references(f"{provision.heading} {provision.text}", draft.language)
        ):
            yield provision, 1.0
            return
    if number.isdigit() and 0 < int(number) <= len(holders) and holders[int(number) - 1][0] in draft.by_id:
        yield draft.by_id[holders[int(number) - 1][0]], 0.8
