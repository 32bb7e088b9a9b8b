"""Numbers that rules give or take are no targets."""

from __future__ import annotations

import pytest
from making import draft

RULES = [
    ("vi", "Điều 3. Chính sách hỗ trợ", "1. Hỗ trợ 40% chi phí mua giống, tối đa 25 triệu đồng/hộ.", []),
    ("vi", "Điều 3. Chính sách", "1. Hợp tác xã vay vốn được trợ cấp 2%/năm lãi suất.", []),
    ("vi", "Điều 3. Mức hỗ trợ", "1. Hộ cận nghèo: 30%.", []),
    ("vi", "Điều 3. Chính sách hỗ trợ", "1. Hỗ trợ 12 triệu đồng/hộ.", [12]),  # an amount is told
    ("vi", "Điều 4. Nhiệm vụ", "1. Hỗ trợ 80% hộ nghèo có nhà tiêu hợp vệ sinh.", [80]),
    ("vi", "Điều 4. Nhiệm vụ", "1. Tỷ lệ hộ nghèo được hỗ trợ nhà ở đạt 80%.", [80]),
    ("vi", "Điều 5. Phí", "1. Xe tải nộp 15.000 đồng/lượt.", []),
    ("vi", "Điều 6. Trình tự hỗ trợ", "1. Hộ dân nộp 02 tờ đơn tại xã.", []),
    ("vi", "Điều 4. Nhiệm vụ", "1. Trang bị cho mỗi xã 01 máy quét.", []),
    ("vi", "Điều 4. Nhiệm vụ", "1. Trang bị cho các xã 24 máy quét.", [24]),
    ("en", "Article 3. Support", "1. Households receive 60% of the cost of a tank, at most VND 9 million.", []),
    ("en", "Article 3. Support", "1. The grant covers 35% of the purchase price.", []),
    ("en", "Article 3. Rates of support", "1. Near-poor families: 20%.", []),
    ("en", "Article 4. Tasks", "1. Connect 70% of the farms to the grid with the support of the State.", [70]),
    ("en", "Article 5. Charges", "1. Lorries pay VND 15,000 per trip.", []),
    ("en", "Article 6. Applications", "1. The farmer sends 2 copies to the commune.", []),
    ("fr", "Article 3. Aides", "1. La province prend en charge 60 % du prix, au plus 9 millions de dongs.", []),
    ("fr", "Article 3. Aides", "1. Le taux est de : 20 % pour les ménages quasi pauvres.", []),
    ("fr", "Article 3. Aides", "1. Une subvention de 30 % des frais est versée.", []),
    ("fr", "Article 4. Tâches", "1. Raccorder 70 % des fermes avec l'aide de l'État.", [70]),
    ("fr", "Article 5. Droits", "1. Les camions acquittent 15 000 dongs par passage.", []),
]


@pytest.mark.parametrize(("language", "heading", "line", "told"), RULES, ids=[r[2][:34] for r in RULES])
def test_what_a_rule_gives_or_takes(language: str, heading: str, line: str, told: list[float]) -> None:
    plan = {"vi": "Điều 2. Mục tiêu", "en": "Article 2. Objectives", "fr": "Article 2. Objectifs"}[language]
    made = draft(plan, "1. 75%.", heading, line, language=language)
    assert [i.value for i in made.indicators if not i.label.startswith(("Điều 2", "Article 2"))] == told


@pytest.mark.parametrize(
    ("language", "heading", "line"),
    [
        ("vi", "II- MỤC TIÊU", "1. Phát thanh tiếng Thái ít nhất 45 phút mỗi tuần."),
        ("en", "Article 2. Objectives", "1. At least 45 minutes a week of radio in Thai."),
        ("fr", "Article 2. Objectifs", "1. Au moins 45 minutes de radio en thaï par semaine."),
    ],
)
def test_what_comes_back_each_week_is_a_target(language: str, heading: str, line: str) -> None:
    assert [i.value for i in draft(heading, line, language=language).indicators] == [45]


@pytest.mark.parametrize(
    ("language", "headers"),
    [
        ("vi", ["TT", "Chỉ tiêu", "ĐVT", "2024", "Mục tiêu 2030"]),
        ("en", ["No.", "Indicator", "Unit", "2024", "Target 2030"]),
        ("fr", ["N°", "Indicateur", "Unité", "2024", "Objectif 2030"]),
        ("en", ["No.", "Indicator", "Unit", "Target 2030", "2024"]),
    ],
)
def test_a_bare_year_beside_a_target_is_where_things_stand(language: str, headers: list[str]) -> None:
    values = {"2024": "41", "Mục tiêu 2030": "65", "Target 2030": "65", "Objectif 2030": "65"}
    row = ["1", "Bê tông", "%", *(values[h] for h in headers[3:])]
    heading = {"vi": "II- MỤC TIÊU", "en": "Article 2. Objectives", "fr": "Article 2. Objectifs"}[language]
    (found,) = draft(heading, [headers, row], language=language).indicators
    assert (found.value, found.deadline, found.baseline) == (65, "2030", "41")
