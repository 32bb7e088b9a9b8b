"""Letters that correct others, drafts, lists of bodies and checks of a workspace, as people meet them."""

from __future__ import annotations

import json
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest


def corrected(run: Any, folder: Path, container: Path, named: str) -> str:
    """Add a container and a letter that corrects one within it; gives what ``status`` says then."""
    assert run("add", container).exit_code == 0
    run.synthesize()
    letter = folder / "đính chính.txt"
    letter.write_text(run.OTHER.format(name="MÙ CẢ", rate=99), encoding="utf-8")
    done = run("add", letter, "--supersedes", named)
    assert done.exit_code == 0 and "corrects" in done.output, done.output
    run.synthesize()
    return run("status").output


def test_a_letter_within_an_archive_is_superseded_alone(run: Any, tmp_path: Path):
    archive = tmp_path / "góp ý.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("thư mục/mù cả.txt", run.OTHER.format(name="MÙ CẢ", rate=30))
        file.writestr("thư mục/tà tổng.txt", run.OTHER.format(name="TÀ TỔNG", rate=40))
    shown = corrected(run, tmp_path, archive, "mù cả.txt")
    assert "góp ý.zip/thư mục/mù cả.txt  [replaced by đính chính.txt]" in shown
    said = "\n".join(run.texts())
    assert "99 nhà" in said and "40 nhà" in said and "30 nhà" not in said
    assert "source_corrects" in json.dumps(run.analysis()["sources"])
    assert run("remove", "đính chính.txt", "--yes").exit_code == 0
    run.synthesize()
    assert "30 nhà" in "\n".join(run.texts()), "the first one counts again"


def test_a_letter_within_a_mail_is_superseded_alone(run: Any, tmp_path: Path):
    message = EmailMessage()
    message["From"], message["Subject"] = "Lan <lan@example.org>", "Góp ý"
    message.set_content("Xin gửi văn bản góp ý kèm theo.")
    letter = run.OTHER.format(name="MÙ CẢ", rate=30).encode()
    message.add_attachment(letter, maintype="text", subtype="plain", filename="mu-ca.txt")
    mail = tmp_path / "thư.eml"
    mail.write_bytes(message.as_bytes())
    assert "thư.eml/mu-ca.txt  [replaced by" in corrected(run, tmp_path, mail, "thư.eml/mu-ca.txt")
    said = "\n".join(run.texts())
    assert "99 nhà" in said and "30 nhà" not in said
    refused = run("remove", "mu-ca.txt", "--yes")
    assert refused.exit_code == 1 and "within thư.eml" in refused.output


def test_the_earlier_letter_can_turn_out_to_be_right(run: Any, tmp_path: Path):
    letters = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for rate, letter in enumerate(letters, start=30):
        letter.write_text(run.OTHER.format(name="MÙ CẢ", rate=rate), encoding="utf-8")
    run("add", letters[0])
    run("add", letters[1], "--supersedes", "a.txt")
    run("add", letters[0], "--supersedes", "b.txt")
    run.synthesize()
    said = "\n".join(run.texts())
    assert "30 nhà" in said and "31 nhà" not in said


def test_a_revised_draft_without_its_first_version_is_said(run: Any, tmp_path: Path):
    two = tmp_path / "đề án 2.txt"
    two.write_text(run.DRAFT.replace("70%", "80%"), encoding="utf-8")
    done = run("add", "--revised", f"project={two}")
    assert done.exit_code == 1 and "no first version of the draft" in done.output and "resolution" in done.output
    assert "no first version" in run.synthesize().output
    outside = run("synthesize", two, "--draft", f"a={two}", "--revised", f"b={two}", "-o", "out")
    assert outside.exit_code == 2 and "no first version" in outside.output and not Path("out").exists()


def test_a_workspace_writes_the_same_comparison_as_the_plain_command(run: Any, samples: Path, tmp_path: Path):
    drafts = samples / "lai-chau" / "drafts"
    kind, first, second = "project", drafts / "project-v1.docx", drafts / "project-v2.docx"
    assert run("add", "--draft", f"{kind}={first}", "--revised", f"{kind}={second}").exit_code == 0
    run.synthesize()
    letter = tmp_path / "công văn 1.txt"
    versions = ("--draft", f"{kind}={first}", "--revised", f"{kind}={second}")
    plain = run("synthesize", letter, *versions, "--encoder", "none", "-o", "plain")
    assert plain.exit_code == 0, plain.output
    made = {p.name for p in Path("results").iterdir() if kind in p.name}
    assert made == {p.name for p in Path("plain").iterdir() if kind in p.name}
    assert made >= {f"comparison-{kind}.{end}" for end in ("docx", "xlsx", "html", "json")} | {f"changes-{kind}.docx"}
    tracked = f"changes-{kind}.docx"
    assert (Path("results") / tracked).read_bytes() == (Path("plain") / tracked).read_bytes()


