"""Columns of yes and no: consent, or refusal, that stands beside a remark or for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from feedback_synth import config, languages
from feedback_synth.datamodel.document import Block
from feedback_synth.languages.text import strip_marks
from feedback_synth.opinions import lexicon

Vote = Literal["yes", "no", "partly", ""]
_MARK = re.compile(r"^[xv✓✔☑☒✗✘■●•+*1]$", re.IGNORECASE)
_SHORT = 2  # letters of words that stand in any question
_QUESTION_END = re.compile(r"\s(?:không|chưa|ko)\s*\?\s*$", re.IGNORECASE)
_QUESTION_WORDS = 5  # a header of as many words asks a question of its own


def vote(text: str, header: str) -> Vote:
    """What a cell under ``header`` says; a mark alone ("x") says what the header says."""
    folded = strip_marks(text).strip(" .!")
    if _MARK.match(folded):
        return _of_header(header)
    return next((kind for kind, words in _words().items() if folded in words), "")


def stands_alone(header: str, remarks: list[Block]) -> bool:
    """Whether a vote is all that was said: no remark in its row, or the header asks of a part of the draft."""
    own = len(header.split()) >= _QUESTION_WORDS and not _is_general(header)
    return own or not any(says_something(b.text) for b in remarks)


def _is_general(header: str) -> bool:
    """Whether a header asks about the draft as a whole, so that a remark beside the vote says more than the vote."""
    whole = config.load_toml("lexicons/columns.toml")["agreement"]["whole"]
    return not any(c.isdigit() for c in header) and _has_any(header, whole)


def _has_any(title: str, words: Iterable[str]) -> bool:
    """Whether one of the ``words`` stands in a title as a word, marks and signs apart."""
    folded = _plain(title)
    return any(_plain(word) in folded for word in words)


def _plain(text: str) -> str:
    return f" {re.sub(r'[^a-z0-9]+', ' ', strip_marks(text)).strip()} "


def answered(text: str, question: str) -> Vote | None:
    """The vote that answers ``question``, "" where the question asks for none; None where ``text`` is no vote."""
    said = vote(text, question)
    if not said:
        return None
    return said if _asks(question) else ""


def _asks(question: str) -> bool:
    """Whether a question asks for yes or no; one for other opinions, or for changes "pour" something, does not."""
    question = _QUESTION_END.sub("", question)
    rest = config.load_toml("lexicons/columns.toml")["agreement"]["prepositions"]
    left_out = {strip_marks(w) for w in rest} if len(question.split()) >= _QUESTION_WORDS else set()
    return _has_any(question, (w for kind in ("yes", "no") for w in _words()[kind] if w not in left_out and _tells(w)))


def says_something(text: str) -> bool:
    """Whether a cell holds more than "-", "N/A" or "none"."""
    return any(c.isalnum() for c in text) and not any(
        lexicon.equals(code, name, text)
        for code in languages.codes()
        for name in ("agreement.empty", "agreement.blank")
    )


def _of_header(header: str) -> Vote:
    header = _QUESTION_END.sub("", header)  # "Có gì cần sửa không?" asks, and is no column of refusals
    return next((kind for kind, words in _words().items() if _has_any(header, filter(_tells, words))), "")


def _tells(word: str) -> bool:
    """Whether a word of votes is long enough to be found in a title: "no", "có" stand in any question."""
    return len(word) > _SHORT


@cache
def _words() -> dict[Vote, frozenset[str]]:
    table = config.load_toml("lexicons/columns.toml")["agreement"]
    kinds: tuple[Vote, ...] = ("no", "partly", "yes")
    return {kind: frozenset(strip_marks(w) for w in table[kind]) for kind in kinds}
