"""The numbers of references: one spelling, lists and ranges of one kind, brackets as levels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth.languages.reference_grammar import components
from feedback_synth.languages.reference_numbers import bracketed, is_roman, normalise, ordinal_number, span_of


@pytest.mark.parametrize(
    ("written", "level", "one"),
    [
        ("007", "article", "7"),
        ("6BIS", "article", "6 bis"),
        ("6-ter", "article", "6 ter"),
        ("R. * 311-4", "article", "R311-4"),
        ("c", "annex", "C"),
        ("C", "point", "c"),
        ("IV.2", "section", "IV.2"),
        ("Đ", "point", "đ"),
    ],
)
def test_one_spelling(written: str, level: str, one: str) -> None:
    assert normalise(written, level) == one


@given(st.sampled_from(["7", "012", "9 bis", "L. 31-2", "b", "XII", "3.04"]), st.sampled_from(["article", "annex"]))
def test_a_normal_number_stays(number: str, level: str) -> None:
    assert normalise(normalise(number, level), level) == normalise(number, level)


@pytest.mark.parametrize(
    ("first", "last", "all_"),
    [
        ("8", "11", "8 9 10 11"),
        ("d", "g", "d đ e g"),  # Vietnamese points have đ, and no f
        ("e", "f", "e f"),
        ("III", "VI", "III IV V VI"),
        ("R52-7", "R52-9", "R52-7 R52-8 R52-9"),
        ("9", "4", "9 4"),  # no range: both are named
    ],
)
def test_from_one_number_to_another(first: str, last: str, all_: str) -> None:
    assert " ".join(span_of(first, last)) == all_


@pytest.mark.parametrize(
    ("text", "level", "numbers"),
    [
        ("điểm b, c và d", "point", ("b", "c", "d")),
        ("điểm b và y tá", "point", ("b",)),
        ("articles 12 à 14 et 17", "article", ("12", "13", "14", "17")),
        ("Clauses 3, 5 and 08", "clause", ("3", "5", "8")),
        ("Articles 6 and b", "article", ("6",)),
    ],
)
def test_a_list_goes_on_as_long_as_its_kind(text: str, level: str, numbers: tuple[str, ...]) -> None:
    (part,) = components(text)
    assert (part.level, part.numbers) == (level, numbers)


@pytest.mark.parametrize(
    ("brackets", "level", "inner"),
    [
        ("(3)(C)", "article", [("clause", "3"), ("point", "c")]),
        ("(d)", "article", [("point", "d")]),
        ("(d)", "clause", [("point", "d")]),
    ],
)
def test_brackets_are_the_levels_below(brackets: str, level: str, inner: list[tuple[str, str]]) -> None:
    assert bracketed(brackets, level) == inner


def test_roman_numbers() -> None:
    assert is_roman("XIV")
    assert not is_roman("xiv") and not is_roman("4")
    assert (ordinal_number("part", "3"), ordinal_number("clause", "3")) == ("III", "3")
