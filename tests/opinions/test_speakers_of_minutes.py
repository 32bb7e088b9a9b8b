"""Who speaks in minutes and rough notes: rosters, second speakers of a paragraph, asides, people without a name."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Locator, SourceKind
from feedback_synth.opinions import extract, turns


def said(kind: SourceKind, language: str, text: str) -> list[tuple[str, str, str]]:
    """(name, body, words) of every opinion."""
    rows = [line.strip() for line in text.strip().splitlines()]
    blocks = tuple(Block(f"d/b{n}", line, Locator(line=n)) for n, line in enumerate(rows, 1))
    found = extract(Document("d", "d.docx", "0" * 64, kind, language, blocks, ()))
    return [(o.author.name, o.author.organization, o.text) for o in found.opinions]


def test_a_roster_in_one_line_completes_who_is_called_by_surname() -> None:
    text = """COMPTE RENDU
    Présents : M. Luc Morel (Aquavert-Sud), Mme Claire Bordas (Atelier Vert).
    1. Rappel
    Mme Bordas rappelle que le projet comporte trois indicateurs et qu'il faut les voter.
    2. Tour de table
    M. Morel (Aquavert-Sud) approuve les objectifs. Il faudrait porter ce taux à 70 %.
    Mme Bordas indique que le taux sera revu. Elle répond que la dépense doit rester la même."""
    assert said("minutes", "fr", text) == [("Luc Morel", "Aquavert-Sud", "Il faudrait porter ce taux à 70 %.")]


NOTES = """GROUP 3, 4 May
rapporteur: Tom Hale (rough, to be typed)
- Ms Ann Field, Dept of Roads: the target should be lowered to 50%
- Nam Can, vice ch. Mr Pang: two boats are needed for the school
(long story about a cow, must be told again)
- someone from the lake school (name?): please add a bus
10h30 coffee, we must buy sugar
Forestry dept answers: should be looked at
- Forestry, Mr Lo (by phone): raise the allowance to 0.5"""


def test_rough_notes_give_each_line_to_whom_it_names() -> None:
    assert said("notes", "en", NOTES) == [
        ("Ann Field", "Dept of Roads", "the target should be lowered to 50%"),
        ("Pang", "Nam Can", "two boats are needed for the school"),
        ("", "lake school", "please add a bus"),
        ("Lo", "Forestry", "raise the allowance to 0.5"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "speakers"),
    [
        (
            "vi",
            """BIÊN BẢN
            II. Ý KIẾN THẢO LUẬN
            Ông Lò Văn Pâng, Sở Ngoại vụ cho rằng chỉ tiêu quá cao. Bà Mùa Thị Dở, Hội Đông y tỉnh đề nghị hạ xuống 50%.
            Một đại biểu nêu rằng nên lùi sang năm 2028.""",
            ["Lò Văn Pâng", "Mùa Thị Dở", ""],
        ),
        (
            "en",
            """MINUTES
            II. DISCUSSION
            Dr. Ann Field, Lake Hospital. The target should be lowered to 50%.
            Mr. Tom Hale, Director of Hill Water Company, said that 80% would be better. Ms. Field asked for a bus.
            A participant said that the fund should be doubled.""",
            ["Ann Field", "Tom Hale", "Ann Field", ""],
        ),
        (
            "fr",
            """PROCÈS-VERBAL
            II. DISCUSSION
            M. Luc Morel, ingénieur chez Aquavert, raconte sa visite. Il faudrait porter ce taux à 70 %.
            Mme Claire Bordas (Atelier Vert) demande un bac. M. Morel propose de doubler l'indemnité.""",
            ["Luc Morel", "Claire Bordas", "Luc Morel"],
        ),
    ],
)
def test_a_sentence_that_names_another_speaker_takes_the_word(language: str, text: str, speakers: list[str]) -> None:
    assert [name for name, _, _ in said("minutes", language, text)] == speakers


def test_who_opens_a_meeting_before_the_heading_of_the_discussion_gives_no_opinion() -> None:
    text = """MINUTES
    I. OPENING
    Mr. Tom Hale, Chairman, asked that long remarks should be sent in writing.
    II. DISCUSSION
    Ms. Ann Field, Lake Hospital: the target should be lowered to 50%.
    Mr. Pang Lo, Lake School: a bus should be bought.
    Ms. Rose Hill, Lake Fund: the fund should be doubled."""
    assert [name for name, _, _ in said("minutes", "en", text)] == ["Ann Field", "Pang Lo", "Rose Hill"]


@pytest.mark.parametrize(
    ("text", "code", "name", "body", "said"),
    [
        (
            "Điểm cầu xã Nậm Khao: bà Lò Thị Mỷ - Phó Chủ tịch UBND xã: Bỏ điểm này.",
            "vi",
            "Lò Thị Mỷ",
            "UBND xã Nậm Khao",
            "Bỏ",
        ),
        (
            "Điểm cầu xã Nậm Khao: (mất tiếng 5 phút) ông Tẩn A Pao - Bí thư Đoàn xã: Bỏ điểm này.",
            "vi",
            "Tẩn A Pao",
            "Đoàn xã Nậm Khao",
            "Bỏ",
        ),
    ],
)
def test_who_speaks_from_a_bridge_point_is_named_behind_it(
    text: str, code: str, name: str, body: str, said: str
) -> None:
    found = turns.turn(text, code)
    assert found is not None
    assert (found.author.name, found.author.organization) == (name, body)
    assert text[found.start :].startswith(said)
