"""Help and errors of use in three languages: Click's own words too, in sections, eighty characters wide."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from feedback_synth import config
from feedback_synth.cli import main, speech
from feedback_synth.cli.program import SECTIONS, as_meant
from feedback_synth.store.workspace import Workspace, language_of

COMMANDS = sorted(main.commands)
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Examples?|Error|Missing|Invalid|Try|No such|Show|does not|is not|requires?|"
    r"unexpected|version|Did you|the|of)\b"
)
FRENCH_TOO = {"Options", "version"}
WRONG_USES = [
    ["synthetize"],
    ["status", "--lnguage"],
    ["import"],
    ["import", "không có.xlsx"],
    ["diff", "một", "2"],
    ["diff", "0", "2"],
    ["table", "--variant", "Z"],
    ["status", "thừa"],
    ["status", "thừa", "nữa"],
    ["compare", "a.docx"],
    ["synthesize", "--draft"],
    ["synthesize", "a.docx", "--draft", "nghị quyết"],
    ["synthesize", "a.docx", "--revised", "resolution=b.docx", "--output", "x"],
    ["read", "a.docx", "--json=1"],
    ["decide", "1", "màu", "đỏ"],
]


def said(language: str, *arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--language", language], prog_name="feedback-synth")
    return result.output


def english_in(words: str, language: str) -> list[str]:
    """English words that are left, but names of commands, options and placeholders."""
    plain = re.sub(r"feedback-synth [^\n»\"]*|--?[\w-]+|[\"'][^\"']*[\"']", " ", words)
    return [w for w in ENGLISH.findall(plain) if not (language == "fr" and w in FRENCH_TOO)]


@pytest.mark.parametrize("language", ["vi", "fr"])
@pytest.mark.parametrize("arguments", WRONG_USES, ids=" ".join)
def test_wrong_use_is_said_in_the_users_language(arguments: list[str], language: str) -> None:
    result = CliRunner().invoke(main, ["--language", language, *arguments], prog_name="feedback-synth")
    assert result.exit_code == 2
    assert english_in(result.output, language) == [], result.output


@pytest.mark.parametrize("language", ["vi", "fr"])
@pytest.mark.parametrize("command", [[], *[[name] for name in COMMANDS]], ids=str)
def test_help_is_wholly_in_the_users_language(command: list[str], language: str) -> None:
    words = said(language, *command, "--help")
    assert english_in(words, language) == [], words


@pytest.mark.parametrize("language", speech.LANGUAGES)
@pytest.mark.parametrize("command", [[], *[[name] for name in COMMANDS]], ids=str)
def test_help_fits_a_narrow_window_and_has_one_block_of_examples(command: list[str], language: str) -> None:
    words = said(language, *command, "--help")
    assert [line for line in words.splitlines() if len(line) > 80] == []
    headings = {config.catalogue(language).get(w, w) for w in ("Example:", "Examples:")}
    assert sum(line.strip() in headings for line in words.splitlines()) == 1
    assert all("…" not in line and "..." not in line.partition("  ")[2] for line in words.splitlines() if not command)


def test_help_goes_back_to_english() -> None:
    before = said("en", "table", "--help")
    said("vi", "table", "--help")
    assert said("en", "table", "--help") == before


def test_every_command_stands_in_one_section() -> None:
    assert sorted(name for _, names in SECTIONS for name in names) == COMMANDS


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose language is French, on a Vietnamese computer."""
    for variable in ("FEEDBACK_SYNTH_LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    Workspace.create(tmp_path / "hồ sơ", at="2026-11-21T08:00:00+00:00", language="fr").close()
    return tmp_path / "hồ sơ"


def test_the_workspace_sets_the_language(french: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert speech.choose(["status"]) == "vi"
    assert speech.choose(["status", "--workspace", str(french)]) == "fr"
    monkeypatch.chdir(french / "sources" if (french / "sources").is_dir() else french)
    assert speech.choose(["status"]) == "fr"
    assert speech.choose(["status", "--language", "en"]) == "en"
    monkeypatch.setenv("FEEDBACK_SYNTH_LANGUAGE", "vi")
    assert speech.choose(["status"]) == "vi"


def test_a_damaged_workspace_does_not_keep_the_program_from_speaking(french: Path) -> None:
    (french / "workspace.sqlite").write_bytes(b"no database")
    assert language_of(french) == ""
    assert speech.choose(["status", "--workspace", str(french)]) == "vi"


def test_long_dashes_of_a_word_processor_are_dashes(french: Path) -> None:
    result = CliRunner().invoke(main, ["status", "—workspace", str(french), "–language=en"])
    assert result.exit_code == 0 and "Round 1" in result.output


def test_a_folder_that_took_its_quotation_mark_along_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "Góp ý"
    folder.mkdir()
    assert list(as_meant(["synthesize", f'{folder}" –output kq', "-q"])) == [
        *("synthesize", str(folder), "--output", "kq", "-q")
    ]
    assert list(as_meant([f'{folder}"'])) == [str(folder)]
    kept = ['đề nghị thay "A" bằng "B"', f"{folder}", "", "-", "–", "- mục a"]
    assert list(as_meant(kept)) == kept


def test_numbers_and_reasons_are_local(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "{name}: {opinions} opinions, {decided} of them decided."
    expected = {"vi": "1.234", "en": "1,234"}
    for language, number in expected.items():
        monkeypatch.setattr(speech.speaker, "language", language)
        assert number in speech.tr(sentence, name="1234", opinions=1234, decided=0)
    monkeypatch.setattr(speech.speaker, "language", "fr")
    words = speech.tr(
        "{path} cannot be read ({why}). Check the path and your rights.", path="x", why="Permission denied"
    )
    assert "Permission" not in words and "accès refusé" in words


def test_a_pipe_gets_unicode_whatever_the_locale(french: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code = "from feedback_synth.cli import main; main(['status', '--language', 'vi'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=french, env=environment, capture_output=True, check=True)
    assert "Đợt 1" in done.stdout.decode("utf-8")
