"""Reports of missions, sheets of working groups, mail answered between the lines, minutes told in sentences."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Locator, SourceKind
from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.opinions import extract, signatures, threads
from feedback_synth.opinions.neighbours import community


def document(kind: SourceKind, language: str, text: str) -> Document:
    """Lines as blocks; ">" before a line quotes it."""
    rows = [line.strip() for line in text.strip().splitlines() if line.strip()]
    blocks = tuple(
        Block(f"d/b{n}", line.lstrip("> "), Locator(line=n), quoted=int(line.startswith(">")))
        for n, line in enumerate(rows, 1)
    )
    return Document("d", "d.docx", "0" * 64, kind, language, blocks, ())


def read(kind: SourceKind, language: str, text: str) -> Extraction:
    return extract(document(kind, language, text))


def said(found: Extraction) -> list[tuple[str, str, str]]:
    """(name, body, words) of every opinion."""
    return [(o.author.name, o.author.organization, o.text) for o in found.opinions]


MISSION = """AIDE-MEMOIRE
Kon Dreng Upland Roads Programme – Implementation support mission
1. A mission of the Northern Cooperation Fund (the Fund), headed by Mr Jonas Brekke and made up of Ms Tove Lund, visited
A. Roads
2. The mission drove the road to Dak Nua and crossed four old bridges. A maintenance budget of 2% is not enough.
3. The mission recommends that contracts run for three years. Women's groups should clear the ditches.
B. Agreed next steps
- next mission, tentatively in September 2026;
- Fund's comments on the bidding documents, within ten days of receipt.
Kon Dreng, 11 March 2026"""


def test_a_mission_speaks_through_who_leads_it_and_its_journey_is_no_opinion() -> None:
    fund = ("Jonas Brekke", "Northern Cooperation Fund")
    assert said(read("notes", "en", MISSION)) == [
        (*fund, "A maintenance budget of 2% is not enough."),
        (*fund, "The mission recommends that contracts run for three years."),
        (*fund, "Women's groups should clear the ditches."),
    ]


def test_a_memorandum_is_of_a_mission_where_its_opening_names_one() -> None:
    text = """BIÊN BẢN GHI NHỚ
    Dự án cấp nước sạch nông thôn Trà Giang
    1. Đoàn công tác của Ngân hàng Hợp tác Bắc Âu (Ngân hàng), do bà Anna Holm làm trưởng đoàn, đã làm việc tại tỉnh.
    A. Cấp nước
    2. Đoàn đã đi thăm trạm cấp nước và trao đổi với 12 hộ dân. Đề nghị bổ sung cơ chế tiếp nhận khiếu nại.
    B. Các bước tiếp theo
    - Đoàn thẩm định, dự kiến ngày 20/9/2026;"""
    expected = ("Anna Holm", "Ngân hàng Hợp tác Bắc Âu", "Đề nghị bổ sung cơ chế tiếp nhận khiếu nại.")
    assert said(read("minutes", "vi", text)) == [expected]


BOARDS = {
    "en": """Notes from the tables, 14 May
    Table 1: red group "markets"
    facilitator: Rmah Nga, 9 people
    - the stalls need toilets
    - long story of the wedding that crossed on foot
    - a length of 18 m = fine
    Table 2: white group "bridges"
    - 4 tonnes is not enough
    The sheets are kept in the library.""",
    "fr": """NOTES DES ATELIERS
    TABLEAU 1 - groupe rouge « marchés »
    - il faut des latrines aux marchés
    - personne contre les six marchés
    TABLEAU 2 - groupe blanc « ponts »
    - 4 tonnes, c'est insuffisant
    Fin des groupes à 16 h, café.""",
    "vi": """GHI CHÉP THẢO LUẬN NHÓM
    GIẤY A0 SỐ 1 - nhóm đỏ "chợ"
    điều hành: anh Tín, 10 người
    - cần có nhà vệ sinh ở các chợ
    - không ai phản đối 6 chợ
    GIẤY A0 SỐ 2 - nhóm trắng "cầu"
    - 4 tấn là chưa đủ
    Họp xong 16h20, uống trà.""",
}


@pytest.mark.parametrize(
    ("language", "groups"),
    [
        ("en", ["Red group", "White group"]),
        ("fr", ["Groupe rouge", "Groupe blanc"]),
        ("vi", ["Nhóm đỏ", "Nhóm trắng"]),
    ],
)
def test_points_of_a_sheet_are_said_by_the_group_of_its_heading(language: str, groups: list[str]) -> None:
    found = read("notes", language, BOARDS[language])
    assert [o.author.organization for o in found.opinions] == groups
    assert len(found.agreements) == 1


def test_headings_of_subjects_and_tables_are_no_groups() -> None:
    text = """Remarks on the draft
    Table 1: indicators
    - the target of 30 percent is too low
    Table 2: costs
    - the table has no line for upkeep"""
    assert {o.author.organization for o in read("notes", "en", text).opinions} == {""}
    text = "Góp ý\nNhóm chỉ tiêu kinh tế\n- chỉ tiêu 7% cao quá\nNhóm chỉ tiêu xã hội\n- bỏ chỉ tiêu 3"
    assert {o.author.organization for o in read("notes", "vi", text).opinions} == {""}


def test_questions_answered_between_their_lines_are_a_call_for_opinions() -> None:
    text = """From: Pascal Rivoire <p.rivoire@rivoire.example>
    Mes réponses sont entre vos lignes.
    Le lun. 1 juin 2026 à 09:15, Le Thi Hoa <hoalt@sxd.example> a écrit :
    > 1. Six mois pour le quai, est-ce suffisant ?
    Non, il faudrait dix mois.
    > 2. Et les glacières, qui les gère ?
    La commune devrait les gérer.
    Bien à vous,
    Pascal Rivoire, chef de projet, Bureau d'études Arles"""
    author = ("Pascal Rivoire", "Bureau d'études Arles")
    assert said(read("letter", "fr", text)) == [
        (*author, "Non, il faudrait dix mois."),
        (*author, "La commune devrait les gérer."),
    ]


