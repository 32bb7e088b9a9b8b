"""Linear heads over vectors, parts of words, words and signs: small trained models as plain arrays, in numpy alone.

A head is a folder: ``head.json`` (labels, settings, the encoder it was trained with) and ``head.npz`` (arrays). Texts
are cut into n-grams that are hashed into a fixed number of places, so that no vocabulary has to be kept and any text's
own words can be named as the evidence for its label.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from feedback_synth import languages
from feedback_synth.errors import ConfigError
from feedback_synth.languages import text as texts
from feedback_synth.packages import DAMAGE

Floats = NDArray[np.float32]
Signs = Mapping[str, float]  # named facts about a text: cue counts, "section=discussion" -> 1.0

PLACES = 1 << 16
_WORD = re.compile(r"\w+|[?%“”\"«»:]")
_LONGEST = 6000  # characters of a text that are cut into n-grams
_WEIGHTS = {"c": 0.5, "w": 0.5}


@dataclass(frozen=True, slots=True)
class Prediction:
    """Probability per label in the head's order (they add up to 1), and the words that spoke for the first."""

    probabilities: tuple[float, ...]
    best: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Head:
    """``dense`` (dimension, labels), ``sparse`` (PLACES, labels), ``bias`` (labels), ``rarity`` (PLACES)."""

    labels: tuple[str, ...]
    dense: Floats
    sparse: Floats
    bias: Floats
    rarity: Floats
    temperature: float
    encoder: str
    settings: Mapping[str, float]
    examples: tuple[str, ...] = ()
    example_labels: tuple[str, ...] = ()
    example_vectors: NDArray[np.int8] | None = None

    @property
    def dimension(self) -> int:
        return len(self.dense)

    def predict(self, items: Sequence[str], vectors: Floats | None, signs: Sequence[Signs]) -> list[Prediction]:
        """A prediction per text. ``vectors`` (n, dimension) are language-centred; None for a head without them."""
        if vectors is not None and vectors.shape[1] != self.dimension:
            raise ConfigError(
                "The trained model expects vectors of {dimension} numbers, and the encoder gives {given}. Use "
                "the encoder it was trained with, or train again with `feedback-synth learn`.",
                dimension=self.dimension,
                given=vectors.shape[1],
            )
        scores = np.zeros((len(items), len(self.labels)), np.float32) if vectors is None else vectors @ self.dense
        return [self._predict(item, row, facts) for item, row, facts in zip(items, scores, signs, strict=True)]

    def _predict(self, item: str, scores: Floats, signs: Signs) -> Prediction:
        places, values, names = self._located(item, signs)
        parts = self.sparse[places] * values[:, None]
        total = (scores + self.bias + parts.sum(axis=0)) / self.temperature
        odds = np.exp(total - total.max())
        shares = odds / odds.sum()
        best = int(shares.argmax())
        return Prediction(
            tuple(float(s) for s in shares), self.labels[best], _telling(names, parts[:, best] - parts.mean(axis=1))
        )

    def _located(self, item: str, signs: Signs) -> tuple[NDArray[np.int64], Floats, list[str]]:
        names, places, values = features(item, signs)
        values = values * self.rarity[places]
        return places, normalised(names, values), names

    def nearest(self, vector: Floats, label: str, count: int = 2) -> tuple[str, ...]:
        """The training texts of ``label`` that are nearest to a centred vector."""
        if self.example_vectors is None:
            return ()
        likeness = self.unit_examples @ vector
        likeness[np.array(self.example_labels) != label] = -2
        return tuple(self.examples[i] for i in np.argsort(-likeness, kind="stable")[:count] if likeness[i] > -2)

    @cached_property
    def unit_examples(self) -> Floats:
        """The vectors of the examples (n, dimension), of unit length; only of a head that has them."""
        assert self.example_vectors is not None
        vectors = self.example_vectors.astype(np.float32)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6), np.float32)


