"""Sentence ends in legal and administrative text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth.languages.sentences import sentences


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("Một câu. Hai câu.", "vi", ["Một câu.", "Hai câu."]),
        ("1. Về chỉ tiêu cần rõ. 2. Về vốn.", "vi", ["1. Về chỉ tiêu cần rõ.", "2. Về vốn."]),
        ("Điều 5. Kinh phí thực hiện. Khác.", "vi", ["Điều 5. Kinh phí thực hiện.", "Khác."]),
        ("Sửa khoản 3 Điều 4. Bỏ khoản 2.", "vi", ["Sửa khoản 3 Điều 4.", "Bỏ khoản 2."]),
        ("TS. Lê Minh phát biểu. PGS. Hà đồng ý.", "vi", ["TS. Lê Minh phát biểu.", "PGS. Hà đồng ý."]),
        ("Đạt 4.0 điểm. Cao.", "vi", ["Đạt 4.0 điểm.", "Cao."]),
        ("Dòng một\nDòng hai", "vi", ["Dòng một", "Dòng hai"]),
        ("Resolution No. 29 is cited. See Art. 4.", "en", ["Resolution No. 29 is cited.", "See Art. 4."]),
        ('He said "stop." Then left.', "en", ['He said "stop."', "Then left."]),
        ("M. Dung a parlé. Mme Lan aussi ?", "fr", ["M. Dung a parlé.", "Mme Lan aussi ?"]),
        ("Chi v.v. Và nữa…", "vi", ["Chi v.v. Và nữa…"]),
        ("", "vi", []),
    ],
)
def test_sentences(text: str, code: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text, code)] == expected


@given(st.text(alphabet="aĐ1. \n?!…;“”)", max_size=40), st.sampled_from(("vi", "en", "fr")))
def test_every_character_is_in_one_sentence(text: str, code: str) -> None:
    spans = sentences(text, code)
    held = [i for a, b in spans for i in range(a, b)]
    assert len(held) == len(set(held))
    assert all(text[i].isspace() for i in range(len(text)) if i not in held)
