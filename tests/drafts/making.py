"""Small documents for the tests of the drafts room."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from feedback_synth.datamodel.document import Block, Cell, Document, Locator
from feedback_synth.datamodel.draft import Draft
from feedback_synth.drafts import parse


def document(
    *parts: str | Sequence[Sequence[str]] | tuple[str, str], language: str = "vi", name: str = "d.docx"
) -> Document:
    """A document of paragraphs (strings, or (automatic number, text)) and tables (lists of rows)."""
    sha = hashlib.sha256(repr(parts).encode()).hexdigest()
    blocks: list[Block] = []
    tables = 0
    for part in parts:
        identity = f"{sha[:12]}/b{len(blocks) + 1}"
        if isinstance(part, str):
            blocks.append(Block(identity, part, Locator(paragraph=len(blocks) + 1)))
        elif isinstance(part, tuple):
            blocks.append(Block(identity, part[1], Locator(paragraph=len(blocks) + 1), number=part[0]))
        else:
            tables += 1
            for r, row in enumerate(part, start=1):
                for c, text in enumerate(row, start=1):
                    place = Locator(table=tables, row=r, column=c)
                    cell = Cell(tables, r, c, is_header=r == 1)
                    blocks.append(Block(f"{sha[:12]}/b{len(blocks) + 1}", text, place, "cell", cell=cell))
    return Document(sha[:12], name, sha, "draft", language, tuple(blocks))


def draft(
    *parts: str | Sequence[Sequence[str]] | tuple[str, str], language: str = "vi", kind: str = "resolution"
) -> Draft:
    return parse(document(*parts, language=language), kind)


def labels(made: Draft) -> list[str]:
    return [p.label for p in made.provisions]
