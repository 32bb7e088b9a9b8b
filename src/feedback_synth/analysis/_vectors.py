"""Sentence vectors with each language's mean taken off, so that a text lies near its translation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from feedback_synth.analysis._words import lexicon_phrases

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
Matrix = NDArray[np.float32]
_REFERENCE = 40  # phrases of the lexicon that stand for a language of which few texts are there
_WEIGHT = 10  # texts that this reference counts for in the mean


def centred(texts: Sequence[str], languages: Sequence[str], encode: Encode) -> Matrix:
    """Unit rows for ``texts``; from each the mean of its language is subtracted.

    The mean is that of the texts themselves, steadied by phrases of the lexicon, so that two texts do not look alike
    because they are the only ones of their language.
    """
    if not texts:
        return np.zeros((0, 1), dtype=np.float32)
    rows = np.array(encode(list(texts)), dtype=np.float32)
    for language in sorted(set(languages)):
        chosen = np.array([code == language for code in languages])
        rows[chosen] -= _mean(rows[chosen], language, encode)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), dtype=np.float32)


def _mean(rows: Matrix, language: str, encode: Encode) -> Matrix:
    if len(rows) >= 5 * _WEIGHT:
        return np.asarray(rows.mean(axis=0), dtype=np.float32)
    reference = _reference(language, encode)
    if reference is None:
        return np.asarray(rows.mean(axis=0), dtype=np.float32)
    return np.asarray((rows.sum(axis=0) + _WEIGHT * reference) / (len(rows) + _WEIGHT), dtype=np.float32)


def _reference(language: str, encode: Encode) -> Matrix | None:
    """The mean vector of a language: as the encoder knows it, else of phrases of the lexicon."""
    known: Mapping[str, Matrix] = getattr(encode, "means", None) or {}
    if language in known:
        return known[language]
    phrases = lexicon_phrases(language)
    phrases = phrases[:: max(1, len(phrases) // _REFERENCE)][:_REFERENCE]
    return np.array(encode(list(phrases)), dtype=np.float32).mean(axis=0) if phrases else None
