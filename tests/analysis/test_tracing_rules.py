"""Traces of single changes: rows and columns of tables, years beside figures, dictated words, questions answered."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest

from feedback_synth.analysis import tracing
from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.comparison import Change, Comparison, Pair, Segment, Trace, Version
from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.draft import Draft, Provision, TableRow
from feedback_synth.datamodel.opinion import Author, Edit, Opinion, Request


def opinion(text: str, language: str, request: Request = "amend", edits: tuple[Edit, ...] = ()) -> Opinion:
    return Opinion("s/b1/o1", "s", (Span("s/b1", 0, 1),), text, Author("A"), language, request, edits=edits)


def segments(old: str, new: str) -> tuple[Segment, ...]:
    """The words that left and came, word by word."""
    a, b = old.split(), new.split()
    found: list[Segment] = []
    for op, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Segment("equal", " ".join(a[i:j])))
            continue
        found += [Segment("delete", " ".join(a[i:j]))] if j > i else []
        found += [Segment("insert", " ".join(b[k:m]))] if m > k else []
    return tuple(found)


def draft(language: str, text: str, rows: tuple[TableRow, ...] = ()) -> Draft:
    article = Provision("4", "4", "article", "4", "", text)
    return Draft("d", "resolution", "d.docx", "0", language, (article,), rows)


def traced(told: Opinion, change: Change, row: str = "", rows: tuple[TableRow, ...] = (), language: str = "") -> Trace:
    """The trace of ``told``, linked to article 4 (and its ``row``), when ``change`` is all that changed in a draft of
    its own or another ``language``."""
    pair = Pair("4", "4", "4", "4")
    comparison = Comparison("resolution", Version("a", "0"), Version("b", "1"), (change,), pairs=(pair,))
    before = draft(language or told.language, "" if rows else change.old_text, rows)
    after = draft(language or told.language, "" if rows else change.new_text)
    link = Link(told.id, "resolution", "4", "4", True, 0.98, "", row)
    return tracing.trace([told], (), [link], [before], [after], [comparison]).traces[0]


def reworded(told: Opinion, old: str, new: str, language: str = "") -> Trace:
    change = Change("modified", True, "4", "4", "4", "4", old, new, segments(old, new))
    return traced(told, change, language=language)


def in_table(told: Opinion, name: str, old: str, new: str) -> Trace:
    """The trace of an opinion on the row of the bridge, when the row ``name`` changed or came."""
    kept = TableRow("4/t1/r1", "4", 1, "Ferry bridge", (("Cost", "40"),))
    change = Change(
        "modified" if old else "added", True, "4" if old else "", "4", "4", "4", old, new, segments(old, new), (), name
    )
    return traced(told, change, "Ferry bridge", (kept,))


# ---- tables ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry bridge needs VND 75 billion", "en"),
        ("Le pont du bac demande 75 milliards de dongs", "fr"),
        ("Cầu phà cần 75 tỷ đồng", "vi"),
    ],
)
def test_a_new_row_answers_for_no_other_row(text: str, language: str) -> None:
    assert in_table(opinion(text, language), "Night market", "", "Night market | 75").outcome == "none"
    assert in_table(opinion(text, language), "Ferry bridge", "Ferry bridge | 40", "Ferry bridge | 75").outcome == "full"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Add one more line of VND 75 billion", "en"),
        ("Ajouter une ligne de 75 milliards de dongs", "fr"),
        ("Bổ sung hạng mục trị giá 75 tỷ đồng", "vi"),
    ],
)
def test_a_new_row_answers_who_asked_for_one(text: str, language: str) -> None:
    assert in_table(opinion(text, language, "add"), "Night market", "", "Night market | 75").outcome == "full"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry bridge comes too late for the harvest", "en"),
        ("Le pont du bac arrive trop tard pour la récolte", "fr"),
        ("Cầu phà làm chậm so với mùa vụ", "vi"),
    ],
)
def test_further_columns_touch_no_row(text: str, language: str) -> None:
    told = opinion(text, language)
    wider, other = "Ferry bridge | 40 | piles 15 | deck 25", "Ferry bridge | piles 15"
    assert in_table(told, "Ferry bridge", "Ferry bridge | 40", wider).outcome == "none"
    assert in_table(told, "Ferry bridge", "Ferry bridge | 40", other).outcome == "partial"


# ---- years beside figures --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "language", "old", "new"),
    [
        ("Plant 900 trees, as agreed in 2029", "en", "The town plants 400 trees.", "The town plants 900 trees."),
        ("Planter 900 arbres dès 2029", "fr", "La ville plante 400 arbres.", "La ville plante 900 arbres."),
        ("Trồng 900 cây vào năm 2029", "vi", "Thị xã trồng 400 cây.", "Thị xã trồng 900 cây."),
    ],
)
def test_a_year_beside_a_count_that_was_met_is_circumstance(text: str, language: str, old: str, new: str) -> None:
    assert reworded(opinion(text, language), old, new).outcome == "full"


def test_a_year_beside_a_share_is_asked_for_too() -> None:
    told = opinion("Recycle 45% of waste by 2029", "en")
    old, new = "The town recycles 30% of waste.", "The town recycles 45% of waste."
    assert reworded(told, old, new).outcome == "partial"


@pytest.mark.parametrize(
    ("text", "language", "old", "new"),
    [
        ("ramener la redevance de 10 % à 5 %", "fr", "La redevance est de 10 %.", "La redevance est de 5 %."),
        ("giảm mức phí từ 10% xuống 5%", "vi", "Mức phí là 10%.", "Mức phí là 5%."),
        ("cut the levy from 10% to 5%", "en", "The levy is 10%.", "The levy is 5%."),
    ],
)
def test_a_step_down_is_met_by_its_lower_end(text: str, language: str, old: str, new: str) -> None:
    assert reworded(opinion(text, language), old, new).outcome == "full"


# ---- words -----------------------------------------------------------------------------------------
_INSERTIONS = [
    (
        "en",
        "The fund repairs dikes.",
        "with local masons trained in lime mortar",
        "The fund repairs dikes, employing local masons who know lime mortar.",
        "The fund repairs dikes in odd years.",
    ),
    (
        "fr",
        "Le fonds répare les digues.",
        "avec des maçons locaux formés au mortier de chaux",
        "Le fonds répare les digues en employant les maçons locaux qui connaissent le mortier de chaux.",
        "Le fonds répare les digues les années impaires.",
    ),
    (
        "vi",
        "Quỹ sửa chữa đê điều.",
        "bằng thợ nề địa phương biết dùng vữa vôi",
        "Quỹ sửa chữa đê điều, sử dụng thợ nề địa phương thạo vữa vôi.",
        "Quỹ sửa chữa đê điều vào các năm lẻ.",
    ),
]


@pytest.mark.parametrize(("language", "old", "dictated", "taken", "else_"), _INSERTIONS, ids=["en", "fr", "vi"])
def test_a_dictated_insertion_in_other_words(language: str, old: str, dictated: str, taken: str, else_: str) -> None:
    told = opinion(dictated, language, "add", (Edit("insert", "", dictated),))
    found = reworded(told, old, taken)
    assert (found.outcome, found.needs_review, found.reason) == ("full", True, "edit")
    assert reworded(told, old, else_).outcome == "none"


@pytest.mark.parametrize(
    ("text", "language", "old", "new"),
    [
        ("Who pays for it?", "en", "Wells are tested", "Wells are tested using contributions from users"),
        ("Qui paie ?", "fr", "Les puits sont contrôlés", "Les puits sont contrôlés grâce aux usagers"),
        ("Lấy tiền ở đâu?", "vi", "Kiểm tra giếng khoan", "Kiểm tra giếng khoan do người sử dụng đóng góp"),
    ],
)
def test_a_question_is_answered_in_part_by_what_was_added(text: str, language: str, old: str, new: str) -> None:
    told = opinion(text, language, "question")
    found = reworded(told, old, new)
    assert (found.outcome, found.needs_review) == ("partial", True)
    added = new.removeprefix(old).strip()
    assert reworded(told, old, f"{old} ; {added}").outcome == "none"  # a matter of its own
    assert reworded(told, old, " ".join([*old.split()[:-1], added])).outcome == "none"  # words left for it


def test_words_dictated_in_another_language_than_the_drafts_are_no_certain_refusal() -> None:
    told = opinion('Bỏ chữ "tạm thời"', "vi", "delete", (Edit("delete", "tạm thời", ""),))
    old, new = "The ferry has a temporary landing stage.", "The ferry has a landing stage."
    assert reworded(told, old, new, "en").reason != "edit"
    assert reworded(told, "Bến phà tạm thời.", "Bến phà tạm thời, có mái che.").reason == "edit"
