"""Encoders that do not know one half of the dossiers of benchmarks/gold (gold.HALVES)."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from feedback_synth.analysis.encoders.onnx import OnnxEncoder
from models import build_encoder
from models.building import adapters


def encoder(half: int) -> OnnxEncoder:
    """The encoder that does not know that half, 0 or 1."""
    return OnnxEncoder(folder(half), None)


def folder(half: int) -> Path:
    """Its folder, built once and kept among the temporary files."""
    shares = adapters.WITHOUT_HALF[half]
    data = adapters.FOLDER.parent
    files = [data / "ranges.npz", *(adapters.FOLDER / f"{training}.npz" for training in sorted(shares))]
    found = kept("encoder", [repr(sorted(shares.items())).encode(), *(file.read_bytes() for file in files)])
    if not (found / "done").is_file():
        build_encoder.build(found, shares)
        (found / "done").touch()
    return found


def kept(kind: str, told: list[bytes]) -> Path:
    """Where among the temporary files a thing of that kind made from ``told`` is kept."""
    return Path(tempfile.gettempdir()) / f"feedback-synth-{kind}-{hashlib.sha256(b''.join(told)).hexdigest()[:16]}"
