"""The clause in which a number stands, and that clause without what says nothing of what is measured."""

from __future__ import annotations

import re

from feedback_synth.drafts.indicator_words import Words
from feedback_synth.languages.numbers import Number

CLAUSE_END = re.compile(r"[;:\n]|[,.](?=\s)|\((?!\d)|\)")


def clause_before(sentence: str, number: Number) -> str:
    """From the start of the clause to the number."""
    starts = [m.end() for m in CLAUSE_END.finditer(sentence, 0, number.start)]
    return sentence[starts[-1] if starts else 0 : number.start]


def clause_after(sentence: str, number: Number) -> str:
    """From the number to the end of the clause."""
    match = CLAUSE_END.search(sentence, number.end)
    return sentence[number.end : match.start() if match else len(sentence)]


def bare(clause: str, words: Words, article: bool = True) -> str:
    """A clause without what is said about time, effort and comparison, and without its article."""
    clause = re.sub(r"(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?", " ", clause)
    clause = words.comparison_after.sub("", words.comparison.sub(" ", clause))
    clause = words.time.sub(" ", clause)
    clause = words.article.sub("", clause) if article else clause
    previous = None
    while previous != clause:
        previous = clause
        clause = words.effort.sub("", clause.strip(" ,;:.-"))
    return clause.strip(" ,;:.-")
