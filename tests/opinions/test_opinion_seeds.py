"""The texts the product started from: two reports of a workshop, three background articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth.datamodel.document import Block, Document, Locator
from feedback_synth.opinions import extract

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed texts are not here")


def report(start: str, language: str) -> Document:
    path = next(SEEDS.glob(f"{start}_*.txt"))
    text = path.read_text(encoding="utf-8").splitlines()
    blocks = tuple(Block(f"s/b{n}", line.strip(), Locator(line=n)) for n, line in enumerate(text, 1) if line.strip())
    return Document("s", path.name, "0" * 64, "news", language, blocks)


@pytest.mark.parametrize(("start", "language"), [("000", "en"), ("001", "fr")])
def test_eight_proposals_of_the_delegates(start: str, language: str) -> None:
    found = extract(report(start, language))
    assert len(found.opinions) == 8
    assert len(found.directives) == 2
    assert not any("groups of contents" in o.text or "quatre thèmes" in o.text for o in found.opinions)
    assert (
        found.directives[0].addressee
        == {
            "en": "Department of Education and Training",
            "fr": "Département de l'éducation et de la formation",
        }[language]
    )


@pytest.mark.parametrize("start", ["002", "003", "004"])
def test_background_articles_hold_no_opinions(start: str) -> None:
    assert not extract(report(start, "en")).opinions
