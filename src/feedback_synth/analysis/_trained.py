"""Small trained models kept as JSON: read once, checked, and never code."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from feedback_synth.errors import ConfigError

Model = TypeVar("Model")


def read(folder: Path, name: str, made: Callable[[Mapping[str, Any]], Model]) -> Model:
    """What ``made`` makes of the file ``name`` in ``folder``. ConfigError if that is missing or damaged."""
    try:
        return made(json.loads((folder / name).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise ConfigError(
            "The trained model {folder} is missing. Install feedback-synth again.", folder=folder
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            "The trained model {folder} is damaged: {error}. Install feedback-synth again.", folder=folder, error=error
        ) from error


def array(found: object, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """``found`` as an array of this shape. ValueError if it has another."""
    values = np.array(found, dtype=np.float64)
    if values.shape != shape:
        raise ValueError("its arrays do not fit one another")
    return values


def names(found: Any) -> tuple[str, ...]:
    return tuple(str(name) for name in found)
