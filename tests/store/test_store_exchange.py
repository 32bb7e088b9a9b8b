"""The way back: tables as the renderers write them, edited as people edit them, through LibreOffice where it is."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from docx import Document as open_docx
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.decision import Disposition
from feedback_synth.datamodel.report import ReportOptions
from feedback_synth.errors import UnreadableDocumentError, UnsupportedFormatError
from feedback_synth.reports import absorption_table
from feedback_synth.reports.renderers import docx, xlsx
from feedback_synth.store import exchange
from feedback_synth.store.importing import Import, apply, hand_out, take_back
from feedback_synth.store.workspace import Workspace

AT, LATER = "2026-11-21T08:00:00+07:00", "2026-11-22T08:00:00+07:00"
FIRST, TWIN, THIRD = "d1/b0/o1", "d1/b1/o1", "d1/b2/o1"
ROW = f"{TWIN}+{THIRD}"
RENDER = {"docx": docx.render, "xlsx": xlsx.render}
needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


class Office:
    """A workspace with the dossier, and an editor who opens exported files."""

    def __init__(self, folder: Path, dossier: Analysis) -> None:
        self.folder, self.dossier = folder, dossier
        self.workspace = Workspace.create(folder / "ws", at=AT)
        self.number = 0

    def export(self, format_: str, language: str = "vi", variant: str = "B") -> Path:
        options = ReportOptions(language=language, variant=variant, for_editing=True)  # type: ignore[arg-type]
        decisions = self.workspace.decisions.current().values()
        content = RENDER[format_](absorption_table.build(self.dossier, options, decisions))
        self.number += 1
        path = self.folder / f"table-{self.number}.{format_}"
        path.write_bytes(hand_out(self.workspace, content, format_, path.name, at=f"{AT}-{self.number}"))
        return path

    def take(self, path: Path) -> Import:
        return take_back(self.workspace, path, self.dossier)

    def take_all(self, path: Path, reviewer: str = "Lan") -> Import:
        back = self.take(path)
        apply(self.workspace, back, reviewer=reviewer, at=LATER)
        return back

    def value(self, opinion_id: str, field: str) -> str:
        decision = self.workspace.decisions.current().get(opinion_id)
        return getattr(decision, field) if decision else ""


@pytest.fixture
def office(tmp_path: Path, dossier: Analysis):
    office = Office(tmp_path, dossier)
    yield office
    office.workspace.close()


def _fill_sheet(path: Path, values: dict[tuple[str, str], str | None]) -> None:
    book = load_workbook(path, rich_text=True)
    sheet, columns, rows = _places(book)
    for (row, column), value in values.items():
        sheet.cell(rows[row], columns[column]).value = value
    book.save(path)


def _places(book):
    for sheet in book.worksheets:
        if sheet.cell(1, 1).value == "key":
            columns = {c.value: c.column for c in sheet[1] if c.value}
            rows = {r[0].value: r[0].row for r in sheet.iter_rows(min_row=5) if r[0].value}
            return sheet, columns, rows
    raise AssertionError("no table")


def _fill_docx(path: Path, values: dict[tuple[str, str], str]) -> None:
    document = open_docx(path)
    for control in document.element.body.iter(qn("w:sdt")):
        tag = control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val"))
        value = values.get(tuple(tag.rsplit("|", 1)))  # type: ignore[arg-type]
        if value is None:
            continue
        prompt = control.find(qn("w:sdtPr")).find(qn("w:showingPlcHdr"))
        if prompt is not None:
            control.find(qn("w:sdtPr")).remove(prompt)
        texts = list(control.iter(qn("w:t")))
        for text in texts[1:]:
            text.getparent().remove(text)
        first, *rest = value.split("\n")
        texts[0].text = first
        for line in reversed(rest):
            more = texts[0].makeelement(qn("w:t"))
            more.text = line
            texts[0].addnext(more)
            texts[0].addnext(texts[0].makeelement(qn("w:br")))
    document.save(path)


def _fill(path: Path, values: dict[tuple[str, str], str]) -> None:
    if path.suffix == ".xlsx":
        _fill_sheet(path, {(ROW if row == TWIN else row, column): value for (row, column), value in values.items()})
    else:
        _fill_docx(path, values)


def _through_libreoffice(*paths: Path) -> list[Path]:
    """The files as LibreOffice saves them, in one go: it takes seconds to start."""
    folder = paths[0].parent
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
         paths[0].suffix[1:], "--outdir", str(folder / "saved"), *map(str, paths)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return [folder / "saved" / path.name for path in paths]


def _kinds(back: Import) -> list[tuple[str, str, str]]:
    return [(p.kind, p.row, p.column) for p in back.proposals]


def test_a_row_that_lost_its_key_is_no_new_opinion(office: Office):
    """Its words went out with an export; the opinion itself is gone since then."""
    path = office.export("xlsx")
    book = load_workbook(path)
    sheet, columns, rows = _places(book)
    words = sheet.cell(rows[FIRST], columns["opinion"]).value
    row = sheet.max_row + 1
    sheet.cell(row, columns["opinion"]).value = words
    sheet.cell(row + 1, columns["opinion"]).value = "Chưa rõ"
    sheet.cell(row + 2, columns["response"]).value = "Người lập bảng ký tên"
    book.save(path)
    gone = replace(office.dossier, sources=(), extractions=())
    found = take_back(office.workspace, path, gone).proposals
    assert [p.kind for p in found] == ["inserted_row"] * 3


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
@pytest.mark.parametrize(
    ("language", "variant"), [("vi", "A"), ("fr", "B"), ("en", "C"), ("vi", "D"), ("en", "E"), ("fr", "A")]
)
def test_what_nobody_edited_changes_nothing(office: Office, format_: str, language: str, variant: str):
    path = office.export(format_, language, variant)
    back = office.take(path)
    assert back.proposals == () and back.notices == ()


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_answers_come_back_and_stay_over_the_next_round_trip(office: Office, format_: str):
    path = office.export(format_)
    _fill(
        path,
        {
            (FIRST, "disposition"): "Tiếp thu một phần",
            (FIRST, "place"): "khoản 2 Điều 3",
            (FIRST, "response"): "Đã bổ sung mốc thời gian;\ncòn lại vì chưa cân đối được vốn",
            (TWIN, "disposition"): "Không tiếp thu",
        },
    )
    before = office.take(path)
    assert {p.kind for p in before.proposals} == {"new"} and office.workspace.decisions.events() == ()
    office.take_all(path)
    assert office.value(FIRST, "disposition") == "accepted_in_part"
    assert office.value(FIRST, "response").startswith("Đã bổ sung mốc")
    assert office.value(TWIN, "disposition") == office.value(THIRD, "disposition") == "not_accepted"
    again = office.export(format_)
    assert office.take(path).proposals == (), "the same file again says nothing new"
    assert office.take(again).proposals == (), "export after import is import before it"
    shown, edited = exchange.read(again).cells, exchange.read(path).cells
    for key in [(FIRST, "disposition"), (FIRST, "place"), (FIRST, "response")]:
        assert shown[key] == edited[key]
    assert shown[ROW if format_ == "xlsx" else TWIN, "disposition"] == "Không tiếp thu"


def test_a_status_with_more_words_is_status_and_answer(office: Office):
    path = office.export("xlsx")
    _fill(path, {(FIRST, "disposition"): "Tiếp thu, đã chỉnh sửa tại khoản 2 Điều 3"})
    office.take_all(path)
    assert office.value(FIRST, "disposition") == "accepted"
    assert office.value(FIRST, "response") == "Tiếp thu, đã chỉnh sửa tại khoản 2 Điều 3"
    assert office.value(FIRST, "place") == "khoản 2 Điều 3"


@pytest.mark.parametrize(
    ("answer", "status", "place"),
    [
        ("Xin giữ nguyên như dự thảo, vì Điều 3 đã nêu", "explained", ""),
        ("Tiếp thu, đã bổ sung tại khoản 1 Điều 3.", "accepted", "khoản 1 Điều 3"),
        ("Tiếp thu, sửa tại Điều 3 và Điều 4", "accepted", ""),
        ("Accepted; amended in Article 3 clause 2", "accepted", "Article 3 clause 2"),
        ("Cần trao đổi thêm", "", ""),
    ],
)
def test_an_answer_that_states_its_status_is_status_too(office: Office, answer: str, status: str, place: str):
    path = office.export("xlsx")
    _fill(path, {(FIRST, "response"): answer})
    office.take_all(path)
    assert (office.value(FIRST, "disposition"), office.value(FIRST, "place")) == (status, place)
    assert office.take(path).proposals == ()


def test_what_an_answer_implies_never_touches_what_somebody_decided(office: Office):
    office.workspace.decisions.decide(FIRST, "disposition", "noted", reviewer="Lan", at=AT)
    path = office.export("xlsx")
    _fill(path, {(FIRST, "disposition"): "", (FIRST, "response"): "Không tiếp thu, vì trái luật"})
    office.take_all(path)
    assert office.value(FIRST, "disposition") == "noted" and office.workspace.decisions.conflicts() == ()


def test_words_typed_over_the_fields_of_a_cell_are_the_answer(office: Office):
    path = office.export("docx", variant="A")
    document = open_docx(path)
    cell = next(
        c for c in document.element.body.iter(qn("w:tc"))
        if any(t.get(qn("w:val")) == f"{FIRST}|response" for t in c.iter(qn("w:tag")))
    )  # fmt: skip
    for paragraph in list(cell.iter(qn("w:p")))[1:]:
        cell.remove(paragraph)
    paragraph = cell.find(qn("w:p"))
    for child in list(paragraph):
        paragraph.remove(child)
    run = paragraph.makeelement(qn("w:r"))
    text = run.makeelement(qn("w:t"))
    text.text = "Tiếp thu một phần, đã sửa tại Điều 3; phần còn lại chưa có nguồn"
    run.append(text)
    paragraph.append(run)
    document.save(path)
    office.take_all(path)
    assert office.value(FIRST, "disposition") == "accepted_in_part" and office.value(FIRST, "place") == "Điều 3"
    assert office.value(FIRST, "response").startswith("Tiếp thu một phần")


def test_an_unknown_status_is_reported_and_not_taken(office: Office):
    path = office.export("xlsx")
    _fill(path, {(FIRST, "disposition"): "để bàn thêm", (FIRST, "group"): "Nhóm lạ"})
    assert [p.kind for p in office.take_all(path).proposals] == ["unclear", "unclear"]
    assert office.workspace.decisions.events() == ()


def test_group_author_and_provision_are_corrected(office: Office):
    path = office.export("xlsx")
    _fill_sheet(
        path,
        {
            (FIRST, "group"): "Chỉ tiêu, lộ trình",
            (FIRST, "provision"): "khoản 1 Điều 3",
            (ROW, "author_organization"): "Sở A\nXã Bản B",
        },
    )
    assert {p.kind for p in office.take_all(path).proposals} == {"changed"}
    assert office.value(FIRST, "group") == "indicators" and office.value(FIRST, "provision") == "khoản 1 Điều 3"
    assert (office.value(TWIN, "author_organization"), office.value(THIRD, "author_organization")) == ("", "Xã Bản B")


def test_lines_that_do_not_fit_the_authors_are_not_guessed(office: Office):
    path = office.export("xlsx")
    _fill_sheet(path, {(ROW, "author_organization"): "Xã Bản B"})
    assert _kinds(office.take_all(path)) == [("unclear", ROW, "author_organization")]


def _sorted_backwards(path: Path, *, with_keys: bool = True) -> None:
    book = load_workbook(path)
    sheet, _, rows = _places(book)
    numbers = sorted(rows.values())
    first = 1 if with_keys else 2
    values = [[sheet.cell(n, c).value for c in range(first, sheet.max_column + 1)] for n in numbers]
    for n, row in zip(reversed(numbers), values, strict=True):
        for c, value in enumerate(row, start=first):
            sheet.cell(n, c).value = value
    book.save(path)


def _reformatted(path: Path) -> None:
    book = load_workbook(path)
    sheet, columns, rows = _places(book)
    sheet.column_dimensions["A"].hidden = False
    sheet.row_dimensions[min(rows.values())].hidden = True
    sheet.insert_cols(columns["disposition"])
    sheet.insert_rows(1, 2)
    sheet.title = "của tôi"
    sheet.auto_filter.ref = None
    book.save(path)


def _keys_deleted(path: Path) -> None:
    book = load_workbook(path)
    sheet, _, _ = _places(book)
    sheet.delete_cols(1)
    sheet.delete_rows(1)
    book.save(path)


@pytest.mark.parametrize(
    "change",
    [_sorted_backwards, _reformatted, _keys_deleted, lambda path: _sorted_backwards(path, with_keys=False)],
    ids=["sorted", "reformatted", "keys deleted", "words sorted without keys"],
)
def test_answers_find_their_opinions_after(office: Office, change: Callable[[Path], None]):
    path = office.export("xlsx")
    _fill(path, {(FIRST, "disposition"): "Tiếp thu", (TWIN, "response"): "Xin giữ nguyên"})
    change(path)
    back = office.take_all(path)
    assert {(p.kind, p.column) for p in back.proposals} == {("new", "disposition"), ("new", "response")}
    assert (office.value(FIRST, "disposition"), office.value(TWIN, "response")) == ("accepted", "Xin giữ nguyên")


def test_deleted_inserted_and_foreign_rows_are_listed(office: Office):
    path = office.export("xlsx")
    book = load_workbook(path)
    sheet, columns, rows = _places(book)
    sheet.cell(rows[FIRST], 1).value = "d9/b9/o9"
    sheet.cell(rows[FIRST], columns["opinion"]).value = "Ý kiến khác hẳn"
    sheet.cell(sheet.max_row + 1, columns["opinion"]).value = "Ý kiến bổ sung qua điện thoại"
    book.save(path)
    kinds = {p.kind: p for p in office.take_all(path).proposals}
    assert set(kinds) == {"unknown_row", "added", "missing"}
    assert kinds["missing"].row == FIRST and "điện thoại" in kinds["added"].after
    assert [e.field for e in office.workspace.decisions.events()] == ["added"]


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_an_edited_quotation_is_reported_and_restored(office: Office, format_: str):
    path = office.export(format_)
    column = "opinion" if format_ == "xlsx" else "text"
    _fill(path, {(FIRST, column): "Đề nghị hạ chỉ tiêu"})
    assert _kinds(office.take_all(path)) == [("edited_quotation", FIRST, column)]
    assert exchange.read(office.export(format_)).cells[FIRST, column].startswith("Đề nghị nâng chỉ tiêu")


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_an_empty_cell_never_erases(office: Office, format_: str):
    office.workspace.decisions.decide(FIRST, "response", "đã sửa", reviewer="Lan", at=AT)
    path = office.export(format_)
    _fill(path, {(FIRST, "response"): ""})
    assert _kinds(office.take_all(path)) == [("emptied", FIRST, "response")]
    assert office.value(FIRST, "response") == "đã sửa"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_editors_on_two_copies_lose_nothing(office: Office, order: tuple[int, int]):
    paths = [office.export("xlsx"), office.export("docx")]
    _fill(paths[0], {(FIRST, "disposition"): "Tiếp thu", (TWIN, "note"): "họp ngày mai"})
    _fill(paths[1], {(FIRST, "disposition"): "Không tiếp thu", (FIRST, "response"): "vì trái luật"})
    backs = [office.take_all(paths[n], reviewer=("Lan", "Bình")[n]) for n in order]
    assert {p.kind for p in backs[0].proposals} == {"new"}
    assert ("conflicting", "disposition") in {(p.kind, p.column) for p in backs[1].proposals}
    (conflict,) = office.workspace.decisions.conflicts()
    assert {e.new for e in conflict.events} == {"accepted", "not_accepted"}
    assert {e.reviewer for e in conflict.events} == {"Lan", "Bình"}
    assert (office.value(TWIN, "note"), office.value(FIRST, "response")) == ("họp ngày mai", "vì trái luật")
    assert office.take(paths[0]).proposals == office.take(paths[1]).proposals == ()


def test_a_newer_decision_is_not_overwritten_by_an_older_table(office: Office):
    path = office.export("xlsx")
    _fill(path, {(FIRST, "response"): "theo bảng cũ"})
    office.workspace.decisions.decide(FIRST, "response", "theo cuộc họp", reviewer="Chủ trì", at=AT)
    assert _kinds(office.take_all(path)) == [("conflicting", FIRST, "response")]
    assert office.value(FIRST, "response") == "theo cuộc họp"
    office.workspace.decisions.decide(FIRST, "response", "theo bảng cũ", reviewer="Chủ trì", at=LATER)
    assert office.workspace.decisions.conflicts() == () and office.value(FIRST, "response") == "theo bảng cũ"


def test_a_table_without_its_stamp_still_comes_back(office: Office):
    path = office.export("xlsx")
    _fill(path, {(FIRST, "response"): "theo biên bản họp"})
    book = load_workbook(path)
    del book.custom_doc_props["feedback-synth-export"]
    book.save(path)
    back = office.take_all(path)
    assert _kinds(back) == [("new", FIRST, "response")] and [n.code for n in back.notices] == ["exchange_no_stamp"]
    assert office.take(path).proposals == ()
    office.workspace.decisions.decide(FIRST, "response", "sửa lại", reviewer="Lan", at=LATER)
    assert office.take(path).proposals == (), "an older value is not taken for an edit"


def test_the_same_row_twice_keeps_both_answers(office: Office):
    path = office.export("xlsx")
    _fill(path, {(FIRST, "response"): "một"})
    book = load_workbook(path)
    sheet, columns, rows = _places(book)
    for c in range(1, sheet.max_column + 1):
        sheet.cell(sheet.max_row + (1 if c == 1 else 0), c).value = sheet.cell(rows[FIRST], c).value
    sheet.cell(sheet.max_row, columns["response"]).value = "hai"
    book.save(path)
    office.take_all(path)
    assert {e.new for e in office.workspace.decisions.heads(FIRST, "response")} == {"một", "hai"}


def test_words_beside_a_field_are_reported(office: Office):
    path = office.export("docx")
    document = open_docx(path)
    cell = next(
        c for c in document.element.body.iter(qn("w:tc"))
        if any((t.get(qn("w:val")) or "").endswith("|response") for t in c.iter(qn("w:tag")))
    )  # fmt: skip
    run = cell.find(qn("w:p")).makeelement(qn("w:r"))
    text = run.makeelement(qn("w:t"))
    text.text = "đã sửa tại Điều 3"
    run.append(text)
    cell.find(qn("w:p")).append(run)
    document.save(path)
    assert [p.kind for p in office.take(path).proposals] == ["typed_outside"]


def test_a_field_that_was_deleted_is_read_from_the_words_typed_in_its_place(office: Office):
    path = office.export("docx", variant="E")
    document = open_docx(path)
    for control in list(document.element.body.iter(qn("w:sdt"))):
        tag = control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val"))
        if tag in (f"{FIRST}|group", f"{FIRST}|response"):
            run = control.makeelement(qn("w:r"))
            text = run.makeelement(qn("w:t"))
            text.text = "Khó khăn, vướng mắc" if tag.endswith("group") else "Đã làm rõ tại Điều 3"
            run.append(text)
            control.addprevious(run)
            control.getparent().remove(control)
    document.save(path)
    back = office.take_all(path)
    assert {(p.column, p.after) for p in back.proposals} == {
        ("group", "difficulties"),
        ("response", "Đã làm rõ tại Điều 3"),
    }


def test_a_tracked_deletion_is_gone_and_an_insertion_counts(office: Office):
    office.workspace.decisions.decide(FIRST, "response", "đã sửa", reviewer="Lan", at=AT)
    path = office.export("docx")
    document = open_docx(path)
    for control in document.element.body.iter(qn("w:sdt")):
        if control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")) == f"{FIRST}|response":
            run = next(control.iter(qn("w:r")))
            deleted = run.makeelement(qn("w:del"), {qn("w:id"): "900", qn("w:author"): "Bình"})
            run.addprevious(deleted)
            inserted = run.makeelement(qn("w:ins"), {qn("w:id"): "901", qn("w:author"): "Bình"})
            new = run.makeelement(qn("w:r"))
            text = new.makeelement(qn("w:t"))
            text.text = "đã bổ sung"
            new.append(text)
            inserted.append(new)
            deleted.addnext(inserted)
            deleted.append(run)
            for old in run.iter(qn("w:t")):
                old.tag = qn("w:delText")
            break
    document.save(path)
    office.take_all(path)
    assert office.value(FIRST, "response") == "đã bổ sung"


@needs_libreoffice
@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_saving_with_libreoffice_changes_nothing_but_what_was_edited(office: Office, format_: str):
    office.workspace.decisions.decide(TWIN, "response", "Xin giữ nguyên\nvì lý do sau", reviewer="Lan", at=AT)
    untouched, path = office.export(format_), office.export(format_)
    group_in_a_cell_of_its_own = office.export(format_, variant="E")
    _fill(path, {(FIRST, "disposition"): "Tiếp thu", (FIRST, "response"): "Theo họp ngày 5", (TWIN, "place"): "Điều 3"})
    *same, edited = _through_libreoffice(untouched, group_in_a_cell_of_its_own, path)
    for file in same:
        back = office.take(file)
        assert (back.proposals, back.notices) == ((), ())
    assert {(p.kind, p.column, p.after) for p in office.take_all(edited).proposals} == {
        ("new", "disposition", "accepted"),
        ("new", "response", "Theo họp ngày 5"),
        ("new", "place", "Điều 3"),
    }


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.pdf", b"%PDF", UnsupportedFormatError),
        ("a.xlsx", b"", UnreadableDocumentError),
        ("a.docx", b"PK\x03\x04 half a zip", UnreadableDocumentError),
        ("a.docx", b"\xd0\xcf\x11\xe0 old or encrypted", UnreadableDocumentError),
    ],
)
def test_other_files_are_refused_with_a_sentence(tmp_path: Path, name: str, content: bytes, error: type[Exception]):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error, match=r"a\.(pdf|xlsx|docx)"):
        exchange.read(path)


def test_office_files_that_are_no_tables_of_ours_are_refused(tmp_path: Path):
    from openpyxl import Workbook

    Workbook().save(tmp_path / "b.xlsx")
    open_docx().save(str(tmp_path / "b.docx"))
    for name in ("b.xlsx", "b.docx"):
        with pytest.raises(UnreadableDocumentError, match="exported table"):
            exchange.read(tmp_path / name)


def test_a_stamp_is_added_to_properties_that_are_there_and_replaced(tmp_path: Path):
    from openpyxl import Workbook
    from openpyxl.packaging.custom import StringProperty

    book = Workbook()
    book.custom_doc_props.append(StringProperty(name="office", value="VPTU"))
    out = io.BytesIO()
    book.save(out)
    stamped = exchange.stamp(exchange.stamp(out.getvalue(), "xlsx", "one"), "xlsx", "two")
    kept = {p.name: p.value for p in load_workbook(io.BytesIO(stamped)).custom_doc_props.props}
    assert kept == {"office": "VPTU", "feedback-synth-export": "two"}


tricky = st.text(alphabet="=+-@a1%<>&\"'“…\n\tàđ\u0301 |[]", max_size=12)


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
@given(data=st.data())
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_people_wrote_goes_out_and_comes_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, dossier: Analysis, format_: str, data: st.DataObject
):
    office = Office(tmp_path_factory.mktemp("office"), dossier)
    fields = ("response", "place", "note", "author_name", "author_title", "author_organization", "provision")
    for opinion in dossier.opinions:
        for field in fields:
            office.workspace.decisions.decide(opinion.id, field, data.draw(tricky), reviewer="Lan", at=AT)
        status = data.draw(st.sampled_from(["", *get_args(Disposition)]))
        office.workspace.decisions.decide(opinion.id, "disposition", status, reviewer="Lan", at=AT)
    path = office.export(format_, data.draw(st.sampled_from(["vi", "fr", "en"])), data.draw(st.sampled_from("ABCDE")))
    before = office.workspace.decisions.events()
    assert office.take_all(path).proposals == () and office.workspace.decisions.events() == before
    office.workspace.close()


@pytest.mark.parametrize("variant", ["A", "B", "C", "D", "E"])
def test_group_place_author_and_note_are_corrected_in_word_in_every_variant(office: Office, variant: str):
    path = office.export("docx", variant=variant)
    wanted = {
        (FIRST, "group"): "Kinh phí, nguồn vốn" if office.value(FIRST, "group") else "Khó khăn, vướng mắc",
        (FIRST, "provision"): "Nghị quyết: Điều 3 khoản 2",
        (FIRST, "author_name"): "Lò Thị Mai",
        (FIRST, "author_title"): "Phó Giám đốc",
        (THIRD, "author_organization"): "UBND xã B",
        (TWIN, "note"): "trao đổi lại",
    }
    _fill_docx(path, wanted)
    office.take_all(path)
    decided = {key: office.value(*key) for key in wanted}
    assert decided == {**wanted, (FIRST, "group"): "difficulties"}
    assert office.value(THIRD, "note") == "trao đổi lại"  # one row, one note
    assert office.take(path).proposals == ()
    assert office.take(office.export("docx", "en", variant)).proposals == ()


def test_a_field_is_read_from_the_annex_or_the_table_whichever_was_edited(office: Office):
    path = office.export("docx", variant="B")
    document = open_docx(path)
    controls = [c for c in document.element.body.iter(qn("w:sdt")) if _tag(c) == f"{FIRST}|author_organization"]
    assert len(controls) == 2
    next(controls[1].iter(qn("w:t"))).text = "Sở Tài chính"
    document.save(path)
    assert _kinds(office.take_all(path)) == [("changed", FIRST, "author_organization")]
    assert office.value(FIRST, "author_organization") == "Sở Tài chính"


def test_words_typed_into_a_cell_without_a_field_are_not_lost_unseen(office: Office):
    path = office.export("docx", variant="A")
    document = open_docx(path)
    for row in document.tables[-2 if len(document.tables[-1].columns) < 5 else -1].rows:
        if f"{THIRD}|key" in [_tag(c) for c in row._tr.iter(qn("w:sdt"))]:
            row.cells[3].paragraphs[0].add_run("Kinh phí")
    document.save(path)
    assert [(p.kind, p.row, p.after) for p in office.take(path).proposals] == [("typed_outside", THIRD, "Kinh phí")]


def _tag(control) -> str:
    return control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val"))


@needs_libreoffice
def test_what_is_corrected_in_the_annex_survives_libreoffice(office: Office):
    untouched, path = office.export("docx", variant="A"), office.export("docx", variant="A")
    _fill_docx(path, {(FIRST, "group"): "Khó khăn, vướng mắc", (THIRD, "author_title"): "Chủ tịch"})
    same, edited = _through_libreoffice(untouched, path)
    back = office.take(same)
    assert (back.proposals, back.notices) == ((), ())
    assert {(p.kind, p.row, p.column, p.after) for p in office.take_all(edited).proposals} == {
        ("changed", FIRST, "group", "difficulties"),
        ("new", THIRD, "author_title", "Chủ tịch"),
    }


def test_the_annex_may_be_taken_off_as_a_whole(office: Office):
    path = office.export("docx", variant="A")
    document = open_docx(path)
    annex = next(t for t in document.tables if f"{FIRST}|key" in [_tag(c) for c in t._tbl.iter(qn("w:sdt"))])
    annex._tbl.getparent().remove(annex._tbl)
    document.save(path)
    assert office.take(path).proposals == ()
    _fill_docx(path, {(FIRST, "response"): "Theo họp ngày 5"})
    assert _kinds(office.take(path)) == [("new", FIRST, "response")]


def test_a_row_deleted_from_the_table_is_missing_though_the_annex_has_it(office: Office):
    path = office.export("docx", variant="A")
    document = open_docx(path)
    row = next(r for t in document.tables for r in t._tbl.tr_lst if f"{FIRST}|text" in map(_tag, r.iter(qn("w:sdt"))))
    row.getparent().remove(row)
    document.save(path)
    assert _kinds(office.take(path)) == [("missing", FIRST, "")]
