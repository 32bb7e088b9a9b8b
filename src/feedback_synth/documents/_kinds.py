"""What a file is (minutes, letter, draft, …) and in which language, by its content."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from pathlib import PurePath

from feedback_synth.datamodel.document import Block, SourceKind
from feedback_synth.documents._signing import find_signer
from feedback_synth.documents._words import folded
from feedback_synth.languages.detection import detect
from feedback_synth.languages.text import strip_marks

_TRACKED = ("comment", "insertion", "deletion")
_MARGINS = ("header", "footer", "navigation", "footnote")
_LOOKED_AT = 2000  # characters of a block that tell its language and kind
_LONGEST_TITLE = 160  # characters
_SENTENCE = 40  # characters of a line from which a full stop shows that it is no title
_TITLED = 15  # blocks from the top among which the title stands
_UNTITLED = 0.7  # what the marks of a draft are worth in a text without the title of one
_SAMPLE = 500  # blocks that tell the language of a long document
_TOP = 8  # blocks among which the author of a note is named
_TITLE_LINES = 3
_FOOT = 14  # blocks at the end among which somebody signs
_FEW_UNITS = 2.0
_SPEAKING = 10  # words from which a paragraph says something
_KINDS: tuple[SourceKind, ...] = ("minutes", "letter", "draft", "news", "notes")
_STRUCTURE = re.compile(
    r"^(?:điều|article|art\.?)\s+(?:\d+|premier)\b|^(?:phần|chương|mục|part|chapter|section|partie|chapitre|titre|title)"
    r"\s+(?:thứ|[ivxlc]+\b|\d+\b)|^[IVXL]{1,5}\s*[.\-–]\s",
    re.IGNORECASE,
)
_LEGAL_BASIS = re.compile(r"^[-–\s]*(?:căn cứ|pursuant to|having regard|vu (?:la|le|l['’]|les))\b", re.IGNORECASE)
_COUNTER = re.compile(r"^[^\w]*(.+?)\s*[(:]\s*(?:\d+\)?|https?://.*|www\..*|)\s*$")
_CONTENTS_LINE = re.compile(r"(?:\.{5,}|…{3,}|(?:\. ){4,})\s*\d{1,4}$")  # a line of a table of contents
_RESIDUE_ENDS = "():"  # beside digits and addresses, what residue ends in
_URL = re.compile(r"^(?:https?://|www\.)\S+$")


def find_language(blocks: Sequence[Block], default: str = "vi") -> str:
    """The language most of the text is in, by characters."""
    weights: dict[str, int] = defaultdict(int)
    for block in blocks[:: 1 + len(blocks) // _SAMPLE]:
        if block.kind not in _MARGINS and not block.quoted:
            weights[detect(block.text[:_LOOKED_AT], "")] += len(block.text)
    weights.pop("", None)
    if not weights:
        return detect(" ".join(b.text for b in blocks[:50]), default)
    return max(sorted(weights), key=lambda code: weights[code])


def mark_residue(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks; comment counters, source addresses, tables of contents become navigation."""
    return [
        replace(b, kind="navigation", cell=None)
        if b.kind in ("paragraph", "list_item") and b.locator.table is None and _is_residue(b.text)
        else b
        for b in blocks
    ]


def _is_residue(text: str) -> bool:
    end = text.rstrip()[-1:]
    if not (end in _RESIDUE_ENDS or end.isdigit() or "http" in text or "www." in text):
        return False  # as nearly every line; the patterns below are slow
    if _URL.match(text) or _CONTENTS_LINE.search(text):
        return True
    match = _COUNTER.match(text) if len(text) < 300 else None
    return match is not None and strip_marks(match[1]) in folded("residue", "lines")


