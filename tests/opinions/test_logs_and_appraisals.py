"""Logs of hotlines, appraisal reports, reports of own work: what in them asks nothing of the draft."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Cell, Locator
from feedback_synth.opinions import asking, kinds, layout, respondents, tables


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nghị quyết số 08/2020/NQ-HĐND sau năm năm thực hiện đã bộc lộ những điểm không còn phù hợp.", "vi"),
        ("Quyết định số 15/2019/QĐ-UBND đã bộc lộ một số hạn chế.", "vi"),
        ("Decree No. 20/2021/NĐ-CP has shown its limits and is no longer suitable.", "en"),
        ("Le décret n° 20/2021/NĐ-CP a montré ses limites, les montants sont trop bas.", "fr"),
        ("Đoàn đã đi giám sát tại 7 phường trong quý III.", "vi"),
        ("Our team has visited four markets since May.", "en"),
        ("Bà Lò Thị Mai, người có uy tín ở bản Nà Lốc, kể rằng bà con nghe loa mà không hiểu gì.", "vi"),
    ],
)
def test_what_is_told_of_the_act_in_force_or_of_own_work_is_no_opinion(text: str, code: str) -> None:
    assert kinds.judge(text, code).kind == "aside"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Điều 5 dự thảo trái với Nghị định số 20/2021/NĐ-CP.", "vi"),
        ("Nghị quyết số 08/2020/NQ-HĐND đã bộc lộ hạn chế, đề nghị bãi bỏ ngay.", "vi"),
        ("Decree No. 20/2021/NĐ-CP has shown its limits, so Article 5 should not repeat it.", "en"),
    ],
)
def test_what_is_asked_beside_an_act_in_force_stays_an_opinion(text: str, code: str) -> None:
    assert kinds.judge(text, code).kind in kinds.OPINIONS


def test_the_last_words_of_an_official_paper_are_no_opinion() -> None:
    text = (
        "Ban Thường vụ Hội Liên hiệp Phụ nữ Việt Nam tỉnh Đông Hà trân trọng đề nghị cơ quan chủ trì soạn thảo"
        " xem xét, có văn bản phản hồi gửi Hội theo quy định của pháp luật./."
    )
    assert kinds.judge(text, "vi").kind == "procedure"


@pytest.mark.parametrize(
    ("entry", "code", "served"),
    [
        ("Hỏi giờ làm việc của bộ phận một cửa, đã hướng dẫn", "vi", True),
        ("Asked for the address of the office; given", "en", True),
        ("Demande le numéro du guichet, renseigné", "fr", True),
        ("Hỏi vì sao mức hỗ trợ thấp, đề nghị nâng lên", "vi", False),
        ("Asked why the fee is so high, unanswered", "en", False),
    ],
)
def test_an_inquiry_that_was_answered_at_once_is_no_opinion(entry: str, code: str, served: bool) -> None:
    assert tables._is_served(entry, code) is served


@pytest.mark.parametrize(
    ("cell", "language", "name"),
    [
        ("Hoàng Thị Lan, 68 tuổi", "vi", "Hoàng Thị Lan"),
        ("Đoàn Văn Bình", "vi", "Đoàn Văn Bình"),
        ("Ann Field (aged 71)", "en", "Ann Field"),
        ("Paule Aubry, 54 ans", "fr", "Paule Aubry"),
        ("Đoàn Thanh niên xã Đông Hải", "vi", ""),
    ],
)
def test_a_cell_of_persons_holds_a_name_beside_an_age_or_like_a_body(cell: str, language: str, name: str) -> None:
    block = Block("s/b1", cell, Locator(), "cell", cell=Cell(1, 2, 1, role="person"))
    assert respondents.in_cell(block, language).name == name


def test_what_a_body_has_to_do_is_a_request_though_the_sentence_regrets() -> None:
    duty = "Hằng năm UBND tỉnh phải báo cáo với Hội đồng, dự thảo nói chung chung là chưa được."
    assert asking.strong_request(duty, "vi") is not None
    assert asking.strong_request("Học sinh phải đi bộ hai giờ, đường chưa có.", "vi") is None


def test_a_numbered_line_over_a_list_is_a_heading_though_it_finds_fault() -> None:
    heading = Block("s/b1", "3. Những vấn đề mà cả hai dự thảo còn bỏ ngỏ", Locator(), "paragraph")
    item = Block("s/b2", "- Hộ nuôi con một mình chưa có chính sách nào.", Locator(), "paragraph")
    assert layout.is_bare_heading(heading, [item])
    asks = Block("s/b1", "3. Đề nghị bỏ quy định về phí thu gom rác ở nông thôn", Locator(), "paragraph")
    assert not layout.is_bare_heading(asks, [item])
