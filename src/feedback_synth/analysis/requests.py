"""The door to requests: what an opinion asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from feedback_synth.datamodel.opinion import Opinion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encoder = Callable[[Sequence[str]], NDArray[np.float32]]


def refine(opinions: Sequence[Opinion], encode: Encoder | None = None) -> tuple[Opinion, ...]:
    """The opinions with their request looked at again; without ``encode`` they stay as the extraction left them."""
    return tuple(opinions)
