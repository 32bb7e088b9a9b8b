"""What the labels of a form ask of the person who fills it in: "Họ và tên người góp ý", "Position / organisation"."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from feedback_synth import languages
from feedback_synth.opinions import lexicon

Fact = Literal["name", "title", "body"]

_LISTS: tuple[tuple[Fact, str], ...] = (
    ("body", "person.bodyline"),
    ("title", "person.titleline"),
    ("name", "person.byline"),
    ("name", "person.fromline"),
)
_CUTS = (re.compile(r"\s*[,/&+;]\s*|\s+[-–]\s+"), re.compile(r"\s+(?:và|and|et|hoặc|or|ou)\s+"))
_ASIDE = re.compile(r"\s*\([^()]*\)\s*")  # "(ghi rõ)", "(optional)"
_LONGEST = 12  # words of a label


@cache
def asked(label: str, language: str) -> tuple[Fact, ...]:
    """The facts that ``label`` asks for, each once; several for "Position / organisation", none for other labels."""
    plain = _ASIDE.sub(" ", label).strip(" *.:：")
    if not plain or len(plain.split()) > _LONGEST:
        return ()
    return _facts(plain, tuple(dict.fromkeys((language, *languages.codes()))), _CUTS)


def _facts(words: str, order: tuple[str, ...], cuts: tuple[re.Pattern[str], ...]) -> tuple[Fact, ...]:
    """The facts of a label or of its parts; none if one of the parts asks for something else."""
    whole = _fact(words, order)
    if whole or not cuts:
        return (whole,) if whole else ()
    found = [_facts(part, order, cuts[1:]) for part in cuts[0].split(words)]
    return tuple(dict.fromkeys(fact for part in found for fact in part)) if all(found) else ()


def _fact(words: str, order: tuple[str, ...]) -> Fact | None:
    """The fact of a label of one part, with or without words for the person ("Name of the person commenting")."""
    for code in order:
        for fact, name in _LISTS:
            cue = lexicon.starts(code, name, words)
            rest = words[cue.end :].strip() if cue else ""
            if lexicon.equals(code, name, words) or (rest and lexicon.equals(code, "person.respondent", rest)):
                return fact
    return None
