"""Structure: which lines open provisions, how these are called, what is left outside."""

from __future__ import annotations

import pytest
from making import document, draft, labels

from feedback_synth.drafts import parse


def test_party_resolution() -> None:
    made = draft(
        "NGHỊ QUYẾT",
        "về phát triển nông thôn giai đoạn 2026 - 2030",
        "(Dự thảo lần 1)",
        "- Căn cứ Điều lệ Đảng;",
        "Ban Chấp hành ban hành Nghị quyết như sau:",
        "I- TÌNH HÌNH",
        "1. Kết quả. Đã có chuyển biến.",
        "II- MỤC TIÊU",
        "1. Mục tiêu cụ thể",
        "a) Mở 5 lớp.",
        "b) Xây 3 cầu.",
        "c) Trồng rừng.",
        "d) Nuôi cá.",
        "đ) Làm đường.",
        "e) Dạy nghề.",
        "Nghị quyết này phổ biến đến chi bộ.",
        [["Nơi nhận:\n- Như trên", "T/M BAN CHẤP HÀNH"]],
    )
    assert labels(made) == ["Căn cứ", "I", "I mục 1", "II", "II mục 1"] + [f"II mục 1 điểm {x}" for x in "abcdđe"]
    assert made.by_id["part_II/sec_1/pt_đ"].text == "Làm đường."
    assert "phổ biến" in made.by_id["part_II"].text
    assert made.provisions[0].heading == "NGHỊ QUYẾT về phát triển nông thôn giai đoạn 2026 - 2030"
    assert made.notices == ()


def test_project_with_parts_and_decimals() -> None:
    made = draft(
        "ĐỀ ÁN",
        "PHẦN THỨ NHẤT",
        "THỰC TRẠNG",
        "1. Kết quả",
        "2. Hạn chế",
        "PHẦN II. NHIỆM VỤ",
        "3. Mạng lưới trường lớp",
        "3.1. Sắp xếp",
        "a) Xóa điểm trường lẻ.",
        "3.2. Cơ sở vật chất",
        "a) Xây phòng học.",
        "- phòng bộ môn;",
        "- phòng máy.",
    )
    assert labels(made)[:4] == ["Phần thứ nhất", "Phần thứ nhất mục 1", "Phần thứ nhất mục 2", "Phần II"], (
        "as the draft writes"
    )
    assert made.by_id["part_II/sec_3"].label == "Phần II mục 3"
    assert "Phần II mục 3.2 điểm a" in labels(made)
    assert labels(made)[-1] == "Phần II mục 3.2 điểm a gạch đầu dòng 2"
    assert made.provisions[0].heading == "THỰC TRẠNG"


def test_articles_in_chapters() -> None:
    made = draft(
        "Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;",
        "Chương I",
        "QUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi điều chỉnh",
        "Nghị định này quy định về công tác văn thư theo",
        "Điều 15 Luật Đất đai và các luật khác.",
        "Điều 2. Đối tượng",
        "1. Cơ quan.",
        "a) Bộ;",
        "2. Tổ chức.",
        "Điều 2a: Ngoại lệ",
        "Mục 1",
        "THỂ THỨC",
        "Điều 3. Thể thức",
        "Nội dung.",
        "TM. CHÍNH PHỦ",
        "Nguyễn Văn A",
        "Phụ lục I",
        "MẪU",
        "Điều 1. Mẫu đơn",
    )
    assert labels(made) == [
        "Căn cứ",
        "Chương I",
        "Điều 1",
        "Điều 2",
        "Điều 2 khoản 1",
        "Điều 2 khoản 1 điểm a",
        "Điều 2 khoản 2",
        "Điều 2a",
        "Chương I mục 1",
        "Điều 3",
        "Phụ lục I",
        "Phụ lục I Điều 1",
    ]
    assert made.by_id["art_1"].heading == "Phạm vi điều chỉnh"
    assert made.by_id["art_1"].text.endswith("Điều 15 Luật Đất đai và các luật khác.")
    assert made.by_id["art_3"].parent_id == "ch_I/sec_1"
    assert not any("Nguyễn Văn A" in p.text for p in made.provisions)


