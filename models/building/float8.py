"""8-bit floats (E4M3: sign, 4 bits of exponent with bias 7, 3 of mantissa), as torch and safetensors know them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def float8_values() -> NDArray[np.float32]:
    """The value of each of the 256 codes; the two codes for "not a number" count as 0, since no weight uses them."""
    codes = np.arange(256)
    exponent, mantissa = codes >> 3 & 15, codes & 7
    size = np.where(exponent == 0, mantissa / 8 * 2.0**-6, (1 + mantissa / 8) * 2.0 ** (exponent - 7.0))
    size[(codes & 127) == 127] = 0
    return np.where(codes & 128, -size, size).astype(np.float32)


def to_float8(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The code of the nearest value for each number; beyond 448 the largest. Ties go to the even mantissa."""
    ladder = float8_values()[:127].astype(np.float64)
    middles = (ladder[1:] + ladder[:-1]) / 2
    size = np.abs(values.astype(np.float64))
    codes = np.searchsorted(middles, size, side="left")
    tie = (codes < len(middles)) & (middles[np.minimum(codes, len(middles) - 1)] == size) & (codes % 2 == 1)
    return ((codes + tie) | np.where(values < 0, 128, 0)).astype(np.uint8)
