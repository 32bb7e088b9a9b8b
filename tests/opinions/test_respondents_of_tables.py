"""Who speaks in the rows of a table: reviewers and their bodies, offices, pseudonyms, people of another sheet."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from feedback_synth import documents
from feedback_synth.opinions import complete, extract


def spoken(folder: Path, text: str) -> list[tuple[str, str, str]]:
    path = folder / "t.csv"
    path.write_text(text.strip() + "\n", encoding="utf-8")
    found = extract(documents.read(path))
    return [(o.author.name, o.author.title, o.author.organization) for o in found.opinions]


@pytest.mark.parametrize(
    ("header", "row", "author"),
    [
        ("Reviewer,Company,Comment", "Ruth Aldana,Highland Coffee", ("Ruth Aldana", "", "Highland Coffee")),
        ("Họ tên,Nơi công tác,Ý kiến", "Lê Thị Hồng,Trạm Thú y", ("Lê Thị Hồng", "", "Trạm Thú y")),
        ("nom,qualite_ou_organisme,contribution", "Hoài,retraitée", ("Hoài", "retraitée", "")),
        ("display_name,affiliation,comment", "Drewan R.,NGO volunteer", ("Drewan R.", "NGO volunteer", "")),
        ("Nom,Qualité,Avis", "Luc Aba,directeur de la coopérative Riz", ("Luc Aba", "directeur", "coopérative Riz")),
        ("Reviewer,Institution,Comment", "M. Stolk,River Institute", ("M. Stolk", "", "River Institute")),
        ("Name,Organisation,Comment", "anonymous,", ("", "", "")),
    ],
)  # fmt: skip
def test_the_columns_of_a_row(tmp_path: Path, header: str, row: str, author: tuple[str, str, str]) -> None:
    assert spoken(tmp_path, f"{header}\n{row},Please raise the grant of Article 4 to ten million.") == [author]


def test_who_sent_a_row_at_another_time_is_another(tmp_path: Path) -> None:
    text = """
        name,submitted_at,comment
        Skye,2026-02-03 10:00,Cap the deposit at one month of rent.
        ,2026-02-05 11:00,Rents should not rise more than once a year.
        Nell,2026-02-06 12:00,Keep the old bridge open to bicycles.
    """
    assert [name for name, _, _ in spoken(tmp_path, text.replace("        ", ""))] == ["Skye", "", "Nell"]


def test_words_about_the_page_are_no_opinion(tmp_path: Path) -> None:
    text = """
        name,submitted_at,comment
        Skye,2026-02-03,How do I upload a file? The button does not work.
        Nell,2026-02-04,[This comment was removed by the moderators]
        Odd,2026-02-05,The form that Article 5 asks for cannot be filled in by hand.
    """
    assert [name for name, _, _ in spoken(tmp_path, text.replace("        ", ""))] == ["Odd"]


def test_a_second_sheet_tells_the_bodies(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["#", "Expert", "Clause", "Comment"],
        [1, "D. Halvorsen", "Article 2", "Define the smallholder by area."],
        [2, None, "Article 3", "The subsidy favours those who already have water."],
    ):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    people = book.create_sheet("Experts")
    for row in (
        ["Full name", "Organisation"],
        ["D. Halvorsen", "Nordic Water Institute"],
        ["I. Caldera", "Rural Fund"],
    ):
        people.append(row)
    book.save(tmp_path / "t.xlsx")
    document = documents.read(tmp_path / "t.xlsx")
    (found,) = complete([document], [extract(document)])
    assert [(o.author.name, o.author.organization) for o in found.opinions] == [
        ("D. Halvorsen", "Nordic Water Institute")
    ] * 2


def test_a_title_tells_the_body_of_all(tmp_path: Path) -> None:
    text = (
        "Ý KIẾN CỦA HIỆP HỘI DU LỊCH TỈNH,,\nHọ và tên,Điều,Ý kiến\n"
        "Nguyễn Thị Sen,Điều 3,Đề nghị bỏ phí cho trẻ em.\nPhan Đình Tứ,Điều 4,Cần thêm bãi đỗ xe."
    )
    assert [body.lower() for _, _, body in spoken(tmp_path, text)] == ["hiệp hội du lịch tỉnh"] * 2


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Xã / phường;Ý kiến;Người gửi\nTân Sơn;Đề nghị hạ mức góp xuống 5%.;Hà Thị Mơ, CT", "Hà Thị Mơ|CT|Tân Sơn"),
        ("Commune;Comment;Sent by\nLong Hill (ward);Lower the share to 5%.;Ann Hill", "Ann Hill||ward Long Hill"),
        ("Commune;Avis;Intervenant\nVal Clair;Abaisser la part à 5 %.;Luc Aba, maire", "Luc Aba|maire|Val Clair"),
    ],
)
def test_a_commune_by_its_bare_name_beside_who_writes_for_it(tmp_path: Path, text: str, author: str) -> None:
    row = text.rpartition("\n")[2].replace("5", "7")
    assert ["|".join(a) for a in spoken(tmp_path, f"{text}\n{row}")] == [author] * 2


@pytest.mark.parametrize(
    ("header", "row", "author"),
    [
        ("Người trả lời,Làm gì và ở đâu", 'Lê Thị Mơ,"thợ gốm, làng Yên Bá"', ("Lê Thị Mơ", "thợ gốm", "làng Yên Bá")),
        ("Interviewee,Occupation", 'Ann Field,"teacher, Upper Ward"', ("Ann Field", "teacher", "Upper Ward")),
        ("Personne interrogée,Métier", 'Luc Aba,"potier, village de Bray"', ("Luc Aba", "potier", "village de Bray")),
        ("Người gửi,Đơn vị", "K'Lan - CT,UBND xã Đạ Long", ("K'Lan", "CT", "UBND xã Đạ Long")),
    ],
)  # fmt: skip
def test_what_people_do_and_where_they_live(
    tmp_path: Path, header: str, row: str, author: tuple[str, str, str]
) -> None:
    asked = "Comment,Other comments\n"
    body = "Please raise the grant of Article 4 to ten million.,Please build the bridge before the road."
    assert set(spoken(tmp_path, f"{header},{asked}{row},{body}")) == {author}


def test_who_does_not_know_says_nothing(tmp_path: Path) -> None:
    text = """
        Name,Q1. What of the targets?,Q2. What of the grants?
        Ann Field,don't know,The grant of Article 4 should be raised to ten million.
        Bo Hill,I am not from here so I cannot say,Please pay it twice a year and not in one sum.
    """
    assert [name for name, _, _ in spoken(tmp_path, text.replace("        ", ""))] == ["Ann Field", "Bo Hill"]