def test_quoted_articles_stay_inside_the_amending_article() -> None:
    made = draft(
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Giáo dục",
        "1. Sửa đổi Điều 5 như sau:",
        "“Điều 5. Mục tiêu",
        "1. Mục tiêu mới.",
        "2. Mục tiêu khác.”",
        "2. Bãi bỏ Điều 7.",
        "Điều 2. Hiệu lực",
    )
    assert labels(made) == ["Điều 1", "Điều 1 khoản 1", "Điều 1 khoản 2", "Điều 2"]
    assert "Mục tiêu khác" in made.by_id["art_1/cl_1"].text


def test_french_articles() -> None:
    made = draft(
        "Vu la loi n° 74/2014/QH13 ;",
        "TITRE Ier",
        "DISPOSITIONS GÉNÉRALES",
        "Article premier. Objet",
        "1. Le présent projet fixe les objectifs :",
        "a) former ;",
        "b) insérer.",
        "Article 2 bis",
        "Le premier paragraphe est ici.",
        "Le second paragraphe est là.",
        "Art. L. 111-1. – Les centres sont publics.",
        "Article 4",
        "I. – Les crédits sont répartis :",
        "1° par le comité ;",
        "2° par le service.",
        "II. – Un bilan est dressé.",
        language="fr",
    )
    assert labels(made) == [
        "Visas",
        "Titre I",
        "Article 1",
        "Article 1 alinéa 1",
        "Article 1 alinéa 1 point a",
        "Article 1 alinéa 1 point b",
        "Article 2 bis",
        "Article 2 bis alinéa 1",
        "Article 2 bis alinéa 2",
        "Article L. 111-1",
        "Article 4",
        "Article 4 I",
        "Article 4 I 1°",
        "Article 4 I 2°",
        "Article 4 II",
    ]


def test_english_automatic_numbers_and_nested_brackets() -> None:
    made = draft(
        "Article 1. Scope",
        ("1.", "This Resolution sets out:"),
        ("a)", "the aims;"),
        ("(i)", "first;"),
        ("(ii)", "second;"),
        ("b)", "the funds."),
        ("2.", "It applies to schools."),
        language="en",
    )
    assert labels(made) == [
        "Article 1",
        "Article 1 clause 1",
        "Article 1 clause 1 point a",
        "Article 1 clause 1 point a subpoint i".replace("subpoint", "sub-point"),
        "Article 1 clause 1 point a sub-point ii",
        "Article 1 clause 1 point b",
        "Article 1 clause 2",
    ]
    assert made.by_id["art_1/cl_1/pt_a"].text == "the aims;"


def test_sections_of_a_bill_are_its_articles() -> None:
    made = draft(
        "PART I",
        "PRELIMINARY",
        "Sec. 1. Short title",
        "This Act may be cited as the Training Act.",
        "Sec. 2. Definitions",
        "(a) In this Act—",
        "(1) centre means a centre;",
        "(2) learner means a learner.",
        "(b) Other words keep their sense.",
        language="en",
    )
    assert labels(made)[1:4] == ["Section 1", "Section 2", "Section 2 point a"]
    assert made.by_id["art_2"].level == "article"


def test_table_rows_have_names_and_headed_cells() -> None:
    made = draft(
        "Phần I. MỤC TIÊU",
        "1. Chỉ tiêu",
        "Biểu 01. Các chỉ tiêu",
        [
            ["TT", "Chỉ tiêu", "Đơn vị", "Năm 2030"],
            ["1", "Tỷ lệ đường bê tông", "%", "80"],
            ["2", "Số cầu mới", "cầu", "12"],
        ],
    )
    assert [r.name for r in made.rows] == ["Tỷ lệ đường bê tông", "Số cầu mới"]
    assert made.rows[1].cells[3] == ("Năm 2030", "12")
    assert made.rows[0].provision_id == "part_I/sec_1"


