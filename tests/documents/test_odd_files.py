"""Files as offices send them that are not quite what their ending says, or are laid out by hand."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pytest
from office_files import make_docx, p

from feedback_synth import documents
from feedback_synth.datamodel.document import Document
from feedback_synth.errors import UnsupportedFormatError

FIRST = "Đề nghị nâng mức hỗ trợ tại Điều 3 lên 20 triệu đồng."
SECOND = "Đề nghị làm rõ nguồn kinh phí tại Điều 6."


def read(folder: Path, name: str, data: str | bytes) -> Document:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return documents.read(path)


def shown(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.kind not in ("navigation", "header")]


def said_by(document: Document) -> list[tuple[str, str]]:
    """(body, opinion) of each row."""
    cells = [b for b in document.blocks if b.cell and not b.cell.is_header]
    by = {(b.cell.table, b.cell.row, b.cell.role): b.text for b in cells if b.cell}
    return [(by.get((t, r, "organization"), ""), text) for (t, r, role), text in by.items() if role == "opinion"]


# ---- web pages -------------------------------------------------------------------------------------
def test_a_form_around_the_whole_page_is_no_search_box(tmp_path: Path) -> None:
    page = (
        '<html><meta charset="utf-8"><body><form id="aspnetForm"><ul class="menu"><li>Trang chủ</li></ul>'
        f"<h1>Ý kiến góp ý</h1><p>{FIRST}</p></form></body></html>"
    )
    document = read(tmp_path, "trang.html", page)
    assert [b.text for b in document.blocks if b.kind == "paragraph"] == [FIRST]
    assert [b.kind for b in document.blocks if b.text == "Trang chủ"] == ["navigation"]


def test_what_was_filled_into_a_form_is_read_and_its_buttons_are_not(tmp_path: Path) -> None:
    page = (
        '<html><meta charset="utf-8"><body><p>Phiếu</p><form><p>Họ và tên: <input value="Lò Văn Pánh"></p>'
        '<p><input type="checkbox" checked> Nhất trí <input type="checkbox"> Không</p>'
        "<p>Xã: <select><option>Nà Lốc</option><option selected>Sín Chải</option></select></p>"
        f"<p>Ý kiến:<textarea>{FIRST}\n{SECOND}</textarea></p><button>Gửi</button>"
        '<input type="hidden" value="khóa"></form></body></html>'
    )
    document = read(tmp_path, "phieu.html", page)
    assert shown(document) == [
        "Phiếu", "Họ và tên: Lò Văn Pánh", "☑ Nhất trí ☐ Không", "Xã: Sín Chải", "Ý kiến:", FIRST, SECOND,
    ]  # fmt: skip


def test_a_page_laid_out_as_a_table_is_text_with_its_lines(tmp_path: Path) -> None:
    lines = [
        "Kính gửi: Sở Nông nghiệp",
        "Xã có ý kiến như sau:",
        FIRST,
        SECOND,
        "Trân trọng.",
        "CHỦ TỊCH",
        "Giàng A Sử",
    ]
    page = (
        '<html><meta charset="utf-8"><body><table><tr><td><table><tr><td>XÃ A</td><td>CỘNG HÒA</td></tr></table></td>'
        f"</tr><tr><td>{'<br>'.join(lines)}</td></tr></table></body></html>"
    )
    document = read(tmp_path, "thu.html", page)
    assert [b.text for b in document.blocks if b.kind == "paragraph"] == lines
    assert [b.text for b in document.blocks if b.cell] == ["XÃ A", "CỘNG HÒA"]


def test_the_title_that_a_word_processor_writes_into_a_page_is_no_line_of_it(tmp_path: Path) -> None:
    page = f"<html><head><title>cv 45</title></head><body><p class=MsoNormal>{FIRST}</p></body></html>"
    assert [b.text for b in read(tmp_path, "cv.htm", page).blocks] == [FIRST]


# ---- messages --------------------------------------------------------------------------------------
HEAD = "From: Lan <lan@b.vn>\r\nTo: so@b.vn\r\nSubject: Y kien\r\nMIME-Version: 1.0\r\n"


def part(kind: str, text: str, head: str = "") -> str:
    return f"--x\r\nContent-Type: {kind}; charset=utf-8\r\n{head}\r\n{text}\r\n"


def many(kind: str, *parts: str) -> str:
    return f'Content-Type: multipart/{kind}; boundary="x"\r\n\r\n{"".join(parts)}--x--\r\n'


def test_of_alternatives_the_one_that_says_something_is_read(tmp_path: Path) -> None:
    page = (
        f"<html><head><style>p {{}}</style></head><body><p>Kính gửi Sở, xã có ý kiến như sau:</p><p>{FIRST}</p></body>"
    )
    stub = read(tmp_path, "a.eml", HEAD + many("alternative", part("text/plain", "Xem HTML."), part("text/html", page)))
    assert FIRST in shown(stub) and "Xem HTML." not in shown(stub)
    same = read(tmp_path, "b.eml", HEAD + many("alternative", part("text/plain", FIRST), part("text/html", FIRST)))
    assert shown(same) == [FIRST]


def test_a_page_and_a_plain_footer_are_both_read(tmp_path: Path) -> None:
    mail = HEAD + many("mixed", part("text/html", f"<p>{FIRST}</p>"), part("text/plain", "Đã quét vi-rút."))
    assert shown(read(tmp_path, "c.eml", mail)) == [FIRST, "Đã quét vi-rút."]


def test_a_signature_is_no_unreadable_file(tmp_path: Path) -> None:
    signature = part("application/pkcs7-signature", "AAAA", 'Content-Disposition: attachment; filename="smime.p7s"\r\n')
    (tmp_path / "d.eml").write_text(HEAD + many("signed", part("text/plain", FIRST), signature), encoding="utf-8")
    found, failures = documents.read_all(tmp_path / "d.eml")
    assert shown(found[0]) == [FIRST] and failures == ()


def test_a_box_of_messages_gives_each(tmp_path: Path) -> None:
    mails = "".join(f"From a@b Fri Jun 12 08:00:00 2026\n{HEAD}\r\n{t}\n\n" for t in (FIRST, SECOND))
    (tmp_path / "hop.mbox").write_text(mails.replace("\r\n", "\n"), encoding="utf-8")
    found, _ = documents.read_all(tmp_path / "hop.mbox")
    assert [shown(d) for d in found] == [[FIRST], [SECOND]]


@pytest.mark.parametrize(("name", "head"), [("cv.doc", ""), ("trang.mht", "From: <Saved by Blink>\r\nSubject: x\r\n")])
def test_a_page_saved_in_one_file_is_read_as_a_page(tmp_path: Path, name: str, head: str) -> None:
    words = base64.encodebytes(f"<html><body><p>{FIRST}</p></body></html>".encode()).decode()
    where = "Content-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: base64\r\n"
    style = part("text/css", "p {}", "Content-Location: file:///C:/a.css\r\n")
    saved = f"{head}MIME-Version: 1.0\r\n" + many("related", part("text/html", words, where), style)
    (tmp_path / name).write_text(saved, encoding="utf-8")
    found, failures = documents.read_all(tmp_path / name)
    assert [shown(d) for d in found] == [[FIRST]] and failures == () and found[0].fields == ()


# ---- office files in one XML document --------------------------------------------------------------
def flat(data: bytes) -> str:
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = "".join(
        f'<pkg:part pkg:name="/{n}"><pkg:xmlData>{archive.read(n).decode().split("?>")[-1]}</pkg:xmlData></pkg:part>'
        for n in archive.namelist()
    )
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'<?xml version="1.0"?><pkg:package xmlns:pkg="{space}">{parts}</pkg:package>'


WORD_2003 = (
    '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core"><w:body><wx:sect><w:p><w:r><w:t>Đề nghị </w:t></w:r>'
    '<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>bỏ</w:delText></w:r></aml:content>'
    "</aml:annotation>"
    '<aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>giữ</w:t></w:r></aml:content></aml:annotation>'
    "<w:r><w:t> Điều 3.</w:t></w:r></w:p></wx:sect></w:body></w:wordDocument>"
)
FLAT_TEXT = (
    '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:p>Đề nghị giữ Điều 3.'
    "</text:p></office:text></office:body></office:document>"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.xml", flat(make_docx(p("Đề nghị giữ Điều 3.")))), ("b.doc", WORD_2003), ("c.fodt", FLAT_TEXT)],
)
def test_a_text_in_one_xml_document_is_read(tmp_path: Path, name: str, text: str) -> None:
    assert shown(read(tmp_path, name, text)) == ["Đề nghị giữ Điều 3."]


def test_a_sheet_of_excel_2003_is_a_table_with_its_notes(tmp_path: Path) -> None:
    rows = [("TT", "Đơn vị", "Ý kiến góp ý"), ("1", "Sở Tài chính", SECOND), ("2", "UBND xã Nà Lốc", FIRST)]
    cells = ["".join(f"<Cell><Data>{c}</Data></Cell>" for c in row) for row in rows]
    note = '<Cell ss:Index="5"><Comment ss:Author="Lan"><Data>Đề nghị xem lại.</Data></Comment></Cell>'
    inner = "".join(f"<Row>{row}</Row>" for row in (*cells[:2], cells[2] + note))
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = f'<Worksheet ss:Name="S"><Table>{inner}</Table></Worksheet>'
    book = f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{sheet}</Workbook>'
    document = read(tmp_path, "bang.xls", book)
    assert said_by(document) == [("Sở Tài chính", SECOND), ("UBND xã Nà Lốc", FIRST)]
    assert [(b.text, b.annotation.author, b.locator.cell) for b in document.blocks if b.annotation] == [
        ("Đề nghị xem lại.", "Lan", "E3")
    ]


def test_xml_of_other_programs_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError, match="Save it as"):
        read(tmp_path, "a.xml", f'<?xml version="1.0"?><a><b>{FIRST}</b></a>')


# ---- tables ----------------------------------------------------------------------------------------
def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    frame = f"<w:tbl><w:tr><w:tc>{p(FIRST)}{p(SECOND)}</w:tc></w:tr></w:tbl>"
    document = read(tmp_path, "cv.docx", make_docx(p("Kính gửi: Sở Nông nghiệp") + frame))
    assert [(b.kind, b.text) for b in document.blocks[1:]] == [("paragraph", FIRST), ("paragraph", SECOND)]


def test_tables_below_one_another_have_their_own_headers(tmp_path: Path) -> None:
    text = (
        f"I. Ý kiến của các sở;;;\nTT;Đơn vị;Nội dung góp ý;\n1;Sở Tài chính;{SECOND};\n;;;\n"
        f"II. Ý kiến của các xã;;;\nTT;Xã;Điều khoản;Ý kiến\n1;Nà Lốc;Điều 3;{FIRST}\n"
    )
    assert said_by(read(tmp_path, "bang.csv", text)) == [("Sở Tài chính", SECOND), ("Nà Lốc", FIRST)]


def test_a_form_laid_out_as_a_table_asks_and_is_answered(tmp_path: Path) -> None:
    rows = [
        ("Họ và tên", "Lò Văn Pánh"),
        ("Đơn vị công tác", "UBND xã Nà Lốc"),
        ("Điện thoại", "0912"),
        ("Ý kiến", FIRST),
    ]
    cells = ["".join(f"<w:tc>{p(c)}</w:tc>" for c in row) for row in rows]
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"
    document = read(tmp_path, "phieu.docx", make_docx(p("PHIẾU LẤY Ý KIẾN") + body))
    roles = {b.text: b.cell.role for b in document.blocks if b.cell}
    assert roles["Ý kiến"] == "question" and roles[FIRST] == "opinion"
    assert {roles[c] for row in rows[:3] for c in row} == {"other"}


def test_a_quotation_mark_left_open_takes_no_rows(tmp_path: Path) -> None:
    text = f'TT;Đơn vị;Ý kiến góp ý\n1;UBND xã Nà Lốc;"{FIRST}\n2;Sở Tài chính;"{SECOND}"\n3;Sở Y tế;"Hai\ndòng"\n'
    assert said_by(read(tmp_path, "bang.csv", text)) == [
        ("UBND xã Nà Lốc", FIRST), ("Sở Tài chính", SECOND), ("Sở Y tế", "Hai\ndòng"),
    ]  # fmt: skip


def test_a_formula_with_an_empty_result_is_said(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Đơn vị", "Ý kiến"])
    sheet.append(['=CONCATENATE("UBND xã ","Nà Lốc")', FIRST])
    book.save(tmp_path / "bang.xlsx")
    notices = documents.read(tmp_path / "bang.xlsx").notices
    assert [(n.code, dict(n.values)["cells"]) for n in notices] == [("formulas_without_value", "1")]


def test_the_first_line_of_a_note_tells_its_writer(tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = "Hỗ trợ 15 triệu đồng/ha", "Hỗ trợ 5 triệu đồng/ha"
    sheet["A1"].comment = Comment(f"UBND xã Nà Lốc:\n{FIRST}", "Admin")
    sheet["A2"].comment = Comment(SECOND, "Sở Tài chính")
    book.save(tmp_path / "bang.xlsx")
    notes = [b for b in documents.read(tmp_path / "bang.xlsx").blocks if b.annotation]
    assert [(b.annotation and b.annotation.author, b.text) for b in notes] == [
        ("UBND xã Nà Lốc", FIRST),
        ("Sở Tài chính", SECOND),
    ]


def test_a_table_in_an_old_encoding_is_not_taken_for_the_one_of_windows(tmp_path: Path) -> None:
    rows = ["1;UBND x· Nµ Lèc;§Ò nghÞ bæ sung kinh phÝ t¹i §iÒu 6", "2;Së Tµi chÝnh;§Ò nghÞ n©ng møc hç trî t¹i §iÒu 3"]
    text = "\n".join(["STT;§¬n vÞ;ý kiÕn gãp ý", *rows])
    document = read(tmp_path, "bang.csv", text.encode("latin-1"))
    assert said_by(document)[0][0] == "UBND xã Nà Lốc"
    assert [dict(n.values)["encoding"] for n in document.notices] == ["TCVN3"]


def test_the_first_line_of_a_note_tells_its_writer_in_an_opendocument_sheet_too(tmp_path: Path) -> None:
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table"))
    note = f"<office:annotation><text:p>UBND xã Nà Lốc:</text:p><text:p>{FIRST}</text:p></office:annotation>"
    cell = f"<table:table-cell>{note}<text:p>Hỗ trợ 15 triệu đồng/ha</text:p></table:table-cell>"
    table = f'<table:table table:name="S"><table:table-row>{cell}</table:table-row></table:table>'
    sheet = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    document = read(tmp_path, "b.fods", f'<?xml version="1.0"?><office:document {spaces}>{sheet}</office:document>')
    assert [(b.annotation.author, b.text) for b in document.blocks if b.annotation] == [("UBND xã Nà Lốc", FIRST)]
