"""Fine-tune the encoder's upper layers on labelled opinions; write low-rank deltas for build_encoder.py to merge.

The lower six layers stay as they are (their output is computed once). Each matrix W of the upper six gets W + B A of
rank 16. Four aims at once: tell groups and requests apart (two linear heads, thrown away afterwards), bring the
translations of one opinion together, bring opinions near the provision they are about and near those that ask the same
(see building/contrast.py), and stay near the original vectors so that general retrieval does not fall.

    python -m models.train_adapter --leave-out opinion_bank [--mix OTHER.npz]

Needs torch; about half an hour on two cores. Shipped is the mean of two trainings, with and without the dossiers (see
models/data/README.md): neither alone was as good at all aims. The same seed gives the same deltas on the same machine;
the product is built from the committed models/data/adapter.npz, so that nobody needs to train to rebuild it.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from models import measuring
from models.building import contrast, dossiers, jsonl, sources, weights
from models.building.bert import Bert

DATA = Path(__file__).parent / "data"
GROUPS = ("indicators", "tasks_solutions", "funding", "difficulties", "other")
REQUESTS = ("add", "amend", "delete", "clarify", "consider", "difficulty", "agree_with_remarks", "question", "other")
TOKENS, BATCH, EPOCHS, RATE, SEED = 160, 24, 3, 1.5e-3, 0
SETS = 4  # sets of like requests beside each batch of labelled opinions
STAY, ALIGN, CONTRAST = 1.5, 2.0, 0.5  # weights of the aims beside the labels
SHARE = 1.0  # of the trained deltas is kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--leave-out", default="opinion_bank", help="a file of models/data, or a language, not to train on"
    )
    parser.add_argument("--output", type=Path, default=DATA / "adapter.npz")
    parser.add_argument("--mix", type=Path, help="deltas of another training, to take the mean with")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(SEED)
    rows = measuring.labelled(options.leave_out)
    lines = [*jsonl.read(DATA / "request_sets.jsonl"), *dossiers.sets(DATA / "dossiers")]
    sets = contrast.join(lines, options.leave_out)
    model, tokenizer = _model()
    states = model.lower(tokenizer, ["query: " + row["text"] for row in rows], TOKENS)
    train(model, states, rows, sets, model.lower(tokenizer, ["query: " + text for text in sets.texts], TOKENS))
    deltas = model.deltas(SHARE)
    np.savez(options.output, **(mean([deltas, dict(np.load(options.mix))]) if options.mix else deltas))
    print("wrote", options.output)


def _model() -> tuple[Bert, Tokenizer]:
    shape, tensors = weights.read(sources.weights())
    return Bert(shape, tensors), Tokenizer.from_str(sources.tokenizer())


def train(
    model: Bert,
    states: Sequence[Tensor],
    rows: Sequence[dict[str, str]],
    sets: contrast.Sets,
    set_states: Sequence[Tensor],
) -> None:
    """Fit the adapters of ``model`` in place; ``states`` are the lower layers' outputs (tokens, hidden) of ``rows``,
    ``set_states`` those of the texts of ``sets``."""
    with torch.no_grad():
        original = torch.cat([model.vectors(states[i : i + 48]) for i in range(0, len(states), 48)])
    codes = [row["language"] for row in rows]
    means = {c: original[[i for i, code in enumerate(codes) if code == c]].mean(dim=0) for c in sorted(set(codes))}
    members = sets.members()
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
    generator = torch.Generator().manual_seed(SEED)
    for epoch in range(EPOCHS):
        total = 0.0
        deal = torch.randperm(len(members), generator=generator).tolist()
        for step, place in enumerate(torch.randperm(len(batches), generator=generator).tolist()):
            loss = _loss(model, heads, states, original, labels, rows, batches[place])
            dealt = sorted(deal[(step * SETS + k) % len(deal)] for k in range(SETS))
            chosen = [i for number in dealt for i in members[number]]
            vectors = contrast.centred(
                model.vectors([set_states[i] for i in chosen]), [sets.languages[i] for i in chosen], means
            )
            near = contrast.loss(vectors, [sets.of[i] for i in chosen], [sets.part[i] for i in chosen])
            loss = loss + CONTRAST * near
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(deltas, 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: mean loss {total / len(batches):.3f}", flush=True)


def mean(trainings: Sequence[Mapping[str, NDArray[np.float16]]]) -> dict[str, NDArray[np.float16]]:
    """The mean of the deltas of several trainings, of the sum of their ranks (Wortsman et al. 2022, Model soups)."""
    found = {}
    for name in trainings[0]:
        parts = [deltas[name].astype(np.float32) for deltas in trainings]
        inner = name.endswith(".a")
        whole = np.concatenate(parts, axis=0) if inner else np.concatenate(parts, axis=1) / len(parts)
        found[name] = whole.astype(np.float16)
    return found


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
