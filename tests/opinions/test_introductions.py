"""Writers who tell of themselves in their first lines, and what stands below a name in a mail."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Field, Locator
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import extract, introductions


def mail(name: str, language: str, *lines: str) -> Document:
    head = Block("d/h", f"From: {name} <someone@post.example>", Locator(), "header")
    blocks = (head, *(Block(f"d/b{n}", line, Locator()) for n, line in enumerate(lines)))
    return Document("d", "d.eml", "0" * 64, "letter", language, blocks, (Field("sender", name),))


@pytest.mark.parametrize(
    ("language", "name", "lines", "body"),
    [
        (
            "vi",
            "Lò Thị Pâng",
            (
                "Kính gửi Ban soạn thảo,",
                "Tôi là bác sĩ Lò Thị Pâng, Hội Đông y tỉnh, nguyên phó trưởng khoa, nay đã nghỉ hưu.",
                "Đề nghị nâng chỉ tiêu lên 70%.",
                "Lò Thị Pâng",
                "ĐT: 0988 xxx 111",
            ),
            "Hội Đông y tỉnh",
        ),
        (
            "en",
            "Ann Field",
            ("Dear all,", "I am Ann Field, of the Lake Fund, and I read the draft.", "Please raise the target to 70%."),
            "Lake Fund",
        ),
        (
            "fr",
            "Claire Bordas",
            ("Bonjour,", "Je suis Claire Bordas, directrice de l'Atelier Vert.", "Il faudrait porter ce taux à 70 %."),
            "Atelier Vert",
        ),
    ],
)
def test_a_writer_tells_his_body(language: str, name: str, lines: tuple[str, ...], body: str) -> None:
    authors = [o.author for o in extract(mail(name, language, *lines)).opinions]
    assert authors
    assert {(a.name, a.organization) for a in authors} == {(name, body)}


def test_somebody_else_who_is_introduced_is_not_the_writer() -> None:
    lines = ("Dear all,", "My name is Tom Hale, of the Lake Fund, said the man.", "Please raise the target to 70%.")
    (opinion,) = extract(mail("Ann Field", "en", *lines)).opinions
    assert opinion.author == Author("Ann Field")


@pytest.mark.parametrize("contact", ["ĐT: 0988 xxx 111", "Tel. +84 ...", "Mobile: on request", "Zalo: pang.lo"])
def test_a_telephone_number_below_a_name_is_no_title(contact: str) -> None:
    lines = ("Dear all,", "Please raise the target to 70%.", "Best regards,", "Ann Field", contact)
    (opinion,) = extract(mail("Ann Field", "en", *lines)).opinions
    assert opinion.author == Author("Ann Field")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "We are grateful to the Department of Health for the draft."),
        ("en", "I am happy at the Department's decision."),
        ("fr", "Je suis d'avis que la Fondation doit payer."),
        ("vi", "Tôi là người ủng hộ Đề án của Sở Y tế."),
    ],
)
def test_other_words_behind_i_am_tell_no_body(language: str, words: str) -> None:
    assert introductions.introduced([Block("d/b1", words, Locator())], language) == Author()


def test_below_a_name_stand_its_office_and_its_body() -> None:
    signature = ("Best regards,", "Ann Field", "Roads Adviser", "Hill Farms Union", "Tel. on request")
    (opinion,) = extract(mail("Ann Field", "en", "Dear all,", "Please raise the target to 70%.", *signature)).opinions
    assert opinion.author == Author("Ann Field", "Roads Adviser", "Hill Farms Union")
