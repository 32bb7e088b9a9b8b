"""Lines that were broken at a margin or by hand, and lines that are remarks, verses or addresses of their own."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth.documents._wrapping import join_wrapped


def paragraphs(text: str) -> list[str]:
    return [words for _, words in join_wrapped(text.strip("\n").split("\n"))]


def test_broken_sentences_beside_a_line_that_is_a_whole_paragraph() -> None:
    text = """
Dear Ms Tran,

Thank you for sending us the draft and for the additional two weeks, which we needed as two of our colleagues were away.
We read it with the crews who collect waste in the four wards, and
they asked us to pass on three points.

The fee in Article 4 falls on households that already pay the
People's Committee of the ward. Could the draft say which of the two
fees is dropped?

Yours sincerely,
Margaret Ofori-Dupree
Waste and Water Programme Lead
14 Tran Hung Dao Street, Hoan Kiem District, Ha Noi
"""
    found = paragraphs(text)
    assert found[2] == (
        "We read it with the crews who collect waste in the four wards, and they asked us to pass on three points."
    )
    assert found[3] == (
        "The fee in Article 4 falls on households that already pay the People's Committee of the ward."
        " Could the draft say which of the two fees is dropped?"
    )
    assert found[4:] == text.strip().split("\n")[-4:]


def test_numbered_items_without_blank_lines_and_the_end_of_a_letter() -> None:
    text = """
Kính gửi: Sở Nông nghiệp và Môi trường
Hợp tác xã nuôi ong Rừng Xanh đã nhận được dự thảo Nghị quyết hỗ trợ
phát triển nghề nuôi ong trên địa bàn tỉnh, có mấy ý kiến:
1. Mức hỗ trợ 300.000 đồng một đàn là thấp, vì giá một thùng ong giống
hiện nay đã lên 1,2 triệu đồng. Đề nghị nâng lên 500.000 đồng.
2. Chưa thấy nói đến việc cấm phun thuốc trừ sâu vào mùa hoa của cây.
Trân trọng cảm ơn.
Nơi nhận:
- Như trên;
- Lưu: VT.
Giám đốc
Lù Văn Sín
"""
    lines = text.strip().split("\n")
    assert paragraphs(text) == [lines[0], " ".join(lines[1:3]), " ".join(lines[3:5]), *lines[5:]]


def test_a_paragraph_broken_by_hand_with_names_at_the_beginning_of_lines() -> None:
    text = """
L'article 3 renvoie à la loi sur l'eau sans citer l'ordonnance de
2019, qui en a changé le champ. Il serait utile que
les services de
l'Agence le vérifient avant l'examen du texte ; nous y attachons du prix, la
Direction départementale aussi.
"""
    assert paragraphs(text) == [" ".join(text.strip().split("\n"))]


def test_items_that_hang_and_items_of_a_word() -> None:
    text = "We miss:\n- the map in Annex 2\n  leaves out two areas\n- bins\n- the hotline\n"
    assert paragraphs(text) == ["We miss:", "- the map in Annex 2 leaves out two areas", "- bins", "- the hotline"]


def test_remarks_of_speakers_are_joined_one_by_one() -> None:
    text = """
Ông Lò Văn Tám, trưởng bản: mức hỗ trợ làm nhà còn thấp so với giá vật
liệu hiện nay, đề nghị tăng lên 60 triệu đồng.
Bà Lường Thị Xôm: đường vào khu tái định cư bị sạt từ tháng 8 năm ngoái
mà chưa sửa.
Ông Quàng Văn Hặc đề nghị tỉnh cho vay vốn không lãi trong 3 năm.
Chị Cà Thị Pâng hỏi hộ mới tách khẩu có được hưởng hay không?
"""
    lines = text.strip().split("\n")
    assert paragraphs(text) == [" ".join(lines[:2]), " ".join(lines[2:4]), *lines[4:]]


@pytest.mark.parametrize(
    "text",
    [
        # typed in haste: a remark on each line, without full stops
        "Họp thôn Nà Khoang tối thứ bảy tại nhà văn hóa, trưởng thôn chủ trì\n"
        "đề nghị mở rộng đường vào xóm vì xe cứu hỏa không vào được\nnước yếu\n"
        "cột điện gần nhà văn hóa nghiêng sắp đổ, đề nghị điện lực xử lý sớm cho bà con\nrác để 3 ngày không ai thu",
        # verses and an address
        "Quê em bên dòng sông Mã\nsóng vỗ quanh năm\nai về cho em nhắn\nmột lời thương.",
        "12 rue des Lilas,\nbâtiment B,\n69003 Lyon",
        # a sentence on each line
        "We welcome the overall direction of the draft and the joining of port and housing policy.\n"
        "We take the liberty of offering the remarks below, some of them frank.\nA glossary would help us.",
        # items without marks below their lead-in
        "Đề nghị cơ quan soạn thảo làm rõ các nội dung sau đây trong dự thảo:\n"
        "bổ sung biên chế giáo viên mầm non cho các xã biên giới;\nquy định thời hạn giải quyết hồ sơ.",
        # a title in capitals over its text
        "Ý KIẾN CỦA BAN ĐẠI DIỆN CHA MẸ HỌC SINH TRƯỜNG TIỂU HỌC\nGửi các thầy cô, chúng tôi đã đọc dự thảo.",
    ],
)
def test_lines_of_their_own_stay_apart(text: str) -> None:
    assert paragraphs(text) == text.split("\n")


@given(st.lists(st.integers(min_value=2, max_value=9), min_size=30, max_size=60), st.integers(60, 90))
def test_a_wrapped_sentence_is_one_paragraph_again(lengths: list[int], width: int) -> None:
    sentence = " ".join("quotation"[:length] for length in lengths).capitalize() + "."
    assert paragraphs("\n".join(textwrap.wrap(sentence, width))) == [sentence]


@given(st.lists(st.text(alphabet="aB.:; 1-\u1ec7", max_size=60), max_size=12))
def test_no_word_is_lost_and_numbers_of_lines_rise(lines: list[str]) -> None:
    found = join_wrapped(lines)
    assert " ".join(words for _, words in found).split() == " ".join(lines).split()
    assert [number for number, _ in found] == sorted({number for number, _ in found})
