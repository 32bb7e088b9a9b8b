"""The encoder in torch, whole and plain, for fine-tuning: lower layers fixed, upper layers with low-rank deltas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from models.building.weights import PARTS, Shape

UPPER = 6  # the layers from here on are trained
RANK = 16
MATRICES = ("q", "k", "v", "ao", "fi", "fo")


class Adapted(nn.Module):
    """A fixed linear map plus a trained low-rank one."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear.requires_grad_(False)
        self.a = nn.Parameter(torch.randn(RANK, linear.in_features) / linear.in_features**0.5)
        self.b = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x) + (x @ self.a.T) @ self.b.T


class Bert(nn.Module):
    def __init__(self, shape: Shape, tensors: Mapping[str, NDArray[np.float32]]) -> None:
        super().__init__()
        self.shape = shape
        self.tables = {k: torch.from_numpy(np.array(v)) for k, v in tensors.items() if k.startswith("embeddings.")}
        self.blocks = nn.ModuleList(_block(shape, tensors, f"encoder.layer.{i}") for i in range(shape.layers))

    @torch.no_grad()
    def lower(self, tokenizer: Tokenizer, texts: Sequence[str], tokens: int) -> list[Tensor]:
        """The state of each text after the fixed layers, (tokens, hidden)."""
        ids = [torch.tensor(e.ids[:tokens]) for e in tokenizer.encode_batch(list(texts))]
        states: list[Tensor] = [torch.empty(0)] * len(ids)
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        for start in range(0, len(order), 32):
            batch = order[start : start + 32]
            x, mask = pad([self._embed(ids[i]) for i in batch])
            for block in self.blocks[:UPPER]:
                x = self._apply(block, x, mask)
            for row, i in enumerate(batch):
                states[i] = x[row, : len(ids[i])].clone()
        return states

    def vectors(self, states: Sequence[Tensor]) -> Tensor:
        """Unit vectors (texts, hidden) from the states of ``lower``."""
        x, mask = pad(states)
        for block in self.blocks[UPPER:]:
            x = self._apply(block, x, mask)
        return functional.normalize((x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)

    def adapt(self) -> None:
        """Give every matrix of the upper layers a trainable low-rank delta."""
        for block in self.blocks[UPPER:]:
            for name in MATRICES:
                block[name] = Adapted(block[name])

    def adapters(self) -> Iterator[nn.Parameter]:
        return (p for name, p in self.named_parameters() if name.endswith((".a", ".b")))

    def deltas(self) -> dict[str, NDArray[np.float16]]:
        """The trained deltas: per matrix its name with ``.a`` (rank, in) and ``.b`` (out, rank)."""
        found = {}
        for i, block in enumerate(self.blocks):
            for name in MATRICES:
                if isinstance(block[name], Adapted):
                    full = f"encoder.layer.{i}.{PARTS[name]}.weight"
                    found[f"{full}.a"] = block[name].a.detach().numpy().astype(np.float16)
                    found[f"{full}.b"] = block[name].b.detach().numpy().astype(np.float16)
        return found

    def _embed(self, ids: Tensor) -> Tensor:
        table = self.tables
        total = (
            table["embeddings.word_embeddings.weight"][ids] + table["embeddings.position_embeddings.weight"][: len(ids)]
        )
        total = total + table["embeddings.token_type_embeddings.weight"][0]
        weight, bias = table["embeddings.LayerNorm.weight"], table["embeddings.LayerNorm.bias"]
        return functional.layer_norm(total, (self.shape.hidden,), weight, bias, self.shape.epsilon)

    def _apply(self, block: nn.ModuleDict, x: Tensor, mask: Tensor) -> Tensor:
        texts, length, hidden = x.shape
        heads = self.shape.heads
        query, key, value = (block[n](x).view(texts, length, heads, -1).transpose(1, 2) for n in ("q", "k", "v"))
        scores = query @ key.transpose(-1, -2) / (hidden // heads) ** 0.5 - 1e9 * (1 - mask)[:, None, None, :]
        mixed = (torch.softmax(scores, -1) @ value).transpose(1, 2).reshape(texts, length, hidden)
        x = block["aln"](x + block["ao"](mixed))
        return block["oln"](x + block["fo"](functional.gelu(block["fi"](x))))


def pad(states: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """States of unlike length as one block (texts, tokens, hidden) and its mask (texts, tokens)."""
    longest = max(len(state) for state in states)
    x = torch.zeros(len(states), longest, states[0].shape[1])
    mask = torch.zeros(len(states), longest)
    for row, state in enumerate(states):
        x[row, : len(state)] = state
        mask[row, : len(state)] = 1
    return x, mask


def _block(shape: Shape, tensors: Mapping[str, NDArray[np.float32]], name: str) -> nn.ModuleDict:
    block = nn.ModuleDict()
    for part, full in PARTS.items():
        weight = torch.from_numpy(np.array(tensors[f"{name}.{full}.weight"]))
        bias = torch.from_numpy(np.array(tensors[f"{name}.{full}.bias"]))
        module: nn.Module = (
            nn.LayerNorm(shape.hidden, eps=shape.epsilon)
            if part.endswith("ln")
            else nn.Linear(weight.shape[1], weight.shape[0])
        )
        module.weight.data, module.bias.data = weight, bias  # type: ignore[union-attr]
        block[part] = module.requires_grad_(False)
    return block
