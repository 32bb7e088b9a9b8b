"""Decisions as events: nothing is lost, whatever the order."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from feedback_synth.datamodel.decision import Event
from feedback_synth.store import events

AT = "2026-11-21T08:00:00+07:00"


def _event(new: str, seen: Sequence[Event] = (), opinion: str = "o1", reviewer: str = "Lan", at: str = AT) -> Event:
    return events.make(opinion, "response", new, reviewer=reviewer, decided_at=at, seen=seen)


def test_a_later_event_replaces_the_one_its_maker_saw():
    first = _event("giữ nguyên")
    second = _event("đã chỉnh sửa", [first])
    assert second.old == "giữ nguyên"
    assert events.heads([first, second]) == (second,)
    assert events.conflicts([first, second]) == ()


def test_two_values_given_blindly_are_a_conflict_and_the_older_stays_shown():
    first = _event("giữ nguyên")
    mine, yours = _event("bổ sung tại Điều 3", [first]), _event("không tiếp thu vì trùng", [first], reviewer="Bình")
    (conflict,) = events.conflicts([first, mine, yours])
    assert conflict.events == (mine, yours)
    assert events.values([first, mine, yours]) == {("o1", "response"): mine.new}


def test_the_same_value_given_twice_is_no_conflict():
    first = _event("giữ nguyên")
    assert events.conflicts([first, _event("sửa", [first]), _event("sửa", [first], reviewer="Bình")]) == ()


def test_one_who_sees_both_sides_ends_a_conflict():
    mine, yours = _event("a"), _event("b", reviewer="Bình")
    end = _event("c", [mine, yours])
    assert events.conflicts([mine, yours, end]) == ()
    assert events.values([mine, yours, end])["o1", "response"] == "c"


def test_decisions_fold_all_fields_of_an_opinion():
    log = [
        events.make("o1", "disposition", "accepted", reviewer="Lan", decided_at="2026-01-01T00:00:00+07:00"),
        events.make("o1", "place", "Điều 3", reviewer="Bình", decided_at="2026-01-02T00:00:00+07:00"),
        events.make("o1", "split", "[4]", reviewer="Bình", decided_at="2026-01-03T00:00:00+07:00"),
    ]
    decision = events.decisions(log)["o1"]
    assert (decision.disposition, decision.place, decision.reviewer) == ("accepted", "Điều 3", "Bình")


@given(st.lists(st.tuples(st.text(max_size=3), st.integers(0, 6)), max_size=8), st.randoms(use_true_random=False))
def test_heads_do_not_depend_on_the_order_of_arrival(steps: list[tuple[str, int]], order: Random):
    log: list[Event] = []
    for number, (value, back) in enumerate(steps):
        seen = events.heads(log[: max(0, len(log) - back)])
        log.append(_event(value, seen, reviewer=f"r{number}"))
    shuffled = list(log)
    order.shuffle(shuffled)
    assert {e.id for e in events.heads(shuffled)} == {e.id for e in events.heads(log)}
    kept = {e.id for e in events.heads(log)} | {id_ for e in log for id_ in e.supersedes}
    assert kept == {e.id for e in log}, "every event counts or was seen by one that replaced it"


def test_an_event_remembers_the_value_that_was_shown_before_it():
    first = _event("giữ nguyên")
    for n in range(6):  # whatever the ids are
        second = _event("đã chỉnh sửa", reviewer=f"Bình {n}")
        assert _event("thống nhất", [first, second]).old == "giữ nguyên"
