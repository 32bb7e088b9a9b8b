"""The changes of the revised drafts as things an opinion may have asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from feedback_synth.analysis._bm25 import Index
from feedback_synth.analysis._figures import Figure, figures, missing
from feedback_synth.analysis._words import features, shareable, worth
from feedback_synth.datamodel.comparison import Change, Comparison, TraceEvidence
from feedback_synth.datamodel.draft import Draft


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


class Overlap:
    """Sets of features with what of a query each of them holds, by weight; an inverted index, so few are touched."""

    def __init__(self, sets: Sequence[frozenset[str]], weight: Callable[[str], float]) -> None:
        self._weight = weight
        self.totals = np.array([sum(map(weight, sorted(s))) for s in sets])
        self.totals_shared = np.array([sum(map(weight, sorted(shareable(s, True)))) for s in sets])
        postings: dict[str, list[int]] = defaultdict(list)
        for i, features_of_one in enumerate(sets):
            for feature in sorted(features_of_one):
                postings[feature].append(i)
        self._postings = {f: np.array(rows) for f, rows in postings.items()}

    def held(self, query: Iterable[str]) -> NDArray[np.float64]:
        """For each set the weight of the features of ``query`` in it."""
        out = np.zeros(len(self.totals))
        for feature in query:
            if feature in self._postings:
                out[self._postings[feature]] += self._weight(feature)
        return out


@dataclass(frozen=True)
class Gains:
    """All changes with words in them, and what they gained, lost and had."""

    all: tuple[Gain, ...]
    weight: Callable[[str], float]
    gained: Overlap
    lost: Overlap
    had: Overlap


def collect(comparisons: Iterable[Comparison], drafts: Sequence[Draft], revised: Sequence[Draft]) -> Gains:
    """The changes of ``comparisons`` that have words or a place in them; mere renumberings bring nothing."""
    old = {d.kind: d for d in drafts}
    new = {d.kind: d for d in revised}
    found = tuple(
        _gain(c, change, old.get(c.draft), new.get(c.draft))
        for c in comparisons
        for change in c.changes
        if _tells(change)
    )
    had = [frozenset(features(g.change.old_text, g.language)) for g in found]
    weight = Index([dict.fromkeys(h | g.gained, 1.0) for h, g in zip(had, found, strict=True)], worth).weight
    return Gains(
        found,
        weight,
        Overlap([g.gained for g in found], weight),
        Overlap([g.lost for g in found], weight),
        Overlap(had, weight),
    )


def any_figure(figure: Figure) -> Figure:
    """A figure of a table cell, whose unit stands in another column."""
    measure = "any" if figure.measure in ("plain", "count") else figure.measure
    return Figure(figure.start, figure.end, figure.value, measure, figure.unit, figure.written)


def _tells(change: Change) -> bool:
    return change.substantive or bool(change.inserted or change.deleted) or change.kind in ("added", "removed", "moved")


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
