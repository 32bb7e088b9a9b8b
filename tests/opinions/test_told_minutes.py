"""Minutes told in sentences: the speaker by where he stands, stories, late papers, and what the chair orders."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Locator
from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.opinions import authors, extract, kinds, narrated


def read(language: str, text: str) -> Extraction:
    rows = [line.strip() for line in text.strip().splitlines()]
    blocks = tuple(Block(f"d/b{n}", line, Locator(line=n)) for n, line in enumerate(rows, 1))
    return extract(Document("d", "d.docx", "0" * 64, "minutes", language, blocks, ()))


TOLD = {
    "vi": """BIÊN BẢN
Hội nghị góp ý dự thảo Nghị quyết về nước sạch nông thôn
1. Về chỉ tiêu
Ông Lê Minh Đức, Chủ tịch Hội Nông dân tỉnh, lo lắng 95% số hộ có nước sạch là không đạt được. Theo ông Trần \
Văn Sáu, Phó Giám đốc Sở Xây dựng, mức đầu tư 2 tỷ một trạm còn thấp, cần nâng lên 3 tỷ.
Bà Ông Thị Lan, Trưởng phòng Kế hoạch Sở Tài chính, thì cho rằng ngân sách không kham nổi mức này. Bà cũng kể \
chuyện nhà mình phải gánh nước ba cây số.
2. Về tổ chức
Ông Lê Minh Đức nói thêm: phải có người trông trạm bơm ở từng ấp. Bà Phạm Thị Mai, Hội Phụ nữ tỉnh, cảnh báo \
giá nước 12.000 đồng hộ nghèo không trả được.
Ông Võ Tấn Tài, Giám đốc Công ty Cấp nước, chưa tán thành việc giao trạm cho xã, nên để công ty quản lý.""",
    "fr": """COMPTE RENDU
Réunion du 4 mai 2026 sur le projet de résolution relatif à l'eau
1. Présentation
M. Le Van Tam, directeur du Département de la construction, présente le projet.
2. Échanges
Mme Nong Thi Lan, présidente de l'Union des femmes, évoque ses souvenirs de la sécheresse de 2019. Elle \
demande un second puits à Po Tau. Selon M. Ly Van Bo, maire de Po Tau, le seuil de 90 % est trop élevé.
M. Dao Van Kim, chef du village de Na Pa, s'exprime en tay. Deux des trois pompes sont en panne depuis un an.
Mme Hoang Thi Mai, cheffe adjointe du Service des eaux, ne voit pas qui paiera l'entretien ; il faudrait le \
préciser.
M. Le Van Tam remercie chacun. Il indique que le chiffre de 40 puits vient du relevé de mars et qu'il sera vérifié.
La prochaine réunion aura lieu le 9 juin.
3. Conclusion
M. Vu Van Hai, vice-président du Comité populaire, conclut. Le Département de la construction reverra le coût \
des pompes.""",
    "en": """MINUTES
Meeting on the draft resolution on rural water
1. Presentation
Mr Tom Hale, Director of the Department of Works, presented the draft.
2. Discussion
Ms Ann Field, Chair of the Farmers' Union, came back to the visit of May. She asked for a second well at Oak \
Hill. According to Mr Paul Reed, Vice Director of the Water Board, the 90% target is far too high.
Mr Sam Poole, head of Oak Hill hamlet, spoke in Tay. Two of the three pumps have been broken since August.
Ms Joan Park, Deputy Head of the Treasury, does not see who will pay for repairs; the draft should say so.
Mr Tom Hale thanked everyone. He said that the figure of 40 wells came from the survey of March.
The next meeting will be held on 9 June.
3. Conclusion
The Department of Works reviews the cost of the pumps and sends the table to all members.""",
}
SPEAKERS = {
    "vi": ["Lê Minh Đức", "Trần Văn Sáu", "Ông Thị Lan", "Lê Minh Đức", "Phạm Thị Mai", "Võ Tấn Tài"],
    "fr": ["Nong Thi Lan", "Ly Van Bo", "Dao Van Kim", "Hoang Thi Mai"],
    "en": ["Ann Field", "Paul Reed", "Sam Poole", "Joan Park"],
}


@pytest.mark.parametrize("language", ["vi", "fr", "en"])
def test_each_sentence_has_the_speaker_it_names(language: str) -> None:
    assert [o.author.name for o in read(language, TOLD[language]).opinions] == SPEAKERS[language]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_present_and_future_of_a_body_are_orders(language: str) -> None:
    assert len(read(language, TOLD[language]).directives) == 1


def test_the_office_ends_where_the_speech_begins() -> None:
    told = read("vi", TOLD["vi"]).opinions
    assert told[1].author.organization == "Sở Xây dựng"
    assert told[2].author.organization == "Sở Tài chính"
    assert told[5].text.startswith("chưa tán thành")
    named = authors.parse(
        "M. Ly Van Tam, chef adjoint du Département de la justice, se limite à trois \
points",
        "fr",
    )
    assert named.organization == "Département de la justice"


def test_a_point_of_view_needs_a_name_and_words() -> None:
    assert narrated.according("Theo bà, mức này thấp.", "vi") is None
    assert narrated.according("Selon M. Bo, non.", "fr") is None
    found = narrated.according("Theo bà Lan, mức này còn rất thấp.", "vi")
    assert found is not None
    assert found.author.name == "Lan"


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        ("vi", "Tài liệu gửi quá gấp, lần sau gửi trước một tuần.", "request"),
        ("vi", "Chỉ tiêu 95% là cao, để 90%.", "request"),
        ("vi", "Xây thêm lớp học, để 100% trẻ được đến trường.", "neutral"),
        ("vi", "Bà cũng kể trường hợp một hộ phải bán bò để chữa bệnh.", "aside"),
        ("fr", "Trois semaines pour lire, laissez-nous jusqu'à mai.", "request"),
        ("fr", "La visite a duré cinq jours : une piste boueuse, deux nuits dehors.", "neutral"),
        ("fr", "Pardon pour le retard, nous étions en tournée.", "thanks"),
        ("en", "Next time the papers come ten days earlier.", "request"),
    ],
)
def test_what_last_remarks_and_stories_are(code: str, text: str, kind: str) -> None:
    assert kinds.judge(text, code).kind == kind
