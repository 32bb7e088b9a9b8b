"""Numbers that set a rule and no target: rates of support, prices, copies of papers, one thing for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from feedback_synth.drafts.clauses_of_numbers import bare, clause_before
from feedback_synth.drafts.indicator_words import Words
from feedback_synth.languages.numbers import Number


def without_norms(found: Iterable[Number], sentence: str, heads: tuple[str, ...], words: Words) -> Iterator[Number]:
    """The numbers outside objectives that say nothing of what a rule gives or takes; ``heads`` head their provision and
    the one that holds it.
    """
    supports = any(words.support.search(text) for text in (sentence, *heads))
    rated = False
    for number in found:
        if supports and number.measure == "percent" and _is_rate(sentence, number, words):
            rated = True
        elif not (_is_limit(number) and rated) and not _is_ruled(sentence, number, heads, words):
            yield number


def _is_limit(number: Number) -> bool:
    """ "30% chi phí, tối đa 100 triệu đồng/hộ": an amount that a share may not exceed."""
    return number.measure == "money" and number.comparator == "<="


def _is_ruled(sentence: str, number: Number, heads: tuple[str, ...], words: Words) -> bool:
    """A price, one thing for each, or papers of an application."""
    if number.measure == "money":
        return words.paid.search(clause_before(sentence, number)) is not None
    return number.measure == "count" and (number.value == 1 or any(words.procedure.search(head) for head in heads))


def _is_rate(sentence: str, number: Number, words: Words) -> bool:
    """ "hỗ trợ 50% chi phí", "20 % pour les ménages …": a share of a cost, or one that stands for itself."""
    after = re.sub(r"^\s*/\s*\w+", "", sentence[number.end :])  # "2%/năm lãi suất"
    if words.of_cost.match(after):
        return True
    before = bare(clause_before(sentence, number), words)
    alone = not before or words.support_last.search(before) is not None
    return alone and (not re.match(r"\s*\w", after) or words.for_whom.match(after) is not None)
