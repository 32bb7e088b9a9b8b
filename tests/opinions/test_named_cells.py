"""Cells that name body and person with nothing but a mark between, ditto marks, columns of people no word tells."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from feedback_synth import documents
from feedback_synth.datamodel.document import Block, Cell, Locator
from feedback_synth.opinions import extract, named_cells, respondents


def told(text: str, language: str) -> tuple[str, str, str]:
    cell = Cell(table=1, row=1, column=1, role="organization")
    author = respondents.in_cell(Block("b1", text, Locator(), kind="cell", cell=cell), language)
    return author.name, author.title, author.organization


@pytest.mark.parametrize(
    ("language", "text", "author"),
    [
        ("vi", "Chi hội chè xã Tả Phìn: Phùng Thị Mai", ("Phùng Thị Mai", "", "Chi hội chè xã Tả Phìn")),
        ("vi", "Chi hội chè xã Tả Phìn\nPhùng Thị Mai", ("Phùng Thị Mai", "", "Chi hội chè xã Tả Phìn")),
        ("vi", "Tổ hợp tác cá lồng (đại diện: Vàng Văn Tưởng)", ("Vàng Văn Tưởng", "", "Tổ hợp tác cá lồng")),
        ("en", "Moc Bai Branch - Tran Thi Ly", ("Tran Thi Ly", "", "Moc Bai Branch")),
        ("en", "Lakeside Anglers' Club: Anna Field", ("Anna Field", "", "Lakeside Anglers' Club")),
        ("en", "Tran Thi Ly, chair of the Moc Bai branch", ("Tran Thi Ly", "chair", "Moc Bai branch")),
        ("fr", "Coopérative des Trois-Vallées – Jean Morel", ("Jean Morel", "", "Coopérative des Trois-Vallées")),
        ("fr", "Jean Morel (Section de Bréval)", ("Jean Morel", "", "Section de Bréval")),
        ("fr", "M. Jean Morel, président de la section de Bréval", ("Jean Morel", "président", "section de Bréval")),
    ],
)
def test_body_and_person_side_by_side(language: str, text: str, author: tuple[str, str, str]) -> None:
    assert told(text, language) == author


@pytest.mark.parametrize("text", ["nt", "-nt-", "Như trên", '"', "''", "ditto", "as above", "idem", "id.", "ci-dessus"])
def test_cells_that_repeat_the_one_above(text: str) -> None:
    assert named_cells.repeats(text)


@pytest.mark.parametrize("text", ["", "-", "Sở Tài chính", "Nguyễn Thị Hà", "Ida Field", "Dominique"])
def test_cells_that_repeat_nothing(text: str) -> None:
    assert not named_cells.repeats(text)


def spoken(path: Path, rows: list[list[str | None]], *merged: str) -> list[tuple[str, str]]:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for place in merged:
        sheet.merge_cells(place)
    book.save(path)
    return [(o.author.name, o.author.organization) for o in extract(documents.read(path)).opinions]


def test_ditto_marks_stand_for_the_person_and_the_body_above(tmp_path: Path) -> None:
    found = spoken(
        tmp_path / "t.xlsx",
        [
            ["No.", "Branch", "Member", "Comment"],
            ["1", "Ban Pho Growers' Union", "Vang Thi So", "Raise the grant of Article 4 to ten million."],
            ["2", "ditto", '"', "Please add the orchards of the east bank."],
            ["3", "Moc Bai Growers' Union", "Tran Van Ly", "Thirty days is too short for a family."],
            ["4", "ditto", "Lo Thi Hoa", "The form should be handed in at the commune."],
        ],
    )
    assert found == [
        ("Vang Thi So", "Ban Pho Growers' Union"),
        ("Vang Thi So", "Ban Pho Growers' Union"),
        ("Tran Van Ly", "Moc Bai Growers' Union"),
        ("Lo Thi Hoa", "Moc Bai Growers' Union"),
    ]


@pytest.mark.parametrize(
    ("header", "person"), [("Hội viên nêu", True), ("Người được phân công", True), ("Phụ trách", False)]
)
def test_a_column_of_names_beside_opinions_tells_who_speaks(tmp_path: Path, header: str, person: bool) -> None:
    found = spoken(
        tmp_path / "t.xlsx",
        [
            ["TT", "Đơn vị", header, "Nội dung ý kiến"],
            ["1", "Chi hội Phụ nữ xã Nậm Cắn", "Lò Thị Hà", "Đề nghị nâng mức vay lên 50 triệu đồng."],
            [None, None, None, "Mở lớp học nghề ngay tại bản."],
            ["2", "Chi hội Phụ nữ xã Tân Lập", "Vi Thị Mến", "Bỏ quy định phải có sổ đỏ."],
            ["3", "Chi hội Phụ nữ xã Mường Khoa", None, "Thời hạn 15 ngày là quá ngắn."],
        ],
        "A2:A3",
        "B2:B3",
        "C2:C3",
    )
    assert [name for name, _ in found] == (["Lò Thị Hà", "Lò Thị Hà", "Vi Thị Mến", ""] if person else [""] * 4)
    assert [body.rpartition("xã ")[2] for _, body in found] == ["Nậm Cắn", "Nậm Cắn", "Tân Lập", "Mường Khoa"]


@pytest.mark.parametrize(
    ("rows", "merged", "expected"),
    [
        (
            [
                ["TT", "Họ tên", "Nội dung góp ý", "Ghi chú"],
                ["I. Chi hội phụ nữ bản Nà Khoa"],
                ["1", "Lò Thị Hà", "Đề nghị nâng mức vay lên 50 triệu đồng.", None],
                ["2", "Vì Thị Mến", "Mở lớp học nghề ngay tại bản.", None],
                ["II. Chi hội phụ nữ bản Tà Lèng"],
                ["3", "Mùa Thị Sua", "Thời hạn 15 ngày là quá ngắn.", None],
            ],
            ["A2:D2", "A5:D5"],
            ["Chi hội phụ nữ bản Nà Khoa"] * 2 + ["Chi hội phụ nữ bản Tà Lèng"],
        ),
        (
            [
                ["No.", "Who", "Clause", "Remark"],
                ["Moc Bai branch"],
                ["1", "Anna Field", "Art. 3", "Raise the loan to 50 million."],
                ["On the loans"],
                ["2", "Tom Reed", "Art. 4", "Hold the classes in the village."],
            ],
            ["A2:D2", "A4:D4"],
            ["Moc Bai branch"] * 2,
        ),
        (
            [
                ["N°", "Adhérent", "Article", "Remarque"],
                ["Section de Bréval"],
                ["1", "Anne Colin", "art. 3", "Porter le prêt à 50 millions."],
                ["Section d'Ormes"],
                ["2", "Luc Morel", "art. 4", "Quinze jours, c'est trop court."],
            ],
            [],
            ["Section de Bréval", "Section d'Ormes"],
        ),
    ],
)
def test_a_line_across_the_table_names_the_body_of_the_rows_below(
    tmp_path: Path, rows: list[list[str | None]], merged: list[str], expected: list[str]
) -> None:
    found = spoken(tmp_path / "t.xlsx", rows, *merged)
    assert [body for _, body in found] == expected
    assert all(name for name, _ in found)
