"""What a run found is read back as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.comparison import (
    Change,
    Comparison,
    IndicatorChange,
    Pair,
    Segment,
    Trace,
    TraceEvidence,
    Tracing,
    UnaskedChange,
    Version,
)
from feedback_synth.datamodel.decision import Decision, Event
from feedback_synth.datamodel.document import Block, Notice
from feedback_synth.errors import StoreError
from feedback_synth.store.values import dump, load

TYPES = (Decision, Event, Notice, Block)  # deep ones cost hypothesis minutes; the whole analysis above has them


def test_a_whole_analysis_comes_back_equal(dossier: Analysis):
    segments = (Segment("equal", "a"), Segment("insert", "b"))
    change = Change("modified", True, "o", "Điều 1", "n", "Điều 2", "a", "b", segments, (IndicatorChange("x", "70%"),))
    comparison = Comparison("project", Version("a", "1"), Version("b", "2"), (change,), (Pair("a", "b", "c", "d"),))
    evidence = TraceEvidence("project", "Điều 1", "Điều 2", "modified", "b")
    tracing = Tracing((Trace("o", "partial", 0.25, (evidence,), True, "why"),), (UnaskedChange("p", "added", "", "x"),))
    dossier = replace(dossier, comparisons=(comparison,), tracing=tracing, failures=("a.pdf",))
    content = dump(dossier)
    assert load(Analysis, content) == dossier and dump(load(Analysis, content)) == content


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_value_comes_back_equal(data: st.DataObject):
    value = data.draw(st.sampled_from(TYPES).flatmap(st.from_type))
    assert load(type(value), dump(value)) == value


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"sources": 3}', b'{"sources": [], "drafts": [], "extractions": [], "colour": "red"}', b"\xff\xfe",
     b'{"sources": [{"id": 5}], "drafts": [], "extractions": []}', b"null"],
)  # fmt: skip
def test_what_is_no_analysis_is_refused_with_a_sentence(content: bytes):
    with pytest.raises(StoreError, match="synthesize again"):
        load(Analysis, content)


def test_defaults_are_left_out_and_literals_checked():
    assert dump(Notice("x")) == b'{"code":"x"}'
    with pytest.raises(StoreError):
        load(Block, b'{"id":"b","text":"t","locator":{},"kind":"nonsense"}')
