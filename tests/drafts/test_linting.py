"""Checks of drafts: incomplete and contradictory targets, sums, acts, references."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from making import draft

import feedback_synth
from feedback_synth.datamodel.document import Notice
from feedback_synth.drafts import compare, lint

TARGETS = ("II- MỤC TIÊU", "1. Mục tiêu cụ thể đến năm 2030")


def found(notices: tuple[Notice, ...], code: str) -> list[dict[str, str]]:
    return [dict(n.values) for n in notices if n.code == code]


def test_targets_without_deadline_baseline_and_responsible_body() -> None:
    made = draft("II- MỤC TIÊU", "1. Có 70% thôn có đường bê tông.", "2. Bố trí 300 tỷ đồng.")
    notices = lint([made])
    assert found(notices, "indicators_without_deadline")[0]["count"] == "1"
    assert "II mục 1" in found(notices, "indicators_without_baseline")[0]["items"]
    complete = draft(*TARGETS, "a) Nâng tỷ lệ đường bê tông từ 58% lên 70% do Sở Xây dựng chủ trì.")
    assert not [n.code for n in lint([complete]) if n.code.startswith("indicators_without")]


def test_one_target_with_two_values() -> None:
    made = draft(
        *TARGETS, "a) Phấn đấu 70% thôn có đường bê tông.", "III- NHIỆM VỤ", "1. Phấn đấu 75% thôn có đường bê tông."
    )
    (notice,) = found(lint([made]), "indicator_two_values")
    assert (notice["value"], notice["other_value"], notice["other"]) == ("70%", "75%", "III mục 1")


def test_a_target_that_differs_between_drafts() -> None:
    one = draft(*TARGETS, "a) Phấn đấu 70% thôn có đường bê tông.", kind="resolution")
    other = draft(*TARGETS, "a) Phấn đấu 80% thôn có đường bê tông.", kind="project")
    (notice,) = found(lint([one, other]), "indicator_differs_between_drafts")
    assert (notice["value"], notice["other_value"]) == ("70%", "80%")
    assert not found(lint([one, one]), "indicator_differs_between_drafts")


def test_figures_of_two_language_versions() -> None:
    vietnamese = draft("Điều 1. Mục tiêu", "1. Đạt 70% trường.", "2. Đạt 5.200 lớp.")
    english = draft("Article 1. Objectives", "1. Reach 75% of schools.", "2. Reach 5,200 classes.", language="en")
    (notice,) = found(lint([vietnamese, english]), "figures_differ_between_languages")
    assert (notice["label"], notice["value"], notice["other_value"]) == ("Điều 1 khoản 1", "70%", "75%")


@pytest.mark.parametrize(("total", "reported"), [("1.470", False), ("1.500", True)])
def test_the_total_row_of_a_table(total: str, reported: bool) -> None:
    rows = [["TT", "Nội dung", "Kinh phí (tỷ đồng)"], ["1", "Xây dựng", "1.150"], ["2", "Đào tạo", "320"]]
    made = draft("Phần IV. KINH PHÍ", "1. Chi tiết", [*rows, ["", "Tổng cộng", total]])
    assert bool(found(lint([made]), "sum_does_not_add_up")) is reported


@pytest.mark.parametrize(("last", "reported"), [("120", False), ("130", True)])
def test_the_parts_of_a_total_in_the_text(last: str, reported: bool) -> None:
    made = draft(
        "Phần IV. KINH PHÍ",
        "1. Tổng kinh phí dự kiến: 1.000 tỷ đồng.",
        "2. Nguồn vốn",
        "a) Ngân sách trung ương: 600 tỷ đồng.",
        "b) Ngân sách tỉnh: 280 tỷ đồng.",
        f"c) Nguồn khác: {last} tỷ đồng.",
    )
    assert bool(found(lint([made]), "sum_does_not_add_up")) is reported


def test_acts_with_two_dates_two_spellings_and_outside_the_bases() -> None:
    made = draft(
        "Căn cứ Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị;",
        "Căn cứ Luật Giáo dục số 43/2019/QH14 ngày 14/6/2020;",
        "Điều 1. Phạm vi",
        "1. Thực hiện Nghị quyết số 57-NQ/TW ngày 21/12/2024.",
        "2. Thực hiện Kế hoạch số 02-KH/BCĐTW và Kế hoạch số 02-KH/BCDTW.",
    )
    notices = lint([made])
    assert found(notices, "act_with_two_dates") == [{"key": "57-NQ/TW", "dates": "2024-12-22, 2024-12-21"}]
    assert found(notices, "act_date_against_symbol")[0]["key"] == "43/2019/QH14"
    assert found(notices, "act_in_two_spellings") == [{"keys": "02-KH/BCĐTW, 02-KH/BCDTW"}]
    assert {n["key"] for n in found(notices, "act_not_among_bases")} == {"02-KH/BCĐTW", "02-KH/BCDTW"}
    assert found(notices, "bases_never_used")[0]["keys"] == "43/2019/QH14"


def test_references_inside_the_draft() -> None:
    made = draft(
        "Điều 1. Phạm vi",
        "1. Áp dụng theo khoản 2 Điều này và khoản 1 Điều 2.",
        "2. Không áp dụng khoản 5 Điều 2.",
        "3. Thực hiện theo Điều 9 Luật Giáo dục và Điều 7 Nghị định số 30/2020/NĐ-CP.",
        "Điều 2. Đối tượng",
        "1. Trường học theo khoản 4 Điều này.",
    )
    missing = [(n["label"], n["reference"]) for n in found(lint([made]), "reference_leads_nowhere")]
    assert missing == [("Điều 1 khoản 2", "khoản 5 Điều 2"), ("Điều 2 khoản 1", "khoản 4")]


def test_amending_acts_point_elsewhere() -> None:
    made = draft("Điều 1. Sửa đổi, bổ sung một số điều của Luật Giáo dục", "1. Bãi bỏ khoản 5 Điều 77.")
    assert not found(lint([made]), "reference_leads_nowhere")


def test_references_that_did_not_follow_the_renumbering() -> None:
    scope, funds, work = (
        "Phạm vi áp dụng của chính sách",
        "Kinh phí bảo đảm hằng năm",
        "Tổ chức thực hiện tại địa phương",
    )
    old = draft(f"Điều 1. {scope}.", f"Điều 2. {funds}.", f"Điều 3. {work} theo Điều 2.", "Điều 4. Báo cáo về Điều 2.")
    new = draft(
        f"Điều 1. {scope}.",
        "Điều 2. Giải thích những từ ngữ được dùng trong văn bản.",
        f"Điều 3. {funds}.",
        f"Điều 4. {work} theo Điều 2.",
        "Điều 5. Báo cáo về Điều 3.",
    )
    notices = compare(old, new).notices
    assert [(n.code, dict(n.values)) for n in notices] == [
        ("reference_not_followed", {"label": "Điều 4", "reference": "Điều 2", "target": "Điều 3"})
    ]


def test_every_notice_has_its_sentences() -> None:
    folder = Path(feedback_synth.__file__).parent
    sentences = tomllib.loads((folder / "data/labels/notices_drafts.toml").read_text(encoding="utf-8"))
    code = "\n".join(p.read_text(encoding="utf-8") for p in (folder / "drafts").glob("*.py"))
    for key, by_language in sentences.items():
        assert set(by_language) == {"en", "vi", "fr"}
        stem = key.rsplit("_", 1)[0]
        assert f'"{key}"' in code or f'f"{stem}_{{part}}"' in code, key


def test_an_act_cited_before_it_was_issued() -> None:
    made = draft(
        "Lai Châu, ngày 05 tháng 3 năm 2026",
        "NGHỊ QUYẾT",
        "Căn cứ Nghị quyết số 71-NQ/TW ngày 22 tháng 8 năm 2026;",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020;",
        "Căn cứ Nghị định số 78/2027/NĐ-CP;",
        "Điều 1. Mục tiêu",
        "Thực hiện Nghị quyết số 71-NQ/TW và Nghị định số 30/2020/NĐ-CP.",
    )
    assert made.date == "2026-03-05"
    found = [dict(n.values) for n in lint([made]) if n.code == "act_cited_before_issued"]
    assert [(n["key"], n["date"], n["day"]) for n in found] == [
        ("71-NQ/TW", "2026-08-22", "2026-03-05"),
        ("78/2027/NĐ-CP", "2027", "2026-03-05"),
    ]


def test_a_draft_without_a_day_says_nothing_of_acts_to_come() -> None:
    made = draft("Căn cứ Nghị quyết số 71-NQ/TW ngày 22 tháng 8 năm 2096;", "Điều 1. Mục tiêu", "Thực hiện.")
    assert made.date == ""
    assert "act_cited_before_issued" not in [n.code for n in lint([made])]
