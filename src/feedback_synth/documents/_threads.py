"""Threads of mail: how deep a line is quoted, and which quoted messages stand elsewhere among the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from feedback_synth.datamodel.document import Block, BlockKind, Document, Locator
from feedback_synth.documents._reading import Reading
from feedback_synth.documents._wrapping import join_wrapped
from feedback_synth.languages.text import strip_marks

_MARKS = re.compile(r"^\s{0,3}(?:>\s?)+")
_QUOTED = re.compile(r"^\s{0,3}(?:>\s?)+(?=[^\W\d_]|[“\"«(])")
_OPENS = re.compile(r"^(?:On|Le|Vào|Ngày|Lúc|Am|El)\s.{3,}", re.IGNORECASE)
_WROTE = re.compile(r"(?:wrote|a écrit|đã viết|viết|schrieb|escribió)\s?:\s*$", re.IGNORECASE)
_LEAST_TELLING = 24  # letters and figures from which a paragraph is the same by no chance
_MOSTLY = 0.8
_JOINED = 3  # lines over which a mail program wraps the line that names who wrote


def write_mail(text: str, reading: Reading) -> None:
    """Blocks of a plain-text message; those of quoted messages know how deep they are quoted."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    levels = [(n, *_depth(line)) for n, line in enumerate(lines, start=1)]
    for depth, run in groupby(_without_gaps(levels), key=lambda item: item[1]):
        rows = list(run)
        told = zip((n for n, _, _ in rows), _introductions([w for _, _, w in rows]), strict=True)
        for tells, part in groupby(told, key=lambda line: _tells_writer(line[1])):
            numbered = list(part)
            kind: BlockKind = "header" if tells else "paragraph"
            for number, paragraph in join_wrapped([words for _, words in numbered]):
                reading.add(paragraph, Locator(line=numbered[number - 1][0]), kind, quoted=depth)


def quotes(text: str) -> bool:
    """Whether lines of a plain text are quoted with ">", with words of another between or around them."""
    lines = [line for line in text.split("\n") if line.strip()]
    quoted = sum(bool(_QUOTED.match(line)) for line in lines)
    return 0 < quoted < len(lines)


def with_quotations(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks; paragraphs that a ">" opens know how deep they are quoted, and are without it. Words that a
    comment is anchored to stay where they are.
    """
    if not any(_is_quoted(b) for b in blocks):
        return list(blocks)
    anchored = {b.annotation.anchor.block_id for b in blocks if b.annotation and b.annotation.anchor}
    return [_quotation(b) if _is_quoted(b) and b.id not in anchored else b for b in blocks]


def _is_quoted(block: Block) -> bool:
    return block.kind == "paragraph" and not block.quoted and _QUOTED.match(block.text) is not None


def _quotation(block: Block) -> Block:
    depth, words = _depth(block.text)
    return replace(block, text=words, quoted=depth) if words.strip() else block


def _tells_writer(line: str) -> bool:
    """ "On … X wrote:", which the program of the answering person wrote, in that program's language."""
    return bool(_OPENS.match(line) and _WROTE.search(line) and re.search(r"[\d@]", line))


def _depth(line: str) -> tuple[int, str]:
    marks = _MARKS.match(line)
    return (marks[0].count(">"), line[marks.end() :]) if marks else (0, line)


def _without_gaps(levels: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Blank lines belong to the level around them, so that they cut no run."""
    depth = 0
    for number, own, words in levels:
        depth = own if words.strip() or own else depth
        yield number, depth, words


def _introductions(lines: list[str]) -> list[str]:
    """The lines with "On … X wrote:" on one, where a program wrapped it; the others it took become blank."""
    found = list(lines)
    for i, line in enumerate(found):
        if not _OPENS.match(line) or _WROTE.search(line):
            continue
        for more in range(1, _JOINED):
            following = found[i + more] if i + more < len(found) else ""
            if not following.strip():
                break
            if _WROTE.search(following):
                found[i] = " ".join(part.strip() for part in found[i : i + more + 1])
                found[i + 1 : i + more + 1] = [""] * more
                break
    return found


def without_repeats(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents with quoted messages marked as navigation whose words another source, or an earlier quotation, has.

    A quoted message that stands nowhere else stays as it is, so that what it says is read.
    """
    said = [_key(" ".join(b.text for b in d.blocks if not b.quoted)) for d in documents]
    quoted: list[str] = []
    found: list[Document] = []
    for document in documents:
        repeated = _repeated(document, said, quoted)
        quoted += [_key(b.text) for b in document.blocks if b.quoted and b.id not in repeated]
        blocks = tuple(replace(b, kind="navigation") if b.id in repeated else b for b in document.blocks)
        found.append(replace(document, blocks=blocks) if repeated else document)
    return tuple(found)


def _repeated(document: Document, said: Sequence[str], quoted: Sequence[str]) -> set[str]:
    """Ids of the quoted blocks whose words are known; a stretch that is mostly known is known as a whole."""
    known: set[str] = set()
    earlier = list(quoted)
    for depth, run in groupby(document.blocks, key=lambda b: b.quoted):
        blocks = list(run)
        if not depth:
            continue
        same = [b for b in blocks if _is_known(b, said, earlier)]
        if sum(len(b.text) for b in same) >= _MOSTLY * sum(len(b.text) for b in blocks):
            same = blocks
        known.update(b.id for b in same)
        earlier += [_key(b.text) for b in blocks]
    return known


def _is_known(block: Block, said: Sequence[str], quoted: Sequence[str]) -> bool:
    key = _key(block.text)
    return len(key) >= _LEAST_TELLING and any(key in words for words in (*said, *quoted))


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", strip_marks(text))
