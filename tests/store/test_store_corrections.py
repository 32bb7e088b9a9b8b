"""Corrections live on: the next run has them, by the opinion's id."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.store.corrections import override, reshape
from feedback_synth.store.places import find

FIRST, SECOND, THIRD = "d1/b0/o1", "d1/b1/o1", "d1/b2/o1"


def _reshaped(dossier: Analysis, values):
    extractions, notices = reshape(dossier.extractions, dossier.sources, values)
    return [o for e in extractions for o in e.opinions], [n.code for n in notices]


def test_without_corrections_nothing_changes(dossier: Analysis):
    assert reshape(dossier.extractions, dossier.sources, {}) == (dossier.extractions, ())
    assert override(dossier, {}) == (dossier, ())


def test_split_keeps_the_id_of_the_first_part_and_quotes_both(dossier: Analysis):
    cut = dossier.opinions[0].text.index("bổ sung")
    opinions, notices = _reshaped(dossier, {(FIRST, "split"): f"[{cut}]"})
    assert [o.id for o in opinions[:2]] == [FIRST, f"{FIRST}/s2"]
    assert [o.text for o in opinions[:2]] == ["Đề nghị nâng chỉ tiêu lên 80%", "bổ sung kinh phí cho các điểm trường"]
    assert all(dossier.sources[0].quote(o.span) == o.text for o in opinions) and notices == []


@pytest.mark.parametrize("cuts", ["[0]", "[500]", "[-3]", "[67]"])
def test_a_cut_that_no_longer_fits_is_reported(dossier: Analysis, cuts: str):
    opinions, notices = _reshaped(dossier, {(FIRST, "split"): cuts})
    assert opinions == list(dossier.opinions) and notices == ["correction_stale"]


@pytest.mark.parametrize("value", ["", "nonsense", "{}", '["a"]', "[]"])
def test_a_value_that_is_no_list_of_cuts_does_nothing(dossier: Analysis, value: str):
    assert _reshaped(dossier, {(FIRST, "split"): value})[0] == list(dossier.opinions)


def test_merge_joins_words_in_the_order_of_the_source(dossier: Analysis):
    supporting = replace(dossier.opinions[2], supports=(SECOND,))
    extraction = replace(dossier.extractions[0], opinions=(*dossier.opinions[:2], supporting))
    dossier = replace(dossier, extractions=(extraction,))
    opinions, notices = _reshaped(dossier, {(FIRST, "merge"): f'["{SECOND}"]'})
    assert [o.id for o in opinions] == [FIRST, THIRD] and notices == []
    assert opinions[0].text.split("\n") == [dossier.opinions[0].text, dossier.opinions[1].text]
    assert opinions[1].supports == (FIRST,)


def test_pieces_of_a_split_can_be_merged_back(dossier: Analysis):
    cut = dossier.opinions[0].text.index("bổ sung")
    split, _ = reshape(dossier.extractions, dossier.sources, {(FIRST, "split"): f"[{cut}]"})
    merged, _ = reshape(split, dossier.sources, {(FIRST, "merge"): f'["{FIRST}/s2"]'})
    assert merged[0].opinions[0] == dossier.opinions[0]


def test_merge_with_an_opinion_that_is_gone_is_reported(dossier: Analysis):
    opinions, notices = _reshaped(dossier, {(FIRST, "merge"): '["d9/b1/o1"]'})
    assert len(opinions) == 3 and notices == ["correction_stale"]


def test_authors_are_corrected_field_by_field(dossier: Analysis):
    opinions, _ = _reshaped(dossier, {(FIRST, "author_name"): "Nguyễn Văn An", (FIRST, "author_organization"): ""})
    assert (opinions[0].author.name, opinions[0].author.organization) == ("Nguyễn Văn An", "Sở A")


def test_group_and_links_are_overridden(dossier: Analysis):
    values = {(FIRST, "group"): "indicators", (FIRST, "provision"): "Điều 3 khoản 2; Đề án: Điều 4"}
    found, notices = override(dossier, values)
    assert found.assignments[0].group == "indicators" and found.assignments[0].evidence == ("decision",)
    assert [(k.draft, k.provision_id, k.explicit) for k in found.links] == [
        ("resolution", "art_3/cl_2", True),
        ("project", "art_4", True),
    ]
    assert notices == ()


def test_an_unknown_place_is_reported_and_the_links_stay(dossier: Analysis):
    found, notices = override(dossier, {(FIRST, "provision"): "Điều 99"})
    assert found.links == dossier.links and [n.code for n in notices] == ["correction_no_provision"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Điều 3 khoản 2", "resolution:art_3/cl_2"),
        ("khoản 2 Điều 3", "resolution:art_3/cl_2"),
        ("khoản 2, điều 3", "resolution:art_3/cl_2"),
        ("resolution:art_3/cl_1", "resolution:art_3/cl_1"),
        ("Nghị quyết: Điều 4", "resolution:art_4"),
        ("NGHỊ QUYẾT: điều 4", "resolution:art_4"),
        ("Đề án: Điều 4", "project:art_4"),
        ("Điều 3 (dòng Kinh phí)", "resolution:art_3"),
        ("Điều 4", None),  # two drafts have one
        ("khoản 2", None),  # two articles have one
        ("Điều 99", None),
        ("toàn văn", None),
    ],
)
def test_places_as_editors_write_them(dossier: Analysis, words: str, expected: str | None):
    places, unknown = find(words, dossier.drafts)
    assert [f"{d.kind}:{p.id}" for d, p in places] == ([expected] if expected else [])
    assert unknown == ([] if expected else [words])


@given(cuts=st.lists(st.integers(1, 70), max_size=5, unique=True))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_split_loses_no_word(dossier: Analysis, cuts: list[int]):
    opinions, notices = _reshaped(dossier, {(FIRST, "split"): str(cuts)})
    parts = [o for o in opinions if o.id.startswith(FIRST)]
    words = "".join("".join(o.text.split()) for o in parts).replace(";", "")
    assert words == "".join(dossier.opinions[0].text.split()).replace(";", "")
    assert all(dossier.sources[0].quote(o.span) == o.text for o in parts)
    assert len(parts) == (1 if notices else len(cuts) + 1)