def test_a_sender_with_an_office_is_named_whole() -> None:
    for line in ("From: Ann Field (Director, Lake Hospital)", "From: Ann Field, Head of the Lake Hospital"):
        introduced = threads.introduction(line)
        assert introduced is not None
        signed = signatures.signed(introduced[0], "en")
        assert (signed.name, signed.organization) == ("Ann Field", "Lake Hospital")


def test_behind_an_office_stands_the_body_and_a_division_gives_way_to_it() -> None:
    assert signatures.signed("Ann Field, Team Leader, Hill & Sons", "en").organization == "Hill & Sons"
    signed = signatures.signed("Hoàng Minh Đức, Trưởng phòng kỹ thuật, Công ty Nước sạch Hồng Lam", "vi")
    assert (signed.title, signed.organization) == ("Trưởng phòng kỹ thuật", "Công ty Nước sạch Hồng Lam")


TOLD = """2. Discussion
Mr Rmah Toan of the provincial Farmers' Association confined himself to money. The fee for boats should be halved.
Mr Ngo Thien, speaking for the Department of Finance, was brisk. The annex should give the sum.
Ms Siu Hlen sells ice at the old quay and had never spoken in such a room. The price of power must be in the Project.
4. Closing
The Chair thanked everybody. The Department of Construction is to circulate one table by 30 May 2026. Tea was served."""


def test_minutes_told_in_sentences_name_bodies_up_to_the_verb_and_speakers_by_what_they_are() -> None:
    found = read("minutes", "en", TOLD)
    assert [(name, body) for name, body, _ in said(found)] == [
        ("Rmah Toan", "Provincial Farmers' Association"),
        ("Ngo Thien", "Department of Finance"),
        ("Siu Hlen", ""),
    ]


def test_orders_may_stand_under_the_heading_of_the_closing() -> None:
    orders = read("minutes", "en", TOLD).directives
    assert [(d.addressee, d.deadline) for d in orders] == [("Department of Construction", "2026-05-30")]


def test_a_letter_that_opens_with_its_request_is_no_frame_around_it() -> None:
    text = "To: Department of Culture\nDear Ms Lan,\nWe have read the draft Project. Please lower the target to twelve."
    assert [o.text for o in read("letter", "en", text).opinions] == ["Please lower the target to twelve."]
    text = "Kính gửi: Sở Y tế\nCác anh chị, đề nghị bổ sung một dòng về rác y tế.\nTrân trọng"
    assert len(read("letter", "vi", text).opinions) == 1


def test_consent_behind_the_preamble_of_a_letter_is_quoted_without_it() -> None:
    text = """Kính gửi: Sở Xây dựng
    Phúc đáp Công văn số 12/SXD ngày 06/10/2025, sau khi nghiên cứu hồ sơ gửi kèm của quý Sở, Sở Tài chính cơ bản \
thống nhất về sự cần thiết ban hành Nghị quyết."""
    assert [a.text for a in read("letter", "vi", text).agreements] == [
        "Sở Tài chính cơ bản thống nhất về sự cần thiết ban hành Nghị quyết."
    ]


def test_neighbours_of_a_numbered_quarter_speak_for_it() -> None:
    assert community(document("minutes", "vi", "BIÊN BẢN HỌP TỔ DÂN PHỐ SỐ 7")) == "tổ dân phố số 7"
