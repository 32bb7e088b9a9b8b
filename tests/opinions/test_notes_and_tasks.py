"""Who writes by his signature, letterhead or own words; answers of bodies, tasks of a meeting, places over items."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Locator, SourceKind
from feedback_synth.datamodel.opinion import Author, Extraction
from feedback_synth.opinions import bylines, directives, extract, kinds, letters, turning_points, turns


def document(text: str, code: str, kind: SourceKind) -> Document:
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    blocks = tuple(Block(f"d/b{n}", line, Locator(paragraph=n)) for n, line in enumerate(lines, 1))
    return Document("d", "d.txt", "0" * 64, kind, code, blocks, ())


def read(text: str, code: str, kind: SourceKind) -> Extraction:
    return extract(document(text, code, kind))


MAILS = {
    "en": (
        "Dear Ann,\nOur remarks:\n- 40 rangers are not enough, hire at least 60.\nSee you on the hill,\n"
        "Tom Barrow\nOpen Paths, a charity of walkers",
        Author("Tom Barrow", "", "Open Paths"),
    ),
    "fr": (
        "Bonjour Anne,\nVoici nos remarques :\n- 40 gardes, il en faut 60.\nBon vent depuis le lac,\n"
        "Luc Mercier\nEau Vive, collectif de pêcheurs du lac",
        Author("Luc Mercier", "", "Eau Vive"),
    ),
    "vi": (
        "Chào chị Hà,\nEm gửi mấy góp ý:\n- 40 kiểm lâm là quá ít, đề nghị tăng lên 60.\nHẹn gặp ở bờ sông,\n"
        "Trần Thị Mai\nSông Xanh, nhóm bảo vệ rừng đầu nguồn",
        Author("Trần Thị Mai", "", "Sông Xanh"),
    ),
}


@pytest.mark.parametrize("code", ["en", "fr", "vi"])
def test_a_name_described_below_the_writer_is_a_body(code: str) -> None:
    text, author = MAILS[code]
    blocks = document(text, code, "letter").blocks
    assert letters._signature(blocks, author.name, code) == author
    assert letters._own_name(blocks, author.name) == len(blocks) - 2


def test_an_answer_below_the_name_goes_on() -> None:
    blocks = document("Dear all,\nAgreed.\nTom Barrow\nA nursery, yes, but two small ones.", "en", "letter").blocks
    assert letters._own_name(blocks, "Tom Barrow") == len(blocks)


NOTES = {
    "fr": """
        Université de Valmont
        Note sur les textes relatifs à l'eau
        Paul Lenoir, professeur d'hydrologie, Université de Valmont – 3 mars 2026
        Le contrôle ne peut être confié au seul Service de l'eau, juge et partie ; il devrait aller à un tiers.
        Les cartes devraient être publiées.
        """,
    "en": """
        University of Hartwell
        Comments on the draft water plan
        Dr Anna Brook, professor of hydrology, University of Hartwell – 3 March 2026
        The Department cannot be the only body that judges its own work; an independent body should do so.
        The maps should be published.
        """,
    "vi": """
        Trường Đại học Tân Sơn
        Nhận xét về dự thảo Đề án cấp nước
        PGS.TS Lê Văn Bình, giảng viên khoa Thủy văn, Trường Đại học Tân Sơn – 03/3/2026
        Việc đánh giá không thể chỉ giao cho Sở Nông nghiệp, đề nghị giao cho đơn vị độc lập.
        Đề nghị công khai bản đồ.
        """,
}


@pytest.mark.parametrize(
    ("code", "author"),
    [
        ("fr", ("Paul Lenoir", "Université de Valmont")),
        ("en", ("Anna Brook", "University of Hartwell")),
        ("vi", ("Lê Văn Bình", "Trường Đại học Tân Sơn")),
    ],
)
def test_a_letterhead_does_not_hide_who_writes(code: str, author: tuple[str, str]) -> None:
    found = read(NOTES[code], code, "notes").opinions
    assert len(found) >= 2
    assert {(o.author.name, o.author.organization) for o in found} == {author}


def test_a_named_line_keeps_no_degree() -> None:
    block = Block("d/b1", "PGS.TS Lê Văn Bình, giảng viên khoa Thủy văn, Trường Đại học Tân Sơn", Locator(paragraph=1))
    assert bylines._named_line(block, "vi").name == "Lê Văn Bình"


@pytest.mark.parametrize(
    ("code", "text", "author", "said"),
    [
        (
            "en",
            "For my part (Ann Field, Lake Region), I suggested that schools be served first.",
            Author("Ann Field", "", "Lake Region"),
            "schools be served first.",
        ),
        (
            "fr",
            "Pour ma part (Anne Petit, Région Valmont), j'ai suggéré que les écoles soient servies d'abord.",
            Author("Anne Petit", "", "Région Valmont"),
            "les écoles soient servies d'abord.",
        ),
        (
            "vi",
            "Về phần tôi (Lò Văn Hải, Sở Y tế), tôi đề nghị ưu tiên trường học trước.",
            Author("Lò Văn Hải", "", "Sở Y tế"),
            "đề nghị ưu tiên trường học trước.",
        ),
    ],
)
def test_who_writes_the_minutes_tells_what_he_said_himself(code: str, text: str, author: Author, said: str) -> None:
    found = turns.turn(text, code)
    assert found is not None
    assert (found.author, text[found.start :]) == (author, said)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "Le contrôle ne peut être confié au seul Service de l'eau, juge et partie."),
        ("fr", "Ce qui s'est dit"),
        ("en", "The Department of Health cannot be the only body that notes its own faults."),
    ],
)
def test_a_clause_names_no_speaker(code: str, text: str) -> None:
    assert turns.turn(text, code) is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The Department of Health replied that the list of wells would be reviewed."),
        ("fr", "Le Service de l'eau de Valmont a répondu que la liste des puits serait revue."),
        ("vi", "Sở Y tế trả lời rằng danh sách giếng sẽ được rà soát lại."),
    ],
)
def test_a_body_that_replies_answers(code: str, text: str) -> None:
    assert turning_points.answers(text, code)


def test_a_body_that_is_to_answer_does_not() -> None:
    assert not turning_points.answers("Sở Y tế cần giải trình rõ mức chi này.", "vi")


@pytest.mark.parametrize(
    ("code", "text", "who"),
    [
        ("en", "The chair asked Ms Hoa to send the minutes to the commune by 10 March 2026.", "Ms Hoa"),
        ("fr", "La présidente charge Mme Hoa d'envoyer le compte rendu avant le 10 mars 2026.", "Mme Hoa"),
        ("vi", "Trưởng bản giao anh Chu nộp danh sách hộ nghèo cho xã trước ngày 10/3/2026.", "anh Chu"),
    ],
)
def test_whoever_leads_gives_tasks_to_persons(code: str, text: str, who: str) -> None:
    assert turning_points.orders(text, code)
    assert directives.addressee(text, code) == who


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("vi", "Trưởng bản đề nghị tỉnh bổ sung kinh phí trước ngày 10/3/2026."),
        ("en", "The chair asked the Department of Health to add funds by 10 March 2026."),
        ("fr", "La présidente demande à la province d'ajouter des crédits avant le 10 mars 2026."),
    ],
)
def test_what_a_meeting_asks_of_bodies_is_no_task(code: str, text: str) -> None:
    assert not turning_points.orders(text, code)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "l'adhésion obligatoire est contraire au principe de la loi sur les coopératives"),
        ("en", "compulsory membership is contrary to the principle of the law on cooperatives"),
        ("vi", "việc bắt buộc vào hợp tác xã là đi ngược nguyên tắc của luật"),
    ],
)
def test_what_is_contrary_to_a_principle_is_criticised(code: str, text: str) -> None:
    assert kinds.judge(text, code).kind in kinds.OPINIONS


@pytest.mark.parametrize(
    ("code", "text", "place"),
    [
        (
            "fr",
            "Partie III, section 1 : supprimer « en béton ». Un arrêté impose déjà le bois dans les villages classés ; "
            "et dire qui délivre l'autorisation. Par ailleurs, il faudrait réparer la route.",
            "Partie III, section 1",
        ),
        (
            "en",
            "Part III, section 1: delete “concrete”. The draft should say who issues the permit. In addition, the road "
            "to the village should be repaired.",
            "Part III, section 1",
        ),
        (
            "vi",
            "Phần III, mục 1: bỏ cụm từ “bê tông”. Đề nghị ghi rõ ai cấp phép. Ngoài ra, đề nghị sửa đường vào bản.",
            "Phần III, mục 1",
        ),
    ],
)
def test_a_place_over_an_item_holds_for_its_sentences(code: str, text: str, place: str) -> None:
    found = read(f"Kính gửi / Dear / Bonjour,\n{text}", code, "letter").opinions
    assert len(found) >= 3
    assert all(o.places == (place,) for o in found[:-1])
    assert found[-1].places == ()
