"""The .pdf reader: a PDF that LibreOffice made from a .docx gives the paragraphs and cells of the .docx."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth import documents
from feedback_synth.datamodel.document import Document
from feedback_synth.documents import _ocr
from feedback_synth.documents.pdf.layout import Line
from feedback_synth.documents.pdf.pages import Rule, Segment, Turn
from feedback_synth.documents.pdf.paragraphs import Text, words
from feedback_synth.documents.pdf.tables import find_grids

FILES = Path(__file__).parent / "files"
SAMPLES = Path(__file__).parents[2] / "samples" / "lai-chau" / "sources"


def shown(document: Document) -> list[tuple[str, tuple[int, int, int] | None]]:
    return [
        (b.text, (b.cell.table, b.cell.row, b.cell.column) if b.cell else None)
        for b in document.blocks
        if b.kind in ("paragraph", "cell")
    ]


@pytest.mark.parametrize("name", ["long_table", "two_columns"])
def test_columns_and_tables_over_pages_come_out_as_in_the_word_file(name: str) -> None:
    assert shown(documents.read(FILES / f"{name}.pdf")) == shown(documents.read(FILES / f"{name}.docx"))


def test_a_letter_has_its_letterhead_column_by_column_and_its_fields() -> None:
    word = documents.read(SAMPLES / "cong-van-xa-pa-u.docx")
    pdf = documents.read(FILES / "cong-van-xa-pa-u.pdf")
    assert [text for text, _ in shown(pdf)] == [text for text, _ in shown(word)]
    assert pdf.kind == "letter"
    for name in ("sender", "number", "date", "addressee", "signer"):
        assert pdf.field(name) == word.field(name)
    assert [b.text for b in pdf.blocks if b.kind == "footer"] == ["318/UBND-VHXH 1"]


def test_repeated_headers_of_a_table_are_kept_apart() -> None:
    document = documents.read(FILES / "long_table.pdf")
    assert {b.text for b in document.blocks if b.kind == "header"} == {"TT Đơn vị Nội dung góp ý"}
    assert [b.cell.role for b in document.blocks if b.cell][-3:] == ["number", "organization", "opinion"]


def pdf_with(content: str, extra: str = "", page: str = "") -> bytes:
    """A one-page PDF with this content stream and Helvetica as /F1."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>{page}>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    objects += [extra] if extra else []
    out, places = "%PDF-1.4\n", []
    for i, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{i} 0 obj{body}endobj\n"
    table = "".join(f"{p:010d} 00000 n \n" for p in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").encode("latin-1")


def test_a_comment_is_anchored_to_the_words_under_it(tmp_path: Path) -> None:
    note = (
        "<</Type/Annot/Subtype/Highlight/Rect[113 695 170 715]/T(An)/Contents(Raise it to 80%.)"
        "/M(D:20251110083000+07'00')/QuadPoints[113 715 170 715 113 695 170 695]>>"
    )
    data = pdf_with("BT /F1 12 Tf 72 700 Td (Target: 70 percent of schools) Tj ET", note, "/Annots[6 0 R]")
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    document = documents.read(path)
    comment = document.blocks[-1]
    assert (comment.kind, comment.text) == ("comment", "Raise it to 80%.")
    assert comment.annotation and comment.annotation.anchor
    assert (comment.annotation.author, comment.annotation.date) == ("An", "2025-11-10T08:30:00")
    assert document.quote(comment.annotation.anchor) == "70 percent"


def test_a_page_that_lies_on_its_side_is_read_upright(tmp_path: Path) -> None:
    lines = "BT /F1 12 Tf 0 1 -1 0 100 72 Tm (First line of the page) Tj 0 -14 Td (and its second line) Tj ET"
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_with(lines))
    assert [b.text for b in documents.read(path).blocks] == ["First line of the page and its second line"]


SCAN = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"


def test_a_scan_without_recognition_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ocr, "read_page", lambda document, index: None)
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_with(SCAN))
    document = documents.read(path)
    assert [(n.code, dict(n.values)) for n in document.notices] == [("scanned_page", {"page": "1"}), ("no_text", {})]


def test_a_scan_with_recognition_is_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Kính gửi: Sở Y tế|Đề nghị bổ sung chỉ tiêu nước sạch."
    table = ["header"]
    for line, text in enumerate(words.split("|")):
        for i, word in enumerate(text.split()):
            table.append(f"5\t1\t1\t1\t{line}\t{i}\t{300 + 150 * i}\t{300 + 60 * line}\t140\t40\t90\t{word}")
    segments = _ocr.segments_of("\n".join(table), 300 / 72, 842)
    assert [s.text for s in segments] == words.split("|")
    monkeypatch.setattr(_ocr, "read_page", lambda document, index: segments)
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_with(SCAN))
    document = documents.read(path)
    assert [b.text for b in document.blocks] == ["Kính gửi: Sở Y tế", "Đề nghị bổ sung chỉ tiêu nước sạch."]
    assert [n.code for n in document.notices] == ["read_by_ocr"]


@pytest.mark.parametrize(
    "first, second, known, whole",
    [
        ("la consul-", "tation publique", "consultation", "la consultation publique"),
        ("les semi-", "internats", "semi-internats", "les semi-internats"),
        ("kinh tế -", "xã hội", "", "kinh tế - xã hội"),
        ("giai đoạn 2026-", "2030", "", "giai đoạn 2026- 2030"),
        ("un document", "entier", "", "un document entier"),
    ],
)
def test_hyphens_at_line_ends(first: str, second: str, known: str, whole: str) -> None:
    lines = [Line([Segment(t, 0, 100, y, 12, False)]) for t, y in ((first, 100), (second, 86))]
    assert words(Text(lines, [1, 1]), frozenset({known})) == whole


def test_a_grid_with_merged_cells() -> None:
    flat = [Rule(0, y, 90, y) for y in (0, 60)] + [Rule(30, 30, 90, 30)]
    upright = [Rule(x, 0, x, 60) for x in (0, 30, 90)]
    segments = [
        Segment("a", 5, 10, 40, 10, False),
        Segment("b", 40, 50, 40, 10, False),
        Segment("c", 40, 50, 10, 10, False),
    ]
    (grid,), rest = find_grids(flat + upright, [*segments, Segment("out", 200, 220, 40, 10, False)])
    places = [(c.row, c.column, c.row_span, c.column_span, [s.text for s in c.segments]) for c in grid.cells]
    assert places == [(1, 1, 2, 1, ["a"]), (1, 2, 1, 1, ["b"]), (2, 2, 1, 1, ["c"])]
    assert [s.text for s in rest] == ["out"]


@pytest.mark.parametrize("direction, point", [(0, (10, 20)), (90, (20, 90)), (180, (90, 180)), (270, (180, 10))])
def test_turning_a_page(direction: int, point: tuple[float, float]) -> None:
    assert Turn(direction, 100, 200).point(10, 20) == point