def find_kind(blocks: Sequence[Block], name: str) -> SourceKind:
    """The kind of source that the words and the shape of a document show."""
    body = [b for b in blocks if b.kind not in (*_MARGINS, *_TRACKED) and not b.quoted]
    scores = {kind: _score(kind, body) for kind in _KINDS}
    scores["draft"] = (scores["draft"] + _draft_shape(body)) * (1.0 if _is_titled("draft", body) else _UNTITLED)
    scores["news"] += 3.0 if any(b.kind == "navigation" for b in blocks) else 0.0
    best = max(_KINDS, key=lambda kind: scores[kind])
    if best == "news" and _names_reviewer(body):
        return "notes"
    table = _table_kind(body)
    table = "letter" if table == "table" and _is_signed(body) else table
    if table is not None and _cell_share(body) > 0.6:
        return table
    if best == "news" and _is_page(blocks) and _draft_shape(body) < _FEW_UNITS and _speaks_of_consultation(body):
        return "news"  # under which readers comment
    under_page = best == "news" and _is_page(blocks)  # comments below a page that is no draft
    if any(b.kind in _TRACKED for b in blocks) and (best == "draft" or scores[best] < 6.0) and not under_page:
        return "annotated_draft"
    if table is not None and scores[best] < 6.0 and not _is_prose(body):
        return table
    if _is_appraisal(body):
        return "letter"
    if best == "draft" and _is_review(body):
        return "notes"
    if scores[best] < 3.0:
        return _loose_kind(body, name)
    if best == "news":
        return "news" if _speaks_of_consultation(body) else "background"
    return best


def _is_page(blocks: Sequence[Block]) -> bool:
    """Whether a web page stands here: menus around it, and no tracked changes in it."""
    found = {b.kind for b in blocks}
    return "navigation" in found and not found & {"insertion", "deletion"}


def _is_review(body: Sequence[Block]) -> bool:
    """Whether somebody writes about a draft: so titled, or in a text without articles signed at the top or told by
    a voice of its own."""
    top = _short_lines(body)
    titled = any(_begins(text, word) for text in top[:_TITLE_LINES] for word in folded("review", "title"))
    signed = any(_begins(text, word) for text in top for word in folded("review", "byline"))
    return titled or ((signed or _says_i(body)) and _draft_shape(body) < _FEW_UNITS)


def _is_appraisal(body: Sequence[Block]) -> bool:
    """Whether the first title near the top is that of an examination of a draft, not of the draft or of minutes."""
    for title in _titles([strip_marks(b.text[:_LOOKED_AT]) for b in body[:_TITLED]], in_turn=True):
        if any(_begins(title, words) for words in folded("appraisal", "title")):
            return True
        if any(_begins(title, words) for kind in ("draft", "minutes") for words in folded(kind, "title")):
            return False
    return False


def _names_reviewer(body: Sequence[Block]) -> bool:
    """Whether a line near the top says who reviewed or commented; an author, news have too."""
    words = [w for w in folded("review", "byline") if w not in folded("review", "author")]
    return any(_begins(text, word) for text in _short_lines(body) for word in words)


def _short_lines(body: Sequence[Block]) -> list[str]:
    """The lines near the top that may be a title or name an author."""
    return [strip_marks(b.text[:_LOOKED_AT]) for b in body[:_TOP] if len(b.text) <= _LONGEST_TITLE]


def _says_i(body: Sequence[Block]) -> bool:
    """Whether somebody speaks for himself, which no draft does."""
    told = [strip_marks(b.text[:_LOOKED_AT]).replace("’", "'") for b in body[:_SAMPLE]]
    return any(_has(text, words) for text in told for words in folded("review", "voice"))


def _loose_kind(body: Sequence[Block], name: str) -> SourceKind:
    """Text without the marks of any kind: a letter when it addresses somebody, notes when it speaks of a draft or of
    wishes, else background.
    """
    top = [strip_marks(b.text[:_LOOKED_AT]) for b in body[:15]]
    if any(_begins(text, words) for text in top for words in folded("letter", "address")):
        return "letter"
    if _speaks_of_consultation(body, either=True) or PurePath(name).suffix.lower() in (".eml", ".msg"):
        return "notes"
    return "background"


def _score(kind: str, body: Sequence[Block]) -> float:
    top = [strip_marks(b.text[:_LOOKED_AT]) for b in body[:25]]
    end = [strip_marks(b.text[-_LOOKED_AT:]) for b in body[-15:]]
    score = 4.0 * _is_titled(kind, body)
    score += min(6.0, 2.0 * sum(any(_has(t, w) for t in top) for w in folded(kind, "opening")))
    score += min(4.0, 1.5 * sum(any(_has(t, w) for t in end) for w in folded(kind, "closing")))
    if folded(kind, "anywhere"):
        text = strip_marks(" ".join(b.text[:_LOOKED_AT] for b in body[:400]))
        score += min(2.0, 0.7 * sum(_has(text, w) for w in folded(kind, "anywhere")))
    return score


