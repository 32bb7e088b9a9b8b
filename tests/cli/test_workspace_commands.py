"""A team's way through a workspace, by the commands it types."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from feedback_synth.cli import main
from feedback_synth.cli.import_summary import IMPORT_KINDS
from feedback_synth.store.proposals import ProposalKind

DRAFT = """NGHỊ QUYẾT
Điều 1. Mục tiêu
1. Đến năm 2030, tỷ lệ trường học có hạ tầng số đạt 70%.
2. Phấn đấu 100% phòng học được kiên cố hóa.
Điều 2. Kinh phí
1. Ngân sách địa phương bảo đảm kinh phí thực hiện.
"""
LETTER = """ỦY BAN NHÂN DÂN XÃ {name}
Kính gửi: Sở Giáo dục và Đào tạo
UBND xã {name} tham gia ý kiến như sau:
1. Đề nghị nâng tỷ lệ trường học có hạ tầng số tại khoản 1 Điều 1 lên {rate}%.
2. Đề nghị bổ sung kinh phí sửa chữa điểm trường vào Điều 2.
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Type a command inside a fresh workspace with one letter and one draft."""
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    _letter(tmp_path, "a.txt", "Bản Thảo", 80)
    monkeypatch.setenv("FEEDBACK_SYNTH_LANGUAGE", "en")

    def type_(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments])

    assert type_("init", tmp_path / "ws", "--draft", f"resolution={tmp_path / 'draft.txt'}").exit_code == 0
    monkeypatch.chdir(tmp_path / "ws")
    added = type_("add", tmp_path / "a.txt", "--kind", "letter")
    assert added.exit_code == 0 and added.output.startswith("+ ")
    return type_


def _letter(folder: Path, name: str, commune: str, rate: int) -> Path:
    path = folder / name
    path.write_text(LETTER.format(name=commune.upper(), rate=rate), encoding="utf-8")
    return path


def _synthesize(run: Run) -> Result:
    done = run("synthesize", "--encoder", "none")
    assert done.exit_code == 0, done.output
    return done


def _sheet(path: Path):
    book = load_workbook(path)
    sheet = next(s for s in book.worksheets if s.cell(1, 1).value == "key")
    columns = {c.value: c.column for c in sheet[1] if c.value}
    return book, sheet, columns


def _numbers(path: Path) -> dict[str, int]:
    _, sheet, columns = _sheet(path)
    return {r[0].value: sheet.cell(r[0].row, columns["number"]).value for r in sheet.iter_rows(min_row=5) if r[0].value}


def _answer(path: Path, **values: str) -> str:
    book, sheet, columns = _sheet(path)
    for column, value in values.items():
        sheet.cell(5, columns[column]).value = value
    key = sheet.cell(5, 1).value
    book.save(path)
    return key


def test_from_letters_to_a_table_with_answers(run: Run, tmp_path: Path):
    _synthesize(run)
    assert {p.name for p in Path("results").iterdir()} >= {"analysis.json", "absorption-table.docx", "report.html"}
    assert run("export", "--format", "xlsx", "--output", "out").exit_code == 0
    table = Path("out") / "absorption-table.xlsx"
    key = _answer(table, disposition="Tiếp thu", place="khoản 1 Điều 1", response="Đã nâng lên 80%")
    shown = run("import", table)
    assert "New: 3" in shown.output and "Add --apply" in shown.output
    assert "Opinions decided: 0" in run("status").output
    applied = run("import", table, "--apply", "--reviewer", "Lan")
    assert "Recorded: 3 decisions by Lan." in applied.output
    assert "Opinions decided: 1" in run("status").output
    assert "Nothing differs" in run("import", table).output
    assert run("table", "--output", "final").exit_code == 0
    _, sheet, columns = _sheet(Path("final") / "absorption-table.xlsx")
    answers = {r[0].value: sheet.cell(r[0].row, columns["place"]).value for r in sheet.iter_rows(min_row=5)}
    assert answers[key] == "khoản 1 Điều 1"


def test_any_table_of_the_workspace_can_come_back(run: Run):
    _synthesize(run)
    table = Path("results") / "absorption-table.xlsx"
    assert "Nothing differs" in run("import", table).output
    _answer(table, disposition="Không tiếp thu")
    assert run("import", table).output.count("“Not accepted”") == 1


def test_a_table_made_without_the_workspace_can_come_in(run: Run, tmp_path: Path):
    _synthesize(run)
    made = run(
        "synthesize", Path("..") / "a.txt", "--draft", "resolution=../draft.txt", "--encoder", "none", "-o", "plain"
    )
    assert made.exit_code == 0
    table = Path("plain") / "absorption-table.xlsx"
    shown = run("import", table)
    assert "does not say which export" in shown.output and "New" not in shown.output and "Changed" not in shown.output
    _answer(table, note="họp lại")
    assert "New: 1" in run("import", table, "--apply").output


def test_a_late_letter_is_marked_and_rows_keep_their_numbers(run: Run, tmp_path: Path):
    _synthesize(run)
    before = _numbers(Path("results") / "absorption-table.xlsx")
    late = _letter(tmp_path, "b.txt", "Bản Muộn", 80)
    late.write_text(
        late.read_text(encoding="utf-8") + "3. Đề nghị giao Sở Nội vụ tuyển giáo viên tiếng Anh.\n", "utf-8"
    )
    assert "[late]" in run("add", late, "--kind", "letter").output
    _synthesize(run)
    after = _numbers(Path("results") / "absorption-table.xlsx")
    known = {o: n for key, n in after.items() for o in key.split("+")}
    assert len(after) > len(before)
    assert all(known[o] == n for key, n in before.items() for o in key.split("+"))
    assert sorted(after.values()) == list(range(1, len(after) + 1))
    assert "Sources added: 1" in run("diff", "1", "2").output


def test_a_corrected_letter_takes_over_the_answers(run: Run, tmp_path: Path):
    _synthesize(run)
    run("export", "--format", "xlsx", "--output", "out")
    table = Path("out") / "absorption-table.xlsx"
    book, sheet, columns = _sheet(table)
    for row in range(5, sheet.max_row + 1):
        sheet.cell(row, columns["response"]).value = f"Trả lời {row}"
    book.save(table)
    run("import", table, "--apply")
    added = run("add", _letter(tmp_path, "a2.txt", "Bản Thảo", 85), "--kind", "letter", "--supersedes", "a.txt")
    assert "corrects a.txt" in added.output and "replaced by a2.txt" in run("status").output
    done = _synthesize(run)
    analysis = json.loads(Path("results/analysis.json").read_text(encoding="utf-8"))
    assert "source_corrects" in json.dumps(analysis["sources"])
    assert "followed their words into a newer source: 1" in done.output
    found = [f["code"] for f in json.loads(run("check", "--json").output)]
    assert found.count("health_stale_decision") == 1, "the answer to the changed request needs a look"


def test_a_table_from_before_the_correction_still_counts(run: Run, tmp_path: Path):
    _synthesize(run)
    run("export", "--format", "xlsx", "--output", "out")
    table = Path("out") / "absorption-table.xlsx"
    book, sheet, columns = _sheet(table)
    for row in range(5, sheet.max_row + 1):
        sheet.cell(row, columns["response"]).value = f"Trả lời {row}"
    book.save(table)
    run("add", _letter(tmp_path, "a2.txt", "Bản Thảo", 85), "--kind", "letter", "--supersedes", "a.txt")
    _synthesize(run)
    done = run("import", table, "--apply")
    assert "Recorded: 2 decisions" in done.output and "into a newer source: 1" in done.output
    assert "Nothing differs" in run("import", table).output


def test_removing_a_source_says_first_what_goes_with_it(run: Run):
    _synthesize(run)
    asked = run("remove", "a.txt")
    assert "2 opinions, 0 of them decided" in asked.output and "Nothing was removed" in asked.output
    assert "is removed" in run("remove", "a.txt", "--yes").output
    assert "no sources yet" in run("synthesize").output


def test_a_final_table_needs_every_answer(run: Run):
    _synthesize(run)
    refused = run("table", "--final", "--output", "final")
    assert refused.exit_code == 1 and "Not decided yet" in refused.output and not Path("final").exists()
    for row in json.loads(Path("results/analysis.json").read_text(encoding="utf-8"))["opinions"]:
        assert run("decide", row["id"], "disposition", "giữ nguyên như dự thảo").exit_code == 0
        assert run("decide", row["id"], "response", "Vì chưa cân đối được nguồn lực").exit_code == 0
    assert run("table", "--final", "--output", "final").exit_code == 0


def test_what_did_not_come_back_and_what_is_not_understood_is_told_in_words(run: Run):
    _synthesize(run)
    run("export", "--format", "xlsx", "--output", "out")
    table = Path("out") / "absorption-table.xlsx"
    book, sheet, columns = _sheet(table)
    sheet.cell(5, columns["disposition"]).value = "để bàn thêm"
    sheet.cell(5, columns["opinion"]).value += " (thêm)"
    sheet.delete_cols(columns["note"])
    book.save(table)
    said = run("import", table).output
    assert "Not in the file, nothing lost: 2\n  Note: rows 1, 2" in said
    assert "A status is one of the list" in said and "(thêm)" in said
    (Path("out") / "~$absorption-table.xlsx").write_bytes(b"x")
    assert "somebody has one open" in run("import", "out/~$absorption-table.xlsx").output


def test_a_conflict_is_listed_and_settled(run: Run):
    _synthesize(run)
    run("export", "--format", "xlsx", "--output", "out")
    table = Path("out") / "absorption-table.xlsx"
    key = _answer(table, disposition="Tiếp thu")
    run("decide", key.split("+")[0], "disposition", "Không tiếp thu", "--reviewer", "Chủ trì")
    assert "Conflicting with a newer decision, both kept: 1" in run("import", table, "--apply").output
    assert "Conflicts to settle: 1" in run("status").output
    assert run("check").exit_code == 1
    run("decide", key.split("+")[0], "disposition", "accepted")
    assert "Conflicts" not in run("status").output


def test_a_decision_is_for_all_that_ask_the_same(run: Run, tmp_path: Path):
    run("add", _letter(tmp_path, "b.txt", "Bản Khác", 80), "--kind", "letter")
    _synthesize(run)
    found = json.loads(Path("results/analysis.json").read_text(encoding="utf-8"))
    ids = found["duplicate_sets"][0]["opinion_ids"]
    run("decide", ids[1], "disposition", "ghi nhận", "--reviewer", "Lan")
    assert f"Opinions decided: {len(ids)}" in run("status").output and len(ids) == 2
    assert "no opinion" in run("decide", "d0/b0/o0", "note", "x").output


def test_decide_reads_words_and_takes_them_back(run: Run):
    _synthesize(run)
    id_ = json.loads(Path("results/analysis.json").read_text(encoding="utf-8"))["opinions"][0]["id"]
    assert "no status" in run("decide", id_, "disposition", "để bàn thêm").output
    assert "no content group" in run("decide", id_, "group", "nhóm lạ").output
    assert run("decide", id_, "group", "Khó khăn, vướng mắc").exit_code == 0
    assert run("decide", id_, "disposition", "Retenu").exit_code == 0
    assert "Opinions decided: 1" in run("status").output
    assert run("decide", "1", "disposition", "").exit_code == 0, "by the number of the row"
    assert "Opinions decided: 0" in run("status").output


def test_a_correction_survives_the_next_run(run: Run):
    _synthesize(run)
    opinion = json.loads(Path("results/analysis.json").read_text(encoding="utf-8"))["opinions"][0]
    assert opinion["group"] != "difficulties"
    run("decide", opinion["id"], "group", "difficulties")
    run("decide", opinion["id"], "provision", "khoản 2 Điều 1")
    _synthesize(run)
    again = json.loads(Path("results/analysis.json").read_text(encoding="utf-8"))["opinions"][0]
    assert again["id"] == opinion["id"] and again["group"] == "difficulties"
    assert [link["label"] for link in again["links"]] == ["Điều 1 khoản 2"]


def test_the_second_round_has_its_own_sources_and_text(run: Run, tmp_path: Path):
    _synthesize(run)
    two = tmp_path / "draft-2.txt"
    two.write_text(DRAFT.replace("70%", "80%"), encoding="utf-8")
    assert "version 2" in run("add", "--revised", f"resolution={two}").output
    _synthesize(run)
    assert Path("results/trace.json").is_file()
    run("add", _letter(tmp_path, "c.txt", "Bản Hai", 95), "--kind", "letter", "--new-round", "lần 2")
    _synthesize(run)
    found = json.loads(Path("results/analysis.json").read_text(encoding="utf-8"))
    assert [s["name"] for s in found["sources"]] == ["c.txt"]
    assert "80%" in json.dumps(found["drafts"], ensure_ascii=False)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["table"], "no run in this workspace"),
        (["diff", "1", "2"], "no run in this workspace"),
        (["remove", "unknown.txt"], "fits 0 sources"),
        (["set", "colour", "red"], "Choose one of"),
        (["decide", "x", "note", "y"], "no run"),
        (["add", "missing.docx"], "missing.docx"),
        (["status", "--workspace", "nowhere"], "no workspace"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run: Run, arguments: list[str], words: str):
    done = run(*arguments)
    assert done.exit_code in (1, 2) and words in done.output


def test_outside_a_workspace_synthesize_asks_for_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["synthesize", "--output", "out"])
    assert done.exit_code == 2 and "SOURCES" in done.output
    assert CliRunner().invoke(main, ["status"]).exit_code == 1


def test_every_kind_of_proposal_has_its_words():
    from typing import get_args

    assert set(IMPORT_KINDS) == set(get_args(ProposalKind))
