"""Figures of requests: amounts without their currency, steps down, counts in one unit, cells in the head's scale."""

from __future__ import annotations

import pytest

from feedback_synth.analysis._alike import goals
from feedback_synth.analysis._changes import any_figure
from feedback_synth.analysis._demand import Demand, of_opinion
from feedback_synth.analysis._figures import asked, figures
from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.opinion import Author, Opinion, Request


def demand(text: str, language: str, request: Request = "amend") -> Demand:
    return of_opinion(Opinion("s/b1/o1", "s", (Span("s/b1", 0, 1),), text, Author("A"), language, request), ())


def values(text: str, language: str, measure: str) -> list[float]:
    return [f.value for f in figures(text, language) if f.measure == measure]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Trợ cấp 2,5 triệu đồng mỗi quý, nên là 4 triệu", "vi"),
        ("The grant of VND 2.5 million a quarter should become 4 million", "en"),
        ("L'allocation de 2,5 millions de dongs par trimestre devrait passer à 4 millions", "fr"),
    ],
)
def test_a_bare_scale_is_money_where_its_sentence_named_a_currency(text: str, language: str) -> None:
    assert values(text, language, "money") == [2.5e6, 4e6]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Trợ cấp 2,5 triệu đồng mỗi quý. Dân số là 4 triệu", "vi"),
        ("The grant is VND 2.5 million a quarter. The town counts 4 million", "en"),
        ("L'allocation est de 2,5 millions de dongs. La ville en compte 4 millions", "fr"),
    ],
)
def test_a_scale_in_the_next_sentence_is_no_money(text: str, language: str) -> None:
    assert values(text, language, "money") == [2.5e6]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ramener la part de 35 % à 20 %", "fr"),
        ("giảm tỷ lệ từ 35% xuống 20%", "vi"),
        ("hạ tỷ lệ từ 35% còn 20%", "vi"),
        ("lower the share from 35% to 20%", "en"),
    ],
)
def test_both_ends_of_a_step_down_are_figures(text: str, language: str) -> None:
    assert values(text, language, "percent") == [35, 20]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("14 giếng là quá nhiều, giảm xuống 9", "vi"),
        ("14 wells are too many, reduce this to 9", "en"),
        ("14 puits, c'est trop, réduire à 9", "fr"),
    ],
)
def test_a_bare_number_counts_what_the_opinion_counts(text: str, language: str) -> None:
    first, second = demand(text, language).targets
    assert (first.value, second.value) == (14, 9)
    assert (second.measure, second.unit) == ("count", first.unit)


def test_a_bare_number_beside_two_kinds_of_things_stays_bare() -> None:
    bare = [f for f in demand("14 wells and 3 dams are too many, reduce to 9", "en").targets if f.value == 9]
    assert [f.measure for f in bare] == ["plain"]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [("three hundred lamps", "en", 300), ("sixty five lamps", "en", 65), ("quatre cent lampes", "fr", 400)],
)
def test_hundreds_are_multiplied_and_units_added(text: str, language: str, value: float) -> None:
    assert value in {f.value for f in figures(text, language)}


@pytest.mark.parametrize(("cell", "agrees"), [("35", True), ("35000", True), ("36", False), ("3,5", False)])
def test_a_cell_is_read_in_the_scale_of_its_head(cell: str, agrees: bool) -> None:
    (wanted,) = figures("35 tỷ đồng", "vi")
    (found,) = map(any_figure, figures(cell, "vi"))
    assert wanted.same(found) == found.same(wanted) == agrees


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bỏ chữ “hằng quý” nhưng giữ lại điểm này", "vi"),
        ("Delete the word “quarterly” but keep the point", "en"),
        ("Supprimer le mot « trimestriel » mais conserver le point", "fr"),
    ],
)
def test_what_removes_words_and_keeps_the_point_deletes_nothing(text: str, language: str) -> None:
    assert not demand(text, language, "delete").deletes
    assert not demand(text, language, "amend").removes


@pytest.mark.parametrize(
    ("text", "language"),
    [("Bỏ điểm này", "vi"), ("Delete this point", "en"), ("Supprimer ce point", "fr")],
)
def test_what_only_removes_deletes(text: str, language: str) -> None:
    assert demand(text, language, "delete").deletes
    assert demand(text, language, "delete").removes


@pytest.mark.parametrize(
    ("text", "language", "rates"),
    [
        ("Báo cáo hằng năm là thưa, 6 tháng/lần mới kịp", "vi", [1, 2]),
        ("Hỗ trợ 2 triệu đồng mỗi tháng", "vi", []),
        ("One inspection a year is too few, make it quarterly", "en", [4]),
        ("A report every two years tells nobody anything; once a year", "en", [0.5, 1]),
        ("un contrôle tous les six mois plutôt qu'annuel", "fr", [2, 1]),
    ],
)
def test_frequencies_are_figures_unless_they_are_the_period_of_an_amount(
    text: str, language: str, rates: list[float]
) -> None:
    found = figures(text, language)
    assert [f.value for f in found if f.measure in ("frequency", "period")] == rates


