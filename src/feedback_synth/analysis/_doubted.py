"""The place of a figure that an opinion doubts: "3.415 tàu là gõ lộn", "we could not reconcile the 148,600 …"."""

from __future__ import annotations

from collections.abc import Sequence

from feedback_synth.analysis._corpus import Entry
from feedback_synth.analysis._directions import says
from feedback_synth.analysis._figures import figures
from feedback_synth.datamodel.opinion import Opinion

_TELLING = 100  # smaller whole numbers stand anywhere
_YEARS = range(1900, 2100)


def doubted(opinion: Opinion, entries: Sequence[Entry]) -> int | None:
    """The entry that alone holds a figure which the opinion says is wrong, None where there is none or are several.

    What the text says of it counts before what a table repeats.
    """
    if not says("mismatch", opinion.text, opinion.language):
        return None
    values = {f.value for f in figures(opinion.text, opinion.language) if _tells(f.value)}
    alone = {place for v in sorted(values) if (place := _holder(v, entries)) is not None}
    return alone.pop() if len(alone) == 1 else None


def _holder(value: float, entries: Sequence[Entry]) -> int | None:
    holding = [i for i, e in enumerate(entries) if any(f.value == value for f in e.figures)]
    told = [i for i in holding if entries[i].row is None] or holding
    return told[0] if len(told) == 1 else None


def _tells(value: float) -> bool:
    return value != int(value) or (abs(value) >= _TELLING and int(value) not in _YEARS)
