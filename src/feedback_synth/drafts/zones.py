"""What around the provisions is no provision: title, legal bases, tables of contents, layout tables, signatures."""

from __future__ import annotations

import re
from functools import cache

from feedback_synth.drafts.lines import Line, TableBlocks
from feedback_synth.languages.text import strip_marks
from feedback_synth.languages.words import alternatives, structure

_LONGEST_HEADING = 250  # characters
_DRAFT_LINE = 120
_SOURCE_NOTE = 60


class Zones:
    """Questions about one line, answered by the words of one language."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.words = structure(code)["zones"]

    def is_title(self, line: Line) -> bool:
        """A line of the title: in capitals, or short without the end of a sentence or a clause."""
        text = line.text.strip()
        return not self.is_basis(text) and (text.isupper() or (not re.search(r"[.;,:]$", text) and len(text) < 400))

    def is_basis(self, text: str) -> bool:
        return bool(_opening(self.code).match(re.sub(r"^\s*[-–+•*]\s*", "", text)))

    def heads_bases(self, text: str) -> bool:
        """The heading of an item that lists the legal bases: "2. Căn cứ xây dựng Đề án"."""
        return _bases_heading(self.code).match(text) is not None

    def is_draft_mark(self, text: str) -> bool:
        """ "(Dự thảo lần 2, ngày …)": says which version this is, no part of what it provides."""
        plain = text.strip().lower()
        marked = any(word in plain for word in self.words["draft_marks"])
        bracketed = plain.startswith("(") and not plain[1:2].isdigit()  # "(1) …" is a recital
        return (len(plain) < _DRAFT_LINE and (bracketed or re.match(r"[_*-]+$", plain) is not None)) or (
            marked and len(plain) < 40
        )

    def is_letterhead(self, text: str) -> bool:
        """Lines of the head of an official document: motto, number, place and date."""
        plain = text.strip().lower()
        if self.is_motto(text):
            return True
        numbered = re.match(r"(?:số|no\.?|n°)\s*[:.]?\s*[\d…./]", plain)
        return bool(numbered or re.search(r",\s*(?:ngày|le|date)\s.{0,12}(?:tháng|/|\d{4})", plain))

    def is_motto(self, text: str) -> bool:
        """What heads every document of a state: its name, its motto, the date of its constitution."""
        plain = text.strip().lower()
        return any(plain.startswith(word.lower()) for word in self.words["letterhead"])

    def is_signature(self, text: str) -> bool:
        """The line that opens the block of recipients and signatures."""
        text = text.strip()
        if len(text) > 100:
            return False
        if text.isupper() and any(text.startswith(word) for word in self.words["signature"]):
            return True
        if any(text.startswith(word) for word in self.words["done"]):
            return True
        return _recipients(self.code).fullmatch(text) is not None

    def is_attachment_mark(self, text: str) -> bool:
        """ "(Ban hành kèm theo Nghị quyết số …)" under the title of a text that is issued with another."""
        return text.startswith("(") and _attached(self.code).match(text) is not None

    def is_layout(self, table: TableBlocks) -> bool:
        """A table that only places recipients and signatures side by side."""
        rows = {c.cell.row for c in table.cells if c.cell}
        if len(rows) > 4 or len(table.cells) > 8:
            return False
        return any(self.is_signature(c.text.strip().split("\n")[0]) for c in table.cells)

    def is_contents_line(self, text: str) -> bool:
        """A line of a table of contents: leaders and a page number."""
        return bool(re.search(r"(?:\.{3,}|…{2,}|_{3,}|\t)\s*\d{1,4}\s*$", text))

    def reads_as_heading(self, rest: str, line: Line, expected: bool) -> bool:
        """Whether words after a number without a mark are a heading, not a sentence ("Điều 15 Luật Đất đai …")."""
        rest = rest.strip()
        if re.fullmatch(r"\([^()]{1,60}\)", rest):
            return True  # "Article 2 bis (nouveau)"
        if not rest[:1].isupper() or len(rest) > _LONGEST_HEADING or self.is_contents_line(rest):
            return False
        if rest.isupper() or line.block.kind == "heading" or line.block.bold:
            return True
        return expected and not re.search(r"[.;,:]$", rest) and len(rest) < 120 and not self._names_an_act(rest)

    def _names_an_act(self, rest: str) -> bool:
        acts = alternatives(structure(self.code)["acts"]["external"] + structure(self.code)["acts"]["lead"])
        return bool(re.match(rf"(?:{acts})(?!\w)", rest, re.IGNORECASE))

    def can_be_heading(self, line: Line) -> bool:
        """A line that can be the words of the heading before it: no list mark, no sentence."""
        text = line.text.strip()
        if re.match(r"[-–+•(]|\d+[.)]|[a-zđ]\)", text) or len(text) > _LONGEST_HEADING:
            return False
        return text.isupper() or (text[:1].isupper() and not re.search(r"[.;:,]$", text))

    def ends_sentence(self, text: str) -> bool:
        return bool(re.search(r"[.;:,]$", text.rstrip('"”» '))) or len(text) > _LONGEST_HEADING

    def is_source_note(self, text: str) -> bool:
        """ "Section 3", "Articles 5 and 6(2)": a line that only refers."""
        return len(text) < _SOURCE_NOTE and _source(self.code).fullmatch(text.strip()) is not None

    def is_closing(self, line: Line) -> bool:
        """ "Nghị quyết này có hiệu lực …": the unnumbered last words, which belong to no item."""
        text = line.text.strip().lower()
        return any(text.startswith(act) for act in self.words["acts"])


@cache
def _recipients(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(structure(code)['zones']['recipients'])})\s*[:.]?", re.IGNORECASE)


@cache
def _source(code: str) -> re.Pattern[str]:
    levels = structure(code)["levels"]
    number = r"\d+[A-Z]{0,2}(?:\(\w+\))*"
    words = alternatives([*levels["section"], *levels["article"]])
    return re.compile(rf"\(?(?:{words})\s*{number}(?:(?:,|\s(?:and|to|et|à))\s*{number})*\)?\.?", re.IGNORECASE)


@cache
def _attached(code: str) -> re.Pattern[str]:
    return re.compile(rf"\(\s*(?:{alternatives(structure(code)['zones']['attached'])})(?!\w)", re.IGNORECASE)


@cache
def _opening(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(structure(code)['zones']['bases'])})(?!\w)")


@cache
def _bases_heading(code: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{alternatives(structure(code)['zones']['bases_headings'])})(?!\w)", re.IGNORECASE)


def is_contents_title(text: str, code: str) -> bool:
    """The heading of a table of contents."""
    return len(text) < 40 and strip_marks(text.strip(" :.")) in _contents(code)


@cache
def _contents(code: str) -> frozenset[str]:
    return frozenset(strip_marks(w) for w in structure(code)["zones"]["contents"])
