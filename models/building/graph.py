"""The ONNX graph of the encoder, written by hand; its weights stay in model.safetensors.

Input ``input_ids`` (batch, tokens) int64: rows of one length, so that nothing is padded and no mask is needed. Output
``last_hidden_state`` (batch, tokens, hidden). One file of weights serves ONNX Runtime and torch alike: matrices are
fp16 there and become int8 when the session starts (ONNX Runtime folds constants once), with scales computed here, since
each further constant on the way costs the session start and memory; word embeddings are 8-bit floats, looked up in a
table of their 256 values.

Values that enter a matrix are rounded with steps measured beforehand (``Ranges``), not with those of the text at hand:
so a row does not depend on the other rows of its batch. The mean over the tokens is left to the caller, because ONNX
Runtime adds up in another order when a batch has one row.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from models.building.float8 import float8_values
from models.building.ranges import PLACES, Ranges
from models.building.rounding import rounded
from models.building.weights import Shape

_TYPES = {"F16": TensorProto.FLOAT16, "F32": TensorProto.FLOAT, "F8_E4M3": TensorProto.UINT8}
_MS = "com.microsoft"
_MIDDLE = 128  # stands for zero among the whole steps 0 to 255


class _Graph:
    """Nodes and initializers as they come, and the fp16 tensors of the file of weights."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self.stored: dict[str, NDArray[np.float16]] = {}

    def add(self, op: str, *inputs: str, out: str = "", domain: str = "", **attributes: object) -> str:
        out = out or f"{op.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, inputs, [out], name=out, domain=domain, **attributes))
        return out

    def constant(self, name: str, value: object, kind: type[np.generic]) -> str:
        if all(name != known.name for known in self.initializers):
            self.initializers.append(numpy_helper.from_array(np.asarray(value, kind), name))
        return name


def write(weights: Path, target: Path, shape: Shape, ranges: Ranges | None) -> None:
    """Write the graph for ``weights`` (a .safetensors file) to ``target``, in the same folder.

    Without ``ranges`` it computes in floats, and what enters each matrix is an output too, by the matrix's name.
    """
    graph = _Graph()
    _refer(graph, weights)
    state = _embed(graph, shape)
    for layer in range(shape.layers):
        state = _layer(graph, state, f"encoder.layer.{layer}", shape, ranges)
    graph.add("Identity", state, out="last_hidden_state")
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "tokens"])],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in _outputs(graph)],
            sorted(graph.initializers, key=lambda t: t.name),
        ),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(_MS, 1)],
        ir_version=9,
        producer_name="feedback-synth",
    )
    target.write_bytes(model.SerializeToString(deterministic=True))


