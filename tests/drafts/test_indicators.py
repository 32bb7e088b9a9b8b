"""Measurable targets in prose and tables."""

from __future__ import annotations

import pytest
from making import draft

HEAD = ("II- MỤC TIÊU", "1. Mục tiêu cụ thể đến năm 2030")

PROSE = [
    ("a) Ít nhất 60% hộ dân có nước sạch.", (60, "%", ">=", "2030", "")),
    ("a) Tỷ lệ hộ nghèo, cận nghèo giảm từ 12,5% xuống dưới 5% vào năm 2028.", (5, "%", "<=", "2028", "12,5")),
    ("a) Khoảng 60 - 70% trường có thư viện.", (60, "%", "~", "2030", "")),
    ("a) Tỷ suất tử vong mẹ giảm từ 0,8‰ xuống dưới 0,5‰ vào năm 2028.", (0.5, "‰", "<=", "2028", "0,8")),
    ("a) Bố trí 1.250 tỷ đồng từ ngân sách.", (1250, "tỷ đồng", "=", "2030", "")),
    ("a) Mỗi xã có 02 nhà văn hóa.", (2, "nhà", "=", "2030", "")),
    ("a) 80% bản có điện (hiện nay 64%).", (80, "%", "=", "2030", "64%")),
]


@pytest.mark.parametrize(("line", "expected"), PROSE, ids=[p[0][:30] for p in PROSE])
def test_prose(line: str, expected: tuple[float, str, str, str, str]) -> None:
    (found,) = draft(*HEAD, line).indicators
    assert (found.value, found.unit, found.comparator, found.deadline, found.baseline) == expected


def test_the_name_is_what_is_measured() -> None:
    (rate,) = draft(*HEAD, "a) Tỷ lệ hộ nghèo, cận nghèo dưới 5%.").indicators
    assert rate.name == "Tỷ lệ hộ nghèo, cận nghèo"
    (share,) = draft(*HEAD, "a) Phấn đấu 70% thôn có đường bê tông.").indicators
    assert share.name == "thôn có đường bê tông"


@pytest.mark.parametrize(
    "line",
    [
        "a) Dạy tiếng Anh từ lớp 3 cho trẻ 5 tuổi.",
        "a) Thực hiện trong giai đoạn 2026 - 2030 theo Nghị quyết số 57-NQ/TW.",
        "a) Áp dụng khoản 2 Điều 3.",
    ],
)
def test_numbers_that_are_no_targets(line: str) -> None:
    assert draft(*HEAD, line).indicators == ()


def test_the_situation_sets_no_targets() -> None:
    made = draft(
        "I- TÌNH HÌNH", "1. Kết quả đạt được. Có 45% trường đạt chuẩn.", "II- MỤC TIÊU", "1. Đạt 60% trường chuẩn."
    )
    assert [i.value for i in made.indicators] == [60]


def test_conditions_are_no_targets_outside_objectives() -> None:
    made = draft(
        "III- NHIỆM VỤ", "1. Xóa các điểm trường có dưới 10 học sinh.", "2. Xây dựng thí điểm 05 trường thông minh."
    )
    assert [(i.value, i.unit) for i in made.indicators] == [(5, "trường")]


def test_english_and_french() -> None:
    english = draft("Article 2. Targets by 2030", "1. At least 65% of the labour force is trained.", language="en")
    assert [(i.value, i.comparator, i.name, i.deadline) for i in english.indicators] == [
        (65, ">=", "labour force is trained", "2030")
    ]
    french = draft("Article 2. Objectifs", "1. Former 8 000 apprenants par an.", language="fr")
    assert [(i.value, i.unit) for i in french.indicators] == [(8000, "apprenants")]


def test_a_table_of_targets_with_years_as_columns() -> None:
    made = draft(
        *HEAD,
        [
            ["TT", "Chỉ tiêu", "Đơn vị", "Hiện trạng 2025", "2026", "2030"],
            ["1", "Phòng học kiên cố", "%", "82,5", "88", "≥95"],
            ["2", "Trường nội trú", "trường", "-", "5", "11"],
        ],
    )
    assert [(i.name, i.value, i.unit, i.comparator, i.deadline, i.baseline) for i in made.indicators] == [
        ("Phòng học kiên cố", 88, "%", "=", "2026", "82,5"),
        ("Phòng học kiên cố", 95, "%", ">=", "2030", "82,5"),
        ("Trường nội trú", 5, "trường", "=", "2026", ""),
        ("Trường nội trú", 11, "trường", "=", "2030", ""),
    ]
    assert made.indicators[0].row_id == "part_II/sec_1/t1/r1"


def test_of_bare_years_the_first_is_where_things_stand() -> None:
    made = draft(
        *HEAD,
        [
            ["TT", "Chỉ tiêu", "Đơn vị", "Năm 2025", "Năm 2028", "Năm 2030"],
            ["1", "Xã có thư viện", "%", "31", "45", "60"],
        ],
    )
    assert [(i.value, i.deadline, i.baseline) for i in made.indicators] == [(45, "2028", "31"), (60, "2030", "31")]


def test_a_table_of_costs_takes_its_unit_from_the_header() -> None:
    made = draft(
        "Phần IV. KINH PHÍ",
        "1. Chi tiết",
        [["TT", "Nội dung", "Kinh phí (tỷ đồng)"], ["1", "Xây dựng", "1.150"], ["", "Tổng cộng", "1.150"]],
    )
    assert [(i.name, i.value, i.unit) for i in made.indicators] == [("Xây dựng", 1150, "tỷ đồng")]


def test_a_figure_repeated_among_the_tasks_is_one_target() -> None:
    made = draft(*HEAD, "a) Có 11 trường nội trú liên cấp.", "III- NHIỆM VỤ", "1. Xây dựng 11 trường nội trú liên cấp.")
    assert [i.provision_id for i in made.indicators] == ["part_II/sec_1/pt_a"]


def test_a_share_in_words_is_a_target() -> None:
    made = draft("I. MỤC TIÊU", "1. Hai mươi phần trăm số xã có trường nội trú vào năm 2030.")
    assert [(i.value, i.unit, i.deadline) for i in made.indicators] == [(20, "%", "2030")]


def test_columns_headed_by_a_word_and_a_year() -> None:
    made = draft(
        "I. MỤC TIÊU",
        "1. Chỉ tiêu",
        [["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2025", "Năm 2030"], ["1", "Trẻ em học hòa nhập", "%", "63", "≥80"]],
    )
    assert [(i.value, i.comparator, i.unit, i.deadline) for i in made.indicators] == [(80, ">=", "%", "2030")]


def test_a_change_is_named_and_dated_by_where_it_leads() -> None:
    made = draft(
        "I. MỤC TIÊU",
        "1. Giảm tỷ lệ học sinh bỏ học từ 1,1% năm 2025 xuống dưới 0,5% vào năm 2030.",
        "2. Đến năm 2028 có 70%, đến năm 2030 có 80% trường có Internet.",
    )
    assert [(i.name, i.value, i.baseline, i.deadline) for i in made.indicators] == [
        ("tỷ lệ học sinh bỏ học", 0.5, "1,1", "2030"),
        ("trường có Internet", 70, "", "2028"),
        ("trường có Internet", 80, "", "2030"),
    ]


def test_a_year_before_a_range_word_is_no_part_of_it() -> None:
    made = draft(
        "I. OBJECTIVES", "1. Raise the share of trained staff from 58.3% in 2024 to 85% by 2030.", language="en"
    )
    assert [(i.value, i.baseline, i.deadline) for i in made.indicators] == [(85, "58.3", "2030")]
