"""What people do to a table in Excel and LibreOffice before it comes back; no answer is lost and none is guessed."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Callable
from copy import copy
from pathlib import Path

import pytest
from openpyxl import load_workbook
from test_store_exchange import AT, FIRST, ROW, TWIN, Office, _fill, _places, needs_libreoffice, office  # noqa: F401

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.errors import UnsupportedFormatError
from feedback_synth.store import exchange
from feedback_synth.store.exchange import EditedTable
from feedback_synth.store.exports import Export
from feedback_synth.store.proposals import Known, propose

ANSWERS = {
    (FIRST, "disposition"): "Tiếp thu",
    (FIRST, "response"): "Theo họp “ngày 5”",
    (TWIN, "response"): "Sẽ trả lời riêng",
}
TAKEN = {
    ("new", "disposition", "accepted"),
    ("new", "response", "Theo họp “ngày 5”"),
    ("new", "response", "Sẽ trả lời riêng"),
}
Change = Callable[[Path], None]


def _edited(path: Path, change: Callable[..., None]) -> None:
    book = load_workbook(path)
    change(book, *_places(book))
    book.save(path)


def _columns_reordered(book, sheet, columns, rows) -> None:
    """The answer first, as somebody drags it there, and a column that nobody needs deleted."""
    place = columns["response"]
    words = [[cell.value] for (cell,) in sheet.iter_rows(min_col=place, max_col=place)]
    sheet.delete_cols(place)
    sheet.insert_cols(2)
    for n, (value,) in enumerate(words, start=1):
        sheet.cell(n, 2).value = value
    renamed = {c.value: c.column for c in sheet[1] if c.value}
    sheet.delete_cols(renamed["language"])


def _titles_renamed(book, sheet, columns, rows) -> None:
    for cell in sheet[4][1:]:
        cell.value = f"cột {cell.column}"


def _rows_in_the_middle(book, sheet, columns, rows) -> None:
    sheet.insert_rows(max(rows.values()))
    sheet.insert_rows(min(rows.values()))


def _sheet_copied(book, sheet, columns, rows) -> None:
    book.copy_worksheet(sheet).title = "bản sao"


def _pasted_twice(book, sheet, columns, rows) -> None:
    for cell in sheet[rows[FIRST]]:
        again = sheet.cell(sheet.max_row if cell.column > 1 else sheet.max_row + 1, cell.column, cell.value)
        again._style = copy(cell._style)


def _id_deleted(book, sheet, columns, rows) -> None:
    sheet.cell(rows[FIRST], 1).value = None


def _id_typed_over(book, sheet, columns, rows) -> None:
    sheet.cell(rows[FIRST], 1).value = 12
    sheet.cell(rows[ROW], 1).value = "dòng 2"


def _quotation_autocorrected(book, sheet, columns, rows) -> None:
    cell = sheet.cell(rows[FIRST], columns["opinion"])
    cell.value = cell.value.replace(" ", "\u00a0").replace("\n", "\r\n")


@pytest.mark.parametrize(
    "change",
    [
        _columns_reordered, _titles_renamed, _rows_in_the_middle, _sheet_copied, _pasted_twice, _id_deleted,
        _id_typed_over, _quotation_autocorrected,
    ],
)  # fmt: skip
def test_answers_come_back_after(office: Office, change: Callable[..., None]):  # noqa: F811
    path = office.export("xlsx")
    _fill(path, ANSWERS)
    _edited(path, change)
    back = office.take_all(path)
    assert {(p.kind, p.column, p.after) for p in back.proposals if p.kind != "missing"} == TAKEN
    assert (office.value(FIRST, "disposition"), office.value(TWIN, "response")) == ("accepted", "Sẽ trả lời riêng")


def test_an_answer_over_merged_cells_is_everybodys(office: Office):  # noqa: F811
    path = office.export("xlsx")

    def merged(book, sheet, columns, rows) -> None:
        place = columns["response"]
        sheet.cell(min(rows.values()), place).value = "Đã giải trình tại báo cáo"
        first, last = min(rows.values()), max(rows.values())
        sheet.merge_cells(start_row=first, end_row=last, start_column=place, end_column=place)

    _edited(path, merged)
    office.take_all(path)
    assert {office.value(id_, "response") for id_ in (FIRST, TWIN)} == {"Đã giải trình tại báo cáo"}


def test_a_formulas_fault_is_no_answer_and_a_number_is_written_as_people_read_it(office: Office):  # noqa: F811
    path = office.export("xlsx")
    _fill(path, {(FIRST, "response"): "#REF!", (TWIN, "note"): 5.0})  # type: ignore[dict-item]
    assert {(p.kind, p.column, p.after) for p in office.take_all(path).proposals} == {("new", "note", "5")}


def test_a_group_typed_without_diacritics_is_understood(office: Office):  # noqa: F811
    path = office.export("xlsx")
    _fill(path, {(FIRST, "group"): "kho khan, vuong mac"})
    office.take_all(path)
    assert office.value(FIRST, "group") == "difficulties"


def _as_text(path: Path, mark: str, encoding: str) -> Path:
    sheet, _, _ = _places(load_workbook(path))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    writer.writerows([["" if v is None else v for v in row] for row in sheet.iter_rows(values_only=True)])
    saved = path.with_suffix(".csv")
    saved.write_bytes(out.getvalue().encode(encoding))
    return saved


@pytest.mark.parametrize(("mark", "encoding"), [(",", "utf-8-sig"), (";", "utf-8"), ("\t", "utf-16")])
def test_a_table_saved_as_text_comes_back(office: Office, mark: str, encoding: str):  # noqa: F811
    path = office.export("xlsx")
    unchanged = office.take(_as_text(path, mark, encoding))
    assert unchanged.proposals == ()
    _fill(path, ANSWERS)
    assert {(p.kind, p.column, p.after) for p in office.take_all(_as_text(path, mark, encoding)).proposals} == TAKEN


def test_a_table_saved_as_text_in_the_code_page_of_windows_comes_back(office: Office):  # noqa: F811
    import unicodedata

    path = office.export("xlsx")
    _fill(path, ANSWERS)
    saved = _as_text(path, ";", "utf-8")
    letters = dict.fromkeys("ăâđêôơưĂÂĐÊÔƠƯ")

    def legacy(char: str) -> str:  # the code page has the letters, their tones are marks of their own
        parts = unicodedata.normalize("NFD", char)
        kept = next((c for c in letters if unicodedata.normalize("NFD", c) == parts[:2]), None)
        return kept + parts[2:] if kept else char if char in letters else parts

    words = "".join(legacy(c) for c in saved.read_text(encoding="utf-8"))
    saved.write_bytes(words.encode("cp1258", errors="replace"))
    taken = {(p.kind, p.column, p.after) for p in office.take_all(saved).proposals}
    assert {("new", "disposition", "accepted"), ("new", "response", "Sẽ trả lời riêng")} <= taken


@needs_libreoffice
def test_a_table_saved_as_ods_comes_back_with_its_stamp(office: Office):  # noqa: F811
    untouched, path = office.export("xlsx"), office.export("xlsx")
    _fill(path, {**ANSWERS, (TWIN, "note"): "dòng một\ndòng hai"})
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless", "--convert-to",
         "ods", "--outdir", str(path.parent), str(path), str(untouched)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    same = office.take(untouched.with_suffix(".ods"))
    assert (same.proposals, same.notices) == ((), ())
    back = office.take_all(path.with_suffix(".ods"))
    assert {(p.kind, p.column, p.after) for p in back.proposals} == {*TAKEN, ("new", "note", "dòng một\ndòng hai")}
    assert back.notices == ()


def test_macro_workbooks_are_read_and_old_ones_refused_with_a_sentence(office: Office):  # noqa: F811
    path = office.export("xlsx")
    assert office.take(path.rename(path.with_suffix(".xlsm"))).proposals == ()
    with pytest.raises(UnsupportedFormatError, match=r"Save it as one of: .*\.xlsx"):
        exchange.read(path.with_suffix(".xls"))


def test_a_copy_of_a_second_person_is_told_from_the_first(office: Office, dossier: Analysis):  # noqa: F811
    path = office.export("xlsx")
    second = path.with_name("của Bình.xlsx")
    second.write_bytes(path.read_bytes())
    _fill(path, {(FIRST, "response"): "Theo Lan"})
    _fill(second, {(FIRST, "response"): "Theo Bình"})
    office.take_all(path, "Lan")
    assert [(p.kind, p.after) for p in office.take_all(second, "Bình").proposals] == [("conflicting", "Theo Bình")]
    assert len(office.workspace.decisions.conflicts()) == 1


def _edit(office: Office, change: Callable[..., None]):  # noqa: F811
    path = office.export("xlsx")
    _edited(path, change)
    return office.take_all(path)


def test_words_over_merged_columns_are_what_their_first_column_says(office: Office):  # noqa: F811
    def merged(book, sheet, columns, rows) -> None:
        row, places = rows[FIRST], sorted(columns[c] for c in ("disposition", "response", "place"))
        sheet.cell(row, columns["disposition"]).value = "Tiếp thu, đã sửa tại khoản 2 Điều 3"
        sheet.merge_cells(start_row=row, end_row=row, start_column=places[0], end_column=places[-1])

    _edit(office, merged)
    assert (office.value(FIRST, "disposition"), office.value(FIRST, "place")) == ("accepted", "khoản 2 Điều 3")
    assert office.value(FIRST, "response") == "Tiếp thu, đã sửa tại khoản 2 Điều 3"


def test_words_in_a_column_of_ones_own_are_not_lost_in_silence(office: Office):  # noqa: F811
    def inserted(book, sheet, columns, rows) -> None:
        sheet.insert_cols(columns["note"])
        sheet.cell(4, columns["note"]).value = "Ý kiến\nTrưởng phòng"
        sheet.cell(rows[FIRST], columns["note"]).value = "xem lại"

    def titles_lost(book, sheet, columns, rows) -> None:
        sheet.cell(4, columns["disposition"]).value = "KQ"
        sheet.cell(rows[FIRST], columns["disposition"]).value = "Tiếp thu"
        sheet.delete_rows(1, 3)

    def beside(book, sheet, columns, rows) -> None:
        sheet.cell(rows[FIRST], columns["proposal"]).value = "đồng ý với máy"

    told = {"Ý kiến Trưởng phòng": inserted, "KQ": titles_lost}
    for column, change in told.items():
        (notice,) = _edit(office, change).notices
        assert notice.code == "exchange_unknown_column"
        assert (dict(notice.values)["column"], dict(notice.values)["count"]) == (column, "1")
    assert {(p.kind, p.column, p.after) for p in _edit(office, beside).proposals} == {
        ("typed_outside", "proposal", "đồng ý với máy")
    }


def test_rows_known_by_their_quotation_are_told_of_once(office: Office):  # noqa: F811
    (notice,) = _edit(office, lambda book, sheet, columns, rows: sheet.delete_cols(1)).notices
    assert (notice.code, dict(notice.values)["count"]) == ("exchange_key_restored", "2")


def test_quotation_marks_that_office_turned_are_no_edit(office: Office):  # noqa: F811
    shown = {(FIRST, "opinion"): 'Sửa "ngư dân" - "người dân"...'}
    known = Known(frozenset({FIRST}), (), Export("e", "t", "xlsx", AT, 0, shown), (), {}, {})
    turned = EditedTable("t", "e", "", {(FIRST, "opinion"): "Sửa “ngư dân” – “người dân”…"})
    assert propose(turned, known) == ()
    other = EditedTable("t", "e", "", {(FIRST, "opinion"): "Sửa “ngư dân” – “dân”…"})
    assert [p.kind for p in propose(other, known)] == ["edited_quotation"]


def test_a_place_that_no_draft_has_is_not_recorded(office: Office):  # noqa: F811
    path = office.export("xlsx")
    _fill(path, {(FIRST, "provision"): "Điều 99", (TWIN, "provision"): "khoản 2, Điều 3"})
    back = office.take_all(path)
    assert {(p.kind, p.column, p.after) for p in back.proposals} == {
        ("unclear", "provision", "Điều 99"),
        ("new", "provision", "khoản 2, Điều 3"),
    }
    assert (office.value(FIRST, "provision"), office.value(TWIN, "provision")) == ("", "khoản 2, Điều 3")
