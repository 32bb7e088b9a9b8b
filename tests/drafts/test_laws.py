"""Laws as they are printed: consolidated texts, British acts, American and French bills, regulations of the Union."""

from __future__ import annotations

import pytest
from making import draft, labels

from feedback_synth.drafts import compare, lint

A = "Chủ vườn tưới cây vào buổi sáng và buổi chiều trong mùa khô."
B = "Cơ quan quản lý lập sổ ghi tên từng cây và ngày trồng."
C = "Người làm gãy cành phải báo cho cơ quan quản lý trong ngày."
D = "The keeper of a garden must open its gates before sunrise on every day of the week."
E = "A visitor who finds a gate locked may ring the bell that hangs beside it."
F = "The bell is to be of bronze and must be heard at the far end of the garden."


# ---- Vietnamese ------------------------------------------------------------------------------------
def test_marks_of_footnotes_behind_numbers() -> None:
    made = draft(
        "Điều 1[1]. Tưới cây", f"1.[2] {A}", f"2. {B}", "a) Lá;", "b)[3] Hoa;", "Điều 2.[4] (được bãi bỏ)",
        f"Điều 3. {C}",
    )  # fmt: skip
    assert labels(made) == [
        "Điều 1", "Điều 1 khoản 1", "Điều 1 khoản 2", "Điều 1 khoản 2 điểm a", "Điều 1 khoản 2 điểm b",
        "Điều 2", "Điều 3",
    ]  # fmt: skip
    assert made.by_id["art_1/cl_1"].text == A
    assert made.by_id["art_2"].heading == "(được bãi bỏ)"


def test_points_put_in_between() -> None:
    made = draft("Điều 1. Cây", "1. Gồm có:", *(f"{x}) Cây {x};" for x in ("a", "b", "c", "d", "đ", "đ1", "đ2", "e")))
    assert [p.number for p in made.provisions if p.level == "point"] == ["a", "b", "c", "d", "đ", "đ1", "đ2", "e"]


def test_notes_printed_behind_the_signature() -> None:
    made = draft(
        "Điều 1. Tưới cây[1]", A, "CHỦ TỊCH QUỐC HỘI", "Trần Lá", "[1] Tên Điều này được sửa đổi.",
        "[2] Luật mới quy định:", "“Điều 9. Hiệu lực”.",
    )  # fmt: skip
    assert labels(made) == ["Điều 1"]
    assert [(n.number, n.text) for n in made.notes] == [
        ("1", "Tên Điều này được sửa đổi."),
        ("2", "Luật mới quy định:\n“Điều 9. Hiệu lực”."),
    ]


def test_a_new_mark_of_a_footnote_changes_no_words() -> None:
    old, new = draft(f"Điều 1. {A}", f"Điều 2. {B}"), draft(f"Điều 1. {A}", f"Điều 2. {B[:-1]}[7].")
    assert [c.substantive for c in compare(old, new).changes] == [False]


# ---- British acts ----------------------------------------------------------------------------------
def _act(*sections: str) -> tuple[str, ...]:
    return (
        "Gates Act 2040", "Part 1", "Gates", "Opening", *sections, "SCHEDULES", "SCHEDULE 1", "Section 2", "Bells",
        f"1 (1) {F}", "(2) It hangs from a hook.", f"2 {E}", "Part 2", "Ropes", "3 A rope is to be of hemp.",
    )  # fmt: skip


SECTIONS = (
    "1 Duty to open", f"(1) {D}", f"(2) {E}", "2 Meaning of “gate”", "(1) In this Act “gate” means—", "(a) a door, or",
    "(b) a bar.", "Bells", "3 Bell", F, "3A Bell in winter", E, "4 Rope", "A rope is tied to the bell.",
    "5 Hook", "A hook holds it.",
)  # fmt: skip


def test_sections_without_a_word_and_paragraphs_of_schedules() -> None:
    made = draft(*_act(*SECTIONS), language="en")
    assert [p.label for p in made.provisions if p.level == "article"] == [
        "Section 1", "Section 2", "Section 3", "Section 3A", "Section 4", "Section 5",
    ]  # fmt: skip
    assert [x for x in labels(made) if x.startswith("Schedule")] == [
        "Schedule 1", "Schedule 1 clause 1", "Schedule 1 clause 1 point 1", "Schedule 1 clause 1 point 2",
        "Schedule 1 clause 2", "Schedule 1 Part 2", "Schedule 1 Part 2 clause 3",
    ]  # fmt: skip
    assert made.by_id["anx_1"].heading == "Bells"


