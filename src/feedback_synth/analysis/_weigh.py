"""Weighing a demand against the changes: literal edits, figures, removals, then words and meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from feedback_synth.analysis import _demand
from feedback_synth.analysis._changes import Gain, Gains
from feedback_synth.analysis._demand import Demand
from feedback_synth.analysis._figures import Figure
from feedback_synth.analysis._vectors import Encode, centred
from feedback_synth.datamodel.comparison import Outcome
from feedback_synth.languages.text import match_key

_MOST = 4  # changes shown as evidence
_HERE, _BESIDE = 0.3, 0.15  # what a change gains by standing in the linked provision, or beside it
_FULL, _PARTIAL = 0.62, 0.42  # weight of the best change from which an opinion is taken in
_CLEAR = 0.1  # distance from a threshold under which a person should look


@dataclass(frozen=True, slots=True)
class Where:
    """Where a demand belongs: linked old provisions and new parents with the score of their link, rows of tables."""

    old: Mapping[tuple[str, str], float] = field(default_factory=dict)
    parents_new: Mapping[tuple[str, str], float] = field(default_factory=dict)
    rows: Mapping[tuple[str, str], str] = field(default_factory=dict)
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: Outcome
    score: float
    gains: tuple[Gain, ...] = ()
    unsure: bool = False
    reason: str = ""


def nearness(demands: Sequence[Demand], gains: Gains, encode: Encode | None) -> NDArray[np.float64]:
    """For each demand and change, how near the words (and with an encoder the meaning) are, 0..1."""
    out = np.zeros((len(demands), len(gains.all)))
    for i, demand in enumerate(demands):
        out[i] = gains.index.scores(demand.query)
    if encode is not None and gains.all and demands:
        rows = centred([d.text for d in demands], [d.language for d in demands], encode)
        told = centred([g.told for g in gains.all], [g.language for g in gains.all], encode)
        out = 0.6 * out + 0.6 * np.clip(rows @ told.T, 0.0, 1.0)
    return out


def judge(demand: Demand, where: Where, gains: Gains, near: NDArray[np.float64]) -> Verdict:
    """The outcome of ``demand``; ``near`` are its nearnesses to the changes."""
    standing = [_standing(g, where) for g in gains.all]
    here = [i for i, s in enumerate(standing) if s >= _HERE * 0.5]
    for check in (_dictated, _removed, _figured):
        verdict = check(demand, where, gains, here, near)
        if verdict is not None:
            return verdict
    return _worded(demand, where, gains, near, standing)


def _standing(gain: Gain, where: Where) -> float:
    """What the place of a change says for it: in the linked provision, beside it, or elsewhere."""
    c = gain.change
    key = (gain.draft, c.old_id)
    if c.old_id and key in where.old:
        row = where.rows.get(key, "")
        if not c.table_row or not row or match_key(row) == match_key(c.table_row):
            return _HERE * where.old[key]
        return 0.0
    beside = where.parents_new.get((gain.draft, gain.parent_new), 0.0) if c.kind == "added" else 0.0
    return _BESIDE * beside


# ---- certain ---------------------------------------------------------------------------------------
def _dictated(
    demand: Demand, where: Where, gains: Gains, here: Sequence[int], near: NDArray[np.float64]
) -> Verdict | None:
    """Words dictated literally: looked for where the opinion belongs, then anywhere."""
    edits = [e for e in demand.edits if len(e.old) > 1 or len(e.new) > 1]
    if not edits:
        return None
    for places in (here, range(len(gains.all))):
        for i in places:
            g = gains.all[i]
            found = [_demand.literal(e, g.change.old_text, g.change.new_text) for e in edits]
            if any(f == "full" for f in found):
                whole = all(f == "full" for f in found)
                return Verdict("full" if whole else "partial", 0.97, (g,), False, "edit")
            if places is here and any(f == "partial" for f in found) and near[i] >= 0.3:
                return Verdict("partial", 0.6, (g,), True, "edit")
    return Verdict("none", 0.9, (), False, "edit")


def _removed(
    demand: Demand, where: Where, gains: Gains, here: Sequence[int], near: NDArray[np.float64]
) -> Verdict | None:
    """A wish to delete: the provision is gone, or words of the opinion left it."""
    if not demand.removes:
        return None
    gone = [i for i in here if gains.all[i].change.kind == "removed"]
    if gone:
        return Verdict("full", 0.95, tuple(gains.all[i] for i in gone[:_MOST]), False, "removed")
    for i in here:
        if gains.all[i].lost & set(demand.query) and not gains.all[i].gained:
            return Verdict("full", 0.8, (gains.all[i],), False, "removed")
    if demand.request != "delete":
        return None
    return Verdict("none", 0.8 if where.old else 0.5, (), not where.old, "removed")


def _figured(
    demand: Demand, where: Where, gains: Gains, here: Sequence[int], near: NDArray[np.float64]
) -> Verdict | None:
    """Figures asked for: written in the new words of the right place, left out, or gone the other way."""
    places = list(here) or [i for i in range(len(gains.all)) if near[i] >= _PARTIAL]
    hits: list[Gain] = []
    met: list[Figure] = []
    for i in places:
        g = gains.all[i]
        found = [t for t in demand.targets if any(t.same(f) for f in g.figures_gained)]
        if found:
            hits.append(g)
            met += [t for t in found if t not in met]
    contrary = [
        gains.all[i] for i in places if _demand.against(demand, gains.all[i].figures_lost, gains.all[i].figures_gained)
    ]
    if contrary and not any(m.measure != "date" for m in met):
        return Verdict("opposite", 0.85, tuple(contrary[:_MOST]), False, "figure")
    if not demand.targets or not met:
        return None
    weighty = [t for t in demand.targets if t.measure != "count" and t.measure != "plain"] or list(demand.targets)
    whole = all(any(t.same(m) for m in met) for t in weighty)
    return Verdict("full" if whole else "partial", 0.9 if whole else 0.7, tuple(hits[:_MOST]), not whole, "figure")


# ---- by words --------------------------------------------------------------------------------------
def _worded(
    demand: Demand, where: Where, gains: Gains, near: NDArray[np.float64], standing: Sequence[float]
) -> Verdict:
    if not len(near):
        return Verdict(_nothing(demand, where), 0.6, (), True, "unchanged")
    weights = near + np.array(standing)
    order = [int(i) for i in np.argsort(-weights, kind="stable")]
    best = float(weights[order[0]])
    least = _PARTIAL + (0.2 if demand.only_asks else 0.1 if demand.request == "difficulty" else 0.0)
    if best < least:
        return Verdict(_nothing(demand, where), min(1.0, 1 - best), (), least - best < _CLEAR, "unchanged")
    chosen = tuple(gains.all[i] for i in order[:_MOST] if weights[i] >= max(least, 0.75 * best))
    full = best >= _FULL and not _short_of(demand, chosen)
    return Verdict(
        "full" if full else "partial",
        min(1.0, best),
        chosen,
        abs(best - _FULL) < _CLEAR or best - least < _CLEAR,
        "words",
    )


def _short_of(demand: Demand, chosen: Sequence[Gain]) -> bool:
    """Whether the opinion asks for figures that none of the changes has."""
    return bool(demand.targets) and not any(t.same(f) for t in demand.targets for g in chosen for f in g.figures_gained)


def _nothing(demand: Demand, where: Where) -> Outcome:
    """Nothing changed for it: not taken in, or nothing in the drafts could answer it."""
    return "not_applicable" if demand.request == "difficulty" and not where.old else "none"
