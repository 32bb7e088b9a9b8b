"""What an opinion demands of the text: words to change literally, figures to write, a direction, something to add."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from feedback_synth.analysis._directions import says, ways
from feedback_synth.analysis._figures import Figure, asked, comparable, missing
from feedback_synth.analysis._words import features
from feedback_synth.datamodel.opinion import Directive, Edit, Opinion
from feedback_synth.languages.text import match_key

_EXACT = ("percent", "points", "money", "level", "date", "frequency")
_MAGNITUDE = 8.0  # how many times one figure may be the other and still be about the same thing


@dataclass(frozen=True, slots=True)
class Demand:
    """A request (or order) in the form in which it can be checked against changes."""

    id: str
    text: str
    language: str
    request: str
    edits: tuple[Edit, ...]
    targets: tuple[Figure, ...]  # figures asked for that the old text has not
    named: tuple[Figure, ...]  # figures it names that the old text has
    ways: frozenset[str]
    query: tuple[str, ...]  # features of its words
    deletes: bool = False  # it asks for nothing but a deletion

    @property
    def removes(self) -> bool:
        if "keep" in self.ways and not self.deletes:
            return False
        if self.request == "delete" or self.deletes:
            return True
        return "remove" in self.ways and not self.targets and self.request != "add"

    @property
    def only_asks(self) -> bool:
        """A question or a wish to have something explained, which seldom names the words it wants."""
        return self.request in ("question", "clarify")


def of_opinion(opinion: Opinion, present: Sequence[Figure]) -> Demand:
    """The demand of ``opinion``; ``present`` are the figures of its provisions in the old draft."""
    told = f"{opinion.context} {opinion.text}".strip()
    wanted = _wanted(opinion.text, opinion.language)
    targets = missing(wanted, present)
    return Demand(
        opinion.id,
        told,
        opinion.language,
        opinion.cue or opinion.request,
        opinion.edits,
        targets,
        tuple(f for f in wanted if f not in targets),
        ways(opinion.text, opinion.language),
        features(told, opinion.language),
        opinion.request == "delete" and "keep" not in ways(opinion.text, opinion.language),
    )


def of_directive(directive: Directive, language: str) -> Demand:
    """The demand of a chair's order; its dates are deadlines of the work, not of the draft."""
    code, text = directive.language or language, directive.text
    targets = weighty(_wanted(text, code))
    return Demand(directive.id, text, code, "add", (), targets, (), ways(text, code), features(text, code))


def _wanted(text: str, language: str) -> tuple[Figure, ...]:
    """The figures a demand wants; small bare numbers ("hai cấp", "lớp 1") only where they stand with a measure, periods
    ("hằng quý") only beside another ("không phải hằng năm")."""
    found = _counted(asked(text, language))
    often = sum(f.measure in ("frequency", "period") for f in found)
    return tuple(f for f in found if (often > 1 if f.measure == "period" else f.measure in _EXACT or f.value >= 2))


def _counted(found: Sequence[Figure]) -> list[Figure]:
    """The figures, bare ones in the unit of the one thing that is counted ("ten kilometres … reduced to five")."""
    counts = [f for f in found if f.measure == "count"]
    if len({match_key(f.unit) for f in counts}) != 1:
        return list(found)
    unit, size = counts[0].unit, counts[0].value
    return [
        replace(f, measure="count", unit=unit)
        if f.measure == "plain" and max(f.value, size) <= _MAGNITUDE * max(min(f.value, size), 1e-9)
        else f
        for f in found
    ]


