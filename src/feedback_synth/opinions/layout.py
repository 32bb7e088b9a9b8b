"""Headings and the sections they open; what stands outside the body of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedback_synth import languages
from feedback_synth.datamodel.document import Block
from feedback_synth.languages import detection
from feedback_synth.opinions import asking, lexicon

OUTSIDE = frozenset({"header", "footer", "navigation", "caption", "footnote"})
SECTIONS = ("groups", "conclusion", "answer", "summary", "attendance", "discussion", "procedure")
_NUMBER = re.compile(
    r"^\s*(?:(?:phần|part|partie|section|mục|chapter|chapitre|session|séance|phiên|item)\s+)?(?:thứ\s+\w+|[IVXLC]+|\d{1,2}|[A-Ha-h])\s*[.)/:–-]+\s*",
    re.I,
)
_LISTED = re.compile(r"\s*(?:[-–+•*▪]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\))\s")
_MARK = re.compile(r"^(?:[-–+•*]|\d{1,2}[.)])?\s*")
_SECTION_NUMBER = re.compile(r"\s*(\d{1,2}|[IVX]{1,4})(\.\d{1,2})?[.)]\s")
_SECTION_WORDS = 30
_FEW_WORDS = 6
_LONGEST_HEADING = 120


def language_of(block: Block, default: str) -> str:
    """The language of a block's words; ``default`` when they are too few to tell."""
    words = block.text.split()
    plain = [w for w in words if not w[0].isupper()]  # names are in no language
    if len(plain) < _FEW_WORDS and default != "vi" and not _is_vietnamese(block.text, plain):
        return default
    if len(words) < _FEW_WORDS:
        return detection.detect(block.text, default) if _is_marked(block.text) else default
    return detection.detect(" ".join(plain) if len(plain) >= _FEW_WORDS else block.text, default)


def _is_vietnamese(text: str, plain: Sequence[str]) -> bool:
    """Whether more than names is Vietnamese in a line: a word without capital, or the title or kind of body it opens
    with.
    """
    if any(_is_marked(w) for w in plain):
        return True
    words = heading_words(text)
    return any(lexicon.starts("vi", f"person.{kind}", words) for kind in ("honorific", "body", "place", "bridge"))


def _is_marked(text: str) -> bool:
    """Whether a letter has marks that only Vietnamese has; dashes and quotation marks are no letters."""
    return any(ord(c) > 0x2FF and c.isalpha() for c in text)


def is_heading(block: Block) -> bool:
    """A heading by kind, or a short line in bold or capitals or with a number, that no full stop or comma closes."""
    text = block.text.strip()
    if block.kind == "heading":
        return True
    if block.kind not in ("paragraph", "list_item") or len(text) > _LONGEST_HEADING or text.endswith((";", ",")):
        return False
    plain = text.rstrip(" :.")
    return block.bold or plain.isupper() or (bool(_NUMBER.match(text) or block.number) and not _sentence(text))


def section(block: Block, code: str) -> str:
    """The section of minutes that a heading opens ("discussion", "conclusion", …), or ""."""
    words = heading_words(block.text)
    if not is_heading(block):
        return _bare_heading(block, words, code)
    for name in SECTIONS:
        if lexicon.starts(code, f"section.{name}", words):
            return name
    if _NUMBER.match(block.text) or block.number or block.kind == "heading":
        return next((n for n in SECTIONS if lexicon.find(code, f"section.{n}", words[:60])), "")
    return ""


def _bare_heading(block: Block, words: str, code: str) -> str:
    """A plain line that consists of little else than the name of a section ("Discussion")."""
    if block.kind != "paragraph" or len(words.split()) > 6 or block.text.rstrip().endswith((".", ";", ",", "?")):
        return ""
    for name in SECTIONS:
        cue = lexicon.starts(code, f"section.{name}", words)
        if cue and cue.end >= 0.6 * len(words):
            return name
    return ""


def is_lead(block: Block, code: str) -> bool:
    """ "2. Về nội dung:", "On teachers": a line that only announces what follows."""
    text = block.text.strip()
    if text.endswith(":") and len(text.split()) < 70:
        return True
    heading = is_heading(block) and len(text.split()) <= 8
    return heading and (block.bold or not text.endswith((".", ";", "?"))) and not _asks(text, code)


def is_bare_heading(block: Block, following: Sequence[Block]) -> bool:
    """A short plain line ("Targets", "5. Khó khăn tại cơ sở") over a longer paragraph or item: its heading."""
    words = heading_words(block.text).split()
    if _numbers_section(block.text, following):
        return True
    if block.kind not in ("paragraph", "heading") or not 1 <= len(words) <= _FEW_WORDS or "\n" in block.text:
        return False
    if block.text.rstrip()[-1] in '.;,?!…)”"»' or not words[0][0].isupper() or _LISTED.match(block.text[:2]):
        return False
    below = following[0] if following else None
    if below is None or below.kind not in ("paragraph", "list_item"):
        return False
    return len(below.text.split()) > 2 * len(words) or bool(_LISTED.match(below.text))


def _numbers_section(text: str, following: Sequence[Block]) -> bool:
    """ "2. Tính hợp hiến, hợp pháp của dự thảo", "3. Về mức hỗ trợ (khoản 1 Điều 3)": a number without a full stop over
    sentences or items of a lower level, not over the next number.
    """
    number = _SECTION_NUMBER.match(text)
    if not number or not following or text.rstrip()[-1] in ".;,?!…:" or len(text.split()) > _SECTION_WORDS:
        return False
    below = following[0].text
    level = _SECTION_NUMBER.match(below)
    lower = level is None or level[1].isdigit() != number[1].isdigit() or level[2] is not None
    opines = _requests if _LISTED.match(below) else _opines  # "3. What the draft lacks" over a list of it
    return lower and below.rstrip()[-1:] in ".;:?!/" and not any(opines(text, code) for code in languages.codes())


def _requests(text: str, code: str) -> bool:
    return asking.strong_request(text, code) is not None


def _opines(text: str, code: str) -> bool:
    critical = any(lexicon.find(code, f"request.{n}", text) for n in ("critique", "difficulty"))
    return critical or asking.strong_request(text, code) is not None


def _asks(text: str, code: str) -> bool:
    return any(lexicon.find(code, f"request.{n}", text) for n in ("performative", "modal", "critique", "difficulty"))


def governing(lead: str, text: str, code: str) -> str:
    """The verb of asking of a lead-in ("Đề nghị cơ quan soạn thảo:") that governs ``text``, an item below it, or ""."""
    if not lead.endswith(":") or not _LISTED.match(text):
        return ""
    cue = asking.strong_request(lead, code)
    return cue.words if cue else ""


def heading_words(text: str) -> str:
    """A heading without its number and closing colon."""
    return _NUMBER.sub("", text).strip(" :.")


def without_mark(text: str) -> str:
    """A line without the bullet or number it opens with."""
    return _MARK.sub("", text)


def _sentence(text: str) -> bool:
    return len(text.split()) > 14 or text.rstrip().endswith((".", "?", "!"))
