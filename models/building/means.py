"""The mean vector of each language, over opinions written for this project (not the gold banks)."""

from __future__ import annotations

import json
from pathlib import Path

from feedback_synth.analysis.encoders.onnx import OnnxEncoder
from models.building import jsonl

_DIGITS = 4  # so that another processor, whose last bits differ, gives the same file


def write(folder: Path, opinions: Path) -> None:
    """Write ``language_means.json`` beside the model in ``folder``, from the texts of ``opinions`` (JSONL)."""
    rows = jsonl.read(opinions)
    encode = OnnxEncoder(folder, None)
    means = {}
    for language in ("en", "fr", "vi"):
        vectors = encode([row["text"] for row in rows if row["language"] == language])
        means[language] = [round(float(value), _DIGITS) for value in vectors.mean(axis=0)]
    (folder / "language_means.json").write_text(json.dumps(means, separators=(",", ":")) + "\n", encoding="utf-8")