def test_gaps_and_doubles_are_notices() -> None:
    made = draft("Điều 1. Một", "Nội dung.", "Điều 3. Ba", "1. Đầu.", "1. Đầu nữa.", "Điều 3. Lại ba")
    codes = [(n.code, dict(n.values)["label"]) for n in made.notices]
    assert ("numbering_gap", "Điều 3") in codes
    assert [c for c, _ in codes].count("numbering_double") == 2
    assert len({p.id for p in made.provisions}) == len(made.provisions)


def test_a_text_without_structure_falls_back_to_paragraphs() -> None:
    made = draft("Chỉ là một đoạn văn.", "Và một đoạn nữa.")
    assert labels(made) == ["Đoạn 1", "Đoạn 2"]
    assert [n.code for n in made.notices] == ["draft_without_structure"]


@pytest.mark.parametrize("language", ["vi", "fr", "en"])
def test_an_empty_document(language: str) -> None:
    made = parse(document(language=language), "project")
    assert made.provisions == ()


def test_spans_quote_the_document() -> None:
    source = document("Điều 1. Phạm vi", "1. Áp dụng cho trường học.", ("2.", "Không áp dụng cho trường tư."))
    made = parse(source, "resolution")
    for provision in made.provisions:
        quoted = "\n".join(source.quote(span) for span in provision.spans)
        assert quoted == "\n".join(x for x in (provision.heading, provision.text) if x)


def test_citations_of_bases_and_articles() -> None:
    made = draft(
        "Căn cứ Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị;",
        "Điều 1. Phạm vi",
        "Thực hiện theo Luật Giáo dục số 43/2019/QH14.",
    )
    assert [(c.key, c.date, c.owner_id) for c in made.citations] == [
        ("57-NQ/TW", "2024-12-22", "pre"),
        ("43/2019/QH14", "", "art_1"),
    ]


def test_british_and_american_acts() -> None:
    british = draft(
        "PART 1",
        "INTRODUCTION",
        "1 Overview",
        "(1) This Act makes provision about training.",
        "2 Meaning of “centre”",
        "(1) In this Act a centre is a place.",
        "(2) It includes—",
        "(a) a school, and",
        "(b) a college.",
        "3 Registration",
        "(1) A centre must be registered.",
        language="en",
    )
    assert labels(british)[:4] == ["Part 1", "Section 1", "Section 1 clause 1", "Section 2"]
    assert "Section 2 clause 2 point b" in labels(british)
    american = draft(
        "SECTION 1. SHORT TITLE.",
        "This Act may be cited as the “Training Act”.",
        "SEC. 2. DEFINITIONS.",
        "(a) IN GENERAL.—In this Act:",
        "(1) CENTER.—The term “center” means—",
        "(A) a school; or",
        "(B) a college that is—",
        "(i) public; and",
        "(ii) free.",
        "(b) RULE.—Nothing here limits a State.",
        language="en",
    )
    assert [p.id for p in american.provisions] == [
        "art_1",
        "art_2",
        "art_2/pt_a",
        "art_2/pt_a/sp_1",
        "art_2/pt_a/sp_1/in_A",
        "art_2/pt_a/sp_1/in_B",
        "art_2/pt_a/sp_1/in_B/in_i",
        "art_2/pt_a/sp_1/in_B/in_ii",
        "art_2/pt_b",
    ]
    assert american.by_id["art_1"].heading == "SHORT TITLE."


def test_a_regulation_with_headings_on_the_next_line() -> None:
    made = draft(
        "Having regard to the Treaty,",
        "(1) Training is important.",
        "CHAPTER I",
        "GENERAL PROVISIONS",
        "Article 1",
        "Subject matter",
        "1. This Regulation applies to Member States referred to in",
        "Article 5 of the Treaty.",
        "Article 2",
        "Definitions",
        "(1) ‘trainer’ means a person.",
        "ANNEX I",
        "List of trades",
        "1. Carpentry",
        language="en",
    )
    assert labels(made) == [
        "Legal bases",
        "Chapter I",
        "Article 1",
        "Article 1 clause 1",
        "Article 2",
        "Article 2 clause 1",
        "Annex I",
        "Annex I section 1",
    ]
    assert made.by_id["art_1"].heading == "Subject matter"