@pytest.mark.parametrize(
    ("text", "rates"), [("Trợ cấp cho cô đỡ hằng tháng", []), ("Báo cáo hằng quý chứ không phải hằng năm", [4, 1])]
)
def test_a_period_is_asked_for_only_beside_another(text: str, rates: list[float]) -> None:
    assert [t.value for t in demand(text, "vi").targets] == rates


def test_the_number_of_a_frequency_is_no_figure_of_its_own() -> None:
    assert values("Sơ kết 6 tháng một lần", "vi", "count") == []


@pytest.mark.parametrize(
    ("asked", "written", "same"),
    [("báo cáo 6 tháng/lần", "every six months", True), ("báo cáo mỗi quý một lần", "twice a year", False)],
)
def test_frequencies_are_compared_across_languages(asked: str, written: str, same: bool) -> None:
    (wanted,) = demand(asked, "vi").targets
    (found,) = figures(f"reported {written}", "en")
    assert wanted.same(found) is same


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("six millions et demi de visiteurs, six millions suffisent", "fr", [6.5e6, 6e6]),
        ("trois cent mille plants", "fr", [300_000]),
        ("mới thu trăm tư triệu một vụ, nên để một trăm rưỡi", "vi", [140e6, 150e6]),
        ("hai triệu rưỡi cho một trăm linh hai hộ", "vi", [2.5e6, 102]),
        ("a hundred and fifty households, two million and a half", "en", [150, 2.5e6]),
        ("hàng trăm triệu người, cả trăm năm", "vi", []),
        ("the hundred flowers", "en", [100]),
    ],
)
def test_amounts_in_words_count_with_their_scale(text: str, language: str, expected: list[float]) -> None:
    assert [f.value for f in figures(text, language) if f.measure in ("count", "plain", "money")] == expected


def test_an_amount_in_words_before_a_currency_is_money() -> None:
    assert values("thirty-five thousand dong a day", "en", "money") == [35_000]


def test_part_of_an_amount_in_words_is_no_figure_of_its_own() -> None:
    assert [f.value for f in figures("Two hundred and fifty million a year", "en")] == [250e6]


@pytest.mark.parametrize(
    ("text", "language", "aim"),
    [
        ("90% là cao, để 80 thôi mà làm cho thật", "vi", 80),
        ("Ngần ấy chỗ mà đặt 60% thì thấp, nâng lên 75.", "vi", 75),
        ("Ninety per cent will not be reached honestly: make it 80.", "en", 80),
        ("95 % en deux ans, personne n'y croit ; 88 suffirait", "fr", 88),
    ],
)
def test_a_figure_without_its_sign_has_that_of_the_one_before(text: str, language: str, aim: float) -> None:
    assert values(text, language, "percent")[-1] == aim


@pytest.mark.parametrize(
    ("text", "language", "amount"),
    [
        ("Hai triệu đồng chỉ mua nổi xi măng, cho bốn triệu", "vi", 4e6),
        ("mức này chỉ mua nổi xi măng, nâng lên 4 triệu", "vi", 4e6),
        ("VND 200,000 does not cover the petrol. 300,000 would be fair", "en", 3e5),
        ("Two million dong is not enough so far from the pipe. Make it three", "en", 3e6),
        ("un complément de 150 000 dongs représente un œuf ; 200 000 nous semble le plancher", "fr", 2e5),
    ],
)
def test_an_amount_without_its_currency_has_that_of_the_one_before(text: str, language: str, amount: float) -> None:
    assert values(text, language, "money")[-1] == amount


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("75% of the villages, 12 in all, and 40 schools", "en"),
        ("90% in clause 2 of Article 3 is too much; see point 4.", "en"),
        ("trồng 20 triệu cây, giữ tỷ lệ 60%", "vi"),
        ("60 % des 40 écoles et 2 millions de dongs par école, puis à 3", "fr"),
    ],
)
def test_what_counts_things_keeps_its_measure(text: str, language: str) -> None:
    assert len(values(text, language, "percent")) == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nên đặt 80% chứ không phải 60%", "vi"),
        ("Aim at 80% rather than 60%", "en"),
        ("mieux vaut viser 80 % que 60 %", "fr"),
        ("La majorité souhaite 80 % au lieu de 60 %", "fr"),
    ],
)
def test_the_amount_to_be_left_is_no_aim(text: str, language: str) -> None:
    assert goals(asked(text, language))["percent"].value == 80
