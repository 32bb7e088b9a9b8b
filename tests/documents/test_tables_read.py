"""Workbooks and CSV: values as shown, headers found, columns known, blanks filled down."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from feedback_synth import documents
from feedback_synth.datamodel.document import Document
from feedback_synth.documents.readers import xlsx
from feedback_synth.documents.sheets.formats import show


def save(book: openpyxl.Workbook, folder: Path) -> Path:
    path = folder / "bảng.xlsx"
    book.save(path)
    return path


def csv(folder: Path, text: str, encoding: str = "utf-8") -> Document:
    path = folder / "bảng.csv"
    path.write_bytes(text.encode(encoding))
    return documents.read(path)


def by_address(document: Document) -> dict[str, str]:
    return {b.locator.cell: b.text for b in document.blocks if b.kind == "cell"}


def roles(document: Document) -> list[str]:
    return [b.cell.role for b in document.blocks if b.cell and b.cell.is_header]


def test_numbers_and_dates_come_as_a_reader_of_the_sheet_sees_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for value, code in [
        (0.7, "0%"),
        (1234567.5, "#,##0.0"),
        (datetime.date(2025, 11, 7), "dd/mm/yyyy"),
        (datetime.datetime(2025, 11, 7, 8, 5), "hh:mm"),
        (5.0, "General"),
        (True, "General"),
        (3.25, '0.0" tỷ"'),
    ]:
        sheet.append([value])
        sheet.cell(sheet.max_row, 1).number_format = code
    shown = list(by_address(documents.read(save(book, tmp_path))).values())
    assert shown == ["70%", "1,234,567.5", "07/11/2025", "08:05", "5", "TRUE", "3.2 tỷ"]


@pytest.mark.parametrize(
    "value, code, text",
    [
        (-1234.5, "#,##0.00;(#,##0.00)", "(1,234.50)"),
        (7, "000", "007"),
        (0.125, "0.0%", "12.5%"),
        (45968, "d/m/yy", "7/11/25"),
        (45968.5, "dd/mm/yyyy hh:mm", "07/11/2025 12:00"),
        (1.5, "[h]:mm", "36:00"),
        (1e20, "General", "1e+20"),
        (12.3456, "0.##", "12.35"),
        (-1, "dd/mm/yyyy", "-1"),
    ],
)
def test_number_formats(value: float, code: str, text: str) -> None:
    assert show(value, code) == text


def test_merged_cells_notes_hidden_sheets_and_several_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Ý kiến"
    for row in (["BẢNG TỔNG HỢP"], ["TT", "Đơn vị", "Nội dung góp ý"], [1, "UBND xã A", "Bổ sung"], [None, None, "Bỏ"]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("B3:B4")
    sheet["C3"].comment = Comment("Đã gọi điện.", "Lan")
    book.create_sheet("Ẩn").sheet_state = "hidden"
    book["Ẩn"].append(["riêng"])
    document = documents.read(save(book, tmp_path))
    places = {b.text: b for b in document.blocks}
    merged, title = places["UBND xã A"].cell, places["BẢNG TỔNG HỢP"].cell
    assert merged and merged.row_span == 2
    assert title and (title.column_span, title.role, title.is_header) == (3, "other", False)
    assert str(places["Bỏ"].locator) == "Ý kiến!C4"
    note = places["Đã gọi điện."]
    assert note.annotation and note.annotation.anchor and document.quote(note.annotation.anchor) == "Bổ sung"
    hidden = places["riêng"].cell
    assert hidden and hidden.table == 2
    assert [n.code for n in document.notices] == ["hidden_sheet"]
    assert document.kind == "table"


def test_a_sheet_with_too_many_rows_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 5)
    book = openpyxl.Workbook()
    for i in range(20):
        book.active.append([i])  # type: ignore[union-attr]
    document = documents.read(save(book, tmp_path))
    assert len(document.blocks) == 5
    assert [n.code for n in document.notices] == ["rows_left_out"]


@pytest.mark.parametrize(
    "header, expected",
    [
        ("STT;Chủ thể góp ý;Điều, khoản;Nội dung góp ý;Ghi chú", "number organization provision opinion note"),
        ("TT;Đại biểu;Ý kiến;Hướng tiếp thu", "number person opinion response"),
        ("No.;Agency;Article;Comment;Response", "number organization provision opinion response"),
        ("N°;Organisme;Disposition;Observations;Suite donnée", "number organization provision opinion response"),
        (
            "STT;Cơ quan, đơn vị;Nội dung dự thảo;Ý kiến góp ý;Tiếp thu;Giải trình",
            "number organization draft_text opinion response response",
        ),
    ],
)
def test_columns_are_known_in_three_languages(tmp_path: Path, header: str, expected: str) -> None:
    width = header.count(";")
    rows = [";".join(["1", "Sở Tài chính", *["nội dung khá dài của ô này, để đọc"] * (width - 1)]) for _ in range(3)]
    assert roles(csv(tmp_path, "\n".join([header, *rows]))) == expected.split()


def test_a_budget_table_holds_no_opinions(tmp_path: Path) -> None:
    text = (
        "TT,Nội dung,Kinh phí (tỷ đồng)\n"
        "1,Xây dựng phòng học kiên cố vùng biên giới,120\n"
        "2,Mua sắm thiết bị dạy học tối thiểu,80\n"
    )
    assert roles(csv(tmp_path, text)) == ["number", "other", "other"]


@pytest.mark.parametrize(
    "header",
    [
        "TT;Nội dung nhiệm vụ;Cơ quan chủ trì;Kết quả dự kiến",
        "No.;Content;Lead agency;Expected results",
        "N°;Contenu;Organisme responsable;Date",
    ],
)
def test_a_plan_of_tasks_holds_no_opinions(tmp_path: Path, header: str) -> None:
    row = ";".join(["1", "Rà soát mạng lưới trường lớp trên địa bàn toàn tỉnh", "Sở Giáo dục và Đào tạo", "Báo cáo"])
    document = csv(tmp_path, "\n".join([header, row, row, row]))
    assert "opinion" not in roles(document)
    assert document.kind not in ("table", "absorption_table")


def test_an_agency_named_once_speaks_for_the_rows_below(tmp_path: Path) -> None:
    text = "TT;Đơn vị;Nội dung góp ý\n1;UBND xã A;Một\n;;Hai\n;;Ba\n2;UBND xã B;Bốn\n"
    spans = {b.text: b.cell.row_span for b in csv(tmp_path, text).blocks if b.cell}
    assert (spans["UBND xã A"], spans["1"], spans["UBND xã B"]) == (3, 3, 1)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (
            "TT;Đơn vị;Cử tri;Nội dung ý kiến\n1;MTTQ xã A;Cử tri Sùng Thị Mo;Nâng mức\n2;;Cử tri Lý Gió Xè;Sửa bể\n",
            2,
        ),
        ("TT;Bản;Hộ;Nội dung góp ý\n1;Bản A;Lường Văn Hặc;Nâng mức vay\n2;Bản B;Hoàng Thị Sen;Làm đường\n", 2),
        ("TT;Người nêu;Nội dung ý kiến\n1;Bà Lò Thị Hặc, bản A;Nâng mức\n2;Ông Tao Văn Ín - bản B;Làm đường\n", 1),
        ("No;Voice;Opinion\n1;Resident Ann Brook Parry;Raise it\n2;Resident Tom Hale;Add a bus\n", 1),
        ("N°;Qui;Avis\n1;Mme Louise Armand;Doubler l'aide\n2;M. Paul Besson;Ajouter un car\n", 1),
    ],
)
def test_a_column_of_people_beside_opinions_says_whose_they_are(tmp_path: Path, text: str, column: int) -> None:
    assert roles(csv(tmp_path, text))[column] == "person"


@pytest.mark.parametrize(
    "text",
    [
        "TT;Địa bàn;Nội dung ý kiến\n1;Nậm Khạt;Nâng mức\n2;Pắc Ta;Làm đường\n",  # names of places
        "TT;Cán bộ phụ trách;Nội dung ý kiến\n1;Lê Thị Thu Hà;Nâng mức\n2;Lê Thị Thu Hà;Làm đường\n",
        "TT;Đơn vị;Số cử tri;Nội dung ý kiến\n1;Xã A;141;Nâng mức\n2;Xã B;96;Làm đường\n",
    ],
)
def test_places_staff_and_numbers_are_no_speakers(tmp_path: Path, text: str) -> None:
    assert "person" not in roles(csv(tmp_path, text))


def test_columns_can_be_named_by_the_user(tmp_path: Path) -> None:
    path = tmp_path / "lạ.csv"
    path.write_text("a,b\nSở Y tế,nên thêm trạm y tế trường học\n", encoding="utf-8")
    document = documents.read(path, columns={"organization": "A", "opinion": "b"})
    assert [b.cell.role for b in document.blocks if b.cell] == ["organization", "opinion"] * 2


def test_a_survey_export_has_an_opinion_under_each_open_question(tmp_path: Path) -> None:
    text = (
        "Dấu thời gian,Họ và tên,Anh/chị có nhất trí với mục tiêu không?,Theo anh/chị cần bổ sung điều gì?\n"
        "7/11/2025,Lò Văn A,Có,Thêm chỉ tiêu trẻ ba tuổi ra lớp\n"
        "7/11/2025,Tao Thị B,Không,Cần nhà công vụ cho giáo viên\n"
        "7/11/2025,Giàng A C,Có,N/A\n"
    )
    document = csv(tmp_path, text)
    assert roles(document) == ["date", "person", "agreement", "opinion"]
    assert document.kind == "table"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_and_encoding_are_found(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["STT", "Đơn vị", "Nội dung góp ý"], ["1", "Sở Nội vụ", 'Sửa "A", thành B; ngay']]
    text = "\n".join(separator.join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in row) for row in rows)
    assert [b.text for b in csv(tmp_path, text, encoding).blocks] == [c for row in rows for c in row]


def test_the_separator_can_be_declared(tmp_path: Path) -> None:
    assert [b.text for b in csv(tmp_path, "sep=;\na;b,c\n").blocks] == ["a", "b,c"]


@pytest.mark.parametrize(
    "text",
    [
        "No;Mark;Draft;Remark of the reader;Seen by\n1;Res., art. 2, 1, d;60 %;Say by which standard;Dept. of Works\n"
        "2;Proj., table 1;;The base value is missing;Dept. of Finance\n3;Proj., IV, sect. 3;;Pay by bank;Health Agency",
        "STT;Chỗ;Dự thảo;Ý kiến;Gửi từ\n1;NQ, Đ3, k2;3 triệu;Nâng lên 5 triệu;Sở Tài chính\n"
        "2;ĐA, III.2.c;;Bỏ nội dung này;Sở Xây dựng\n3;NQ, Điều 4;;Ghi rõ cơ quan chủ trì;BHXH tỉnh",
        "N°;Où;Texte;Commentaire;Vu\n1;Rés., art. 3, 5;15 millions;Un prix de 2019;Dép. des Travaux\n"
        "2;Rés., art. 5, 1;;Sur quels engagements ?;Dép. des Finances\n3;Projet, tabl. 2;;Joindre le calcul;Caisse A",
    ],
)
def test_columns_of_places_and_of_bodies_are_told_by_their_cells(tmp_path: Path, text: str) -> None:
    found = roles(csv(tmp_path, text))
    assert (found[1], found[3], found[4]) == ("provision", "opinion", "organization")
