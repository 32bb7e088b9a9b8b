"""Readers meet bytes and structures that no one made on purpose: only sentences may come back, and sound documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_files import make_docx

from feedback_synth.datamodel.document import Document
from feedback_synth.documents import _convert, _ocr
from feedback_synth.documents._door import read_source
from feedback_synth.documents._reading import Source
from feedback_synth.errors import FeedbackSynthError
from feedback_synth.languages.text import clean, clean_span

FILES = Path(__file__).parent / "files"
ENDINGS = ["docx", "odt", "rtf", "pdf", "doc"]
MAGIC = [
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"{\\rtf1",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<html>",
    b"From: a\nTo: b\nSubject: c\n",
    b"\xff\xfe",
    b"",
]
SUFFIXES = ["", ".txt", ".csv", ".md", ".html", ".eml", ".docx"]
few = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def without_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_convert, "program", lambda: None)
    monkeypatch.setattr(_ocr, "read_page", lambda document, index: None)


def check(name: str, data: bytes) -> Document | None:
    """Read; a sentence is fine, anything else must be a sound document."""
    try:
        document, _ = read_source(Source(name, data))
    except FeedbackSynthError as error:
        assert str(error).startswith(name)
        return None
    if document is not None:
        assert_sound(document)
    return document


def assert_sound(document: Document) -> None:
    assert [b.id for b in document.blocks] == [f"{document.id}/b{i}" for i in range(1, len(document.blocks) + 1)]
    for block in document.blocks:
        assert block.text and block.text == clean(block.text)
        assert block.cell is None or (block.cell.row >= 1 and block.cell.column >= 1)
        anchor = block.annotation.anchor if block.annotation else None
        if anchor is not None:
            assert 0 <= anchor.start <= anchor.end <= len(document.by_id[anchor.block_id].text)
        if block.annotation and block.annotation.replaced_by:
            partner = document.by_id[block.annotation.replaced_by]
            assert partner.annotation and partner.annotation.deleted == block.text
    for field in document.fields:
        if field.span is not None:
            assert document.quote(field.span)


@few
@given(st.sampled_from(MAGIC), st.binary(max_size=300), st.sampled_from(SUFFIXES))
def test_bytes(magic: bytes, data: bytes, suffix: str) -> None:
    check(f"x{suffix}", magic + data)


@few
@given(st.sampled_from(MAGIC[4:6]), st.text(max_size=300), st.sampled_from(SUFFIXES))
def test_text(magic: bytes, text: str, suffix: str) -> None:
    check(f"x{suffix}", magic + text.encode("utf-8", errors="replace"))


@few
@given(st.sampled_from(ENDINGS), st.floats(0, 1), st.binary(min_size=1, max_size=8), st.booleans())
def test_damaged_files(ending: str, share: float, noise: bytes, cut: bool) -> None:
    data = (FILES / f"mixed.{ending}").read_bytes()
    place = int(share * len(data))
    check(f"x.{ending}", data[:place] + noise + (b"" if cut else data[place + len(noise) :]))


WORDS = st.text(alphabet="aăâ đĐ́̂\u200b\xad\x07%<>&7.", max_size=12).map(
    lambda s: s.replace("&", "&amp;").replace("<", "&lt;").replace("\x07", "")
)
LEAVES = WORDS.map(lambda w: f"<w:r><w:t xml:space='preserve'>{w}</w:t></w:r>") | st.sampled_from(
    [
        "<w:r><w:tab/><w:br/></w:r>",
        "<w:commentRangeStart w:id='0'/>",
        "<w:commentRangeEnd w:id='0'/>",
        "<w:r><w:commentReference w:id='0'/></w:r>",
        "<w:r><w:delText>bỏ</w:delText></w:r>",
        "<w:pPr><w:numPr><w:ilvl w:val='8'/><w:numId w:val='1'/></w:numPr></w:pPr>",
        "<w:pPr><w:numPr><w:ilvl w:val='-3'/><w:numId w:val='x'/></w:numPr></w:pPr>",
        "<w:pPr><w:rPr><w:del/></w:rPr><w:outlineLvl w:val='99999999999'/></w:pPr>",
        "<w:tcPr><w:vMerge/><w:gridSpan w:val='-2'/></w:tcPr>",
        "<w:tcPr><w:vMerge w:val='restart'/><w:gridSpan w:val='70000'/></w:tcPr>",
    ]
)
TAGS = "p p p ins del moveFrom tbl tr tc sdt sdtContent hyperlink r txbxContent customXml body".split()
TREES = st.recursive(
    LEAVES,
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda t: f"<w:{t[0]} w:author='A'>{''.join(t[1])}</w:{t[0]}>"
    ),
    max_leaves=25,
)
NUMBERING = (
    "<w:abstractNum w:abstractNumId='1'><w:numStyleLink w:val='S'/><w:lvl w:ilvl='8'><w:lvlText w:val='%9%1.'/></w:lvl>"
    "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
)
STYLES = "<w:style w:styleId='S'><w:basedOn w:val='S'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
COMMENTS = "<w:comment w:id='0' w:author='A'><w:p><w:r><w:t>ý kiến</w:t></w:r></w:p></w:comment>"


@few
@given(st.lists(TREES, max_size=5))
def test_word_structures(trees: list[str]) -> None:
    data = make_docx("".join(trees), numbering=NUMBERING, styles=STYLES, comments=COMMENTS)
    document = check("x.docx", data)
    assert document is not None
    assert "ý kiến" in [b.text for b in document.blocks if b.kind == "comment"]


@few
@given(st.lists(st.lists(st.text(max_size=15), max_size=5), max_size=8), st.sampled_from(",;\t"))
def test_tables(rows: list[list[str]], separator: str) -> None:
    text = "\n".join(separator.join(f'"{c.replace(chr(34), "")}"' for c in row) for row in rows)
    check("x.csv", text.encode("utf-8", errors="replace"))


@settings(max_examples=200)
@given(st.text(alphabet="aâă đ́̂\u0323\u200b \n\t", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_places_in_clean_text(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    left, right = clean_span(text, start, end)
    assert 0 <= left <= right <= len(clean(text))
    whole = clean_span(text, 0, len(text))
    assert clean(text)[whole[0] : whole[1]] == clean(text)
