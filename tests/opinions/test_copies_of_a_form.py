"""Files that hold several copies of one form: print is told from answers, and each answer has its own author."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Locator, SourceKind
from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.opinions import boxes, extract


def read(text: str, code: str, kind: SourceKind = "letter") -> Extraction:
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    blocks = tuple(Block(f"d/b{n}", line, Locator(paragraph=n)) for n, line in enumerate(lines, 1))
    return extract(Document("d", "d.txt", "0" * 64, kind, code, blocks, ()))


def said(found: Extraction) -> list[tuple[str, str, str]]:
    return [(o.author.name, o.author.organization, o.text.strip(" .")) for o in found.opinions]


VIETNAMESE = """
    PHIẾU GÓP Ý
    Dự thảo Nghị quyết về phát triển chè
    Họ và tên: ....Giàng Thị Mỷ.......... Năm sinh: 1985
    Chức vụ, đơn vị công tác: Phó Chủ tịch Hội LHPN xã Tả Sìn
    1. Ông/bà có đồng ý với mức hỗ trợ không?
    [x] Đồng ý   [ ] Không đồng ý
    2. Ý kiến khác:
    mức 10 triệu đồng một ha chưa đủ mua giống
    Ký tên: Mỷ
    PHIẾU GÓP Ý
    Dự thảo Nghị quyết về phát triển chè
    Họ và tên: ....Vàng A Lử.......... Năm sinh: 1970
    Chức vụ, đơn vị công tác: thợ mộc, Hợp tác xã Hô Thầu
    1. Ông/bà có đồng ý với mức hỗ trợ không?
    [ ] Đồng ý   [x] Không đồng ý
    2. Ý kiến khác:
    Dan ban khong co so do, de nghi cho xa xac nhan la du.
    - (bỏ trống các mục còn lại)
    Ký tên: Lử
    PHIẾU GÓP Ý
    Dự thảo Nghị quyết về phát triển chè
    Họ và tên: ....Lò Thị Inh.......... Năm sinh: 1990
    Chức vụ, đơn vị công tác: ..............
    1. Ông/bà có đồng ý với mức hỗ trợ không?
    [x] Đồng ý   [ ] Không đồng ý
    2. Ý kiến khác:
    ……………………………
    Ký tên: Inh
