"""Ủy or Uỷ, GD&ĐT or GDĐT in a run of one command, as a workspace has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from feedback_synth import results
from feedback_synth.cli import main
from feedback_synth.datamodel.report import Spelling

DRAFT = "NGHỊ QUYẾT\nĐiều 1. Mục tiêu\n1. Đến năm 2030, tỷ lệ trường học có hạ tầng số đạt 70%.\n"
LETTER = "UBND xã Nậm Khao tham gia ý kiến như sau:\n1. Đề nghị nâng tỷ lệ trường học có hạ tầng số lên 80%.\n"


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [((), Spelling()), (("--uy", "Uỷ"), Spelling("Uỷ")), (("--education", "GDĐT"), Spelling(education="GDĐT"))],
)
def test_the_spelling_reaches_the_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], chosen: Spelling
) -> None:
    seen: list[Spelling] = []

    def of_synthesis(_analysis: Any, options: Any, _job: Any) -> dict[str, bytes]:
        seen.append(options.spelling)
        return {"report.txt": b""}

    monkeypatch.setattr(results, "of_synthesis", of_synthesis)
    letter, draft = tmp_path / "thu.txt", tmp_path / "nq.txt"
    letter.write_text(LETTER, encoding="utf-8")
    draft.write_text(DRAFT, encoding="utf-8")
    given = ["synthesize", str(letter), "--draft", f"resolution={draft}", "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(main, [*given, "--encoder", "none", "--quiet", *typed])
    assert (done.exit_code, seen) == (0, [chosen]), done.output


@pytest.mark.parametrize("typed", [("--uy", "Uy"), ("--education", "GD")])
def test_other_spellings_are_refused(typed: tuple[str, str]) -> None:
    assert CliRunner().invoke(main, ["compare", "a.docx", "b.docx", *typed, "-o", "x"]).exit_code == 2