def test_a_heading_between_sections_belongs_to_none() -> None:
    made = draft(*_act(*SECTIONS), language="en")
    assert next(p for p in made.provisions if p.level == "part").text == "Opening\nBells"
    assert made.by_id["art_2/cl_1/pt_b"].text == "a bar."


def test_a_repealed_section_leaves_a_gap() -> None:
    old = draft(*_act(*SECTIONS), language="en")
    new = draft(*_act(*SECTIONS[:3], *SECTIONS[7:]), language="en")
    removed = [c.old_label for c in compare(old, new).changes if c.kind == "removed"]
    assert removed == ["Section 2", "Section 2 clause 1", "Section 2 clause 1 point a", "Section 2 clause 1 point b"]


def test_a_part_that_moved() -> None:
    parts = [
        (
            f"Part {n}", f"Kind {n}", f"{3 * n - 2} Colour {n}", f"{D} Its colour is number {n}.",
            f"{3 * n - 1} Height {n}", f"{F} Its height is number {n}.",
            f"{3 * n} Width {n}", f"{E} Its width is number {n}.",
        )
        for n in range(1, 5)
    ]  # fmt: skip
    old = draft(*(line for part in parts for line in part), language="en")
    new = draft(*(line for part in (parts[0], parts[2], parts[1], parts[3]) for line in part), language="en")
    assert [(c.kind, c.old_label) for c in compare(old, new).changes] in (
        [("moved", "Part 2")],
        [("moved", "Part 3")],
    )


# ---- American bills --------------------------------------------------------------------------------
def test_sections_of_a_bill_that_amends() -> None:
    made = draft(
        "SECTION 1. SHORT TITLE.", D, "SEC. 2. GATES.", "(a) In General.—Section 3 of the Bells Act is amended—",
        "(1) by adding at the end the following:", "``(3) Rope.—A rope is a cord that—", "``(A) is long; and",
        "``(B) is thick.''; and", "(2) by striking subsection (c).", "(b) New Section.—The Act is amended by adding:",
        "``SEC. 14A. ROPES.", "``(a) In General.—A rope hangs.''.", "(c) Date.—This section is in force.",
        language="en",
    )  # fmt: skip
    assert labels(made) == [
        "Section 1", "Section 2", "Section 2 point a", "Section 2 point a sub-point 1", "Section 2 point a sub-point 2",
        "Section 2 point b", "Section 2 point c",
    ]  # fmt: skip
    assert "14A" in made.by_id["art_2/pt_b"].text


def test_doubled_letters_below_roman_capitals() -> None:
    made = draft(
        "SEC. 1. GATES.", "(a) Kinds.—A gate is—", "(1) open, as to—", "(A) its bars—", "(i) of iron—", "(I) if thick—",
        "(aa) in summer; or", "(bb) in winter; or", "(II) if thin.", "(b) Bells.—A bell rings.", "SEC. 2. END.", D,
        language="en",
    )  # fmt: skip
    assert [p.number for p in made.provisions] == ["1", "a", "1", "A", "i", "I", "aa", "bb", "II", "b", "2"]
    assert made.provisions[6].parent_id == made.provisions[5].id


def test_sections_of_each_title_begin_at_a_hundred() -> None:
    made = draft(
        "TITLE I—GATES", "SEC. 101. BARS.", D, "SEC. 102. LOCKS.", E, "Subtitle B—Bells", "SEC. 111. ROPES.", F,
        language="en",
    )  # fmt: skip
    assert not made.notices


