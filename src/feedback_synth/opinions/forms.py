"""Copies of one form in one file, each filled in by somebody else: what all say is print, the rest is answers."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.languages import dates
from feedback_synth.languages.references import references
from feedback_synth.languages.text import strip_marks
from feedback_synth.opinions import (
    boxes,
    bylines,
    form_labels,
    layout,
    lexicon,
    signatures,
    votes,
)
from feedback_synth.opinions.stretch import Stretch, Zone, whole

_OUTSIDE = layout.OUTSIDE - {"navigation"}  # "Comments:" alone on a line looks like a part of a page
_LEAST_COPIES = 2
_LEAST_LABELS = 2  # printed lines besides that of the name
_MOST = 0.6  # of the copies that say the same words
_LONGEST_LABEL = 30  # words of a printed line
_LABEL_WORDS = 8  # of a label that stands behind the answer to another
_FACT_WORDS = 4  # fewer answer a label that nobody knows
_COLON = re.compile(r"\s*[:：]")
_DOTS = re.compile(r"[.…_]{3,}|…|[-–—]{3,}")
_WORDS = re.compile(r"[^\W_]+")
_NAME_ENDS = re.compile(r"[,;(]|(?<!\s)\s+(?:[,;(]|[-–]\s)")
_NAME, _BODY = "full name", "organization"  # labels for facts whose own labels nobody knows
_MAIL = frozenset({"from", "de", "tu", "to", "a", "by", "par", "sender", "expediteur", "nguoi gui", "noi gui"})


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a block, without the white space around it."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end]


def are_several(document: Document) -> bool:
    """Whether a text holds several copies of a form, filled in by different people."""
    return len(_starts(_lines(document), document.language)) >= _LEAST_COPIES


def stretches(document: Document) -> list[Stretch]:
    """The answers of every copy as notes of who filled it in; print, facts and blanks as procedure."""
    lines = _lines(document)
    starts = _starts(lines, document.language)
    copies = [lines[a:b] for a, b in itertools.pairwise([*starts, len(lines)])]
    printed = _printed(copies, document.language)
    found = [_stretch(line, line.start, line.end, "procedure", "head of the forms") for line in lines[: starts[0]]]
    label = _person_label(lines)
    for copy in copies:
        found += _Copy(printed, document.language, label).read(copy)
    known = {line.block.id for line in lines}
    return [*found, *(s for b in document.blocks if b.id not in known for s in whole(b.id, b.text, "other", "outside"))]


def _lines(document: Document) -> list[_Line]:
    found: list[_Line] = []
    for block in document.blocks:
        if block.kind in _OUTSIDE or block.quoted:
            continue
        for match in re.finditer(r"[^\n]+", block.text):
            text = match[0]
            start = match.start() + len(text) - len(text.lstrip())
            if text.strip():
                found.append(_Line(block, start, match.start() + len(text.rstrip())))
    return found


def _key(text: str) -> str:
    """Words without marks, boxes and the number at the end, by which print is known again."""
    words = _WORDS.findall(strip_marks(boxes.emptied(text)))
    while words and words[-1].isdigit():
        words.pop()
    return " ".join(words)


def _starts(lines: Sequence[_Line], language: str) -> list[int]:
    """Where each copy begins; none for a text that is no row of copies."""
    named = [(n, name) for n in range(len(lines)) if (name := _name_at(lines, n, language))]
    if len({name for _, name in named}) < _LEAST_COPIES:
        label = _person_label(lines)
        named = [(n, line.text) for n, line in enumerate(lines) if label and _head_key(line.text) == label]
    if len({name for _, name in named}) < _LEAST_COPIES:
        return []
    places = [n for n, _ in named]
    for starts in (_by_title(lines, places), _by_name(lines, places)):
        copies = [lines[a:b] for a, b in itertools.pairwise([*starts, len(lines)])]
        if copies and all(copies) and len(_questions(copies, language)) >= _LEAST_LABELS:
            return starts
    return []


def _by_title(lines: Sequence[_Line], names: Sequence[int]) -> list[int]:
    """Copies begin at the first line above a name that comes once for each name, before it."""
    for line in lines[: names[0]]:
        key = _head_key(line.text)
        starts = [n for n, other in enumerate(lines) if key and _head_key(other.text) == key]
        if len(starts) == len(names) and all(
            a < n < b for a, n, b in zip(starts, names, [*starts[1:], len(lines)], strict=True)
        ):
            return starts
    return []


def _by_name(lines: Sequence[_Line], names: Sequence[int]) -> list[int]:
    """Copies begin at the label of the name, or at the print above it that all have."""
    above = 0
    while all(n > above for n in names) and _same_head(lines, names, above + 1):
        above += 1
    return [n - above for n in names]


def _same_head(lines: Sequence[_Line], places: Sequence[int], above: int) -> bool:
    heads = Counter(_head_key(lines[n - above].text) for n in places)
    return heads.most_common(1)[0][1] == len(places) and "" not in heads


def _head_key(text: str) -> str:
    return _key(_COLON.split(text, maxsplit=1)[0])


def _name_at(lines: Sequence[_Line], number: int, language: str) -> str:
    """The name that a line gives behind a label ("Họ và tên: …"), or the cell beside it; "" for other lines."""
    line = lines[number]
    cell = line.block.cell
    if cell is not None and cell.is_header:
        return ""
    label, colon, value = line.text.replace("：", ":").partition(":")
    if "name" not in form_labels.asked(label, language) or _key(label) in _MAIL:
        return ""
    if not value.strip() and number + 1 < len(lines):
        beside = lines[number + 1]
        other = beside.block.cell
        in_row = cell and other and (cell.table, cell.row) == (other.table, other.row)
        value = beside.text if in_row or (colon and not cell and not other) else ""
    value = _DOTS.sub(" ", value).strip()
    return "" if form_labels.asked(value.partition(":")[0], language) else value


def _person_label(lines: Sequence[_Line]) -> str:
    """The label behind which every time another person is named, however it is called ("Sheet kept by: …"), or ""."""
    values: dict[str, list[str]] = {}
    for line in lines:
        label, colon, value = line.text.replace("：", ":").partition(":")
        if colon and value.strip() and len(label.split()) <= _LABEL_WORDS:
            values.setdefault(_key(label), []).append(_NAME_ENDS.split(value.strip(), maxsplit=1)[0])
    people = [k for k, v in values.items() if len(set(v)) >= _LEAST_COPIES and all(map(signatures.is_person, v))]
    return people[-1] if people else ""


def _questions(copies: Sequence[Sequence[_Line]], language: str) -> set[str]:
    """The printed lines, and labels before a colon, that ask for no name."""
    printed = _printed(copies, language)
    said = (_head_key(line.text) for copy in copies for line in copy)
    return {key for key in said if key in printed and "name" not in form_labels.asked(key, language)}


def _printed(copies: Sequence[Sequence[_Line]], language: str) -> frozenset[str]:
    """The keys of lines and labels that most copies have."""
    counted: Counter[str] = Counter()
    for copy in copies:
        counted.update({key for line in copy for key in _candidates(line.text, language)})
    least = max(_LEAST_COPIES, _MOST * len(copies))
    return frozenset(key for key, times in counted.items() if key and times >= least)


def _candidates(text: str, language: str) -> Iterator[str]:
    """What may be print in a line: all of it unless it answers, and the words before each colon."""
    if len(text.split()) <= _LONGEST_LABEL and not _answers(text, language):
        yield _key(text)
    for colon in _COLON.finditer(text):
        yield from (_key(text[start : colon.start()]) for start in _label_starts(text, colon.start()))


def _label_starts(text: str, end: int) -> list[int]:
    """Where a label that ends at ``end`` may begin, the longest first: at the line's start or at a word before."""
    words = [m.start() for m in re.finditer(r"(?<!\S)\S", text[:end])]
    return list(dict.fromkeys([*([0] if len(words) <= _LONGEST_LABEL else []), *words[-_LABEL_WORDS:]]))


