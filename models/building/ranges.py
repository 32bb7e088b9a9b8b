"""How large the values before each matrix of the encoder grow, channel by channel, and the steps they are rounded with.

Measured once, in floats (``models/measure_ranges.py``); kept as fp16 in models/data/ranges.npz.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PLACES = ("attention.self", "attention.output.dense", "intermediate.dense", "output.dense")
_DAMPING = 0.9  # how far large channels are evened out; the matrix takes over what is taken from them
_ROOM = 1.1  # texts nobody measured go beyond the largest value that was measured
_HALF = 127  # steps on either side of zero


@dataclass(frozen=True)
class Ranges:
    """By matrix, as ``encoder.layer.0.attention.self``: largest magnitude and mean of each channel that enters it."""

    largest: Mapping[str, NDArray[np.float16]]
    mean: Mapping[str, NDArray[np.float16]]

    def steps(self, matrix: str) -> NDArray[np.float16]:
        """Per channel, the size of one step: 127 of them reach beyond the largest value of any channel."""
        largest = self.largest[matrix].astype(np.float64)
        even = np.maximum(largest, largest.max() * 1e-3) ** _DAMPING
        return (even * (largest / even).max() * _ROOM / _HALF).astype(np.float16)


def read(path: Path) -> Ranges:
    with np.load(path) as arrays:
        parts = {key: arrays[key] for key in arrays.files}
    return Ranges(_under(parts, "largest."), _under(parts, "mean."))


def write(path: Path, ranges: Ranges) -> None:
    parts = {f"largest.{name}": ranges.largest[name] for name in sorted(ranges.largest)}
    parts |= {f"mean.{name}": ranges.mean[name] for name in sorted(ranges.mean)}
    np.savez(path, **parts)  # type: ignore[arg-type]


def _under(parts: Mapping[str, NDArray[np.float16]], prefix: str) -> dict[str, NDArray[np.float16]]:
    return {key.removeprefix(prefix): part for key, part in parts.items() if key.startswith(prefix)}
