"""Opinions named by rows and words, and what is cut and joined by them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.errors import StoreError
from feedback_synth.store.corrections import reshape
from feedback_synth.store.cutting import as_value, cuts, cuts_without, to_merge, whole_id
from feedback_synth.store.pointing import point, point_at_one

FIRST, SECOND, THIRD = "d1/b0/o1", "d1/b1/o1", "d1/b2/o1"
NUMBERS = {FIRST: 1, SECOND: 2, THIRD: 2}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1", [FIRST]),
        ("#1", [FIRST]),
        ("2", [SECOND, THIRD]),
        ("2.2", [THIRD]),
        (THIRD, [THIRD]),
        ("d1/b2/", [THIRD]),
    ],
)
def test_what_people_call_opinions(dossier: Analysis, words: str, expected: list[str]):
    assert [o.id for o in point(words, dossier.opinions, NUMBERS)] == expected


@pytest.mark.parametrize("words", ["3", "2.3", "2.0", "d1/b", "", "d9/b1/o1"])
def test_what_names_no_opinion_is_said(dossier: Analysis, words: str):
    with pytest.raises(StoreError, match="Name it by the number"):
        point(words, dossier.opinions, NUMBERS)


def test_one_of_a_row_must_be_named_where_one_alone_will_do(dossier: Analysis):
    with pytest.raises(StoreError, match=r"2\.1, 2\.2"):
        point_at_one("2", dossier.opinions, NUMBERS)
    assert point_at_one("2.1", dossier.opinions, NUMBERS).id == SECOND


@pytest.mark.parametrize("words", ["bổ sung kinh phí", "BỔ SUNG", "bổ  sung", "bo sung kinh"])
def test_words_are_found_however_they_are_typed(dossier: Analysis, words: str):
    opinion = dossier.opinions[0]
    assert cuts(opinion, [words], dossier.opinions, dossier.sources[0]) == [opinion.text.index("bổ sung")]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("sửa điểm trường", "do not stand"),
        ("Đề nghị nâng", "begins with"),
        ("", "do not stand"),
        ("lên 8", "do not stand"),
    ],
)
def test_words_that_cut_nothing_are_said(dossier: Analysis, words: str, reason: str):
    with pytest.raises(StoreError, match=reason):
        cuts(dossier.opinions[0], [words], dossier.opinions, dossier.sources[0])


def test_words_that_stand_twice_are_said(dossier: Analysis):
    document = dossier.sources[0]
    block = replace(document.blocks[0], text="Tăng vốn; bổ sung vốn; bổ sung vốn cho xã")
    document = replace(document, blocks=(block, *document.blocks[1:]))
    opinion = replace(
        dossier.opinions[0], text=block.text, spans=(replace(dossier.opinions[0].span, end=len(block.text)),)
    )
    with pytest.raises(StoreError, match="stand 2 times"):
        cuts(opinion, ["bổ sung vốn"], [opinion], document)
    assert cuts(opinion, ["bổ sung vốn cho xã"], [opinion], document) == [block.text.rindex("bổ sung")]


def _split(dossier: Analysis, places: list[int]) -> tuple[Opinion, ...]:
    made, _ = reshape(dossier.extractions, dossier.sources, {(FIRST, "split"): as_value(places)})
    return made[0].opinions


def test_a_part_can_be_cut_again_and_joined_again(dossier: Analysis):
    text, document = dossier.opinions[0].text, dossier.sources[0]
    once = _split(dossier, [text.index("bổ sung")])
    places = cuts(once[1], ["cho các điểm"], once, document)
    assert places == [text.index("bổ sung"), text.index("cho các điểm")]
    twice = _split(dossier, places)
    assert [o.text for o in twice[:3]] == ["Đề nghị nâng chỉ tiêu lên 80%", "bổ sung kinh phí", "cho các điểm trường"]
    assert cuts_without(twice[1:3], twice, document) == [text.index("bổ sung")]
    with pytest.raises(StoreError, match="next to each other"):
        cuts_without([twice[0], twice[2]], twice, document)


@given(places=st.lists(st.integers(1, 66), max_size=4, unique=True))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_joining_all_parts_gives_the_opinion_back(dossier: Analysis, places: list[int]):
    parts = _split(dossier, sorted(places))
    mine = [o for o in parts if whole_id(o.id) == FIRST]
    assert cuts_without(mine, parts, dossier.sources[0]) == []
    if len(mine) > 1:
        left = cuts_without(mine[:2], parts, dossier.sources[0])
        assert len(left) == len(mine) - 2


def test_what_is_joined_takes_along_what_it_had_taken_in(dossier: Analysis):
    values = {(SECOND, "merge"): f'["{THIRD}"]'}
    assert to_merge(dossier.opinions[:2], values) == [SECOND, THIRD]
    assert to_merge(dossier.opinions[1:], {}) == [THIRD]


def test_what_cannot_be_one_quotation_is_said(dossier: Analysis):
    first, second, _ = dossier.opinions
    with pytest.raises(StoreError, match="two or more"):
        to_merge([first, first], {})
    with pytest.raises(StoreError, match="different sources"):
        to_merge([first, replace(second, source_id="d2")], {})
    with pytest.raises(StoreError, match="was split"):
        to_merge([first, replace(second, id=f"{SECOND}/s2")], {})
