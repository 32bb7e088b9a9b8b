"""The clauses of opinions with their vectors: a short request is a clause of a long speech that asks the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from feedback_synth.analysis._vectors import Encode, Matrix, centred
from feedback_synth.datamodel.opinion import Opinion

_CUT = re.compile(r"(?<=[.!?;])\s+|\s*[;:]\s+|(?<=,)\s+(?=\S+\s\S+\s\S+)|\s+[–—-]\s+")
_LEAST, _MOST = 20, 8  # characters of a clause, and clauses of an opinion


@dataclass(frozen=True)
class Clauses:
    """Unit rows of whole opinions and of their clauses; ``starts`` (n + 1) says where those of each begin."""

    whole: Matrix
    parts: Matrix
    starts: Sequence[int]

    def nearness(self, i: int, j: int) -> tuple[float, float, float, float]:
        """Cosines: the two nearest clauses; a clause and the whole other; the clauses of one, each with the nearest of
        the other, in the mean: of the better covered opinion, and of the other."""
        mine, others = (self.parts[self.starts[k] : self.starts[k + 1]] for k in (i, j))
        between = mine @ others.T
        whole = max(float((others @ self.whole[i]).max()), float((mine @ self.whole[j]).max()))
        covered = sorted(float(between.max(axis=axis).sum()) / between.shape[1 - axis] for axis in (0, 1))
        return float(between.max()), whole, covered[1], covered[0]


def clauses(opinions: Sequence[Opinion], whole: Matrix, encode: Encode) -> Clauses:
    """The clauses of ``opinions``, whose vectors are ``whole``."""
    told = [cut(o.text) for o in opinions]
    flat = [(part, o.language) for o, parts in zip(opinions, told, strict=True) for part in parts]
    rows = centred([part for part, _ in flat], [code for _, code in flat], encode)
    starts = np.cumsum([0, *map(len, told)]).tolist()
    return Clauses(whole, rows, starts)


def cut(text: str) -> list[str]:
    """``text`` in clauses of some length; what is left over joins the last."""
    found: list[str] = []
    current = ""
    for part in _CUT.split(text):
        current = f"{current} {part}".strip()
        if len(current) >= _LEAST and len(found) < _MOST:
            found.append(current)
            current = ""
    if current and found:
        found[-1] = f"{found[-1]} {current}"
    return found or [current or text]
