"""The ONNX graph of the encoder, written by hand; its weights stay in model.safetensors.

Inputs ``input_ids`` and ``attention_mask`` (batch, tokens) int64; outputs ``sentence_embedding`` (batch, hidden), the
mean over the tokens and of unit length, and ``last_hidden_state`` (batch, tokens, hidden). One file of weights serves
ONNX Runtime and torch alike: matrices are fp16 there and become int8 when the session starts (ONNX Runtime folds
constants once); word embeddings are 8-bit floats, looked up in a table of their 256 values.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from models.building.float8 import float8_values
from models.building.weights import Shape

_TYPES = {"F16": TensorProto.FLOAT16, "F32": TensorProto.FLOAT, "F8_E4M3": TensorProto.UINT8}
_SPIKES = {  # layer -> feed-forward neuron -> how many times it outgrows the others (measured on data/opinions.jsonl)
    0: {318: 8.0},
    1: {1462: 4.0},
    2: {354: 2.0},
    4: {778: 16.0},
    5: {658: 8.0},
    6: {1152: 2.0},
    7: {413: 2.0},
}
_EXACT = ("encoder.layer.0.", "encoder.layer.10.", "encoder.layer.11.")  # in floats: rounding there costs most
_MS = "com.microsoft"


class _Graph:
    """Nodes and initializers as they come; every method returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self.made: dict[tuple[str, ...], str] = {}

    def add(self, op: str, *inputs: str, out: str = "", domain: str = "", **attributes: object) -> str:
        out = out or f"{op.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, inputs, [out], name=out, domain=domain, **attributes))
        return out

    def once(self, op: str, *inputs: str, **attributes: object) -> str:
        """Like ``add``, but the same node is made only once; a quantisation also gives ``.scale`` and ``.zero``."""
        key = (op, *inputs)
        if key not in self.made:
            out = self.made[key] = self.add(op, *inputs, **attributes)
            if op == "DynamicQuantizeLinear":
                self.nodes[-1].output.extend([f"{out}.scale", f"{out}.zero"])
        return self.made[key]

    def constant(self, name: str, value: object, kind: type[np.generic]) -> str:
        if all(name != known.name for known in self.initializers):
            self.initializers.append(numpy_helper.from_array(np.asarray(value, kind), name))
        return name


def write(weights: Path, target: Path, shape: Shape) -> None:
    """Write the graph for ``weights`` (a .safetensors file) to ``target``, in the same folder."""
    graph = _Graph()
    _refer(graph, weights)
    state = _embed(graph, shape)
    for layer in range(shape.layers):
        state = _layer(graph, state, layer, shape)
    graph.add("Identity", state, out="last_hidden_state")
    _pool(graph, state)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes, "encoder", _inputs(), _outputs(shape.hidden), sorted(graph.initializers, key=lambda t: t.name)
        ),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(_MS, 1)],
        ir_version=9,
        producer_name="feedback-synth",
    )
    target.write_bytes(model.SerializeToString(deterministic=True))


def _refer(graph: _Graph, weights: Path) -> None:
    """Initializers that point into the safetensors file: eight bytes of length, a JSON header, then the data."""
    with weights.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    for name, entry in sorted(header.items()):
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        tensor = TensorProto(name=name, data_type=_TYPES[entry["dtype"]], dims=entry["shape"])
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", weights.name), ("offset", 8 + length + start), ("length", end - start)):
            tensor.external_data.add(key=key, value=str(value))
        graph.initializers.append(tensor)


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


def _layer(graph: _Graph, state: str, layer: int, shape: Shape) -> str:
    name = f"encoder.layer.{layer}"
    before = f"encoder.layer.{layer - 1}.output.LayerNorm" if layer else "embeddings.LayerNorm"
    smooth = _evenness(graph, before)
    query, key, value = (
        _linear(graph, state, f"{name}.attention.self.{part}", smooth) for part in ("query", "key", "value")
    )
    mask = graph.once("Cast", "attention_mask", to=TensorProto.INT32)
    mixed = graph.add("MultiHeadAttention", query, key, value, "", mask, domain=_MS, num_heads=shape.heads)
    mixed = _linear(graph, mixed, f"{name}.attention.output.dense")
    middle = f"{name}.attention.output.LayerNorm"
    state = _normalise(graph, graph.add("Add", state, mixed), middle, shape)
    inner = graph.add("Gelu", _linear(graph, state, f"{name}.intermediate.dense", _evenness(graph, middle)))
    inner = _linear(graph, inner, f"{name}.output.dense", _spikes(graph, layer, shape))
    return _normalise(graph, graph.add("Add", state, inner), f"{name}.output.LayerNorm", shape)


