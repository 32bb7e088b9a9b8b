"""Sheets of questions and answers in paragraphs: "Question: … Answer: …", "Hỏi: … Đáp: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import authors, layout, letters, lexicon, signatures
from feedback_synth.opinions.stretch import UNKNOWN, Stretch, Zone, whole

_LABEL = re.compile(
    r"^\s*(?:[-–•*]\s*)?(?:\d{1,3}\s*[.)/]\s*)?(?P<word>[^\W\d_]+(?:\s[^\W\d_]+){0,4}?)\s*"
    r"(?:(?:n°|no\.?|số)?\s?\d{1,3})?\s*(?P<who>\([^()]{3,120}\)|[^:?\n]{3,80}?)?\s*[:.)–-]\s*(?=\S|$)"
)
_BARE = re.compile(r"^\s*(?:q|h|câu|question)\s?\d{1,3}\s*[.:)–-]\s*(?=\S)", re.IGNORECASE)
_LEAST_QUESTIONS = 2
_SHARE = 0.4  # of the paragraphs that a label opens
_HALF = 0.5

Part = Literal["question", "answer"]


@dataclass(frozen=True, slots=True)
class _Opening:
    """A label at the head of a paragraph: what it opens, where the words begin, who is named in it."""

    part: Part
    start: int
    who: str = ""


def is_sheet(document: Document) -> bool:
    """Whether the paragraphs of a text are questions and answers by their labels."""
    lines = [b for b in document.blocks if _is_text(b)]
    parts = [o.part for b in lines if (o := _opening(b.text, document.language))]
    return (
        parts.count("question") >= _LEAST_QUESTIONS
        and parts.count("answer") >= _LEAST_QUESTIONS
        and len(parts) >= _SHARE * len(lines)
    )


def stretches(document: Document) -> list[Stretch]:
    """The answers of those who were asked, or the questions that people put to the drafters, as speech.

    A questionnaire speaks to its reader; its answers are opinions, with the question as their context.
    """
    asked = _asks_reader(document)
    filled_by = letters.sender(document)
    found: list[Stretch] = []
    part: Part | None = None
    author, question = filled_by, ""
    for block in document.blocks:
        if not _is_text(block):
            found += whole(block.id, block.text, "other", f"structure:{block.kind}")
            continue
        code = layout.language_of(block, document.language)
        opened = _opening(block.text, document.language)
        if opened:
            part = opened.part
            author = _author(opened.who, code) if opened.who else (filled_by if asked or part == "answer" else author)
            if part == "question":
                question = block.text[opened.start :].strip()
                author = author if opened.who else (filled_by if asked else UNKNOWN)
        start = opened.start if opened else 0
        found += whole(block.id, block.text[:start], "procedure", "structure:label of a question or answer")
        if block.text[start:].strip():
            zone = _zone(part, asked=asked)
            context = question if zone == "note" else ""
            found.append(Stretch(block.id, start, len(block.text), zone, f"structure:{part}", author, context))
    return found


def _zone(part: Part | None, *, asked: bool) -> Zone:
    if part is None:
        return "procedure"
    if asked:
        return "note" if part == "answer" else "procedure"
    return "speech" if part == "question" else "drafter_answer"


def _is_text(block: Block) -> bool:
    return block.kind in ("paragraph", "list_item", "heading") and not block.quoted


def _opening(text: str, language: str) -> _Opening | None:
    bare = _BARE.match(text)
    if bare:
        return _Opening("question", bare.end())
    label = _LABEL.match(text)
    if label is None:
        return None
    for code in dict.fromkeys((language, *languages.codes())):
        for part in ("question", "answer"):
            cue = lexicon.starts(code, f"dialogue.{part}", text[label.start("word") :])
            behind = text[label.start("word") + cue.end : label.end()] if cue else ""
            if cue and _is_label(behind):
                return _Opening("question" if part == "question" else "answer", label.end(), _who(behind))
    return None


def _is_label(behind: str) -> bool:
    """Between the word and its colon stand a number and who speaks, no sentence."""
    plain = behind.strip()
    return (
        plain[:1] in "(:.)–-"
        or plain[:1].isdigit()
        or bool(re.match(r"(?:n°|no\.?|số|của|from|by|de|du)\s", plain, re.I))
    )


def _who(behind: str) -> str:
    plain = re.sub(r"^\s*(?:(?:n°|no\.?|số)?\s?\d{1,3})?\s*(?:của|from|by|de|du)?\s*", "", behind, flags=re.IGNORECASE)
    return plain.strip(" :.()–-")


def _author(who: str, code: str) -> Author:
    parsed = authors.parse(who, code)
    return parsed if parsed.name or parsed.organization else signatures.signed(who, code)


def _asks_reader(document: Document) -> bool:
    """Whether the questions speak to those who answer ("Do you agree …?"), and no drafter answers them."""
    questions = answers = spoken_to = drafted = 0
    for block in document.blocks:
        opened = _opening(block.text, document.language) if _is_text(block) else None
        if opened is None:
            continue
        code, said = layout.language_of(block, document.language), block.text[opened.start :]
        if opened.part == "question":
            questions += 1
            spoken_to += lexicon.find(code, "dialogue.spoken_to", said) is not None
        else:
            answers += 1
            drafted += any(
                lexicon.find(code, name, said)
                for name in (
                    "speech.drafters",
                    "minutes.answer",
                    "minutes.summary",
                    "speech.answering",
                    "dialogue.drafted",
                )
            )
    return spoken_to >= _HALF * questions and drafted < _HALF * max(1, answers)
