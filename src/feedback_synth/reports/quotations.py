"""Quotations of moderate length: which wording speaks for many, and how much of it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.datamodel.report import Run
from feedback_synth.languages.text import match_key
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.proposal import shorten

SHORT, LONG = 40, 160  # characters between which a quotation is of moderate length
_CLAUSE = re.compile(r"[,;:.?!](?=\s)")


def excerpt(text: str, longest: int = LONG) -> str:
    """``text``, cut where it is long after a whole clause, else after a word; "[…]" shows the cut."""
    if len(text) <= longest:
        return text
    ends = [m.start() for m in _CLAUSE.finditer(text, 0, longest) if m.start() >= longest // 2]
    return f"{text[: ends[-1]]} […]" if ends else shorten(text, longest)


def quoted(opinion: Opinion, work: Dossier, longest: int = LONG) -> Run:
    """The words of an opinion in quotation marks, linked to their place in the source."""
    return Run(work.labels.quote(excerpt(opinion.text, longest)), "quote", f"#o-{opinion.id}")


def spokesman(opinions: Sequence[Opinion], work: Dossier, label: str = "", representative: str = "") -> Opinion:
    """The opinion that is quoted for all: one in the report's language that can be quoted whole, that has the words of
    the label, that stands in the middle of the others; the first of equals."""
    name = match_key(label)

    def rank(opinion: Opinion) -> tuple[bool, bool, bool, bool, int]:
        return (
            opinion.language != work.labels.language,
            not SHORT <= len(opinion.text) <= LONG,
            name not in match_key(opinion.text),
            opinion.id != representative,
            max(0, len(opinion.text) - LONG),
        )

    return min(opinions, key=rank)


def typical(opinions: Iterable[Opinion], most: int, work: Dossier) -> list[Opinion]:
    """Up to ``most`` opinions to be quoted of many that nothing binds: of different bodies, known ones, whole ones."""

    def rank(opinion: Opinion) -> tuple[bool, bool, bool]:
        author = work.author(opinion)
        return (
            opinion.language != work.labels.language,
            not SHORT <= len(opinion.text) <= LONG,
            not (author.name or author.organization),
        )

    chosen: dict[str, Opinion] = {}
    for opinion in sorted(opinions, key=rank):
        chosen.setdefault(work.body(opinion), opinion)
    return list(chosen.values())[:most]


def one_of_each_set(opinions: Iterable[Opinion], work: Dossier) -> list[Opinion]:
    """The opinions without those that ask or say the same as one before them."""
    seen: set[str] = set()
    worded: set[str] = set()
    kept = []
    for opinion in opinions:
        words = match_key(opinion.text)
        if opinion.id not in seen and words not in worded:
            kept.append(opinion)
        worded.add(words)
        seen.update(work.twins.get(opinion.id, ()))
    return kept
