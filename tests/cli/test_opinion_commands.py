"""What an official decides about single opinions, in plain commands; it lives on when more letters come."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from feedback_synth.cli import main
from feedback_synth.cli import workspace as workspace_commands
from feedback_synth.datamodel.decision import FIELDS

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
1. Đề nghị nâng tỷ lệ trường học có hạ tầng số tại khoản 1 Điều 1 lên 80% và bổ sung cơ chế hỗ trợ giáo viên vào Điều 2.
2. Đề nghị quy định mức chi cho điểm trường lẻ.
3. Đề nghị làm rõ nguồn vốn thực hiện.
"""
OTHER = """ỦY BAN NHÂN DÂN XÃ {name}
Kính gửi: Sở Giáo dục và Đào tạo
UBND xã {name} tham gia ý kiến như sau:
1. Đề nghị quy định thời gian hoàn thành {rate} nhà vệ sinh trường học.
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Type a command inside a workspace whose path has spaces and marks, after its first run."""
    monkeypatch.setenv("FEEDBACK_SYNTH_LANGUAGE", "en")

    def type_(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments])

    folder = tmp_path / "hồ sơ góp ý"
    (tmp_path / "nghị quyết 1.txt").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "công văn 1.txt").write_text(LETTER.format(name="PA TẦN"), encoding="utf-8")
    assert type_("init", folder, "--draft", f"resolution={tmp_path / 'nghị quyết 1.txt'}").exit_code == 0
    monkeypatch.chdir(folder)
    assert type_("add", tmp_path / "công văn 1.txt").exit_code == 0
    synthesize(type_)
    return type_


def synthesize(run: Run) -> Result:
    done = run("synthesize", "--encoder", "none")
    assert done.exit_code == 0, done.output
    return done


def analysis() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path("results/analysis.json").read_text(encoding="utf-8"))
    return found


def texts() -> list[str]:
    return [opinion["text"] for opinion in analysis()["opinions"]]


def more(run: Run, folder: Path) -> None:
    """Another letter comes, and everything is run again."""
    letter = folder / "đến muộn.txt"
    letter.write_text(OTHER.format(name="BẢN BO", rate=12), encoding="utf-8")
    assert run("add", letter).exit_code == 0
    synthesize(run)


def test_an_opinion_is_cut_by_its_words_and_stays_cut(run: Run, tmp_path: Path):
    done = run("split", "1", "bổ sung cơ chế", "--reviewer", "Lan")
    assert done.exit_code == 0 and "Recorded: 1 decisions by Lan" in done.output and "synthesize" in done.output
    assert len(texts()) == 3 and run("check").exit_code == 1, "the tables do not know it yet"
    for step in (synthesize, lambda r: more(r, tmp_path)):
        step(run)
        assert texts()[1] == "bổ sung cơ chế hỗ trợ giáo viên vào Điều 2."
    assert "Cut into parts: “2 pieces”" in run("show", "1").output
    assert "Đề nghị nâng tỷ lệ" in run("split", "1", "--undo").output
    synthesize(run)
    assert "và bổ sung cơ chế" in texts()[0]


def test_opinions_are_joined_and_stay_joined(run: Run, tmp_path: Path):
    assert run("merge", "2", "3").exit_code == 0
    more(run, tmp_path)
    assert "Đề nghị quy định mức chi cho điểm trường lẻ.\nĐề nghị làm rõ nguồn vốn thực hiện." in texts()
    assert "health_stale_decision" not in run("check", "--json").output
    assert run("merge", "2", "--undo").exit_code == 0
    synthesize(run)
    assert len(texts()) == 4


def test_a_corrected_letter_takes_over_what_was_cut_joined_and_credited(run: Run, tmp_path: Path):
    """The answer to a part, and an author that people put right, follow the words too."""
    run("split", "1", "bổ sung cơ chế")
    run("merge", "2", "3")
    synthesize(run)
    part = next(o["id"] for o in analysis()["opinions"] if o["text"].startswith("bổ sung cơ chế"))
    run("decide", part, "response", "Đã bổ sung", "--reviewer", "Lan")
    run("correct", part, "--organization", "UBND xã Pa Ủ")
    synthesize(run)
    before = texts()
    letter = tmp_path / "công văn 1 (sửa).txt"
    letter.write_text(LETTER.format(name="PA TẦN").replace("Kính gửi: Sở", "Kính gửi: UBND tỉnh; Sở"), encoding="utf-8")
    assert run("add", letter, "--supersedes", "công văn 1.txt").exit_code == 0
    done = synthesize(run)
    assert texts() == before and "followed their words" in done.output
    opinion = next(o for o in analysis()["opinions"] if o["text"].startswith("bổ sung cơ chế"))
    assert opinion["id"] != part and opinion["author"]["organization"] == "UBND xã Pa Ủ"
    assert "Đã bổ sung" in run("show", opinion["id"]).output
    assert "followed" not in synthesize(run).output and texts() == before
    assert "health_stale_decision" not in run("check", "--json").output


