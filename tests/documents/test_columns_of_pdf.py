"""Paragraphs of a page set in columns, in a PDF written here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from feedback_synth import documents

Line = tuple[int, int, str]  # x, y, words


def make_pdf(lines: Sequence[Line]) -> bytes:
    """One page of these lines in Courier, 10 points."""
    words = "".join(f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines)
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(words)}>>stream\n{words}endstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
    ]
    body = "".join(f"{n} 0 obj{o}endobj\n" for n, o in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R>>\n%%EOF".encode("ascii")


LEFT = [
    "The commune asks that the rate of",
    "support in Article 3 be raised to",
    "twenty million a hectare for all.",
    "The Union of Women asks that the",
]
RIGHT = [
    "groups led by women be added to",
    "Article 2 with those who process,",
    "sell and carry the leaves of tea.",
    "The meeting closed at eleven.",
]


def test_a_paragraph_goes_on_at_the_top_of_the_next_column(tmp_path: Path) -> None:
    lines = [(x, 700 - 12 * i, t) for x, column in ((60, LEFT), (320, RIGHT)) for i, t in enumerate(column)]
    path = tmp_path / "columns.pdf"
    path.write_bytes(make_pdf(lines))
    text = [b.text for b in documents.read(path).blocks]
    assert any("asks that the groups led by women" in t for t in text)
    assert all("process, sell" in t for t in text if "who process" in t)


def test_a_line_that_ends_at_a_comma_short_of_the_margin_goes_on(tmp_path: Path) -> None:
    lines = [
        "The commune asks to make clear the sources of money in Article 6,",
        "separating what the province pays from what programmes pay already",
        "in the communes of the first region.",
    ]
    path = tmp_path / "ragged.pdf"
    path.write_bytes(make_pdf([(60, 700 - 12 * i, t) for i, t in enumerate(lines)]))
    assert [b.text for b in documents.read(path).blocks] == [" ".join(lines)]
