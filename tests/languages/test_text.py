import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth.languages import text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa bình", "hoà bình"),
        ("Ủy ban", "Uỷ ban"),
        ("xóa mù", "xoá mù"),
        ("khóe", "khoé"),
        ("lý do", "lí do"),
        ("kỹ năng", "kĩ năng"),
        ("BCÐTW", "bcđtw"),
        (unicodedata.normalize("NFD", "Đề án giáo dục"), "đề án giáo dục"),
    ],
)
def test_two_spellings_of_one_word_have_one_key(one: str, other: str) -> None:
    assert text.match_key(one) == text.match_key(other)


@pytest.mark.parametrize("word", ["quý", "hoàn", "toán", "thuyền", "loài", "mùa", "tay"])
def test_the_tone_of_other_syllables_stays_where_it_is(word: str) -> None:
    assert text.match_key(word) == word


def test_figures_and_symbols_are_whole_tokens() -> None:
    assert text.tokens("đạt 1.234,5 và 70% (Nghị quyết 57-NQ/TW)") == [
        "đạt",
        "1.234,5",
        "và",
        "70%",
        "nghị",
        "quyết",
        "57",
        "nq/tw",
    ]


def test_clean_keeps_line_breaks_and_drops_what_nobody_sees() -> None:
    assert text.clean("  a\u00a0\t b\u200b \r\n  c\x07 ") == "a b\nc"


@given(st.text())
def test_clean_is_done_once(raw: str) -> None:
    assert text.clean(text.clean(raw)) == text.clean(raw)


@given(st.text())
def test_folding_remembers_where_each_character_came_from(raw: str) -> None:
    folded = text.fold(raw)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)


def test_a_match_on_folded_text_quotes_the_original() -> None:
    original = "Theo  Đề án, Ủy ban nhân dân"
    folded = text.fold(original)
    start = folded.text.index("uy ban")
    assert original[slice(*folded.original(start, start + len("uy ban")))] == "Ủy ban"


@given(st.text(st.sampled_from(" aộo\u0323\u0302\u00a0\u200b\n\t\u00ad")))
def test_what_looks_clean_is_clean(raw: str) -> None:
    cleaned = text.clean(raw)
    assert cleaned == cleaned.strip() and "  " not in cleaned
    assert not set(cleaned) & set("\u00a0\u200b\t\u00ad") and unicodedata.is_normalized("NFC", cleaned)
