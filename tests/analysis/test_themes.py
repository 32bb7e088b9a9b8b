"""Themes: inside one group, stable, named by the opinions' own words; singles stay single."""

from __future__ import annotations

from feedback_synth.analysis import themes
from feedback_synth.datamodel.analysis import Assignment, DuplicateSet, Link
from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.draft import Draft, Provision
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


def label(*texts: str, language: str = "vi", links: tuple[Link, ...] = (), drafts: tuple[Draft, ...] = ()) -> str:
    """The name of a set of opinions that duplicates hold together."""
    said = [opinion(text, n, language) for n, text in enumerate(texts, start=1)]
    same = [DuplicateSet("dup", tuple(o.id for o in said))]
    (theme,) = themes.find(said, assign(*said), same, links, language="vi" if links else language, drafts=drafts)
    return theme.label


def draft(heading: str, text: str = "") -> Draft:
    return Draft("d1", "project", "a.docx", "0" * 64, "vi", (Provision("2/1", "Mục 1", "section", "1", heading, text),))


def test_a_name_is_no_piece_of_a_sentence() -> None:
    assert "mong" not in label("đường vào bản lầy lội mong trên sớm gỡ cho", "xe không vào được bản vì đường lầy")
    found = label("tỉnh cho chốt mốc xây cầu treo trong năm tới", "bổ sung mốc xây cầu treo giữa kỳ")
    assert "cầu treo" in found and not found.startswith(("tỉnh cho", "xây", "mong"))
    assert "works" not in label(
        "Coaching inside the clinic works better for nurses.", "Nurses need coaching", language="en"
    )
    assert "est" not in label("le bac est trop vieux", "remplacer le bac de la rivière", language="fr").split()


def test_elided_words_and_figures_stand_outside() -> None:
    said = "L'absence de lavoir public d'au moins 20 places", "pallier l'absence de lavoir public"
    assert label(*said, language="fr").lower() == "absence de lavoir public"
    assert not any(c.isdigit() for c in label("the 480 ferry tickets", "ferry tickets for 480 riders", language="en"))


def test_short_forms_of_notes_make_no_name() -> None:
    found = label("chợ phiên vùng thấp làm dc chứ vùng cao ko ai bán", "chợ phiên mở cuối tuần")
    assert found.startswith("chợ phiên") and "dc" not in found and "ko" not in found
    assert "dc" not in label("bến xe làm dc", "bến xe dc sửa")


def test_half_a_word_makes_no_name() -> None:
    known = draft("Sử dụng đất", "Sử dụng bến bãi. Quản lý, sử dụng bến bãi; việc sử dụng bến bãi do xã quyết định.")
    assert not label("đưa vào sử dụng bến bãi mới", "cho thuê bến bãi mới", drafts=(known,)).startswith("dụng")


def test_the_draft_names_what_the_opinions_do_not() -> None:
    heading = "Tỷ lệ hộ dân dùng nước hợp vệ sinh"
    links = tuple(Link(f"s{n}/b1/o1", "project", "2/1", "Mục 1", True, 0.9) for n in (1, 2))
    drafts = (draft(heading),)
    assert (
        label("75% vùng thấp làm dc chứ vùng cao ko kham nổi", "xin hạ còn 60%", links=links, drafts=drafts) == heading
    )
    shared = label("giếng khoan tập trung hay hỏng", "sửa giếng khoan tập trung", links=links, drafts=drafts)
    assert "giếng khoan" in shared  # a good phrase of the opinions comes first
    foreign = label("the wells run dry in March", "wells are far too deep", language="en", links=links, drafts=drafts)
    assert foreign == heading  # the report is in the language of the draft, no opinion is
    shouted = (draft(heading.upper()),)
    assert label("75% làm dc", "còn 60%", links=links, drafts=shouted) != heading.upper()
