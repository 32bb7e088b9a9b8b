"""Fine-tune the encoder's upper layers on labelled opinions; write low-rank deltas for build_encoder.py to merge.

The lower six layers stay as they are (their output is computed once). Each matrix W of the upper six gets W + B A of
rank 16. Four aims at once: tell groups and requests apart (two linear heads, thrown away afterwards), bring the
translations of one opinion together, bring opinions near the provisions they are about, among others of the same draft,
and near those that ask the same (building/pools.py, building/contrast.py), and stay near the original vectors so that
general retrieval does not fall. The training "whole" learns from all dossiers that may be learnt from, "half_1" and
"half_2" from one half of them, which the encoders of building/folds.py need.

    python -m models.train_adapter {whole,half_1,half_2} [--leave-out opinion_bank] [--output NEW.npz]

Needs torch; half an hour to one hour on two cores. The same seed gives the same deltas on the same machine; encoders
are built from the committed models/data/adapters (building/adapters.py): nobody needs to train to rebuild them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
import torch.nn.functional as functional
from tokenizers import Tokenizer
from torch import Tensor, nn

from models import measuring
from models.building import adapters, contrast, dossiers, gold, jsonl, pools, sources, weights
from models.building.bert import Bert

DATA = Path(__file__).parent / "data"
GROUPS = ("indicators", "tasks_solutions", "funding", "difficulties", "other")
REQUESTS = ("add", "amend", "delete", "clarify", "consider", "difficulty", "agree_with_remarks", "question", "other")
TOKENS, BATCH, EPOCHS, RATE, SEED = 160, 24, 2, 1.5e-3, 0
OF_PROVISION = 112  # pieces of a provision
POOLS = 4  # pools of one provision dealt beside each batch of labelled opinions, and one whole dossier
STAY, ALIGN, CONTRAST = 1.5, 2.0, 0.7  # weights of the aims beside the labels
_TAUGHT: Mapping[str, Callable[[], Sequence[str]]] = {
    "whole": lambda: [folder.name for folder in gold.learned()],
    "half_1": lambda: gold.HALVES[0],
    "half_2": lambda: gold.HALVES[1],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("training", choices=_TAUGHT)
    parser.add_argument(
        "--leave-out", default="opinion_bank", help="a file of models/data, or a language, not to train on"
    )
    parser.add_argument("--output", type=Path, help="models/data/adapters/TRAINING.npz unless told")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    taught = _TAUGHT[options.training]()
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(SEED)
    rows = measuring.labelled(options.leave_out, taught)
    lines = [*jsonl.read(DATA / "request_sets.jsonl"), *dossiers.sets(DATA / "dossiers")]
    told = [*pools.of(lines), *(gold.pool(gold.GOLD / name) for name in taught)]
    known = [pool for pool in (pool.without(options.leave_out) for pool in told) if pool.opinions]
    model, tokenizer = _model()

    def lower(texts: Sequence[str]) -> list[Tensor]:
        return model.lower(tokenizer, ["query: " + text for text in texts], TOKENS)

    said = [lower([o.text for o in pool.opinions]) for pool in known]
    provisions = [[x[:OF_PROVISION] for x in lower([text for text, _ in pool.provisions])] for pool in known]
    train(model, lower([row["text"] for row in rows]), rows, Near(tuple(known), provisions, said))
    output = options.output or adapters.FOLDER / f"{options.training}.npz"
    np.savez(output, **model.deltas())
    print("wrote", output)


@dataclass(frozen=True)
class Near:
    """Pools with the lower layers' outputs (tokens, hidden) of their provisions and opinions."""

    pools: tuple[pools.Pool, ...]
    provisions: Sequence[Sequence[Tensor]]
    opinions: Sequence[Sequence[Tensor]]

    def loss(self, model: Bert, means: Mapping[str, Tensor], dealt: Sequence[pools.Dealt]) -> Tensor:
        places = [(d.pool, i) for d in dealt for i in d.provisions]
        told = [(d.pool, i) for d in dealt for i in d.opinions]
        states = [*(self.provisions[n][i] for n, i in places), *(self.opinions[n][i] for n, i in told)]
        languages = [self.pools[n].provisions[i][1] for n, i in places]
        languages += [self.pools[n].opinions[i].language for n, i in told]
        vectors = contrast.centred(model.vectors(states), languages, means)
        return contrast.loss(vectors[: len(places)], vectors[len(places) :], self.pools, dealt)


