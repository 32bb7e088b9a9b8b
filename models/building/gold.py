"""Dossiers whose opinions are labelled, as the product reads them: benchmarks/gold and models/data/dossiers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import score

from feedback_synth import pipeline
from feedback_synth.analysis import _corpus, _search, encoders
from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.languages.detection import detect
from models.building.pools import Pool, Said

GOLD = Path(__file__).parents[2] / "benchmarks" / "gold"
BLIND = ("held-out-7", "held-out-21", "held-out-25", "held-out-27")  # nobody looks at these
TESTED = ("lai-chau", "vocational-en-fr", *BLIND)  # nothing learns from these
HALVES = tuple(  # the training half_1 of the encoder knows the first of these, half_2 the second
    tuple(f"held-out-{n}" for n in numbers)
    for numbers in ((2, 4, 6, 9, 10, 12, 14, 16, 18, 22), (1, 3, 5, 8, 11, 13, 15, 17, 19, 20, 23, 24, 26))
)


def folders() -> list[Path]:
    """The dossiers of benchmarks/gold but those that nobody looks at."""
    return [f.parent for f in sorted(GOLD.glob("*/gold.json")) if f.parent.name not in BLIND]


def learned() -> list[Path]:
    """The dossiers that may be learnt from."""
    return [folder for folder in folders() if folder.name not in TESTED]


def folds(count: int) -> list[frozenset[str]]:
    """The names of those, dealt out: what learns from all but one part can be tried on that part.

    Even parts hold nothing of the second half, odd ones nothing of the first.
    """
    parts: list[list[str]] = [[] for _ in range(count)]
    for half, names in enumerate(HALVES):
        for n, name in enumerate(names):
            parts[(2 * n + half) % count].append(name)
    others = [folder.name for folder in learned() if not any(folder.name in names for names in HALVES)]
    for n, name in enumerate(others):
        parts[n % count].append(name)
    return [frozenset(part) for part in parts]


def job(folder: Path) -> pipeline.Job:
    """All sources and drafts of one dossier of benchmarks/gold."""
    sources = folder / "sources"
    if not sources.is_dir():  # this dossier's files are the product's samples
        folder = folder.parents[2] / "samples" / folder.name
        sources = folder / "sources"
    versions: dict[str, list[tuple[str, Path]]] = defaultdict(list)
    for file in sorted((folder / "drafts").iterdir()):
        kind, _, version = file.stem.rpartition("-v")
        versions[version].append((kind, file))
    files = sorted(p for p in sources.iterdir() if p.is_file())
    return pipeline.Job(sources=tuple(files), drafts=tuple(versions["1"]), revised=tuple(versions["2"]))


def analysed(job: pipeline.Job, encode: encoders.Encoder) -> Analysis:
    """The dossier read and analysed, not yet traced."""
    analysis = pipeline.read(job)
    analysis = replace(analysis, extractions=pipeline.extract(analysis.sources, encode))
    return pipeline.analyse(analysis, encode)


def labelled(folder: Path) -> list[dict[str, Any]]:
    """The labelled opinions of one dossier of benchmarks/gold."""
    opinions: list[dict[str, Any]] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["opinions"]
    return opinions


def pool(folder: Path) -> Pool:
    """The provisions of a dossier's drafts, table rows too, and the opinions about any of them."""
    entries = _corpus.build(pipeline.read(job(folder)).drafts).entries
    places = [(e.draft.kind, score.label_key(e.provision.label)) for e in entries]
    bags = [score.tokens(e.text) for e in entries]
    said = []
    for row in labelled(folder):
        wanted = {(p["draft"], score.label_key(p["label"])) for p in row["provisions"]}
        about = [i for i, place in enumerate(places) if place in wanted]
        words = score.tokens(row["text"])
        about.sort(key=lambda i: -(bags[i] & words).total() / (1 + bags[i].total()) ** 0.5)
        if about:
            said.append(Said(row["text"], detect(row["text"], "vi"), tuple(about), row["same_as"] or ""))
    provisions = tuple((_search.in_context(e), e.draft.language) for e in entries)
    return Pool(provisions, tuple(said))


def matched(analysis: Analysis, opinions: list[dict[str, Any]]) -> Mapping[str, dict[str, Any]]:
    """The labelled opinion that each found one is, by the id of the found one; others are left out."""
    files = {s.id: Path(s.name).name for s in analysis.sources}
    found = [{"id": o.id, "text": o.text, "_source": files[o.source_id]} for o in analysis.opinions]
    return {p["id"]: g for g, p, _ in score.match(opinions, found)}
