from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth.languages.frequencies import frequencies


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("vi", "Sơ kết 6 tháng/lần, tổng kết 5 năm một lần.", [("6 tháng/lần", 2), ("5 năm một lần", 0.2)]),
        ("vi", "Kiểm tra 2 lần/năm, riêng bếp ăn mỗi tháng một lần", [("2 lần/năm", 2), ("mỗi tháng một lần", 12)]),
        ("vi", "mỗi năm Sở phải công bố ít nhất hai lần", [("mỗi năm Sở phải công bố ít nhất hai lần", 2)]),
        ("en", "twice a year, not once every three years", [("twice a year", 2), ("once every three years", 1 / 3)]),
        ("en", "The wells are tested every two months", [("every two months", 6)]),
        ("en", "inspections every other week; the boat 3x/week", [("every other week", 26), ("3x/week", 156)]),
        (
            "fr",
            "une fois par trimestre et non tous les deux ans",
            [("une fois par trimestre", 4), ("tous les deux ans", 0.5)],
        ),
        ("fr", "deux fois l'an", [("deux fois l'an", 2)]),
    ],
)
def test_how_often(code: str, text: str, expected: list[tuple[str, float]]) -> None:
    found = frequencies(text, code)
    assert [text[f.start : f.end] for f in found] == [words for words, _ in expected]
    assert [f.per_year for f in found] == pytest.approx([rate for _, rate in expected])
    assert all(f.counted for f in found)


@pytest.mark.parametrize(
    ("code", "text", "rate"),
    [
        ("vi", "báo cáo hằng quý", 4),
        ("en", "a monthly report", 12),
        ("en", "each year", 1),
        ("fr", "un bilan semestriel", 2),
    ],
)
def test_the_period_alone_is_not_counted(code: str, text: str, rate: float) -> None:
    (found,) = frequencies(text, code)
    assert (found.per_year, found.counted) == (rate, False)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("vi", "giá điện tăng ba lần trong năm học, cốc nhựa dùng một lần"),
        ("vi", "hỗ trợ 500.000 đồng/tháng trong 36 tháng"),
        ("en", "three times as many pupils within two years"),
        ("fr", "trois fois plus cher depuis deux ans"),
    ],
)
def test_multiples_and_periods_are_no_frequencies(code: str, text: str) -> None:
    assert frequencies(text, code) == []


@given(st.text(max_size=60), st.sampled_from(["vi", "en", "fr"]))
def test_any_text_is_read(text: str, code: str) -> None:
    assert all(0 <= f.start < f.end <= len(text) and f.per_year > 0 for f in frequencies(text, code))
