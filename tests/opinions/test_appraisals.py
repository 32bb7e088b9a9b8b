"""Reports of those who examine a draft: findings under headings, formulae of conformity; headings within a line."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Locator
from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.opinions import extract
from feedback_synth.opinions.kinds import judge


def letter(language: str, text: str) -> Extraction:
    rows = [line.strip() for line in text.strip().splitlines() if line.strip()]
    blocks = tuple(Block(f"d/b{n}", row, Locator(line=n)) for n, row in enumerate(rows, 1))
    return extract(Document("d", "d.txt", "0" * 64, "letter", language, blocks, ()))


APPRAISAL = """
Ngày 15/6, Sở Tư pháp nhận được hồ sơ đề nghị thẩm định, sau khi nghiên cứu có ý kiến như sau:
1. Sự phù hợp của nội dung dự thảo với chủ trương, đường lối của Đảng, chính sách của Nhà nước
Nội dung dự thảo phù hợp với chủ trương, đường lối của Đảng.
2. Tính hợp hiến, hợp pháp và tính thống nhất với hệ thống pháp luật
a) Khoản 3 Điều 7 đặt thêm điều kiện kinh doanh, không đúng thẩm quyền theo Luật Đầu tư.
b) Điều 11 trùng với Điều 20 Nghị định số 08/2021/NĐ-CP, đề nghị bỏ.
3. Về sự cần thiết của Điều 12
Điều 12 nhắc lại quy định của luật, đề nghị bỏ.
4. Kết luận
Dự thảo đủ điều kiện trình Ủy ban nhân dân tỉnh sau khi chỉnh lý theo các ý kiến nêu trên.
__________
Trân trọng./.
"""


def test_findings_are_opinions_and_neither_headings_nor_formulae_are() -> None:
    found = letter("vi", APPRAISAL)
    assert [o.text for o in found.opinions] == [
        "Khoản 3 Điều 7 đặt thêm điều kiện kinh doanh, không đúng thẩm quyền theo Luật Đầu tư.",
        "Điều 11 trùng với Điều 20 Nghị định số 08/2021/NĐ-CP, đề nghị bỏ.",
        "Điều 12 nhắc lại quy định của luật, đề nghị bỏ.",
    ]


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        ("vi", "Các điều 2, 3 và 4 phù hợp với thẩm quyền của Hội đồng nhân dân tỉnh.", "procedure"),
        ("vi", "Mức thu này không phù hợp với quy định của Luật Giá.", "critique"),
        ("vi", "Dự thảo chưa đủ điều kiện trình.", "critique"),
        ("vi", "Sửa Điều 5 cho phù hợp với quy định của Luật Đất đai.", "request"),
        ("en", "The draft is consistent with the Law on Local Government.", "procedure"),
        ("en", "Clause 4 does not in fact conform to the decree.", "critique"),
        ("fr", "Le projet est conforme à la loi sur l'eau.", "procedure"),
        ("fr", "L'article 5 n'est pas conforme à la loi sur l'eau.", "critique"),
    ],
)
def test_formulae_of_conformity(code: str, text: str, kind: str) -> None:
    assert judge(text, code).kind == kind


def test_a_heading_within_a_paragraph_is_no_part_of_the_opinion() -> None:
    text = """
    Dear Mr. Vien,
    First, eligibility. Clause 2 confines support to firms of the province. Please drop this condition.
    2. Boat people. The fee is too high.
    3. Permits. Please accept the old booklets until 2028.
    4. Nobody was asked. The villages should be heard.
    Yours sincerely,
    """
    assert [o.text for o in letter("en", text).opinions][1:3] == [
        "The fee is too high.",
        "Please accept the old booklets until 2028.",
    ]
    assert not any(o.text.startswith(("eligibility", "Boat")) for o in letter("en", text).opinions)


def test_items_without_full_stops_stay_opinions() -> None:
    text = """
    Kính gửi: Sở Nội vụ
    Xã Nậm Hăn có ý kiến như sau:
    1. Mức hỗ trợ thấp so với các tỉnh bạn
    2. Đề nghị bổ sung cán bộ bản vào đối tượng
    Ngoài ra xã đề nghị cấp kinh phí sớm.
    Trân trọng./.
    """
    assert len(letter("vi", text).opinions) == 3
