"""The provisions of the drafts by their numbers, so that a named place is looked up and not searched for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from feedback_synth.analysis._corpus import chain, heading_of
from feedback_synth.analysis._places import Named
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.languages.references import LAST, RANK, Reference, references
from feedback_synth.languages.text import match_key

_ROMANS = {
    r: str(i)
    for i, r in enumerate("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split(), 1)
}
_UPPER = ("annex", "part", "title", "chapter", "section", "article", "clause")  # levels that Roman numbers count
_LONG = 6  # letters of a heading of one word that names its part
# Provisions that are only ever called by a word of their own kind: no "point 3" is an article.
_OWN_NAME: dict[str, frozenset[str]] = {"article": frozenset(("article", "section")), "annex": frozenset(("annex",))}
_SKIPPED, _ANY_ORDER, _OTHER_FIGURES = 0.02, 0.15, 0.1  # price of a level left out, of levels shuffled, of "2" for "II"
_COUNTED = 0.8  # fit of a provision found by its place among its siblings
_AROUND = 0.6  # how sure the place is that stands around one that exists nowhere
Steps = Sequence[tuple[str, str]]  # levels with their numbers, outermost first
_OPEN = "open"  # the level of a number whose level word says nothing


@dataclass(frozen=True, slots=True)
class Target:
    """A provision that a named place may be; ``fit`` in 0..1 says how well numbers and level words agree."""

    draft: Draft
    provision: Provision
    table: bool
    fit: float


class Directory:
    """The provisions of all drafts, found by place."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = tuple(drafts)
        self._numbered: dict[tuple[str, str], list[Provision]] = defaultdict(list)
        for draft in drafts:
            for p in draft.provisions:
                self._numbered[draft.kind, _number(p.number, p.level)].append(p)

    def targets(self, place: Named) -> list[Target]:
        """Every provision the place can be, best fit first; empty when it exists in no draft."""
        wanted = [d for d in self.drafts if d.kind == place.draft and place.sure] or self.drafts
        if place.heading:
            found = [t for d in wanted for t in _by_heading(place.heading, d)]
        else:
            found = self._found(place.reference, wanted)
        return sorted(found, key=lambda t: (-t.fit, len(t.provision.label), t.draft.kind, t.provision.id))

    def nearest(self, place: Named) -> list[Target]:
        """The provisions around a place that exists in no draft: one of its inner numbers is wrong."""
        wanted = [d for d in self.drafts if d.kind == place.draft and place.sure] or self.drafts
        levels = place.reference.levels
        shorter = [replace(place.reference, levels=levels[:i] + levels[i + 1 :]) for i in range(1, len(levels))]
        return [replace(t, fit=_AROUND * t.fit) for r in shorter for t in self._found(r, wanted)]

    def _found(self, reference: Reference, wanted: Sequence[Draft]) -> list[Target]:
        """What a reference is by its numbers and level words; else by looser readings of the same words."""
        if reference.preamble or reference.table or not reference.levels:
            return [t for d in wanted for t in _without_levels(reference, d)]
        return self._by_levels(reference.levels, wanted)

    def _by_levels(self, levels: Steps, wanted: Sequence[Draft]) -> list[Target]:
        articles = any(p.level == "article" for d in wanted for p in d.provisions)
        for steps, any_order in _readings(levels):
            found = [t for d in wanted for t in self._along(steps, any_order, d)]
            if articles:
                found = [t for t in found if _in_article(dict(steps).get("article", ""), t)]
            if found:
                return found
        return self._counted(levels, wanted)

    def _along(self, steps: Steps, any_order: bool, draft: Draft) -> Iterator[Target]:
        """The provisions of ``draft`` that bear the innermost of the named numbers, or any where they are mixed up."""
        ends = {_number(n, level): None for level, n in (steps if any_order else steps[-1:])}
        for p in (p for number in ends for p in self._numbered.get((draft.kind, number), ())):
            fit = _fit_in_any_order(steps, draft, p) if any_order else _fit(steps, draft, p)
            if fit > 0:
                yield Target(draft, p, False, fit)

    def _counted(self, levels: Steps, wanted: Sequence[Draft]) -> list[Target]:
        """The last, or the third, of what stands in an outer place: "khoản cuối Điều 4", "second bullet of 3.4"."""
        level, number = levels[-1]
        if len(levels) < 2 or level == "article" or not (number == LAST or number.isdigit()):
            return []
        out = []
        for outer in self._by_levels(levels[:-1], wanted):
            below = outer.draft.children.get(outer.provision.id, ())
            kin = [p for p in below if p.level == level]
            at = len(kin or below) - 1 if number == LAST else int(number) - 1
            by_number = number != LAST and any(p.number.isdigit() for p in kin)  # then this one is missing
            if 0 <= at < len(kin or below) and not by_number:
                out.append(Target(outer.draft, (kin or below)[at], False, _COUNTED * outer.fit))
        return out


