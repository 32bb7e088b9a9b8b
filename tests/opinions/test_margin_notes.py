"""Opinions in footnotes, endnotes, text boxes and tables inside cells: real files, three languages."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.documents import read
from feedback_synth.opinions import extract

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def paragraph(text: str, inside: str = "") -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r>{inside}</w:p>'


def noted(text: str, number: int, kind: str = "footnote") -> str:
    return paragraph(text, f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>')


def boxed(*texts: str) -> str:
    words = "".join(map(paragraph, texts))
    return f"<w:p><w:r><w:drawing><wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx></w:drawing></w:r></w:p>"


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def heard(folder: Path, body: str, kind: str = "footnote", **notes: str) -> Extraction:
    """What is found in a .docx with this body and these notes (n1="words")."""
    data = io.BytesIO()
    held = "".join(f'<w:{kind} w:id="{name[1:]}">{paragraph(text)}</w:{kind}>' for name, text in notes.items())
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        for place, target in (("_rels/.rels", "word/document.xml"), ("word/_rels/document.xml.rels", f"{kind}s.xml")):
            of = "officeDocument" if place == "_rels/.rels" else f"{kind}s"
            relation = f'<Relationship Id="rId1" Type="{OFFICE}/{of}" Target="{target}"/>'
            archive.writestr(place, f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>')
        archive.writestr("word/document.xml", f"<w:document {W} {WPS}><w:body>{body}</w:body></w:document>")
        archive.writestr(f"word/{kind}s.xml", f"<w:{kind}s {W}>{held}</w:{kind}s>")
    (folder / "source.docx").write_bytes(data.getvalue())
    document = read(folder / "source.docx")
    found = extract(document)
    assert {p.span.block_id for p in found.passages} == {b.id for b in document.blocks}
    return found


def said(found: Extraction) -> list[tuple[str, str]]:
    return [(o.author.name or o.author.organization, o.text.rstrip(".")) for o in found.opinions]


DRAFT = ("NGHỊ QUYẾT", "Căn cứ Luật Tổ chức chính quyền địa phương;", "QUYẾT NGHỊ:", "Điều 1. Phạm vi điều chỉnh")


def test_footnotes_under_a_draft_name_who_asks(tmp_path: Path) -> None:
    body = "".join(map(paragraph, DRAFT)) + noted("Hỗ trợ 50 triệu đồng.", 1) + noted("Điều 2. Hiệu lực", 2)
    found = heard(
        tmp_path,
        body + noted("Điều 3. Tổ chức thực hiện", 3),
        n1="Sở Tài chính đề nghị giảm mức hỗ trợ còn 30 triệu đồng.",
        n2="Ý kiến của UBND xã Nậm Lúc: đề nghị lùi thời hạn sang tháng 7/2027.",
        n3="Luật số 47/2019/QH14 ngày 22/11/2019.",
    )
    assert said(found) == [
        ("Sở Tài chính", "đề nghị giảm mức hỗ trợ còn 30 triệu đồng"),
        ("UBND xã Nậm Lúc", "đề nghị lùi thời hạn sang tháng 7/2027"),
    ]


def test_an_endnote_of_minutes_tells_who_spoke_too(tmp_path: Path) -> None:
    body = "".join(
        [
            paragraph("MINUTES OF THE MEETING"),
            paragraph("on the draft market resolution"),
            paragraph("Chair: Mr John Park"),
            paragraph("Discussion"),
            noted("Ms Ann Hill (River Women's Group): the fee in Section 4 should be halved.", 1, "endnote"),
            noted("Mr Bo Lee (Harbour Office): Section 2 should name the payer.", 2, "endnote"),
        ]
    )
    found = heard(
        tmp_path,
        body,
        "endnote",
        n1="Mr Kofi Mensah (Traders Union) asked to add a map of the stalls to Section 5.",
        n2="See the budget of 2025, page 12.",
    )
    assert ("Kofi Mensah", "to add a map of the stalls to Section 5") in said(found)
    assert len(found.opinions) == 3


def test_a_footnote_of_a_letter_is_of_its_sender(tmp_path: Path) -> None:
    body = "".join(
        [
            paragraph("Mairie de Koulikoro"),
            paragraph("Objet : avis sur le projet de résolution sur les marchés"),
            paragraph("Monsieur le Président,"),
            noted("Nous proposons de supprimer l'alinéa 3 de l'article 2.", 1),
            paragraph("Veuillez agréer, Monsieur le Président, nos salutations distinguées."),
        ]
    )
    found = heard(tmp_path, body, n1="Nous demandons aussi une aide pour les petites communes à l'article 5.")
    assert [o.text for o in found.opinions] == [
        "Nous proposons de supprimer l'alinéa 3 de l'article 2.",
        "Nous demandons aussi une aide pour les petites communes à l'article 5.",
    ]
    assert {o.author.organization for o in found.opinions} == {"Mairie de Koulikoro"}


@pytest.mark.parametrize(
    "note",
    [
        "Xem Nghị định số 12/2020/NĐ-CP của Chính phủ.",
        "Nguồn: Cục Thống kê tỉnh, năm 2025.",
        "Theo số liệu năm 2025, cả tỉnh có 42 chợ.",
    ],
)
def test_sources_in_footnotes_ask_nothing(tmp_path: Path, note: str) -> None:
    assert not heard(tmp_path, "".join(map(paragraph, DRAFT)) + noted("Hỗ trợ chợ.", 1), n1=note).opinions


def test_text_boxes_on_a_draft_speak_and_its_own_words_do_not(tmp_path: Path) -> None:
    body = (
        "".join(map(paragraph, DRAFT))
        + boxed("Sở Tài chính: đề nghị giảm mức hỗ trợ còn 30 triệu đồng")
        + paragraph("Điều 2. Hiệu lực")
        + boxed("Đề nghị bỏ điều này.", "Ảnh: chợ phiên năm 2024")
    )
    assert said(heard(tmp_path, body)) == [
        ("Sở Tài chính", "đề nghị giảm mức hỗ trợ còn 30 triệu đồng"),
        ("", "Đề nghị bỏ điều này"),
    ]


@pytest.mark.parametrize("depth", [1, 3, 12])
def test_a_table_inside_cells_is_a_table(tmp_path: Path, depth: int) -> None:
    inside = table(
        [paragraph("Organisme"), paragraph("Observation")],
        [paragraph("Chambre de commerce"), paragraph("Supprimer l'alinéa 3 de l'article 2")],
        [paragraph("Mairie de Koulikoro"), paragraph("Prévoir une aide pour les petites communes")],
    )
    for level in range(depth):
        inside = table([paragraph(f"Niveau {level}"), inside + paragraph("")])
    found = heard(tmp_path, paragraph("Observations sur le projet") + inside)
    expected = [
        ("Chambre de commerce", "Supprimer l'alinéa 3 de l'article 2"),
        ("Mairie de Koulikoro", "Prévoir une aide pour les petites communes"),
    ]
    assert said(found) == expected


def test_of_tables_inside_too_many_others_the_words_are_kept(tmp_path: Path) -> None:
    inside = paragraph("Xin giảm phí chợ.")
    for level in range(40):
        inside = table([paragraph(f"Bậc {level}"), inside + paragraph("")])
    heard(tmp_path, inside)
    document = read(tmp_path / "source.docx")
    assert {"Xin giảm phí chợ.", "Bậc 0", "Bậc 39"} <= {b.text for b in document.blocks}
    assert "nested_too_deep" in [n.code for n in document.notices]
