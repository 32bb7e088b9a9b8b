"""Literal changes in three languages."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.opinion import Edit
from feedback_synth.opinions.edits import edits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('đề nghị sửa cụm từ "A một" thành "B hai"', Edit("replace", "A một", "B hai")),
        ("thay “có thể” bằng cụm từ “phải”", Edit("replace", "có thể", "phải")),
        ('bỏ cụm từ "từng bước"', Edit("delete", "từng bước")),
        ('bổ sung cụm từ "xã biên giới" vào sau cụm từ "vùng cao"', Edit("insert", "vùng cao", "xã biên giới")),
        ('sau từ "vùng cao" thêm "biên giới"', Edit("insert", "vùng cao", "biên giới")),
        ('bổ sung "hợp tác xã"', Edit("insert", "", "hợp tác xã")),
        ('replace "may" with "shall"', Edit("replace", "may", "shall")),
        ('change the words "at most" to "at least"', Edit("replace", "at most", "at least")),
        ('delete the word "gradually"', Edit("delete", "gradually")),
        ('insert "and wards" after "communes"', Edit("insert", "communes", "and wards")),
        ("remplacer les mots « peut être » par « est »", Edit("replace", "peut être", "est")),
        ("supprimer le mot « progressivement »", Edit("delete", "progressivement")),
        ("ajouter « et les quartiers » après « communes »", Edit("insert", "communes", "et les quartiers")),
        ("au lieu de « vise », écrire « atteint »", Edit("replace", "vise", "atteint")),
    ],
)
def test_one_edit(text: str, expected: Edit) -> None:
    assert edits(text) == (expected,)


def test_two_edits_in_order() -> None:
    assert [e.kind for e in edits('bỏ "A"; thay "B" bằng "C"')] == ["delete", "replace"]


def test_quotation_without_a_verb_is_no_edit() -> None:
    assert edits('cụm từ "theo khả năng" quá chung') == ()
