"""Sections counted in each part, headings told twice, lists of legal bases, what moved and what was rewritten."""

from __future__ import annotations

import pytest
from making import draft, labels

from feedback_synth.drafts import compare

PARTS = (
    *("PART I. SITUATION", "Section 1. Roads", "a) The roads are narrow.", "Section 2. Bridges", "a) Nine fell."),
    *("PART II. TASKS", "Section 1. Roads", "a) Widen them.", "Section 2. Bridges", "a) Build nine."),
    *("Section 3. Ferries", "a) Buy four boats.", "Section 4. Harbours", "a) Dredge them."),
)


def test_sections_that_begin_anew_in_each_part_belong_to_it() -> None:
    made = labels(draft(*PARTS, language="en"))
    assert "Part II section 4 point a" in [x.replace("Section", "section") for x in made]


def test_sections_counted_through_the_draft_stand_for_themselves() -> None:
    made = draft(
        *("PART I. GENERAL", "Section 1. Scope", "Gates open.", "Section 2. Terms", "A gate is a door."),
        *("PART II. DUTIES", "Section 3. Keepers", "They ring.", "Section 4. Bells", "They are of bronze."),
        language="en",
    )
    assert "Section 4" in labels(made)


@pytest.mark.parametrize(
    ("language", "heading", "label"),
    [
        ("vi", "PHỤ LỤC 2 (ANNEX 2). Danh mục cầu", "Phụ lục 2"),
        ("en", "ANNEX II (PHỤ LỤC II). List of bridges", "Annex II"),
        ("fr", "ANNEXE 2 (PHỤ LỤC 2) : Liste des ponts", "Annexe 2"),
    ],
)
def test_a_heading_told_again_in_another_language(language: str, heading: str, label: str) -> None:
    first = {"vi": "Điều 1. Phạm vi", "en": "Article 1. Scope", "fr": "Article 1. Objet"}[language]
    found = {p.label: p.heading for p in draft(first, "1. A.", heading, "- X", language=language).provisions}
    assert found[label] == heading.partition(")")[2].lstrip(".: ")


@pytest.mark.parametrize(
    ("language", "heading", "acts"),
    [
        ("vi", "2. Cơ sở pháp lý", ["- Luật Cầu số 12/2020/QH14;", "- Nghị định số 8/2021/NĐ-CP."]),
        ("vi", "2. Căn cứ xây dựng Đề án", ["- Luật Đò số 15/2021/QH15;", "- Thông tư số 3/2022/TT-BGTVT."]),
        ("en", "2. Legal bases of the Project", ["- Law on Bridges No. 12/2020/QH14;", "- Decree No. 8/2021/ND-CP."]),
        ("fr", "2. Fondements juridiques", ["- Loi n° 12/2020/QH14 sur les ponts ;", "- Décret n° 8/2021/ND-CP."]),
    ],
)
def test_acts_listed_as_legal_bases_are_no_items(language: str, heading: str, acts: list[str]) -> None:
    part = {"vi": "PHẦN I. MỞ ĐẦU", "en": "PART I. OPENING", "fr": "PARTIE I. OUVERTURE"}[language]
    made = draft(part, "1. A.", heading, *acts, "3. B.", "- C;", "- D.", language=language)
    assert [p.number for p in made.provisions if p.level == "indent"] == ["1", "2"]  # those of 3 alone
    (bases,) = [p for p in made.provisions if p.number == "2" and p.level != "indent"]
    assert all(act in bases.text for act in acts)


def test_a_point_that_went_under_a_new_item_has_moved() -> None:
    kept = ("a) Build nine bridges over the river.", "b) Widen the road to the coast.")
    land = "Review the plans and keep clean land for harbours in every commune of the coast."
    old = draft("PHẦN I. TASKS", "1. Works", *kept, f"c) {land}", "2. People", "a) Train pilots.")
    new = draft("PHẦN I. TASKS", "1. Works", *kept, "2. People", "a) Train pilots.", "3. Land", f"a) {land}")
    assert [(c.kind, c.new_label) for c in compare(old, new).changes if c.old_label] == [
        ("moved", "Phần I mục 3 điểm a")
    ]


def test_neighbours_that_are_found_late_help_to_pair_what_was_rewritten() -> None:
    old = draft(
        "Điều 1. Works",
        "a) Organise collection by boat along the canals for homes without a road.",
        "b) Build 3 central plants for waste with a furnace.",
        "c) Collect used packaging in 1,500 bins at the edge of the fields.",
    )
    new = draft(
        "Điều 1. Works",
        "a) Sort household rubbish in all communes from July.",
        "b) Organise collection by boat three times a week along the canals for homes without a road.",
        "c) Build 2 central plants for waste; how they work is chosen after a study of what they cost.",
        "d) Collect used packaging in 1,500 bins at the edge of the fields.",
    )
    pairs = {c.old_label: c.new_label for c in compare(old, new).changes if c.old_label}
    assert pairs["Điều 1 điểm b"] == "Điều 1 điểm c"