def _answers(text: str, language: str) -> bool:
    """Whether a line says nothing but yes, no or nothing, which several people may have written."""
    code_words = ("agreement.empty", "agreement.blank", "agreement.full", "form.unfilled")
    if boxes.has(text) or not any(c.isalpha() for c in text):
        return False
    said = (text, _COLON.split(text)[-1].strip())
    return any(
        votes.vote(s.strip("-•* "), "") or any(lexicon.starts(language, name, s) for name in code_words)
        for s in said
        if s
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A label of a line with what stands behind it; the label of words that no label opens is ""."""

    label: str
    start: int
    value: int
    end: int


def _pieces(line: _Line, printed: frozenset[str]) -> list[_Piece]:
    """A line cut at its printed labels: "Nom : A   Profession : B"."""
    text = line.text
    cuts: list[tuple[int, int]] = []
    for colon in _COLON.finditer(text):
        least = cuts[-1][1] if cuts else 0
        starts = [s for s in _label_starts(text, colon.start()) if s >= least]
        start = next((s for s in starts if _key(text[s : colon.start()]) in printed), None)
        if start is not None and (cuts or start == 0 or not text[:start].strip(" -–•*.…_")):
            cuts.append((start, colon.end()))
    if not cuts:
        return [_Piece("", 0, 0, len(text))]
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    return [_Piece(text[s:v].strip(" :："), s, v, e) for (s, v), e in zip(cuts, ends, strict=True)]


class _Copy:
    """One copy of the form, read line by line."""

    def __init__(self, printed: frozenset[str], language: str, person: str = "") -> None:
        self.printed = printed
        self.language = language
        self.person = person
        self.label = ""
        self.place = ""
        self.facts: list[tuple[str, str]] = []
        self.found: list[Stretch] = []
        self.asked = False

    def read(self, lines: Sequence[_Line]) -> list[Stretch]:
        """The stretches of the copy; a ticked box speaks where nothing else does."""
        for line in lines:
            self._line(line)
        if any(s.zone == "note" for s in self.found):
            self.found = [replace(s, zone="procedure") if s.zone in ("consent", "refusal") else s for s in self.found]
        author = bylines.answered(self.facts, self.language)
        return [s if s.zone == "procedure" else replace(s, author=author) for s in self.found]

    def _line(self, line: _Line) -> None:
        print_of_all = _key(line.text) in self.printed and not _answers(line.text, self.language)
        if print_of_all or boxes.count(line.text) > 1:
            self._print(line)
            return
        for piece in _pieces(line, self.printed):
            start, value, end = (line.start + n for n in (piece.start, piece.value, piece.end))
            if piece.label:
                self._open(piece.label)
                self.found.append(_stretch(line, start, value, "procedure", "label of a form"))
            if line.block.text[value:end].strip():
                self._answer(line, value, end)

    def _print(self, line: _Line) -> None:
        boxed = boxes.has(line.text)
        self._open((boxes.question(line.text) or self.label) if boxed else line.text)
        chosen = boxes.ticked(line.text)
        start, end = chosen or (0, 0)
        words = boxes.emptied(line.text[start:end]).strip(" ,;/")
        vote = votes.answered(words, f"{self.label} {words}") if words else None
        zone: Zone = "consent" if vote == "yes" else "refusal" if vote == "no" else "procedure"
        if zone == "procedure":
            start, end = 0, len(line.text)
        cuts: tuple[tuple[int, int, Zone], ...] = (
            (0, start, "procedure"),
            (start, end, zone),
            (end, len(line.text), "procedure"),
        )
        for a, b, of in cuts:
            if line.text[a:b].strip():
                self.found.append(_stretch(line, line.start + a, line.start + b, of, "print of a form"))

    def _open(self, label: str) -> None:
        label = label.strip(" :：")
        answer = any(lexicon.equals(c, "dialogue.answer", label) for c in languages.codes())
        self.label = self.label if answer and self.label else label
        titled = not self.facts and not label.endswith("?")  # "PHIẾU GÓP Ý" above the name asks nothing yet
        self.asked = self.asked or (not titled and _asks_opinion(self.label))

    def _answer(self, line: _Line, start: int, end: int) -> None:
        said = _DOTS.sub(" ", line.block.text[start:end]).strip()
        code = layout.language_of(line.block, self.language)
        fact = self._fact(said)
        zone: Zone = "procedure"
        if fact:
            self.facts += [(fact, said)] if votes.says_something(said) else []
        elif _is_blank(said, code) or _is_dated(line, code) or self._is_fact(said):
            zone = "procedure"
        elif self._is_place(said, code):
            self.place = said
        else:
            zone = "note"
        places = tuple(p for p in (self.place,) if p and zone == "note")
        named = (self.label,) if zone == "note" and references(self.label, code) else ()
        stretch = Stretch(
            line.block.id, start, end, zone, "structure:answer in a form", context=self.label, places=(*places, *named)
        )
        self.found.append(stretch)

    def _fact(self, said: str) -> str:
        """The label of a fact about the person, by its words, by who stands behind it in all copies, or by the body
        that it names before anything is asked; "" for other labels.
        """
        if form_labels.asked(self.label, self.language):
            return self.label
        if self.person and _key(self.label) == self.person:
            return _NAME
        names_body = signatures.names_body(said)
        return _BODY if self.label and not self.asked and names_body and len(said.split()) <= _LABEL_WORDS else ""

    def _is_fact(self, said: str) -> bool:
        """Whether an answer is a date, a signature or another fact of the person, by its label."""
        label = self.label
        if any(lexicon.equals(c, "form.closing", label) for c in languages.codes()):
            return True
        if _asks_opinion(label) or _answers(said, self.language):
            return False
        return not self.asked or len(said.split()) < _FACT_WORDS

    def _is_place(self, said: str, code: str) -> bool:
        short = len(said.split()) <= 2 * _FACT_WORDS
        return short and bool(references(said, code)) and not _asks_opinion(self.label)


def _asks_opinion(label: str) -> bool:
    return "?" in label or any(lexicon.find(c, "form.asking", label) for c in languages.codes())


def _is_blank(said: str, code: str) -> bool:
    """Whether nothing was filled in: dots, "(bỏ trống)", "left blank"."""
    plain = said.strip(" -–•*()[]\"'")
    cue = lexicon.starts(code, "form.unfilled", plain)
    alone = cue is not None and (said.lstrip(" -–•*").startswith(("(", "[")) or cue.end >= len(plain.rstrip(" .")))
    return alone or not any(c.isalnum() for c in plain)


def _is_dated(line: _Line, code: str) -> bool:
    """A line of place and date with which a copy closes ("Na Khương, ngày 3 tháng 5 năm 2026. Ký tên: …")."""
    found = dates.dates(line.text, code) if len(line.text.split()) <= _LABEL_WORDS * 2 else []
    before = line.text[: found[0].start] if found else ""
    return bool(found) and "," in before[-12:] and len(before.split()) <= _FACT_WORDS + 1 and before[:1].isupper()


def _stretch(line: _Line, start: int, end: int, zone: Zone, evidence: str) -> Stretch:
    return Stretch(line.block.id, start, end, zone, f"structure:{evidence}")
