"""Pools of provisions and of what people said of them: what should lie near what.

A pool is a line of models/data/request_sets.jsonl, what a small dossier says of one provision (building/dossiers.py),
or a whole dossier with all its provisions (building/gold.py), where each opinion has to find its own among the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

_SAID, _OF_ONE = 5, 3  # opinions dealt from a pool of one provision, and on one provision of a larger pool
_SPOKEN, _OTHERS = 5, 6  # provisions dealt from a larger pool: those somebody speaks of, and others


@dataclass(frozen=True)
class Said:
    """An opinion: the positions of the provisions it is about, the first as the one it is dealt with, and a key of
    those that ask the same ("" for none)."""

    text: str
    language: str
    about: tuple[int, ...]
    asks: str


@dataclass(frozen=True)
class Pool:
    """Provisions (text, language), and the opinions about them."""

    provisions: tuple[tuple[str, str], ...]
    opinions: tuple[Said, ...]

    def without(self, language: str) -> Pool:
        """The pool as one that does not know ``language``: without opinions and, if it is in it, without provisions."""
        told = tuple(o for o in self.opinions if o.language != language)
        return Pool(self.provisions, told if all(code != language for _, code in self.provisions) else ())


@dataclass(frozen=True)
class Dealt:
    """Positions of provisions and opinions of one pool."""

    pool: int
    provisions: tuple[int, ...]
    opinions: tuple[int, ...]


def of(lines: Iterable[Mapping[str, Any]]) -> list[Pool]:
    """The sets of ``lines`` as pools: ``provision``, ``same`` (phrasings of a request), ``other`` (other requests)."""
    return [_pool(line) for line in lines]


def _pool(line: Mapping[str, Any]) -> Pool:
    provision = line["provision"]
    above = f"{provision['heading']}. " if provision["heading"] else ""
    same = [Said(x["text"], x["language"], (0,), "same") for x in line["same"]]
    other = [Said(x["text"], x["language"], (0,), "") for x in line["other"]]
    return Pool(((f"{above}{provision['text']}", provision["language"]),), (*same, *other))


def deal(pools: Sequence[Pool], count: int, random: Random) -> list[Dealt]:
    """Some opinions of ``count`` pools of one provision, and of one larger pool, if there is any."""
    small = [i for i, pool in enumerate(pools) if len(pool.provisions) == 1]
    large = [i for i, pool in enumerate(pools) if len(pool.provisions) > 1]
    dealt = [Dealt(i, (0,), _some(range(len(pools[i].opinions)), _SAID, random)) for i in random.sample(small, count)]
    return [*dealt, _from_large(random.choice(large), pools, random)] if large else dealt


def _from_large(number: int, pools: Sequence[Pool], random: Random) -> Dealt:
    pool = pools[number]
    spoken = _some(sorted({o.about[0] for o in pool.opinions}), _SPOKEN, random)
    told = [_some([i for i, o in enumerate(pool.opinions) if o.about[0] == p], _OF_ONE, random) for p in spoken]
    others = _some([p for p in range(len(pool.provisions)) if p not in spoken], _OTHERS, random)
    return Dealt(number, tuple(sorted({*spoken, *others})), tuple(sorted(i for own in told for i in own)))


def _some(values: Sequence[int], most: int, random: Random) -> tuple[int, ...]:
    return tuple(sorted(random.sample(list(values), min(most, len(values)))))
