"""What a source is and what it says about itself, in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth import documents
from feedback_synth.datamodel.document import Block, Document, Locator
from feedback_synth.documents import _signing


def read(folder: Path, text: str) -> Document:
    path = folder / "nguồn.txt"
    path.write_text(text, encoding="utf-8")
    return documents.read(path)


LETTER_VI = """UBND TỈNH BẮC HÀ
SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG
Số: 1450/SNNMT-KHTC
V/v góp ý dự thảo Đề án cấp nước
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bắc Hà, ngày 05 tháng 3 năm 2026

Kính gửi: Sở Xây dựng

Phúc đáp Công văn số 88/SXD-QLN ngày 20/02/2026, Sở Nông nghiệp và Môi trường có ý kiến như sau:
1. Đề nghị làm rõ nguồn nước.
Trên đây là ý kiến của Sở Nông nghiệp và Môi trường./.
Nơi nhận:
- Như trên;
- Lưu: VT, KHTC.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Hoàng Văn Lâm
"""
LETTER_PARTY = """TỈNH ỦY BẮC HÀ
BAN TỔ CHỨC
*
Số 45-CV/BTCTU
về việc tham gia ý kiến dự thảo Nghị quyết
ĐẢNG CỘNG SẢN VIỆT NAM
Bắc Hà, ngày 12 tháng 01 năm 2026
Kính gửi: Đảng ủy Ủy ban nhân dân tỉnh
Sau khi nghiên cứu, Ban Tổ chức Tỉnh ủy đề nghị bổ sung căn cứ.
Nơi nhận:
- Như trên,
K/T TRƯỞNG BAN
PHÓ TRƯỞNG BAN
Trần Thị Mai
"""
LETTER_EN = """RIVERSIDE WATER FORUM
Hanoi, 3 December 2025

To: Department of Construction
Subject: Comments on the draft water Scheme

Dear Sir or Madam,

Riverside Water Forum suggests that Article 3 should be amended.

Yours faithfully,

Jane O'Neill
Head of Programmes
"""
LETTER_FR = """Chambre de commerce du Delta
12, rue Hang Trong, Hanoï

Hanoï, le 1er décembre 2025

À l'attention de Madame la directrice des finances
Objet : avis sur le projet de résolution

Madame la Directrice,

Nous proposons de préciser l'article 4.

Veuillez agréer, Madame, l'expression de nos sentiments distingués.

Jean-Marc Dubois, président
"""


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            LETTER_VI,
            {
                "sender": "Sở Nông nghiệp và Môi trường",
                "superior": "UBND tỉnh Bắc Hà",
                "signer": "Hoàng Văn Lâm",
                "signer_title": "Phó Giám đốc",
                "number": "1450/SNNMT-KHTC",
                "date": "2026-03-05",
                "subject": "góp ý dự thảo Đề án cấp nước",
                "addressee": "Sở Xây dựng",
            },
        ),
        (
            LETTER_PARTY,
            {"sender": "Ban Tổ chức", "number": "45-CV/BTCTU", "date": "2026-01-12", "signer": "Trần Thị Mai"},
        ),
        (
            LETTER_EN,
            {
                "sender": "Riverside Water Forum",
                "signer": "Jane O'Neill",
                "signer_title": "Head of Programmes",
                "date": "2025-12-03",
                "addressee": "Department of Construction",
                "subject": "Comments on the draft water Scheme",
            },
        ),
        (
            LETTER_FR,
            {
                "sender": "Chambre de commerce du Delta",
                "signer": "Jean-Marc Dubois",
                "signer_title": "président",
                "date": "2025-12-01",
                "subject": "avis sur le projet de résolution",
                "addressee": "À l'attention de Madame la directrice des finances",
            },
        ),
    ],
)
def test_letters_say_who_sends_them(tmp_path: Path, text: str, expected: dict[str, str]) -> None:
    document = read(tmp_path, text)
    assert document.kind == "letter"
    assert {name: document.field(name) for name in expected} == expected
    for field in document.fields:
        if field.span is not None and field.name not in ("sender", "date"):
            assert document.quote(field.span) == field.value


FORM = """PHIẾU GÓP Ý
Dự thảo Đề án cấp nước sạch
Họ và tên: Lò Thị Én
Chức vụ: Chuyên viên
Đơn vị công tác: Phòng Kinh tế xã Bản Mế
1. Đề nghị bổ sung trạm bơm.
Trân trọng./.
"""
BARE = """Kính gửi: Sở Xây dựng
Sau khi nghiên cứu dự thảo, đề nghị sửa khoản 2.
Trên đây là ý kiến góp ý của Hội Nông dân tỉnh, đề nghị quý Sở tổng hợp./.
"""


@pytest.mark.parametrize(
    "text, sender, signer",
    [(FORM, "Phòng Kinh tế xã Bản Mế", "Lò Thị Én"), (BARE, "Hội Nông dân tỉnh", "")],
)
def test_letters_without_a_letterhead(tmp_path: Path, text: str, sender: str, signer: str) -> None:
    document = read(tmp_path, text)
    assert document.kind == "letter"
    assert (document.field("sender"), document.field("signer")) == (sender, signer)


@pytest.mark.parametrize(
    "line, signer, title",
    [
        ("For the Federation, Rahel Siu, President", "Rahel Siu", "President"),
        ("Pour la Fédération, Lucien Kermarec, président", "Lucien Kermarec", "président"),
        ("Thay mặt Hiệp hội, Nguyễn Hữu Tòng, Chủ tịch", "Nguyễn Hữu Tòng", "Chủ tịch"),
    ],
)
def test_authority_name_and_office_on_one_line(line: str, signer: str, title: str) -> None:
    found = {f.name: f.value for f in _signing.find_signer([Block("d/b1", line, Locator(line=1))])}
    assert found == {"signer": signer, "signer_title": title}


def test_a_sentence_that_opens_like_an_authority_names_no_signer() -> None:
    line = "For the record, Rahel Siu asked twice; nobody answered."
    assert list(_signing.find_signer([Block("d/b1", line, Locator(line=1))])) == []


MINUTES = {
    "vi": """BIÊN BẢN
