"""Learn a linear head (heads.py) from labelled texts: logistic regression over vectors, n-grams and signs.

Used by ``feedback-synth learn`` and by the training scripts under models/; the only module that imports scikit-learn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from feedback_synth import heads

Floats = NDArray[np.float32]
_FOLDS = 4
_ROUNDS = 100  # of the optimiser; more changes no prediction
_STRETCH = 10  # rows that stand together often come from one hand; they are held out together


def learn(
    texts: Sequence[str],
    labels: Sequence[str],
    order: Sequence[str],
    vectors: Floats | None,
    signs: Sequence[heads.Signs],
    *,
    encoder: str,
    strength: float = 3.0,
    trust: float = 1.0,
    weights: Floats | None = None,
    temperature: float | None = None,
    settings: Mapping[str, float] | None = None,
) -> heads.Head:
    """A head that tells ``labels`` apart, with probabilities calibrated on rows held out in turn.

    ``vectors`` (n, d) are language-centred, or None; ``order`` is the order of labels in the head (those without an
    example are left out); ``strength`` is the inverse of the regularisation, ``trust`` scales the vectors beside the
    words, ``weights`` (n) say how much each row counts; a known ``temperature`` saves calibrating.
    """
    known = [label for label in order if label in set(labels)]
    places = np.array([known.index(label) for label in labels])
    located = [heads.features(text, facts) for text, facts in zip(texts, signs, strict=True)]
    how = Fit(len(known), strength, trust)
    weights = np.ones(len(texts), np.float32) if weights is None else weights
    plain = _fit(located, places, vectors, weights, how)
    if temperature is None:
        temperature = fitting_temperature(held_out(located, places, vectors, weights, how), places)
    return heads.Head(
        labels=tuple(known),
        dense=plain[0],
        sparse=plain[1],
        bias=plain[2],
        rarity=plain[3],
        temperature=temperature,
        encoder=encoder,
        settings=dict(settings or {}),
        examples=tuple(texts),
        example_labels=tuple(labels),
        example_vectors=None if vectors is None else quantised(vectors),
    )


def quantised(vectors: Floats) -> NDArray[np.int8]:
    """Vectors as a head keeps them: their directions, in a quarter of the room."""
    return np.clip(np.rint(vectors * 400), -127, 127).astype(np.int8)


Located = tuple[list[str], NDArray[np.int64], Floats]
Weights = tuple[Floats, Floats, Floats, Floats]


class Fit(NamedTuple):
    """How to fit: the number of labels, the inverse of the regularisation, the scale of the vectors."""

    labels: int
    strength: float
    trust: float


def held_out(
    located: Sequence[Located], places: NDArray[np.int64], vectors: Floats | None, weights: Floats, how: Fit
) -> Floats:
    """Scores (n, labels) of each row by a model that has not seen its stretch of rows."""
    deal = np.arange(len(places)) // _STRETCH % _FOLDS
    if len(set(deal.tolist())) < 2:
        deal = np.arange(len(places)) % 2
    scores = np.zeros((len(places), how.labels), np.float32)
    for fold in sorted(set(deal.tolist())):
        train, test = np.flatnonzero(deal != fold).tolist(), np.flatnonzero(deal == fold).tolist()
        own = None if vectors is None else vectors[train]
        fitted = _fit([located[i] for i in train], places[train], own, weights[train], how)
        scores[test] = _scores(fitted, [located[i] for i in test], None if vectors is None else vectors[test])
    return scores


def _fit(
    located: Sequence[Located], places: NDArray[np.int64], vectors: Floats | None, weights: Floats, how: Fit
) -> Weights:
    """Weights (dense, sparse, bias, rarity) with a column for each of ``how.labels`` labels, seen or not."""
    from sklearn.linear_model import LogisticRegression

    rarity = _rarity(located)
    rows = matrix(located, rarity, None if vectors is None else vectors * np.float32(how.trust))
    model = LogisticRegression(C=how.strength, max_iter=_ROUNDS, tol=1e-3).fit(rows, places, sample_weight=weights)
    table = np.zeros((rows.shape[1], how.labels), np.float32)
    bias = np.full(how.labels, -20.0, np.float32)  # a label that no row of these has
    if len(model.classes_) == 2:
        table[:, model.classes_] = np.stack([-model.coef_[0], model.coef_[0]], axis=1) / 2
        bias[model.classes_] = [-model.intercept_[0] / 2, model.intercept_[0] / 2]
    else:
        table[:, model.classes_] = model.coef_.T
        bias[model.classes_] = model.intercept_
    width = 0 if vectors is None else vectors.shape[1]
    return table[:width] * np.float32(how.trust), table[width:], bias, rarity


def _rarity(located: Sequence[Located]) -> Floats:
    """Per place: 0 where fewer than two texts have it, else higher the fewer have it; 1 for signs."""
    counts = np.zeros(heads.PLACES)
    signs = set()
    for names, places, _ in located:
        counts[np.unique(places)] += 1
        signs |= {place for name, place in zip(names, places.tolist(), strict=True) if name[0] == "s"}
    rarity = np.where(counts >= 2, np.log((1 + len(located)) / (1 + counts)) + 1, 0).astype(np.float32)
    rarity[sorted(signs)] = 1
    return rarity


def matrix(located: Sequence[Located], rarity: Floats, vectors: Floats | None) -> Any:
    """What a head sees of each text, a sparse row of (dimension, then PLACES)."""
    from scipy.sparse import csr_matrix, hstack

    values = [heads.normalised(names, raw * rarity[places]) for names, places, raw in located]
    ends = np.cumsum([0, *(len(v) for v in values)])
    sparse = csr_matrix(
        (np.concatenate(values), np.concatenate([places for _, places, _ in located]), ends),
        shape=(len(located), heads.PLACES),
    )
    return sparse if vectors is None else hstack([csr_matrix(vectors), sparse]).tocsr()


def _scores(weights: Weights, located: Sequence[Located], vectors: Floats | None) -> Floats:
    dense, sparse, bias, rarity = weights
    table = np.concatenate([dense, sparse])
    return np.asarray(matrix(located, rarity, vectors) @ table + bias, np.float32)


def fitting_temperature(scores: Floats, places: NDArray[np.int64]) -> float:
    """The divisor of the scores under which the labels held out are likeliest."""
    grid = np.exp(np.linspace(np.log(0.3), np.log(4), 60))
    return round(float(min(grid, key=lambda t: _surprise(scores / t, places))), 3)


def _surprise(scores: Floats, places: NDArray[np.int64]) -> float:
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-logs[np.arange(len(places)), places].mean())
