"""Status cells as officials fill them in."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth.config import load_toml
from feedback_synth.datamodel.decision import Disposition
from feedback_synth.store.dispositions import parse

CASES = """
Tiếp thu | accepted
TIẾP THU. | accepted
tiếp thu toàn bộ | accepted
Đã tiếp thu | accepted
Tiếp thu, đã chỉnh sửa tại khoản 2 Điều 3 | accepted
Tiếp thu ý kiến của Sở Tài chính và chỉnh sửa tại mục III | accepted
Đã chỉnh sửa tại điểm a khoản 1 Điều 5 dự thảo Nghị quyết | accepted
Ban soạn thảo xin tiếp thu và bổ sung vào phần chỉ tiêu | accepted
- Tiếp thu | accepted
1) Tiếp thu; 2) đã bổ sung tại trang 5 | accepted
Tiếp thu một phần | accepted_in_part
Tiếp thu một phần: bổ sung mốc thời gian; phần còn lại giữ nguyên như dự thảo vì chưa có vốn | accepted_in_part
Tiếp thu có chọn lọc | accepted_in_part
Tiếp thu một phần, không tiếp thu nội dung về định mức | accepted_in_part
Không tiếp thu | not_accepted
Không tiếp thu, vì trái với quy định của Luật | not_accepted
Xin không tiếp thu ý kiến này do ngoài phạm vi | not_accepted
Giải trình: không tiếp thu | unclear
Giải trình không tiếp thu | not_accepted
Xin giữ nguyên như dự thảo | explained
Xin giữ nguyên như dự thảo, vì nội dung đã được thảo luận | explained
Giải trình | explained
Nội dung này đã được quy định tại Điều 4 | explained
Không thuộc phạm vi điều chỉnh | explained
Không thuộc phạm vi nào | unknown
Không thuộc phạm vi | explained
Ghi nhận, nghiên cứu khi triển khai | noted
Cơ quan soạn thảo sẽ nghiên cứu, tiếp thu | noted
Tiếp thu để nghiên cứu | noted
Chuyển cơ quan có thẩm quyền | referred
Kiến nghị cấp có thẩm quyền xem xét | referred
Xin ý kiến lãnh đạo | awaiting_decision
Xin ý kiến lãnh đạo / cấp có thẩm quyền | awaiting_decision
Chuyển Bộ Tài chính xem xét, quyết định | referred
Chuyển nội dung này xuống khoản 3 | unknown
Trùng ý kiến (xem số 12) | duplicate
Chưa giải trình | pending
Về nội dung này, tiếp thu | accepted
Qua rà soát, xin giữ nguyên như dự thảo | explained
Tiếp thu, giải trình | unclear
Tiếp thu ý kiến về chỉ tiêu; không tiếp thu ý kiến về kinh phí | unclear
Không tiếp thu toàn bộ | unclear
Nhất trí | unclear
Khó tiếp thu | unknown
Đề nghị làm việc lại với đơn vị | unknown
Cần bàn thêm việc có tiếp thu hay không | unknown
Đề nghị nhân dân "không tiếp thu" văn hoá xấu | unknown
Accepted | accepted
Fully accepted, see clause 3 | accepted
The comment has been accepted and the text amended | accepted
Partly accepted | accepted_in_part
Accepted in part: the date is added, the amount is not | accepted_in_part
Accepted with modifications | accepted_in_part
Not accepted | not_accepted
Not accepted because the law forbids it | not_accepted
Rejected | not_accepted
Text kept | explained
No change | explained
Noted | noted
Referred to the Ministry | referred
Awaiting decision | awaiting_decision
Duplicate of 12 | duplicate
Pending | pending
Accepted in principle | unclear
Provided that funds exist | unknown
Accepted on condition | unknown
This cannot be done | unknown
Not sure | unknown
Retenu | accepted
Retenue, voir l'article 3 | accepted
Non retenu | not_accepted
Non retenue, car la loi l'interdit | not_accepted
Proposition retenue partiellement | accepted_in_part
Partiellement retenue | accepted_in_part
La demande n'est pas retenue | not_accepted
La demande n’est pas retenue | not_accepted
Texte maintenu | explained
Soumis à arbitrage | awaiting_decision
Pris en note pour la mise en œuvre | noted
Transmis à l'autorité compétente | referred
Doublon de 4 | duplicate
En attente | pending
En attente de décision | awaiting_decision
Suivi de la mise en œuvre | unknown
tiep thu mot phan, da bo sung tai Dieu 3 | accepted_in_part
KHONG TIEP THU | not_accepted
REJETE | not_accepted
Retenue partiellement | accepted_in_part
Note: see below | unknown
Bac Ninh | unknown
Retenu sous réserve | unclear
À revoir avec le service | unknown
accepted_in_part | accepted_in_part
70% | unknown
"""


def _cases() -> list[tuple[str, str]]:
    rows = [line.rsplit(" | ", 1) for line in CASES.strip().splitlines()]
    return [(text, expected) for text, expected in rows]


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_status(text: str, expected: str):
    reading = parse(text)
    if expected == "unknown":
        assert reading.disposition == "" and reading.found == ()
    elif expected == "unclear":
        assert reading.disposition == "" and reading.found
    else:
        assert reading.disposition == expected


def test_case_marks_and_blanks_do_not_matter():
    import unicodedata

    assert parse(unicodedata.normalize("NFD", "  KHÔNG  TIẾP\u00a0THU \n")).disposition == "not_accepted"
    assert parse("").found == ()


@pytest.mark.parametrize("code", ["vi", "fr", "en"])
def test_every_phrase_means_one_thing(code: str):
    phrases = load_toml("lexicons/statuses.toml")[code]["phrases"]
    assert set(phrases) == {*get_args(Disposition), "unclear"}
    counted = Counter(p for some in phrases.values() for p in some)
    assert [p for p, n in counted.items() if n > 1] == []
    for status, some in phrases.items():
        for phrase in some:
            assert parse(phrase.removesuffix(" …")).disposition == ("" if status == "unclear" else status), phrase


@given(st.text(max_size=60))
def test_any_text_is_read_without_trouble(text: str):
    reading = parse(text)
    assert reading.disposition in ("", *get_args(Disposition))
    assert not reading.disposition or reading.found == (reading.disposition,)


@given(st.sampled_from(["không", "chưa", "khó", "không nên", "cần cân nhắc", "not", "hardly", "non", "sans"]))
def test_an_unlisted_word_before_a_phrase_is_never_read_as_yes(word: str):
    for phrase in ("tiếp thu", "accepted", "retenu"):
        assert parse(f"{word} {phrase}").disposition in ("", "not_accepted")
