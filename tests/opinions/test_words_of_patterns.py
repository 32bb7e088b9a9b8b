"""Patterns of code take their words from the lexicons: every list they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from feedback_synth import languages, opinions
from feedback_synth.opinions import lexicon

SOURCES = sorted(Path(opinions.__file__).parent.glob("*.py"))
FILLED = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")
LITERAL = re.compile(r"(?<![f\w])rf?\"(?:[^\"\\]|\\.)*\"|(?<![f\w])\"\{[a-z_]+\.[a-z_]+\}[^\"]*\"")


def named() -> list[str]:
    texts = [literal for source in SOURCES for literal in LITERAL.findall(source.read_text(encoding="utf-8"))]
    return sorted({name for text in texts for name in FILLED.findall(text)})


def test_patterns_name_lists() -> None:
    assert {"consent.copula", "mail.sender", "telling.past", "person.division"} <= set(named())


@pytest.mark.parametrize("name", named())
def test_a_list_that_a_pattern_names_holds_words(name: str) -> None:
    assert any(lexicon.words(code, name) for code in languages.codes())


@pytest.mark.parametrize(
    ("form", "codes", "text", "matches"),
    [
        (r"{consent.about}\s", (), "D’accord avec tout", True),
        (r"^{mail.wrote}", (), "WROTE:", True),
        (r"^{consent.without}\s", ("en",), "without any trouble", True),
        (r"^{consent.without}\s", ("fr",), "without any trouble", False),
        (r"^{consent.definite}", ("fr",), "l’ordre", True),
        (r"{person.division}", (), "a subdivision", False),
        (r"x|{telling.object}", ("vi",), "x", True),
        (r"{telling.object}", ("vi",), "the", False),
    ],
)
def test_a_filled_pattern(form: str, codes: tuple[str, ...], text: str, matches: bool) -> None:
    assert (lexicon.filled(form, *codes).search(text) is not None) is matches
