"""What labels of a form and lines with a byline tell of the person who wrote."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Locator
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import bylines, extract, form_labels


def notes(text: str, language: str) -> Document:
    rows = [line.strip() for line in text.strip().splitlines()]
    blocks = tuple(Block(f"d/b{n}", line, Locator(line=n)) for n, line in enumerate(rows, 1))
    return Document("d", "d.pdf", "0" * 64, "notes", language, blocks, ())


@pytest.mark.parametrize(
    ("language", "label", "asked"),
    [
        ("vi", "Chức vụ, đơn vị", ("title", "body")),
        ("vi", "Họ và tên người tham gia ý kiến", ("name",)),
        ("vi", "Họ và tên, chức vụ", ("name", "title")),
        ("vi", "Họ và tên / Full name", ("name",)),
        ("fr", "Fonction et organisme", ("title", "body")),
        ("fr", "Nom et prénom de la personne qui remplit la fiche", ("name",)),
        ("fr", "Nom, fonction et structure", ("name", "title", "body")),
        ("en", "Position / organisation", ("title", "body")),
        ("en", "Organisation (optional)", ("body",)),
        ("en", "Name and position of the person commenting", ("name", "title")),
        ("vi", "Đơn vị tính", ()),
        ("vi", "Cơ quan soạn thảo", ()),
        ("fr", "Date et lieu", ()),
        ("en", "Name of the project", ()),
    ],
)
def test_a_label_asks_for_one_fact_or_several(language: str, label: str, asked: tuple[str, ...]) -> None:
    assert form_labels.asked(label, language) == asked


@pytest.mark.parametrize(
    ("language", "answers", "author"),
    [
        (
            "vi",
            [("Họ và tên người góp ý", "Vàng A Dơ"), ("Chức vụ, đơn vị", "Phó Hiệu trưởng, Trường THCS xã Nậm Cắn")],
            Author("Vàng A Dơ", "Phó Hiệu trưởng", "Trường THCS xã Nậm Cắn"),
        ),
        (
            "fr",
            [("Nom du répondant", "Mme Claire Bordas"), ("Fonction et organisme", "Chargée de mission, Atelier Vert")],
            Author("Claire Bordas", "Chargée de mission", "Atelier Vert"),
        ),
        (
            "en",
            [("Name, title, organisation", "Ann Field, Adviser, Green Hills Trust")],
            Author("Ann Field", "Adviser", "Green Hills Trust"),
        ),
        (
            "vi",
            [("Họ và tên", "Vàng A Dơ"), ("Chức vụ", "Phó Chủ tịch UBND xã Nậm Cắn")],
            Author("Vàng A Dơ", "Phó Chủ tịch", "UBND xã Nậm Cắn"),
        ),
        (
            "vi",
            [("Họ và tên", "Vàng A Dơ"), ("Chức vụ, đơn vị công tác", "giáo viên")],
            Author("Vàng A Dơ", "giáo viên", ""),
        ),
    ],
)
def test_the_answers_of_a_form_make_an_author(language: str, answers: list[tuple[str, str]], author: Author) -> None:
    assert bylines.answered(answers, language) == author


@pytest.mark.parametrize(
    ("language", "text", "author"),
    [
        (
            "en",
            """Green Hills Trust
            Comments on the draft Project on upland forests
            Prepared by Ann Field, Programme Manager. 5 May 2026
            1. Targets
            The target of 60% should be lowered to 50%.""",
            Author("Ann Field", "Programme Manager", "Green Hills Trust"),
        ),
        (
            "fr",
            """COLLECTIF DES SOURCES
            Remarques sur le projet de texte
            Rédigé par Luc Morel, chargé de mission, le 5 mai 2026
            1. Objectifs
            Il faudrait porter ce taux à 70 %.""",
            Author("Luc Morel", "chargé de mission", "Collectif des Sources"),
        ),
        (
            "vi",
            """HỘI KHUYẾN HỌC XÃ NẬM CẮN
            Góp ý dự thảo Đề án
            Người viết: Vàng A Dơ, ngày 5 tháng 5 năm 2026
            Đề nghị nâng chỉ tiêu lên 70%.""",
            Author("Vàng A Dơ", "", "Hội Khuyến Học Xã Nậm Cắn"),
        ),
    ],
)
def test_a_paper_is_by_whom_its_byline_names_and_of_the_body_on_its_first_line(
    language: str, text: str, author: Author
) -> None:
    (opinion,) = extract(notes(text, language)).opinions
    assert opinion.author == author


def test_words_that_only_look_like_a_byline_name_nobody() -> None:
    text = """Remarks on the draft
    By 2030 all stations should have a doctor."""
    assert [o.author for o in extract(notes(text, "en")).opinions] == [Author()]