Họp lấy ý kiến góp ý dự thảo Nghị quyết
1. Thời gian: 8h00 ngày 10/11/2025
2. Địa điểm: Hội trường xã
3. Chủ tọa: Ông Lý A Sang - Chủ tịch UBND xã
4. Thư ký: Bà Vàng Thị Mỷ - Công chức Văn phòng
Ông Phàn A Tỷ: đề nghị làm đường.
Cuộc họp kết thúc vào 11 giờ cùng ngày.
""",
    "en": """MINUTES OF THE MEETING
Time: 8 a.m., 10 November 2025. Venue: commune hall.
Chair: Mr. Ly A Sang, Chairman of the commune. Secretary: Ms. Vang Thi My.
Mr. Phan A Ty: the road should be built first.
The meeting closed at 11 a.m.
""",
    "fr": """PROCÈS-VERBAL DE LA RÉUNION
Date : 10 novembre 2025 à 8 h. Lieu : salle communale.
Président de séance : M. Ly A Sang, maire. Secrétaire : Mme Vang Thi My.
M. Phan A Ty propose de construire la route.
La séance est levée à 11 h.
""",
}


@pytest.mark.parametrize(
    "language, chair, secretary",
    [
        ("vi", "Lý A Sang", "Vàng Thị Mỷ"),
        ("en", "Ly A Sang", "Vang Thi My"),
        ("fr", "Ly A Sang", "Vang Thi My"),
    ],
)
def test_minutes_say_who_presided(tmp_path: Path, language: str, chair: str, secretary: str) -> None:
    document = read(tmp_path, MINUTES[language])
    assert (document.kind, document.language) == ("minutes", language)
    assert (document.field("chair"), document.field("secretary")) == (chair, secretary)
    assert document.field("date") == "2025-11-10"
    assert document.field("place") and document.field("time")


@pytest.mark.parametrize(
    "text, kind",
    [
        (
            "RESOLUTION\n(First draft)\nPursuant to the Law on Water;\nArticle 1. Scope\nText.\nArticle 2. Aims\nText.",
            "draft",
        ),
        ("ĐỀ ÁN\nCăn cứ Luật Giá;\nPhần I. MỞ ĐẦU\nChữ.\nPhần II. MỤC TIÊU\nChữ.", "draft"),
        ("Ghi nhanh tổ 2\nanh Páo: thiếu nước\nchị Mai: đường xa", "notes"),
        ("The harvest was good this year.\nPrices rose.\nSource: https://example.org/a\nComment (0)", "background"),
        ("Delegates gave opinions on the draft Scheme.\nThe workshop was held in Hanoi.\nComment (3)", "news"),
        ("Rain fell on the hills.", "background"),
        ("Ông Tỷ: đề nghị sửa điểm a.", "notes"),
    ],
)
def test_other_kinds(tmp_path: Path, text: str, kind: str) -> None:
    assert read(tmp_path, text).kind == kind


def test_the_user_decides_the_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(LETTER_EN, encoding="utf-8")
    assert documents.read(path, kind="notes").kind == "notes"


def test_residue_of_web_pages_is_navigation(tmp_path: Path) -> None:
    document = read(tmp_path, "Một tin.\nSource: https://example.org/a\nComment (0)\nNguồn vốn: ngân sách tỉnh.\n")
    assert [b.kind for b in document.blocks] == ["paragraph", "navigation", "navigation", "paragraph"]


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "CONFIDENTIEL", "Độ MẬT"])
def test_marks_of_confidentiality_are_said(tmp_path: Path, mark: str) -> None:
    assert [n.code for n in read(tmp_path, f"{mark}\nBáo cáo.\n").notices] == ["confidential"]


@pytest.mark.parametrize(
    "words", ["Nuôi ong lấy mật.", "bảo mật", "Bí mật nhà nước", "Confidential data must be kept."]
)
def test_the_word_in_a_sentence_is_no_mark(tmp_path: Path, words: str) -> None:
    assert not read(tmp_path, words).notices


@pytest.mark.parametrize(
    "stamp",
    ["MẬT", "Tuyệt mật", "HOẢ TỐC", "Độ mật: TỐI MẬT", "MẬT - KHẨN", "(CONFIDENTIEL)", "TRÈS URGENT", "CONFIDENTIAL"],
)
def test_a_stamp_over_the_letterhead_sends_no_letter(tmp_path: Path, stamp: str) -> None:
    head = "UBND TỈNH X\nSỞ TÀI CHÍNH\nSố: 12/STC\nKính gửi: Sở Giáo dục và Đào tạo\nĐề nghị bổ sung kinh phí.\n"
    for text in (f"{stamp}\n{head}", head.replace("\nSố", f"\n{stamp}\nSố")):
        found = {f.name: f.value.casefold() for f in read(tmp_path, text).fields}
        assert (found["sender"], found["superior"]) == ("sở tài chính", "ubnd tỉnh x")


def test_a_body_whose_name_holds_the_word_of_a_stamp_is_none(tmp_path: Path) -> None:
    text = "HỘI NUÔI ONG LẤY MẬT XÃ X\nKính gửi: Sở Giáo dục và Đào tạo\nĐề nghị bổ sung kinh phí.\n"
    assert "mật" in {f.name: f.value for f in read(tmp_path, text).fields}["sender"].casefold()


TCVN3 = "§Ò ¸n n©ng cao chÊt l\xadîng gi¸o dôc vµ ®µo t¹o"
VNI = "Ñeà aùn naâng cao chaát löôïng giaùo duïc vaø ñaøo taïo"
UNICODE = "Đề án nâng cao chất lượng giáo dục và đào tạo"


@pytest.mark.parametrize("text", [TCVN3, VNI])
def test_old_vietnamese_encodings_are_converted_and_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cũ.txt"
    path.write_bytes((text + "\n" + text).encode("latin-1"))
    document = documents.read(path)
    assert [b.text for b in document.blocks] == [UNICODE, UNICODE]
    assert [n.code for n in document.notices] == ["encoding_guessed"]


@pytest.mark.parametrize(
    "text",
    [UNICODE, "Où est passée l'idée ? Déjà vu, çà et là.", "Københavns børn på øen får æbler.", "© 2025 «A» 5µm"],
)
def test_unicode_text_is_left_alone(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).blocks[0].text == text


def test_text_that_was_misread_is_repaired(tmp_path: Path) -> None:
    garbled = UNICODE.encode("utf-8").decode("latin-1")
    path = tmp_path / "lỗi.txt"
    path.write_text(garbled, encoding="utf-8")
    document = documents.read(path)
    assert document.blocks[0].text == UNICODE
    assert "mojibake_repaired" in [n.code for n in document.notices]


LETTER_OF_A_FUND = """LAKE DEVELOPMENT FUND
Forests and Rivers Department
5 May 2026
Dear Mr. Lam,
Thank you for sharing the draft. The target should be lowered.
Yours sincerely,
Ann Field
Practice Lead, Rural Roads
"""


def test_a_fund_in_capitals_sends_the_letter_and_the_name_above_the_office_signs_it(tmp_path: Path) -> None:
    document = read(tmp_path, LETTER_OF_A_FUND)
    found = [document.field(name) for name in ("sender", "signer", "signer_title")]
    assert found == ["Lake Development Fund", "Ann Field", "Practice Lead, Rural Roads"]


def test_a_department_writes_in_its_own_name_below_a_committee(tmp_path: Path) -> None:
    text = LETTER_OF_A_FUND.replace("LAKE DEVELOPMENT FUND", "PEOPLE'S COMMITTEE OF BAC HA")
    assert read(tmp_path, text).field("sender") == "Forests and Rivers Department"


@pytest.mark.parametrize(
    "text",
    [
        "THƯ CỦA BÀ CON THÔN ĐÔNG\nKính gửi: Sở Xây dựng\nBà con đề nghị làm cầu mới.\nTrần Văn Tám\n",
        "LETTER FROM THE EAST BANK\nTo: Department of Construction\nSubject: a bridge\nDear Sirs,\nBuild it.\n",
    ],
)
def test_the_title_of_a_letter_sends_nothing(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).field("sender") == ""


@pytest.mark.parametrize(
    "text",
    [
        "Lecture du dossier\nProjet de résolution sur les forêts\nJ’ai lu les deux textes. Les primes sont faibles ; "
        "je suggère de les doubler.\nLes gardes manquent de radios.\n",
        "Đề án phát triển rừng\nTôi thấy mức khoán còn thấp, đề nghị nâng lên.\nTheo tôi cần thêm chòi canh lửa.\n",
        "Draft project on forests\nI have read the text with interest. I suggest a map in the annex.\n",
    ],
)
def test_who_speaks_for_himself_writes_no_draft(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).kind == "notes"


def test_a_paper_with_a_reviewer_is_no_news(tmp_path: Path) -> None:
    path = tmp_path / "review.html"
    path.write_text(
        "<html><body><h1>Independent review of the draft Project</h1><p><b>Reviewer:</b> Ann Field, Hill Agency</p>"
        "<h2>Targets</h2><ul><li>The draft resolution should set a target for girls.</li></ul></body></html>",
        encoding="utf-8",
    )
    assert documents.read(path).kind == "notes"


APPRAISAL_VI = """UBND TỈNH CAO NGÀN
SỞ TƯ PHÁP
Số: 912/BC-STP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Cao Ngàn, ngày 09 tháng 3 năm 2026

