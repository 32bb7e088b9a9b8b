"""Tracked changes that belong together: an insertion beside a deletion by the same author is a replacement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from feedback_synth.datamodel.document import Block

_LEAST_MOVE = 12  # characters: shorter words may be the same by chance


def pair(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks; replacements know the words they replace, deletions the block that replaces them."""
    by_id = {b.id: b for b in blocks}
    for first, second in pairwise([b.id for b in blocks if b.kind in ("insertion", "deletion")]):
        one, two = by_id[first], by_id[second]
        if one.kind != two.kind and _touch(one, two, by_id) and not (_is_paired(one) or _is_paired(two)):
            inserted, deleted = (one, two) if one.kind == "insertion" else (two, one)
            by_id[inserted.id] = _annotate(inserted, deleted=deleted.text)
            by_id[deleted.id] = _annotate(deleted, replaced_by=inserted.id)
    _pair_moves([by_id[b.id] for b in blocks], by_id)
    return [by_id[b.id] for b in blocks]


def _pair_moves(blocks: Sequence[Block], by_id: dict[str, Block]) -> None:
    """The same words taken out in one place and put in at another, by one author."""
    gone = {(_author(b), b.text): b for b in blocks if b.kind == "deletion" and not _is_paired(b)}
    for block in blocks:
        deleted = gone.pop((_author(block), block.text), None) if _may_have_moved(block) else None
        if deleted is not None:
            by_id[block.id] = _annotate(block, deleted=deleted.text)
            by_id[deleted.id] = _annotate(deleted, replaced_by=block.id)


def _may_have_moved(block: Block) -> bool:
    return block.kind == "insertion" and not _is_paired(block) and len(block.text) >= _LEAST_MOVE


def _author(block: Block) -> str:
    return block.annotation.author if block.annotation else ""


def _touch(one: Block, two: Block, by_id: dict[str, Block]) -> bool:
    """Both by one author, in one block, with nothing but blanks between."""
    a, b = one.annotation, two.annotation
    if a is None or b is None or a.anchor is None or b.anchor is None or a.author != b.author:
        return False
    if a.anchor.block_id != b.anchor.block_id or by_id[a.anchor.block_id].kind in ("insertion", "deletion"):
        return False
    return not by_id[a.anchor.block_id].text[a.anchor.end : b.anchor.start].strip()


def _is_paired(block: Block) -> bool:
    return block.annotation is not None and bool(block.annotation.deleted or block.annotation.replaced_by)


def _annotate(block: Block, *, deleted: str = "", replaced_by: str = "") -> Block:
    if block.annotation is None:
        return block
    return replace(block, annotation=replace(block.annotation, deleted=deleted, replaced_by=replaced_by))