def test_an_answer_of_one_round_is_none_of_the_next(run: Run, tmp_path: Path):
    """The same body asks the same again, on the next text: that wants an answer of its own."""
    run("decide", "2", "disposition", "không tiếp thu")
    again = tmp_path / "lần 2.txt"
    again.write_text(LETTER.format(name="PA TẦN") + "\n", encoding="utf-8")
    assert run("add", again, "--new-round", "lần 2").exit_code == 0
    assert "followed their words" not in synthesize(run).output
    assert "Not accepted" not in run("show", "2").output
    assert "health_stale_decision" not in run("check", "--json").output, "an earlier round is history"


def test_parts_are_joined_like_opinions(run: Run):
    run("split", "1", "bổ sung cơ chế")
    synthesize(run)
    parts = [o["id"] for o in analysis()["opinions"][:2]]
    assert run("merge", *parts).exit_code == 0
    synthesize(run)
    assert len(texts()) == 3


def test_group_place_and_author_are_corrected_at_once_and_for_good(run: Run, tmp_path: Path):
    row = next(n for n in "123" if "làm rõ nguồn vốn" in run("show", n).output)
    done = run(
        *("correct", row, "--group", "Khó khăn, vướng mắc", "--place", "khoản 2 Điều 1"),
        *("--author", "Lò Văn An", "--organization", "UBND xã Pa Tần"),
    )
    assert done.exit_code == 0, done.output
    more(run, tmp_path)
    opinion = next(o for o in analysis()["opinions"] if "nguồn vốn" in o["text"])
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
def test_what_cannot_be_done_changes_nothing(run: Run, arguments: list[str], words: str):
    done = run(*arguments)
    assert done.exit_code == 1 and words in done.output and "Traceback" not in done.output
    assert "Recorded" not in run("show", "1").output and "health_reshaped" not in run("check", "--json").output


def test_the_history_of_an_opinion_says_who_what_when(run: Run):
    run("decide", "1", "disposition", "tiếp thu", "--reviewer", "Lan")
    run("decide", "1", "disposition", "không tiếp thu", "--reviewer", "Bình")
    shown = run("show", "1").output
    assert re.search(r"\d\d:\d\d, \d+ \w+ 20\d\d  Bình  Disposition: “Accepted” → “Not accepted”", shown), shown
    assert "công văn 1.txt" in shown and "Điều 1 khoản 1" in shown


def test_nobody_decides_as_a_question_mark(run: Run, monkeypatch: pytest.MonkeyPatch):
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
def test_no_key_of_a_closed_list_is_shown(run: Run, language: str):
    """A conflict is said with the names of field and statuses, and with the number of the row."""
    from feedback_synth.store.workspace import Workspace

    with Workspace(Path.cwd()) as workspace:
        opinion = analysis()["opinions"][0]["id"]
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


def corrected(run: Run, folder: Path, container: Path, named: str) -> str:
    """Add a container and a letter that corrects one within it; gives what ``status`` says then."""
    assert run("add", container).exit_code == 0
    synthesize(run)
    letter = folder / "đính chính.txt"
    letter.write_text(OTHER.format(name="MÙ CẢ", rate=99), encoding="utf-8")
    done = run("add", letter, "--supersedes", named)
    assert done.exit_code == 0 and "corrects" in done.output, done.output
    synthesize(run)
    return run("status").output


def test_a_letter_within_an_archive_is_superseded_alone(run: Run, tmp_path: Path):
    archive = tmp_path / "góp ý.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("thư mục/mù cả.txt", OTHER.format(name="MÙ CẢ", rate=30))
        file.writestr("thư mục/tà tổng.txt", OTHER.format(name="TÀ TỔNG", rate=40))
    shown = corrected(run, tmp_path, archive, "mù cả.txt")
    assert "góp ý.zip/thư mục/mù cả.txt  [replaced by đính chính.txt]" in shown
    said = "\n".join(texts())
    assert "99 nhà" in said and "40 nhà" in said and "30 nhà" not in said
    assert "source_corrects" in json.dumps(analysis()["sources"])
    assert run("remove", "đính chính.txt", "--yes").exit_code == 0
    synthesize(run)
    assert "30 nhà" in "\n".join(texts()), "the first one counts again"


