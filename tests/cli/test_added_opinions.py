"""What an editorial team adds to the table and what it throws out, by command and in Word and Excel."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document as open_docx
from docx.oxml.ns import qn
from openpyxl import load_workbook

MISSED = "UBND xã PA TẦN tham gia ý kiến như sau"  # stands in the letter, and the program takes it for procedure
SPOKEN = "Đề nghị tổ chức xe đưa đón học sinh qua ngầm tràn"


def _typed_in_excel(path: Path, **cells: str) -> None:
    book = load_workbook(path)
    sheet = next(s for s in book.worksheets if s.cell(1, 1).value == "key")
    columns = {c.value: c.column for c in sheet[1] if c.value}
    row = sheet.max_row + 1
    for column, words in cells.items():
        sheet.cell(row, columns[column]).value = words
    book.save(path)


def _typed_in_word(path: Path, *words: str) -> None:
    """A row inserted below the last row of the table: the same cells, empty but for what is typed."""
    document = open_docx(path)
    table = next(t for t in document.tables if next(t._tbl.iter(qn("w:sdt")), None) is not None)
    row = table.rows[-1]._tr
    made = copy.deepcopy(row)
    for cell, typed in zip(made.findall(qn("w:tc")), words, strict=True):
        for old in [e for e in cell if e.tag != qn("w:tcPr")]:
            cell.remove(old)
        paragraph = cell.makeelement(qn("w:p"))
        run = paragraph.makeelement(qn("w:r"))
        text = run.makeelement(qn("w:t"))
        text.text = typed
        run.append(text)
        paragraph.append(run)
        cell.append(paragraph)
    row.addnext(made)
    document.save(path)


def _status_in_excel(path: Path, beginning: str, status: str) -> None:
    book = load_workbook(path)
    sheet = next(s for s in book.worksheets if s.cell(1, 1).value == "key")
    columns = {c.value: c.column for c in sheet[1] if c.value}
    row = next(r for r in range(5, sheet.max_row + 1) if beginning in str(sheet.cell(r, columns["opinion"]).value))
    sheet.cell(row, columns["disposition"]).value = status
    book.save(path)


def _added(run: Any) -> list[dict[str, Any]]:
    return [o for o in run.analysis()["opinions"] if o.get("added_by")]


def test_a_row_typed_in_excel_becomes_an_opinion_and_stays_one(run: Any):
    run("export", "--format", "xlsx", "--output", "out")
    table = Path("out/absorption-table.xlsx")
    _typed_in_excel(
        table, opinion=SPOKEN, author_organization="UBND xã Mù Cả", provision="Điều 2", disposition="Tiếp thu",
        response="Đã bổ sung", group="Nhiệm vụ, giải pháp",
    )  # fmt: skip
    seen = run("import", table)
    assert "Added: 1" in seen.output and SPOKEN in seen.output and "UBND xã Mù Cả (no source)" in seen.output
    assert "Nothing was changed yet" in seen.output
    done = run("import", table, "--apply", "--reviewer", "Lan")
    assert done.exit_code == 0 and "synthesize" in done.output
    assert run("check").exit_code == 1, "the tables do not know it yet"
    for step in (run.synthesize, run.more):
        step()
        (opinion,) = _added(run)
        assert (opinion["text"], opinion["added_by"], opinion["source_id"]) == (SPOKEN, "Lan", "")
        assert (opinion["locator"], opinion["spans"]) == ("", [])
        assert opinion["author"]["organization"] == "UBND xã Mù Cả" and opinion["links"][0]["label"] == "Điều 2"
    assert run.analysis()["statistics"]["opinions_added"] == 1
    again = run("import", table)
    assert "Added" not in again.output and "Nothing differs" in again.output, "the same file says nothing new"
    shown = run("show", opinion["id"]).output
    assert "Stands in: no source" in shown and "Added by: Lan" in shown and "Đã bổ sung" in shown
    assert "health_stale_decision" not in run("check", "--json").output


def test_words_that_stand_in_a_source_are_quoted_from_there(run: Any):
    run("export", "--format", "xlsx", "--output", "out")
    table = Path("out/absorption-table.xlsx")
    _typed_in_excel(table, opinion=MISSED.lower())
    assert "công văn 1.txt" in run("import", table, "--apply", "--reviewer", "Lan").output
    run.synthesize()
    (opinion,) = _added(run)
    found = run.analysis()
    source = next(s for s in found["sources"] if s["id"] == opinion["source_id"])
    assert source["name"] == "công văn 1.txt" and opinion["locator"] and opinion["text"] == MISSED
    assert "PA TẦN" in opinion["author"]["organization"].upper(), "all of the letter is by one body"
    inside = [p for p in found["passages"] if opinion["id"] in p["opinion_ids"]]
    assert [p["role"] for p in inside] == ["opinion"]
    assert inside[0]["text"].startswith(MISSED)
    assert len({p["id"] for p in found["passages"]}) == len(found["passages"])
    letter = (run.inbox / "công văn 1.txt").read_text(encoding="utf-8")
    assert "".join("".join(p["text"] for p in found["passages"]).split()) == "".join(letter.split()), "nothing is lost"


@pytest.mark.parametrize("variant", ["A", "B", "D"])
def test_a_row_typed_in_word_becomes_an_opinion(run: Any, variant: str):
    cells = {
        "A": ("Điều 2", "UBND xã Mù Cả – Lò Văn An, Phó Chủ tịch", SPOKEN, "Tiếp thu. Đã sửa tại khoản 1 Điều 2"),
        "B": ("9", "UBND xã Mù Cả – Lò Văn An, Phó Chủ tịch", SPOKEN, "Tiếp thu. Đã sửa tại khoản 1 Điều 2", ""),
        "D": ("9", "", SPOKEN, "UBND xã Mù Cả – Lò Văn An, Phó Chủ tịch", "Tiếp thu", "Đã sửa tại khoản 1 Điều 2", ""),
    }
    run("export", "--format", "docx", "--variant", variant, "--output", "out")
    table = Path("out/absorption-table.docx")
    _typed_in_word(table, *cells[variant])
    done = run("import", table, "--apply", "--reviewer", "Lan")
    assert "Added: 1" in done.output, done.output
    run.synthesize()
    (opinion,) = _added(run)
    assert opinion["text"] == SPOKEN
    assert opinion["author"] == {"name": "Lò Văn An", "title": "Phó Chủ tịch", "organization": "UBND xã Mù Cả"}
    if variant == "A":
        assert [link["label"] for link in opinion["links"]] == ["Điều 2"]
    shown = run("show", opinion["id"]).output
    assert "Accepted" in shown and "Đã sửa tại khoản 1 Điều 2" in shown


def test_a_copied_row_that_was_typed_over_is_a_new_opinion(run: Any):
    """Who copies a row copies its hidden key; the words tell which of the two is the old one, wherever it stands."""
    run("export", "--format", "xlsx", "--output", "out")
    table = Path("out/absorption-table.xlsx")
    book = load_workbook(table)
    sheet = next(s for s in book.worksheets if s.cell(1, 1).value == "key")
    columns = {c.value: c.column for c in sheet[1] if c.value}
    last = sheet.max_row
    for cell in list(sheet[last]):
        sheet.cell(last + 1, cell.column).value = cell.value
    sheet.cell(last, columns["opinion"]).value = SPOKEN  # the upper one is typed over
    sheet.cell(last, columns["response"]).value = "Đã bổ sung"
    book.save(table)
    before = run.texts()
    assert "Quotation edited" not in run("import", table, "--apply", "--reviewer", "Lan").output
    run.synthesize()
    assert [t for t in run.texts() if t not in before] == [SPOKEN]
    assert "Đã bổ sung" in run("show", _added(run)[0]["id"]).output


def test_what_stands_there_already_is_not_added(run: Any):
    words = run.texts()[2]
    run("export", "--format", "xlsx", "--output", "out")
    table = Path("out/absorption-table.xlsx")
    _typed_in_excel(table, opinion=words, response="Trả lời")
    seen = run("import", table, "--apply", "--reviewer", "Lan").output
    assert "stand in the table already" in seen
    done = run("add-opinion", words)
    assert done.exit_code == 1 and "an opinion already" in done.output
    run.synthesize()
    assert len(run.texts()) == 3 and not _added(run)


def test_an_opinion_is_added_by_command(run: Any):
    place = ("--place", "khoản 1 Điều 2", "--group", "Kinh phí, nguồn vốn", "--organization", "UBND xã Mù Cả")
    done = run("add-opinion", SPOKEN, *place, "--reviewer", "Bình")
    assert done.exit_code == 0 and "Stands in: no source" in done.output and "synthesize" in done.output
    assert "Nothing new" in run("add-opinion", SPOKEN, *place, "--reviewer", "Bình").output
    assert run("add-opinion", "hai chữ").exit_code == 1
    run.synthesize()
    (opinion,) = _added(run)
    assert opinion["group"] == "funding" and opinion["links"][0]["label"] == "Điều 2 khoản 1"
    for file in ("absorption-table.docx", "report.docx"):
        document = open_docx(Path("results") / file)
        words = "\n".join(t.text or "" for t in document.element.body.iter(qn("w:t")))
        assert "Bình bổ sung, không có trong nguồn nào" in words, f"{file} says plainly that it is no quotation"
    row = next(n for n in "1234" if SPOKEN in run("show", n).output)
    refused = run("split", row, "qua ngầm tràn")
    assert refused.exit_code == 1 and "stands in no source" in refused.output
    assert run("correct", row, "--author", "Lò Văn An").exit_code == 0
    run.synthesize()
    assert _added(run)[0]["author"]["name"] == "Lò Văn An" and _added(run)[0]["id"] == opinion["id"]
    run("decide", row, "disposition", "không phải ý kiến")
    run.synthesize()
    assert not _added(run)


def test_an_added_opinion_goes_into_its_letter_when_that_comes(run: Any, tmp_path: Path):
    words = "Trạm bơm của bản cạn nước từ tháng hai đến tháng tư"
    run("add-opinion", words, "--organization", "UBND xã Bản Bo", "--reviewer", "Lan")
    run.synthesize()
    id_ = _added(run)[0]["id"]
    letter = tmp_path / "đến muộn.txt"
    letter.write_text(
        run.OTHER.format(name="BẢN BO", rate=12) + f"\nNơi nhận: như trên; {words}, lưu VT.\n", encoding="utf-8"
    )
    assert run("add", letter).exit_code == 0
    run.synthesize()
    (opinion,) = [o for o in run.analysis()["opinions"] if words in o["text"]]
    assert opinion["source_id"] and (not opinion.get("added_by") or opinion["id"] == id_)


def test_what_is_no_opinion_is_left_out_from_excel_and_comes_back(run: Any, tmp_path: Path):
    run("export", "--format", "xlsx", "--output", "out")
    table = Path("out/absorption-table.xlsx")
    _status_in_excel(table, "làm rõ nguồn vốn", "Không phải ý kiến")
    done = run("import", table, "--apply", "--reviewer", "Lan")
    assert "“No opinion”" in done.output and "synthesize" in done.output
    row = next(n for n in "123" if "làm rõ nguồn vốn" in run("show", n).output)
    for step in (run.synthesize, run.more):
        step()
        assert not [t for t in run.texts() if "làm rõ nguồn vốn" in t]
    found = run.analysis()
    assert [o["text"] for o in found["left_out"]] == ["Đề nghị làm rõ nguồn vốn thực hiện."]
    (passage,) = [p for p in found["passages"] if "làm rõ nguồn vốn" in p["text"]]
    assert (passage["role"], passage["opinion_ids"]) == ("other", [])
    assert "health_stale_decision" not in run("check", "--json").output
    letter = tmp_path / "công văn 1 (sửa).txt"
    letter.write_text(run.LETTER.format(name="PA TẦN").replace("Sở Giáo", "UBND tỉnh; Sở Giáo"), encoding="utf-8")
    assert run("add", letter, "--supersedes", "công văn 1.txt").exit_code == 0
    run.synthesize()
    assert not [t for t in run.texts() if "làm rõ nguồn vốn" in t], "a corrected letter does not bring it back"
    left = run.analysis()["left_out"][0]["id"]
    assert "No opinion" in run("show", left).output and run("show", row)
    assert run("decide", left, "disposition", "").exit_code == 0
    run.synthesize()
    assert [t for t in run.texts() if "làm rõ nguồn vốn" in t] and not run.analysis()["left_out"]


def test_no_opinion_from_word(run: Any):
    run("export", "--format", "docx", "--output", "out")
    table = Path("out/absorption-table.docx")
    document = open_docx(table)
    control = next(
        c
        for c in document.element.body.iter(qn("w:sdt"))
        if c.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")).endswith("|disposition")
    )
    row = control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")).rpartition("|")[0]
    prompt = control.find(qn("w:sdtPr")).find(qn("w:showingPlcHdr"))
    if prompt is not None:
        control.find(qn("w:sdtPr")).remove(prompt)
    next(control.iter(qn("w:t"))).text = "không phải là ý kiến"
    document.save(table)
    run("import", table, "--apply", "--reviewer", "Lan")
    run.synthesize()
    assert [o["id"] for o in run.analysis()["left_out"]] == [row] and len(run.texts()) == 2


def test_the_shape_of_the_files_holds(run: Any):
    import jsonschema

    from feedback_synth.config import DATA

    run("add-opinion", SPOKEN, "--reviewer", "Lan")
    run("decide", "1", "disposition", "no opinion", "--reviewer", "Lan")
    run.synthesize()
    schema = json.loads((DATA / "schemas" / "analysis.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(run.analysis(), schema)
    assert run.analysis()["left_out"] and _added(run)
