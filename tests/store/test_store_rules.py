"""Rules of the trade and the check of a workspace's health."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter

import pytest

from feedback_synth.config import DATA, load_toml
from feedback_synth.datamodel.analysis import Analysis, Link
from feedback_synth.datamodel.comparison import Trace, TraceEvidence
from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.document import Notice
from feedback_synth.datamodel.opinion import Author
from feedback_synth.store import events
from feedback_synth.store.health import examine
from feedback_synth.store.rules import check

FIRST, SECOND, THIRD = "d1/b0/o1", "d1/b1/o1", "d1/b2/o1"
AT = "2026-11-21T08:00:00+07:00"


def _decided(opinion_id: str, disposition: str, response: str = "", place: str = "") -> dict[str, Decision]:
    return {opinion_id: Decision(opinion_id, "Lan", AT, disposition, response, place)}  # type: ignore[arg-type]


def _codes(notices) -> list[str]:
    return [n.code for n in notices]


@pytest.mark.parametrize(
    ("disposition", "response", "place", "expected"),
    [
        ("accepted", "", "Điều 3", []),
        ("accepted", "đã sửa", "", ["rule_place_missing"]),
        ("accepted_in_part", "", "", ["rule_place_missing", "rule_reason_missing"]),
        ("accepted_in_part", "vì chưa có vốn", "Điều 3", []),
        ("not_accepted", "", "", ["rule_reason_missing"]),
        ("explained", " ", "", ["rule_reason_missing"]),
        ("noted", "", "", []),
        ("pending", "", "", []),
    ],
)
def test_what_a_decision_needs(dossier: Analysis, disposition: str, response: str, place: str, expected: list[str]):
    assert _codes(check(dossier.opinions, _decided(FIRST, disposition, response, place))) == expected


def test_nothing_is_pending_in_a_final_table(dossier: Analysis):
    decisions = _decided(FIRST, "noted") | _decided(SECOND, "pending")
    assert _codes(check(dossier.opinions, decisions)) == []
    found = check(dossier.opinions, decisions, final=True)
    assert [dict(n.values)["opinion"] for n in found] == [SECOND, THIRD] and set(_codes(found)) == {"rule_pending"}


def test_marks_of_a_drafted_answer_are_not_final(dossier: Analysis):
    decisions = _decided(FIRST, "explained", "Xin giữ nguyên như dự thảo, vì [CẦN BỔ SUNG].")
    assert "rule_unfinished" not in _codes(check(dossier.opinions, decisions))
    assert "rule_unfinished" in _codes(check(dossier.opinions, decisions, final=True))


def test_the_marks_are_those_that_our_drafts_of_answers_carry():
    from feedback_synth.store.rules import _UNFINISHED

    for code in ("vi", "fr", "en"):
        for text in load_toml(f"labels/{code}.toml")["draft_response"].values():
            assert any(mark in text.upper() for mark in _UNFINISHED), text


def test_the_same_request_has_the_same_answer(dossier: Analysis):
    same = _decided(SECOND, "noted", "x") | _decided(THIRD, "noted", " X ")
    assert _codes(check(dossier.opinions, same, dossier.duplicate_sets)) == []
    differ = _decided(SECOND, "noted", "x") | _decided(THIRD, "not_accepted", "y")
    assert _codes(check(dossier.opinions, differ, dossier.duplicate_sets)) == ["rule_answers_differ"]
    pointing = _decided(SECOND, "noted", "x") | _decided(THIRD, "duplicate", "xem số 2")
    assert _codes(check(dossier.opinions, pointing, dossier.duplicate_sets)) == []


@pytest.mark.parametrize(
    ("disposition", "outcome", "expected"),
    [
        ("accepted", "none", ["rule_accepted_unchanged"]),
        ("accepted", "opposite", ["rule_accepted_opposite"]),
        ("accepted", "full", []),
        ("not_accepted", "full", ["rule_refused_changed"]),
        ("not_accepted", "none", []),
    ],
)
def test_decisions_against_the_revised_draft(dossier: Analysis, disposition: str, outcome: str, expected: list[str]):
    trace = Trace(FIRST, outcome, 0.9, (TraceEvidence("resolution", "Điều 3", "Điều 4", "modified"),))  # type: ignore[arg-type]
    assert _codes(check(dossier.opinions, _decided(FIRST, disposition, "x", "y"), (), [trace])) == expected


def test_a_sound_dossier_has_no_findings(dossier: Analysis):
    assert examine(dossier) == ()


def test_every_kind_of_trouble_is_found(dossier: Analysis):
    nameless = replace(dossier.opinions[0], author=Author())
    extraction = replace(dossier.extractions[0], opinions=(nameless, *dossier.opinions[1:]))
    empty = replace(dossier.sources[0], id="d2", name="trống.docx")
    sick = replace(
        dossier,
        sources=(*dossier.sources, empty),
        extractions=(extraction,),
        assignments=(replace(dossier.assignments[0], needs_review=True), dossier.assignments[1]),
        links=(Link(SECOND, "resolution", "art_3", "Điều 3", False, 0.1),),
        failures=("a.pdf is a scan.",),
    )
    log = [
        events.make(FIRST, "note", "x", reviewer="Lan", decided_at=AT),
        events.make(FIRST, "note", "y", reviewer="Bình", decided_at=AT),
        events.make("d7/b1/o1", "note", "z", reviewer="Lan", decided_at=AT),
    ]
    found = examine(
        sick, log, events.conflicts(log), silent=["Xã C"], faults=[Notice("lint")], rules=[Notice("rule_pending")]
    )
    assert [f.notice.code for f in found] == [
        "health_unread",
        "health_no_opinions",
        "health_silent_body",
        "health_no_author",
        "health_group_in_doubt",
        "health_no_group",
        "health_link_in_doubt",
        "lint",
        "health_stale_decision",
        "health_conflict",
        "rule_pending",
    ]
    assert [f.notice.code for f in found if not f.serious] == [
        "health_no_opinions",
        "health_silent_body",
        "health_group_in_doubt",
        "health_link_in_doubt",
        "lint",
        "health_stale_decision",
    ]


def test_merged_opinions_are_not_stale_and_their_answers_are_not_forgotten(dossier: Analysis):
    log = [
        events.make("d1/b9/o1", "response", "đã có trong Luật", reviewer="Lan", decided_at=AT),
        events.make(FIRST, "merge", '["d1/b9/o1"]', reviewer="Lan", decided_at=AT),
    ]
    told = [f.notice for f in examine(dossier, log)]
    assert [(n.code, dict(n.values)["opinion"], dict(n.values)["value"]) for n in told] == [
        ("health_joined_answer", FIRST, "đã có trong Luật")
    ]
    later = events.make(FIRST, "response", "giữ như dự thảo", reviewer="Lan", decided_at="2026-12-01T08:00:00+07:00")
    assert examine(dossier, [*log, later]) == ()
    assert [f.notice.code for f in examine(dossier, log[:1])] == ["health_stale_decision"]


def test_every_notice_of_this_room_has_its_sentence_in_three_languages():
    import re

    sentences = load_toml("labels/notices_store.toml")
    room = DATA.parent / "store"
    used = {
        code
        for path in room.rglob("*.py")
        for code in re.findall(r'"((?:rule|health|correction|exchange)_[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert used <= set(sentences)
    for code, forms in sentences.items():
        assert set(forms) == {"en", "vi", "fr"}, code
        places = {tuple(sorted(name for _, name, _, _ in Formatter().parse(s) if name)) for s in forms.values()}
        assert len(places) == 1, f"{code}: the languages fill in different values"
