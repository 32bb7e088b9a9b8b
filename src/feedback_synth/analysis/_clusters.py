"""Sets of things that are alike, from scored pairs: the same sets in the same order for the same input."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Pair = tuple[int, int]
_SAMPLE = 6  # members of a set that stand for it when two sets are compared


def merge(
    scores: Mapping[Pair, float],
    least: float,
    score: Callable[[int, int], float],
    together: Callable[[int, int], bool] = lambda a, b: True,
) -> list[list[int]]:
    """Sets of two and more, each sorted, by average linkage over the pairs of ``scores`` (i < j), best first.

    Two sets join while the mean score between them (``score`` fills in what ``scores`` lacks) reaches ``least`` and
    no two of their members refuse each other. Large sets are compared by a few of their members.
    """
    members: dict[int, list[int]] = {}
    home: dict[int, int] = {}
    for (i, j), value in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if value < least:
            break
        a, b = home.get(i, i), home.get(j, j)
        if a == b:
            continue
        left, right = members.get(a, [i]), members.get(b, [j])
        pairs = [(min(x, y), max(x, y)) for x in some(left) for y in some(right)]
        if not all(together(*pair) for pair in pairs):
            continue
        if sum(scores[p] if p in scores else score(*p) for p in pairs) < least * len(pairs):
            continue
        keep, gone = min(a, b), max(a, b)
        members[keep] = sorted(left + right)
        members.pop(gone, None)
        for x in members[keep]:
            home[x] = keep
    return sorted(members.values())


def some(members: Sequence[int]) -> Sequence[int]:
    """At most a few members, evenly spread."""
    if len(members) <= _SAMPLE:
        return members
    step = len(members) / _SAMPLE
    return [members[int(k * step)] for k in range(_SAMPLE)]
