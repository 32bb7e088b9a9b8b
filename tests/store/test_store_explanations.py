"""The column of explanations of a comparison goes out and comes back like the answers to opinions."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from test_store_exchange import RENDER, Office, _fill_docx, _kinds, _through_libreoffice, needs_libreoffice, office  # noqa: F401

from feedback_synth.datamodel.comparison import Change, Comparison, Segment, Version
from feedback_synth.datamodel.decision import CHANGE
from feedback_synth.datamodel.report import ReportOptions
from feedback_synth.reports import comparison_table
from feedback_synth.store import health
from feedback_synth.store.importing import hand_out


def _change(number: int, kind: str = "modified") -> Change:
    label = f"Điều {number}"
    old, new = ("" if kind == "added" else f"cũ {number}"), ("" if kind == "removed" else f"mới {number}")
    segments = (Segment("delete", old), Segment("insert", new))
    labels = (label if old else "", label if new else "")
    return Change(kind, True, labels[0], labels[0], labels[1], labels[1], old, new, segments)  # type: ignore[arg-type]


COMPARISON = Comparison(
    "resolution", Version("v1.docx", "1" * 64), Version("v2.docx", "2" * 64),
    (_change(1), _change(2, "added"), _change(3, "removed"), _change(1)),
)  # fmt: skip
FIRST, SECOND, *_ = comparison_table.change_keys(COMPARISON)


def _export(office: Office, format_: str, language: str = "vi") -> Path:  # noqa: F811
    options = ReportOptions(language=language, for_editing=True)
    decisions = office.workspace.decisions.current().values()
    built = comparison_table.build(COMPARISON, office.dossier, options, decisions)
    office.number += 1
    path = office.folder / f"comparison-{office.number}.{format_}"
    path.write_bytes(hand_out(office.workspace, RENDER[format_](built), format_, path.name, at=f"{office.number}"))
    return path


def _fill(path: Path, values: dict[tuple[str, str], str]) -> None:
    if path.suffix == ".docx":
        _fill_docx(path, values)
        return
    book = load_workbook(path, rich_text=True)
    sheet = book.worksheets[0]
    columns = {c.value: c.column for c in sheet[1] if c.value}
    rows = {r[0].value: r[0].row for r in sheet.iter_rows(min_row=5) if r[0].value}
    for (row, column), value in values.items():
        sheet.cell(rows[row], columns[column]).value = value
    book.save(path)


def test_each_change_has_an_id_of_its_own_that_stays() -> None:
    keys = comparison_table.change_keys(COMPARISON)
    assert len(set(keys)) == len(keys) and all(key.startswith(CHANGE) for key in keys)
    later = Comparison("resolution", COMPARISON.old, Version("v3.docx", "3" * 64), COMPARISON.changes[:2])
    assert comparison_table.change_keys(later) == keys[:2]


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_explanations_come_back_and_stay_over_the_next_round_trip(office: Office, format_: str):  # noqa: F811
    path = _export(office, format_)
    assert office.take(path).proposals == ()
    _fill(path, {(FIRST, "response"): "Tiếp thu ý kiến Sở A\nsửa tại Điều 1", (SECOND, "response"): "Theo Luật mới"})
    assert sorted(_kinds(office.take_all(path))) == sorted(("new", key, "response") for key in (FIRST, SECOND))
    assert office.value(FIRST, "response") == "Tiếp thu ý kiến Sở A\nsửa tại Điều 1"
    assert office.value(FIRST, "disposition") == ""  # an explanation of a change gives no opinion a status
    again = _export(office, format_, "fr")
    assert office.take(again).proposals == ()
    _fill(again, {(FIRST, "response"): ""})
    assert ("emptied", FIRST, "response") in _kinds(office.take_all(again)) or format_ == "docx"
    assert office.value(FIRST, "response").startswith("Tiếp thu")


def test_a_signed_comparison_shows_the_explanation_and_no_prompt(office: Office):  # noqa: F811
    office.workspace.decisions.decide(FIRST, "response", "Theo Luật mới", reviewer="Lan", at="1")
    decisions = office.workspace.decisions.current().values()
    built = comparison_table.build(COMPARISON, office.dossier, ReportOptions(), decisions)
    rows = next(t for s in built.sections for t in s.content if hasattr(t, "rows")).rows
    shown = [p.runs[0] for row in rows for p in row.cells[2].paragraphs]
    assert [r.value for r in shown if hasattr(r, "prompt")] == ["Theo Luật mới"]


def test_an_explanation_is_no_stale_decision(office: Office):  # noqa: F811
    office.workspace.decisions.decide(FIRST, "response", "Theo Luật mới", reviewer="Lan", at="1")
    assert list(health._stale(office.dossier, office.workspace.decisions.events())) == []


@needs_libreoffice
def test_explanations_survive_libreoffice(office: Office):  # noqa: F811
    for format_ in ("docx", "xlsx"):
        untouched, path = _export(office, format_), _export(office, format_)
        _fill(path, {(FIRST, "response"): f"Theo {format_}"})
        same, edited = _through_libreoffice(untouched, path)
        back = office.take(same)
        assert (back.proposals, back.notices) == ((), ())
        assert [(p.row, p.after) for p in office.take_all(edited).proposals] == [(FIRST, f"Theo {format_}")]