# ---- French bills ----------------------------------------------------------------------------------
def test_what_a_reading_put_in_or_struck_out() -> None:
    made = draft(
        "Article 1er", "I. – Le code des portails est ainsi modifié :", "1° et 2° (Supprimés)",
        "3° L'article 4 est abrogé ;",
        "a) Au début ;", "a bis) (nouveau) Au milieu ;", "b et c) (Supprimés)", "d) À la fin.",
        "II (nouveau). – Un rapport est remis.", "III et IV. – (Supprimés)", "V. – Un décret fixe la date.",
        "Articles 2 et 3", "(Conformes)", "Article 4", "Les cloches sonnent.", language="fr",
    )  # fmt: skip
    assert labels(made) == [
        "Article 1", "Article 1 I", "Article 1 I 1° et 2°", "Article 1 I 3°", "Article 1 I 3° point a",
        "Article 1 I 3° point a bis", "Article 1 I 3° point b et c", "Article 1 I 3° point d", "Article 1 II",
        "Article 1 III et IV", "Article 1 V", "Article 2 et 3", "Article 4",
    ]  # fmt: skip
    assert not made.notices


def test_capitals_divide_roman_numbers_of_an_article() -> None:
    made = draft(
        "Article 1er", "I. – A. – Le portail est ouvert.", "B. – Il est fermé :", "1. La nuit ;", "2. En hiver.",
        "I bis. – La cloche sonne.", "II. – 1° Elle est en bronze ;", "2° Elle est grave.", language="fr",
    )  # fmt: skip
    assert labels(made) == [
        "Article 1", "Article 1 I", "Article 1 I A", "Article 1 I B", "Article 1 I B point 1", "Article 1 I B point 2",
        "Article 1 I bis", "Article 1 II", "Article 1 II 1°", "Article 1 II 2°",
    ]  # fmt: skip


def test_numbers_in_circles_are_no_words() -> None:
    made = draft("Article 1er", "① I. – Le portail est ouvert.", "② II. – La cloche sonne.", language="fr")
    assert [(p.label, p.text) for p in made.provisions[1:]] == [
        ("Article 1 I", "Le portail est ouvert."),
        ("Article 1 II", "La cloche sonne."),
    ]
    assert made.provisions[1].spans[0].start == len("① I. – ")


def test_the_day_of_the_constitution_is_not_that_of_a_bill() -> None:
    made = draft("CONSTITUTION DU 4 OCTOBRE 1958", "PROJET DE LOI", "Article 1er", "La cloche sonne.", language="fr")
    assert made.date == ""


# ---- regulations of the Union ----------------------------------------------------------------------
REGULATION = (
    "REGULATION ON GATES", "Having regard to the Treaty on Gates,", "Whereas:",
    "(1) Gates keep gardens quiet at night.",
    "(2) Bells tell visitors that a gate is about to be closed.", "(3) Regulation (EU) 2031/7 is no longer enough.",
    "HAVE ADOPTED THIS REGULATION:", "Article 1", "Duty", D,
)  # fmt: skip


def test_recitals_are_compared_one_by_one() -> None:
    old = draft(*REGULATION, language="en")
    new = draft(*(x.replace("quiet", "safe") for x in REGULATION), language="en")
    assert labels(old) == ["Legal bases", "Recital 1", "Recital 2", "Recital 3", "Article 1"]
    assert old.provisions[0].text.endswith("HAVE ADOPTED THIS REGULATION:")
    assert [(c.kind, c.new_label) for c in compare(old, new).changes] == [("modified", "Recital 1")]


def test_a_regulation_need_not_name_what_it_touches() -> None:
    made = draft(*REGULATION, "Article 2", "Bells", "Regulation (EC) No 45/2021 applies to bells.", language="en")
    assert not lint([made])


# ---- figures of laws -------------------------------------------------------------------------------
RATES = (
    "The fee is not to exceed 2 % of the value of the gate.",
    "The fee is not to exceed 4 % of the value of the gate.",
)


@pytest.mark.parametrize(("title", "told"), [("Fees", False), ("Targets", True)])
def test_two_values_are_told_of_plans_and_not_of_laws(title: str, told: bool) -> None:
    made = draft(f"Article 1. {title}", f"1. {RATES[0]}", f"2. {RATES[1]}", "Article 2. Bells", D, language="en")
    assert len(made.indicators) == 2
    assert any(n.code == "indicator_two_values" for n in lint([made])) is told


def test_a_third_party_is_no_share() -> None:
    made = draft("Article 1. Targets", "1. A third party may ring.", "2. Noise falls by a third.", language="en")
    assert [(i.provision_id, round(i.value or 0)) for i in made.indicators] == [("art_1/cl_2", 33)]
