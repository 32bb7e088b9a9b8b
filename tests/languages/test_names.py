"""People in three languages are the same people."""

from __future__ import annotations

import pytest

from feedback_synth.languages import names


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Tống Thanh Hải", "Tong Thanh Hai", True),
        ("Mạc Quang Dũng", "Dung", True),
        ("Quang Dũng", "Mac Quang Dung", True),
        ("Lê Văn Dũng", "Mạc Quang Dũng", False),
        ("Hải", "Hà", False),
        ("Đỗ Minh Tuấn", "do minh tuan", True),
        ("", "Dung", False),
    ],
)
def test_same_person(one: str, other: str, expected: bool) -> None:
    assert names.same(one, other) is expected
    assert names.same(other, one) is expected


def test_given_name_is_the_last_word() -> None:
    assert names.given("Tống Thanh Hải") == "hai"
    assert names.given(" ") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ông Khánh vừa nêu", True),
        ("của ông Đặng Quốc Khánh", True),
        ("khánh thành trường", True),
        ("ông Khang", False),
    ],
)
def test_mentions(text: str, expected: bool) -> None:
    assert names.mentions(text, "Đặng Quốc Khánh") is expected
