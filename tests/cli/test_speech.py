"""The program speaks three languages: every sentence it can say has its translations."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from feedback_synth import config
from feedback_synth.cli import main, program, speech
from feedback_synth.cli.common import STEPS
from feedback_synth.datamodel.comparison import ChangeKind
from feedback_synth.errors import FeedbackSynthError, Sentence

SAYS = {"tr", "say", "Sentence", "FeedbackSynthError", "UnsupportedFormatError", "UnreadableDocumentError"}
SAYS |= {"ConfigError", "StoreError"}
PLACE = re.compile(r"\{(\w*)\}")


def spoken() -> Iterator[tuple[str, ast.expr]]:
    """(place, first argument) of every call that says something."""
    for file in sorted(config.PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS and node.args:
                yield f"{file.relative_to(config.PACKAGE)}:{node.lineno}", node.args[0]


def sentences() -> set[str]:
    said = {arg.value for _, arg in spoken() if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return said | set(program.sentences(main)) | set(STEPS.values()) | set(get_args(ChangeKind))


def test_no_sentence_is_filled_in_before_it_can_be_translated() -> None:
    early = [place for place, arg in spoken() if isinstance(arg, ast.JoinedStr | ast.BinOp)]
    assert early == []


@pytest.mark.parametrize("language", ["vi", "fr"])
def test_every_sentence_has_its_translation(language: str) -> None:
    missing = sorted(s for s in sentences() if s.strip() and s not in config.catalogue(language))
    assert missing == []


@pytest.mark.parametrize("language", ["vi", "fr"])
def test_translations_keep_the_places_and_none_is_left_over(language: str) -> None:
    known = sentences()
    for english, translated in config.catalogue(language).items():
        assert english in known, f"nobody says: {english}"
        assert sorted(PLACE.findall(english)) == sorted(PLACE.findall(translated)), english


def test_an_error_is_said_in_the_users_language(monkeypatch: pytest.MonkeyPatch) -> None:
    template = 'There is no language "{code}". Choose one of: {known}.'
    error = FeedbackSynthError(template, code="xx", known="vi")
    assert str(error) == 'There is no language "xx". Choose one of: vi.'
    monkeypatch.setattr(speech.speaker, "language", "vi")
    assert speech.tr(error.sentence) != str(error)
    assert '"xx"' in speech.tr(error.sentence) or "xx" in speech.tr(error.sentence)


def test_a_sentence_without_translation_is_said_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech.speaker, "language", "fr")
    assert speech.tr(Sentence("{a} and {b}", a=1, b=2)) == "1 and 2"


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        (["--language", "fr"], {"LANG": "vi_VN.UTF-8"}, "fr"),
        (["compare", "--language=vi"], {}, "vi"),
        ([], {"FEEDBACK_SYNTH_LANGUAGE": "vi", "LANG": "fr_FR"}, "vi"),
        ([], {"LANG": "fr_FR.UTF-8"}, "fr"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "C"}, "en"),
    ],
)
def test_the_language_is_the_users(
    arguments: list[str], environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("FEEDBACK_SYNTH_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    assert speech.choose(arguments) == expected


def test_help_is_in_the_users_language() -> None:
    code = "from feedback_synth.cli import main; main(['synthesize', '--language', 'vi', '--help'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Tìm" in done.stdout
    assert Path(sys.executable).name not in done.stdout
