"""Sheets with a column for each body or person, tables beside one another, exports of forms: three languages each."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.documents import read
from feedback_synth.opinions import extract

Rows = list[list[str | None]]


def heard(folder: Path, rows: Rows) -> Extraction:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "sheet.xlsx")
    document = read(folder / "sheet.xlsx")
    found = extract(document)
    told = {p.span.block_id for p in found.passages}
    assert told == {b.id for b in document.blocks}  # the ledger holds every cell
    return found


def said(found: Extraction) -> list[tuple[str, str]]:
    return [(o.author.name or o.author.organization, o.text) for o in found.opinions]


BY_BODY: list[tuple[Rows, list[tuple[str, str]]]] = [
    (
        [
            ["Điều, khoản", "Sở Tài chính", "Sở Y tế", "UBND xã Nậm Lúc"],
            ["Điều 3", "Đề nghị ghi rõ nguồn kinh phí", "Nhất trí", "Đề nghị nâng mức hỗ trợ lên 5 triệu đồng"],
            ["Điều 5", "Không có ý kiến", "Bỏ khoản 2 vì trùng với luật", None],
        ],
        [
            ("Sở Tài chính", "Đề nghị ghi rõ nguồn kinh phí"),
            ("UBND xã Nậm Lúc", "Đề nghị nâng mức hỗ trợ lên 5 triệu đồng"),
            ("Sở Y tế", "Bỏ khoản 2 vì trùng với luật"),
        ],
    ),
    (
        [
            ["COMMENTS ON THE DRAFT MARKET RESOLUTION"],
            [],
            ["Section", "Department of Finance", "Harbour Traders Union", "Mr Bo Lee (retired teacher)"],
            ["Section 2", "Name the source of the money", "The fee should be halved", "N/A"],
            ["Section 4", "No comment", "Delete the last sentence", "Please add a map of the stalls"],
        ],
        [
            ("Department of Finance", "Name the source of the money"),
            ("Harbour Traders Union", "The fee should be halved"),
            ("Harbour Traders Union", "Delete the last sentence"),
            ("Bo Lee", "Please add a map of the stalls"),
        ],
    ),
    (
        [
            ["Disposition", "Association des pêcheurs de Brie", "Chambre de commerce", "Mairie de Val-Fleuri"],
            ["Article 1", "Préciser la définition du pêcheur", None, "RAS"],
            ["Article 2", "Le délai est trop court", "Supprimer l'alinéa 3", "Prévoir une aide pour les petits ports"],
        ],
        [
            ("Association des pêcheurs de Brie", "Préciser la définition du pêcheur"),
            ("Association des pêcheurs de Brie", "Le délai est trop court"),
            ("Chambre de commerce", "Supprimer l'alinéa 3"),
            ("Mairie de Val-Fleuri", "Prévoir une aide pour les petits ports"),
        ],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), BY_BODY, ids=["vi", "en", "fr"])
def test_a_column_for_each_body(tmp_path: Path, rows: Rows, expected: list[tuple[str, str]]) -> None:
    found = heard(tmp_path, rows)
    assert said(found) == expected
    assert all(o.places for o in found.opinions)


BY_PERSON: list[tuple[Rows, list[tuple[str, str]]]] = [
    (
        [
            ["Câu hỏi", "Ông Lò Văn Pâng", "Bà Vũ Thị Hà"],
            ["1. Theo ông/bà, mức thu ở Điều 4 ra sao?", "Cao quá, đề nghị giảm", "Nên miễn cho hộ nghèo"],
            ["2. Ông/bà đề nghị sửa gì ở Điều 6?", "Không", "Lùi thời hạn đến hết năm 2027"],
        ],
        [
            ("Lò Văn Pâng", "Cao quá, đề nghị giảm"),
            ("Vũ Thị Hà", "Nên miễn cho hộ nghèo"),
            ("Vũ Thị Hà", "Lùi thời hạn đến hết năm 2027"),
        ],
    ),
    (
        [
            ["Full name", "Ann Hill", "Kofi Mensah"],
            ["Organisation", "River Women's Group", "Harbour Traders Union"],
            ["1. Is the fee in Article 4 fair?", "No, halve it for small traders", "Nothing"],
            ["2. What should be changed in Article 6?", "N/A", "The deadline should move to 2027"],
        ],
        [("Ann Hill", "No, halve it for small traders"), ("Kofi Mensah", "The deadline should move to 2027")],
    ),
    (
        [
            ["Nom", "Awa Diallo", "Paul Roux", "Jean Morel"],
            ["Structure", "Association des femmes", "Mairie de Koulikoro", "Coopérative Terres Rouges"],
            ["Que pensez-vous de l'article 3 ?", "Il faut baisser le tarif", "RAS", "Ajouter un tarif réduit"],
        ],
        [("Awa Diallo", "Il faut baisser le tarif"), ("Jean Morel", "Ajouter un tarif réduit")],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), BY_PERSON, ids=["vi", "en", "fr"])
def test_a_questionnaire_with_a_column_for_each_person(
    tmp_path: Path, rows: Rows, expected: list[tuple[str, str]]
) -> None:
    found = heard(tmp_path, rows)
    assert said(found) == expected
    assert all(o.context for o in found.opinions)


def test_bodies_of_people_stand_in_their_columns(tmp_path: Path) -> None:
    found = heard(tmp_path, BY_PERSON[1][0])
    assert [o.author.organization for o in found.opinions] == ["River Women's Group", "Harbour Traders Union"]


@pytest.mark.parametrize(
    "rows",
    [
        [["STT", "Họ và tên", "Đơn vị"], ["1", "Lò Văn Pâng", "Sở Tài chính"], ["2", "Vũ Thị Hà", "UBND xã Nậm Lúc"]],
        [
            ["Task", "Department of Finance", "Department of Health"],
            ["Buy pumps", "200", "350"],
            ["Train staff", "12", "40"],
        ],
    ],
    ids=["people", "figures"],
)
def test_lists_of_people_and_figures_of_bodies_are_no_opinions(tmp_path: Path, rows: Rows) -> None:
    assert not heard(tmp_path, rows).opinions


BESIDE: list[tuple[Rows, list[tuple[str, str]]]] = [
    (
        [
            ["Ý KIẾN CÁC SỞ", None, None, None, "Ý KIẾN CÁC XÃ"],
            ["STT", "Cơ quan", "Ý kiến góp ý", None, "STT", "Địa phương", "Nội dung góp ý"],
            ["1", "Sở Y tế", "Bỏ khoản 2 Điều 5", None, "1", "UBND xã Nậm Lúc", "Đề nghị nâng mức hỗ trợ"],
            [None, None, None, None, "2", "UBND xã Cốc Lầu", "Bổ sung kinh phí tập huấn"],
        ],
        [
            ("Sở Y tế", "Bỏ khoản 2 Điều 5"),
            ("UBND xã Nậm Lúc", "Đề nghị nâng mức hỗ trợ"),
            ("UBND xã Cốc Lầu", "Bổ sung kinh phí tập huấn"),
        ],
    ),
    (
        [
            ["Agency", "Comment", None, None, "Name", "Suggestion"],
            ["Department of Finance", "Name the source of the money", None, None, "Ann Hill", "Please halve the fee"],
            ["Health Office", "Delete clause 2", None, None, "Kofi Mensah", "The deadline should move to 2027"],
        ],
        [
            ("Department of Finance", "Name the source of the money"),
            ("Ann Hill", "Please halve the fee"),
            ("Health Office", "Delete clause 2"),
            ("Kofi Mensah", "The deadline should move to 2027"),
        ],
    ),
    (
        [
            ["N°", "Association", "Observation", "N°", "Association", "Observation"],
            ["1", "Union des ports", "Préciser la définition", "3", "Amis du lac", "Prévoir une aide pour les ports"],
            ["2", "Les Filets", "Le délai est trop court", "4", "Rives et Rames", "Reporter à 2027"],
        ],
        [
            ("Union des ports", "Préciser la définition"),
            ("Amis du lac", "Prévoir une aide pour les ports"),
            ("Les Filets", "Le délai est trop court"),
            ("Rives et Rames", "Reporter à 2027"),
        ],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), BESIDE, ids=["vi", "en", "fr"])
def test_tables_beside_one_another(tmp_path: Path, rows: Rows, expected: list[tuple[str, str]]) -> None:
    assert said(heard(tmp_path, rows)) == expected


FORMS: list[tuple[Rows, list[tuple[str, str]]]] = [
    (
        [
            [
                "Dấu thời gian",
                "Địa chỉ email",
                "Họ và tên",
                "Đơn vị công tác",
                "Ý kiến về thời hạn ở Điều 6?",
                "Ý kiến khác",
            ],
            ["14/04/2026 9:30:11", "a@x.vn", "Lê Thị Na", "Hội Nông dân xã Bản Cầm", "Đề nghị lùi thời hạn", "Không"],
            ["14/04/2026 9:35:11", "b@x.vn", "Hồ Văn Sơn", "Đoàn xã Bản Cầm", "Không có ý kiến", "Cần thêm kinh phí"],
            ["14/04/2026 9:41:11", "c@x.vn", "Mùa A Chu", "UBND xã Nậm Lúc", "N/A", "Không có gì"],
        ],
        [("Lê Thị Na", "Đề nghị lùi thời hạn"), ("Hồ Văn Sơn", "Cần thêm kinh phí")],
    ),
    (
        [
            ["ID", "Start time", "Completion time", "Email", "Name", "Do you support the fee? Why?", "Anything else?"],
            ["1", "4/14/26 9:30", "4/14/26 9:35", "a@x.org", "Ann Hill", "No, it is too high for traders", "N/A"],
            ["2", "4/14/26 9:40", "4/14/26 9:45", "b@x.org", "Bo Lee", "Agree", "Please print the final text"],
            ["3", "4/14/26 9:50", "4/14/26 9:55", "c@x.org", "Kofi Mensah", "-", "nothing to add"],
        ],
        [("Ann Hill", "No, it is too high for traders"), ("Bo Lee", "Please print the final text")],
    ),
    (
        [
            [
                "Horodateur",
                "Adresse e-mail",
                "Nom et prénom",
                "Que proposez-vous pour l'article 3 ?",
                "Autres remarques",
            ],
            ["14/04/2026 09:30", "a@x.fr", "Awa Diallo", "Il faut baisser le tarif", "RAS"],
            ["14/04/2026 09:35", "b@x.fr", "Jean Morel", "Non", "Le délai est trop court pour les communes"],
            ["14/04/2026 09:36", "c@x.fr", "Paul Roux", "Sans avis", "Rien à signaler"],
        ],
        [("Awa Diallo", "Il faut baisser le tarif"), ("Jean Morel", "Le délai est trop court pour les communes")],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), FORMS, ids=["google vi", "microsoft en", "google fr"])
def test_exports_of_forms(tmp_path: Path, rows: Rows, expected: list[tuple[str, str]]) -> None:
    found = heard(tmp_path, rows)
    assert said(found) == expected
    assert all(o.context for o in found.opinions)


def test_a_reason_in_a_column_of_yes_and_no_is_heard(tmp_path: Path) -> None:
    rows: Rows = [
        ["Timestamp", "Full name", "Do you agree with the fee in Article 4?"],
        *([f"4/14/26 9:{n}0", name, "Yes"] for n, name in enumerate(("Ann Hill", "Bo Lee", "Ama Boateng"), start=1)),
        ["4/14/26 9:50", "Kofi Mensah", "No, please halve it for small traders"],
    ]
    found = heard(tmp_path, rows)
    assert said(found) == [("Kofi Mensah", "No, please halve it for small traders")]
    assert len(found.agreements) == 3
