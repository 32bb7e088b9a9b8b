"""Tables of contents that have no page numbers: headings that stand together, and come again with their text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from feedback_synth.drafts.lines import Line, TableBlocks
from feedback_synth.drafts.numbering import Heading

_LEAST = 3  # headings in a row
_AGAIN = 0.8  # share of them that must stand elsewhere too, most of them later (the table may follow section 1)
_SHORT = 90  # characters of the rest of a heading that runs over its line

Key = tuple[str, str, str]


def find(lines: Sequence[Line | TableBlocks], heads: Sequence[Heading | None]) -> frozenset[int]:
    """Indexes of the lines that only list what follows; ``heads`` are the headings that the lines would be."""
    keys = [_key(line, head) for line, head in zip(lines, heads, strict=True)]
    counts = Counter(key for key in keys if key)
    if not any(n > 1 for n in counts.values()):
        return frozenset()
    found: set[int] = set()
    left = Counter(counts)
    start = 0
    while start < len(lines):
        end = _run(lines, keys, start)
        run = [key for key in keys[start:end] if key]
        left.subtract(run)
        articles = [key for key in run if key[0] in ("article", "section")]
        later, elsewhere = sum(left[k] > 0 for k in run), sum(counts[k] > 1 for k in run)
        if len(run) >= _LEAST and len(articles) > 1 and elsewhere >= _AGAIN * len(run) and 2 * later > len(run):
            found.update(range(start, end))
        start = max(end, start + 1)
    return frozenset(found)


def _key(line: Line | TableBlocks, head: Heading | None) -> Key | None:
    """Level, number and first words of a heading, by which it is known when it comes again."""
    if head is None or not isinstance(line, Line):
        return None
    words = re.sub(r"[\W_]+", "", line.text[head.rest :].lower())
    return head.level, head.number, words[:20]


def _run(lines: Sequence[Line | TableBlocks], keys: Sequence[Key | None], start: int) -> int:
    """Where a row of different headings that begins at ``start`` ends; each may run over one short line."""
    end = start
    seen: set[Key | None] = set()
    while end < len(lines) and keys[end] and keys[end] not in seen:
        seen.add(keys[end])
        end += 1
        if end + 1 < len(lines) and not keys[end] and keys[end + 1] and _is_rest(lines[end]):
            end += 1
    return end


def _is_rest(line: Line | TableBlocks) -> bool:
    return isinstance(line, Line) and len(line.text) < _SHORT
