"""Long lines made to be slow take a time that grows with their length, not with its square."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from feedback_synth.opinions import named_cells, short_bodies, turns

SIZE = 40_000  # characters, of which a square would take minutes
SECONDS = 10.0


@pytest.mark.parametrize(
    ("read", "unit"),
    [
        (lambda text: turns.turn(text, "en"), "-"),
        (lambda text: turns.turn(text, "en"), "="),
        (lambda text: named_cells.repeats(text + "x"), '"'),
        (lambda text: named_cells.side_by_side(text, "en"), "Ann Field, Lake Fund - "),
        (lambda text: short_bodies.shortens("Ab", text), "Ab Cd "),
    ],
)
def test_a_long_line_is_read_soon(read: Callable[[str], object], unit: str) -> None:
    start = time.process_time()
    read(unit * (SIZE // len(unit)))
    assert time.process_time() - start < SECONDS