def test_a_closing_sentence_belongs_to_no_item() -> None:
    made = draft(
        "Điều 1. Tổ chức thực hiện",
        "1. Giao Ủy ban nhân dân tỉnh.",
        "2. Giao Thường trực Hội đồng nhân dân.",
        "Nghị quyết này có hiệu lực từ ngày ký.",
        "Nơi nhận:",
        "- Như trên;",
    )
    assert made.by_id["art_1/cl_2"].text == "Giao Thường trực Hội đồng nhân dân."
    assert made.by_id["art_1"].text == "Nghị quyết này có hiệu lực từ ngày ký."


def test_articles_numbered_anew_in_each_chapter_name_their_chapter() -> None:
    made = draft("Chương I", "CHUNG", "Điều 1. Một", "Chương II", "RIÊNG", "Điều 1. Hai")
    assert labels(made) == ["Chương I", "Chương I Điều 1", "Chương II", "Chương II Điều 1"]


def test_bullets_of_two_depths() -> None:
    made = draft("Điều 1. Việc", "1. Gồm:", "- Mầm non:", "+ Trẻ nhỏ;", "+ Mẫu giáo;", "- Phổ thông.")
    assert labels(made)[2:] == [
        "Điều 1 khoản 1 gạch đầu dòng 1",
        "Điều 1 khoản 1 gạch đầu dòng 1.1",
        "Điều 1 khoản 1 gạch đầu dòng 1.2",
        "Điều 1 khoản 1 gạch đầu dòng 2",
    ]


def test_a_table_of_contents_and_a_closing_title_hold_no_provisions() -> None:
    made = draft(
        "ĐỀ ÁN",
        "MỤC LỤC",
        "Phần I. THỰC TRẠNG 3",
        "1. Kết quả 4",
        "Phần II. MỤC TIÊU 9",
        "MỞ ĐẦU",
        "Đề án này cần thiết.",
        "Phần I. THỰC TRẠNG",
        "1. Kết quả",
        "a) Đã tốt.",
        "KẾT LUẬN",
        "Đề án sẽ thành công.",
    )
    assert labels(made) == ["Căn cứ", "Phần I", "Phần I mục 1", "Phần I mục 1 điểm a"]
    assert made.by_id["part_I/sec_1/pt_a"].text == "Đã tốt."
    assert "thành công" in made.by_id["part_I"].text


def test_quotations_end_where_they_end() -> None:
    made = draft(
        "Article 1er",
        "I. – Le code est ainsi modifié :",
        "1° L'article L. 1 est ainsi rédigé :",
        "« Art. L. 1. – La région :",
        "« 1° Finance ;",
        "« 2° Contrôle. » ;",
        "2° L'article L. 2 est abrogé.",
        "II. – Le présent article est applicable.",
        language="fr",
    )
    assert labels(made) == ["Article 1", "Article 1 I", "Article 1 I 1°", "Article 1 I 2°", "Article 1 II"]
    left_open = draft("Điều 1. Sửa đổi", "1. Sửa như sau:", "“Điều 5. Mục tiêu", "2. Bãi bỏ Điều 7.")
    assert "Điều 1 khoản 2" in labels(left_open)


def test_words_that_only_look_like_signatures() -> None:
    made = draft(
        "Article 1. Grants",
        "Recipients of grants report every year.",
        "Signed copies are kept.",
        "Recipients:",
        "- All.",
        language="en",
    )
    assert made.by_id["art_1"].text == "Recipients of grants report every year.\nSigned copies are kept."


def test_bare_automatic_numbers() -> None:
    made = draft("Điều 1. Việc", ("1", "Một."), ("2", "Hai."))
    assert labels(made) == ["Điều 1", "Điều 1 khoản 1", "Điều 1 khoản 2"]


