"""Themes: inside one group, stable, named by the opinions' own words; singles stay single."""

from __future__ import annotations

from feedback_synth.analysis import themes
from feedback_synth.datamodel.analysis import Assignment, DuplicateSet
from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.opinion import Author, Opinion


def opinion(text: str, n: int, language: str = "vi") -> Opinion:
    span = Span(f"s{n}/b1", 0, len(text))
    return Opinion(f"s{n}/b1/o1", f"s{n}", (span,), text, Author(organization=f"Xã số {n}"), language, "amend")


WATER = [
    opinion("Công trình nước sạch tập trung phải có người vận hành", 1),
    opinion("Giao cho thôn quản lý công trình nước sạch", 2),
    opinion("Công trình nước sạch hay hỏng vì không ai bảo trì", 3),
]
FAIR = opinion("Hội chợ nông sản nên tổ chức trực tuyến", 4)


def assign(*opinions: Opinion, group: str = "tasks_solutions") -> list[Assignment]:
    return [Assignment(o.id, group) for o in opinions]


def test_opinions_on_one_thing_make_a_theme_and_singles_stay_single() -> None:
    found = themes.find([*WATER, FAIR], assign(*WATER, FAIR), language="vi")
    assert [set(t.opinion_ids) for t in found] == [{o.id for o in WATER}]
    assert "nước sạch" in found[0].label.lower()
    assert found[0].representative_id in found[0].opinion_ids


def test_themes_do_not_cross_groups() -> None:
    split = [Assignment(WATER[0].id, "funding"), *assign(*WATER[1:])]
    assert all(WATER[0].id not in t.opinion_ids for t in themes.find(WATER, split, language="vi"))


def test_a_new_opinion_leaves_the_old_themes() -> None:
    before = themes.find(WATER, assign(*WATER), language="vi")
    after = themes.find([*WATER, FAIR], assign(*WATER, FAIR), language="vi")
    assert [t.id for t in before] == [t.id for t in after]


def test_duplicates_share_a_theme_across_languages() -> None:
    english = opinion("Rural piped schemes must have an operator", 5, "en")
    same = [DuplicateSet("dup", (WATER[0].id, english.id))]
    found = themes.find([WATER[0], english], assign(WATER[0], english), same, language="en")
    assert [t.opinion_ids for t in found] == [(WATER[0].id, english.id)]
    assert all(word in english.text for word in found[0].label.split())
