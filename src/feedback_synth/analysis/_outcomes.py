"""What became of an opinion where no literal check can tell: a small trained model weighs what the rules saw.

The rules' verdict is one sign among others: what changed in the linked provisions, how near its words and meaning are,
and whether another opinion explains the change better. models/outcomes/judge.json holds the weights; see its card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from feedback_synth.analysis import _trained
from feedback_synth.analysis._changes import Gain, Gains
from feedback_synth.analysis._demand import Demand
from feedback_synth.analysis._evidence import Evidence, Where
from feedback_synth.analysis._weigh import MOST, NEAR, PLACE, Verdict
from feedback_synth.datamodel.comparison import Outcome

_OWN = 0.5  # place from which a change stands in a linked provision
_LEAD = 0.5  # by how much "full" must be likelier than "none": telling a body that its wish is met is a promise
_UNSURE = 0.6  # probability under which a person should look
_BEHIND = 0.7  # how near the first change shown as evidence the others must come
_CERTAIN = {"edit": (), "removed": ("none", "partial"), "figure": ("partial",)}  # reason -> outcomes still open

Row = Mapping[str, float]


@dataclass(frozen=True)
class Judge:
    """A multinomial logistic regression: ``weights`` (signs, outcomes) over signs less ``mean``, by ``scale``."""

    encoder: str
    outcomes: tuple[Outcome, ...]
    signs: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def chances(self, rows: Sequence[Row]) -> NDArray[np.float64]:
        """The probability of each outcome, (rows, outcomes)."""
        x = np.array([[row.get(sign, 0.0) for sign in self.signs] for row in rows])
        scores = ((x - self.mean) / self.scale) @ self.weights + self.bias
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return cast("NDArray[np.float64]", odds / odds.sum(axis=1, keepdims=True))


@cache
def load(folder: Path) -> Judge:
    """The judge in ``folder``. ConfigError if it is missing or damaged."""
    return _trained.read(folder, "judge.json", _made)


def _made(found: Mapping[str, Any]) -> Judge:
    signs, outcomes = _trained.names(found["signs"]), cast(tuple[Outcome, ...], _trained.names(found["outcomes"]))
    mean, scale = (_trained.array(found[k], (len(signs),)) for k in ("mean", "scale"))
    weights = _trained.array(found["weights"], (len(signs), len(outcomes)))
    return Judge(
        str(found["encoder"]), outcomes, signs, mean, scale, weights, _trained.array(found["bias"], (len(outcomes),))
    )


def weighed(
    judge: Judge,
    demands: Sequence[Demand],
    wheres: Sequence[Where],
    gains: Gains,
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
) -> list[Verdict]:
    """The verdicts with those that are open weighed anew; literal edits, deletions done and figures met stay."""
    if not demands or not gains.all:
        return list(verdicts)
    rows = signs(demands, wheres, gains, evidence, verdicts)
    return [
        _weighed(dict(zip(judge.outcomes, row.tolist(), strict=True)), gains, e, v) if is_open(v) else v
        for row, e, v in zip(judge.chances(rows), evidence, verdicts, strict=True)
    ]


def is_open(verdict: Verdict) -> bool:
    """Whether no literal check stands behind the verdict."""
    return verdict.reason not in _CERTAIN or verdict.outcome in _CERTAIN[verdict.reason]


def chosen(chances: Mapping[Outcome, float]) -> Outcome:
    """The likeliest outcome; "full" only with a clear lead over "none"."""
    best = max(chances, key=lambda outcome: chances[outcome])
    if best == "full" and chances["full"] - chances["none"] < _LEAD:
        return "partial" if chances["partial"] > chances["none"] else "none"
    return best


def _weighed(chances: Mapping[Outcome, float], gains: Gains, evidence: Evidence, before: Verdict) -> Verdict:
    outcome = chosen(chances)
    unsure = before.unsure or chances[outcome] < _UNSURE
    if outcome == before.outcome or (outcome, before.outcome) == ("none", "not_applicable"):
        return replace(before, unsure=unsure)
    shown = () if outcome == "none" else before.gains or _shown(gains, evidence)
    return Verdict(outcome, chances[outcome], shown, unsure, "weighed")


def _shown(gains: Gains, evidence: Evidence) -> tuple[Gain, ...]:
    """The changes that speak most for the demand, those in or beside the linked provisions before others."""
    worth = evidence.content + PLACE * evidence.place
    near: list[int] = np.flatnonzero(evidence.place >= NEAR).tolist()
    order = sorted(near or range(len(worth)), key=lambda i: (-float(worth[i]), i))
    return tuple(gains.all[i] for i in order if worth[i] >= _BEHIND * worth[order[0]])[:MOST]


# ---- signs -----------------------------------------------------------------------------------------
def signs(
    demands: Sequence[Demand],
    wheres: Sequence[Where],
    gains: Gains,
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
) -> list[Row]:
    """What speaks for and against each outcome, by name, a row per demand; there must be changes."""
    worth = np.stack([e.content + PLACE * e.place for e in evidence])
    best_of_all, mean_meaning = worth.max(axis=0), np.mean([e.meaning for e in evidence], axis=0)
    return [
        {
            f"outcome:{v.outcome}": 1.0,
            f"reason:{v.reason}": 1.0,
            f"request:{d.request}": 1.0,
            "score": v.score,
            **_asked(d),
            **_linked(w),
            **_changed(gains, e, w),
            **_contested(worth, i, e, best_of_all, mean_meaning),
        }
        for i, (d, w, e, v) in enumerate(zip(demands, wheres, evidence, verdicts, strict=True))
    ]


def _asked(demand: Demand) -> Row:
    ways = {f"way:{way}": 1.0 for way in ("raise", "lower", "remove") if way in demand.ways}
    facts = {"targets": demand.targets, "named": demand.named, "edits": demand.edits}
    return {**ways, **{k: float(bool(v)) for k, v in facts.items()}, "length": len(demand.text) / 200}


def _linked(where: Where) -> Row:
    return {
        "link": max(where.old.values(), default=0.0),
        "links": len(where.old) / 4,
        "unlinked": float(not where.old),
        "explicit": float(where.explicit),
    }


def _changed(gains: Gains, evidence: Evidence, where: Where) -> Row:
    """What changed in the linked provisions, beside them, and anywhere."""
    own, here = np.flatnonzero(evidence.place >= _OWN), np.flatnonzero(evidence.place >= NEAR)
    signals = {"content": evidence.content, "words": evidence.words, "meaning": evidence.meaning}
    inside = [gains.all[i] for i in own]
    row = {
        **{f"{name} anywhere": float(values.max()) for name, values in signals.items()},
        **{f"{name} here": float(values[here].max(initial=0.0)) for name, values in signals.items()},
        "left here": float(evidence.left[here].max(initial=0.0)),
        "known here": float(evidence.known[here].max(initial=0.0)),
        "changes in it": min(len(own), 4) / 4,
        "changes here": min(len(here), 4) / 4,
        "removed": float(any(g.change.kind == "removed" for g in inside)),
        "added here": float(any(gains.all[i].change.kind == "added" for i in here)),
        "figures gained": float(any(g.figures_gained for g in inside)),
        "figures lost": float(any(g.figures_lost for g in inside)),
        "words gained": float(any(g.gained for g in inside)),
        "words lost": float(any(g.lost for g in inside)),
    }
    if where.explicit:
        row |= {f"explicit, {k}": row[k] for k in ("words gained", "content here")}
        row["explicit, changed"] = float(len(own) > 0)
    return row


def _contested(
    worth: NDArray[np.float64],
    i: int,
    evidence: Evidence,
    best_of_all: NDArray[np.float64],
    mean_meaning: NDArray[np.float64],
) -> Row:
    """Whether other opinions explain the changes better: the likeliest of all, and the likeliest in its place."""
    row = worth[i]
    best = int(row.argmax())
    rest = np.delete(row, best).max(initial=0.0)
    out = {"best content": float(evidence.content[best]), "best place": float(evidence.place[best])}
    out |= {f"best {k}": v for k, v in _rank(worth[:, best], i, best_of_all[best]).items()}
    out["best lead"] = float(row[best] - rest)
    for least in (_OWN, NEAR):
        near = np.flatnonzero(evidence.place >= least)
        if len(near):
            at = int(near[row[near].argmax()])
            out |= {f"here {k}": v for k, v in _rank(worth[:, at], i, best_of_all[at]).items()}
            out["here"] = 1.0
            out["here meaning"] = 3 * float(evidence.meaning[at] - mean_meaning[at])
            break
    return out


def _rank(column: NDArray[np.float64], i: int, best: float) -> Row:
    """Of one change: this opinion's claim to it beside the best claim, and how many claims are better."""
    return {"share": float(column[i] / max(best, 1e-6)), "rank": float((column > column[i]).sum()) / 5}
