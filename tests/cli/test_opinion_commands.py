"""What an official decides about single opinions, in plain commands; it lives on when more letters come."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from feedback_synth.cli import wording
from feedback_synth.datamodel.decision import FIELDS


def test_an_opinion_is_cut_by_its_words_and_stays_cut(run: Any, tmp_path: Path):
    done = run("split", "1", "bổ sung cơ chế", "--reviewer", "Lan")
    assert done.exit_code == 0 and "Recorded: 1 decisions by Lan" in done.output and "synthesize" in done.output
    assert len(run.texts()) == 3 and run("check").exit_code == 1, "the tables do not know it yet"
    for step in (run.synthesize, run.more):
        step()
        assert run.texts()[1] == "bổ sung cơ chế hỗ trợ giáo viên vào Điều 2."
    assert "Cut into parts: “2 pieces”" in run("show", "1").output
    assert "Đề nghị nâng tỷ lệ" in run("split", "1", "--undo").output
    run.synthesize()
    assert "và bổ sung cơ chế" in run.texts()[0]


def test_opinions_are_joined_and_stay_joined(run: Any, tmp_path: Path):
    assert run("merge", "2", "3").exit_code == 0
    run.more()
    assert "Đề nghị quy định mức chi cho điểm trường lẻ.\nĐề nghị làm rõ nguồn vốn thực hiện." in run.texts()
    assert "health_stale_decision" not in run("check", "--json").output
    assert run("merge", "2", "--undo").exit_code == 0
    run.synthesize()
    assert len(run.texts()) == 4


def test_a_corrected_letter_takes_over_what_was_cut_joined_and_credited(run: Any, tmp_path: Path):
    """The answer to a part, and an author that people put right, follow the words too."""
    run("split", "1", "bổ sung cơ chế")
    run("merge", "2", "3")
    run.synthesize()
    part = next(o["id"] for o in run.analysis()["opinions"] if o["text"].startswith("bổ sung cơ chế"))
    run("decide", part, "response", "Đã bổ sung", "--reviewer", "Lan")
    run("correct", part, "--organization", "UBND xã Pa Ủ")
    run.synthesize()
    before = run.texts()
    letter = tmp_path / "công văn 1 (sửa).txt"
    letter.write_text(
        run.LETTER.format(name="PA TẦN").replace("Kính gửi: Sở", "Kính gửi: UBND tỉnh; Sở"), encoding="utf-8"
    )
    assert run("add", letter, "--supersedes", "công văn 1.txt").exit_code == 0
    done = run.synthesize()
    assert run.texts() == before and "followed their words" in done.output
    opinion = next(o for o in run.analysis()["opinions"] if o["text"].startswith("bổ sung cơ chế"))
    assert opinion["id"] != part and opinion["author"]["organization"] == "UBND xã Pa Ủ"
    assert "Đã bổ sung" in run("show", opinion["id"]).output
    assert "followed" not in run.synthesize().output and run.texts() == before
    assert "health_stale_decision" not in run("check", "--json").output


def test_an_answer_of_one_round_is_none_of_the_next(run: Any, tmp_path: Path):
    """The same body asks the same again, on the next text: that wants an answer of its own."""
    run("decide", "2", "disposition", "không tiếp thu")
    again = tmp_path / "lần 2.txt"
    again.write_text(run.LETTER.format(name="PA TẦN") + "\n", encoding="utf-8")
    assert run("add", again, "--new-round", "lần 2").exit_code == 0
    assert "followed their words" not in run.synthesize().output
    assert "Not accepted" not in run("show", "2").output
    assert "health_stale_decision" not in run("check", "--json").output, "an earlier round is history"


def test_parts_are_joined_like_opinions(run: Any):
    run("split", "1", "bổ sung cơ chế")
    run.synthesize()
    parts = [o["id"] for o in run.analysis()["opinions"][:2]]
    assert run("merge", *parts).exit_code == 0
    run.synthesize()
    assert len(run.texts()) == 3


def test_group_place_and_author_are_corrected_at_once_and_for_good(run: Any, tmp_path: Path):
    row = next(n for n in "123" if "làm rõ nguồn vốn" in run("show", n).output)
    done = run(
        *("correct", row, "--group", "Khó khăn, vướng mắc", "--place", "khoản 2 Điều 1"),
        *("--author", "Lò Văn An", "--organization", "UBND xã Pa Tần"),
    )
    assert done.exit_code == 0, done.output
    run.more()
    opinion = next(o for o in run.analysis()["opinions"] if "nguồn vốn" in o["text"])
    assert opinion["group"] == "difficulties" and opinion["author"]["name"] == "Lò Văn An"
    assert [link["label"] for link in opinion["links"]] == ["Điều 1 khoản 2"]
    assert "Lò Văn An" in run("show", row).output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["correct", "1", "--place", "Điều 77"], "No draft has the place"),
        (["correct", "1", "--group", "nhóm lạ", "--place", "Điều 2"], "Choose one of"),
        (["correct", "1"], "Say what to correct"),
        (["split", "1", "không có từ này"], "do not stand in this opinion"),
        (["split", "1"], "or --undo"),
        (["split", "1", "bổ sung", "--undo"], "or --undo"),
        (["merge", "1"], "with --undo"),
        (["merge", "1", "1"], "two or more"),
        (["merge", "1", "99"], 'no opinion "99"'),
        (["show", "99"], 'no opinion "99"'),
    ],
)
def test_what_cannot_be_done_changes_nothing(run: Any, arguments: list[str], words: str):
    done = run(*arguments)
    assert done.exit_code == 1 and words in done.output and "Traceback" not in done.output
    assert "Recorded" not in run("show", "1").output and "health_reshaped" not in run("check", "--json").output


def test_the_history_of_an_opinion_says_who_what_when(run: Any):
    run("decide", "1", "disposition", "tiếp thu", "--reviewer", "Lan")
    run("decide", "1", "disposition", "không tiếp thu", "--reviewer", "Bình")
    shown = run("show", "1").output
    assert re.search(r"\d\d:\d\d, \d+ \w+ 20\d\d  Bình  Disposition: “Accepted” → “Not accepted”", shown), shown
    assert "công văn 1.txt" in shown and "Điều 1 khoản 1" in shown


def test_nobody_decides_as_a_question_mark(run: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("feedback_synth.store.person.full_name", lambda: "")
    refused = run("decide", "1", "note", "x")
    assert refused.exit_code == 1 and "--reviewer" in refused.output
    monkeypatch.setattr("feedback_synth.store.person.full_name", lambda: "Trần Bình")
    assert "by Trần Bình" in run("decide", "1", "note", "x").output
    run("set", "reviewer", "Tổ biên tập")
    assert "by Tổ biên tập" in run("decide", "1", "note", "y").output
    assert "by Lan" in run("decide", "1", "note", "z", "--reviewer", "Lan").output


def test_the_person_at_this_machine_has_a_name():
    from feedback_synth.store import person

    assert person.full_name() and "\0" not in person.full_name()


@pytest.mark.parametrize("language", ["vi", "fr", "en"])
def test_no_key_of_a_closed_list_is_shown(run: Any, language: str):
    """A conflict is said with the names of field and statuses, and with the number of the row."""
    from feedback_synth.store.workspace import Workspace

    with Workspace(Path.cwd()) as workspace:
        opinion = run.analysis()["opinions"][0]["id"]
        for who, value in (("Lan", "accepted_in_part"), ("Bình", "awaiting_decision")):
            workspace.decisions.decide(
                opinion, "disposition", value, reviewer=who, at="2026-11-21T08:00:00+00:00", seen=[]
            )
    run("decide", "2", "group", "difficulties")
    for command in (["check"], ["status"], ["show", "1"], ["diff", "1", "1"]):
        shown = run(*command, "--language", language).output
        assert not re.search("accepted_in_part|awaiting_decision|disposition\\b|tasks_solutions|difficulties", shown)
    conflict = next(line for line in run("check", "--language", language).output.splitlines() if "≠" in line)
    assert {"vi": "Dòng 1", "fr": "Ligne 1", "en": "Row 1"}[language] in conflict and opinion not in conflict


def test_every_field_of_a_decision_has_words():
    for field in FIELDS:
        assert wording.field_name(field) != field, field


def test_the_numbers_shown_after_a_run_are_those_of_the_table(run: Any, tmp_path: Path):
    for shown in (run.synthesize().output, (run.more(), run.synthesize().output)[1]):
        found = re.findall(r"^(\d+)\. .*\n   (.{20})", shown, re.MULTILINE)
        assert len(found) >= 3
        for number, words in found:
            assert words in run("show", number).output


def test_an_answer_to_an_opinion_that_was_joined_is_not_forgotten(run: Any):
    run("decide", "3", "response", "Đã có trong Luật", "--reviewer", "Lan")
    run("merge", "2", "3", "--reviewer", "Lan")
    run.synthesize()
    for command in (("show", "3"), ("decide", "3", "note", "x", "--reviewer", "Lan")):
        told = run(*command)
        assert told.exit_code == 1 and "row 3 was joined to row 2" in told.output
    found = run("check").output
    assert "Row 2: an opinion joined to this one had been answered" in found and "Đã có trong Luật" in found
    run("decide", "2", "response", "Đã có trong Luật", "--reviewer", "Lan")
    assert "joined" not in run("check").output


def test_a_correction_that_fits_nothing_any_more_stays_in_sight(run: Any, tmp_path: Path):
    run("correct", "1", "--place", "khoản 2 Điều 1", "--reviewer", "Lan")
    shorter = tmp_path / "nghị quyết 2.txt"
    shorter.write_text(run.DRAFT.replace("2. Phấn đấu 100% phòng học được kiên cố hóa.\n", ""), encoding="utf-8")
    assert run("add", "--draft", f"resolution={shorter}").exit_code == 0
    assert "khoản 2 Điều 1" in run.synthesize().output
    assert "correction_no_provision" in run("check", "--json").output and run("check").exit_code == 1
    assert "feedback-synth correct" not in Path("results/report.html").read_text(encoding="utf-8"), (
        "no matter of readers"
    )
    run("correct", "1", "--place", "khoản 1 Điều 1", "--reviewer", "Lan")
    assert "correction_no_provision" not in run("check", "--json").output


def test_two_answers_to_a_row_of_several_opinions_are_one_conflict(run: Any, tmp_path: Path):
    letter = tmp_path / "công văn 2.txt"
    letter.write_text(run.LETTER.format(name="BẢN BO"), encoding="utf-8")
    assert run("add", letter).exit_code == 0
    run.synthesize()
    run("export", "--format", "xlsx", "--output", "out")
    table = Path("out/absorption-table.xlsx")
    book = load_workbook(table)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    place = next(row[0].row for row in sheet.iter_rows(min_row=5) if "+" in row[0].value)
    sheet.cell(place, columns["note"]).value = "của Bình"
    book.save(table)
    run("decide", str(sheet.cell(place, columns["number"]).value), "note", "của Lan", "--reviewer", "Lan")
    assert "both kept: 1" in run("import", table, "--apply", "--reviewer", "Bình").output
    assert "Conflicts to settle: 1" in run("status").output
    assert run("check").output.count("has different values") == 1


def test_themes_hold_opinions_of_their_group_also_after_a_correction(run: Any, tmp_path: Path):
    for name in ("BẢN BO", "TÀ TỔNG", "MƯỜNG MÔ"):
        letter = tmp_path / f"{name}.txt"
        letter.write_text(
            run.LETTER.format(name=name).replace("thực hiện.", f"thực hiện tại {name}."), encoding="utf-8"
        )
        assert run("add", letter).exit_code == 0
    run.synthesize()
    theme = run.analysis()["themes"][0]
    other = "difficulties" if theme["group"] != "difficulties" else "funding"
    assert run("correct", theme["opinion_ids"][-1], "--group", other, "--reviewer", "Lan").exit_code == 0
    run.synthesize()
    groups = {opinion["id"]: opinion["group"] for opinion in run.analysis()["opinions"]}
    assert groups[theme["opinion_ids"][-1]] == other
    assert all(groups[id_] == found["group"] for found in run.analysis()["themes"] for id_ in found["opinion_ids"])
