"""How far vectors are from what pools of opinions say (building/pools.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
import torch.nn.functional as functional
from torch import Tensor

from models.building.pools import Dealt, Pool

WARMTH = 0.06  # divisor of the cosines: the smaller, the more the nearest wrong text counts
_FAR = -1e4  # log chance of what is shut out


def centred(vectors: Tensor, languages: Sequence[str], means: Mapping[str, Tensor]) -> Tensor:
    """Unit vectors less the mean of their language, as the product compares them."""
    return functional.normalize(vectors - torch.stack([means[code] for code in languages]), dim=-1)


def loss(provisions: Tensor, opinions: Tensor, pools: Sequence[Pool], dealt: Sequence[Dealt]) -> Tensor:
    """How far centred vectors, in the order of what was dealt, are from what the pools say.

    Each opinion should be nearest to its own provisions among all provisions dealt, and each phrasing of a request
    nearest to the other phrasings among all opinions.
    """
    places = [(d.pool, p) for d in dealt for p in d.provisions]
    told = [(d.pool, pools[d.pool].opinions[i]) for d in dealt for i in d.opinions]
    own = torch.tensor([[place[0] == n and place[1] in said.about for place in places] for n, said in told])
    near = torch.log_softmax(opinions @ provisions.T / WARMTH, dim=1)
    to_provision = -torch.logsumexp(near.masked_fill(~own, _FAR), dim=1).mean()
    alike = torch.tensor([[n == m and bool(a.asks) and a.asks == b.asks for m, b in told] for n, a in told])
    alike.fill_diagonal_(False)
    rows = alike.any(dim=1)
    if not rows.any():
        return to_provision
    itself = torch.eye(len(told), dtype=torch.bool)
    chances = torch.log_softmax((opinions @ opinions.T / WARMTH).masked_fill(itself, _FAR), dim=1)
    return to_provision - ((chances * alike).sum(dim=1)[rows] / alike.sum(dim=1)[rows]).mean()
