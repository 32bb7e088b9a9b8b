"""References to provisions in all forms and three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth.languages.references import references

CASES = [
    ("điểm a khoản 2 Điều 3", ["article 3 clause 2 point a"]),
    ("Điểm b mục 1 phần III", ["part III section 1 point b"]),
    ("gạch đầu dòng thứ hai mục III.2", ["part III section 2 indent 2"]),
    ("tiểu mục 3.2 mục 3 Phần III", ["part III section 3 subsection 3.2"]),
    ("Điểm 2.3, mục II", ["part II subsection 2.3"]),
    ("II mục 3 điểm a", ["part II section 3 point a"]),
    ("III.2.a", ["part III section 2 point a"]),
    ("Phần thứ hai", ["part II"]),
    ("Chương II, Mục 1", ["chapter II section 1"]),
    ("Khoản 2a Điều 4", ["article 4 clause 2a"]),
    ("§ 2 của Điều 5", ["article 5 clause 2"]),
    ("§ 12", ["section 12"]),
    ("Đ.4 K.2", ["article 4 clause 2"]),
    ("điểm a k2 Đ4", ["article 4 clause 2 point a"]),
    ("K2Đ4", ["article 4 clause 2"]),
    ("K1 Đ3; K2 Đ4", ["article 3 clause 1", "article 4 clause 2"]),
    ("Đ4 khoản 2 điểm b", ["article 4 clause 2 point b"]),
    ("đoạn 2 khoản 1 Điều 4", ["article 4 clause 1"]),
    ("đoạn thứ hai khoản 1 Điều 4", ["article 4 clause 1"]),
    ("art. 5 al. 2", ["article 5 clause 2"]),
    ("Art 5 al 2", ["article 5 clause 2"]),
    ("s. 5(2)", ["section 5 clause 2"]),
    ("para 2 of art 3", ["article 3 clause 2"]),
    ("article L. 114-1 A", ["article L114-1A"]),
    ("articles LO 111-3 et R. * 421-1", ["article LO111-3", "article R421-1"]),
    ("articles L. 114-1 à L. 114-3", ["article L114-1", "article L114-2", "article L114-3"]),
    ("article L. 112-15, l'administration", ["article L112-15"]),
    ("première phrase du deuxième alinéa de l'article 3", ["article 3 clause 2"]),
    ("Phụ lục II", ["annex II"]),
    ("Điểm đ khoản 1", ["clause 1 point đ"]),
    ("khoản 1 và khoản 2 Điều 5", ["article 5 clause 1", "article 5 clause 2"]),
    ("điểm a, b và c khoản 2 Điều 3", [f"article 3 clause 2 point {x}" for x in "abc"]),
    ("khoản 2 Điều 3 và khoản 4 Điều 5", ["article 3 clause 2", "article 5 clause 4"]),
    ("từ Điều 3 đến Điều 5", ["article 3", "article 4", "article 5"]),
    ("Hai điểm b và c có thể gộp", ["point b", "point c"]),
    ("Articles 4 et 5", ["article 4", "article 5"]),
    ("article 3, alinéa 1 a)", ["article 3 clause 1 point a"]),
    ("deuxième alinéa de l'article 3", ["article 3 clause 2"]),
    ("section II, point 3 a)", ["part II section 3 point a"]),
    ("Article 4 bis", ["article 4 bis"]),
    ("l'article premier", ["article 1"]),
    ("art. L. 111-1", ["article L111-1"]),
    ("clause 2(b)", ["clause 2 point b"]),
    ("Article 2(2)(b)", ["article 2 clause 2 point b"]),
    ("Clause 3 of Article 6", ["article 6 clause 3"]),
    ("Section II, item 3c", ["part II section 3 point c"]),
    ("Part IV item 3", ["part IV section 3"]),
    ("Articles 4 to 7", ["article 4", "article 5", "article 6", "article 7"]),
    ("Sec. 3", ["section 3"]),
    ("§ 12", ["section 12"]),
    ("Article 3(1)(a) and (b)", ["article 3 clause 1 point a", "article 3 clause 1 point b"]),
    ("Điều 5.2", ["article 5 clause 2"]),
    ("điểm c mục II.3", ["part II section 3 point c"]),
    ("mục II.3.c", ["part II section 3 point c"]),
    ("la section III.2 b)", ["part III section 2 point b"]),
    ("gạch đầu dòng thứ 3, điểm b, mục 2.1", ["subsection 2.1 point b indent 3"]),
    ("gạch đầu dòng cuối cùng của khoản 2", ["clause 2 indent last"]),
    ("article 4, al. 2, 3e tiret", ["article 4 clause 2 indent 3"]),
    ("au 2° du I de l'article 3", ["article 3 clause I point 2"]),
    ("từ điểm a đến điểm c khoản 3 Điều 2", [f"article 2 clause 3 point {x}" for x in "abc"]),
    ("khoảng 5 trường thí điểm 3 lớp", []),
    ("le point a été abordé", []),
    ("điểm y tế xã", []),
    ("tăng 5 điểm phần trăm", []),
    ("part of the 3 schools", []),
    ("at this point a new school", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_levels(text: str, expected: list[str]) -> None:
    found = [" ".join(f"{level} {number}" for level, number in r.levels) for r in references(text, "vi")]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("Điều 3 Nghị quyết này", "resolution"),
        ("tiểu mục 3.2 mục 3 Phần III của Đề án", "project"),
        ("Dự thảo Nghị quyết: điểm c mục 3 phần II", "resolution"),
        ("projet de résolution, article 4", "resolution"),
        ("Articles 4 et 5 du Projet", "project"),
        ("Article 2(2)(b) of the Resolution", "resolution"),
        ("article 2, clause 2, point d de la résolution", "resolution"),
        ("Điều 3", ""),
    ],
)
def test_the_draft_named_nearby(text: str, draft: str) -> None:
    assert next(r.draft for r in references(text, "vi")) == draft


@pytest.mark.parametrize(
    ("text", "external"),
    [
        ("Điều 15 Luật Đất đai", True),
        ("Article 5 of the Law on Education", True),
        ("l'article 5 du décret n° 30", True),
        ("Điều 5 Nghị quyết số 57-NQ/TW", True),
        ("Điều 15 của Luật này", False),
        ("Điều 5 của dự thảo Luật", False),
        ("Điều 3 Nghị quyết này", False),
    ],
)
def test_places_in_other_acts(text: str, external: bool) -> None:
    assert [r.external for r in references(text, "vi")] == [external]


def test_pages_lines_tables() -> None:
    (page,) = references("tại trang 5, dòng 7 từ dưới lên", "vi")
    assert (page.page, page.line, page.from_bottom) == (5, 7, True)
    (row,) = references("dòng 3 Biểu 02", "vi")
    assert (row.table, row.row, row.line) == ("2", "3", None)
    (table,) = references("Le tableau 01 gagnerait", "fr")
    assert table.table == "1"
    (bases,) = references("phần căn cứ thiếu một văn bản", "vi")
    assert bases.preamble


@given(st.text(alphabet="abc ĐIVXđiềuhoảnmụcphần123().,-", max_size=60))
def test_spans_lie_in_the_text(text: str) -> None:
    for reference in references(text, "vi"):
        assert 0 <= reference.start < reference.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "khoảng 5 năm", "trong khoảng 3 đến 5 xã", "giai đoạn 2", "đoạn 2026-2030", "hai câu", "giá 20 k", "5 đ, 4k",
        "Đ4", "QĐ 4", "Smith et al. 2019", "la première phrase",
    ],
)  # fmt: skip
def test_words_that_name_no_place(text: str) -> None:
    assert references(text, "vi") == []


@pytest.mark.parametrize(
    ("text", "language", "levels"),
    [
        ("(Section IV, item 2 b of the Resolution)", "en", "part IV section 2 point b"),
        ("Au point 1.3 d) de la section II", "fr", "part II subsection 1.3 point d"),
        ("à l'article 7, II, 4°, écrire", "fr", "article 7 clause II point 4"),
        ("Điểm b tiết 1.4 mục 1 phần II", "vi", "part II section 1 subsection 1.4 point b"),
        ("item 3 a new sentence is needed", "en", "section 3"),
        ("In article 3, I would add a date", "en", "article 3"),
    ],
)
def test_steps_written_by_commas_and_spaces(text: str, language: str, levels: str) -> None:
    assert [" ".join(f"{a} {b}" for a, b in r.levels) for r in references(text, language)] == [levels]


@pytest.mark.parametrize(
    ("text", "code", "page"),
    [
        ("dòng cuối trang 3", "vi", 3),
        ("dòng cuối cùng của trang cuối", "vi", None),
        ("the last line of page 3", "en", 3),
        ("la dernière ligne de la page 3", "fr", 3),
    ],
)
def test_the_last_line_is_counted_from_the_bottom(text: str, code: str, page: int | None) -> None:
    (found,) = references(text, code)
    assert (found.page, found.line, found.from_bottom) == (page, 1, True)
