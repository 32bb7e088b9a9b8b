"""A small trained model of roles, for clauses whose words give no cue. Plain arrays, numpy only."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, get_args

from feedback_synth import config
from feedback_synth.errors import ConfigError
from feedback_synth.languages.text import match_key, tokens
from feedback_synth.opinions.kinds import Kind
from feedback_synth.packages import DAMAGE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Encoder: TypeAlias = "Callable[[Sequence[str]], NDArray[np.float32]]"

ROLES = (
    "agreement",
    "attendance",
    "directive",
    "draft_summary",
    "drafter_answer",
    "opinion",
    "other",
    "procedure",
)
BINS = 1 << 13  # for words, and as many again for letters
PROBE = "Đề nghị bổ sung chỉ tiêu. Please clarify the target. Il faudrait préciser l'objectif."
_SAME_ENCODER = 0.999  # least cosine of the probe to its vector at training time
_KINDS: tuple[str, ...] = get_args(Kind)
_SHAPES = 6


@dataclass(frozen=True, slots=True)
class Advice:
    """What the model thinks of one clause: probabilities by role, in the order of ``ROLES``."""

    chances: tuple[float, ...]

    def of(self, role: str) -> float:
        """The probability of a role."""
        return self.chances[ROLES.index(role)]

    @property
    def best(self) -> str:
        return max(ROLES, key=self.of)


@dataclass(frozen=True, slots=True)
class Example:
    """A clause with its language and what the rules say it does."""

    text: str
    code: str
    kind: str


def advise(examples: Sequence[Example], encode: Encoder | None) -> list[Advice | None]:
    """Advice for each clause; None for all when no model fits: it was trained with another encoder, or is missing."""
    model = _load()
    if model is None or not examples or encode is None or not model.fits(encode):
        return [None] * len(examples)
    return [Advice(tuple(float(c) for c in row)) for row in model.chances(examples, encode)]


@dataclass(frozen=True)
class Model:
    """Weights of a multinomial logistic regression over vectors (centred by language) and hashed words."""

    vectors: Floats  # (dimension, roles)
    words: Floats  # (features, roles)
    bias: Floats  # (roles,)
    means: Floats  # (languages, dimension), in the order of ``codes``
    codes: tuple[str, ...]
    probe: Floats  # the vector of PROBE at training time

    def fits(self, encode: Encoder) -> bool:
        """Whether this is the encoder that the model was trained with."""
        vector = encode([PROBE])[0]
        return vector.shape == self.probe.shape and float(vector @ self.probe) >= _SAME_ENCODER

    def chances(self, examples: Sequence[Example], encode: Encoder) -> Floats:
        """Probabilities, one row a clause."""
        import numpy as np

        raw = encode([e.text for e in examples])
        logits = centred(raw, [e.code for e in examples], self.means, self.codes) @ self.vectors + self.bias
        for row, example in enumerate(examples):
            for place, weight in features(example).items():
                logits[row] += weight * self.words[place]
        odds: Floats = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float32)


def centred(vectors: Floats, codes: Sequence[str], means: Floats, known: Sequence[str]) -> Floats:
    """Vectors less their language's mean, of unit length: what is left is meaning."""
    import numpy as np

    moved = vectors - means[[known.index(c) for c in codes]]
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True).clip(1e-9), dtype=np.float32)


def features(example: Example) -> dict[int, float]:
    """Sparse features of a clause: hashed words and letters, the kind that the rules found, its shape."""
    found: dict[int, float] = {}
    spoken = tokens(example.text) + (["?"] if "?" in example.text else [])
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(spoken)]
    key = f" {match_key(example.text)} "
    letters = [key[i : i + n] for n in (3, 4) for i in range(len(key) - n + 1)]
    _count(found, [*spoken, *pairs], 0)
    _count(found, letters, BINS)
    found[2 * BINS + _KINDS.index(example.kind)] = 0.5
    for place, holds in enumerate(_shape(example.text)):
        if holds:
            found[2 * BINS + len(_KINDS) + place] = 0.5
    return found


def size() -> int:
    """How many features there are."""
    return 2 * BINS + len(_KINDS) + _SHAPES


def _count(found: dict[int, float], grams: list[str], offset: int) -> None:
    counts: dict[int, float] = {}
    for gram in grams:
        place = offset + zlib.crc32(gram.encode()) % BINS
        counts[place] = counts.get(place, 0.0) + 1.0
    length = sum(c * c for c in counts.values()) ** 0.5 or 1.0
    found.update({place: c / length for place, c in counts.items()})


def _shape(text: str) -> tuple[bool, ...]:
    words = len(text.split())
    plain = text.rstrip()
    return (
        words < 4,
        words < 9,
        words > 35,
        any(c.isdigit() for c in text),
        plain.endswith("?"),
        plain.endswith(":"),
    )


@cache
def _load() -> Model | None:
    return load(config.models_folder() / "roles")


def load(folder: Path) -> Model | None:
    """The model in ``folder``, or None where there is none; ``models/train_roles.py`` writes it. ConfigError if it is
    damaged.
    """
    import numpy as np

    path = folder / "roles.npz"
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as arrays:
            as_float = {name: arrays[name].astype(np.float32) for name in arrays.files if name != "codes"}
            codes = tuple(str(c) for c in arrays["codes"])
        return _fitting(Model(codes=codes, **as_float))
    except (*DAMAGE, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(
            "The trained model {folder} is damaged: {error}. Install feedback-synth again.", folder=folder, error=error
        ) from error


def _fitting(model: Model) -> Model:
    """``model`` itself. ValueError if its arrays have not the shapes that ``Model`` tells."""
    dimension, roles = model.probe.size, len(ROLES)
    shapes = (model.vectors.shape, model.words.shape, model.bias.shape, model.means.shape)
    if shapes != ((dimension, roles), (size(), roles), (roles,), (len(model.codes), dimension)):
        raise ValueError("its arrays do not fit one another")
    return model
