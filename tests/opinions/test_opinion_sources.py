"""Each kind of source with its habits: sections, speakers, tables, comments, reports, chats, mail threads."""

from __future__ import annotations

from feedback_synth.datamodel.document import Annotation, Block, Cell, ColumnRole, Document, Field, Locator, SourceKind
from feedback_synth.datamodel.opinion import Author, Edit, Extraction
from feedback_synth.opinions import extract


def lines(kind: SourceKind, language: str, text: str, **fields: str) -> Extraction:
    blocks = tuple(
        Block(f"d/b{n}", line.strip(), Locator(line=n))
        for n, line in enumerate(text.strip().splitlines(), 1)
        if line.strip()
    )
    facts = tuple(Field(name, value) for name, value in fields.items())
    return extract(Document("d", "d.txt", "0" * 64, kind, language, blocks, facts))


def roles(found: Extraction) -> list[str]:
    return [p.role for p in found.passages]


MINUTES = """
BIÊN BẢN HỘI NGHỊ GÓP Ý
Thời gian: 8 giờ 00 ngày 12/3/2026
I. THÀNH PHẦN
Chủ trì: đồng chí Bàn Văn Sơn, Phó Chủ tịch UBND tỉnh
II. BÁO CÁO TÓM TẮT DỰ THẢO
Đại diện Sở Xây dựng cho biết dự thảo cần bố trí 300 tỷ đồng cho đường nông thôn.
III. Ý KIẾN THẢO LUẬN
1. Ông Đặng Quốc Khánh - Giám đốc Sở Tài chính:
Tôi đánh giá cao dự thảo. Đề nghị làm rõ nguồn vốn đối ứng; bổ sung phụ lục chi tiết từng tuyến.
2. Điểm cầu xã Trà Linh:
Bà Nông Thị Lan, Chủ tịch UBND xã: Đường vào bốn xóm bị sạt lở, ô tô không vào được.
Điểm cầu xã Đức Hồng: nhất trí với dự thảo.
3. Bà Hà Thị Mến, Hội LHPN tỉnh: Tôi đồng tình với ý kiến của ông Khánh.
IV. GIẢI TRÌNH CỦA CƠ QUAN SOẠN THẢO
Sở Xây dựng xin tiếp thu, cần rà soát thêm nguồn vốn.
V. KẾT LUẬN
Đồng chí Bàn Văn Sơn cảm ơn các đại biểu.
- Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính hoàn thiện dự thảo trước ngày 25/3/2026.
- Các xã gửi danh mục tuyến đường trong tháng 4.
Hội nghị kết thúc lúc 11 giờ 30 phút.
"""


def test_minutes_by_section_and_speaker() -> None:
    found = lines("minutes", "vi", MINUTES, date="2026-03-12")
    assert [(o.author.name, o.author.organization, o.text) for o in found.opinions] == [
        ("Đặng Quốc Khánh", "Sở Tài chính", "Đề nghị làm rõ nguồn vốn đối ứng"),
        ("Đặng Quốc Khánh", "Sở Tài chính", "bổ sung phụ lục chi tiết từng tuyến."),
        ("Nông Thị Lan", "UBND xã Trà Linh", "Đường vào bốn xóm bị sạt lở, ô tô không vào được."),
    ]
    assert [a.author.organization for a in found.agreements] == ["UBND xã Đức Hồng", "Hội Liên hiệp Phụ nữ tỉnh"]


def test_siding_names_the_opinions_it_supports() -> None:
    found = lines("minutes", "vi", MINUTES)
    assert found.agreements[1].supports == tuple(o.id for o in found.opinions[:2])


def test_directives_have_addressee_partners_and_day() -> None:
    found = lines("minutes", "vi", MINUTES, date="2026-03-12")
    assert [(d.addressee, d.partners, d.deadline) for d in found.directives] == [
        ("Sở Xây dựng", "Sở Tài chính", "2026-03-25"),
        ("Các xã", "", "2026-04-30"),
    ]


