"""Old and new woven into one document: accepting gives the new text, rejecting the old one."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_reader import W, accepted, body, complaints, rejected

from feedback_synth.datamodel.comparison import Change, Comparison, Version
from feedback_synth.errors import UnreadableDocumentError
from feedback_synth.reports import tracked_changes

SHARED = Path(__file__).parents[3] / "shared"
XML = '<w:{0} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{1}</w:{0}>'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def docx(content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", XML.format("document", f"<w:body>{content}<w:sectPr/></w:body>"))
    return out.getvalue()


def run(text: str, kind: str = "t") -> str:
    return f'<w:r><w:{kind} xml:space="preserve">{text}</w:{kind}></w:r>'


def inserted(text: str, by: str = "An") -> str:
    return f'<w:ins w:id="1" w:author="{by}" w:date="2026-09-01T00:00:00Z">{run(text)}</w:ins>'


def deleted(text: str, by: str = "Bình") -> str:
    return f'<w:del w:id="2" w:author="{by}">{run(text, "delText")}</w:del>'


def p(*content: str, mark: str = "") -> str:
    properties = f'<w:pPr><w:rPr><w:{mark} w:id="3" w:author="Chi"/></w:rPr></w:pPr>' if mark else ""
    return f"<w:p>{properties}{''.join(content)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = lambda row: "".join(f"<w:tc><w:tcPr/>{c}</w:tc>" for c in row)  # noqa: E731
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{cells(r)}</w:tr>' for r in rows)}</w:tbl>"


def authors(document: bytes) -> set[str]:
    return {e.get(f"{W}author") for e in body(document).iter(f"{W}ins", f"{W}del")}


def text(element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t", f"{W}delText"))


def weave(old: str, new: str, **options: object) -> bytes:
    made = tracked_changes.render(docx(old), docx(new), **options)  # type: ignore[arg-type]
    assert accepted(made) == accepted(docx(new))
    assert rejected(made) == rejected(docx(old))
    assert complaints(made) == []
    return made


def test_equal_versions_have_no_changes() -> None:
    same = p(run("Điều 1. Phạm vi")) + table((p(run("a")), p(run("b")))) + p(run("Điều 2."))
    assert authors(weave(same, same)) == set()


def test_only_the_changed_words_are_marked() -> None:
    old, new = "Đến năm 2030, 70% trường có hạ tầng số.", "Đến năm 2030, ít nhất 80% trường có hạ tầng số."
    made = body(weave(p(run(old)), p(run(new))))
    assert [text(e) for e in made.iter(f"{W}ins")] == ["ít nhất 80%"]
    assert [text(e) for e in made.iter(f"{W}del")] == ["70%"]


def test_paragraphs_come_and_go_also_at_the_ends() -> None:
    weave(p(run("một")) + p(run("hai")), p(run("mở đầu")) + p(run("một")) + p(run("hai")) + p(run("kết thúc")))
    weave(p(run("mở đầu")) + p(run("một")) + p(run("kết thúc")), p(run("một")))
    weave(p(run("")), p(run("tất cả đều mới")) + p(run("và nữa")))


def test_rows_and_cells() -> None:
    head = (p(run("Chỉ tiêu")), p(run("2030")))
    old = table(head, (p(run("Trường chuẩn")), p(run("70%"))), (p(run("Phổ cập")), p(run("mức 2"))))
    new = table(head, (p(run("Trường chuẩn")), p(run("80%"))), (p(run("Học bổng")), p(run("500 suất"))))
    made = body(weave(p(run("x")) + old + p(run("y")), p(run("x")) + new + p(run("y"))))
    assert len(made.findall(f".//{W}trPr/{W}ins")) == len(made.findall(f".//{W}trPr/{W}del")) == 1


def test_a_table_that_is_new_and_one_that_is_gone() -> None:
    grid = table((p(run("a b c d")), p(run("e f g h"))))
    weave(p(run("x")) + p(run("y")), p(run("x")) + grid + p(run("y")))
    weave(p(run("x")) + grid + p(run("y")), p(run("x")) + p(run("y")))


def test_earlier_changes_keep_their_authors() -> None:
    old = p(run("Bố trí "), deleted("200"), inserted("250"), run(" tỷ đồng mỗi năm"))
    new = p(run("Bố trí "), deleted("200"), inserted("250"), run(" tỷ đồng từ ngân sách tỉnh mỗi năm"))
    made = weave(old, new)
    assert authors(made) == {"An", "Bình", tracked_changes.AUTHOR}
    mine = [text(e) for e in body(made).iter(f"{W}ins") if e.get(f"{W}author") == tracked_changes.AUTHOR]
    assert [m.strip() for m in mine] == ["từ ngân sách tỉnh"]


def test_changes_that_the_new_version_tracks_itself_are_its_authors() -> None:
    made = weave(
        p(run("Giao Sở Tài chính chủ trì")),
        p(run("Giao "), deleted("Sở Tài chính"), inserted("Sở Nội vụ"), run(" chủ trì")),
    )
    assert authors(made) == {"An", "Bình"}


def test_no_move_markup_and_no_clock() -> None:
    old = "".join(p(run(f"Khoản {n}: nội dung riêng của khoản {n}")) for n in range(5))
    new = "".join(p(run(f"Khoản {n}: nội dung riêng của khoản {n}")) for n in (0, 2, 3, 1, 4))
    made = weave(old, new)
    assert b"moveFrom" not in etree.tostring(body(made))
    assert tracked_changes.render(docx(old), docx(new)) == made


def test_the_comparison_pairs_what_was_rewritten() -> None:
    before = "Ngân sách tỉnh bảo đảm toàn bộ kinh phí thực hiện chính sách."
    after = "Nguồn vốn: lồng ghép các chương trình mục tiêu quốc gia và xã hội hóa."
    change = Change("modified", True, "a", "Điều 5", "a", "Điều 5", before, after)
    told = Comparison("", Version("cũ.docx", ""), Version("mới.docx", ""), (change,))
    around = p(run("Điều 4.")), p(run("Điều 6."))
    old, new = around[0] + p(run(before)) + around[1], around[0] + p(run(after)) + around[1]
    assert len(body(weave(old, new)).findall(f"{W}p")) == 4
    assert len(body(weave(old, new, comparison=told)).findall(f"{W}p")) == 3


def test_a_picture_keeps_its_place_and_a_field_stays_whole() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    page = (
        field.format("begin")
        + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        + field.format("separate")
        + run("2")
        + field.format("end")
    )
    made = body(weave(p(run("Trang "), run("1")), p(run("Trang số "), page)))
    kinds = [e.get(f"{W}fldCharType") for e in made.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    assert not any(a.tag == f"{W}del" for e in made.iter(f"{W}fldChar") for a in e.iterancestors())


def _png(grey: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes([0, grey]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _with_picture(grey: int | None) -> bytes:
    from docx import Document

    made = Document()
    made.add_paragraph("Bản đồ trường lớp")
    if grey is not None:
        made.add_paragraph("Hình 1: ").add_run().add_picture(io.BytesIO(_png(grey)))
    made.add_paragraph("Kết thúc.")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _pictures(document: bytes, state: str) -> list[bytes]:
    """Contents of the pictures that stand within inserted or deleted runs."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
        targets = {r.get("Id"): r.get("Target") for r in relations}
        embeds = [
            v for e in body(document).iter("{*}blip") for k, v in e.attrib.items()
            if k.endswith("}embed") and any(a.tag == W + state for a in e.iterancestors())
        ]  # fmt: skip
        return [archive.read(f"word/{targets[e]}") for e in embeds]


