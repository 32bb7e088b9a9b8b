"""Letters under a person's own name, bylines with a next label, closing words, the course of a mission, talk."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Locator, SourceKind
from feedback_synth.datamodel.opinion import Author, Extraction
from feedback_synth.opinions import extract, kinds, letterheads, signatures


def document(text: str, code: str, kind: SourceKind = "letter") -> Document:
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    headed = ("1.", "2.", "3.")
    blocks = tuple(
        Block(f"d/b{n}", line, Locator(paragraph=n), bold=line.startswith(headed)) for n, line in enumerate(lines, 1)
    )
    return Document("d", "d.txt", "0" * 64, kind, code, blocks, ())


def said(found: Extraction) -> list[str]:
    return [o.text.strip(" .") for o in found.opinions]


HEADS = {
    "fr": (
        """
        Pr Solange d'Aubry
        Agronome, Institut des Terres Hautes
        12, rue du Moulin
        À l'attention du Comité de rédaction
        Madame, Monsieur,
        Ajoutez les semences locales au paragraphe 3 de l'article 4.
        Veuillez agréer, Madame, Monsieur, mes salutations distinguées.
        S. d'Aubry
        """,
        Author("Solange d'Aubry", "Agronome", "Institut des Terres Hautes"),
    ),
    "en": (
        """
        Dr Margaret Olsen
        Paediatrician, Lake Doctors Association
        Dear Director,
        The target of 5% is out of reach without roads; lower it to 3%.
        Yours sincerely,
        M. Olsen
        """,
        Author("Margaret Olsen", "Paediatrician", "Lake Doctors Association"),
    ),
    "vi": (
        """
        BS. Nguyễn Hữu Thọ
        Bệnh viện Đa khoa khu vực Mường Hum
        Kính gửi: Sở Y tế
        Khoản 2 Điều 3 cần bổ sung trẻ sơ sinh.
        Trân trọng.
        BS. Thọ
        """,
        Author("Nguyễn Hữu Thọ", "", "Bệnh viện Đa khoa khu vực Mường Hum"),
    ),
}


@pytest.mark.parametrize("code", HEADS)
def test_a_letter_is_of_the_person_over_it(code: str) -> None:
    text, author = HEADS[code]
    assert {o.author for o in extract(document(text, code)).opinions} == {author}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Green Delta Trust\nTo the Department\nRaise the rate.\nAnn Hill", "en"),  # a body that looks like a name
        ("Sở Tài chính\nKính gửi: Sở Y tế\nĐề nghị sửa Điều 3.\nLê Văn Ba", "vi"),
    ],
)
def test_the_head_of_a_body_is_no_person(text: str, code: str) -> None:
    assert letterheads.person(document(text, code)) == Author()


@pytest.mark.parametrize(
    ("signer", "full", "one"),
    [
        ("É. Carpentier", "Étienne Carpentier", True),
        ("Thọ", "Nguyễn Hữu Thọ", True),
        ("M. Carpentier", "Étienne Carpentier", False),
        ("Étienne Carpentier", "Étienne Charpentier", False),
        ("", "Étienne Charpentier", False),
    ],
)
def test_a_signature_stands_for_the_name_in_full(signer: str, full: str, one: bool) -> None:
    assert letterheads.same(signer, full) is one


def test_an_english_post_is_no_body() -> None:
    assert signatures.signed("Ann Hill, Office Manager", "en") == Author("Ann Hill", "Office Manager", "")
    assert signatures.signed("Ann Hill, Office of the Director", "en").organization == "Office of the Director"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Compte rendu de mission\nRédigé par Anne Vallier, responsable, Fonds Rizières. Destinataires : siège.",
            "fr",
        ),
        (
            "Mission report\nPrepared by: Anne Vallier, project officer, Fonds Rizières. Copies to: the Department.",
            "en",
        ),
        (
            "Báo cáo chuyến công tác\nNgười viết: Lò Thị Mai, cán bộ dự án, Hội Chữ thập đỏ tỉnh. Nơi nhận: Sở Y tế.",
            "vi",
        ),
    ],
)
def test_a_byline_ends_at_the_next_label(text: str, code: str) -> None:
    asked = {
        "fr": "Il faut porter ce taux à 20 %.",
        "en": "The rate should be raised to 20%.",
        "vi": "Đề nghị nâng lên 20%.",
    }
    head = {"fr": "2. Remarques", "en": "2. Remarks", "vi": "2. Nhận xét"}[code]
    found = extract(document(f"{text}\n{head}\n{asked[code]}", code, "minutes"))
    body = "Hội Chữ thập đỏ tỉnh" if code == "vi" else "Fonds Rizières"
    assert [o.author.organization for o in found.opinions] == [body]


@pytest.mark.parametrize(
    ("title", "course", "told", "remarks", "asked", "code"),
    [
        (
            "COMPTE RENDU DE MISSION", "1. Déroulement", "Nous avons visité six écoles, parfois à pied.",
            "2. Remarques", "Il faut porter l'aide à 200 000 dongs.", "fr",
        ),
        (
            "MISSION REPORT", "1. Itinerary", "We walked to four villages because the road was closed.",
            "2. Remarks", "The allowance should be raised to 200,000.", "en",
        ),
    ],
)  # fmt: skip
def test_the_course_of_a_mission_is_told_and_asks_nothing(
    title: str, course: str, told: str, remarks: str, asked: str, code: str
) -> None:
    found = extract(document("\n".join((title, course, told, remarks, asked)), code, "minutes"))
    assert said(found) == [asked.rstrip(".")]


@pytest.mark.parametrize(
    ("paragraph", "asked", "code"),
    [
        ("The fund should be audited each year. We remain at your disposal for a meeting.", "audited", "en"),
        ("Il faut auditer le fonds chaque année. Nous restons à votre disposition.", "auditer", "fr"),
        ("Đề nghị kiểm toán quỹ hằng năm. Trân trọng cảm ơn.", "kiểm toán", "vi"),
    ],
)
def test_closing_words_close_from_their_sentence_on(paragraph: str, asked: str, code: str) -> None:
    opening = {"en": "Dear Director,", "fr": "Monsieur le Directeur,", "vi": "Kính gửi: Sở Y tế"}[code]
    opinions = extract(document(f"{opening}\n{paragraph}", code)).opinions
    assert len(opinions) == 1 and asked in opinions[0].text
    assert paragraph.split(". ")[1] not in opinions[0].text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bác xem cho thợ thủ công vào danh sách được không ạ", "vi"),
        ("Est-ce que les veuves y ont droit", "fr"),
        ("Is it possible for widows to have it too", "en"),
    ],
)
def test_a_question_needs_no_mark_in_talk(text: str, code: str) -> None:
    assert kinds.judge(text, code).kind == "question"


def test_who_reports_asks_nothing() -> None:
    assert kinds.judge("Xin báo cáo hội nghị, thu 6 tháng đạt 41% dự toán.", "vi").kind == "neutral"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cái đề án ấy thế nào thì tôi chịu, tôi chả biết.", "vi"),
        ("La réforme des ports, je n'en sais rien.", "fr"),
        ("Les garçons ont été interrogés dans la cour.", "fr"),
        ("The pupils were interviewed one by one.", "en"),
    ],
)
def test_who_knows_nothing_and_how_people_were_asked_is_no_opinion(text: str, code: str) -> None:
    assert kinds.judge(text, code).kind == "aside"


def test_a_place_in_capitals_is_no_person() -> None:
    assert letterheads.person(document("BÀ NÀ HỒ\nKính gửi: Sở Y tế\nĐề nghị sửa Điều 3.", "vi")) == Author()
