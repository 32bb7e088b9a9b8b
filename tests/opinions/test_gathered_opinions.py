"""Texts in which several people or bodies speak through one writer: gathered letters, forms, hasty notes, minutes."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Field, Locator, SourceKind
from feedback_synth.opinions import extract


def said(text: str, code: str, kind: SourceKind, *fields: Field) -> list[tuple[str, str, str]]:
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    blocks = tuple(Block(f"d/b{n}", line, Locator(paragraph=n)) for n, line in enumerate(lines, 1))
    found = extract(Document("d", "d.txt", "0" * 64, kind, code, blocks, fields))
    return [(o.author.name, o.author.organization, o.text.strip(" .;")) for o in found.opinions]


def test_a_letter_that_gathers_the_opinions_of_bodies() -> None:
    text = """
        Kính gửi: Tổ biên tập Đề án.
        Sở Công Thương tổng hợp ý kiến của các đơn vị như sau:
        1. Đơn vị có ý kiến
        1.1. Trung tâm Khuyến công (Văn bản số 21/TTKC)
        - Mức hỗ trợ 50 triệu đồng là quá thấp, nâng lên 80 triệu đồng;
        1.2. Chi cục Quản lý thị trường
        - Đề nghị bổ sung quy định về nhãn hàng hóa.
        1.3. Công ty Điện lực: lộ trình thay công tơ quá gấp, nên lùi đến năm 2029.
        2. Ý kiến của Sở Công Thương
        Đề nghị lược bỏ Điều 7.
        Trân trọng.
    """
    found = said(text, "vi", "letter", Field("sender", "Sở Công Thương"))
    assert [body for _, body, _ in found] == [
        "Trung tâm Khuyến công",
        "Chi cục Quản lý thị trường",
        "Công ty Điện lực",
        "Sở Công Thương",
    ]


def test_hasty_notes_call_people_by_where_they_come_from() -> None:
    text = """
        GROUP 3 roads, 9 May, room C
        rapporteur: Mara Stone (rough)
        - Ms Lan Vu, Dept of Transport: report twice a year, not once
        - Blue Wells Co. (Mr Minh): who pays for the old culverts after the transfer?
        (long story about a buffalo, not noted)
        - Upper Fen, Mr Tuan: put the bridge first in the list
    """
    assert [(name, body) for name, body, _ in said(text, "en", "notes")] == [
        ("Lan Vu", "Dept of Transport"),
        ("Minh", "Blue Wells Co"),
        ("Tuan", "Upper Fen"),
    ]


@pytest.mark.parametrize(
    ("label", "office"),
    [("Họ và tên người tham gia ý kiến", "Chức vụ, đơn vị"), ("Họ và tên", "Chức vụ, nơi công tác")],
)
def test_a_form_tells_who_filled_it_in(label: str, office: str) -> None:
    text = f"""
        PHIẾU THAM GIA Ý KIẾN
        {label}: Lò Thị Dua
        {office}: Trưởng trạm, Trạm Khuyến nông xã Nà Sản
        Điện thoại: 0912 345 678
        Đề nghị nâng mức hỗ trợ lên 3 triệu đồng.
    """
    assert said(text, "vi", "letter") == [
        ("Lò Thị Dua", "Trạm Khuyến nông xã Nà Sản", "Đề nghị nâng mức hỗ trợ lên 3 triệu đồng")
    ]


def test_a_paper_is_by_who_prepared_it() -> None:
    text = """
        Upper Valley Alliance
        Remarks on the draft Resolution on roads
        Prepared by Anna Brook, Programme Director. 2 May 2026
        Every target needs a milestone in 2028.
        Both texts would benefit from a map.
    """
    found = said(text, "en", "notes")
    assert {(name, body) for name, body, _ in found} == {("Anna Brook", "Upper Valley Alliance")}
    assert len(found) == 2


def test_somebody_else_speaks_in_the_middle_of_a_paragraph() -> None:
    text = """
        COMPTE RENDU
        Présents : M. Luc Faure (Rivalta), Mme Anna Roux (Conseil du port).
        Discussion
        M. Faure demande que le quai soit allongé. Mme Roux regrette que la carte ait été reçue la veille.
    """
    found = said(text, "fr", "minutes")
    assert [(name, body) for name, body, _ in found] == [("Luc Faure", "Rivalta"), ("Anna Roux", "Conseil du port")]