def features(item: str, signs: Signs) -> tuple[list[str], NDArray[np.int64], Floats]:
    """Names ("w:ngân sách"), places and raw values of a text's n-grams and signs."""
    counts: dict[str, float] = {}
    key = texts.match_key(item[:_LONGEST])
    words = _WORD.findall(key)
    for gram in _word_grams(words):
        counts[f"w:{gram}"] = counts.get(f"w:{gram}", 0) + 1
    for gram in _letter_grams(words):
        counts[f"c:{gram}"] = counts.get(f"c:{gram}", 0) + 1
    named = {name: 1 + float(np.log(count)) for name, count in counts.items()}
    named |= {f"s:{name}": float(value) for name, value in sorted(signs.items()) if value}
    names = list(named)
    places = np.array([crc32(name.encode()) % PLACES for name in names], np.int64)
    return names, places, np.array(list(named.values()), np.float32)


def normalised(names: Sequence[str], values: Floats) -> Floats:
    """Words and parts of words each to a fixed length; signs stay as they are."""
    kinds = np.array([name[0] for name in names])
    result = values.copy()
    for kind, weight in _WEIGHTS.items():
        chosen = kinds == kind
        length = float(np.linalg.norm(values[chosen]))
        if length:
            result[chosen] *= weight / length
    return result


def _word_grams(words: Sequence[str]) -> Iterable[str]:
    for size in (1, 2, 3):
        yield from (" ".join(words[i : i + size]) for i in range(len(words) - size + 1))
    yield from (f"^ {word}" for word in words[:1])
    yield from (f"{word} $" for word in words[-1:])


def _letter_grams(words: Sequence[str]) -> Iterable[str]:
    for word in words:
        padded = f" {word} "
        for size in (2, 3, 4, 5):
            yield from (padded[i : i + size] for i in range(len(padded) - size + 1))


def _telling(names: Sequence[str], worth: Floats, count: int = 4) -> tuple[str, ...]:
    """The words (not parts of words, not signs) that spoke most for the label."""
    ranked = sorted((-float(w), name[2:]) for name, w in zip(names, worth, strict=True) if name[0] == "w" and w > 0)
    chosen: list[str] = []
    for _, name in ranked:
        bare = name.strip("^$ ")
        if not _empty(bare) and not any(bare in other or other in bare for other in chosen):
            chosen.append(bare)
        if len(chosen) == count:
            break
    return tuple(chosen)


def _empty(gram: str) -> bool:
    """Whether a gram says nothing to a reader: only frequent words, or a single letter."""
    return len(gram) < 2 or all(word in _frequent() for word in gram.split())


@cache
def _frequent() -> frozenset[str]:
    return frozenset(word for code in languages.codes() for word in languages.get(code).stop_words)


def load(folder: Path) -> Head:
    """The head in ``folder``. ConfigError if it is missing or damaged; nothing in it is code."""
    try:
        about = json.loads((folder / "head.json").read_text(encoding="utf-8"))
        with np.load(folder / "head.npz", allow_pickle=False) as arrays:
            return Head(
                labels=tuple(about["labels"]),
                dense=arrays["dense"].astype(np.float32),
                sparse=arrays["sparse"].astype(np.float32),
                bias=arrays["bias"].astype(np.float32),
                rarity=arrays["rarity"].astype(np.float32),
                temperature=float(about["temperature"]),
                encoder=str(about["encoder"]),
                settings={key: float(value) for key, value in about["settings"].items()},
                examples=tuple(about["examples"]),
                example_labels=tuple(about["example_labels"]),
                example_vectors=dict(arrays).get("examples"),
            )
    except FileNotFoundError as error:
        raise ConfigError(
            "The trained model {folder} is missing. Install feedback-synth again.", folder=folder
        ) from error
    except (*DAMAGE, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(
            "The trained model {folder} is damaged: {error}. Install feedback-synth again.", folder=folder, error=error
        ) from error


def save(head: Head, folder: Path) -> None:
    """Write ``head`` as plain arrays and JSON; ``load`` gives it back, but for the rounding of weights to 16 bits."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {
        "dense": head.dense.astype(np.float16),
        "sparse": head.sparse.astype(np.float16),
        "bias": head.bias,
        "rarity": head.rarity.astype(np.float16),
    }
    if head.example_vectors is not None:
        arrays["examples"] = head.example_vectors
    np.savez_compressed(folder / "head.npz", **arrays)  # type: ignore[arg-type]
    about = {
        "labels": head.labels,
        "temperature": head.temperature,
        "encoder": head.encoder,
        "settings": dict(head.settings),
        "examples": head.examples,
        "example_labels": head.example_labels,
    }
    (folder / "head.json").write_text(json.dumps(about, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
