"""The door to content groups: which of data/groups.toml an opinion belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from feedback_synth.analysis import _group_rules
from feedback_synth.datamodel.analysis import Assignment
from feedback_synth.datamodel.opinion import Opinion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encoder = Callable[[Sequence[str]], NDArray[np.float32]]


def assign(opinions: Sequence[Opinion], encode: Encoder | None = None) -> tuple[Assignment, ...]:
    """One assignment per opinion, in order; without ``encode`` by cue words and rules alone."""
    return tuple(_group_rules.assign(opinion) for opinion in opinions)
