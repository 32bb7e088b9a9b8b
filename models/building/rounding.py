"""Matrices of the encoder in int8: the step of each output's weights, and the bias that gives back what is lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MOST = 127  # of two neighbouring weights together


@dataclass(frozen=True)
class Rounding:
    """Per output of a matrix, what one step of its weights is worth, and its bias."""

    scale: NDArray[np.float16]
    bias: NDArray[np.float16]


def rounded(
    weights: NDArray[np.float16], bias: NDArray[np.float16], steps: NDArray[np.float16], mean: NDArray[np.float16]
) -> Rounding:
    """How to round ``weights`` (out, in); what enters them has this ``mean`` (in) and comes in whole ``steps`` (in).

    No two neighbouring weights together pass 128 steps: processors with AVX2 but without VNNI add two neighbouring
    products, each up to 255 times a weight, in 16 bits.
    """
    scaled = weights.astype(np.float32) * steps.astype(np.float32)
    pairs = scaled.reshape(len(scaled), -1, 2)
    largest = np.maximum(np.maximum(pairs, 0).sum(axis=2), np.maximum(-pairs, 0).sum(axis=2)).max(axis=1)
    scale = _up(largest / _MOST)
    whole = np.round(scaled / scale.astype(np.float32)[:, None])
    lost = scaled.astype(np.float64) - whole * scale.astype(np.float64)[:, None]
    return Rounding(scale, (bias + lost @ (mean / steps.astype(np.float64))).astype(np.float16))


def _up(values: NDArray[np.float32]) -> NDArray[np.float16]:
    """The nearest half-precision numbers that are not smaller."""
    near = values.astype(np.float16)
    return np.where(near < values, np.nextafter(near, np.float16(np.inf)), near)