def test_summary_and_answer_are_no_opinions() -> None:
    found = lines("minutes", "vi", MINUTES)
    assert {"attendance", "draft_summary", "drafter_answer", "opinion", "agreement", "directive"} <= set(roles(found))
    assert not any("300 tỷ" in o.text or "xin tiếp thu" in o.text for o in found.opinions)


def test_minutes_without_headings() -> None:
    found = lines(
        "minutes",
        "en",
        """
        Minutes of the hearing
        Present: 40 villagers
        The commune presented the draft, which must be finished in May.
        Mr. Lo Van Pan (Muong Lum commune): The bridge should be rebuilt first.
        Ms. Ha Thi Be, Women's Union, proposed that street lights be added.
        The drafting team replied that lights would be costed.
        Conclusion
        The Department of Construction shall revise the list by 31 March 2026.
        """,
        date="2026-03-01",
    )
    assert [(o.author.name, o.text) for o in found.opinions] == [
        ("Lo Van Pan", "The bridge should be rebuilt first."),
        ("Ha Thi Be", "street lights be added."),
    ]
    assert [(d.addressee, d.deadline) for d in found.directives] == [("Department of Construction", "2026-03-31")]


def test_letter_frame_is_procedure() -> None:
    found = lines(
        "letter",
        "vi",
        """
        Số: 45/SYT-KH
        Kính gửi: Sở Tài chính
        Phúc đáp Công văn số 12/STC-NS, Sở Y tế có ý kiến như sau:
        1. Cơ bản nhất trí với nội dung dự thảo.
        2. Một số nội dung cần chỉnh sửa:
        a) Tại khoản 3 Điều 2: đề nghị bổ sung cụm từ "trạm y tế" sau cụm từ "bệnh viện".
        Trên đây là ý kiến của Sở Y tế, đề nghị Sở Tài chính tổng hợp./.
        KT. GIÁM ĐỐC
        Lê Thị Hòa
        """,
        sender="Sở Y tế",
        signer="Lê Thị Hòa",
    )
    opinion = found.opinions[0]
    assert len(found.opinions) == 1
    assert opinion.author == Author("Lê Thị Hòa", "", "Sở Y tế")
    assert opinion.places[0] == "Tại khoản 3 Điều 2"
    assert opinion.edits == (Edit("insert", "bệnh viện", "trạm y tế"),)
    assert [a.text for a in found.agreements] == ["Cơ bản nhất trí với nội dung dự thảo."]


def test_thread_of_messages_has_an_author_each() -> None:
    found = lines(
        "letter",
        "en",
        """
        From: Ada Brook <ada@fund.example>
        Subject: comments
        Dear colleagues,
        The baseline is missing; please add it.
        Best,
        Ada
        River Fund
        From: Tom Reed <tom@fund.example>
        Hi all,
        Article 4 should be deleted.
        Tom
        """,
    )
    assert [(o.author.name, o.author.organization) for o in found.opinions] == [
        ("Ada Brook", "River Fund"),
        ("Tom Reed", "River Fund"),
    ]


def cell(n: int, row: int, column: int, role: ColumnRole, text: str, span: int = 1, *, header: bool = False) -> Block:
    return Block(f"d/b{n}", text, Locator(row=row), "cell", cell=Cell(1, row, column, span, 1, header, role))


def test_table_fills_down_and_reads_provisions() -> None:
    blocks = (
        cell(1, 1, 1, "organization", "Đơn vị", header=True),
        cell(2, 1, 2, "provision", "Điều khoản", header=True),
        cell(3, 1, 3, "opinion", "Nội dung góp ý", header=True),
        cell(4, 2, 1, "organization", "UBND xã Bản Bo", 2),
        cell(5, 2, 2, "provision", "Điều 4 khoản 1"),
        cell(6, 2, 3, "opinion", "- Nâng mức hỗ trợ lên 2 triệu đồng\n- Quy định rõ thời gian chi trả"),
        cell(7, 3, 3, "opinion", "Xã chưa có nhà văn hóa"),
        cell(8, 4, 1, "organization", "Ông Tao Văn Ín, Trưởng bản Hua Nà"),
        cell(9, 4, 3, "opinion", "Nhất trí"),
        cell(10, 5, 1, "organization", "Sở Nội vụ"),
        cell(11, 5, 3, "opinion", "N/A"),
    )
    found = extract(Document("d", "t.xlsx", "0" * 64, "table", "vi", blocks))
    assert [(o.author.organization, o.places, o.text) for o in found.opinions] == [
        ("UBND xã Bản Bo", ("Điều 4 khoản 1",), "Nâng mức hỗ trợ lên 2 triệu đồng"),
        ("UBND xã Bản Bo", ("Điều 4 khoản 1",), "Quy định rõ thời gian chi trả"),
        ("UBND xã Bản Bo", (), "Xã chưa có nhà văn hóa"),
    ]
    assert [a.author.name for a in found.agreements] == ["Tao Văn Ín"]


