"""Figures of drafts of many sectors: which of them set targets, by what stands around them."""

from __future__ import annotations

import pytest
from making import draft

from feedback_synth.datamodel.draft import Draft
from feedback_synth.drafts import compare

Figures = list[tuple[float | None, str]]


def figures(made: Draft) -> Figures:
    return [(i.value, i.unit) for i in made.indicators]


TASKS: list[tuple[str, str, Figures]] = [
    ("vi", "Xây dựng 06 vườn ươm, công suất 2 triệu cây/năm.", [(6, "vườn"), (2, "triệu cây/năm")]),
    ("vi", "Mở 120 km đường lâm nghiệp.", [(120, "km")]),
    ("vi", "Lắp đặt 35 trạm báo cháy cách khu dân cư 5 km.", [(35, "trạm")]),
    ("vi", "Đào tạo nghề chế biến gỗ, nghề sấy và nghề thiết kế đồ nội thất cho 1.500 lao động.", [(1500, "lao động")]),
    ("vi", "Giao khoán cho hộ có dưới 2 ha đất; hộ có từ 3 lao động trở lên được ưu tiên.", []),
    ("vi", "Trình xếp hạng 30 di tích.", [(30, "di tích")]),
    ("vi", "Phấn đấu đến năm 2028 có 40 câu lạc bộ.", [(40, "câu lạc bộ")]),
    ("vi", "Công trình có quy mô trên 500 chỗ phải thẩm định.", []),
    ("vi", "Phụ cấp bằng 1,5 lần mức lương cơ sở.", [(1.5, "lần mức lương cơ sở")]),
    ("vi", "Hỗ trợ 50 triệu đồng/vận động viên/năm.", [(50, "triệu đồng/vận động viên/năm")]),
    ("vi", "Trường hợp chi phí trên 200 triệu đồng thì báo cáo cấp trên.", []),
    ("vi", "Rà soát doanh nghiệp có vốn điều lệ dưới 10 tỷ đồng.", []),
    ("vi", "Báo cáo kết quả trước ngày 31 tháng 01 hằng năm.", []),
    ("en", "Construction of 14 depots and purchase of 220 buses.", [(14, "depots"), (220, "buses")]),
    ("en", "Renovate the shelters of 350 stops; employ teams of 4 guards.", [(350, "stops")]),
    ("en", "Build parking lots with a total capacity of 4,800 places.", [(4800, "places")]),
    ("en", "Give priority to routes which serve 20 schools, and to companies with at least 50 drivers.", []),
    ("en", "Ensure that 60 interchange stations have lifts.", [(60, "stations")]),
    ("en", "Lay 85 km of paths for walkers; post signs within a radius of 5 km.", [(85, "km")]),
    ("en", "Treat 9,000 m3 per day.", [(9000, "m3")]),
    ("en", "A study is made where the cost exceeds VND 50 billion.", []),
    ("en", "Shops larger than 200 m2 sort their waste.", []),
    ("en", "Hotels of 3 stars are inspected.", []),
    ("fr", "Construire 12 maisons de justice et rénover les toits de 40 bureaux.", [(12, "maisons"), (40, "bureaux")]),
    ("fr", "Former 20 groupes de 5 médiateurs ; ouvrir un foyer de 80 places.", [(20, "groupes"), (80, "places")]),
    ("fr", "Recrutement de 60 greffiers dans un rayon de 10 km.", [(60, "greffiers")]),
    ("fr", "Des avocats sont formés dans les villes qui comptent plus de 30 juges.", []),
    ("fr", "L'aide est versée lorsque l'investissement dépasse 60 millions de dongs.", []),
]


@pytest.mark.parametrize(("code", "line", "expected"), TASKS, ids=[t[1][:40] for t in TASKS])
def test_tasks(code: str, line: str, expected: Figures) -> None:
    assert (
        figures(draft("III. NHIỆM VỤ" if code == "vi" else "Part III. ACTIONS", f"1. {line}", language=code))
        == expected
    )


OBJECTIVES = {"vi": "II. MỤC TIÊU", "en": "Part II. OBJECTIVES", "fr": "Partie II. OBJECTIFS"}
TARGETS: list[tuple[str, str, tuple[float, str, str, str, str]]] = [
    ("vi", "Thời gian thông quan giảm từ 60 ngày xuống 20 ngày.", (20, "ngày", "Thời gian thông quan", "", "60")),
    ("vi", "Tổng mức đầu tư thực hiện là 640 tỷ đồng.", (640, "tỷ đồng", "Tổng mức đầu tư thực hiện", "", "")),
    ("vi", "Năm 2035, kim ngạch đạt 3,5 tỷ USD, gấp đôi năm 2025.", (3.5, "tỷ USD", "kim ngạch", "2035", "")),
    ("vi", "Chỉ số hài lòng đạt trên 90 vào năm 2029.", (90, "", "Chỉ số hài lòng", "2029", "")),
    ("en", "Average waiting time falls to 9 minutes.", (9, "minutes", "Average waiting time", "", "")),
    (
        "en",
        "The number of trained carers rises from 300 to 1,200.",
        (1200, "", "The number of trained carers", "", "300"),
    ),
    (
        "en",
        "Green space rises to 8 ha by 2032, compared with 4.5 ha in 2025.",
        (8, "ha", "Green space ha", "2032", "4.5"),
    ),
    ("fr", "Le délai moyen passe de 90 à 30 jours.", (30, "jours", "Le délai moyen", "", "90")),
    ("fr", "250 conciliateurs formés, contre 80 en 2025.", (250, "conciliateurs", "conciliateurs formés", "", "80")),
    ("fr", "Vaccination contre la rage : 95 % des chiens.", (95, "%", "chiens", "", "")),
]