@pytest.mark.parametrize("signed", [True, False])
def test_a_regulation_issued_with_a_resolution(signed: bool) -> None:
    signature = ("TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn A") if signed else ()
    made = draft(
        "Điều 1. Ban hành kèm theo Nghị quyết này Quy định về hỗ trợ học phí.",
        "Điều 2. Nghị quyết này có hiệu lực từ ngày ký.",
        *signature,
        "QUY ĐỊNH",
        "Về hỗ trợ học phí",
        "(Ban hành kèm theo Nghị quyết số 12/2026/NQ-HĐND)",
        "Chương I",
        "QUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi điều chỉnh",
        "Quy định mức hỗ trợ.",
        "Điều 2. Mức hỗ trợ",
        "1. Hỗ trợ 50% học phí.",
    )
    assert labels(made) == [
        "Điều 1",
        "Điều 2",
        "Quy định",
        "Quy định Chương I",
        "Quy định Điều 1",
        "Quy định Điều 2",
        "Quy định Điều 2 khoản 1",
    ]
    assert made.by_id["art_2"].text == "Nghị quyết này có hiệu lực từ ngày ký."
    assert made.by_id["anx"].heading == "Về hỗ trợ học phí"
    assert made.notices == ()


def test_a_decision_that_approves_a_project_in_its_first_article() -> None:
    made = draft(
        "Điều 1. Phê duyệt Đề án với các nội dung chính sau:",
        "I. MỤC TIÊU",
        "1. Mục tiêu chung: Nâng cao chất lượng.",
        "2. Mục tiêu cụ thể",
        "a) Có 5 trường.",
        "II. NHIỆM VỤ",
        "1. Xây dựng trường.",
        "Điều 2. Quyết định này có hiệu lực từ ngày ký.",
    )
    assert labels(made) == [
        "Điều 1",
        "Điều 1 mục I",
        "Điều 1 mục I khoản 1",
        "Điều 1 mục I khoản 2",
        "Điều 1 mục I khoản 2 điểm a",
        "Điều 1 mục II",
        "Điều 1 mục II khoản 1",
        "Điều 2",
    ]


def test_headings_of_a_french_code() -> None:
    made = draft(
        "Titre préliminaire : De la publication des lois",
        "Article 1",
        "Les lois entrent en vigueur à la date qu'elles fixent.",
        "Livre Ier : Des personnes",
        "Titre Ier bis : De la nationalité",
        "Chapitre unique",
        "Paragraphe 2 : Des dispositions communes",
        "Article 17-1",
        "Les lois nouvelles s'appliquent.",
        "Elles règlent aussi les effets passés.",
        "Article 17-2 (abrogé)",
        language="fr",
    )
    assert labels(made) == [
        "Titre préliminaire",
        "Article 1",
        "Livre I",
        "Livre I Titre I bis",
        "Livre I Titre I bis Chapitre unique",
        "Livre I Titre I bis Chapitre unique paragraphe 2",
        "Article 17-1",
        "Article 17-1 alinéa 1",
        "Article 17-1 alinéa 2",
        "Article 17-2",
    ]


def test_sections_by_sign() -> None:
    made = draft(
        "CHAPTER 1—GENERAL",
        "§ 101. Definitions",
        "In this title.",
        "§ 102 Rules of construction",
        "(a) In this title.",
        language="en",
    )
    assert labels(made) == ["Chapter 1", "§ 101", "§ 102", "§ 102 point a"]


def test_a_table_that_only_frames_the_text() -> None:
    cell = "Điều 1. Phạm vi\n1. Áp dụng cho trường học.\nĐiều 2. Hiệu lực\nTừ ngày ký."
    assert labels(draft([[cell]])) == ["Điều 1", "Điều 1 khoản 1", "Điều 2"]


def test_roman_items_inside_a_part() -> None:
    made = draft("PHẦN THỨ HAI", "MỤC TIÊU", "I. CHUNG", "1. Đến năm 2030", "1.1. Về trường", "a) Xây trường.")
    assert labels(made) == [
        "Phần thứ hai",
        "Phần thứ hai I",
        "Phần thứ hai I mục 1",
        "Phần thứ hai I mục 1.1",
        "Phần thứ hai I mục 1.1 điểm a",
    ]


def test_sections_numbered_within_a_part() -> None:
    made = draft("PART I. SITUATION", "Section 1.1. Results", "(a) Schools.", "Section 1.2. Limits", language="en")
    assert labels(made) == ["Part I", "Part I section 1.1", "Part I section 1.1 point a", "Part I section 1.2"]