def test_only_annotations_of_a_draft_speak() -> None:
    blocks = (
        Block("d/b1", "Điều 1. Phải bổ sung 30 trạm", Locator()),
        Block("d/b2", "Ghi rõ địa điểm.", Locator(), "comment", annotation=Annotation("Hà Văn Tư (Sở Tư pháp)")),
        Block("d/b3", "Đồng ý.", Locator(), "comment", annotation=Annotation("Mai Lan")),
        Block("d/b4", "20", Locator(), "deletion", annotation=Annotation("Mai Lan", replaced_by="d/b5")),
        Block("d/b5", "30", Locator(), "insertion", annotation=Annotation("Mai Lan", deleted="20")),
        Block("d/b6", "từng bước", Locator(), "deletion", annotation=Annotation("Mai Lan")),
    )
    found = extract(Document("d", "d.docx", "0" * 64, "annotated_draft", "vi", blocks))
    assert [(o.author.name, o.author.organization, o.text, o.request) for o in found.opinions] == [
        ("Hà Văn Tư", "Sở Tư pháp", "Ghi rõ địa điểm.", "add"),
        ("Mai Lan", "", "30", "amend"),
        ("Mai Lan", "", "từng bước", "delete"),
    ]
    assert found.opinions[1].edits == (Edit("replace", "20", "30"),)
    assert [a.text for a in found.agreements] == ["Đồng ý."]
    assert found.passages[0].role == "draft_summary"


def test_report_lists_opinions_of_the_delegates() -> None:
    found = lines(
        "news",
        "vi",
        """
        Dự thảo đề ra ba chỉ tiêu: 90% hộ có nước sạch; 80% đường bê tông; 70% rác được thu gom.
        Thảo luận tại hội nghị, các đại biểu phát biểu ý kiến tập trung vào 3 nhóm nội dung: chỉ tiêu; giải pháp; vốn.
        Trong đó nêu các nội dung cụ thể như: bổ sung chỉ tiêu về rừng; tăng vốn cho xã nghèo; nước sạch cho trường học.
        Kết luận hội nghị, ông Lê Văn Bình yêu cầu Sở Tài chính rà soát nguồn vốn trước ngày 30/6/2026.
        """,
    )
    assert [o.text for o in found.opinions] == [
        "bổ sung chỉ tiêu về rừng",
        "tăng vốn cho xã nghèo",
        "nước sạch cho trường học.",
    ]
    assert [(d.addressee, d.deadline) for d in found.directives] == [("Sở Tài chính", "2026-06-30")]


def test_background_article_has_no_opinions() -> None:
    found = lines(
        "news",
        "en",
        """
        The province lacks teachers, and schools need to be repaired, said Mr. Ba - Director of the Department.
        "We should all work harder," he added.
        """,
    )
    assert not found.opinions


def test_chat_with_clock_times_and_slashes() -> None:
    found = lines(
        "notes",
        "vi",
        """
        có mặt: a Sình (sở XD), chị Mỷ (THCS Lũng Vân)
        [08:15] a Sình: đơn giá thấp quá, tính lại // thêm tiền vận chuyển
        [08:20] chị Mỷ: ok
        """,
    )
    assert [(o.author.name, o.author.organization, o.text) for o in found.opinions] == [
        ("Sình", "Sở Xây dựng", "đơn giá thấp quá, tính lại"),
        ("Sình", "Sở Xây dựng", "thêm tiền vận chuyển"),
    ]
    assert [a.author.name for a in found.agreements] == ["Mỷ"]


