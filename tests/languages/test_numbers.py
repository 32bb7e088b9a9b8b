"""Quantities by the separators of each language."""

from __future__ import annotations

import pytest

from feedback_synth.languages.numbers import numbers, parse

CASES = [
    ("vi", "Phấn đấu đến năm 2030, 70% trường có hạ tầng số", [(70, "%", "=")]),
    ("vi", "đạt từ 75% trở lên", [(75, "%", ">=")]),
    ("vi", "dưới 0,6%.", [(0.6, "%", "<=")]),
    ("vi", "khoảng 3.250 tỷ đồng", [(3250, "tỷ đồng", "~")]),
    ("vi", "không quá 1.200.000 đồng/tháng", [(1200000, "đồng", "<=")]),
    ("vi", "tăng 2 điểm phần trăm", [(2, "điểm phần trăm", "=")]),
    ("vi", "05 trường học", [(5, "trường", "=")]),
    ("vi", "mức độ 2", [(2, "mức độ", "=")]),
    ("vi", "giai đoạn 2026 - 2030", []),
    ("vi", "57-NQ/TW ngày 22/12/2024", []),
    ("vi", "theo khoản 2 Điều 3", []),
    ("en", "at least 65% of the labour force is trained, 30% holds", [(65, "%", ">="), (30, "%", "=")]),
    ("en", "8,000 learners", [(8000, "learners", "=")]),
    ("en", "about VND 480 billion", [(480, "VND billion", "~")]),
    ("en", "not exceeding 10%", [(10, "%", "<=")]),
    ("en", "60 learners or more", [(60, "learners", ">=")]),
    ("fr", "6 150 apprenants", [(6150, "apprenants", "=")]),
    ("fr", "6\u202f150 apprenants", [(6150, "apprenants", "=")]),
    ("fr", "au moins 480 milliards de dongs", [(480, "milliards de dongs", ">=")]),
    ("fr", "58,3 %", [(58.3, "%", "=")]),
]


@pytest.mark.parametrize(("code", "text", "expected"), CASES, ids=[c[1] for c in CASES])
def test_values_units_comparators(code: str, text: str, expected: list[tuple[float, str, str]]) -> None:
    assert [(n.value, n.unit, n.comparator) for n in numbers(text, code)] == expected


@pytest.mark.parametrize(
    ("code", "text", "value", "upper"),
    [
        ("vi", "tỷ suất sinh còn dưới 16‰", 16, None),
        ("vi", "60 - 70‰ dân số", 60, 70),
        ("vi", "tăng 2 phần nghìn mỗi năm", 2, None),
        ("en", "at most 9.5 per thousand live births", 9.5, None),
        ("fr", "un taux de 8 pour mille", 8, None),
    ],
)
def test_thousandths(code: str, text: str, value: float, upper: float | None) -> None:
    (number,) = numbers(text, code)
    assert (number.value, number.upper, number.unit, number.measure) == (value, upper, "‰", "percent")
    assert number.amount == pytest.approx(value / 10)


def test_ranges_wholes_and_amounts() -> None:
    (band,) = numbers("khoảng 60 - 70% học sinh", "vi")
    assert (band.value, band.upper) == (60, 70)
    (share,) = numbers("228/327 trường", "vi")
    assert (share.value, share.of, share.unit) == (228, 327, "trường")
    (sum_,) = numbers("3.250 tỷ đồng", "vi")
    assert sum_.amount == 3250e9


@pytest.mark.parametrize(
    ("digits", "code", "value"),
    [
        ("5.200", "vi", 5200),
        ("5.200", "en", 5.2),
        ("1 234,5", "fr", 1234.5),
        ("1,234.5", "en", 1234.5),
        ("1.234,5", "vi", 1234.5),
    ],
)
def test_separators(digits: str, code: str, value: float) -> None:
    assert parse(digits, code) == value


def test_counted_things_of_several_words() -> None:
    assert [n.unit for n in numbers("120 bác sĩ, 5 hợp tác xã và 20 phòng học", "vi")] == [
        "bác sĩ",
        "hợp tác xã",
        "phòng",
    ]
    (visits,) = numbers("đón 8 triệu lượt khách", "vi")
    assert (visits.unit, visits.amount) == ("triệu lượt khách", 8e6)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("vi", "đạt ít nhất hai mươi phần trăm số xã", [(20.0, "%", ">=")]),
        ("vi", "hai mươi mốt phần trăm", [(21.0, "%", "=")]),
        ("vi", "ba phần trăm và 5%", [(3.0, "%", "="), (5.0, "%", "=")]),
        ("vi", "hai phần ba số hộ", [(66.67, "%", "=")]),
        ("vi", "đạt mức độ ba", [(3.0, "mức độ", "=")]),
        ("en", "At least two thirds of the schools", [(66.67, "%", ">=")]),
        ("en", "twenty-five per cent", [(25.0, "%", "=")]),
        ("fr", "au moins trois quarts des écoles", [(75.0, "%", ">=")]),
        ("fr", "soixante-quinze pour cent", [(75.0, "%", "=")]),
        ("fr", "quatre-vingt-dix pour cent au moins", [(90.0, "%", ">=")]),
        ("vi", "hai trường, phần thứ ba", []),
        ("en", "two parties", []),
    ],
)
def test_numbers_in_words(code: str, text: str, expected: list[tuple[float, str, str]]) -> None:
    assert [(n.value, n.unit, n.comparator) for n in numbers(text, code)] == expected