def _is_titled(kind: str, body: Sequence[Block]) -> bool:
    """Whether one of the short lines near the top, or two of them together, begins as the titles of a kind do."""
    titles = _titles([strip_marks(b.text[:_LOOKED_AT]) for b in body[:_TITLED]])
    return any(_begins(title, words) for title in titles for words in folded(kind, "title"))


def _titles(top: Sequence[str], *, in_turn: bool = False) -> list[str]:
    """Lines that may be titles, and two that stand together; ``in_turn`` as they stand."""
    short = [t for t in top if len(t) <= _LONGEST_TITLE and (len(t) < _SENTENCE or not t.endswith((".", ";", ":")))]
    pairs = [f"{a} {b}" for a, b in pairwise(short)]
    return [title for both in zip_longest(short, pairs, fillvalue="") for title in both] if in_turn else short + pairs


def _draft_shape(body: Sequence[Block]) -> float:
    units = sum(bool(_STRUCTURE.match(b.text)) for b in body if b.kind != "cell")
    bases = sum(bool(_LEGAL_BASIS.match(b.text)) for b in body[:40])
    return min(4.0, units / 2) + min(3.0, 1.5 * bases)


def _table_kind(body: Sequence[Block]) -> SourceKind | None:
    """A table of opinions, answered (an absorption table of an earlier round) or not."""
    cells = [b for b in body if b.cell is not None and not b.cell.is_header]
    words = sum(len(b.text) for b in body) or 1
    opinions = [b for b in cells if b.cell and b.cell.role == "opinion"]
    opinions = opinions or [b for b in cells if b.cell and b.cell.role == "agreement"]  # people only voted
    are_many = len(opinions) >= 2 and _cell_share(body) > 0.6
    if not opinions or (sum(len(b.text) for b in opinions) < 0.2 * words and not are_many):
        return None
    answers = {(b.cell.table, b.cell.row) for b in cells if b.cell and b.cell.role == "response"}
    rows = {(b.cell.table, b.cell.row) for b in opinions if b.cell}
    return "absorption_table" if rows and len(answers & rows) >= 0.3 * len(rows) else "table"


def _is_signed(body: Sequence[Block]) -> bool:
    """Whether one office wrote a table of opinions: nobody is named in it, and somebody in office signs below it."""
    last = max((i for i, b in enumerate(body) if b.cell), default=0)
    named = any(b.cell and b.cell.role in ("organization", "person") for b in body)
    return not named and any(f.name == "signer" for f in find_signer(body[last + 1 :][-_FOOT:], official=True))


def _is_prose(body: Sequence[Block]) -> bool:
    """Whether more is said in paragraphs around the tables than in them."""
    said = sum(len(b.text) for b in body if b.cell is None and len(b.text.split()) >= _SPEAKING)
    return said > sum(len(b.text) for b in body if b.cell)


def _cell_share(body: Sequence[Block]) -> float:
    return sum(len(b.text) for b in body if b.cell) / max(1, sum(len(b.text) for b in body))


def _speaks_of_consultation(body: Sequence[Block], *, either: bool = False) -> bool:
    text = strip_marks(" ".join(b.text[:_LOOKED_AT] for b in body[:400]))
    draft = any(_has(text, w) for w in folded("consultation", "draft"))
    said = any(_has(text, w) for w in folded("consultation", "said"))
    return (draft or said) if either else (draft and said)


def _begins(text: str, word: str) -> bool:
    return text.startswith(word) and not text[len(word) : len(word) + 1].isalnum()


def _has(text: str, word: str) -> bool:
    """``word`` stands in ``text`` as whole words."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (before.isalnum() and word[0].isalnum()) and not (after.isalnum() and word[-1].isalnum()):
            return True
        start = text.find(word, start + 1)
    return False
