"""The main job, on the sample dossier and on the real news texts."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from feedback_synth import pipeline, results
from feedback_synth.datamodel.analysis import Analysis

SAMPLE = Path(__file__).parents[1] / "samples" / "lai-chau"


def job(*sources: Path, revised: bool = True) -> pipeline.Job:
    def versions(suffix: str) -> tuple[tuple[str, Path], ...]:
        return tuple((f.stem.removesuffix(suffix), f) for f in sorted((SAMPLE / "drafts").glob(f"*{suffix}.docx")))

    return pipeline.Job(sources, versions("-v1"), versions("-v2") if revised else ())


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return pipeline.synthesize(job(SAMPLE / "sources"))


@pytest.fixture(scope="module")
def contract(analysis: Analysis) -> dict[str, Any]:
    from feedback_synth.reports.contract import analysis_json

    return json.loads(analysis_json(analysis))


def test_every_source_and_draft_is_read(analysis: Analysis) -> None:
    assert not analysis.failures
    assert len(analysis.sources) == len(list((SAMPLE / "sources").iterdir()))
    assert {d.kind for d in analysis.drafts} == {d.kind for d in analysis.revised} == {"project", "resolution"}


def test_opinions_are_quoted_word_for_word(analysis: Analysis) -> None:
    documents = {d.id: d for d in analysis.sources}
    assert analysis.opinions
    for opinion in analysis.opinions:
        assert documents[opinion.source_id].quote(opinion.span) == opinion.text


def test_every_word_of_every_source_is_in_exactly_one_passage(analysis: Analysis) -> None:
    by_source = {e.source_id: e for e in analysis.extractions}
    for document in analysis.sources:
        covered: dict[str, list[range]] = {}
        for passage in by_source[document.id].passages:
            covered.setdefault(passage.span.block_id, []).append(range(passage.span.start, passage.span.end))
        for block in document.blocks:
            times = Counter(place for stretch in covered.get(block.id, []) for place in stretch)
            assert all(times[i] == 1 for i, character in enumerate(block.text) if not character.isspace()), block


def test_ids_are_unique_and_every_reference_holds(contract: dict[str, Any]) -> None:
    opinions = [o["id"] for o in contract["opinions"]]
    assert len(set(opinions)) == len(opinions)
    provisions = {(d["kind"], p["id"]) for d in contract["drafts"] for p in d["provisions"]}
    for opinion in contract["opinions"]:
        assert {(link["draft"], link["provision_id"]) for link in opinion["links"]} <= provisions
    for theme in contract["themes"]:
        assert set(theme["opinion_ids"]) <= set(opinions)
    passages = [p["opinion_ids"] for p in contract["passages"] if p["opinion_ids"]]
    assert Counter(o for ids in passages for o in ids).keys() == set(opinions)


def test_a_second_run_gives_the_same_bytes(analysis: Analysis) -> None:
    from feedback_synth.datamodel.report import ReportOptions

    options = ReportOptions(language="vi")
    first, second = (
        results.of_synthesis(analysis, options),
        results.of_synthesis(pipeline.synthesize(job(SAMPLE / "sources")), options),
    )
    assert first.keys() == second.keys()
    for name in first:
        if name.endswith(".json"):
            assert first[name] == second[name], name


def test_each_opinion_is_traced_once(analysis: Analysis) -> None:
    assert analysis.tracing is not None
    assert [t.opinion_id for t in analysis.tracing.traces] == [o.id for o in analysis.opinions]
    assert len({t.outcome for t in analysis.tracing.traces}) > 2


@pytest.mark.parametrize("name", ["000_7dbfe682fda79e71.txt", "001_79f0f25a2bd5cd84.txt"])
def test_a_report_of_the_workshop_gives_eight_proposals_and_the_directives_of_the_chair(name: str, seeds: Path) -> None:
    found = pipeline.synthesize(job(seeds / name, revised=False))
    assert len(found.opinions) == 8, [o.text for o in found.opinions]
    assert found.directives
    words = " ".join(o.text for o in found.opinions).lower()
    assert "difficult" not in words  # the fourth group's name is no opinion


@pytest.mark.parametrize("name", ["002_afef86ef09e7fbc4.txt", "003_8986d793808119ce.txt", "004_d19de9ba6613e683.txt"])
def test_a_background_article_gives_no_opinions(name: str, seeds: Path) -> None:
    found = pipeline.synthesize(job(seeds / name, revised=False))
    assert [o.text for o in found.opinions] == []
