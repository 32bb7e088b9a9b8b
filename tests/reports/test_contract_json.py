"""The machine-readable results: their schema, their stability, and what ties them together."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sample_analysis import comparison, sample

from feedback_synth.config import DATA
from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.opinion import Passage
from feedback_synth.reports import contract

jsonschema = pytest.importorskip("jsonschema")


def schema(name: str) -> dict[str, object]:
    return json.loads((DATA / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))


def tracing():
    found = sample().tracing
    assert found is not None
    return found


RESULTS = {
    "analysis": lambda: contract.analysis_json(sample()),
    "comparison": lambda: contract.comparison_json(comparison()),
    "trace": lambda: contract.trace_json(tracing()),
}


@pytest.mark.parametrize("name", sorted(RESULTS))
def test_results_follow_their_schema(name: str) -> None:
    validator = jsonschema.Draft202012Validator(schema(name))
    validator.check_schema(schema(name))
    assert [e.message for e in validator.iter_errors(json.loads(RESULTS[name]()))] == []


@pytest.mark.parametrize("name", sorted(RESULTS))
def test_schema_refuses_a_missing_key(name: str) -> None:
    value = json.loads(RESULTS[name]())
    first = next(v for v in value.values() if isinstance(v, list) and v)
    first[0].pop(next(iter(first[0])))
    assert list(jsonschema.Draft202012Validator(schema(name)).iter_errors(value))


@pytest.mark.parametrize("name", sorted(RESULTS))
def test_equal_inputs_give_equal_bytes(name: str) -> None:
    first, second = RESULTS[name](), RESULTS[name]()
    assert first == second
    assert first.endswith(b"}\n")
    assert "\\u" not in first.decode("utf-8")
    assert first.decode("utf-8").startswith('{\n "schema": "feedback-synth/')


def test_quotations_and_places_are_those_of_the_sources() -> None:
    analysis = sample()
    value = json.loads(contract.analysis_json(analysis))
    documents = {d.id: d for d in analysis.sources}
    assert len(value["passages"]) == len(analysis.passages)
    for opinion in value["opinions"]:
        document = documents[opinion["source_id"]]
        words = [document.quote(Span(**s)) for s in opinion["spans"]]
        assert words == [opinion["text"]]
        assert opinion["locator"] == str(document.by_id[opinion["spans"][0]["block_id"]].locator)
        holding = [p for p in value["passages"] if opinion["id"] in p["opinion_ids"]]
        assert [p["text"] for p in holding] == [opinion["text"]]


def test_a_passage_names_the_opinions_its_words_overlap_in_order() -> None:
    analysis = sample()
    first = analysis.extractions[0]
    opinion = first.opinions[0]
    span = opinion.span
    later = replace(opinion, id=opinion.id[:-1] + "2", spans=(Span(span.block_id, 20, span.end),))
    early = replace(opinion, spans=(Span(span.block_id, 0, 20),))
    halves = (Passage("x/p1", Span(span.block_id, 0, 15), "opinion"), Passage("x/p2", span, "opinion"))
    changed = replace(first, opinions=(later, early, *first.opinions[1:]), passages=halves)
    value = json.loads(contract.analysis_json(replace(analysis, extractions=(changed, *analysis.extractions[1:]))))
    mine = [p["opinion_ids"] for p in value["passages"] if p["id"].startswith("x/")]
    assert mine == [[early.id], [early.id, later.id]]


def test_roles_and_kinds_stay_within_the_contract() -> None:
    analysis = sample()
    kinds = ("absorption_table", "draft", "background", "letter")
    sources = tuple(replace(s, kind=k) for s, k in zip(analysis.sources, kinds, strict=True))
    value = json.loads(contract.analysis_json(replace(analysis, sources=sources)))
    assert [s["kind"] for s in value["sources"]] == ["table", "annotated_draft", "news", "letter"]
    roles = {p["role"] for p in value["passages"]}
    assert "drafter_answer" not in roles
    assert {"opinion", "agreement", "directive", "attendance", "other"} <= roles


def test_an_opinion_without_a_group_is_other_and_to_be_looked_at() -> None:
    value = json.loads(contract.analysis_json(replace(sample(), assignments=())))
    assert {(o["group"], o["needs_review"]) for o in value["opinions"]} == {("other", True)}


def test_statistics_count_what_is_there() -> None:
    value = json.loads(contract.analysis_json(sample()))
    numbers = value["statistics"]
    assert numbers["opinions"] == len(value["opinions"]) == sum(numbers["opinions_by_group"].values())
    assert numbers["passages"] == sum(numbers["passages_by_role"].values())
    assert numbers["opinions_by_outcome"] == {"full": 2, "partial": 2, "none": 2, "opposite": 1}
    bodies = numbers["bodies"]
    assert bodies["answered"] == bodies["consent_only"] + bodies["with_opinions"]


def test_numbers_of_numpy_are_numbers() -> None:
    numpy = pytest.importorskip("numpy")
    found = tracing()
    first = replace(found.traces[0], score=numpy.float32(0.5), needs_review=numpy.bool_(True))
    value = json.loads(contract.trace_json(replace(found, traces=(first,))))
    assert (value["traces"][0]["score"], value["traces"][0]["needs_review"]) == (0.5, True)


def test_changes_carry_a_row_only_when_they_stand_in_a_table() -> None:
    changes = comparison().changes
    value = json.loads(
        contract.comparison_json(
            replace(comparison(), changes=(replace(changes[0], table_row="Tổng số"), *changes[1:]))
        )
    )
    assert [c.get("table_row") for c in value["changes"]] == ["Tổng số", None, None, None]
