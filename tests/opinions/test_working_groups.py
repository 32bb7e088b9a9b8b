"""Working groups that report back, talks with a moderator, and what stands around opinions there."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Locator, SourceKind
from feedback_synth.opinions import extract, working_groups


def said(kind: SourceKind, language: str, text: str) -> list[tuple[str, str, str]]:
    """(name, body, words) of every opinion."""
    rows = [line.strip() for line in text.strip().splitlines()]
    blocks = tuple(Block(f"d/b{n}", line, Locator(line=n)) for n, line in enumerate(rows, 1))
    found = extract(Document("d", "d.docx", "0" * 64, kind, language, blocks, ()))
    return [(o.author.name, o.author.organization, o.text) for o in found.opinions]


GROUPS = """MINUTES OF THE WORKSHOP
Chair: Mr. Tran Quoc Bao, Vice Chairman of the Provincial People's Committee.
1. Presentation of the drafts
Ms. Le Thu Ha, Department of Agriculture, presented the drafts.
The draft sets the share of households with piped water at 85 percent.
2. Presentations of the working groups
Group A (financing): Rapporteur Mr. Ho Van Loc, Provincial Water Company
1. Let families pay in twelve instalments.
Group B (operation)
Reported by Ms. Ka Sen, Women's Union of Ta Lung commune
1. Half of the pumps no longer run.
Mr. Kim Lo, Lake School: the pumps should be repaired first.
2. Tests of water every month should be dropped.
3. Plenary discussion
Mr. Ngo Dinh Phu, Department of Finance: The budget share should be brought down to 40 percent."""


def test_the_points_of_a_group_are_its_rapporteurs_until_the_next_group() -> None:
    assert said("minutes", "en", GROUPS) == [
        ("Ho Van Loc", "Provincial Water Company", "Let families pay in twelve instalments."),
        ("Ka Sen", "Women's Union of Ta Lung commune", "Half of the pumps no longer run."),
        ("Kim Lo", "Lake School", "the pumps should be repaired first."),
        ("Ka Sen", "Women's Union of Ta Lung commune", "Tests of water every month should be dropped."),
        ("Ngo Dinh Phu", "Department of Finance", "The budget share should be brought down to 40 percent."),
    ]


@pytest.mark.parametrize(
    ("code", "text", "name", "person", "body"),
    [
        ("fr", "Groupe 1 – Assurance.", "Groupe 1", "", ""),
        ("fr", "Table 2 (vélo) – rapporteur : M. Luc Morel, Atelier Vert", "Table 2", "Luc Morel", "Atelier Vert"),
        ("fr", "Rapporteuse : Mme Claire Bordas, coopérative du Lac", "", "Claire Bordas", "coopérative du Lac"),
        ("vi", "3.1. Nhóm 1 (bà Trịnh Thị Nga, Sở Tài chính, thay mặt nhóm trình bày):", "Nhóm 1", "Trịnh Thị Nga",
         "Sở Tài chính"),
        ("vi", "Nhóm 2: Chế độ, chính sách", "Nhóm 2", "", ""),
    ],
)  # fmt: skip
def test_heads_of_reports_name_the_group_and_its_rapporteur(
    code: str, text: str, name: str, person: str, body: str
) -> None:
    head = working_groups.head(text, code)
    assert head is not None
    assert (head.name, head.rapporteur.name, head.rapporteur.organization) == (name, person, body)
    assert head.start == len(text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Groups of farmers asked for seed."),
        ("fr", "Le rapporteur remercie les infirmières venues de loin."),
        ("vi", "Nhóm nghiên cứu đề nghị bổ sung chỉ tiêu."),
    ],
)
def test_sentences_about_groups_are_no_heads(code: str, text: str) -> None:
    assert working_groups.head(text, code) is None


TALK = """MINUTES OF THE FOCUS GROUP
Facilitator: Ms. Dana Whitfield, Coast and People
Participants: nine women.
The facilitator read out the draft Resolution.
Facilitator: What happens when a boat stays in port?
Pham Thi Nhan (fish seller, Ngu Loc):
The loan runs on. Let us stop paying interest in the storm months.
Tran Van Hoi (boat owner, Hau Loc):
It is the same for us, we should borrow less.
Facilitator: And the clinic?
Le Thi Thom (nurse, Ngu Loc health station), who came late, was asked about the clinic.
Le Thi Thom:
The clinic has no water. A well should be dug.
The facilitator thanked everyone and promised that the province should hear of it."""


def test_a_turn_of_a_talk_is_one_opinion_and_the_facilitator_has_none() -> None:
    assert said("minutes", "en", TALK) == [
        ("Pham Thi Nhan", "Ngu Loc", "The loan runs on. Let us stop paying interest in the storm months."),
        ("Le Thi Thom", "Ngu Loc health station", "The clinic has no water. A well should be dug."),
    ]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("fr", "Commençons par ce qui nous inquiète.", []),
        ("fr", "Commençons par les communes les plus pauvres.", ["Commençons par les communes les plus pauvres."]),
        ("en", "A word on books, which we do not refuse.", []),
        ("vi", "Đề nghị cơ quan soạn thảo tiếp thu, giải trình theo quy định.", []),
        ("vi", "Các nội dung khác Sở Tài chính thống nhất.", []),
        ("fr", "Il ajoute qu'il enverra ses calculs par écrit.", []),
        ("fr", "Une visite par mois pèse trop ; une par trimestre suffirait.",
         ["Une visite par mois pèse trop ; une par trimestre suffirait."]),
        ("vi", "6 tháng tập huấn thì chưa đủ, phải 9 tháng; tỉnh cần cấp tiền ăn ở cho học viên.",
         ["6 tháng tập huấn thì chưa đủ, phải 9 tháng", "tỉnh cần cấp tiền ăn ở cho học viên."]),
        ("vi", "Cụm từ “ngân sách bảo đảm”: nên ghi rõ ngân sách cấp nào.", ["nên ghi rõ ngân sách cấp nào."]),
        ("vi", "Hỗ trợ 2 năm ngắn quá, xin 3 năm, các nội dung khác xã nhất trí như dự thảo.",
         ["Hỗ trợ 2 năm ngắn quá, xin 3 năm"]),
        ("en", 'What is meant by "regular"? Regular according to whom?',
         ['What is meant by "regular"? Regular according to whom?']),
    ],
)  # fmt: skip
def test_what_stands_around_opinions_is_none_and_a_doubt_keeps_its_alternative(
    code: str, text: str, expected: list[str]
) -> None:
    names = {"vi": "Ông Lê Văn Bảy, Sở Y tế:", "fr": "M. Luc Morel, Atelier Vert :", "en": "Ms Ann Field, Lake School:"}
    second = {"vi": "Bà Trần Thị Sáu, Sở Nội vụ: Xin hết.", "fr": "Mme Claire Bordas, Lac : Merci.",
              "en": "Mr Tom Hale, Lake Fund: Thank you."}  # fmt: skip
    minutes = f"{names[code]} {text}\n{second[code]}"
    assert [words for _, _, words in said("minutes", code, minutes)] == expected