"""


def test_every_copy_speaks_for_who_filled_it_in() -> None:
    found = read(VIETNAMESE, "vi")
    assert said(found) == [
        ("Giàng Thị Mỷ", "Hội LHPN xã Tả Sìn", "mức 10 triệu đồng một ha chưa đủ mua giống"),
        ("Vàng A Lử", "Hợp tác xã Hô Thầu", "Dan ban khong co so do, de nghi cho xa xac nhan la du"),
    ]


def test_a_ticked_box_speaks_where_nothing_else_does() -> None:
    assert [(a.author.name, a.text) for a in read(VIETNAMESE, "vi").agreements] == [("Lò Thị Inh", "[x] Đồng ý")]


def test_reviews_under_the_same_headings() -> None:
    text = """
        Peer review of the draft Resolution on school meals
        Reviewer: Dr. Helen Marsh
        Affiliation: Institute of Nutrition
        Main comments:
        The calorie target in Article 2 is below the national standard.
        Minor comments:
        The table in Annex 2 has no total.
        Reviewer: Tobias Eklund
        Affiliation: Food Bank of the Plains
        Main comments:
        Local farmers should supply half of the vegetables.
        Minor comments:
        none
    """
    assert [(name, body) for name, body, _ in said(read(text, "en", "notes"))] == [
        ("Helen Marsh", "Institute of Nutrition"),
        ("Helen Marsh", "Institute of Nutrition"),
        ("Tobias Eklund", "Food Bank of the Plains"),
    ]


def test_two_labels_on_a_line() -> None:
    text = """
        QUESTIONNAIRE DE CONSULTATION
        Nom : Aline Berthier        Profession : institutrice
        Lieu de travail : École de Pak Song
        Êtes-vous d'accord avec le calendrier ?   ☑ Oui   ☐ Non
        Que faut-il changer ?
        La rentrée de janvier tombe en pleine récolte, repoussez-la au mois de mars.
        Date et signature : 3/4/2026
        QUESTIONNAIRE DE CONSULTATION
        Nom : Boun Thavy        Profession : commerçant
        Lieu de travail :
        Êtes-vous d'accord avec le calendrier ?   ☐ Oui   ☑ Non
        Que faut-il changer ?
        Les cantines ferment trop tôt.
        Date et signature : 4/4/2026
    """
    assert [(name, body) for name, body, _ in said(read(text, "fr", "background"))] == [
        ("Aline Berthier", "École de Pak Song"),
        ("Boun Thavy", ""),
    ]


def test_a_name_below_the_answers_is_of_those_above() -> None:
    text = """
        PHIẾU GÓP Ý DỰ THẢO NGHỊ QUYẾT
        1. Ý kiến về mức thu:
        Mức thu 20 nghìn cao quá so với thu nhập ở bản.
        2. Ý kiến khác:
        Không
        Người góp ý: Lường Văn Pọm
        PHIẾU GÓP Ý DỰ THẢO NGHỊ QUYẾT
        1. Ý kiến về mức thu:
        Đồng ý
        2. Ý kiến khác:
        Nên miễn thu cho hộ nghèo.
        Người góp ý: Quàng Thị Xiên
    """
    found = read(text, "vi")
    assert [(name, text[:9]) for name, _, text in said(found)] == [
        ("Lường Văn Pọm", "Mức thu 2"),
        ("Quàng Thị Xiên", "Nên miễn "),
    ]
    assert [a.author.name for a in found.agreements] == ["Quàng Thị Xiên"]


FILLED_IN = {
    "en": (
        """
        RESPONSE SHEET NO. 1
        (Attached to circular 88 of 4 May 2026)
        Clinic: Lan Thang clinic
        Sheet kept by the nurse in charge: Grace Tooley
        1. Do you agree with the draft?
        ☒ Yes ☐ No
        2. What should be changed
        Article 4, clause 2: 300,000 a month does not pay the fuel, raise it to 500,000
        Lan Thang, 5 June 2026. Signature: (signed)
        RESPONSE SHEET NO. 2
        (Attached to circular 88 of 4 May 2026)
        Clinic: Muong So clinic
        Sheet kept by the nurse in charge: Peter Achebe
        1. Do you agree with the draft?
        Agree in principle.
        2. What should be changed
        Include mothers who live more than five kilometres away.
        Muong So, 6 June 2026. Signature: (signed)
        """,
        [("Grace Tooley", "Lan Thang clinic"), ("Peter Achebe", "Muong So clinic")],
        ["Peter Achebe"],
    ),
    "fr": (
        """
        FICHE N° 1
        École : école de Pa So
        Fiche tenue par : Agnès Lemoine, directrice
        1. Êtes-vous favorable au projet ?
        Favorable.
        2. Modifications souhaitées
        L'indemnité de 200 000 dongs est trop faible, la porter à 350 000.
        Pa So, le 4 avril 2026. Signature : (signé)
        FICHE N° 2
        École : école de Nam Xe
        Fiche tenue par : Bruno Keller, directeur
        1. Êtes-vous favorable au projet ?
        ☐ Oui ☐ Non ☒ Autre
        2. Modifications souhaitées
        Qui entretient les latrines après la remise de l'ouvrage ?
        Nam Xe, le 5 avril 2026. Signature : (signé)
        """,
        [("Agnès Lemoine", "école de Pa So"), ("Bruno Keller", "école de Nam Xe")],
        ["Agnès Lemoine"],
    ),
    "vi": (
        """
        PHIẾU THAM GIA Ý KIẾN SỐ 1
        (Theo Kế hoạch số 55/KH-UBND)
        Đơn vị: Trạm y tế xã Tả Lèng
        Đại diện trạm: Lường Văn Hặc, y sĩ
        1. Ý kiến chung về dự thảo
        Cơ bản đồng ý.
        2. Nội dung đề nghị sửa đổi
        Mức hỗ trợ 20 triệu là thấp, nâng lên 40 triệu
        Tả Lèng, ngày 3 tháng 5 năm 2026. Ký tên: (đã ký)
        PHIẾU THAM GIA Ý KIẾN SỐ 2
        (Theo Kế hoạch số 55/KH-UBND)
        Đơn vị: Trạm y tế xã Pắc Ta
        Đại diện trạm: Hoàng Thị Sen, y sĩ
        1. Ý kiến chung về dự thảo
        ☐ Đồng ý ☐ Không đồng ý ☒ Ý kiến khác
        2. Nội dung đề nghị sửa đổi
        Hộ cận nghèo ở nhà tranh thì sao?
        Pắc Ta, ngày 3 tháng 5 năm 2026. Ký tên: (đã ký)
        """,
        [("Lường Văn Hặc", "Trạm y tế xã Tả Lèng"), ("Hoàng Thị Sen", "Trạm y tế xã Pắc Ta")],
        ["Lường Văn Hặc"],
    ),
}


@pytest.mark.parametrize("code", FILLED_IN)
def test_who_filled_in_stands_behind_one_label_in_all_copies(code: str) -> None:
    text, authors, agreeing = FILLED_IN[code]
    found = read(text, code, "background")
    assert [(name, body) for name, body, _ in said(found)] == authors
    assert [a.author.name for a in found.agreements] == agreeing


@pytest.mark.parametrize(
    ("line", "asked", "choice"),
    [
        ("Ý kiến chung: ☐ Đồng ý ☒ Không đồng ý", "Ý kiến chung:", "☒ Không đồng ý"),
        ("Agree [x]   Disagree [ ]", "", "Agree [x]"),
        ("☐ Oui ☐ Non", "", ""),
        ("(x) Yes ( ) No", "", "(x) Yes"),
        ("Favorable ? ☑ oui ☑ non", "Favorable ?", ""),
    ],
)
def test_which_box_is_ticked(line: str, asked: str, choice: str) -> None:
    place = boxes.ticked(line)
    assert (boxes.question(line), line[slice(*place)] if place else "") == (asked, choice)
