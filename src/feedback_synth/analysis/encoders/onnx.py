"""The shipped encoder through ONNX Runtime and tokenizers: no torch, no network, nothing written anywhere."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback_synth.analysis.encoders import _means, missing

# ONNX Runtime writes a device id under the home folder unless told not to, and reads this when it is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

_PREFIX = "query: "
_TOKENS = 512  # the model's longest text; what goes beyond is not read
_THREADS = 8  # more do not pay
_CHARACTERS = 20_000  # no 512 tokens are longer, and cutting a longer text into tokens takes its time


class OnnxEncoder:
    """Texts to rows (n, 384) of unit length; the same text gives the same row, alone or among others."""

    dimension = 384

    def __init__(self, folder: Path, threads: int | None) -> None:
        if not folder.is_dir():
            raise missing(folder)
        _means.check(folder)
        self.name = _means.name(folder)
        self.means = _means.read(folder)
        self._tokenizer = _tokenizer(folder)
        self._session = _session(folder)
        self._threads = threads or min(_THREADS, os.cpu_count() or 1)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        unique = list(dict.fromkeys(texts))
        places = {text: row for row, text in enumerate(unique)}
        vectors = self._unique(unique)
        return vectors[[places[text] for text in texts]] if len(unique) < len(texts) else vectors

    def _unique(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [encoding.ids for encoding in self._tokenizer.encode_batch([_prepared(text) for text in texts])]
        longest_first = sorted(range(len(rows)), key=lambda i: -len(rows[i]))
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        with ThreadPoolExecutor(self._threads) as pool:
            for place, vector in zip(longest_first, pool.map(self._run, (rows[i] for i in longest_first)), strict=True):
                vectors[place] = vector
        return vectors

    def _run(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """One text per call: int8 scales are taken per call, and a vector must not depend on its neighbours."""
        row = np.array([ids], np.int64)
        feed = {"input_ids": row, "attention_mask": np.ones_like(row)}
        vector: NDArray[np.float32] = self._session.run(["sentence_embedding"], feed)[0][0]
        return vector


def _prepared(text: str) -> str:
    """A lone surrogate cannot be encoded; it becomes a question mark."""
    return _PREFIX + text[:_CHARACTERS].encode("utf-8", "replace").decode()


def _tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(_TOKENS)
    return tokenizer


def _session(folder: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # texts run side by side, each on one thread
    try:
        return onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    except onnxruntime.capi.onnxruntime_pybind11_state.Fail as error:
        raise _means.damaged(folder / "model.onnx") from error


def make(source: Path, threads: int | None = None) -> OnnxEncoder:
    return OnnxEncoder(source, threads)
