"""How much of a change a demand explains: shared new words, words that left, meaning, place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from feedback_synth.analysis._changes import Gain, Gains
from feedback_synth.analysis._demand import Demand
from feedback_synth.analysis._vectors import Encode, Matrix, centred
from feedback_synth.analysis._words import shareable
from feedback_synth.languages.text import match_key

BESIDE = 0.5  # what standing beside the linked provision is worth of standing in it
_MORE, _LESS, _MEANING = 0.5, 0.25, 0.3  # worth of the larger and the smaller share of words, and of the meaning


@dataclass(frozen=True, slots=True)
class Where:
    """Where a demand belongs: linked old provisions and new parents with the score of their link, rows of tables."""

    old: Mapping[tuple[str, str], float] = field(default_factory=dict)
    parents_new: Mapping[tuple[str, str], float] = field(default_factory=dict)
    rows: Mapping[tuple[str, str], str] = field(default_factory=dict)
    explicit: bool = False


@dataclass(frozen=True)
class Evidence:
    """For one demand, signals in 0..1 for each change (same order as the changes)."""

    words: NDArray[np.float64]  # how far the new words are the demand's, and the demand's the new words
    known: NDArray[np.float64]  # how far the old words already are the demand's
    left: NDArray[np.float64]  # how far the words that left are words of the demand
    meaning: NDArray[np.float64]
    place: NDArray[np.float64]  # 1 in a surely linked provision, less beside it, 0 elsewhere

    @property
    def content(self) -> NDArray[np.float64]:
        return self.words + _MEANING * self.meaning


@dataclass(frozen=True)
class Meanings:
    """An encoder with what it makes of the changes: their new words alone, and the whole of what is new."""

    encode: Encode
    fresh: Matrix
    whole: Matrix


def meanings_of(gains: Gains, encode: Encode | None) -> Meanings | None:
    """The vectors of the changes, None without an encoder or without changes."""
    if encode is None or not gains.all:
        return None
    codes = [g.language for g in gains.all]
    fresh = centred([g.change.inserted or g.change.old_text for g in gains.all], codes, encode)
    whole = centred([g.change.new_text or g.change.old_text for g in gains.all], codes, encode)
    return Meanings(encode, fresh, whole)


def gather(
    demands: Sequence[Demand], wheres: Sequence[Where], gains: Gains, meanings: Meanings | None
) -> list[Evidence]:
    """The evidence for each demand; with ``meanings`` of the changes also by meaning."""
    near = _nearness(demands, gains, meanings)
    return [
        Evidence(*_words(d, gains), near[i], np.array([_standing(g, where) for g in gains.all]))
        for i, (d, where) in enumerate(zip(demands, wheres, strict=True))
    ]


def _words(demand: Demand, gains: Gains) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    query = sorted(set(demand.query))
    common = sorted(shareable(query, True))
    foreign = np.array([g.language != demand.language for g in gains.all], dtype=bool)

    def either(own: NDArray[np.float64], across: NDArray[np.float64]) -> NDArray[np.float64]:
        chosen: NDArray[np.float64] = np.where(foreign, across, own)
        return chosen

    shared = either(gains.gained.held(query), gains.gained.held(common))
    asked = either(
        sum(map(gains.weight, query)) - gains.had.held(query), sum(map(gains.weight, common)) - gains.had.held(common)
    )
    gained = either(gains.gained.totals, gains.gained.totals_shared)
    lost = either(gains.lost.totals, gains.lost.totals_shared)
    left = either(gains.lost.held(query), gains.lost.held(common))
    of_query, of_gain = _share(shared, asked), _share(shared, gained)
    more, less = np.maximum(of_query, of_gain), np.minimum(of_query, of_gain)
    trust = np.minimum(1.0, shared / _weighty(gains))
    words = np.asarray((_MORE * more + _LESS * less) * trust, dtype=np.float64)
    had = either(gains.had.held(query), gains.had.held(common))
    return words, _share(had, had + np.maximum(asked, 0.0)), _share(left, lost)


def _weighty(gains: Gains) -> float:
    """The weight of one telling feature: less in common proves little, however short the change."""
    return max(1e-6, gains.weight("a word that no change has") * 1.2)


def _share(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    out: NDArray[np.float64] = np.divide(part, whole, out=np.zeros_like(part), where=whole > 1e-6)
    return np.minimum(1.0, out)


def _nearness(demands: Sequence[Demand], gains: Gains, meanings: Meanings | None) -> NDArray[np.float64]:
    if meanings is None or not demands:
        return np.zeros((len(demands), len(gains.all)))
    asked = centred([d.text for d in demands], [d.language for d in demands], meanings.encode)
    near: NDArray[np.float64] = np.maximum(asked @ meanings.fresh.T, asked @ meanings.whole.T).astype(np.float64)
    return np.clip(near, 0.0, 1.0)


def _standing(gain: Gain, where: Where) -> float:
    """What the place of a change says for it: in the linked provision, beside it, or elsewhere."""
    change = gain.change
    key = (gain.draft, change.old_id)
    if change.old_id and key in where.old:
        row = where.rows.get(key, "")
        if not change.table_row or not row or match_key(row) == match_key(change.table_row):
            return where.old[key]
        return 0.0
    return BESIDE * where.parents_new.get((gain.draft, gain.parent_new), 0.0) if change.kind == "added" else 0.0
