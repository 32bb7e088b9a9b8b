"""Every notice code of this room has a sentence in three languages and a line in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import feedback_synth.documents as room
from feedback_synth import config

ROOT = Path(room.__file__).parent


def codes() -> dict[str, set[str]]:
    """Code -> names of its values, as the source uses them."""
    found: dict[str, set[str]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        for match in re.finditer(
            r'notice\(\s*"(\w+)"((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)', path.read_text("utf-8")
        ):
            found.setdefault(match[1], set()).update(re.findall(r"[\s,(](\w+)=(?!=)", match[2]))
    found["scanned_page"] = found["read_by_ocr"] = {"page"}
    return found


def test_every_code_has_its_sentences_with_its_values() -> None:
    sentences = config.load_toml("labels/notices_documents.toml")
    assert sorted(sentences) == sorted(codes())
    for code, values in codes().items():
        for language in ("en", "vi", "fr"):
            placeholders = set(re.findall(r"{(\w+)}", sentences[code][language]))
            assert placeholders == values, (code, language)


def test_every_code_is_documented() -> None:
    documentation = Path(__file__).parents[2] / "docs" / "reading.md"
    named = set(re.findall(r"^\| `(\w+)` \|", documentation.read_text("utf-8"), re.MULTILINE))
    assert named == set(codes())
