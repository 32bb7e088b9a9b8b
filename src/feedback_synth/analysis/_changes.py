"""The changes of the revised drafts as things an opinion may have asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feedback_synth.analysis._bm25 import Index
from feedback_synth.analysis._figures import Figure, figures, missing
from feedback_synth.analysis._words import features, worth
from feedback_synth.datamodel.comparison import Change, Comparison, TraceEvidence
from feedback_synth.datamodel.draft import Draft

_AROUND = 0.25  # weight of the unchanged words around a change


@dataclass(frozen=True, slots=True)
class Gain:
    """One change with what it brought and what it took away."""

    draft: str
    language: str
    change: Change
    gained: frozenset[str]  # features that only the new words have
    lost: frozenset[str]
    figures_gained: tuple[Figure, ...]
    figures_lost: tuple[Figure, ...]
    parent_new: str  # id of the provision that holds the new one, "" at the top
    parent_old: str

    @property
    def told(self) -> str:
        """The new words, with their surroundings where only few were inserted; the old ones of a removal."""
        return self.change.inserted if len(self.change.inserted) > 60 else self.change.new_text or self.change.old_text

    def evidence(self) -> TraceEvidence:
        c = self.change
        return TraceEvidence(self.draft, c.old_label, c.new_label, c.kind, c.inserted, c.deleted)


@dataclass(frozen=True)
class Gains:
    """All changes with words in them, and an index of what they gained."""

    all: tuple[Gain, ...]
    index: Index
    bags: tuple[dict[str, float], ...]


def collect(comparisons: Iterable[Comparison], drafts: Sequence[Draft], revised: Sequence[Draft]) -> Gains:
    """The substantive changes of ``comparisons``; mere renumberings bring nothing and are left out."""
    old = {d.kind: d for d in drafts}
    new = {d.kind: d for d in revised}
    found = [
        _gain(c, change, old.get(c.draft), new.get(c.draft))
        for c in comparisons
        for change in c.changes
        if _tells(change)
    ]
    bags = tuple(_bag(g) for g in found)
    return Gains(tuple(found), Index(bags, worth), bags)


def any_figure(figure: Figure) -> Figure:
    """A figure of a table cell, whose unit stands in another column."""
    measure = "any" if figure.measure in ("plain", "count") else figure.measure
    return Figure(figure.start, figure.end, figure.value, measure, figure.unit, figure.written)


def _tells(change: Change) -> bool:
    return change.substantive or bool(change.inserted or change.deleted) or change.kind in ("added", "removed")


def _gain(comparison: Comparison, change: Change, old: Draft | None, new: Draft | None) -> Gain:
    language = (new or old).language if (new or old) else ""  # type: ignore[union-attr]  # one of the two is there
    before, after = figures(change.old_text, language), figures(change.new_text, language)
    if change.table_row:
        before, after = tuple(map(any_figure, before)), tuple(map(any_figure, after))
    words_old, words_new = set(features(change.old_text, language)), set(features(change.new_text, language))
    return Gain(
        comparison.draft, language, change, frozenset(words_new - words_old), frozenset(words_old - words_new),
        missing(after, before), missing(before, after),
        _parent(new, change.new_id, change.table_row), _parent(old, change.old_id, change.table_row),
    )  # fmt: skip


def _parent(draft: Draft | None, provision: str, row: str) -> str:
    """The provision above; for a table row the one that holds the table."""
    if draft is None or provision not in draft.by_id:
        return ""
    return provision if row else draft.by_id[provision].parent_id


def _bag(gain: Gain) -> dict[str, float]:
    bag: Counter[str] = Counter()
    for feature in features(gain.change.new_text or gain.change.old_text, gain.language):
        bag[feature] = max(bag[feature], _AROUND)  # type: ignore[assignment]  # weights, not counts
    for feature in gain.gained if gain.change.new_text else gain.lost:
        bag[feature] = 1
    return {f: float(w) for f, w in sorted(bag.items())}
