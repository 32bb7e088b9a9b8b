"""An opinion that doubts a figure is about the place where the figure stands."""

from __future__ import annotations

import pytest

from feedback_synth.analysis import links
from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.draft import Draft, Level, Provision, TableRow
from feedback_synth.datamodel.opinion import Author, Opinion


def provision(identity: str, label: str, level: Level, text: str, parent: str = "") -> Provision:
    return Provision(identity, label, level, identity[-1], "", text, parent)


PROJECT = Draft(
    "p", "project", "de-an.docx", "1", "vi",
    (
        provision("I", "Phần I", "part", "THỰC TRẠNG"),
        provision("I.1", "Phần I mục 1", "section", "Toàn tỉnh có 2.318 giếng khoan và 46 trạm bơm.", "I"),
        provision("II", "Phần II", "part", "MỤC TIÊU"),
        provision("II.1", "Phần II mục 1", "section", "Giảm số giếng khoan theo Biểu 01; giữ 46 trạm bơm.", "II"),
    ),
    (TableRow("II.1/t1/r1", "II.1", 1, "Giếng khoan", (("Hiện trạng", "2318"), ("Mục tiêu 2030", "900"))),),
)  # fmt: skip


def first(text: str, language: str) -> str:
    one = Opinion("s/b1/o1", "s", (Span("s/b1", 0, len(text)),), text, Author(), language, "amend")
    return next((x.label for x in links.link([one], [PROJECT])), "")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "Số giếng khoan 2.318 không khớp với sổ của xã."),
        ("en", "The number of drilled wells (2,318) does not match our register; the target is to fall."),
        ("fr", "Le nombre de puits forés (2 318) ne concorde pas avec notre registre."),
    ],
)
def test_the_place_of_the_figure(language: str, text: str) -> None:
    assert first(text, language) == "Phần I mục 1"


def test_a_figure_that_stands_in_two_places_tells_nothing() -> None:
    assert first("Con số 46 không khớp; giảm số giếng khoan theo mục tiêu.", "vi") != "Phần I mục 1"
