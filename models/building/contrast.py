"""Sets of opinions that ask the same, with the provision they are about: what should lie near what.

One set is a line of models/data/request_sets.jsonl, or what a dossier says of one provision (building/dossiers.py):
``provision`` (language, heading, text), ``same`` (phrasings of one request, in several languages) and ``other`` (other
requests on the same provision).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as functional
from torch import Tensor

WARMTH = 0.06  # divisor of the cosines: the smaller, the more the nearest wrong text counts


@dataclass(frozen=True)
class Sets:
    """All texts with their language; per text its set, and its part in it: 0 the provision, 1 same, 2 other."""

    texts: tuple[str, ...]
    languages: tuple[str, ...]
    of: tuple[int, ...]
    part: tuple[int, ...]

    def members(self) -> list[list[int]]:
        """The positions of the texts of each set."""
        found: list[list[int]] = [[] for _ in range(max(self.of, default=-1) + 1)]
        for i, number in enumerate(self.of):
            found[number].append(i)
        return found


def join(lines: Iterable[Mapping[str, Any]], left_out: str = "") -> Sets:
    """Sets as one list of texts, without those in the language ``left_out`` and sets whose provision is in it."""
    found = []
    for number, line in enumerate(line for line in lines if line["provision"]["language"] != left_out):
        provision = line["provision"]
        above = f"{provision['heading']}. " if provision["heading"] else ""
        found.append((f"{above}{provision['text']}", provision["language"], number, 0))
        found += [(x["text"], x["language"], number, 1) for x in line["same"] if x["language"] != left_out]
        found += [(x["text"], x["language"], number, 2) for x in line["other"] if x["language"] != left_out]
    texts, languages, of, part = zip(*found, strict=True)
    return Sets(texts, languages, of, part)


def centred(vectors: Tensor, languages: Sequence[str], means: Mapping[str, Tensor]) -> Tensor:
    """Unit vectors less the mean of their language, as the product compares them."""
    return functional.normalize(vectors - torch.stack([means[code] for code in languages]), dim=-1)


def loss(vectors: Tensor, of: Sequence[int], part: Sequence[int]) -> Tensor:
    """How far a batch of centred vectors is from what its sets say.

    Each opinion should be nearest to its own provision among all provisions, and each phrasing of a request nearest to
    the other phrasings among all opinions, those on the same provision included.
    """
    number, kind = torch.tensor(of), torch.tensor(part)
    likeness = vectors @ vectors.T / WARMTH
    opinions, provisions = torch.nonzero(kind > 0)[:, 0], torch.nonzero(kind == 0)[:, 0]
    to_provision = functional.cross_entropy(
        likeness[opinions][:, provisions], torch.searchsorted(number[provisions], number[opinions])
    )
    alike = (number[:, None] == number[None, :]) & (kind[:, None] == 1) & (kind[None, :] == 1)
    alike.fill_diagonal_(False)
    rows = torch.nonzero(alike.any(dim=1))[:, 0]
    if not len(rows):
        return to_provision
    shut = torch.eye(len(kind), dtype=torch.bool) | (kind[None, :] == 0)
    chances = torch.log_softmax(likeness.masked_fill(shut, -1e4), dim=1)
    to_same = -(chances * alike).sum(dim=1)[rows] / alike.sum(dim=1)[rows]
    return to_provision + to_same.mean()