def weighty(targets: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures that can only be targets: amounts of money, percentages, levels; no counts and no dates."""
    return tuple(t for t in targets if t.measure in ("percent", "points", "money", "level"))


def literal(edit: Edit, old_text: str, new_text: str) -> str:
    """What became of a dictated change of words: "full", "partial" or "none"."""
    old_key, new_key = match_key(edit.old), match_key(edit.new)
    before, after = match_key(old_text), match_key(new_text)
    if edit.kind == "insert":
        return "full" if _holds(after, new_key) and not _holds(before, new_key) else "none"
    gone = bool(old_key) and old_key not in after
    if edit.kind == "delete":
        return "full" if gone and old_key in before else "none"
    if _holds(after, new_key) and not _holds(before, new_key):
        return "full"
    return "partial" if gone and old_key in before else "none"


def _holds(text: str, words: str) -> bool:
    bare = words.strip(" ,.;:")
    return bool(bare) and bare in text


def against(demand: Demand, lost: Iterable[Figure], gained: Iterable[Figure]) -> bool:
    """Whether a figure went the other way than asked: lowered was wanted, and it was raised."""
    had, has = [f for f in lost if f.measure != "date"], [f for f in gained if f.measure != "date"]
    for before in had:
        for after in has:
            if before.value == after.value or not _rivals(before, after):
                continue
            rising = after.value > before.value
            if holds(demand, before):
                return not rising
            wish = wished(demand, before)
            if wish and (wish == "raise") != rising:
                return True
    return False


def holds(demand: Demand, figure: Figure) -> bool:
    """Whether the opinion names this figure of the draft and warns against lowering it."""
    return any(f.same(figure) for f in demand.named) and says("hold", demand.text, demand.language)


def names_lost(demand: Demand, lost: Iterable[Figure]) -> bool:
    """Whether a figure that the opinion names left the text."""
    return any(f.same(gone) for f in weighty((*demand.named, *demand.targets)) for gone in lost)


def toward(demand: Demand, lost: Iterable[Figure], gained: Iterable[Figure]) -> bool:
    """Whether an amount of the kind asked for came where there was none, or moved the way that was wished."""
    values = [t for t in demand.targets if t.measure not in ("date", "plain")]
    had, has = list(lost), list(gained)
    for target in values:
        new = [f for f in has if f.measure != "date" and _rivals(f, target)]
        old = [f for f in had if f.measure != "date" and _rivals(f, target)]
        if new and not old and target.measure in ("money", "percent", "level"):
            return True
        if new and old and _about(demand, old[0]) and (new[0].value - old[0].value) * (target.value - old[0].value) > 0:
            return True
    return False


def wished(demand: Demand, before: Figure) -> str:
    """ "raise" or "lower" than ``before``, by the figure asked for, else by the opinion's words; "" if it is open."""
    if not _about(demand, before):
        return ""
    values = [t.value for t in demand.targets if t.measure != "date" and _rivals(t, before)]
    if values:
        return "raise" if values[-1] > before.value else "lower" if values[-1] < before.value else ""
    if any(f.same(before) for f in demand.named):
        both = demand.ways & {"raise", "lower"}
        return next(iter(both)) if len(both) == 1 else ""
    return ""


def _about(demand: Demand, before: Figure) -> bool:
    """Whether a figure of the old text can be meant: an opinion that names the figure it criticises means no other."""
    kin = [f for f in (*demand.named, *demand.targets) if f.measure == before.measure]
    return len(kin) < 2 or any(f.same(before) for f in kin)


def _rivals(a: Figure, b: Figure) -> bool:
    """Whether one may stand in place of the other: of one kind and unit, and of one order of magnitude."""
    small, large = sorted((abs(a.value), abs(b.value)))
    return comparable(a, b) and _one_unit(a, b) and large <= _MAGNITUDE * max(small, 1e-9)


def _one_unit(a: Figure, b: Figure) -> bool:
    """Counts are compared only in one unit; other measures speak for themselves."""
    if "any" in (a.measure, b.measure) or not {a.measure, b.measure} & {"count", "plain"}:
        return True
    return match_key(a.unit) == match_key(b.unit)


def joins(demand: Demand) -> bool:
    return says("join", demand.text, demand.language)


def moves(demand: Demand) -> bool:
    return says("move", demand.text, demand.language)
