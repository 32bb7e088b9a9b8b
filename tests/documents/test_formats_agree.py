"""The same paper in five formats (written by LibreOffice from one .docx) gives the same words, numbers and places."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth import documents
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.documents import _convert

FILES = Path(__file__).parent / "files"
SHOWN = ("paragraph", "list_item", "cell")


@pytest.fixture(autouse=True)
def without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where LibreOffice is not installed."""
    monkeypatch.setattr(_convert, "program", lambda: None)


def read(ending: str) -> Document:
    return documents.read(FILES / f"mixed.{ending}")


def of_kind(document: Document, kind: str) -> Block:
    return next(b for b in document.blocks if b.kind == kind)


def shown(document: Document) -> list[str]:
    return [f"{b.number} {b.text}".strip() for b in document.blocks if b.kind in SHOWN]


@pytest.mark.parametrize("ending", ["odt", "rtf"])
def test_words_and_automatic_numbers_are_the_same(ending: str) -> None:
    assert shown(read(ending)) == shown(read("docx"))


def test_a_pdf_gives_the_same_paragraphs_but_for_the_change_that_it_prints() -> None:
    printed = [text.replace("là một", "là ") for text in shown(read("pdf"))]
    assert printed == shown(read("docx"))


def test_an_old_word_file_gives_the_same_words_without_numbers_and_says_so() -> None:
    document = read("doc")
    words = [b.text for b in read("docx").blocks if b.kind in SHOWN]
    assert [b.text.replace("là một", "là ") for b in document.blocks if b.kind in SHOWN] == words
    assert "numbers_may_be_missing" in [n.code for n in document.notices]


@pytest.mark.parametrize("ending", ["docx", "odt", "rtf", "pdf", "doc"])
def test_the_table_has_its_places_and_roles(ending: str) -> None:
    cells = [b.cell for b in read(ending).blocks if b.cell]
    assert [(c.row, c.column, c.role, c.is_header) for c in cells] == [
        (1, 1, "number", True),
        (1, 2, "organization", True),
        (1, 3, "opinion", True),
        (2, 1, "number", False),
        (2, 2, "organization", False),
        (2, 3, "opinion", False),
        (3, 1, "number", False),
        (3, 3, "opinion", False),
    ]


@pytest.mark.parametrize("ending", ["docx", "odt", "pdf"])
def test_a_cell_merged_downwards_has_its_span(ending: str) -> None:
    cell = next(b.cell for b in read(ending).blocks if b.text == "Sở Tài chính")
    assert cell and cell.row_span == 2


@pytest.mark.parametrize("ending", ["docx", "odt", "rtf"])
def test_a_replacement_and_a_comment_are_known_with_their_authors(ending: str) -> None:
    document = read(ending)
    insertion, deletion = of_kind(document, "insertion"), of_kind(document, "deletion")
    assert insertion.annotation and deletion.annotation
    assert (insertion.text, insertion.annotation.deleted, insertion.annotation.author) == ("hai", "một", "An")
    assert deletion.annotation.replaced_by == insertion.id
    assert insertion.annotation.anchor and document.quote(insertion.annotation.anchor) == "hai"
    comment = of_kind(document, "comment")
    assert comment.annotation and comment.annotation.anchor
    assert (comment.text, comment.annotation.author) == ("Nên sơ kết sáu tháng một lần.", "Bình")
    assert document.quote(comment.annotation.anchor) == "Sơ kết hằng năm."
    assert document.kind == "annotated_draft"
