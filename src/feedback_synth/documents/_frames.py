"""Tables that are none: a frame around text, a page laid out with one cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from feedback_synth.datamodel.document import Block


def without_frames(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks; what stands in a table whose words are all in one cell is text like any other.

    Sheets and lists of records stay tables, however small.
    """
    found = list(blocks)
    places: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for block in found:
        if block.kind == "cell" and block.cell is not None:
            places[block.cell.table].add((block.cell.row, block.cell.column))
    frames = {table for table, cells in places.items() if len(cells) == 1} - _inner(found)
    return [_text(b) if b.kind == "cell" and b.cell and b.cell.table in frames and _is_text(b) else b for b in found]


def _inner(blocks: Sequence[Block]) -> set[int]:
    """Tables that stand inside a cell of another: what they say belongs there."""
    order = [table for table, _ in groupby(b.cell.table for b in blocks if b.kind == "cell" and b.cell)]
    return {own for before, own, behind in zip(order, order[1:], order[2:], strict=False) if before == behind}


def _is_text(block: Block) -> bool:
    return not block.locator.sheet and not block.locator.cell


def _text(block: Block) -> Block:
    return replace(block, kind="list_item" if block.number else "paragraph", cell=None)