def _model() -> tuple[Bert, Tokenizer]:
    shape, tensors = weights.read(sources.weights())
    return Bert(shape, tensors), Tokenizer.from_str(sources.tokenizer())


def train(
    model: Bert,
    states: Sequence[Tensor],
    rows: Sequence[dict[str, str]],
    near: Near,
) -> None:
    """Fit the adapters of ``model`` in place; ``states`` are the lower layers' outputs (tokens, hidden) of ``rows``."""
    with torch.no_grad():
        original = torch.cat([model.vectors(states[i : i + 48]) for i in range(0, len(states), 48)])
    codes = [row["language"] for row in rows]
    means = {c: original[[i for i, code in enumerate(codes) if code == c]].mean(dim=0) for c in sorted(set(codes))}
    model.adapt()
    heads = nn.ModuleList([nn.Linear(384, len(GROUPS)), nn.Linear(384, len(REQUESTS))])
    labels = [
        torch.tensor([names.index(row[field]) for row in rows])
        for names, field in ((GROUPS, "group"), (REQUESTS, "request"))
    ]
    deltas = list(model.adapters())
    optimizer = torch.optim.AdamW(
        [{"params": deltas, "lr": RATE}, {"params": heads.parameters(), "lr": 5e-3}], weight_decay=0.01
    )
    batches = _batches(rows, states)
    steps = EPOCHS * len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min(1.0, (n + 1) / 30) * max(0.02, 1 - n / steps))
    generator, random = torch.Generator().manual_seed(SEED), Random(SEED)
    for epoch in range(EPOCHS):
        total = 0.0
        for place in torch.randperm(len(batches), generator=generator).tolist():
            loss = _loss(model, heads, states, original, labels, rows, batches[place])
            loss = loss + CONTRAST * near.loss(model, means, pools.deal(near.pools, POOLS, random))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(deltas, 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: mean loss {total / len(batches):.3f}", flush=True)


def _batches(rows: Sequence[dict[str, str]], states: Sequence[Tensor]) -> list[list[int]]:
    """Batches of texts of like length; the translations of one opinion stay together."""
    units: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        units.setdefault(row.get("key", f"single {i}"), []).append(i)
    order = torch.randperm(len(units), generator=torch.Generator().manual_seed(SEED)).tolist()
    shuffled = [list(units.values())[i] for i in order]
    chunks = [
        sorted(shuffled[i : i + 8 * BATCH], key=lambda u: max(len(states[k]) for k in u))
        for i in range(0, len(shuffled), 8 * BATCH)
    ]
    batches: list[list[int]] = []
    for chunk in chunks:
        batches.append([])
        for unit in chunk:
            if len(batches[-1]) + len(unit) > BATCH:
                batches.append([])
            batches[-1] += unit
    return batches


def _loss(
    model: Bert,
    heads: nn.ModuleList,
    states: Sequence[Tensor],
    original: Tensor,
    labels: Sequence[Tensor],
    rows: Sequence[dict[str, str]],
    batch: list[int],
) -> Tensor:
    vectors = model.vectors([states[i] for i in batch])
    dropped = functional.dropout(vectors * 20, 0.1)
    told = [
        functional.cross_entropy(head(dropped), label[batch], label_smoothing=0.05)
        for head, label in zip(heads, labels, strict=True)
    ]
    stay = (1 - (vectors * original[batch]).sum(1)).mean()
    return sum(told, STAY * stay + ALIGN * _apart(vectors, [rows[i].get("key", "") for i in batch]))


def _apart(vectors: Tensor, keys: Sequence[str]) -> Tensor:
    """How far the translations in a batch stand from each other: mean of 1 - cosine over pairs of one key."""
    pairs = [(i, j) for i, key in enumerate(keys) for j in range(i) if key and key == keys[j]]
    if not pairs:
        return vectors.new_zeros(())
    left, right = zip(*pairs, strict=True)
    return (1 - (vectors[list(left)] * vectors[list(right)]).sum(1)).mean()


if __name__ == "__main__":
    main()
