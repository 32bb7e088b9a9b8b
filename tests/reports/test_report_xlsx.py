"""Workbooks: what people see, the hidden addresses, and nothing that a spreadsheet would run."""

from __future__ import annotations

import io
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sample_analysis import sample

from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.report import (
    Column,
    Entry,
    Paragraph,
    Report,
    ReportOptions,
    ReportRow,
    Run,
    Section,
    Table,
    TableCell,
)
from feedback_synth.reports import absorption_table, comparison_table
from feedback_synth.reports.renderers import xlsx


@cache
def table(variant: str = "A", *decisions: Decision):
    report = absorption_table.build(sample(), ReportOptions(variant=variant), decisions)  # type: ignore[arg-type]
    return load_workbook(io.BytesIO(xlsx.render(report))).worksheets[0]


def columns(sheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[xlsx.KEY_ROW] if cell.value}


def rows(sheet) -> dict[str, int]:
    return {sheet.cell(r, 1).value: r for r in range(xlsx.HEADER_ROW + 1, sheet.max_row + 1)}


@pytest.mark.parametrize("variant", ["A", "B", "C", "D", "E"])
def test_every_editable_fact_has_a_column_of_its_own(variant: str) -> None:
    sheet = table(variant)
    keys = columns(sheet)
    fields = {"disposition", "response", "place", "note", "group", "provision", "author_name", "author_organization"}
    assert {"key", "opinion", *fields} <= set(keys)
    assert len(keys) == sum(bool(c.value) for c in sheet[xlsx.KEY_ROW])
    titles = [sheet.cell(xlsx.HEADER_ROW, n).value for n in keys.values()]
    assert all(titles) and len(set(titles)) == len(titles)


def test_keys_are_hidden_and_taken_along_by_the_filter() -> None:
    sheet = table()
    assert sheet.row_dimensions[xlsx.KEY_ROW].hidden
    assert sheet.column_dimensions["A"].hidden
    assert sheet.auto_filter.ref == f"A{xlsx.HEADER_ROW}:{sheet.cell(1, sheet.max_column).column_letter}{sheet.max_row}"
    assert sheet.freeze_panes == f"A{xlsx.HEADER_ROW + 1}"
    assert sheet.print_title_rows == f"${xlsx.HEADER_ROW}:${xlsx.HEADER_ROW}"


def test_each_request_is_one_row_with_the_ids_of_all_who_made_it() -> None:
    analysis = sample()
    keys = list(rows(table()))
    assert sorted(i for key in keys for i in key.split("+")) == sorted(o.id for o in analysis.opinions)
    assert "+".join(analysis.duplicate_sets[0].opinion_ids) in keys


def test_authors_of_one_request_stand_in_the_order_of_its_key() -> None:
    sheet, analysis = table(), sample()
    twins = analysis.duplicate_sets[0].opinion_ids
    authors = {o.id: o.author for o in analysis.opinions}
    at = rows(sheet)["+".join(twins)]
    for key in ("organization", "name"):
        lines = (sheet.cell(at, columns(sheet)[f"author_{key}"]).value or "").split("\n")
        assert lines == [getattr(authors[i], key) for i in twins]


def test_status_and_answer_are_empty_until_a_person_fills_them() -> None:
    sheet = table()
    for key in ("disposition", "response", "place", "note"):
        assert {sheet.cell(r, columns(sheet)[key]).value for r in rows(sheet).values()} == {None}
    proposals = [sheet.cell(r, columns(sheet)["proposal"]).value for r in rows(sheet).values()]
    assert sum(p is not None and p.startswith("Đề xuất của máy:") for p in proposals) == 6


def test_decisions_are_shown_in_their_columns() -> None:
    first = sample().opinions[2]
    decided = Decision(first.id, "An", "2026-10-03T08:00:00Z", "not_accepted", "Không đủ nguồn lực", group="other")
    sheet = table("A", decided)
    at = rows(sheet)[first.id]
    values = {k: sheet.cell(at, n).value for k, n in columns(sheet).items()}
    assert values["disposition"] == "Không tiếp thu"
    assert values["response"] == "Không đủ nguồn lực"
    assert values["group"] == "Nội dung khác"


def test_lists_to_choose_from_allow_other_words() -> None:
    sheet = table()
    rules = {next(iter(r.sqref.ranges)).min_col: r for r in sheet.data_validations.dataValidation}
    assert set(rules) == {columns(sheet)["disposition"], columns(sheet)["group"]}
    assert not any(r.showErrorMessage for r in rules.values())


def test_changed_words_are_marked_within_their_cell() -> None:
    analysis = sample()
    report = comparison_table.build(analysis.comparisons[0], analysis, ReportOptions())
    book = load_workbook(io.BytesIO(xlsx.render(report)), rich_text=True)
    sheet = book.worksheets[0]
    cell = sheet.cell(xlsx.HEADER_ROW + 1, columns(sheet)["new_text"]).value
    marked = [str(b) for b in cell if getattr(b, "font", None) is not None and b.font.u == "single"]
    assert marked == ["80%"]
    keys = columns(sheet)
    kinds = [sheet.cell(r, keys["change"]).value for r in rows(sheet).values()]
    assert kinds == ["sửa đổi", "bổ sung mới", "bãi bỏ"]
    assert {sheet.cell(r, keys["substance"]).value for r in rows(sheet).values()} == {
        "thay đổi nội dung",
        "chỉ về hình thức",
    }


def test_equal_reports_give_equal_bytes() -> None:
    report = absorption_table.build(sample(), ReportOptions())
    assert xlsx.render(report) == xlsx.render(report)


@settings(max_examples=30)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_words_stay_words(texts: list[str]) -> None:
    lines = tuple(ReportRow((TableCell((Paragraph((Entry("k", "note", t),)),)),), f"r{n}") for n, t in enumerate(texts))
    columns_ = (Column("note", "Note", 40, editable=True),)
    report = Report("x", "=1+1", "", "vi", "dang", True, (Section("s", "S", 1, (Table("t", "T", columns_, lines),)),))
    sheet = load_workbook(io.BytesIO(xlsx.render(report))).worksheets[0]
    for n, text in enumerate(texts):
        cell = sheet.cell(xlsx.HEADER_ROW + 1 + n, 2)
        assert cell.data_type != "f"
        expected = xlsx.sheet_text(TableCell((Paragraph((Run(text),)),)))
        if not isinstance(cell.value, int):
            assert (cell.value or "").replace("\r\n", "\n").replace("\r", "\n") == expected.replace(
                "\r\n", "\n"
            ).replace("\r", "\n")


def test_formulas_are_text_also_when_quoted_from_a_source() -> None:
    cell = TableCell((Paragraph((Entry("k", "text", '=HYPERLINK("http://x")'),)),))
    table_ = Table("t", "T", (Column("text", "T", 40),), (ReportRow((cell,), "r"),))
    report = Report("x", "T", "", "vi", "dang", True, (Section("s", "S", 1, (table_,)),))
    found = load_workbook(io.BytesIO(xlsx.render(report))).worksheets[0].cell(xlsx.HEADER_ROW + 1, 2)
    assert (found.value, found.data_type, found.quotePrefix) == ('=HYPERLINK("http://x")', "s", True)
