"""Two runs compared; decisions that follow an opinion into a corrected letter."""

from __future__ import annotations

from dataclasses import replace

from feedback_synth.datamodel.analysis import Analysis, Link
from feedback_synth.datamodel.comparison import Trace, Tracing
from feedback_synth.datamodel.decision import Event
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.store import events
from feedback_synth.store.carrying import carry
from feedback_synth.store.health import examine
from feedback_synth.store.run_diff import compare_runs

AT = "2026-11-21T08:00:00+07:00"
FIRST, SECOND = "d1/b0/o1", "d1/b1/o1"


def test_a_run_does_not_differ_from_itself(dossier: Analysis):
    assert compare_runs(dossier, dossier).is_empty


def test_what_differs_is_listed(dossier: Analysis):
    extraction = replace(dossier.extractions[0], opinions=dossier.opinions[:2])
    new = replace(
        dossier,
        sources=(replace(dossier.sources[0], id="d2", name="mới.docx"),),
        extractions=(extraction,),
        assignments=(replace(dossier.assignments[0], group="indicators"), *dossier.assignments[1:]),
        links=(Link(FIRST, "resolution", "art_4", "Điều 4", True, 1.0),),
        tracing=Tracing((Trace(SECOND, "full", 1.0),)),
    )
    found = compare_runs(dossier, new)
    assert (found.added_sources, found.removed_sources) == (("mới.docx",), ("công văn.docx",))
    assert [o.id for o in found.removed] == ["d1/b2/o1"] and found.added == ()
    assert [(m.opinion.id, m.old, m.new) for m in found.regrouped] == [(FIRST, "funding", "indicators")]
    assert [(m.old, m.new) for m in found.relinked] == [("resolution: Điều 3", "resolution: Điều 4")]
    assert [(m.opinion.id, m.new) for m in found.outcomes] == [(SECOND, "full")]
    back = compare_runs(new, dossier)
    assert [o.id for o in back.added] == ["d1/b2/o1"] and not back.is_empty


def _corrected(dossier: Analysis) -> list[Opinion]:
    return [replace(o, id=o.id.replace("d1", "d2"), source_id="d2", text=o.text.upper()) for o in dossier.opinions]


def _decided(opinion_id: str, field: str, new: str) -> Event:
    return events.make(opinion_id, field, new, reviewer="Lan", decided_at=AT)  # type: ignore[arg-type]


def test_decisions_follow_the_same_words_into_the_corrected_letter(dossier: Analysis):
    log = [_decided(FIRST, "response", "đã sửa"), _decided(FIRST, "split", "[3]"), _decided(SECOND, "note", "x")]
    new = _corrected(dossier)
    new[1] = replace(new[1], text="Đề nghị làm rõ nguồn vốn năm 2027")
    carried = carry(dossier.opinions, new, log)
    assert [(e.opinion_id, e.field, e.new, e.reviewer) for e in carried] == [("d2/b0/o1", "response", "đã sửa", "Lan")]
    assert carry(dossier.opinions, new, [*log, *carried]) == [], "carried once"
    extraction = replace(dossier.extractions[0], opinions=tuple(new))
    after = replace(dossier, extractions=(extraction,), assignments=(), links=())
    codes = [
        dict(f.notice.values)["opinion"]
        for f in examine(after, [*log, *carried])
        if f.notice.code == "health_stale_decision"
    ]
    assert codes == [SECOND]


def test_words_that_two_opinions_have_are_not_carried(dossier: Analysis):
    new = _corrected(dossier)
    twins = [new[0], replace(new[0], id="d2/b9/o1")]
    assert carry(dossier.opinions, twins, [_decided(FIRST, "note", "x")]) == []


def test_what_was_decided_on_the_new_one_stays(dossier: Analysis):
    log = [_decided(FIRST, "note", "x"), _decided("d2/b0/o1", "note", "y")]
    assert carry(dossier.opinions, _corrected(dossier), log) == []
