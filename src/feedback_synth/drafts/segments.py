"""Which words were inserted and deleted between two texts, by whole tokens."""

from __future__ import annotations

import re

from rapidfuzz.distance import LCSseq

from feedback_synth.datamodel.comparison import Segment
from feedback_synth.languages.citations import citations
from feedback_synth.languages.dates import dates
from feedback_synth.languages.references import references
from feedback_synth.languages.text import match_key

_TOKEN = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*[%‰]?|[^\W\d_]+(?:['’][^\W\d_]+)?|\s+|.", re.DOTALL)
_PLAIN = re.compile(r"\w+")
_EDITORIAL = re.compile(r"\[\d{1,3}\]|\((?:nouveau|nouvelle)\)")
_TIGHT = 2  # tokens: equal stretches this short between two changes are shown as changed


def tokens(text: str, code: str) -> list[str]:
    """The tokens of ``text``, which join to it again: words, figures, dates, symbols of acts, whole references."""
    out: list[str] = []
    done = 0
    for start, end in _wholes(text, code):
        out += _TOKEN.findall(text[done:start])
        out.append(text[start:end])
        done = end
    return out + _TOKEN.findall(text[done:])


def _wholes(text: str, code: str) -> list[tuple[int, int]]:
    """Spans that are one token each, in order and without overlaps."""
    if not re.search(r"\d|\([a-z]\)|[IVX]", text):
        return []
    spans = [(d.start, d.end) for d in dates(text, code)]
    spans += [_key_span(text, a.start, a.end, a.key) for a in citations(text, code)]
    spans += [(r.start, r.end) for r in references(text, code) if len(r.levels) > 0]
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if start < end and (not out or start >= out[-1][1]):
            out.append((start, end))
    return out


def _key_span(text: str, start: int, end: int, key: str) -> tuple[int, int]:
    """The symbol alone: lead word and date of an act are tokens of their own."""
    found = text.find(key, start, end)
    return (found, found + len(key)) if found >= 0 else (start, start)


def segments(old: str, new: str, code: str) -> tuple[Segment, ...]:
    """Equal, deleted and inserted stretches: equal + delete is ``old``, equal + insert is ``new``."""
    if old == new:
        return (Segment("equal", new),) if new else ()
    a, b = tokens(old, code), tokens(new, code)
    pieces = _tidy(_pieces(a, b))
    return tuple(Segment(op, text) for op, text in pieces if text)  # type: ignore[arg-type]


def _pieces(a: list[str], b: list[str]) -> list[tuple[str, str]]:
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    out = [("equal", "".join(a[:head]))]
    inner_a, inner_b = a[head : len(a) - tail], b[head : len(b) - tail]
    for code in LCSseq.opcodes(inner_a, inner_b):
        if code.tag == "equal":
            out.append(("equal", "".join(inner_a[code.src_start : code.src_end])))
            continue
        out.append(("delete", "".join(inner_a[code.src_start : code.src_end])))
        out.append(("insert", "".join(inner_b[code.dest_start : code.dest_end])))
    out.append(("equal", "".join(a[len(a) - tail :]) if tail else ""))
    return [(op, text) for op, text in out if text]


def _tidy(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join what lies between two equal stretches worth showing; each change is one deletion and one insertion."""
    out: list[tuple[str, str]] = []
    deleted = inserted = ""
    for place, (op, text) in enumerate(pieces):
        if op == "delete":
            deleted += text
        elif op == "insert":
            inserted += text
        elif (deleted or inserted) and _is_filler(text) and any(o != "equal" for o, _ in pieces[place + 1 : place + 2]):
            deleted, inserted = deleted + text, inserted + text
        else:
            out += [("delete", deleted), ("insert", inserted), ("equal", text)]
            deleted = inserted = ""
    out += [("delete", deleted), ("insert", inserted)]
    return [(op, text) for op, text in out if text]


def _is_filler(text: str) -> bool:
    """Blanks, marks, or a short word between two changes: showing it as kept only confuses."""
    return len(_PLAIN.findall(text)) < _TIGHT and len(text.strip()) < 6


def cosmetic_key(text: str) -> str:
    """A form in which texts are equal that differ only in spaces, capitals, punctuation or tone placement.

    Marks of footnotes ("[12]") and of what a reading put in ("(nouveau)") are no words of a text either.
    """
    return " ".join(_PLAIN.findall(match_key(_EDITORIAL.sub(" ", text))))
