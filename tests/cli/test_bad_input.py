"""Every kind of bad input gets one sentence with the file and the remedy, and the rest goes on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feedback_synth.cli import main

GOOD = "UBND xã Pa Tần góp ý: đề nghị bổ sung kinh phí sửa chữa phòng học.\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def synthesize(folder: Path, *sources: Path, draft: Path | None = None) -> Result:
    chosen = ["--draft", f"resolution={draft}"] if draft else []
    return run("synthesize", *sources, *chosen, "--encoder", "none", "--output", folder / "out")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "gop-y.txt"
    file.write_text(GOOD, encoding="utf-8")
    return file


def make_missing(folder: Path) -> Path:
    return folder / "khong-co.docx"


def make_empty(folder: Path) -> Path:
    file = folder / "rong.docx"
    file.touch()
    return file


def make_not_zip(folder: Path) -> Path:
    file = folder / "hong.docx"
    file.write_bytes(b"this is no zip archive at all" * 20)
    return file


def make_unknown(folder: Path) -> Path:
    file = folder / "anh.xyz"
    file.write_bytes(bytes(range(256)) * 8)
    return file


def make_encrypted(folder: Path) -> Path:
    """The head of an OLE container with the stream name that password-protected Office files have."""
    file = folder / "mat-khau.xlsx"
    name = "EncryptedPackage".encode("utf-16-le")
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name + bytes(2000))
    return file


def make_empty_folder(folder: Path) -> Path:
    made = folder / "trong"
    made.mkdir()
    return made


@pytest.mark.parametrize(
    "make", [make_missing, make_empty, make_not_zip, make_unknown, make_encrypted, make_empty_folder]
)
def test_a_bad_source_is_a_sentence_and_the_others_are_worked(make, good: Path, tmp_path: Path) -> None:
    bad = make(tmp_path)
    result = synthesize(tmp_path, good, bad)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    sentences = [line for line in result.stderr.splitlines() if bad.name in line]
    assert len(sentences) == 1 and sentences[0].endswith(".")
    assert "bổ sung kinh phí" in (tmp_path / "out" / "analysis.json").read_text(encoding="utf-8")


def test_nothing_readable_leaves_nothing(tmp_path: Path) -> None:
    result = synthesize(tmp_path, make_missing(tmp_path))
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_a_draft_without_provisions_is_a_sentence(good: Path, tmp_path: Path) -> None:
    letter = tmp_path / "thu.txt"
    letter.write_text("Kính gửi các đồng chí\n", encoding="utf-8")
    result = synthesize(tmp_path, good, draft=letter)
    assert result.exit_code == 1
    assert "thu.txt holds no provision" in result.stderr
    assert (tmp_path / "out" / "analysis.json").exists()


@pytest.mark.parametrize("value", ["draft.docx", "=draft.docx", "project="])
def test_a_draft_without_kind_is_wrong_use(value: str, good: Path, tmp_path: Path) -> None:
    result = run("synthesize", good, "--draft", value, "--output", tmp_path / "out")
    assert result.exit_code == 2
    assert "KIND=FILE" in result.stderr


def test_a_kind_given_twice_is_wrong_use(good: Path, tmp_path: Path) -> None:
    result = run("synthesize", good, "--draft", "project=a.docx", "--draft", "project=b.docx", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "twice" in result.stderr


def test_compare_with_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    result = run("compare", tmp_path / "a.docx", tmp_path / "b.docx", "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert "a.docx" in result.stderr


def test_old_results_stay_when_nothing_new_could_be_made(good: Path, tmp_path: Path) -> None:
    assert synthesize(tmp_path, good).exit_code == 0
    before = (tmp_path / "out" / "analysis.json").read_bytes()
    assert synthesize(tmp_path, make_missing(tmp_path)).exit_code == 1
    assert (tmp_path / "out" / "analysis.json").read_bytes() == before


def test_two_versions_are_compared(samples: Path, tmp_path: Path) -> None:
    drafts = samples / "lai-chau" / "drafts"
    result = run("compare", drafts / "resolution-v1.docx", drafts / "resolution-v2.docx", "--output", tmp_path)
    assert result.exit_code == 0
    assert {p.name for p in tmp_path.iterdir()} >= {"comparison.json", "comparison.docx"}


def test_three_versions_are_compared_in_a_row(samples: Path, tmp_path: Path) -> None:
    drafts = samples / "lai-chau" / "drafts"
    first, second = drafts / "resolution-v1.docx", drafts / "resolution-v2.docx"
    result = run("compare", first, second, first, "--output", tmp_path)
    assert result.exit_code == 0
    whole = json.loads((tmp_path / "comparison.json").read_text(encoding="utf-8"))
    there = json.loads((tmp_path / "comparison-1-2.json").read_text(encoding="utf-8"))
    back = json.loads((tmp_path / "comparison-2-3.json").read_text(encoding="utf-8"))
    assert whole["changes"] == []
    assert there["changes"] and back["changes"]


@pytest.mark.parametrize(
    ("option", "value"), [("--kind", "a.docx=song"), ("--columns", "melody=Ý kiến"), ("--columns", "opinion")]
)
def test_an_unknown_meaning_is_wrong_use_with_those_that_exist(
    option: str, value: str, good: Path, tmp_path: Path
) -> None:
    result = run("synthesize", good, option, value, "--output", tmp_path / "out")
    assert result.exit_code == 2
    assert "letter" in result.stderr or "provision" in result.stderr


def test_the_user_knows_better_what_a_column_holds(tmp_path: Path) -> None:
    table = tmp_path / "bang.csv"
    table.write_text("Mục;Cột lạ\nUBND xã A;Đề nghị bổ sung kinh phí sửa trường\n", encoding="utf-8")
    chosen = ["--columns", "organization=Mục", "--columns", "opinion=Cột lạ", "--kind", "bang.csv=table"]
    result = run("synthesize", table, *chosen, "--encoder", "none", "--output", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    [opinion] = json.loads((tmp_path / "out" / "analysis.json").read_text(encoding="utf-8"))["opinions"]
    assert opinion["author"]["organization"] == "UBND xã A"


def test_read_speaks_the_users_language(good: Path) -> None:
    shown = run("read", good, "--language", "vi").output
    assert "Tiếng Việt" in shown and "Ý kiến" in shown and "opinion" not in shown and "Sender" not in shown
    [row] = json.loads(run("read", good, "--language", "vi", "--json").output)
    assert row["language"] == "vi" and {p["role"] for b in row["blocks"] for p in b["passages"]} <= {
        "opinion",
        "procedure",
    }


def test_every_field_of_a_source_has_its_words() -> None:
    from feedback_synth import config
    from feedback_synth.cli.read import FIELDS

    source = config.PACKAGE / "documents"
    words = "".join(file.read_text(encoding="utf-8") for file in source.glob("_*.py"))
    named = set(re.findall(r'Field\(\s*"(\w+)"', words)) | {"subject", "addressee", "place", "time", "attendance"}
    assert named <= set(FIELDS)
