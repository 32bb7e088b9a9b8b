"""Measure how large the values before each matrix of the encoder grow, over texts written for this project.

    python -m models.measure_ranges

Writes models/data/ranges.npz, from which models/build_encoder.py takes the steps of its int8 graph. The texts are
opinions, long ones made of several, and what documents hold besides sentences (figures, capitals, codes, other
scripts). Needs numpy, onnx, onnxruntime and the built weights; about five minutes on two cores.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from models.building import graph, jsonl, ranges, sources, weights
from models.building.ranges import Ranges

HERE = Path(__file__).parent
_BANKS = ("opinions.jsonl", "opinions_3.jsonl", "opinions_4.jsonl", "opinion_bank_2.jsonl")
_EVERY = 4  # neighbours were written in one sitting; one in four shows as much as all of them
_TOGETHER = (3, 12)  # opinions in one text
_ODD = (
    "",
    ".",
    "1",
    "- - - - -",
    "😀",
    "ສະບາຍດີ ທ່ານ",
    "今天我们讨论草案的第二条。",
    "Просим уточнить пункт 3 статьи 2.",
    "1. 12,5% 3.400 tỷ đồng; 2026; 2027; 2028; 2029; 2030 | 0 | 0 | 0 | 15 | 20,7",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
    "Số: 31/2024/QH15, ngày 18/01/2024, điểm a khoản 2 Điều 15",
    "https://example.org/draft?id=42&view=full#section-3 user@example.org",
    "def measure(texts: list[str]) -> dict[str, float]: return {t: len(t) / 2 for t in texts}",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "no no no no no no no no no no no no no no no no no no no no no no no no no no no no",
)


def main() -> None:
    shape, _ = weights.read(sources.weights())
    encoder = HERE / "encoder"
    with tempfile.TemporaryDirectory() as folder:
        linked = Path(folder) / "model.safetensors"
        linked.write_bytes((encoder / "model.safetensors").read_bytes())
        graph.write(linked, Path(folder) / "floats.onnx", shape, None)
        session = onnxruntime.InferenceSession(str(Path(folder) / "floats.onnx"), providers=["CPUExecutionProvider"])
        found = measured(session, list(rows(encoder / "tokenizer.json")))
    ranges.write(HERE / "data" / "ranges.npz", found)


def rows(tokenizer: Path) -> Iterator[list[int]]:
    """The pieces of each text to measure."""
    from tokenizers import Tokenizer

    cut = Tokenizer.from_file(str(tokenizer))
    cut.enable_truncation(512)
    for text in texts():
        yield cut.encode(f"query: {text}").ids


def texts() -> Iterator[str]:
    found = [row["text"] for bank in _BANKS for row in jsonl.read(HERE / "data" / bank)][::_EVERY]
    yield from found
    yield from _ODD
    for together in _TOGETHER:
        yield from (" ".join(found[place : place + together]) for place in range(0, len(found), together**2))
    yield from (text.upper() for text in found[::20])


def measured(session: onnxruntime.InferenceSession, texts: list[list[int]]) -> Ranges:
    names = [output.name for output in session.get_outputs() if output.name != "sentence_embedding"]
    largest: dict[str, NDArray[np.float32]] = {}
    total: dict[str, NDArray[np.float64]] = {}
    for ids in texts:
        for name, values in zip(names, session.run(names, {"input_ids": np.array([ids])}), strict=True):
            largest[name] = np.maximum(largest.get(name, 0), np.abs(values[0]).max(axis=0))
            total[name] = total.get(name, 0) + values[0].sum(axis=0, dtype=np.float64)
    tokens = sum(len(ids) for ids in texts)
    return Ranges(
        {name: top.astype(np.float16) for name, top in largest.items()},
        {name: (sums / tokens).astype(np.float16) for name, sums in total.items()},
    )


if __name__ == "__main__":
    main()
