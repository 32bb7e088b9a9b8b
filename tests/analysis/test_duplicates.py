"""Duplicates: one set for one request; never across figures, negations, directions or places."""

from __future__ import annotations

import time

import pytest

from feedback_synth.analysis import duplicates
from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.opinion import Author, Opinion


def opinion(text: str, n: int, language: str = "vi") -> Opinion:
    span = Span(f"s{n}/b1", 0, len(text))
    return Opinion(f"s{n}/b1/o1", f"s{n}", (span,), text, Author(organization=f"Xã số {n}"), language, "amend")


def sets(*texts: str) -> list[tuple[int, ...]]:
    opinions = [opinion(t, n) for n, t in enumerate(texts)]
    position = {o.id: n for n, o in enumerate(opinions)}
    return [tuple(position[i] for i in s.opinion_ids) for s in duplicates.find(opinions)]


def test_copies_and_near_copies_are_one_set() -> None:
    assert sets(
        "Đề nghị bổ sung kinh phí sửa chữa đường liên xã",
        "Đề nghị bổ sung thêm kinh phí để sửa chữa đường liên xã.",
        "Đề nghị bổ sung kinh phí sửa chữa đường liên xã",
        "Tăng số bác sĩ cho trạm y tế vùng cao",
    ) == [(0, 1, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nâng tỷ lệ hộ dùng nước sạch lên 80%", "Nâng tỷ lệ hộ dùng nước sạch lên 60%"),
        ("Nâng tỷ lệ che phủ rừng lên mức cao hơn", "Hạ tỷ lệ che phủ rừng xuống mức thấp hơn"),
        ("Nên sáp nhập hai trạm y tế của xã", "Không nên sáp nhập hai trạm y tế của xã"),
        ("Xây cầu qua suối cho xã Mường Lát", "Xây cầu qua suối cho xã Quan Sơn"),
        ("Hoàn thành đường liên xã trước năm 2027", "Hoàn thành đường liên xã trước năm 2029"),
    ],
)
def test_never_merged_when_they_differ(one: str, other: str) -> None:
    assert sets(one, other) == []


def test_the_id_stays_when_another_joins() -> None:
    first = [opinion("Bổ sung kinh phí sửa đường liên xã", n) for n in range(2)]
    more = [*first, opinion("Bổ sung kinh phí sửa đường liên xã", 9)]
    assert duplicates.find(first)[0].id == duplicates.find(more)[0].id


def test_two_points_of_one_speaker_are_not_a_set() -> None:
    author = Author("Hà Thị Mai")
    texts = ("Bổ sung vốn làm đường cho xã biên giới", "Bổ sung vốn làm trường cho xã biên giới")
    told = [Opinion(f"s/b{n}/o1", "s", (Span(f"s/b{n}", 0, 9),), t, author, "vi", "add") for n, t in enumerate(texts)]
    assert duplicates.find(told) == ()


def test_thousands_of_form_letters_take_seconds() -> None:
    letters = [
        opinion(f"Đề nghị tỉnh quan tâm đầu tư công trình số {n % 40} phục vụ tưới tiêu", n) for n in range(1500)
    ]
    start = time.perf_counter()
    found = duplicates.find(letters)
    assert time.perf_counter() - start < 20
    assert max(len(s.opinion_ids) for s in found) >= 37
