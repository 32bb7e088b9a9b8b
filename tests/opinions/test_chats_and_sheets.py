"""Chats, transcripts, reports of missions, records of sessions, sheets of questions: three languages each."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Locator, SourceKind
from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.opinions import chats, extract


def document(text: str, language: str, kind: SourceKind = "notes", **quoted: int) -> Document:
    rows = [line.strip() for line in text.strip().splitlines() if line.strip()]
    blocks = tuple(
        Block(f"d/b{n}", line, Locator(line=n), quoted=quoted.get(f"b{n}", 0)) for n, line in enumerate(rows, 1)
    )
    return Document("d", "d.txt", "0" * 64, kind, language, blocks)


def read(text: str, language: str, kind: SourceKind = "notes", **quoted: int) -> Extraction:
    return extract(document(text, language, kind, **quoted))


def said(found: Extraction) -> list[tuple[str, str, str]]:
    return [(o.author.name, o.author.organization, o.text) for o in found.opinions]


@pytest.mark.parametrize(
    ("line", "sender", "words"),
    [
        ("[09:12, 27/03/2026] Chị Sen (Hội Phụ nữ): bỏ phí đi", "Chị Sen (Hội Phụ nữ)", "bỏ phí đi"),
        ("[27/3/2026 08:15:22] Cô Hạnh MN Hoa Sen: dột rồi", "Cô Hạnh MN Hoa Sen", "dột rồi"),
        ("12/03/2026, 18:20 - Peter: pave it", "Peter", "pave it"),
        ("3/12/26, 6:20 PM - Ann Lee: pave it", "Ann Lee", "pave it"),
        ("[12/03/2026, 18:20:33] Jean : trop court", "Jean", "trop court"),
        ("09:03:40 From Lan Pham to Everyone: name the payer", "Lan Pham", "name the payer"),
        ("09:03:40 De Awa Diallo à tout le monde : trop cher", "Awa Diallo", "trop cher"),
        ("2026-03-12 18:20 Tuấn Sở TC: cao quá", "Tuấn Sở TC", "cao quá"),
        ("[00:12:33] Ms Rossi: We disagree.", "Ms Rossi", "We disagree."),
        ("Mr Hill (00:12:33): Too slow.", "Mr Hill", "Too slow."),
        ("Jean Morel, [14.04.2026 09:30]", "Jean Morel", ""),
        ("Mme Coulibaly (Association des femmes), [14.04.2026 10:02]", "Mme Coulibaly (Association des femmes)", ""),
        ("[14:10] Hoàng Văn Tân (Trạm Y tế xã)", "Hoàng Văn Tân (Trạm Y tế xã)", ""),
        ("12/03/2026, 18:22 - +84 912 555 010: why?", "+84 912 555 010", "why?"),
    ],
)
def test_stamps_of_the_usual_programs(line: str, sender: str, words: str) -> None:
    found = chats.message(line)
    assert found is not None
    assert (found.sender, line[found.start :]) == (sender, words)


@pytest.mark.parametrize(
    "line",
    [
        "Thời gian: 8 giờ 00 ngày 12/3/2026",
        "The meeting was opened at 9:00 by the chair.",
        "La séance est ouverte à 9 h 30 ; elle est levée à midi.",
        "3.5 km of road will be built",
    ],
)
def test_no_stamp(line: str) -> None:
    found = chats.message(line)
    assert found is None or not found.sender


CHATS = {
    "vi": """
        [08:00, 02/04/2026] Minh Anh - Sở Y tế: Em gửi dự thảo nghị quyết y tế, mọi người góp ý giúp em ạ
        [08:05, 02/04/2026] lan tyt: phu cap truc 25 nghin la thap qua, nang len 50 nghin
        [08:06, 02/04/2026] lan tyt: trời mưa quá trời, ai ghé uống trà
        [08:10, 02/04/2026] Bác Tư: Chuyển lời trưởng ấp Cây Gáo: xin mở thêm điểm tiêm ở ấp
        [08:12, 02/04/2026] Cô Bảy: ok hết, khỏi sửa
        [08:15, 02/04/2026] Minh Anh - Sở Y tế: Bản này có 12 trạm được sửa chữa, em ghi nhận ạ
    """,
    "en": """
        [08:00, 02/04/2026] Joan Park: Here is the draft on clinics, please send your comments
        [08:05, 02/04/2026] nurse bo: the night allowance is too low, raise it to 50,000
        [08:06, 02/04/2026] nurse bo: lol my phone again, battery is low
        [08:10, 02/04/2026] Mr Tan: Forwarded from the head of Oak Hill hamlet: we need a second vaccination point
        [08:12, 02/04/2026] Rita: all good, nothing to change
        [08:15, 02/04/2026] Joan Park: This version repairs 12 clinics, noted with thanks
    """,
    "fr": """
        [08:00, 02/04/2026] Claire Roy: Voici le projet sur les dispensaires, merci d'envoyer vos remarques
        [08:05, 02/04/2026] infirmier bo: la prime de nuit est trop faible, la porter à 50 000
        [08:06, 02/04/2026] infirmier bo: mdr, plus de batterie
        [08:10, 02/04/2026] M. Tan: Transféré de Mme Roux (commune de Bel Air): il faut un second point de vaccination
        [08:12, 02/04/2026] Rita: rien à changer, ça me va
        [08:15, 02/04/2026] Claire Roy: Cette version répare 12 dispensaires, c'est noté
    """,
}
FORWARDED = {
    "vi": ("", "ấp Cây Gáo"),
    "en": ("", "Oak Hill hamlet"),
    "fr": ("Roux", "Comité populaire de la commune de Bel Air"),
}


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_a_chat_gives_its_members_their_words_and_the_host_none(language: str) -> None:
    found = read(CHATS[language], language)
    first, second = said(found)
    assert first[0] in ("lan tyt", "nurse bo", "infirmier bo")
    assert second[:2] == FORWARDED[language]
    assert [a.author.name for a in found.agreements] == ["Bảy" if language == "vi" else "Rita"]
    assert [p.role for p in found.passages].count("drafter_answer") >= 2


MISSIONS = {
    "vi": (
        """
        BÁO CÁO KẾT QUẢ CHUYẾN CÔNG TÁC
        Đoàn công tác của Quỹ Rừng Xanh tại tỉnh Bắc Kạn, từ ngày 5 đến ngày 9/5/2026
        Đoàn gồm bà Trịnh Thu Hà, trưởng đoàn, và ông Lê Quang Dũng, chuyên gia lâm sinh.
        Ngày thứ hai trời mưa, xe của đoàn phải quay lại giữa đường.
        1. Về chỉ tiêu
        Chỉ tiêu trồng 5.000 ha mỗi năm là quá cao; nên hạ xuống 3.000 ha. Ông Dũng đề nghị bổ sung bản đồ rừng.
        Đoàn kiến nghị: a) giao rừng cho thôn trước năm 2027; b) công khai mức chi trả.
        Đoàn không có ý kiến về Điều 6.
        """,
        "Quỹ Rừng Xanh",
        "Trịnh Thu Hà",
        "Lê Quang Dũng",
    ),
    "en": (
        """
        BACK-TO-OFFICE REPORT
        Supervision mission of the Green Forest Fund to Bac Kan province, 5-9 May 2026
        The team was composed of Ms Ingrid Solberg, team leader, and Mr Tomas Varga, forester.
        On the second day the road was cut and the team had to walk for three hours.
        1. Targets
        The target of 5,000 ha a year is too high; we would set it at 3,000 ha. Mr Varga suggested that a map be added.
        The mission recommends: a) handing the forest to the villages by 2027; b) publishing the payments.
        We have no comments on Article 6.
        """,
        "Green Forest Fund",
        "Ingrid Solberg",
        "Tomas Varga",
    ),
    "fr": (
        """
        AIDE-MÉMOIRE
        Mission d'appui du Fonds des forêts vertes dans la province de Bac Kan, du 5 au 9 mai 2026
        La mission était composée de Mme Lise Arnaud, cheffe de mission, et de M. Paul Keita, forestier.
        Le deuxième jour, la route étant coupée, il a fallu marcher trois heures.
        1. Sur les objectifs
        L'objectif de 5 000 ha par an est trop élevé ; nous le ramènerions à 3 000. M. Keita demande une carte.
        La mission recommande : a) de confier la forêt aux villages avant 2027 ; b) de publier les paiements.
        La mission n'a pas d'observation sur l'article 6.
        """,
        "Fonds des forêts vertes",
        "Lise Arnaud",
        "Paul Keita",
    ),
}


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_a_mission_speaks_through_its_leader_for_its_body_and_through_its_members(language: str) -> None:
    text, body, leader, member = MISSIONS[language]
    found = read(text, language)
    assert [o.author.organization for o in found.opinions] == [body] * 4
    assert [o.author.name for o in found.opinions] == [leader, member, leader, leader]
    assert len(found.agreements) == 1
    assert not [p for p in found.passages if p.role == "opinion" and p.span.block_id in ("d/b3", "d/b4")]


VOICES = {
    "vi": """
        LẮNG NGHE DÂN NÓI Ở XÃ MƯỜNG LẠN
        Hơn bốn mươi người tới nhà văn hóa. Dự thảo Nghị quyết đề xuất làm 12 cây cầu treo.
        Bà Quàng Thị Inh, người trồng ngô ở bản Nà Vạc, mất hai con trâu. Bà đề nghị làm cầu trước mùa mưa.
        Ông Lò Văn Pâng (bản Pá Kạch) cho rằng mức đóng góp 2 triệu đồng một hộ là quá cao.
        “Trẻ con đi học phải lội suối, hôm nào nước to là nghỉ”, bà Lò Thị Dua nói.
    """,
    "en": """
        Listening session in Oak Hill
        Some forty people came to the hall. The draft Resolution proposes 12 footbridges.
        Mrs Mary Dunn, a maize grower of Oak Hill commune, lost two oxen. She asked for a bridge before the rains.
        Mr Abel Okoro (Pine village) argued that the contribution of 2 million a house is too high.
        “Our children wade the river and stay at home when it is high,” Mrs Ruth Bell said.
    """,
    "fr": """
        Séance d'écoute au village de Bel Air
        Une quarantaine d'habitants sont venus. Le projet de résolution propose 12 passerelles.
        Mme Marie Dumas, cultivatrice à Bel Air, a perdu deux bœufs. Elle demande un pont avant les pluies.
        M. Abel Okoro (village de Pins) estime que la contribution de 2 millions par foyer est trop élevée.
        « Les enfants traversent à gué et manquent l'école quand l'eau est haute, il faut agir », a dit Mme Rose Bel.
    """,
}


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_a_record_of_voices_gives_each_person_what_she_said(language: str) -> None:
    found = read(VOICES[language], language)
    names = [o.author.name for o in found.opinions]
    assert (
        names
        == {
            "vi": ["Quàng Thị Inh", "Lò Văn Pâng", "Lò Thị Dua"],
            "en": ["Mary Dunn", "Abel Okoro", "Ruth Bell"],
            "fr": ["Marie Dumas", "Abel Okoro", "Rose Bel"],
        }[language]
    )
    assert "12" not in " ".join(o.text for o in found.opinions)


SHEETS = {
    "vi": (
        "Hỏi: Vì sao hộ cận nghèo không được hỗ trợ?\nĐáp: Dự thảo quy định theo chuẩn của Trung ương.\n"
        "Hỏi (bà Lý Thị Mẩy, xã Tả Phìn): Mức 40 triệu đồng là quá thấp.\nĐáp: Sở Xây dựng sẽ tính lại.",
        "Câu 1: Anh/chị thấy mục tiêu thế nào?\nTrả lời: Mục tiêu 90% là quá cao.\n"
        "Câu 2: Theo anh/chị cần bổ sung gì?\nTrả lời: Đề nghị bổ sung trạm bơm ở xã Tả Phìn.",
    ),
    "en": (
        "Question: Why do near-poor families get nothing?\nAnswer: The draft provides for the poor only.\n"
        "Question (Ms Ly Thi May, Ta Phin commune): 40 million dong is too low.\n"
        "Answer: The Department will recalculate.",
        "Q1. What do you think of the target?\nAnswer: The target of 90 percent is too high.\n"
        "Q2. What would you add in your village?\nAnswer: Please add a pump station.",
    ),
    "fr": (
        "Question : Pourquoi les familles modestes n'ont-elles rien ?\n"
        "Réponse : Le projet prévoit l'aide aux pauvres.\n"
        "Question (Mme Ly Thi May, commune de Ta Phin) : 40 millions, c'est trop faible.\n"
        "Réponse : Le département refera le calcul.",
        "Question 1 : Que pensez-vous de l'objectif ?\nRéponse : L'objectif de 90 % est trop élevé.\n"
        "Question 2 : Quelles sont vos demandes ?\nRéponse : Il faut une station de pompage.",
    ),
}


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_what_people_ask_the_drafters_is_their_opinion(language: str) -> None:
    found = read(SHEETS[language][0], language)
    assert [o.author.name for o in found.opinions][1:] == ["Lý Thị Mẩy" if language == "vi" else "Ly Thi May"]
    assert len(found.opinions) == 2
    assert [p.role for p in found.passages].count("drafter_answer") == 2


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_what_a_questionnaire_is_answered_is_the_opinion(language: str) -> None:
    found = read(SHEETS[language][1], language)
    assert len(found.opinions) == 2
    assert all(o.context for o in found.opinions)
    assert not any(o.text.endswith("?") for o in found.opinions)


PETITIONS = {
    "vi": "ĐƠN KIẾN NGHỊ\nChúng tôi, các hộ dân thôn Hang Đồng, kiến nghị:\n1. Đóng mỏ đá cạnh trường học;\n"
    "2. Bồi thường cho 11 nhà bị nứt tường.",
    "en": "PETITION\nWe, the undersigned residents of Hang Dong village, ask the Council to:\n"
    "1. close the quarry beside the school;\n2. pay for the cracked walls of eleven houses.",
    "fr": "PÉTITION\nNous soussignés, habitants du village de Hang Dong, demandons au Conseil :\n"
    "1. de fermer la carrière près de l'école ;\n2. de réparer les murs de onze maisons.",
}


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_a_petition_is_of_those_who_sign_together(language: str) -> None:
    found = read(PETITIONS[language], language)
    assert len(found.opinions) == 2
    assert all("Hang" in o.author.organization for o in found.opinions)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "vi",
            "Điều 3: phụ cấp 500.000 đồng\nMức này quá thấp, đề nghị nâng lên 800.000 đồng.\n"
            "Điều 5: báo cáo hằng năm\nNên sáu tháng một lần.",
        ),
        (
            "en",
            "Article 3: allowance of 500,000\nThis is too low; raise it to 800,000.\n"
            "Article 5: yearly reports\nTwice a year would be better.",
        ),
        (
            "fr",
            "Article 3 : prime de 500 000\nC'est trop faible ; la porter à 800 000.\n"
            "Article 5 : rapport annuel\nMieux vaudrait deux fois par an.",
        ),
    ],
)
def test_quoted_words_of_the_draft_are_what_an_answer_is_about(language: str, text: str) -> None:
    found = read(text, language, b1=1, b3=1)
    assert len(found.opinions) == 2
    assert [o.context.split(":")[0].strip()[-1] for o in found.opinions] == ["3", "5"]


@pytest.mark.parametrize(
    ("language", "text", "author"),
    [
        (
            "vi",
            "BIÊN BẢN\nÝ KIẾN THẢO LUẬN\nNgười phát biểu tiếp theo là bà Huỳnh Thị Lê, Phó Giám đốc Sở Nội vụ. "
            "Theo bà, chỉ tiêu 40% là quá cao. Bà cũng lưu ý khoản chi này trùng với chương trình khác.",
            ("Huỳnh Thị Lê", "Sở Nội vụ"),
        ),
        (
            "en",
            "MINUTES\nDISCUSSION\nThe next to speak was Ms Anna Berg, Deputy Director of the Department of Finance. "
            "According to her, the target of 40% is too high. She also asked why the audit was left out.",
            ("Anna Berg", "Department of Finance"),
        ),
        (
            "fr",
            "COMPTE RENDU\nDISCUSSION\n"
            "La première à prendre la parole est Mme Anne Berg, directrice du Département des finances. "
            "Selon elle, l'objectif de 40 % est trop élevé. Elle demande aussi pourquoi l'audit n'est pas prévu.",
            ("Anne Berg", "Département des finances"),
        ),
    ],
)
def test_a_sentence_that_gives_the_floor(language: str, text: str, author: tuple[str, str]) -> None:
    found = read(text, language, "minutes")
    assert [(o.author.name, o.author.organization) for o in found.opinions] == [author, author]
    assert "40" in found.opinions[0].text
    assert not found.opinions[0].text.lower().startswith(("theo", "according", "selon"))
    assert not found.opinions[1].text.startswith(("Bà", "She", "Elle"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "vi",
            "Nguyễn Hòa\n08:12\nEm gửi dự thảo về rác, cho ý kiến nhé\nTrần Lan\n08:20\nPhí cao quá\n"
            "Vũ Sơn\n08:45\nBao giờ có xe rác?",
        ),
        (
            "en",
            "Lucy Ford\n2 May 2026, 10:14\nHere are the drafts, your comments please\nOmar Said\n"
            "2 May 2026, 10:20\nThe fee is too high\nDee\n2 May 2026, 10:31\nWho collects the fee?",
        ),
        (
            "fr",
            "Luc Roy\n2 mai 2026, 10:14\nVoici le projet, merci de lire\nOmar Bel\n2 mai 2026, 10:20\n"
            "La redevance est trop élevée\nDina\n2 mai 2026, 10:31\nQui encaisse la redevance ?",
        ),
    ],
)
def test_senders_on_a_line_of_their_own(language: str, text: str) -> None:
    found = read(text, language)
    assert [o.author.name for o in found.opinions] == [text.split("\n")[3], text.split("\n")[6]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "vi",
            "Họp nhóm trọng điểm: phụ nữ bản Nậm Kha\nVề nước sạch\n- Bể chứa cạn, đề nghị xây thêm bể ở đầu bản\n"
            "Về vay vốn\n- Mức vay 50 triệu là ít, nên nâng lên 100 triệu",
        ),
        (
            "en",
            "Focus group: women of Pine village\nWater\n- The tank is dry; please build another one\n"
            "Loans\n- The loan of 50 million is too low and should be raised",
        ),
        (
            "fr",
            "Groupe de discussion : femmes du village des Pins\nEau\n- Il faut un autre réservoir au village\n"
            "Prêts\n- Le prêt de 50 millions est trop faible, il faudrait le doubler",
        ),
    ],
)
def test_notes_of_a_group_without_words_of_consultation(language: str, text: str) -> None:
    assert len(read(text, language, "background").opinions) == 2


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            """
            SỔ TAY - họp tổ ấp 9 tối 3/2/2026
            có mặt: chừng hai chục bà con, trưởng ấp
            * Bà Lâm Thị Sen (chủ vựa cá):
            - đề nghị làm thêm bãi đậu xe cho chợ
            """,
            "vi",
            "Lâm Thị Sen",
        ),
        (
            """
            NOTES of the neighbourhood meeting, 3 February 2026
            Present: some twenty people and the ward officer
            * Mr Peter Hall (market stallholder):
            - please add a parking place beside the market
            """,
            "en",
            "Peter Hall",
        ),
        (
            """
            CARNET, réunion de quartier du 3 février 2026
            Présents : une vingtaine d'habitants et l'agent du quartier
            * Mme Jeanne Colin (marchande) :
            - il faut ajouter un parking près du marché
            """,
            "fr",
            "Jeanne Colin",
        ),
    ],
)
def test_who_is_called_below_the_list_of_those_present_speaks(text: str, language: str, expected: str) -> None:
    found = read(text, language, "minutes")
    assert [o.author.name for o in found.opinions] == [expected]
