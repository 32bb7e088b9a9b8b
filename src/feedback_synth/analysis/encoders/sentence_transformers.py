"""Any other model through sentence-transformers; slow to start, since it brings torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from feedback_synth.errors import ConfigError


class TorchEncoder:
    """``means`` are read from the folder where the model has them, as the shipped one does."""

    def __init__(self, source: str, threads: int | None) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        from feedback_synth.analysis.encoders import _means

        if threads:
            torch.set_num_threads(threads)
        try:
            self._model = SentenceTransformer(source, device="cpu")
        except (OSError, ValueError, ImportError) as error:
            raise ConfigError(
                'The encoder "{source}" cannot be loaded: {error}. Give the folder of a Sentence-Transformers model.',
                source=source,
                error=error,
            ) from error
        self.means = _means.read(Path(source))
        self.name = _means.name(Path(source)) or source
        self.dimension = int(self._model.encode([""]).shape[1])

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)


def make(source: str, threads: int | None = None) -> TorchEncoder:
    return TorchEncoder(str(source), threads)
