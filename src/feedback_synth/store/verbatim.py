"""Where typed words stand in a source, whatever their capitals, blanks and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedback_synth.datamodel.document import Document, Span
from feedback_synth.languages.text import match_key

_WORD = re.compile(r"[^\W_]+")
_CLOSING = '.?!…”"»)]%'
_OPENING = '“"«(['


@dataclass(frozen=True)
class Words:
    """The words of a document folded into one line, and where each of them begins there and in its block."""

    line: str  # " word word word "
    starts: dict[int, int]  # place in the line -> number of the word
    spans: tuple[Span, ...]  # of each word


def words_of(document: Document) -> Words:
    """The words of all blocks in the order of the source."""
    line, length = [""], 0
    starts: dict[int, int] = {}
    spans: list[Span] = []
    for block in document.blocks:
        for match in _WORD.finditer(block.text):
            starts[length] = len(spans)
            spans.append(Span(block.id, match.start(), match.end()))
            line.append(match_key(match[0]))
            length += len(line[-1]) + 1
    return Words(" ".join([*line, ""]), starts, tuple(spans))


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return [match_key(word) for word in _WORD.findall(text)]


def count(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def find(text: str, document: Document, among: Words) -> Iterator[tuple[Span, ...]]:
    """Every place where all words of ``text`` follow one another: a span for each block they stand in."""
    wanted = words(text)
    sought = f" {' '.join(wanted)} "
    at = among.line.find(sought) if wanted else -1
    while at >= 0:
        first = among.starts[at]
        yield _spans(among.spans[first : first + len(wanted)], text.strip(), document)
        at = among.line.find(sought, at + 1)


def _spans(found: tuple[Span, ...], text: str, document: Document) -> tuple[Span, ...]:
    """The stretch of each block from its first word to its last, with the marks at the ends that were typed too."""
    blocks: dict[str, Span] = {}
    for word in found:
        start = blocks.get(word.block_id, word).start
        blocks[word.block_id] = Span(word.block_id, start, word.end)
    ends = {block_id for block_id in blocks if text[-1] in _CLOSING or block_id != found[-1].block_id}
    spans = [_closed(span, document, marks=span.block_id in ends) for span in blocks.values()]
    first, source = spans[0], document.by_id[spans[0].block_id].text
    if first.start and source[first.start - 1] in _OPENING and text[0] in _OPENING:
        spans[0] = Span(first.block_id, first.start - 1, first.end)
    return tuple(spans)


def _closed(span: Span, document: Document, *, marks: bool) -> Span:
    """The stretch with the marks that close it; without ``marks`` with a percent sign at most."""
    source, end = document.by_id[span.block_id].text, span.end
    while end < len(source) and (source[end] == "%" or (marks and source[end] in _CLOSING)):
        end += 1
    return Span(span.block_id, span.start, end)
