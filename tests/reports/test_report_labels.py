"""The words of reports: complete in every language, written the local way."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

import feedback_synth
from feedback_synth.config import DATA, catalogue
from feedback_synth.datamodel.document import Locator, Notice
from feedback_synth.datamodel.report import Spelling
from feedback_synth.errors import ConfigError, Sentence
from feedback_synth.reports.labels import Labels

_GIVEN = r"""(?:\bNotice|\.notice|\b_notice|\b_about)\(\s*["']([a-z_]+)["']"""
LANGUAGES = ("vi", "fr", "en")
SOURCE = Path(feedback_synth.__file__).parent


def flat(table: dict[str, object], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": str(value)}
    return found


def labels(language: str) -> dict[str, str]:
    return flat(tomllib.loads((DATA / "labels" / f"{language}.toml").read_text(encoding="utf-8")))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_stands_in_every_language_with_the_same_places(language: str) -> None:
    first, other = labels("vi"), labels(language)
    assert sorted(set(first) ^ set(other)) == []
    dates = {"day", "two", "month", "year", "number"}  # each language writes dates in its own way
    assert [k for k in first if fields(first[k]) - dates != fields(other[k]) - dates] == []
    assert [k for k, text in other.items() if not text.strip() and first[k].strip()] == []


def test_every_key_that_the_code_asks_for_exists() -> None:
    known = labels("vi")
    asked: set[str] = set()
    for file in sorted((SOURCE / "reports").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        asked |= set(re.findall(r"""labels(?:\(|\.find\()\s*["']([a-z_.]+)["']""", text))
        asked |= {f"{key}.one" for key in re.findall(r"""labels\.count\(\s*["']([a-z_.]+)["']""", text)}
    asked |= {f"synthesis.{key}.one" for key in ("indicators", "indicators_discussed")}
    page = (DATA / "templates" / "report.html.j2").read_text(encoding="utf-8")
    asked |= {k for k in re.findall(r"labels\('([a-z_.]+)'", page) if not k.endswith(".")}
    assert len(asked) > 80
    assert sorted(asked - set(known)) == []


def test_every_notice_that_the_code_gives_has_a_sentence() -> None:
    known = {k.removeprefix("notices.") for k in labels("vi") if k.startswith("notices.")}
    for file in (DATA / "labels").glob("notices_*.toml"):
        known |= set(tomllib.loads(file.read_text(encoding="utf-8")))
    given: set[str] = set()
    for file in sorted(SOURCE.rglob("*.py")):
        given |= set(re.findall(_GIVEN, file.read_text(encoding="utf-8")))
    assert "same_content" in given
    assert sorted(given - known) == []


def test_numbers_and_dates_are_written_the_local_way() -> None:
    vi, fr, en = (Labels(code) for code in LANGUAGES)
    assert [x.number(1234567.5, 1) for x in (vi, fr, en)] == ["1.234.567,5", "1\u202f234\u202f567,5", "1,234,567.5"]
    assert vi.date("2026-01-05") == "ngày 05 tháng 01 năm 2026"
    assert vi.date("2026-05-27") == "ngày 27 tháng 5 năm 2026"
    assert fr.date("2026-10-01") == "le 1er octobre 2026"
    assert en.date("2026-10-01") == "1 October 2026"
    assert vi.date("2026-10-15", "short_date") == "15/10/2026"
    assert (vi.date("2026"), vi.date("quý IV"), vi.date("2026-02")) == ("2026", "quý IV", "tháng 02 năm 2026")
    assert (vi.percent(1, 8), fr.percent(1, 8), vi.percent(1, 0)) == ("12,5%", "12,5\u00a0%", "")


def test_counts_take_the_form_of_their_number() -> None:
    en, fr = Labels("en"), Labels("fr")
    assert [en.count("synthesis.opinions", n) for n in (0, 1, 2)] == ["0 opinions", "1 opinion", "2 opinions"]
    assert fr.count("synthesis.more", 0, rows="").startswith("et 0 autre avis")


def test_spelling_is_the_offices_and_values_stay() -> None:
    own = Labels("vi", Spelling(uy="Uỷ", education="GDĐT"))
    assert own.name("body_kinds", "administration") == "Uỷ ban nhân dân"
    assert own("comparison.title", name="ỦY BAN, GD&ĐT").endswith("ỦY BAN, GD&ĐT")


def test_places_in_words() -> None:
    assert Labels("vi").locator(Locator(page=3, paragraph=17)) == "trang 3, đoạn 17"
    assert (
        Labels("en").locator(Locator(sheet="Tổng hợp", cell="D5", table=1, row=5, column=4))
        == "sheet Tổng hợp, cell D5"
    )
    assert Labels("fr").locator(Locator(part="comment", paragraph=2)) == "commentaire, paragraphe 2"


def test_a_notice_without_a_sentence_is_still_shown() -> None:
    assert Labels("vi").notice(Notice("never_heard", (("file", "a.docx"),))) == "never_heard (file: a.docx)"
    assert "b.docx" in Labels("en").notice(Notice("same_content", (("name", "b.docx"),)))


def test_an_unknown_language_falls_back_and_an_unknown_key_is_named() -> None:
    assert Labels("lo").language == "vi"
    with pytest.raises(ConfigError, match=r"no\.such\.key"):
        Labels("vi")("no.such.key")


@pytest.mark.parametrize("language", LANGUAGES)
def test_failures_are_said_in_the_language_of_the_report(language: str) -> None:
    template = next(w for w in catalogue("vi") if {name for _, name, _, _ in Formatter().parse(w) if name} == {"file"})
    said = Labels(language).sentence(Sentence(template, file="thư.docx"))
    assert "thư.docx" in said and "{" not in said
    assert (said == Sentence(template, file="thư.docx")) == (language == "en")
    assert Labels(language).sentence("words of no sentence") == "words of no sentence"
