"""BM25 over weighted features, with an inverted index: the time of a query grows with its postings only."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

_K1, _B = 1.2, 0.6
_SHORT = 0.8  # share of the mean length under which a document (a bare heading) is not favoured any more
_LEAST_SIZE = 80  # a handful of documents says little about rarity: they count as this many


class Index:
    """An index of documents given as bags: feature -> weighted count."""

    def __init__(self, bags: Sequence[Mapping[str, float]], worth: Callable[[str], float] = lambda _: 1.0) -> None:
        self._worth = worth
        self._weights: dict[str, float] = {}
        self.size = len(bags)
        lengths = np.array([sum(bag.values()) for bag in bags], dtype=np.float64)
        mean = float(lengths.mean()) if self.size and lengths.any() else 1.0
        self._norm = _K1 * (1 - _B + _B * np.maximum(lengths / mean, _SHORT))
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for i, bag in enumerate(bags):
            for feature, count in bag.items():
                postings[feature].append((i, count))
        self._postings = {
            f: (np.array([i for i, _ in rows]), np.array([c for _, c in rows], dtype=np.float64))
            for f, rows in postings.items()
        }

    def weight(self, feature: str) -> float:
        """Inverse document frequency times worth, also of features no document has."""
        if feature not in self._weights:
            n = len(self._postings[feature][0]) if feature in self._postings else 0
            size = max(self.size, _LEAST_SIZE)
            self._weights[feature] = math.log(1 + (size - n + 0.5) / (n + 0.5)) * self._worth(feature)
        return self._weights[feature]

    def scores(self, query: Mapping[str, float]) -> NDArray[np.float64]:
        """The score of every document for ``query``, in 0..1: the share of the query's information it holds.

        ``query`` maps features to how often (or how strongly) they are asked for.
        """
        out = np.zeros(self.size)
        best = 0.0
        for feature, times in query.items():
            weight = self.weight(feature) * min(times, 2)
            best += weight
            if feature in self._postings:
                rows, counts = self._postings[feature]
                out[rows] += weight * (_K1 + 1) * counts / (counts + self._norm[rows])
        return np.minimum(out / best, 1.0) if best else out

    def shared(self, query: Iterable[str], document: Mapping[str, float]) -> list[str]:
        """The features of ``query`` that ``document`` has, most telling first."""
        return sorted({f for f in query if f in document}, key=lambda f: (-self.weight(f), f))
