"""Which paragraph, row or word of the old version is which of the new one, in order."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

Pair = tuple[int | None, int | None]
LARGEST_TABLE = 4_000_000  # cells of likeness; larger regions are worked in slices


def aligned(
    old: Sequence[str], new: Sequence[str], alike: Callable[[int, int, float], bool], *, join_ends: bool = False
) -> list[Pair]:
    """Pairs of places in order; None on the side that has nothing.

    Equal texts are found first; between them the likest texts are paired where ``alike(old, new, likeness 0..1)``.
    ``join_ends``: the last of each side are one pair, whatever they say.
    """
    if join_ends and old and new and old[-1] != new[-1]:
        return [*aligned(old[:-1], new[:-1], alike), (len(old) - 1, len(new) - 1)]
    pairs: list[Pair] = []
    for tag, a, b, c, d in opcodes(old, new):
        if tag == "equal":
            pairs += zip(range(a, b), range(c, d), strict=True)
        else:
            pairs += _likest(old, new, (a, b), (c, d), alike)
    return pairs


def opcodes(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[str, int, int, int, int]]:
    """(equal, old start, old end, new start, new end) stretches; what differs between two of them is one "replace"."""
    from rapidfuzz.distance import Indel

    numbers: dict[Hashable, int] = {}  # numbers cannot collide, as hashes of words can
    ours = [numbers.setdefault(key, len(numbers)) for key in old]
    theirs = [numbers.setdefault(key, len(numbers)) for key in new]
    found: list[tuple[str, int, int, int, int]] = []
    for code in Indel.opcodes(ours, theirs):
        piece = (code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end)
        if piece[0] != "equal" and found and found[-1][0] != "equal":
            found[-1] = ("replace", found[-1][1], piece[2], found[-1][3], piece[4])
        else:
            found.append(piece)
    return found


def _likest(
    old: Sequence[str],
    new: Sequence[str],
    rows: tuple[int, int],
    columns: tuple[int, int],
    alike: Callable[[int, int, float], bool],
) -> list[Pair]:
    """Pair one region so that the sum of likeness is greatest and the order is kept."""
    (a, b), (c, d) = rows, columns
    if a == b or c == d:
        return [*((i, None) for i in range(a, b)), *((None, j) for j in range(c, d))]
    if (b - a) * (d - c) > LARGEST_TABLE:
        middle, across = (a + b) // 2, (c + d) // 2
        first = _likest(old, new, (a, middle), (c, across), alike)
        return first + _likest(old, new, (middle, b), (across, d), alike)
    likeness = _likeness(old[a:b], new[c:d])
    fits = [[alike(a + i, c + j, v) for j, v in enumerate(line)] for i, line in enumerate(likeness)]
    scores = [
        [max(v, 0.05) if ok else 0.0 for v, ok in zip(*both, strict=True)] for both in zip(likeness, fits, strict=True)
    ]
    return [(None if i is None else a + i, None if j is None else c + j) for i, j in _best_path(scores)]


def _likeness(old: Sequence[str], new: Sequence[str]) -> list[list[float]]:
    from rapidfuzz import fuzz, process

    table: list[list[float]] = (process.cdist(old, new, scorer=fuzz.ratio) / 100).tolist()
    return table


def _best_path(scores: list[list[float]]) -> list[Pair]:
    """The pairs with the greatest sum that do not cross; deletions come before insertions."""
    height, width = len(scores), len(scores[0])
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        line, below, here = scores[i], best[i + 1], best[i]
        for j in range(width - 1, -1, -1):
            score = max(below[j], here[j + 1])
            here[j] = max(score, line[j] + below[j + 1]) if line[j] else score
    pairs: list[Pair] = []
    i = j = 0
    while i < height and j < width:
        if scores[i][j] and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return pairs + [(n, None) for n in range(i, height)] + [(None, n) for n in range(j, width)]
