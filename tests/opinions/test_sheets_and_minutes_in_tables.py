"""Workbooks with a sheet for each body, columns of remarks, minutes laid out as a table of speakers."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from feedback_synth import documents
from feedback_synth.datamodel.opinion import Author, Extraction
from feedback_synth.opinions import extract, table_headings
from feedback_synth.opinions.completing import complete

Row = tuple[object, ...]


def read_book(folder: Path, sheets: dict[str, list[Row]]) -> Extraction:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "book.xlsx")
    return extract(documents.read(folder / "book.xlsx"))


def read_minutes(folder: Path, lines: list[str], rows: list[tuple[str, ...]]) -> Extraction:
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    table = paper.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            first, *others = text.split("\n")
            cell.text = first
            for other in others:
                cell.add_paragraph(other)
    paper.save(str(folder / "minutes.docx"))
    document = documents.read(folder / "minutes.docx")
    return complete([document], [extract(document)])[0]


@pytest.mark.parametrize(
    ("title", "language", "body"),
    [
        ("UBND XÃ SUỐI BẠC", "vi", "UBND xã Suối Bạc"),
        ("BẢNG GÓP Ý - XÃ SUỐI BẠC", "vi", "UBND xã Suối Bạc"),
        ("Ý kiến góp ý của xã Suối Bạc (bà Lò Thị Én tổng hợp)", "vi", "UBND xã Suối Bạc"),
        ("SỞ TÀI CHÍNH", "vi", "Sở Tài chính"),
        ("Ý kiến của các sở, ngành", "vi", ""),
        ("TRƯỜNG CAO ĐẲNG NGHỀ SÔNG TRONG", "vi", "Trường Cao đẳng Nghề Sông Trong"),
        ("Remarques de la commune de Na Hoi", "fr", "Comité populaire de la commune de Na Hoi"),
        ("Chambre des métiers de Valmont – feuille de remarques", "fr", "Chambre des métiers de Valmont"),
        ("LUNG VAI COMMUNE", "en", "People's Committee of Lung Vai commune"),
        ("Draft Project", "en", ""),
        ("Sheet1", "en", ""),
    ],
)
def test_the_body_that_a_title_names(title: str, language: str, body: str) -> None:
    assert table_headings.named(title, language) == body


def test_every_sheet_speaks_for_its_body(tmp_path: Path) -> None:
    found = read_book(
        tmp_path,
        {
            "UBND phường Tân Hòa": [("TT", "Ý kiến"), (1, "Kho lạnh 50 tấn là quá nhỏ"), (2, "Bỏ khoản 3 Điều 4")],
            "Suối Bạc": [
                ("Ý kiến góp ý của xã Suối Bạc", None),
                ("STT", "Nội dung"),
                (1, "Trạm bơm hỏng ba năm nay chưa ai sửa"),
                (2, "Giảm vốn đối ứng từ 30% còn 15%"),
            ],
        },
    )
    told = [o.author.organization for o in found.opinions]
    assert told == ["UBND phường Tân Hòa"] * 2 + ["UBND xã Suối Bạc"] * 2


def test_who_collects_the_opinions_of_others_does_not_speak(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("SỞ NỘI VỤ - TỔNG HỢP Ý KIẾN", None),
        ("Họ và tên", "Ý kiến"),
        ("Lê Thị Hoa", "Đề nghị có thêm phụ cấp cho cán bộ"),
        ("Trần Văn Sơn", "Đề nghị trang bị máy tính cho xã"),
    ]
    found = read_book(tmp_path, {"Sheet1": rows})
    assert [o.author for o in found.opinions] == [Author("Lê Thị Hoa"), Author("Trần Văn Sơn")]


def test_remarks_are_the_opinions_and_one_body_speaks_in_all_sheets(tmp_path: Path) -> None:
    head = ("N°", "Référence", "Remarque", "Rédacteur")
    found = read_book(
        tmp_path,
        {
            "Résolution": [
                ("Chambre des métiers de Valmont – remarques", None, None, None),
                head,
                (1, "art. 3", "Trois ans de bail, c'est trop court.", "Odile Renaud"),
                (2, "art. 5", "Prévoir une évaluation à mi-parcours.", "Marc Bellon"),
            ],
            "Projet": [
                head,
                (1, "tableau 1", "Ajouter une valeur 2028.", "Odile Renaud"),
                (2, None, "Qui paie ?", "Marc Bellon"),
            ],
        },
    )
    odile, marc = (Author(n, "", "Chambre des métiers de Valmont") for n in ("Odile Renaud", "Marc Bellon"))
    assert [o.author for o in found.opinions] == [odile, marc, odile, marc]


@pytest.mark.parametrize(
    "head", [("No.", "Item", "Amount", "Remarks"), ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Ghi chú")]
)
def test_remarks_on_costs_and_tasks_are_no_opinions(tmp_path: Path, head: Row) -> None:
    rows: list[Row] = [
        head,
        (1, "Classrooms in highland communes", 200, "Including transport to all sites"),
        (2, "Water tanks for the schools", 20, "Prices of the second quarter"),
    ]
    assert read_book(tmp_path, {"Sheet1": rows}).opinions == ()


def test_a_body_stands_below_the_name_and_the_chair_concludes(tmp_path: Path) -> None:
    found = read_minutes(
        tmp_path,
        ["MINUTES OF THE MEETING", "Draft Resolution on craft villages", "Chair: Ms. Tran Thi Ha. Secretary: Mr. Vo."],
        [
            ("Speaker", "Remarks", "Follow-up"),
            ("Mr. Lo Van In\nDepartment of Finance", "Section 2 should name the source of the capital.", ""),
            ("Ms. Ca Thi Xoan\nNa San Telecom", "The roof of the market leaks and nobody repairs it.", "Noted"),
            ("Chair", "The Department of Finance sends a revised table before 5 December 2025.", ""),
        ],
    )
    assert [o.author for o in found.opinions] == [
        Author("Lo Van In", "", "Department of Finance"),
        Author("Ca Thi Xoan", "", "Na San Telecom"),
    ]
    assert [(d.addressee, d.deadline) for d in found.directives] == [("Department of Finance", "2025-12-05")]


def test_the_list_of_those_present_tells_the_bodies_and_a_record_is_no_hamlet(tmp_path: Path) -> None:
    found = read_minutes(
        tmp_path,
        ["BIÊN BẢN HỌP GÓP Ý", "Thành phần tham dự:", "- Ông Lường Văn Pan, Phó Giám đốc Sở Công Thương;"],
        [
            ("Người phát biểu", "Nội dung", "Ghi chú"),
            ("Ông Lường Văn Pan", "Đề nghị làm rõ nguồn vốn ở mục 3 phần IV.", ""),
            ("Bà Cà Thị Xuân", "Phí chợ 20.000 đồng/ngày là cao.", ""),
        ],
    )
    assert [o.author.organization for o in found.opinions] == ["Sở Công Thương", ""]