def test_a_picture_that_is_gone_comes_back_when_rejected() -> None:
    old, new = _with_picture(7), _with_picture(None)
    made = tracked_changes.render(old, new)
    assert complaints(made) == []
    assert accepted(made) == accepted(new) and rejected(made) == rejected(old)
    assert _pictures(made, "del") == [_png(7)]


def test_another_picture_in_the_same_place_is_a_change_and_the_same_is_none() -> None:
    made = tracked_changes.render(_with_picture(7), _with_picture(200))
    assert complaints(made) == []
    assert (_pictures(made, "del"), _pictures(made, "ins")) == ([_png(7)], [_png(200)])
    assert authors(tracked_changes.render(_with_picture(7), _with_picture(7))) == set()


def test_what_is_no_docx_is_refused_with_its_name() -> None:
    with pytest.raises(UnreadableDocumentError, match="The new version is not a readable"):
        tracked_changes.render(docx(p(run("x"))), b"%PDF-1.7")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "b")
    with pytest.raises(UnreadableDocumentError, match="The old version"):
        tracked_changes.render(out.getvalue(), docx(p(run("x"))))


WORDS = st.lists(st.sampled_from(["chỉ", "tiêu", "70%", "80%", "đến", "2030", ",", "khoản"]), max_size=7).map(" ".join)
PIECES = st.one_of(WORDS.map(run), WORDS.map(inserted), WORDS.map(deleted))
PARAGRAPHS = st.lists(PIECES, max_size=4).map(lambda pieces: p(*pieces))
CELLS = st.lists(PARAGRAPHS, min_size=1, max_size=2).map("".join)
TABLES = st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=3).map(lambda rows: table(*rows))
DOCUMENTS = st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, TABLES), max_size=6).map(lambda b: "".join(b) + p(run("./.")))


@settings(max_examples=60)
@given(DOCUMENTS, DOCUMENTS)
def test_accepting_gives_the_new_text_and_rejecting_the_old_one(old: str, new: str) -> None:
    weave(old, new)


def pairs() -> list[tuple[Path, Path]]:
    drafts = sorted((SHARED / "gold").glob("*/drafts/*-v1.docx"))
    compared = sorted((SHARED / "files" / "compare").glob("*.docx"))
    named = {f.name: f for f in compared}
    changed = [
        (named[f.name.replace("After", "Before")], f) for f in compared if f.name.replace("After", "Before") in named
    ]
    return [*((d, d.with_name(d.name.replace("-v1", "-v2"))) for d in drafts), *(x for x in changed if x[0] != x[1])]


@pytest.mark.skipif(not pairs(), reason="the shared documents are not here")
@pytest.mark.parametrize(("old", "new"), pairs(), ids=lambda f: f.name)
def test_real_documents(old: Path, new: Path) -> None:
    before, after = old.read_bytes(), new.read_bytes()
    made = tracked_changes.render(before, after)
    assert accepted(made) == accepted(after)
    assert rejected(made) == rejected(before)
    known = {*complaints(before), *complaints(after)}
    assert [c for c in complaints(made) if c not in known] == []
