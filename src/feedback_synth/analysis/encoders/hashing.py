"""An encoder without a model: hashed words and parts of words. For tests; it knows spelling, not meaning."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from feedback_synth.languages import text as texts

_DIMENSION = 256


class HashingEncoder:
    name = "hashing"
    dimension = _DIMENSION

    def __call__(self, items: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(items), _DIMENSION), np.float32)
        for row, item in enumerate(items):
            for part in _parts(item):
                code = crc32(part.encode("utf-8", "surrogatepass"))
                vectors[row, code % _DIMENSION] += 1 if code & 0x10000 else -1
        empty = ~vectors.any(axis=1)
        vectors[empty, 0] = 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def _parts(item: str) -> list[str]:
    words = texts.tokens(item)
    return words + [f"#{word[i : i + 3]}" for word in words for i in range(max(0, len(word) - 2))]


def make(source: Path | None = None, threads: int | None = None) -> HashingEncoder:
    return HashingEncoder()
