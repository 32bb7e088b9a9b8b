"""Properties of the way back: nothing is lost in any order, and what was imported is exported again."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from feedback_synth.datamodel.decision import Event
from feedback_synth.store import events as log
from feedback_synth.store.exchange import EditedTable
from feedback_synth.store.exports import Export
from feedback_synth.store.proposals import Known, events_of, propose

AT = "2026-11-21T08:00:00+07:00"
OPINIONS = ("a", "b", "c")
ROWS = ("a+b", "c")
COLUMNS = ("response", "note", "place")
Edits = dict[tuple[str, str], str]

words = st.text(alphabet="xyzà", min_size=0, max_size=3)
edits = st.dictionaries(st.tuples(st.sampled_from(ROWS), st.sampled_from(COLUMNS)), words, max_size=5)


def _export(events: Sequence[Event], name: str = "e") -> Export:
    shown = log.values(events)
    cells = {
        (row, column): next((v for o in row.split("+") if (v := shown.get((o, column), ""))), "")  # type: ignore[arg-type]
        for row in ROWS
        for column in COLUMNS
    }
    return Export(name, f"{name}.xlsx", "xlsx", AT, len(events), cells)


def _import(events: list[Event], export: Export, edited: Edits, reviewer: str) -> list[Event]:
    table = EditedTable("t.xlsx", export.id, "", {**export.cells, **edited})
    known = Known(frozenset(OPINIONS), events, export, [export], {}, {})
    made = events_of(propose(table, known), reviewer=reviewer, at=AT, origin=reviewer)
    return [*events, *(e for e in made if e.id not in {x.id for x in events})]


def _heads(events: Sequence[Event]) -> dict[log.Key, set[str]]:
    return {key: {e.new for e in log.heads(some)} for key, some in log.by_key(events).items()}


@given(edits, st.lists(edits, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_no_order_of_imports_loses_a_decision(start: Edits, editors: list[Edits], order):
    before = _import([], _export([]), start, "start")
    export = _export(before)
    numbers = list(range(len(editors)))
    results = []
    for _ in range(3):
        events = before
        for n in numbers:
            events = _import(events, export, editors[n], f"editor {n}")
        results.append(_heads(events))
        order.shuffle(numbers)
    assert results[0] == results[1] == results[2]
    for edited in editors:
        for (row, column), value in edited.items():
            if value and value != export.cells[row, column]:
                assert all(value in results[0][opinion, column] for opinion in row.split("+"))  # type: ignore[index]


@given(edits, edits)
def test_what_was_imported_is_exported_and_changes_nothing(start: Edits, edited: Edits):
    before = _import([], _export([]), start, "start")
    export = _export(before)
    after = _import(before, export, edited, "Lan")
    again = _export(after, "again")
    assert again.cells == {key: edited.get(key) or text for key, text in export.cells.items()}
    assert _import(after, again, {}, "nobody") == after
    assert _import(after, export, edited, "Lan") == after, "the same file twice is one import"


@given(edits, edits, edits)
def test_an_empty_cell_or_an_old_table_never_erases(start: Edits, newer: Edits, older: Edits):
    before = _import([], _export([]), start, "start")
    old = _export(before)
    after = _import(before, old, newer, "Lan")
    shown = _export(after).cells
    late = _import(after, old, {**older, **{(row, "note"): "" for row in ROWS}}, "Bình")
    for key, text in shown.items():
        if text and text != old.cells[key]:
            assert _export(late).cells[key] == text, "the newer decision stays shown"
        if text:
            assert _export(late).cells[key], "nothing became empty"
