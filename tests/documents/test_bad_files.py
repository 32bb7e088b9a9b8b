"""Files that cannot be read get a sentence with the file and the remedy; hostile ones are bounded."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from office_files import make_docx, p

from feedback_synth import documents
from feedback_synth.documents import _archive, _convert
from feedback_synth.documents.readers import zip as zip_reader
from feedback_synth.errors import ConfigError, FeedbackSynthError, UnreadableDocumentError, UnsupportedFormatError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def make_zip(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return data.getvalue()


@pytest.mark.parametrize(
    "name, data, words",
    [
        ("rỗng.docx", b"", "empty"),
        ("trắng.txt", b"  \r\n\t", "empty"),
        ("giả.docx", bytes(range(1, 32)) * 40, "no zip container"),
        ("chữ.docx", "Kính gửi Sở".encode(), "plain text"),
        ("hỏng.docx", b"PK\x03\x04 nothing", "damaged"),
        ("khóa.xlsx", OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("hỏng.pdf", b"%PDF-1.4 nothing else", "damaged"),
        ("hỏng.doc", OLE + b"\xff" * 600 + "WordDocument".encode("utf-16-le"), "damaged"),
    ],
)
def test_a_sentence_names_the_file_and_the_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, words: str
) -> None:
    monkeypatch.setattr(_convert, "program", lambda: None)
    path = write(tmp_path, name, data)
    with pytest.raises(UnreadableDocumentError, match=words) as caught:
        documents.read(path)
    assert str(caught.value).startswith(name)


@pytest.mark.parametrize(
    "name, data", [("ảnh.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 50), ("x.bin", bytes(range(32)) * 9)]
)
def test_other_kinds_are_told_apart(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"picture|kind"):
        documents.read(write(tmp_path, name, data))


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError, match="no such file"):
        documents.read(tmp_path / "không có.docx")
    with pytest.raises(UnreadableDocumentError, match="folder"):
        documents.read(tmp_path)


def test_a_kind_or_column_that_does_not_exist_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", b"a,b\n1,2\n")
    with pytest.raises(ConfigError, match="minutes"):
        documents.read(path, kind="thư")
    with pytest.raises(ConfigError, match="opinion"):
        documents.read(path, columns={"ý kiến": "b"})


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    document = documents.read(write(tmp_path, "thư.pdf", make_docx(p("Kính gửi: Sở Tài chính"))))
    assert document.blocks[0].text == "Kính gửi: Sở Tài chính"


@pytest.mark.parametrize(
    "name, content",
    [
        ("xuất.xls", "TT\tÝ kiến\n1\tBổ sung\n"),
        ("xuất.xls", "<html><table><tr><td>TT</td><td>Ý kiến</td></tr><tr><td>1</td><td>Bổ sung</td></tr></table>"),
    ],
)
def test_exports_that_call_themselves_workbooks_are_read(tmp_path: Path, name: str, content: str) -> None:
    document = documents.read(write(tmp_path, name, content.encode("utf-8")))
    assert [b.text for b in document.blocks] == ["TT", "Ý kiến", "1", "Bổ sung"]


def test_entities_are_not_expanded_and_outside_files_not_fetched(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.txt", b"bi mat")
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        f'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        "<w:t>Chữ &c; &x;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = make_zip(word__document_dot_xml=bomb.encode())
    text = " ".join(b.text for b in documents.read(write(tmp_path, "bom.docx", data)).blocks)
    assert "bi mat" not in text and text.count("ha") < 10


def test_a_part_that_unpacks_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_archive, "MAX_TREE_BYTES", 100_000)
    monkeypatch.setattr(_archive.Archive.read, "__defaults__", (100_000,))
    data = make_docx(p("a" * 200_000))
    with pytest.raises(UnreadableDocumentError, match="MB"):
        documents.read(write(tmp_path, "to.docx", data))


def test_deep_nesting_is_survived(tmp_path: Path) -> None:
    body = "<w:tbl><w:tr><w:tc>" * 60 + p("đáy") + "</w:tc></w:tr></w:tbl>" * 60
    document = documents.read(write(tmp_path, "sâu.docx", make_docx(p("mặt") + body)))
    assert document.blocks[0].text == "mặt"
    assert "nested_too_deep" in [n.code for n in document.notices]


def test_an_archive_is_read_file_by_file_and_its_paths_do_no_harm(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("../../ra ngoài/góp ý.txt", "Đề nghị bổ sung chỉ tiêu.")
        archive.writestr("~$khóa.docx", "x")
        archive.writestr("__MACOSX/._góp ý.txt", "x")
        archive.writestr("C:\\thư\\hỏng.docx", b"PK\x03\x04")
    path = write(tmp_path, "gửi.zip", data.getvalue())
    found, failures = documents.read_all(path)
    assert [d.name for d in found] == ["gửi.zip/ra ngoài/góp ý.txt"]
    assert len(failures) == 1 and "hỏng.docx" in failures[0]
    assert sorted(f.name for f in tmp_path.iterdir()) == ["gửi.zip"]


def test_a_damaged_part_is_left_out_and_said(tmp_path: Path) -> None:
    data = make_docx(p("Thân bài"), styles="<w:style w:styleId='A'/>" + " " * 500)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("word/styles.xml").header_offset + 30 + len("word/styles.xml")
    document = documents.read(write(tmp_path, "hỏng một phần.docx", data[:start] + b"\xff" * 12 + data[start + 12 :]))
    assert [b.text for b in document.blocks] == ["Thân bài"]
    assert [(n.code, dict(n.values)) for n in document.notices] == [("part_unreadable", {"part": "word/styles.xml"})]


def test_archives_in_archives_end(tmp_path: Path) -> None:
    data = make_zip(a_dot_txt=b"day")
    for _ in range(6):
        data = make_zip(b_dot_zip=data)
    found, failures = documents.read_all(write(tmp_path, "búp bê.zip", data))
    assert not found and "deep" in failures[0]


def test_an_archive_that_unpacks_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_reader, "MAX_TOTAL_BYTES", 1000)
    _, failures = documents.read_all(write(tmp_path, "bom.zip", make_zip(a_dot_txt=b"0" * 5000)))
    assert "holds too much" in failures[0]


def test_collect_walks_in_order_and_says_what_it_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "thư góp ý"
    (folder / "b").mkdir(parents=True)
    for name in ("b/2.txt", "1 bản.txt", "~$1 bản.docx", ".ẩn.txt"):
        (folder / name).write_text("x", encoding="utf-8")
    files, failures = documents.collect([folder, tmp_path / "không"])
    assert [f.name for f in files] == ["1 bản.txt", "2.txt"]
    assert "2 hidden or lock files" in failures[0] and "no such file" in failures[1]


def test_every_error_is_of_the_family() -> None:
    assert issubclass(UnreadableDocumentError, FeedbackSynthError)
    assert issubclass(UnsupportedFormatError, FeedbackSynthError)
