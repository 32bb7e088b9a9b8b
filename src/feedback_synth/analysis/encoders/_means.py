"""What a model folder says about itself: checksums, name, the mean vector of each language."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from feedback_synth.analysis.encoders import missing
from feedback_synth.errors import ConfigError

_CHECKSUMS, _MEANS = "checksums.json", "language_means.json"
_WEIGHTS, _GRAPH = "model.safetensors", "model.onnx"


def read(folder: Path) -> dict[str, NDArray[np.float32]]:
    """Mean vector per language code; "" is the mean of them, for any other language. Empty where there is no file."""
    path = folder / _MEANS
    if not path.is_file():
        return {}
    try:
        means = {code: np.array(values, np.float32) for code, values in json.loads(path.read_bytes()).items()}
    except ValueError as error:
        raise damaged(path) from error
    if means:
        means[""] = np.mean(list(means.values()), axis=0, dtype=np.float32)
    return means


def name(folder: Path) -> str:
    """The model's name by the checksums of its weights and of the graph that rounds them; "" where it has none."""
    path = folder / _CHECKSUMS
    if not path.is_file():
        return ""
    try:
        sums = json.loads(path.read_bytes())
        return f"{folder.name}-{sha256((sums[_WEIGHTS] + sums.get(_GRAPH, '')).encode()).hexdigest()[:12]}"
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(path) from error


def check(folder: Path) -> None:
    """ConfigError unless every file is there and as its checksum says."""
    path = folder / _CHECKSUMS
    if not path.is_file():
        raise missing(path)
    try:
        sums: dict[str, str] = json.loads(path.read_bytes())
        expected = sorted(sums.items())
    except (ValueError, AttributeError) as error:
        raise damaged(path) from error
    for file, known in expected:
        part = folder / file
        if not part.is_file():
            raise missing(part)
        with part.open("rb") as content:
            digest = sha256()
            while chunk := content.read(1 << 20):
                digest.update(chunk)
        if digest.hexdigest() != known:
            raise damaged(part)


def damaged(path: Path) -> ConfigError:
    return ConfigError(
        "The model file {path} is damaged (its checksum differs). Install feedback-synth again.", path=path
    )
