"""What stands between and behind the turns of minutes."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions.asides import named_behind


@pytest.mark.parametrize(
    ("text", "code", "point", "author"),
    [
        ("- Mức thấp quá (đ/c Trần Văn Ba).", "vi", "- Mức thấp quá", Author("Trần Văn Ba")),
        ("- Bỏ điểm này (đ/c Trưởng Ban).", "vi", "- Bỏ điểm này", Author("", "Trưởng Ban")),
        ("The share is too low (Ms Field, Hill Fund);", "en", "The share is too low", Author("Field", "", "Hill Fund")),
        ("C'est trop peu (Mme Brun)", "fr", "C'est trop peu", Author("Brun")),
    ],
)
def test_who_made_a_point_stands_in_brackets_behind_it(text: str, code: str, point: str, author: Author) -> None:
    found = named_behind(text, code)
    assert found is not None
    assert (text[: found[0]], found[1]) == (point, author)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Ghi rõ nguồn (theo Luật Ngân sách).", "vi"), ("(đ/c Ba)", "vi"), ("Too low (see table 2)", "en")],
)
def test_other_words_in_brackets_name_nobody(text: str, code: str) -> None:
    assert named_behind(text, code) is None