def _refer(graph: _Graph, weights: Path) -> None:
    """Initializers that point into the safetensors file: eight bytes of length, a JSON header, then the data."""
    data = weights.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    for name, entry in sorted(header.items()):
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        tensor = TensorProto(name=name, data_type=_TYPES[entry["dtype"]], dims=entry["shape"])
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", weights.name), ("offset", 8 + length + start), ("length", end - start)):
            tensor.external_data.add(key=key, value=str(value))
        graph.initializers.append(tensor)
        if entry["dtype"] == "F16":
            values = np.frombuffer(data, "<f2", (end - start) // 2, 8 + length + start)
            graph.stored[name] = values.reshape(entry["shape"])


def _embed(graph: _Graph, shape: Shape) -> str:
    codes = graph.add("Gather", "embeddings.word_embeddings.weight", "input_ids", axis=0)
    values = graph.constant("values_of_float8", float8_values(), np.float32)
    words = graph.add("Gather", values, graph.add("Cast", codes, to=TensorProto.INT32), axis=0)
    length = graph.add("Shape", "input_ids", start=1, end=2)
    zero = graph.constant("zero", [0], np.int64)
    one = graph.constant("one", [1], np.int64)
    positions = graph.add("Slice", "embeddings.position_embeddings.weight", zero, length, zero)
    kind = graph.add("Slice", "embeddings.token_type_embeddings.weight", zero, one, zero)
    places = graph.add("Add", _float(graph, positions), _float(graph, kind))
    return _normalise(graph, graph.add("Add", words, places), "embeddings.LayerNorm", shape)


def _float(graph: _Graph, name: str) -> str:
    return graph.add("Cast", name, to=TensorProto.FLOAT)


def _normalise(graph: _Graph, state: str, name: str, shape: Shape) -> str:
    scale, bias = _float(graph, f"{name}.weight"), _float(graph, f"{name}.bias")
    return graph.add("LayerNormalization", state, scale, bias, axis=-1, epsilon=shape.epsilon)


def _layer(graph: _Graph, state: str, name: str, shape: Shape, ranges: Ranges | None) -> str:
    attention, mix, widen, narrow = (f"{name}.{place}" for place in PLACES)
    read = _input(graph, state, attention, ranges)
    query, key = (_linear(graph, read, f"{attention}.{part}", attention, ranges) for part in ("query", "key"))
    value = _linear(graph, read, f"{attention}.value", attention, ranges, divided_for=mix)
    mixed = graph.add("MultiHeadAttention", query, key, value, domain=_MS, num_heads=shape.heads)
    mixed = _linear(graph, _input(graph, mixed, mix, ranges, divided=True), mix, mix, ranges)
    state = _normalise(graph, graph.add("Add", state, mixed), f"{name}.attention.output.LayerNorm", shape)
    inner = _linear(graph, _input(graph, state, widen, ranges), widen, widen, ranges)
    inner = graph.add("FastGelu", inner, domain=_MS)
    inner = _linear(graph, _input(graph, inner, narrow, ranges), narrow, narrow, ranges)
    return _normalise(graph, graph.add("Add", state, inner), f"{name}.output.LayerNorm", shape)


def _input(graph: _Graph, state: str, place: str, ranges: Ranges | None, divided: bool = False) -> str:
    """What enters the matrix at ``place``: whole steps from 128 on, of which attention's values are already made."""
    if ranges is None:
        return graph.add("Identity", state, out=place)
    if not divided:
        state = graph.add("Div", state, _steps(graph, place, ranges))
    unit = graph.constant("unit", 1, np.float32)
    return graph.add("QuantizeLinear", state, unit, graph.constant("middle", _MIDDLE, np.uint8))


def _linear(graph: _Graph, entering: str, name: str, place: str, ranges: Ranges | None, divided_for: str = "") -> str:
    """x W^T + b, in int8 where there are ``ranges``; divided by the steps of the place ``divided_for``."""
    weights = _float(graph, f"{name}.weight")  # (out, in)
    if ranges is None:
        product = graph.add("MatMul", entering, graph.add("Transpose", weights, perm=[1, 0]))
        return graph.add("Add", product, _float(graph, f"{name}.bias"))
    steps, mean = ranges.steps(place), ranges.mean[place]
    rounding = rounded(graph.stored[f"{name}.weight"], graph.stored[f"{name}.bias"], steps, mean)
    scale = _float(graph, graph.constant(f"{name}.scale", rounding.scale, np.float16))
    bias = _float(graph, graph.constant(f"{name}.rounded_bias", rounding.bias, np.float16))
    weights = graph.add("Mul", weights, _steps(graph, place, ranges))
    zeros = graph.constant(f"zeros_{len(rounding.scale)}", np.zeros(len(rounding.scale)), np.int8)
    weights = graph.add("QuantizeLinear", weights, scale, zeros, axis=0)
    if divided_for:
        scale, bias = (graph.add("Div", part, _steps(graph, divided_for, ranges)) for part in (scale, bias))
    packed = graph.add("Transpose", weights, perm=[1, 0])
    unit, middle = graph.constant("unit", 1, np.float32), graph.constant("middle", _MIDDLE, np.uint8)
    return graph.add("MatMulIntegerToFloat", entering, packed, unit, scale, middle, "", bias, domain=_MS)


def _steps(graph: _Graph, place: str, ranges: Ranges) -> str:
    return _float(graph, graph.constant(f"{place}.steps", ranges.steps(place), np.float16))


def _outputs(graph: _Graph) -> list[str]:
    return [
        name for node in graph.nodes for name in node.output if name == "last_hidden_state" or name.endswith(PLACES)
    ]