{title}
Dự thảo Nghị quyết của Hội đồng nhân dân tỉnh về bến khách ngang sông

I. SỰ CẦN THIẾT
Sở Tư pháp thống nhất với sự cần thiết ban hành Nghị quyết.
II. TÍNH HỢP PHÁP
1. Điều 9 ghi hiệu lực kể từ ngày ký là trái luật.
GIÁM ĐỐC
Tăng Thị Bảo
"""


@pytest.mark.parametrize("title", ["BÁO CÁO THẨM ĐỊNH", "BÁO CÁO\nKết quả thẩm tra", "Ý KIẾN THẨM ĐỊNH"])
def test_an_appraisal_is_a_letter_of_the_body_that_signs(tmp_path: Path, title: str) -> None:
    document = read(tmp_path, APPRAISAL_VI.format(title=title))
    assert document.kind == "letter"
    assert (document.field("sender"), document.field("signer")) == ("Sở Tư pháp", "Tăng Thị Bảo")


def test_a_draft_submitted_for_appraisal_stays_a_draft(tmp_path: Path) -> None:
    text = "DỰ THẢO\nNGHỊ QUYẾT\nVề bến khách ngang sông\nCăn cứ Luật Giao thông;\nXét báo cáo thẩm tra của Ban;\n"
    assert read(tmp_path, text + "Điều 1. Phạm vi\nĐiều 2. Hiệu lực\nĐiều 3. Tổ chức thực hiện\n").kind == "draft"


def test_a_legal_note_in_english_names_its_writers_body(tmp_path: Path) -> None:
    text = (
        "MEKONG RIPARIAN LAW CLINIC\nLEGAL REVIEW OF THE DRAFT RESOLUTION ON FLOATING HOUSES\nCan Tho, 4 May 2026\n\n"
        "1. Legal basis\nThe draft refers to a law that was repealed.\n\nNgozi Adler-Whitcombe\nDirector\n"
    )
    document = read(tmp_path, text)
    assert (document.kind, document.field("sender")) == ("letter", "Mekong Riparian Law Clinic")
