"""Sources in which nothing was found are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth import documents, opinions

STORY = "The mill stands by the river, its wheel turns slowly, and grey herons fish below the weir in winter. " * 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (STORY, True),
        (STORY + "\nWe propose to raise the target for schools to 80%.\n", False),
        ("Thank you.\n", False),
    ],
)
def test_a_source_of_some_length_that_says_nothing_is_told(tmp_path: Path, text: str, told: bool) -> None:
    path = tmp_path / "note.txt"
    path.write_text(f"Meeting notes\n{text}", encoding="utf-8")
    document = documents.read(path)
    found = list(opinions.unheard([document], [opinions.extract(document)]))
    assert [n.code for n in found] == ["source_without_opinions"] * told