@pytest.mark.parametrize(("code", "line", "expected"), TARGETS, ids=[t[1][:40] for t in TARGETS])
def test_targets(code: str, line: str, expected: tuple[float, str, str, str, str]) -> None:
    made = draft(OBJECTIVES[code], f"1. {line}", language=code)
    (found,) = made.indicators
    assert (found.value, found.unit, found.name, found.deadline, found.baseline) == expected


def test_a_heading_that_is_a_sentence_has_figures() -> None:
    made = draft(
        "Part IV. FUNDING", "1. Total cost: the cost is estimated at VND 620 billion.", "a) Grants.", language="en"
    )
    assert figures(made) == [(620, "VND billion")]


CAPTIONS = [
    ("Biểu 2. Nhu cầu vốn (triệu đồng)", ["TT", "Hạng mục", "Kinh phí"], "triệu đồng", "vi"),
    ("Đơn vị tính: tỷ đồng", ["TT", "Hạng mục", "Tổng số", "Ngân sách tỉnh"], "tỷ đồng", "vi"),
    ("Table 1. Breakdown", ["No.", "Component", "VND billion"], "VND billion", "en"),
    ("Tableau 2. Crédits (millions de dongs)", ["N°", "Poste", "Montant"], "millions de dongs", "fr"),
]


@pytest.mark.parametrize(("caption", "header", "unit", "code"), CAPTIONS, ids=[c[0] for c in CAPTIONS])
def test_the_unit_of_a_table_of_costs(caption: str, header: list[str], unit: str, code: str) -> None:
    rows = [["1", "Cầu", "520", "100"][: len(header)], ["2", "Đường", "330", "90"][: len(header)]]
    made = draft(
        "Phần IV. KINH PHÍ" if code == "vi" else "Part IV. COSTS", "1. ABC", caption, [header, *rows], language=code
    )
    assert figures(made) == [(520, unit), (330, unit)]


def test_shares_beside_amounts_are_no_targets() -> None:
    table = [["No.", "Component", "Cost (VND billion)", "Share (%)"], ["1", "Buses", "1,900", "59"]]
    assert figures(draft("Part IV. COSTS", "1. Table", table, language="en")) == [(1900, "VND billion")]


def test_years_of_a_table_of_money_have_no_present() -> None:
    table = [["TT", "Nguồn vốn", "2026", "2027"], ["1", "Ngân sách tỉnh", "10", "12"]]
    made = draft("II. MỤC TIÊU", "1. Phân bổ vốn (tỷ đồng)", table)
    assert [(i.value, i.unit, i.deadline, i.baseline) for i in made.indicators] == [
        (10, "tỷ đồng", "2026", ""),
        (12, "tỷ đồng", "2027", ""),
    ]


def test_a_column_of_deadlines() -> None:
    header = ["N°", "Indicateur", "Unité", "Situation 2025", "Cible", "Échéance"]
    rows = [["1", "Villages reliés", "%", "40", "95", "2029"], ["2", "Antennes", "antennes", "12", "60", "31/12/2028"]]
    made = draft("Partie II. OBJECTIFS", "1. Indicateurs", [header, *rows], language="fr")
    assert [(i.value, i.deadline, i.baseline) for i in made.indicators] == [
        (95, "2029", "40"),
        (60, "2028-12-31", "12"),
    ]


def changed(old: list[str], new: list[str], code: str) -> list[tuple[str, str]]:
    comparison = compare(draft(*old, language=code), draft(*new, language=code))
    return [(c.old, c.new) for c in comparison.indicator_changes]


def test_a_figure_with_its_own_unit_is_told_once() -> None:
    old = ["Điều 1. Hỗ trợ", "1. Hỗ trợ học nghề không quá 2.000.000 đồng/người/tháng."]
    new = ["Điều 1. Hỗ trợ", "1. Hỗ trợ học nghề không quá 2.500.000 đồng/người/tháng."]
    assert changed(old, new, "vi") == [("<=2000000 đồng/người/tháng", "<=2500000 đồng/người/tháng")]


def test_a_figure_that_moved_to_a_point_beside_its_own_is_one_change() -> None:
    head = ["Part III. ACTIONS", "1. Waste"]
    old = [*head, "a) Sort waste at home.", "b) Build 3 regional treatment plants with heat recovery."]
    new = [
        *head,
        "a) Sort waste at home.",
        "b) Collect it by boat along all canals of the delta, at dawn, for those whom no road reaches.",
        "c) Build 2 regional treatment plants; the way of treating is chosen after a study of costs and smells.",
    ]
    assert changed(old, new, "en") == [("3 plants", "2 plants")]