def _without_levels(reference: Reference, draft: Draft) -> Iterator[Target]:
    if reference.preamble:
        yield from (Target(draft, p, False, 1.0) for p in draft.provisions if p.level == "preamble")
    elif reference.table:
        yield from (Target(draft, p, True, fit) for p, fit in _tables(draft, reference.table))
    elif reference.page is not None:
        yield from (Target(draft, p, False, 0.5) for p in draft.provisions if p.page == reference.page)


def _by_heading(words: str, draft: Draft) -> Iterator[Target]:
    """The one provision whose heading is, or begins with, the first of ``words``, two at least."""
    many = words.split()
    headings = [(p, match_key(heading_of(p))) for p in draft.provisions]
    for size in range(len(many), 1, -1):
        begin = " ".join(many[:size])
        found = [(p, key) for p, key in headings if f"{key} ".startswith(f"{begin} ")]
        if found:
            same = [(p, key) for p, key in found if key == begin] if len(found) > 1 else found
            if len(same) == 1:
                yield Target(draft, same[0][0], False, 0.8)
            return
    whole = [p for p, key in headings if many and len(many[0]) >= _LONG and key == many[0]]
    if len(whole) == 1:
        yield Target(draft, whole[0], False, 0.8)


# ---- other readings of the same words ---------------------------------------------------------------
def _readings(levels: Steps) -> Iterator[tuple[Steps, bool]]:
    """The levels as named; then, for a place found nowhere, "2c" and "2.2" taken apart; then in any order."""
    yield levels, False
    apart = tuple(step for level, number in levels for step in _apart(level, number))
    if apart != levels:
        yield apart, False
    if len(apart) > 1:
        yield apart, True


def _apart(level: str, number: str) -> Iterator[tuple[str, str]]:
    """ "2c" as 2 and c, "2.2" as 2 and 2; the first keeps its level, what follows says none."""
    pieces = re.findall(r"\d+|[^\W\d_]+", number) if re.fullmatch(r"\d+(?:[.-]\d+)*[.-]?[a-zđ]?", number) else [number]
    yield (_OPEN if len(pieces) > 1 and level in ("subsection", "section") else level), pieces[0]
    yield from ((_OPEN, piece) for piece in pieces[1:])


# ---- fit ---------------------------------------------------------------------------------------------
def _in_article(number: str, target: Target) -> bool:
    """Whether a provision is, or stands in, the article of this number; "" allows any."""
    around = chain(target.draft, target.provision)
    return not number or any(p.level == "article" and _is(("article", number), p) for p in around)


def _rank(level: str) -> int:
    return RANK.get(level, 99)


def _fit(steps: Steps, draft: Draft, provision: Provision) -> float:
    """How well the named levels lie along the provision's chain, ending at it; 0 when they do not."""
    left = list(steps)
    if not _is(left[-1], provision):
        return 0.0
    cost = 0.0
    for p in reversed(chain(draft, provision)):
        if left and _is(left[-1], p):
            cost += _distance(left.pop(), p)
        else:
            cost += _SKIPPED
    return max(0.0, 1.0 - cost) if not left else 0.0


def _fit_in_any_order(steps: Steps, draft: Draft, provision: Provision) -> float:
    """The same for levels in any order: "s. 2 of Art. 3" is clause 2 of article 3."""
    left = list(steps)
    cost = _ANY_ORDER
    for p in reversed(chain(draft, provision)):
        step = min((s for s in left if _is(s, p)), key=lambda s: _distance(s, p), default=None)
        if step is None and p is provision:
            return 0.0
        if step is None:
            cost += _SKIPPED
        else:
            left.remove(step)
            cost += _distance(step, p)
    return max(0.01, 1.0 - cost) if not left else 0.0


def _distance(step: tuple[str, str], provision: Provision) -> float:
    """The price of a level word that is not the provision's: an official's "mục" may be the draft's clause."""
    level, number = step
    figures = _OTHER_FIGURES if provision.level in ("clause", "section") and _roman(number, provision.number) else 0.0
    if level == provision.level or match_key(level) in match_key(provision.label.rsplit(" ", 1)[0].rsplit(" ", 1)[-1]):
        return figures
    if level == _OPEN:
        return 0.05 + figures
    between = abs(_rank(level) - _rank(provision.level))
    return figures + (0.05 if between <= 2 else 0.12 if between <= 4 else 0.25)


def _roman(one: str, other: str) -> bool:
    """Whether one of two equal numbers is written in Roman figures alone."""
    return one.strip(" .)").isdigit() != other.strip(" .)").isdigit()


def _is(step: tuple[str, str], provision: Provision) -> bool:
    """Whether the number of a step is the provision's and the words for the two may be mixed up."""
    level = step[0]
    if level == "annex" != provision.level or (level == "article" and _rank(provision.level) > _rank("article")):
        return False
    own = _OWN_NAME.get(provision.level)
    if own is not None and level not in own and level != _OPEN:
        return False
    return _number(step[1], level) == _number(provision.number, provision.level) != ""


@lru_cache(maxsize=16384)
def _number(number: str, level: str) -> str:
    """One spelling: without closing marks, Roman as Arabic where the level has Roman numbers, letters small."""
    plain = re.sub(r"[\s.)(:°–-]+$", "", number.strip()).lstrip("(")
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