def _linear(graph: _Graph, state: str, name: str, smooth: str = "") -> str:
    """x W^T + b in int8: per output channel for W, per tensor for x, whose channels ``smooth`` evens out before.

    Weights keep to seven bits: processors with AVX2 but without VNNI add pairs of products in 16 bits, which eight
    would overflow.
    """
    weights = graph.add("Transpose", _float(graph, f"{name}.weight"), perm=[1, 0])
    bias = _float(graph, f"{name}.bias")
    if name.startswith(_EXACT):
        return graph.add("Add", graph.add("MatMul", state, weights), bias)
    if smooth:
        last = graph.constant("last", [-1], np.int64)
        weights = graph.add("Mul", weights, graph.add("Unsqueeze", smooth, last))
        state = graph.once("Div", state, smooth)
    first = graph.constant("zero", [0], np.int64)
    largest = graph.add("ReduceMax", graph.add("Abs", weights), first, keepdims=1)
    scale = graph.add("Div", largest, graph.constant("steps", 63, np.float32))
    packed = graph.add("Cast", graph.add("Round", graph.add("Div", weights, scale)), to=TensorProto.INT8)
    values = graph.once("DynamicQuantizeLinear", state)
    product = graph.add("MatMulInteger", values, packed, f"{values}.zero", graph.constant("none", 0, np.int8))
    factor = graph.add("Mul", f"{values}.scale", graph.add("Squeeze", scale, first))
    return graph.add("Add", graph.add("Mul", _float(graph, product), factor), bias)


def _evenness(graph: _Graph, norm: str) -> str:
    """Per channel, the usual size of a layer norm's output, damped: sqrt(weight^2 + bias^2) ** 0.7, never tiny."""
    weight, bias = _float(graph, f"{norm}.weight"), _float(graph, f"{norm}.bias")
    size = graph.add("Sqrt", graph.add("Add", graph.add("Mul", weight, weight), graph.add("Mul", bias, bias)))
    least = graph.add("Mul", graph.add("ReduceMax", size, keepdims=0), graph.constant("thousandth", 1e-3, np.float32))
    return graph.add("Pow", graph.add("Max", size, least), graph.constant("damping", 0.7, np.float32))


def _spikes(graph: _Graph, layer: int, shape: Shape) -> str:
    """The few neurons whose values would take the whole range of eight bits from the others."""
    if layer not in _SPIKES:
        return ""
    sizes = np.ones(shape.feed_forward, np.float32)
    for neuron, size in _SPIKES[layer].items():
        sizes[neuron] = size
    return graph.constant(f"spikes_{layer}", sizes, np.float32)


def _pool(graph: _Graph, state: str) -> None:
    mask = graph.add("Unsqueeze", _float(graph, "attention_mask"), graph.constant("last", [-1], np.int64))
    axis = graph.constant("one", [1], np.int64)
    total = graph.add("ReduceSum", graph.add("Mul", state, mask), axis, keepdims=0)
    mean = graph.add("Div", total, graph.add("ReduceSum", mask, axis, keepdims=0))
    length = graph.add("ReduceL2", mean, axis, keepdims=1)
    graph.add("Div", mean, length, out="sentence_embedding")


def _inputs() -> list[onnx.ValueInfoProto]:
    names = ("input_ids", "attention_mask")
    return [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"]) for name in names]


def _outputs(hidden: int) -> list[onnx.ValueInfoProto]:
    return [
        helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["batch", hidden]),
        helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "tokens", hidden]),
    ]
