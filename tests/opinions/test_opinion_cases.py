"""Lines of speech in three languages and the opinions in them, as text files anybody can extend."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth.datamodel.document import Block, Document, Field, Locator
from feedback_synth.opinions import authors, extract

CASES = Path(__file__).parent / "cases"


def _cases(code: str) -> list[tuple[str, str, list[str], list[str]]]:
    found: list[tuple[str, str, list[str], list[str]]] = []
    for line in (CASES / f"{code}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(">"):
            found[-1][2].append(line[2:])
        elif line.startswith("="):
            found[-1][3].append(line[2:])
        elif line and not line.startswith("#"):
            found.append((code, line, [], []))
    return found


def _letter(text: str, code: str) -> Document:
    blocks = (Block("d/b1", text, Locator(paragraph=1)),)
    return Document("d", "letter.txt", "0" * 64, "letter", code, blocks, (Field("sender", "Sở Y tế"),))


def _bare(texts: list[str]) -> list[str]:
    return [t.strip(" .;,") for t in texts]


@pytest.mark.parametrize(
    ("code", "line", "opinions", "consents"), [c for code in ("vi", "en", "fr") for c in _cases(code)]
)
def test_opinions_of_a_line(code: str, line: str, opinions: list[str], consents: list[str]) -> None:
    found = extract(_letter(line, code))
    assert _bare([o.text for o in found.opinions]) == _bare(opinions)
    assert _bare([a.text for a in found.agreements]) == _bare(consents)


@pytest.mark.parametrize(
    "line",
    [
        line
        for line in (CASES / "authors.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ],
)
def test_speaker_line(line: str) -> None:
    code, head, name, title, organization = (part.strip() for part in line.split("|"))
    author = authors.parse(head, code)
    assert (author.name, author.title, author.organization) == (name, title, organization)
