"""References as people write them: without marks, shortened, with slips, loosely ordered, or to other acts."""

from __future__ import annotations

import pytest

from feedback_synth.languages.references import references

FORMS = [
    ("dieu 4 khoan 2", "article 4 clause 2"),
    ("Đ4.K2", "article 4 clause 2"),
    ("Điêù 4 khỏan 2", "article 4 clause 2"),
    ("khoản hai Điều bốn", "article 4 clause 2"),
    ("Chương III, 2c:", "chapter III section 2 point c"),
    ("Chapter III, 2(c): household filters", "chapter III section 2 point c"),
    ("Partie III - 2 - d :", "part III section 2 point d"),
    ("mục 2/III của Đề án", "part III section 2"),
    ("III-2-d", "part III section 2 point d"),
    ("ý c mục 2 chương III", "chapter III section 2 indent c"),
    ("PL1", "annex 1"),
    ("Article 3.I.3", "article 3 clause I point 3"),
    ("Article 2.2.c", "article 2 clause 2 point c"),
    ("2eme alinea de l'article 3", "article 3 clause 2"),
    ("IIIe partie, section 2", "part 3 section 2"),
    ("Article two, clause two", "article 2 clause 2"),
    ("3.4(b): thin", "subsection 3.4 point b"),
    ("Điều 4, các khoản 2 và 3", "article 4 clause 2"),
    ("on 1a of Part III: too few", "part III section 1 point a"),
    ("we would drop 3(b) of Article 2", "article 2 clause 3 point b"),
    ("le 2 b) de l'article 3 est obscur", "article 3 clause 2 point b"),
    ("au 2 de l'article 3", "article 3 clause 2"),
    ("về 2b phần III, xã chưa rõ", "part III section 2 point b"),
    ("ở 3đ của Điều 5", "article 5 clause 3 point đ"),
    ("điểm 1a phần III", "part III section 1 point a"),
    ("ý 2b mục III", "part III section 2 point b"),
    ("point 2c of Article 4", "article 4 clause 2 point c"),
    ("Res., Art. 5, 2", "article 5 clause 2"),
    ("Rés., art. 3, 5", "article 3 clause 5"),
    ("Article 4, 2 : ajouter le transport", "article 4 clause 2"),
    ("DT NQ, Điều 3, 1, b", "article 3 clause 1 point b"),
    ("Điều 4, 5: gộp lại", "article 4"),
    ("l'art. 4.1 b sur la vedette", "article 4 clause 1 point b"),
]


@pytest.mark.parametrize(("text", "expected"), FORMS, ids=[f[0] for f in FORMS])
def test_forms(text: str, expected: str) -> None:
    found = next(iter(references(text, "vi")))
    assert " ".join(f"{level} {number}" for level, number in found.levels) == expected


@pytest.mark.parametrize(
    "text",
    [
        "khoản 3 tỷ đồng là đủ",
        "mục 5 phút phát biểu",
        "khoan 3 giếng nữa cho xã",
        "em được điểm 4 môn toán",
        "phần 2/3 số hộ",
        "we spent part 2 days there",
        "chỉ tiêu 5 trường",
        "3b của xã là nhà văn hóa",
    ],
)
def test_amounts_name_no_place(text: str) -> None:
    assert references(text, "vi") == []


@pytest.mark.parametrize(
    "text",
    [
        "theo Nghị định số 38/2024/NĐ-CP, tại khoản 2 Điều 4",
        "Luật Ngân sách nhà nước năm 2015 quy định tại Điều 4",
        "Quyết định 861/QĐ-TTg (Điều 2)",
        "Thông tư 15/2023/TT-BTC tại Điều 4",
        "khoản 1 Điều 3 Quy chế làm việc",
        "section 3(b) of the Public Procurement Act 2019",
        "Article 4 of our statutes",
        "la loi de finances 2026 prévoit à son article 4",
    ],
)
def test_places_in_other_acts_named_before_or_behind(text: str) -> None:
    assert [r.external for r in references(text, "vi")] == [True]


def test_the_bases_of_a_draft_that_lack_an_act_are_its_own() -> None:
    found = references("phần căn cứ của Nghị quyết còn thiếu Nghị định số 38/2024/NĐ-CP", "vi")
    assert [(r.preamble, r.draft, r.external) for r in found] == [(True, "resolution", False)]


def test_a_semicolon_parts_two_places() -> None:
    found = references("Điều 3 khoản 1; khoản 3 Điều 4", "vi")
    assert [r.levels for r in found] == [(("article", "3"), ("clause", "1")), (("article", "4"), ("clause", "3"))]
