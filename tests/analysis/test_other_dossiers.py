"""Links, duplicates and traces on small dossiers about other matters, in cases/*.toml; nothing is tuned on them."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from feedback_synth import drafts
from feedback_synth.analysis import duplicates, links, tracing
from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.draft import Draft, Provision, TableRow
from feedback_synth.datamodel.opinion import Author, Opinion

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
LEVELS = {
    "Phần": "part",
    "mục": "section",
    "Điều": "article",
    "Article": "article",
    "khoản": "clause",
    "clause": "clause",
} | {"alinéa": "clause", "điểm": "point"}


@dataclass(frozen=True)
class Dossier:
    name: str
    drafts: tuple[Draft, ...]
    revised: tuple[Draft, ...]
    opinions: tuple[Opinion, ...]
    answers: dict[str, dict[str, Any]]
    links: tuple[Link, ...]


def read_draft(table: dict[str, Any], version: str) -> Draft:
    provisions = []
    for line in table[version].strip().splitlines():
        key, label, text = (part.strip() for part in line.split(" | ", 2))
        level = "preamble" if key == "pre" else LEVELS[label.split()[-2]]
        number = "" if key == "pre" else key.rsplit("/", 1)[-1]
        parent = key.rsplit("/", 1)[0] if "/" in key else ""
        provisions.append(Provision(key, label, level, number, "", text, parent))  # type: ignore[arg-type]
    rows = tuple(read_row(line, n) for n, line in enumerate(table.get(f"{version}_rows", "").strip().splitlines(), 1))
    return Draft(version, table["kind"], f"{version}.docx", version, table["language"], tuple(provisions), rows)


def read_row(line: str, n: int) -> TableRow:
    key, name, cells = (part.strip() for part in line.split(" | "))
    pairs = [tuple(cell.split(": ")) for cell in cells.split("; ")]
    return TableRow(f"{key}/t1/r{n}", key, 1, name, (("Chỉ tiêu", name), *((a, b) for a, b in pairs)))


def read(path: Path) -> Dossier:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    default = case["draft"][0]["language"]
    opinions, answers = [], {}
    for n, row in enumerate(case["opinion"]):
        identity = f"s{n}/b1/o1"
        span = Span(f"s{n}/b1", 0, len(row["text"]))
        author = Author(organization=f"Unit {n}")
        opinions.append(
            Opinion(
                identity,
                f"s{n}",
                (span,),
                row["text"],
                author,
                row.get("language", default),
                row.get("request", "amend"),
            )
        )
        answers[identity] = row
    old = tuple(read_draft(d, "old") for d in case["draft"])
    new = tuple(read_draft(d, "new") for d in case["draft"])
    return Dossier(path.stem, old, new, tuple(opinions), answers, links.link(opinions, old))


DOSSIERS = [read(path) for path in CASES]


def shares(dossier: Dossier, explicit: bool) -> tuple[list[bool], list[bool]]:
    """(first link right, one of the first three right) of the opinions about some provision."""
    by_opinion: dict[str, list[str]] = defaultdict(list)
    for x in dossier.links:
        by_opinion[x.opinion_id].append(f"{x.draft} {x.provision_id}")
    rows = [
        (by_opinion[i], a["links"])
        for i, a in dossier.answers.items()
        if a["links"] and a.get("explicit", False) is explicit
    ]
    return [bool(found) and found[0] in right for found, right in rows], [
        bool(set(found[:3]) & set(right)) for found, right in rows
    ]


def share(values: list[bool]) -> float:
    return sum(values) / len(values)


@pytest.mark.parametrize("dossier", DOSSIERS, ids=lambda d: d.name)
def test_links(dossier: Dossier) -> None:
    first, _ = shares(dossier, explicit=True)
    assert share(first) == 1.0
    first, third = shares(dossier, explicit=False)
    assert share(first) >= 0.6
    assert share(third) >= 0.7
    linked = {x.opinion_id for x in dossier.links}
    assert not [a["text"] for i, a in dossier.answers.items() if not a["links"] and i in linked]


@pytest.mark.parametrize("dossier", DOSSIERS, ids=lambda d: d.name)
def test_duplicates_join_only_what_is_the_same(dossier: Dossier) -> None:
    key = {i: a.get("same", i) for i, a in dossier.answers.items()}
    for found in duplicates.find(dossier.opinions, dossier.links):
        assert len({key[i] for i in found.opinion_ids}) == 1, [dossier.answers[i]["text"] for i in found.opinion_ids]


@pytest.mark.parametrize("dossier", DOSSIERS, ids=lambda d: d.name)
def test_traces(dossier: Dossier) -> None:
    comparisons = [drafts.compare(a, b, a.kind) for a, b in zip(dossier.drafts, dossier.revised, strict=True)]
    found = tracing.trace(dossier.opinions, (), dossier.links, dossier.drafts, dossier.revised, comparisons)
    outcome = {t.opinion_id: t.outcome for t in found.traces}
    right = [outcome[i] == a["outcome"] for i, a in dossier.answers.items()]
    assert share(right) >= 0.7
    refused = [i for i, a in dossier.answers.items() if a["outcome"] in ("none", "opposite")]
    assert not [dossier.answers[i]["text"] for i in refused if outcome[i] == "full"]
