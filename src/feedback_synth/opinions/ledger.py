"""The ledger of one source: numbered passages, and what was found in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from feedback_synth.datamodel.document import Document, Notice, Span
from feedback_synth.datamodel.opinion import Agreement, Directive, Extraction, Opinion, Passage, Role


@dataclass
class Ledger:
    """Collects in the order of the source. Ids count within a block: ``<block id>/p1``, ``/o1``, ``/a1``, ``/d1``."""

    document: Document
    passages: list[Passage] = field(default_factory=list)
    opinions: list[Opinion] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def next_id(self, block_id: str, letter: str) -> str:
        """The next id of this letter in this block."""
        self.counts[f"{block_id}/{letter}"] += 1
        return f"{block_id}/{letter}{self.counts[f'{block_id}/{letter}']}"

    def text(self, block_id: str) -> str:
        return self.document.by_id[block_id].text

    def passage(self, block_id: str, start: int, end: int, role: Role, evidence: str) -> None:
        """Enter ``start:end`` of a block, blanks at its ends left out; nothing for blanks alone."""
        words = self.text(block_id)[start:end]
        if not words.strip():
            return
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        span = Span(block_id, start, end)
        self.passages.append(Passage(self.next_id(block_id, "p"), span, role, evidence))

    def extraction(self) -> Extraction:
        """All that was collected, frozen."""
        return Extraction(
            self.document.id,
            tuple(self.passages),
            tuple(self.opinions),
            tuple(self.agreements),
            tuple(self.directives),
            tuple(self.notices),
        )