def test_a_letter_within_a_mail_is_superseded_alone(run: Run, tmp_path: Path):
    message = EmailMessage()
    message["From"], message["Subject"] = "Lan <lan@example.org>", "Góp ý"
    message.set_content("Xin gửi văn bản góp ý kèm theo.")
    letter = OTHER.format(name="MÙ CẢ", rate=30).encode()
    message.add_attachment(letter, maintype="text", subtype="plain", filename="mu-ca.txt")
    mail = tmp_path / "thư.eml"
    mail.write_bytes(message.as_bytes())
    assert "thư.eml/mu-ca.txt  [replaced by" in corrected(run, tmp_path, mail, "thư.eml/mu-ca.txt")
    said = "\n".join(texts())
    assert "99 nhà" in said and "30 nhà" not in said
    refused = run("remove", "mu-ca.txt", "--yes")
    assert refused.exit_code == 1 and "within thư.eml" in refused.output


def test_the_earlier_letter_can_turn_out_to_be_right(run: Run, tmp_path: Path):
    letters = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for rate, letter in enumerate(letters, start=30):
        letter.write_text(OTHER.format(name="MÙ CẢ", rate=rate), encoding="utf-8")
    run("add", letters[0])
    run("add", letters[1], "--supersedes", "a.txt")
    run("add", letters[0], "--supersedes", "b.txt")
    synthesize(run)
    said = "\n".join(texts())
    assert "30 nhà" in said and "31 nhà" not in said


def test_a_revised_draft_without_its_first_version_is_said(run: Run, tmp_path: Path):
    two = tmp_path / "đề án 2.txt"
    two.write_text(DRAFT.replace("70%", "80%"), encoding="utf-8")
    done = run("add", "--revised", f"project={two}")
    assert done.exit_code == 1 and "no first version of the draft" in done.output and "resolution" in done.output
    assert "no first version" in synthesize(run).output
    outside = run("synthesize", two, "--draft", f"a={two}", "--revised", f"b={two}", "-o", "out")
    assert outside.exit_code == 2 and "no first version" in outside.output and not Path("out").exists()


def test_a_workspace_writes_the_same_comparison_as_the_plain_command(run: Run, samples: Path, tmp_path: Path):
    drafts = samples / "lai-chau" / "drafts"
    kind, first, second = "project", drafts / "project-v1.docx", drafts / "project-v2.docx"
    assert run("add", "--draft", f"{kind}={first}", "--revised", f"{kind}={second}").exit_code == 0
    synthesize(run)
    letter = tmp_path / "công văn 1.txt"
    versions = ("--draft", f"{kind}={first}", "--revised", f"{kind}={second}")
    plain = run("synthesize", letter, *versions, "--encoder", "none", "-o", "plain")
    assert plain.exit_code == 0, plain.output
    made = {p.name for p in Path("results").iterdir() if kind in p.name}
    assert made == {p.name for p in Path("plain").iterdir() if kind in p.name}
    assert made >= {f"comparison-{kind}.{end}" for end in ("docx", "xlsx", "html", "json")} | {f"changes-{kind}.docx"}
    tracked = f"changes-{kind}.docx"
    assert (Path("results") / tracked).read_bytes() == (Path("plain") / tracked).read_bytes()


def test_a_run_in_a_workspace_takes_the_same_options(run: Run, tmp_path: Path):
    (tmp_path / "cơ quan.txt").write_text("UBND xã Mù Cả\n", encoding="utf-8")
    chosen = ("--variant", "C", "--group-by", "provision", "--consulted", tmp_path / "cơ quan.txt", "--kind")
    told = run("synthesize", "--encoder", "none", *chosen, "công văn 1.txt=notes", "-o", "once")
    assert told.exit_code == 0, told.output
    once = json.loads(Path("once/analysis.json").read_text(encoding="utf-8"))
    assert [s["kind"] for s in once["sources"]] == ["notes"]
    assert "Mù Cả" in Path("once/report.html").read_text(encoding="utf-8")
    synthesize(run)
    assert [s["kind"] for s in analysis()["sources"]] == ["letter"], "told for one run alone"
    assert "Mù Cả" not in Path("results/report.html").read_text(encoding="utf-8")


