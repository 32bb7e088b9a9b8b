"""Web pages, plain text, Markdown and mail."""

from __future__ import annotations

import unicodedata
from email.message import EmailMessage
from pathlib import Path

import pytest
from office_files import make_docx, p

from feedback_synth import documents
from feedback_synth.datamodel.document import Document


def read(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Document:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return documents.read(path)


PAGE = """<!doctype html><html><head><title>Tin hội thảo</title>
<style>p{}</style><script>var x="không đọc";</script></head>
<body><div class="main-menu"><a>Trang chủ</a> <a>Tin tức</a></div>
<article><h1>Góp ý dự thảo</h1><p>Đại biểu đề nghị <b>bổ sung</b>
chỉ tiêu;<br>làm rõ kinh phí.</p><ol><li>Một</li><li>Hai<ul><li>Hai rưỡi</li></ul></li></ol>
<table><tr><th>TT</th><th rowspan="2">Đơn vị</th></tr><tr><td>1</td><td>Sở Y tế</td></tr></table>
<figcaption>Ảnh hội thảo</figcaption><p style="display: none">ẩn</p></article>
<div>Bình luận (12)</div><footer>Bản quyền</footer></body></html>"""


def test_a_page_gives_its_article_and_keeps_the_rest_as_navigation(tmp_path: Path) -> None:
    document = read(tmp_path, "tin.html", PAGE)
    found = [(b.kind, f"{b.number} {b.text}".strip()) for b in document.blocks]
    assert found == [
        ("navigation", "Tin hội thảo"),
        ("navigation", "Trang chủ Tin tức"),
        ("heading", "Góp ý dự thảo"),
        ("paragraph", "Đại biểu đề nghị bổ sung chỉ tiêu;\nlàm rõ kinh phí."),
        ("list_item", "1. Một"),
        ("list_item", "2. Hai"),
        ("list_item", "• Hai rưỡi"),
        ("cell", "TT"),
        ("cell", "Đơn vị"),
        ("cell", "1"),
        ("cell", "Sở Y tế"),
        ("caption", "Ảnh hội thảo"),
        ("navigation", "Bình luận (12)"),
        ("navigation", "Bản quyền"),
    ]
    places = {b.text: b.cell for b in document.blocks if b.cell}
    assert places["Sở Y tế"] and places["Sở Y tế"].column == 3
    assert places["Đơn vị"] and places["Đơn vị"].row_span == 2
    assert document.kind == "news"


def test_a_page_in_its_declared_encoding(tmp_path: Path) -> None:
    page = '<html><head><meta charset="windows-1252"></head><body><p>Étude préalable</p></body></html>'
    assert read(tmp_path, "p.html", page, "cp1252").blocks[0].text == "Étude préalable"


def test_a_page_nested_without_end_is_survived(tmp_path: Path) -> None:
    document = read(tmp_path, "sâu.html", "<div>" * 5000 + "đáy" + "</div>" * 5000)
    assert "đáy" in " ".join(b.text for b in document.blocks)


def test_lines_wrapped_at_a_margin_are_joined_and_items_kept(tmp_path: Path) -> None:
    words = "Ủy ban nhân dân xã đề nghị cơ quan soạn thảo làm rõ nguồn kinh phí thực hiện từng nhiệm vụ của Đề án. "
    lines: list[str] = [""]
    for word in (words * 3).split():
        if len(lines[-1]) + len(word) >= 70:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    document = read(tmp_path, "gói.txt", "\n".join(lines) + "\n- Mục thứ nhất của xã\n- Mục thứ hai của xã\n")
    assert [b.text for b in document.blocks] == [
        " ".join((words * 3).split()),
        "- Mục thứ nhất của xã",
        "- Mục thứ hai của xã",
    ]
    assert [b.locator.line for b in document.blocks] == [1, len(lines) + 1, len(lines) + 2]


def test_short_lines_stay_apart(tmp_path: Path) -> None:
    text = "anh Páo: thiếu giáo viên\nchị Mai: quá tải\nkết thúc 17h\nhọp lại thứ hai\n"
    assert len(read(tmp_path, "ghi.txt", text).blocks) == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_unicode_encodings_are_found(tmp_path: Path, encoding: str) -> None:
    text = "Đề nghị Sở Giáo dục và Đào tạo bổ sung chỉ tiêu"
    assert read(tmp_path, "t.txt", text, encoding).blocks[0].text == text


def test_windows_1258_is_found_and_said(tmp_path: Path) -> None:
    text = "Đề nghị bổ sung chỉ tiêu phổ cập"
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = [unicodedata.normalize("NFD", c) for c in text]
    parted = "".join(
        unicodedata.normalize("NFC", "".join(m for m in c if m not in tones)) + "".join(m for m in c if m in tones)
        for c in letters
    )
    document = read(tmp_path, "t.txt", parted, "cp1258")
    assert document.blocks[0].text == text
    assert [n.code for n in document.notices] == ["encoding_guessed"]


def test_markdown_has_headings_items_and_tables(tmp_path: Path) -> None:
    text = "# Biên bản\n\nMột câu\ndài.\n\n- Một\n  1. Một rưỡi\n\n| TT | Ý kiến |\n|---|---|\n| 1 | Bổ \\| sung |\n"
    found = [(b.kind, b.number, b.text) for b in read(tmp_path, "b.md", text).blocks]
    assert found == [
        ("heading", "", "Biên bản"),
        ("paragraph", "", "Một câu dài."),
        ("list_item", "-", "Một"),
        ("list_item", "1.", "Một rưỡi"),
        ("cell", "", "TT"),
        ("cell", "", "Ý kiến"),
        ("cell", "", "1"),
        ("cell", "", "Bổ | sung"),
    ]


def test_a_message_gives_head_words_and_attachments(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "Sở Tài chính <stc@example.vn>"
    message["Subject"] = "Góp ý dự thảo Nghị quyết"
    message["Date"] = "Wed, 12 Nov 2025 08:30:00 +0700"
    message.set_content(
        "Kính gửi Sở Giáo dục,\nĐề nghị làm rõ nguồn vốn.\n\nOn Tue, 11 Nov 2025, A <a@b.c> wrote:\n> Xin ý kiến.\n"
    )
    message.add_attachment(make_docx(p("Đề nghị bổ sung.")), maintype="application", subtype="x", filename="góp ý.docx")
    message.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="chữ ký.jpg")
    path = tmp_path / "thư.eml"
    path.write_bytes(message.as_bytes())
    (mail, attached), failures = documents.read_all(path)
    assert not failures
    assert (mail.field("sender"), mail.field("date")) == ("Sở Tài chính", "2025-11-12")
    assert [(b.quoted, b.text) for b in mail.blocks if b.kind == "paragraph"] == [
        (0, "Kính gửi Sở Giáo dục,"),
        (0, "Đề nghị làm rõ nguồn vốn."),
        (1, "Xin ý kiến."),
    ]
    assert [b.text for b in mail.blocks if b.kind == "header"][-1] == "On Tue, 11 Nov 2025, A <a@b.c> wrote:"
    assert [n.code for n in mail.notices] == ["attachment_left_out"]
    assert (attached.name, attached.blocks[0].text) == ("thư.eml/góp ý.docx", "Đề nghị bổ sung.")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "Anna, good evening,\n\nTwo things from the boat, in the order in which they all came to\nme:\n"
            "- one clinic boat for six islets is thin, with two engines the crew\ncould also come on Sundays\n"
            "- the fund says nothing of fuel, and fuel is what stops us each\nautumn\n"
            "- print it larger\nI am away until the end of the week and shall answer from there.\nTom\nRiver Aid\n\n"
            "On Thu, 26 Mar 2026 at 08:02, Dr Harriet Oduya-Lindqvist\n<h.oduya@health.example> wrote:\n> Dear Anna,\n",
            3,
        ),
        (
            "Chị Mai ơi, em đọc trên tàu nên viết vội, có mấy ý thế này gửi chị\nxem:\n"
            "- mức hỗ trợ thuyền viên 300 nghìn là ít quá, bên xã bạn người ta đã\ntrả 450 nghìn từ năm ngoái\n"
            "- nên ghi rõ ai giữ phao, ai giữ đèn, chứ năm nào đến mùa lũ cũng\nphải đi mượn\n"
            "Em bận đến hết tuần, có gì chị nhắn lại cho em qua số máy của trạm.\nThu\n\n"
            "Vào Th 5, 26 thg 3, 2026 vào lúc 08:02 Nguyễn Thị Mai Phương <mai@xa.example>\nđã viết:\n> Chào em,\n",
            2,
        ),
        (
            "Élise, bonsoir,\n\nJe te réponds du train, dans le désordre et sans relire, pardonne-moi\ndonc :\n"
            "- la vedette ne passe qu'une fois par mois, il en faudrait deux pour\nque les soins servent\n"
            "- le texte parle de relais sans jamais dire qui les paie, ni pendant\ncombien d'années\n"
            "Je serai joignable à partir de mercredi, au bureau comme d'habitude.\nLuc\n\n"
            "Le jeu. 26 mars 2026 à 08:02, Docteur Anne Delaunay-Morel\n<acd@sante.example> a écrit :\n> Luc,\n",
            2,
        ),
    ],
)
def test_items_of_a_mail_wrapped_at_a_margin_above_a_quoted_one(tmp_path: Path, text: str, items: int) -> None:
    path = tmp_path / "m.eml"
    path.write_text(f"From: a@b.example\nTo: c@d.example\nSubject: x\n\n{text}", encoding="utf-8")
    shown = [b.text for b in documents.read(path).blocks if b.kind == "paragraph" and not b.quoted]
    own = text.split("\n\n")[-2 if "\n\n" in text else 0]
    assert sum(line.startswith("- ") for line in shown) == items
    assert not any(line[0].islower() for line in shown)
    assert shown[-1 if shown[-1] != "River Aid" else -2] in own.split("\n")
