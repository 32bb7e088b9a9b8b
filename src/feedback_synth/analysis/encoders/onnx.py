"""The shipped encoder through ONNX Runtime and tokenizers: no torch, no network, nothing written anywhere."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback_synth.analysis.encoders import _means, missing

# ONNX Runtime writes a device id under the home folder unless told not to, and reads this when it is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

_PREFIX = "query: "
_TOKENS = 512  # the model's longest text; what goes beyond is not read
_TOGETHER = 256  # tokens in one call; more do not pay
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
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        batches = list(_batches([len(row) for row in rows]))
        with ThreadPoolExecutor(self._threads) as pool:
            found = pool.map(self._run, ([rows[place] for place in batch] for batch in batches))
            for batch, some in zip(batches, found, strict=True):
                vectors[batch] = some
        return vectors

    def _run(self, rows: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Rows of one length: no padding, so that a vector does not depend on its neighbours to the last bit."""
        (states,) = self._session.run(["last_hidden_state"], {"input_ids": np.array(rows, np.int64)})
        mean = states.mean(axis=1)
        vectors: NDArray[np.float32] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return vectors


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts that go through the model together: equally long, the longest first."""
    longest_first = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    for length, group in groupby(longest_first, key=lambda place: lengths[place]):
        places = list(group)
        size = max(1, _TOGETHER // length)
        yield from (places[start : start + size] for start in range(0, len(places), size))


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
    options.intra_op_num_threads = 1  # calls run side by side, each on one thread
    try:
        return onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    except onnxruntime.capi.onnxruntime_pybind11_state.Fail as error:
        raise _means.damaged(folder / "model.onnx") from error


def make(source: Path, threads: int | None = None) -> OnnxEncoder:
    return OnnxEncoder(source, threads)
