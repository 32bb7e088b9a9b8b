"""The low-rank deltas of the encoder's trainings (models/data/adapters), and how much of each an encoder takes.

A mean of several trainings is better at all aims than any of them (Wortsman et al. 2022, Model soups). What is fitted
to the encoder's vectors has to learn from dossiers on which they are as good as on new ones, no better: for each half
of the dossiers there is an encoder that does not know it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from models.building.weights import Array

FOLDER = Path(__file__).parents[1] / "data" / "adapters"
SHIPPED: Mapping[str, float] = {"half_1": 0.25, "half_2": 0.25, "whole": 0.5}
WITHOUT_HALF: tuple[Mapping[str, float], ...] = ({"half_2": 1.0}, {"half_1": 1.0})


def merge(tensors: dict[str, Array], shares: Mapping[str, float]) -> None:
    """Add to each matrix the product of its factors B A in each training, times the training's share."""
    for training, share in shares.items():
        factors = dict(np.load(FOLDER / f"{training}.npz"))
        for name in sorted({key[:-2] for key in factors}):
            delta = factors[f"{name}.b"].astype(np.float32) @ factors[f"{name}.a"].astype(np.float32)
            tensors[name] = tensors[name] + np.float32(share) * delta
