"""A trained head taught a team's own opinions: the weights it ships with, and a correction learnt in a few seconds.

The correction is the smallest that sorts the team's opinions as the team did and leaves the head's answers on its own
examples as they were. Of these a part is enough, and their vectors are kept with the head, so nothing is encoded anew.
The head's temperature stays: it was fitted on opinions that the encoder and the head had never seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback_synth import heads
from feedback_synth.analysis._learning import Floats, Located, matrix, quantised

_SPREAD = 1200  # of the head's examples, evenly spread, that it has to answer as before
_NEAR = 20  # and those nearest to each of the team's opinions
_WEIGHT = 20.0  # how often an opinion of the team counts beside one of these
_STRENGTH = 10.0  # inverse of the regularisation of the correction
_UNSEEN = -3.0  # where the bias of a new label begins
_ROUNDS = 100  # of the optimiser; more changes no prediction

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Task:
    """What the correction is fitted to: ``targets`` (n, labels) with ``weights`` (n), over scores that stand."""

    features: Any  # sparse matrix (n, features that may change)
    scores: Doubles  # (n, labels), of the head as it is
    targets: Doubles
    weights: Doubles


def extend(
    head: heads.Head,
    texts: Sequence[str],
    labels: Sequence[str],
    order: Sequence[str],
    vectors: Floats,
    signs: Sequence[heads.Signs],
    signs_of: Callable[[str], heads.Signs],
) -> heads.Head:
    """``head`` taught that ``texts`` have ``labels``, old ones or new; ``order`` is the order of labels.

    ``vectors`` (n, d) are those of ``texts``, language-centred; ``signs_of`` tells the signs of one of its examples.
    """
    known = tuple(label for label in order if label in {*head.labels, *labels})
    chosen = _examples(head, vectors)
    kept = [head.examples[i] for i in chosen]
    located = [heads.features(text, signs_of(text)) for text in kept]
    own = [heads.features(text, facts) for text, facts in zip(texts, signs, strict=True)]
    wide = _widened(head, known, _rarity(head, own))
    rows = matrix([*located, *own], wide.rarity, np.concatenate([head.unit_examples[chosen], vectors]))
    scores = np.asarray(rows @ np.concatenate([wide.dense, wide.sparse]) + wide.bias, np.float64)
    used = np.unique(np.concatenate([places for _, places, _ in own]))
    columns = np.concatenate([np.arange(head.dimension), head.dimension + used])
    targets = np.concatenate([_answers(scores[: len(kept)], known, head), _as_told(labels, known)])
    weights = np.concatenate([np.ones(len(kept)), np.full(len(texts), _WEIGHT)])
    change = _fitted(Task(rows[:, columns].tocsr(), scores, targets, weights), [name in head.labels for name in known])
    sparse = wide.sparse.copy()
    sparse[used] += change[head.dimension : -1]
    return replace(
        wide,
        dense=wide.dense + change[: head.dimension],
        sparse=sparse,
        bias=wide.bias + change[-1],
        examples=(*texts, *head.examples),
        example_labels=(*labels, *head.example_labels),
        example_vectors=_joined(quantised(vectors), head),
    )


def _examples(head: heads.Head, vectors: Floats) -> list[int]:
    """Which of the head's examples it has to answer as before: some of all kinds, and those like the team's own."""
    step = max(1, len(head.examples) // _SPREAD)
    near = np.argsort(-(vectors @ head.unit_examples.T), axis=1, kind="stable")[:, :_NEAR]
    return sorted({*range(0, len(head.examples), step), *near.ravel().tolist()})


def _joined(own: NDArray[np.int8], head: heads.Head) -> NDArray[np.int8] | None:
    return None if head.example_vectors is None else np.concatenate([own, head.example_vectors])


def _rarity(head: heads.Head, own: Sequence[Located]) -> Floats:
    """The head's rarities, and those of words that it has never met and the team uses."""
    counts = np.zeros(heads.PLACES)
    for _, places, _ in own:
        counts[np.unique(places)] += 1
    new = (head.rarity == 0) & (counts > 0)
    rarity = head.rarity.copy()
    rarity[new] = np.log((1 + len(head.examples)) / (1 + counts[new])) + 1
    return rarity


def _widened(head: heads.Head, labels: tuple[str, ...], rarity: Floats) -> heads.Head:
    """The head with a column for each of ``labels``; those of new ones are empty."""
    places = [labels.index(label) for label in head.labels]

    def widened(weights: Floats) -> Floats:
        wide = np.zeros((*weights.shape[:-1], len(labels)), np.float32)
        wide[..., places] = weights
        return wide

    return replace(
        head,
        labels=labels,
        dense=widened(head.dense),
        sparse=widened(head.sparse),
        bias=widened(head.bias),
        rarity=rarity,
    )


def _answers(scores: Doubles, labels: Sequence[str], head: heads.Head) -> Doubles:
    """What the head answers as it is, by labels; nothing for those it does not know."""
    known = np.array([label in head.labels for label in labels])
    odds = np.where(known, np.exp(scores - scores.max(axis=1, keepdims=True, where=known, initial=-np.inf)), 0)
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def _as_told(labels: Sequence[str], known: Sequence[str]) -> Doubles:
    return np.array([[float(label == one) for one in known] for label in labels])


def _fitted(task: Task, old: Sequence[bool]) -> Floats:
    """The correction (features and then the bias, labels) that fits the task best for its size."""
    from scipy.optimize import minimize

    count, width = len(old), task.features.shape[1]
    turned = task.features.T.tocsr()
    start = np.zeros((width + 1, count))
    start[-1] = np.where(old, 0, _UNSEEN)
    penalty = np.full((width + 1, 1), 1 / _STRENGTH)
    penalty[-1] = 0

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        change = flat.reshape(width + 1, count)
        scores = task.scores + task.features @ change[:-1] + change[-1]
        scores -= scores.max(axis=1, keepdims=True)
        total = np.exp(scores).sum(axis=1, keepdims=True)
        surprise = -(task.weights[:, None] * task.targets * (scores - np.log(total))).sum()
        slope = task.weights[:, None] * (np.exp(scores) / total - task.targets)
        gradient = np.concatenate([turned @ slope, slope.sum(axis=0, keepdims=True)]) + penalty * change
        return float(surprise + (penalty * change * change).sum() / 2), gradient.ravel()

    options = {"maxiter": _ROUNDS, "gtol": 1e-3, "ftol": 1e-6}
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x.reshape(width + 1, count), np.float32)
