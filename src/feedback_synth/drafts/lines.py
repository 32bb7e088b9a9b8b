"""The lines of a document that can hold provisions: paragraphs cut at line breaks, automatic numbers in front."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedback_synth.datamodel.document import Block, Document

_OUTSIDE = {"comment", "insertion", "deletion", "footnote", "header", "footer", "navigation"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block; ``text`` begins with the automatic number, ``prefix`` characters long."""

    block: Block
    start: int
    end: int
    text: str
    prefix: int = 0

    @property
    def automatic(self) -> bool:
        return self.prefix > 0

    def place(self, offset: int) -> int:
        """The place in the block of ``text[offset]``; the block's line start for the automatic number."""
        return self.start + max(0, offset - self.prefix)


@dataclass(frozen=True, slots=True)
class TableBlocks:
    """The cells of one table, in order."""

    number: int
    cells: tuple[Block, ...]


def lines(document: Document) -> Iterator[Line | TableBlocks]:
    """Lines and tables of the document's body in order; annotations, footnotes and page furniture are left out."""
    cells: list[Block] = []
    for block in document.blocks:
        if block.kind in _OUTSIDE or block.locator.part not in ("body", "textbox", ""):
            continue
        if cells and (block.cell is None or block.cell.table != _table(cells)):
            yield TableBlocks(_table(cells), tuple(cells))
            cells = []
        if block.cell is not None:
            cells.append(block)
        else:
            yield from block_lines(block)
    if cells:
        yield TableBlocks(_table(cells), tuple(cells))


def block_lines(block: Block) -> Iterator[Line]:
    """The non-empty lines of one block."""
    number = _shown(block.number)
    start = 0
    for part in block.text.split("\n"):
        if part.strip() or (number and start == 0 and block.text):
            yield Line(block, start, start + len(part), number + part, len(number))
            number = ""
        start += len(part) + 1


def _shown(number: str) -> str:
    """The automatic number before a text; a bare one ("1", "a") gets the stop that typed lists have."""
    if not number:
        return ""
    return f"{number}. " if re.fullmatch(r"\d{1,3}|[a-zđ]|[IVXLC]+", number) else f"{number} "


def _table(cells: list[Block]) -> int:
    cell = cells[-1].cell
    return cell.table if cell else 0
