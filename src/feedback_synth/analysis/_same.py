"""How surely two opinions ask for the same: a small trained model weighs what speaks for it and against it.

Vectors alone bring together what is said of one subject; what is asked shows in one clause, in a shared provision and
figure, and in no other opinion being nearer. models/duplicates/scorer.json holds the weights; see its card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from feedback_synth.analysis import _trained
from feedback_synth.analysis._alike import Likeness, goals
from feedback_synth.analysis._clauses import Clauses

Row = Mapping[str, float]

_NEAR = 0.4  # likeness in meaning from which two opinions are near, and 0.1 more for two clauses
_SHORT = 40  # characters of an opinion that says little
_ASKING = ("question", "clarify")
_MOST = 8  # opinions about one provision from which more make no difference


@dataclass(frozen=True)
class Scorer:
    """A logistic regression: ``weights`` (signs) over signs less ``mean``, by ``scale``.

    ``least`` is the chance from which two opinions make one request, ``join`` the mean chance between two sets.
    """

    encoder: str
    signs: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float
    least: float
    join: float

    def chances(self, rows: Sequence[Row]) -> NDArray[np.float64]:
        """How likely each pair is one request, (rows,), 0..1."""
        if not rows:
            return np.zeros(0)
        x = np.array([[row.get(sign, 0.0) for sign in self.signs] for row in rows])
        odds = ((x - self.mean) / self.scale) @ self.weights + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))


@cache
def load(folder: Path) -> Scorer:
    """The scorer in ``folder``. ConfigError if it is missing or damaged."""
    return _trained.read(folder, "scorer.json", _made)


def _made(found: Mapping[str, object]) -> Scorer:
    signs = _trained.names(found["signs"])
    mean, scale, weights = (_trained.array(found[k], (len(signs),)) for k in ("mean", "scale", "weights"))
    bias, least, join = (float(_trained.array(found[k], ())) for k in ("bias", "least", "join"))
    return Scorer(str(found["encoder"]), signs, mean, scale, weights, bias, least, join)


def signs(alike: Likeness, clauses: Clauses, i: int, j: int) -> Row:
    """What speaks for and against opinions ``i`` and ``j`` asking the same, by name."""
    return {**_near(alike, clauses, i, j), **_placed(alike, i, j), **_asked(alike, i, j), **_figured(alike, i, j)}


def _near(alike: Likeness, clauses: Clauses, i: int, j: int) -> Row:
    """How near they are in words, meaning and their nearest clauses, and whether others are nearer."""
    words, meaning = alike.words(i, j), alike.meaning(i, j)
    across = alike.opinions[i].language != alike.opinions[j].language
    clause, whole, covered, least_covered = clauses.nearness(i, j)
    first, second = sorted((alike.rank(i, meaning), alike.rank(j, meaning)))
    return {
        "words": words,
        "words across": words if across else 0.0,
        "across": float(across),
        "meaning": meaning,
        "meaning, near": max(0.0, meaning - _NEAR),
        "clause": clause,
        "clause, near": max(0.0, clause - _NEAR - 0.1),
        "clause of the other": whole,
        "covered": covered,
        "both covered": least_covered,
        "stands out": 2 * meaning - alike.crowding(i) - alike.crowding(j),
        "lead": 2 * meaning - alike.rival(i, meaning) - alike.rival(j, meaning),
        "mutual": float(second == 0),
        "rank": first / _MOST,
        "rank back": second / _MOST,
    }


def _placed(alike: Likeness, i: int, j: int) -> Row:
    a, b = alike.profiles[i], alike.profiles[j]
    place = alike.same_place(i, j)
    return {
        "place": place,
        "place, meaning": place * alike.meaning(i, j),
        "named place": place if a.sure and b.sure else 0.0,
        "other named places": float(a.sure and b.sure and not a.places & b.places),
        "no place": float(not a.places or not b.places),
        "crowd": min(alike.crowd(i, j), _MOST) / _MOST,
    }


def _asked(alike: Likeness, i: int, j: int) -> Row:
    one, other = alike.opinions[i], alike.opinions[j]
    a, b = alike.profiles[i], alike.profiles[j]
    lengths = sorted((len(one.text), len(other.text)))
    return {
        "request": float(one.request == other.request),
        "both delete": float(one.request == other.request == "delete"),
        "one asks": float((one.request in _ASKING) != (other.request in _ASKING)),
        "one difficulty": float((one.request == "difficulty") != (other.request == "difficulty")),
        "both difficulty": float(one.request == other.request == "difficulty"),
        "ways": float(bool(a.ways & b.ways)),
        "one way": float(bool(a.ways) != bool(b.ways)),
        "short": float(lengths[0] < _SHORT),
        "length": min(lengths[0], 200) / 200,
        "lengths": lengths[0] / max(1, lengths[1]),
        "one source": float(one.source_id == other.source_id),
    }


def _figured(alike: Likeness, i: int, j: int) -> Row:
    mine, others = (bool(goals(alike.profiles[k].figures)) for k in (i, j))
    placed = alike.same_place(i, j) > 0
    wished = not any(alike.opinions[k].request in _ASKING for k in (i, j))  # who asks about a figure wants no other
    goal, mark = wished and alike.same_goal(i, j), alike.same_mark(i, j)
    return {
        "goal": float(goal),
        "goal, place": float(goal and placed),
        "mark": float(mark),
        "mark, place": float(mark and placed),
        "step": float(wished and alike.same_step(i, j)),
        "one goal": float(mine != others),
        "no goal": float(not mine and not others),
    }