def test_the_list_of_bodies_may_be_a_workbook(run: Run, tmp_path: Path):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (["DANH SÁCH XIN Ý KIẾN"], ["STT", "Cơ quan, đơn vị"], [1, "UBND xã Pa Tần"], [2, "UBND xã Mù Cả"]):
        sheet.append(row)
    book.save(tmp_path / "danh sách.xlsx")
    assert run("add", "--consulted", tmp_path / "danh sách.xlsx").exit_code == 0
    silent = [dict(f["values"])["body"] for f in json.loads(run("check", "--json").output) if "silent" in f["code"]]
    assert silent == ["UBND xã Mù Cả"]


def test_a_list_in_another_encoding_is_a_sentence(run: Run, tmp_path: Path):
    (tmp_path / "ds.csv").write_bytes("Tên\nUBND xã Mù Cả\n".encode("cp1258", errors="replace"))
    done = run("add", "--consulted", tmp_path / "ds.csv")
    assert done.exit_code == 1 and "CSV UTF-8" in done.output
    (tmp_path / "ds.csv").write_bytes("Tên\nUBND xã Mù Cả\n".encode("utf-16"))
    assert run("add", "--consulted", tmp_path / "ds.csv").exit_code == 0


def test_check_names_everything_that_is_missing(run: Run, tmp_path: Path):
    (tmp_path / "rỗng.docx").touch()
    (tmp_path / "danh bạ.txt").write_text("Danh bạ điện thoại\nSố máy lẻ 101\n", encoding="utf-8")
    (tmp_path / "cơ quan.txt").write_text("UBND xã Pa Tần\nUBND xã Mù Cả\n", encoding="utf-8")
    two = tmp_path / "nghị quyết 2.txt"
    two.write_text(DRAFT.replace("kiên cố hóa", "xây kiên cố"), encoding="utf-8")
    run("add", tmp_path / "danh bạ.txt", "--consulted", tmp_path / "cơ quan.txt", "--revised", f"resolution={two}")
    run("add", tmp_path / "rỗng.docx")
    assert run("synthesize", "--encoder", "none").exit_code == 1
    run("decide", "1", "disposition", "tiếp thu")
    run("decide", "2", "disposition", "không tiếp thu")
    done = run("check", "--json")
    codes = [finding["code"] for finding in json.loads(done.output)]
    assert done.exit_code == 1
    for code in (
        *("health_unread", "health_no_opinions", "health_silent_body", "indicators_without_deadline"),
        *("rule_place_missing", "rule_reason_missing", "rule_accepted_unchanged"),
    ):
        assert codes.count(code) == 1, (code, codes)
    assert "rule_pending" not in codes and "rule_pending" in run("check", "--final", "--json").output
    for language, words in {"vi": "tệp rỗng", "fr": "le fichier est vide", "en": "the file is empty"}.items():
        assert words in run("check", "--language", language).output, "why a file was not read is said in any language"
    assert run("table", "--final").exit_code == 1


def test_a_sound_workspace_passes_the_check(run: Run):
    assert run("check").exit_code == 0


def test_lock_files_are_left_out_with_a_sentence(run: Run, tmp_path: Path):
    lock = tmp_path / "~$ng van.docx"
    lock.write_bytes(b"\x03Lan" + bytes(158))
    done = run("add", lock)
    assert done.exit_code == 1 and "Close Word" in done.output and "~$" not in run("status").output


def test_nothing_is_replaced_while_one_result_is_held(run: Run, tmp_path: Path):
    before = Path("results/analysis.json").read_bytes()
    (tmp_path / "held").mkdir()
    (tmp_path / "held" / "report.docx").mkdir()
    (tmp_path / "held" / "analysis.json").write_bytes(before)
    more_letters = tmp_path / "x.txt"
    more_letters.write_text(OTHER.format(name="MÙ CẢ", rate=30), encoding="utf-8")
    run("add", more_letters)
    done = run("synthesize", "--encoder", "none", "-o", tmp_path / "held")
    assert done.exit_code == 1 and f"{tmp_path / 'held' / 'report.docx'} cannot be written" in done.output
    assert (tmp_path / "held" / "analysis.json").read_bytes() == before
    assert [p.name for p in (tmp_path / "held").iterdir() if p.name.startswith(".new")] == []


@pytest.mark.parametrize(
    ("name", "value", "known"),
    [("variant", "Z", "A, B"), ("language", "de", "vi, fr"), ("profile", "x", "dang"), ("group_by", "x", "provision")],
)
def test_a_setting_takes_only_what_it_can_be(run: Run, name: str, value: str, known: str):
    done = run("set", name, value)
    assert done.exit_code == 1 and known in done.output
    assert run("set", name, "").exit_code == 0, "back to what it is when nobody sets it"


def test_every_field_of_a_decision_has_words():
    for field in FIELDS:
        assert workspace_commands.field_name(field) != field, field
