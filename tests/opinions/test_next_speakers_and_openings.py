"""Who speaks next and how, who signs minutes in one line, who writes for others, and what opens a letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth import documents
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import authors, directives, extract, introductions, letters, rosters, turns

TURNS = [
    (
        "vi",
        "Tiếp theo, bà Hà Thị Lan, Chủ tịch Hội Nông dân xã Tân Sơn nêu ý kiến. Mức hỗ trợ còn thấp.",
        Author("Hà Thị Lan", "Chủ tịch", "Hội Nông dân xã Tân Sơn"),
        "Mức hỗ trợ còn thấp.",
    ),
    (
        "vi",
        "Ông Lê Văn Út, Giám đốc HTX chè Tân Lập nói thay bà con: giá sàn phải ghi rõ.",
        Author("Lê Văn Út", "Giám đốc", "HTX chè Tân Lập"),
        "giá sàn phải ghi rõ.",
    ),
    (
        "vi",
        "Bà Lò Thị Dua, tổ trưởng Tổ dùng nước số 2 bản Nà Lốc, đứng dậy nói. Kênh hỏng ba năm rồi.",
        Author("Lò Thị Dua", "tổ trưởng", "Tổ dùng nước số 2 bản Nà Lốc"),
        "Kênh hỏng ba năm rồi.",
    ),
    (
        "vi",
        "Lương y Vàng A Páo (Hội Đông y tỉnh): nên thêm lớp dạy nghề.",
        Author("Vàng A Páo", "", "Hội Đông y tỉnh"),
        "nên thêm lớp dạy nghề.",
    ),
    (
        "en",
        "Then Ms Ann Field, Head of the River Fund, took the floor. The ceiling is too low.",
        Author("Ann Field", "Head", "River Fund"),
        "The ceiling is too low.",
    ),
    (
        "fr",
        "Ensuite M. Paul Rey, président de la coopérative de Brac, a pris la parole. Le plafond est trop bas.",
        Author("Paul Rey", "président", "coopérative de Brac"),
        "Le plafond est trop bas.",
    ),
]


@pytest.mark.parametrize(("code", "text", "author", "said"), TURNS)
def test_words_of_order_and_of_manner_are_no_part_of_a_speaker(code: str, text: str, author: Author, said: str) -> None:
    found = turns.turn(text, code)
    assert found is not None
    assert (found.author, text[found.start :]) == (author, said)


@pytest.mark.parametrize(
    ("code", "text", "signs"),
    [
        ("vi", "THƯ KÝ: Trần Văn Sửu CHỦ TRÌ: Lê Thị Na", True),
        ("en", "Secretary: Ann Field   Chair: Mr Paul Rey (signed)", True),
        ("fr", "Le secrétaire : Jean Bon   La présidente : Mme Anne Rey", True),
        ("vi", "Chủ trì: mời các đồng chí phát biểu", False),
        ("en", "Chair: Thank you, next please", False),
    ],
)
def test_a_line_of_labels_and_names_signs(code: str, text: str, *, signs: bool) -> None:
    assert rosters.signs(text, code) is signs


MINUTES = (
    "BIÊN BẢN HỌP\nChủ trì: ông Lê Văn Na, Giám đốc Công ty A.\nÝ kiến thảo luận\n"
    "Bà Lò Thị Dua, Chủ tịch UBND xã Nà Lốc: đề nghị nâng mức hỗ trợ lên 30 triệu đồng.\n"
    "Ông Vàng A Páo, Giám đốc Sở Y tế: đề nghị bỏ khoản 2 Điều 3.\nKết thúc\n"
    "Ông Na trả lời: việc này của Sở. Giao Phòng Kế hoạch hoàn chỉnh biên bản trước ngày 06/10/2026. "
    "Hội Đông y tỉnh giúp cơ quan soạn thảo lập danh mục.\nTHƯ KÝ: Trần Văn Sửu CHỦ TRÌ: Lê Văn Na\n"
)


def test_orders_stand_below_the_heading_of_the_end(tmp_path: Path) -> None:
    path = tmp_path / "bien-ban.txt"
    path.write_text(MINUTES, encoding="utf-8")
    found = extract(documents.read(path))
    assert [(d.addressee, d.deadline) for d in found.directives] == [
        ("Phòng Kế hoạch", "2026-10-06"),
        ("Hội Đông y tỉnh", ""),
    ]
    assert len(found.opinions) == 2


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("UBND xã Tân Sơn lập danh sách hộ nghèo.", True),
        ("Sở Tài chính nêu việc lập dự toán còn khó.", False),
    ],
)
def test_a_body_that_acts_at_once_is_ordered(text: str, *, orders: bool) -> None:
    assert directives.is_directive(text, "vi", item=False)[0] is orders


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("vi", "Chúng tôi là 45 hộ xã viên Hợp tác xã Chè Nà Lốc, xã Tân Sơn."),
        ("en", "We are 45 member households of the Nalok Tea Cooperative, Tan Son."),
        ("fr", "Nous sommes 45 familles membres de la Coopérative de thé de Nalok, à Tan Son."),
    ],
)
def test_members_write_for_their_body(tmp_path: Path, name: str, body: str) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_text(f"{body}\n", encoding="utf-8")
    told = introductions.introduced(documents.read(path).blocks, name)
    assert told.organization in ("Hợp tác xã Chè Nà Lốc", "Nalok Tea Cooperative", "Coopérative de thé de Nalok")


def test_a_petition_is_of_who_signs_it_and_not_of_its_subject(tmp_path: Path) -> None:
    path = tmp_path / "don.txt"
    path.write_text(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐƠN KIẾN NGHỊ\n(V/v góp ý dự thảo Nghị quyết)\n"
        "Kính gửi: Hội đồng nhân dân tỉnh.\n- Mức hỗ trợ còn thấp, đề nghị nâng lên 30 triệu đồng.\n"
        "Nà Lốc, ngày 2 tháng 3 năm 2026\nTM. các hộ: Lò Văn Dua (đã ký, kèm danh sách 45 chữ ký)\n",
        encoding="utf-8",
    )
    document = documents.read(path)
    assert document.field("sender") == ""
    assert letters.sender(document).name == "Lò Văn Dua"


def test_a_place_with_a_date_signs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    path.write_text(
        "Bản Nà Lốc, ngày 2 tháng 3 năm 2026\nKính gửi các bác ở tỉnh\n"
        "Đường lên bản còn xấu, đề nghị tỉnh làm đường trước.\n"
        "Người nói: Vàng A Páo, lương y bản Nà Lốc, xã Tân Sơn (điểm chỉ)\n",
        encoding="utf-8",
    )
    document = documents.read(path)
    assert document.field("signer") == ""
    assert letters.sender(document) == Author("Vàng A Páo", "lương y", "bản Nà Lốc")


def test_an_office_before_a_body_is_no_second_person() -> None:
    assert authors.parse("lương y bản Nà Lốc", "vi").organization == "bản Nà Lốc"