def test_draft_and_background_say_nothing() -> None:
    found = lines("draft", "vi", "Điều 1. Đề nghị bổ sung 30 trạm y tế.")
    assert not found.opinions
    assert roles(found) == ["other"]


def test_a_table_inside_a_letter_is_read_as_a_table() -> None:
    blocks = (
        Block("d/b0", "Kính gửi: Sở Tài chính", Locator()),
        cell(1, 1, 1, "provision", "Điều khoản", header=True),
        cell(2, 1, 2, "opinion", "Ý kiến góp ý", header=True),
        cell(3, 2, 1, "provision", "Điều 3"),
        cell(4, 2, 2, "opinion", "Bổ sung trạm y tế"),
        Block("d/b9", "Trên đây là ý kiến của Sở Y tế./.", Locator()),
    )
    found = extract(Document("d", "l.docx", "0" * 64, "letter", "vi", blocks, (Field("sender", "Sở Y tế"),)))
    assert [(o.author.organization, o.places, o.text) for o in found.opinions] == [
        ("Sở Y tế", ("Điều 3",), "Bổ sung trạm y tế")
    ]


def test_a_quotation_in_a_report_has_its_speaker() -> None:
    found = lines(
        "news",
        "en",
        """
        At the workshop, delegates gave opinions on the draft.
        “The allowance must cover the cost of rice,” said Ms. Vang Thi Mai, head of the boarding school.
        The weather was fine.
        """,
    )
    assert [(o.author.name, o.text) for o in found.opinions] == [
        ("Vang Thi Mai", "The allowance must cover the cost of rice")
    ]


def test_replies_of_the_drafters_are_no_opinions() -> None:
    blocks = (
        Block("d/b1", "Điều 1. Phạm vi", Locator()),
        Block("d/b2", "Thiếu đối tượng áp dụng.", Locator(), "comment", annotation=Annotation("STC")),
        Block("d/b3", "Đã bổ sung tại khoản 2.", Locator(), "comment", annotation=Annotation("Hà", reply_to="d/b2")),
    )
    found = extract(Document("d", "d.docx", "0" * 64, "annotated_draft", "vi", blocks))
    assert [(o.author.organization, o.text) for o in found.opinions] == [("Sở Tài chính", "Thiếu đối tượng áp dụng.")]
    assert found.passages[-1].role == "drafter_answer"


def test_bare_names_of_a_chat() -> None:
    found = lines(
        "notes",
        "vi",
        """
        Nhóm góp ý nghị quyết cây xanh
        Minh Anh: chỉ tiêu cao quá, hạ xuống 12 thôi
        Tuấn SXD: 12 thì thấp hơn quy chuẩn
        Hoa - TH Kim Đồng: trường em xin 20 cây bóng mát
        """,
    )
    assert [(o.author.name, o.author.organization) for o in found.opinions] == [
        ("Minh Anh", ""),
        ("Tuấn", "Sở Xây dựng"),
        ("Hoa", "TH Kim Đồng"),
    ]


def test_a_note_of_one_voice_has_its_byline_as_author() -> None:
    found = lines(
        "notes",
        "en",
        """
        Note on the draft Resolution on urban trees
        Author: Dr. Karen Wolff, landscape ecologist
        Species lists should be local.
        Who waters the trees in the dry season?
        """,
    )
    assert [(o.author.name, o.text) for o in found.opinions] == [
        ("Karen Wolff", "Species lists should be local."),
        ("Karen Wolff", "Who waters the trees in the dry season?"),
    ]


def test_a_text_taken_for_a_draft_is_heard_if_people_speak_in_it() -> None:
    found = lines(
        "draft",
        "vi",
        """
        Góp ý dự thảo
        Ông Lê Văn Tám, Sở Y tế: Bổ sung trạm y tế.
        Bà Trần Thị Ba, Sở Nội vụ: Điều 2 chưa rõ.
        """,
    )
    assert [o.author.name for o in found.opinions] == ["Lê Văn Tám", "Trần Thị Ba"]
