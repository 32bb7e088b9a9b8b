"""Which numbers of a sentence set a target: not ages, grades, conditions, distances, sizes, nor where things start."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_synth.drafts.clauses_of_numbers import CLAUSE_END, bare, clause_before
from feedback_synth.drafts.indicator_words import Words
from feedback_synth.languages.numbers import Number, numbers

_NEAR = 40  # characters before a number in which a word of the present time stands
_FROM_VERB = 16  # words between the start of a clause and the number of things it is about


def targets(sentence: str, code: str, words: Words, under_targets: bool) -> Iterator[Number]:
    """The numbers of a sentence that set a target; a figure from which things start sets none."""
    found = numbers(sentence, code)
    for number in found:
        before = clause_before(sentence, number)
        if _start_of_change(sentence, number, found, words) is not None:
            continue
        if words.now.search(before[-_NEAR:]) or words.compared_with.search(before):
            continue
        if (
            (
                number.measure in ("percent", "points", "money")
                and not _is_threshold(before, number, words, under_targets)
            )
            or (number.measure == "level" and under_targets)
            or (number.measure == "plain" and under_targets and _is_value(before, words))
            or (number.measure == "count" and _counts_things(sentence, number, words, under_targets))
        ):
            yield number


def starting_figure(sentence: str, number: Number, code: str, words: Words) -> Number | None:
    """The figure that changes into this one: "từ 1,1% năm 2025 xuống dưới 0,5%", "from 12 schools to 20 schools"."""
    found = numbers(sentence, code)
    return next((n for n in found if _start_of_change(sentence, n, found, words) == number), None)


def _start_of_change(sentence: str, number: Number, found: list[Number], words: Words) -> Number | None:
    """The number that this one changes into."""
    place = found.index(number)
    if place + 1 >= len(found) or not words.range_start.search(sentence[: number.start]):
        return None
    following = found[place + 1]
    same = (
        number.measure in (following.measure, "plain")
        and CLAUSE_END.search(sentence, number.end, following.start) is None
    )
    return following if same and words.reaching.search(sentence, number.end, following.start) else None


def _is_threshold(before: str, number: Number, words: Words, under_targets: bool) -> bool:
    """An amount or share above or below which a rule holds, "where this costs more than VND 20 million", or for whom:
    "doanh nghiệp có vốn dưới 10 tỷ đồng"; among targets the latter is what shall be.
    """
    limit = number.comparator in (">=", "<=") or words.exceeding.search(before) is not None
    who = words.having if not under_targets else words.supposing
    return limit and (words.supposing.search(before) or who.search(before)) is not None


def _is_value(before: str, words: Words) -> bool:
    """A value without a unit: "Chỉ số hài lòng đạt trên 90", "the number of trained carers rises to 1,200"."""
    return words.plain_measures.search(before) is not None and len(re.findall(r"\w+", bare(before, words))) > 2


def _counts_things(sentence: str, number: Number, words: Words, under_targets: bool) -> bool:
    """A number of things to reach or build, not an age, a duration or a condition ("of fewer than 10 pupils")."""
    noun = number.unit.lower().split()[-1]
    before = clause_before(sentence, number)
    if noun in words.durations:
        if words.often.match(sentence, number.end):
            return under_targets or number.comparator == ">="
        return under_targets and words.lasting.search(before) is not None
    if noun in words.not_counted or words.grade.search(sentence[: number.start]):
        return False
    if noun in words.lengths and words.distance.search(before):
        return False
    if under_targets or _is_size(before, number, words):
        return True
    return not _is_condition(before, number, words) and len(re.findall(r"\w+", before)) <= _FROM_VERB


def _is_size(before: str, number: Number, words: Words) -> bool:
    """How large what is built shall be: "with a total capacity of 64,000 m3", "diện tích mỗi hồ từ 3 ha trở lên"."""
    match = words.size.search(before)
    if match is None:
        of_one = number.unit.lower() in words.size_units and words.group.search(before) is not None
        return of_one and number.comparator in ("=", "~")
    return number.comparator in ("=", "~") or len(re.findall(r"\w+", before[: match.start()])) < 3


def _is_condition(before: str, number: Number, words: Words) -> bool:
    """Whether the number tells which things are meant ("villages which have 50 homes"), not how many shall be."""
    if not bare(before, words):
        return False  # the statement begins with the number: "ensure that 30 schools …"
    if number.comparator == "<=" or words.condition.search(before):
        return True
    if number.comparator == ">=" and words.sized.search(before):
        return True  # "công trình có quy mô trên 500 chỗ"
    group = words.group.search(before)
    if group is None:
        return False
    return number.comparator == ">=" or not (words.definite.search(before[: group.end("noun")] + " ") or _is_act(group))


def _is_act(group: re.Match[str]) -> bool:
    """ "Construction of 12 schools" is an act; "classes of 30 pupils" and "a team of 5" tell a size."""
    return group["article"] is None and not group["noun"].lower().endswith(("s", "x"))
