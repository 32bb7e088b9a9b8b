"""Sentence vectors with each language's mean taken off, so that a text lies near its translation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
Matrix = NDArray[np.float32]
_ENOUGH = 8  # texts of a language from which its mean is worth taking off


def centred(texts: Sequence[str], languages: Sequence[str], encode: Encode) -> Matrix:
    """Unit rows for ``texts``; the mean of each language is subtracted where there are enough texts of it."""
    if not texts:
        return np.zeros((0, 1), dtype=np.float32)
    rows = np.array(encode(list(texts)), dtype=np.float32)
    for language in sorted(set(languages)):
        chosen = np.array([code == language for code in languages])
        if int(chosen.sum()) >= _ENOUGH:
            rows[chosen] -= rows[chosen].mean(axis=0)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), dtype=np.float32)
