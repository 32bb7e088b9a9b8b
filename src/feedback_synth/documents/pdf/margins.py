"""Running heads, feet and page numbers, told from the text by standing at the edge again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from feedback_synth.documents.pdf.layout import rows
from feedback_synth.documents.pdf.pages import Page, Segment

_EDGE = 0.11  # of the page's height
_PAGE_NUMBER = re.compile(
    r"^(?:[-–—\s]*\d{1,4}[-–—\s]*|(?:trang|page|tr\.|p\.)\s*\d{1,4}(?:\s*(?:/|of|sur|trên)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4})$",
    re.IGNORECASE,
)


def split_margins(pages: Sequence[Page]) -> list[tuple[list[Segment], list[Segment], list[Segment]]]:
    """For each page (heads, body, feet)."""
    edges = [_edge_rows(page) for page in pages]
    seen = Counter(
        key for top, bottom in edges for key in {_key(r, "top") for r in top} | {_key(r, "foot") for r in bottom}
    )
    out = []
    for page, (top, bottom) in zip(pages, edges, strict=True):
        heads = [s for row in top if _is_margin(row, "top", seen, page, len(pages)) for s in row]
        feet = [s for row in bottom if _is_margin(row, "foot", seen, page, len(pages)) for s in row]
        apart = {id(s) for s in (*heads, *feet)}
        out.append((heads, [s for s in page.segments if id(s) not in apart], feet))
    return out


def _edge_rows(page: Page) -> tuple[list[list[Segment]], list[list[Segment]]]:
    """Rows near the edges of the page; what stands beside an upright rule is of a table."""
    uprights = [r for r in page.rules if r.x0 == r.x1]
    free = [s for s in page.segments if not any(r.y0 <= s.y <= r.y1 for r in uprights)]
    top = _originals(page, [s for s in free if s.y > page.height * (1 - _EDGE)])
    bottom = _originals(page, [s for s in free if s.y < page.height * _EDGE])
    return top[:3], bottom[-3:]


def _originals(page: Page, segments: list[Segment]) -> list[list[Segment]]:
    """Rows of the very segments (``rows`` may join a number with its words)."""
    found = rows(segments)
    return [[s for s in segments if abs(s.y - row[0].y) <= 0.35 * max(4.0, s.size)] for row in found]


def _words(row: list[Segment]) -> str:
    return " ".join(s.text for s in sorted(row, key=lambda s: s.x0)).strip()


def _key(row: list[Segment], edge: str) -> tuple[str, str]:
    return edge, re.sub(r"\d+", "#", _words(row).lower())


def _is_margin(row: list[Segment], edge: str, seen: Counter[tuple[str, str]], page: Page, pages: int) -> bool:
    if _PAGE_NUMBER.match(_words(row)):
        return True
    if pages > 1 and seen[_key(row, edge)] >= max(2, 0.4 * pages):
        return True
    stands_alone = not any(0.5 < abs(s.y - row[0].y) < 2.2 * row[0].size for s in page.segments)
    return stands_alone and str(page.number) in (_words(row).split()[0], _words(row).split()[-1])
