"""Figures of the text that another replaced, where a number of the same unit came besides."""

from __future__ import annotations

import pytest

from feedback_synth.drafts import text_figures


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Thí điểm 6 trạm y tế.", "Thí điểm 8 trạm y tế, trong đó có 3 trạm y tế ở vùng cao.", "vi"),
        ("The plan funds 6% of costs.", "The plan funds 8% of costs, of which 3% at once.", "en"),
        ("Le fonds couvre 6 % des frais.", "Le fonds couvre 8 % des frais, dont 3 % dès 2027.", "fr"),
    ],
)
def test_a_figure_is_replaced_by_the_one_behind_the_same_words(old: str, new: str, code: str) -> None:
    before, after = text_figures._measured(old, code), text_figures._measured(new, code)
    pairs = [(a.value, b.value) for a, b in text_figures._replaced(old, new, before, after)]
    assert pairs == [(6, 8)]
