"""Oppositions: contrary wishes on one provision, and only those."""

from __future__ import annotations

from feedback_synth.analysis import oppositions
from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.opinion import Author, Edit, Opinion, Request


def opinion(
    text: str, n: int, request: Request = "amend", language: str = "vi", edits: tuple[Edit, ...] = ()
) -> Opinion:
    span = Span(f"s{n}/b1", 0, len(text))
    return Opinion(f"s{n}/b1/o1", f"s{n}", (span,), text, Author(f"Người {n}"), language, request, edits=edits)


def link(o: Opinion, provision: str = "1/1") -> Link:
    return Link(o.id, "resolution", provision, "Điều 1 khoản 1", True, 0.97)


def pairs(*opinions: Opinion) -> list[tuple[str, ...]]:
    return [x.opinion_ids for x in oppositions.find(opinions, [link(o) for o in opinions])]


def test_raise_against_lower() -> None:
    up, down = opinion("Nâng tỷ lệ lên 85%", 1), opinion("Tỷ lệ này quá cao, hạ xuống 60%", 2)
    other = opinion("Ghi rõ cơ quan chủ trì", 3)
    assert pairs(up, down, other) == [(up.id, down.id)]


def test_delete_against_add_in_two_languages() -> None:
    gone = opinion("This clause should be dropped", 1, "delete", "en")
    more = opinion("Nên bổ sung đối tượng hộ cận nghèo", 2, "add")
    assert pairs(gone, more) == [(gone.id, more.id)]


def test_two_replacements_of_the_same_words() -> None:
    one = opinion("sửa", 1, edits=(Edit("replace", "hằng năm", "sáu tháng một lần"),))
    two = opinion("sửa", 2, edits=(Edit("replace", "hằng năm", "hai năm một lần"),))
    same = opinion("sửa", 3, edits=(Edit("replace", "hằng năm", "Sáu tháng một lần"),))
    assert pairs(one, two) == [(one.id, two.id)]
    assert pairs(one, same) == []


def test_not_across_provisions() -> None:
    up, down = opinion("Nâng lên 85%", 1), opinion("Hạ xuống 60%", 2)
    assert oppositions.find([up, down], [link(up, "1/1"), link(down, "1/2")]) == ()