def test_a_run_in_a_workspace_takes_the_same_options(run: Any, tmp_path: Path):
    (tmp_path / "cơ quan.txt").write_text("UBND xã Mù Cả\n", encoding="utf-8")
    chosen = ("--variant", "C", "--group-by", "provision", "--consulted", tmp_path / "cơ quan.txt", "--kind")
    told = run("synthesize", "--encoder", "none", *chosen, "công văn 1.txt=notes", "-o", "once")
    assert told.exit_code == 0, told.output
    once = json.loads(Path("once/analysis.json").read_text(encoding="utf-8"))
    assert [s["kind"] for s in once["sources"]] == ["notes"]
    assert "Mù Cả" in Path("once/report.html").read_text(encoding="utf-8")
    run.synthesize()
    assert [s["kind"] for s in run.analysis()["sources"]] == ["letter"], "told for one run alone"
    assert "Mù Cả" not in Path("results/report.html").read_text(encoding="utf-8")


def test_the_list_of_bodies_may_be_a_workbook(run: Any, tmp_path: Path):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (["DANH SÁCH XIN Ý KIẾN"], ["STT", "Cơ quan, đơn vị"], [1, "UBND xã Pa Tần"], [2, "UBND xã Mù Cả"]):
        sheet.append(row)
    book.save(tmp_path / "danh sách.xlsx")
    assert run("add", "--consulted", tmp_path / "danh sách.xlsx").exit_code == 0
    silent = [dict(f["values"])["body"] for f in json.loads(run("check", "--json").output) if "silent" in f["code"]]
    assert silent == ["UBND xã Mù Cả"]


def test_a_list_in_another_encoding_is_a_sentence(run: Any, tmp_path: Path):
    (tmp_path / "ds.csv").write_bytes("Tên\nUBND xã Mù Cả\n".encode("cp1258", errors="replace"))
    done = run("add", "--consulted", tmp_path / "ds.csv")
    assert done.exit_code == 1 and "CSV UTF-8" in done.output
    (tmp_path / "ds.csv").write_bytes("Tên\nUBND xã Mù Cả\n".encode("utf-16"))
    assert run("add", "--consulted", tmp_path / "ds.csv").exit_code == 0


def test_check_names_everything_that_is_missing(run: Any, tmp_path: Path):
    (tmp_path / "rỗng.docx").touch()
    (tmp_path / "danh bạ.txt").write_text("Danh bạ điện thoại\nSố máy lẻ 101\n", encoding="utf-8")
    (tmp_path / "cơ quan.txt").write_text("UBND xã Pa Tần\nUBND xã Mù Cả\n", encoding="utf-8")
    two = tmp_path / "nghị quyết 2.txt"
    two.write_text(run.DRAFT.replace("kiên cố hóa", "xây kiên cố"), encoding="utf-8")
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


def test_a_sound_workspace_passes_the_check(run: Any):
    assert run("check").exit_code == 0


def test_lock_files_are_left_out_with_a_sentence(run: Any, tmp_path: Path):
    lock = tmp_path / "~$ng van.docx"
    lock.write_bytes(b"\x03Lan" + bytes(158))
    done = run("add", lock)
    assert done.exit_code == 1 and "Close Word" in done.output and "~$" not in run("status").output


def test_nothing_is_replaced_while_one_result_is_held(run: Any, tmp_path: Path):
    before = Path("results/analysis.json").read_bytes()
    (tmp_path / "held").mkdir()
    (tmp_path / "held" / "report.docx").mkdir()
    (tmp_path / "held" / "analysis.json").write_bytes(before)
    more_letters = tmp_path / "x.txt"
    more_letters.write_text(run.OTHER.format(name="MÙ CẢ", rate=30), encoding="utf-8")
    run("add", more_letters)
    done = run("synthesize", "--encoder", "none", "-o", tmp_path / "held")
    assert done.exit_code == 1 and f"{tmp_path / 'held' / 'report.docx'} cannot be written" in done.output
    assert (tmp_path / "held" / "analysis.json").read_bytes() == before
    assert [p.name for p in (tmp_path / "held").iterdir() if p.name.startswith(".new")] == []


@pytest.mark.parametrize(
    ("name", "value", "known"),
    [("variant", "Z", "A, B"), ("language", "de", "vi, fr"), ("profile", "x", "dang"), ("group_by", "x", "provision")],
)
def test_a_setting_takes_only_what_it_can_be(run: Any, name: str, value: str, known: str):
    done = run("set", name, value)
    assert done.exit_code == 1 and known in done.output
    assert run("set", name, "").exit_code == 0, "back to what it is when nobody sets it"
