"""Encoders: texts to vectors of unit length, close where the meaning is close, across languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from feedback_synth import config
from feedback_synth.errors import ConfigError

Encoder = Callable[[Sequence[str]], NDArray[np.float32]]
__all__ = ["Encoder", "centred", "fingerprint", "load", "remembering"]

_ENOUGH = 20  # texts of a language from which its mean can be estimated


def load(name: str | None = None, *, threads: int | None = None) -> Encoder:
    """The encoder called ``name``: rows of unit length, float32, one per text.

    None is the shipped model; "hashing" needs no model and knows no meaning (for tests); anything else is a path or
    name that sentence-transformers loads. ConfigError says what is missing or damaged.
    """
    if name is None:
        return _made("onnx", config.models_folder() / "encoder", threads)
    if name == "hashing":
        return _made("hashing", None, threads)
    return _made("sentence_transformers", name, threads)


def _made(kind: str, source: Path | str | None, threads: int | None) -> Encoder:
    encoder: Encoder = import_module(f"{__name__}.{kind}").make(source, threads)
    return encoder


def fingerprint(encode: Encoder) -> str:
    """What tells this encoder's vectors from another's: its name, or "" where it has none."""
    return str(getattr(encode, "name", ""))


def centred(
    vectors: NDArray[np.float32], languages: Sequence[str], encode: Encoder | None = None
) -> NDArray[np.float32]:
    """``vectors`` (n, d) less the mean of their language, of unit length again: what is left is what was said.

    Means come with the shipped encoder; for another one they are estimated where a language has enough texts, and
    vectors of the other languages stay as they are.
    """
    if len(vectors) != len(languages):
        raise ValueError(f"{len(vectors)} vectors and {len(languages)} languages")
    means: Mapping[str, NDArray[np.float32]] = getattr(encode, "means", None) or _estimated(vectors, languages)
    result = vectors.astype(np.float32, copy=True)
    for place, language in enumerate(languages):
        mean = means.get(language, means.get(""))
        if mean is not None:
            result[place] -= mean
    lengths = np.linalg.norm(result, axis=1, keepdims=True)
    return np.asarray(np.divide(result, lengths, out=vectors.astype(np.float32, copy=True), where=lengths > 1e-6))


def _estimated(vectors: NDArray[np.float32], languages: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    codes = np.array(languages)
    return {
        code: vectors[codes == code].mean(axis=0)
        for code in sorted(set(languages))
        if np.count_nonzero(codes == code) >= _ENOUGH
    }


def remembering(encode: Encoder, memory: MutableMapping[str, bytes]) -> Encoder:
    """An encoder that keeps the vectors of texts already seen in ``memory``, by encoder and content."""
    return _Remembering(encode, memory)


class _Remembering:
    """Wraps an encoder; ``memory`` maps a SHA-256 to the bytes of a float32 vector."""

    def __init__(self, encode: Encoder, memory: MutableMapping[str, bytes]) -> None:
        self._encode, self._memory = encode, memory
        self.name = fingerprint(encode)
        self.means = getattr(encode, "means", None)
        self.dimension = getattr(encode, "dimension", 0)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        keys = [sha256(f"{self.name}\0{text}".encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._memory}
        if new:
            for key, vector in zip(new, self._encode(list(new.values())), strict=True):
                self._memory[key] = vector.astype("<f4").tobytes()
        if not keys:
            return self._encode([])
        return np.stack([np.frombuffer(self._memory[key], "<f4") for key in keys]).astype(np.float32)


def missing(path: Path) -> ConfigError:
    """The sentence for a model file that is not there."""
    return ConfigError(
        "The model file {path} is missing. Install feedback-synth again, or set FEEDBACK_SYNTH_MODELS.", path=path
    )
