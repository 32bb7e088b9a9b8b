"""Comparison of two drafts: pairs, kinds, words, rows, figures."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from making import document, draft

from feedback_synth.datamodel.comparison import Comparison
from feedback_synth.datamodel.document import Block, Locator
from feedback_synth.datamodel.draft import Draft
from feedback_synth.drafts import compare, parse

WORDS = (
    "trường lớp học sinh giáo viên ngân sách đầu tư xây dựng đào tạo nghề xã phường bản làng nước điện đường y tế"
).split()


def entries(found: Comparison) -> list[tuple[str, str, str]]:
    return [(c.kind, c.old_label, c.new_label) for c in found.changes]


def articles(*texts: str) -> list[str]:
    return [f"Điều {n}. {text}" for n, text in enumerate(texts, start=1)]


A = "Hỗ trợ học phí cho học sinh nghèo ở các xã biên giới."
B = "Đầu tư xây dựng phòng học và nhà công vụ cho giáo viên."
C = "Ngân sách tỉnh bảo đảm kinh phí hằng năm theo quy định."
D = "Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết này."


def test_nothing_changed() -> None:
    made = draft(*articles(A, B, C))
    found = compare(made, made, "resolution")
    assert found.changes == ()
    assert [p.new_label for p in found.unchanged] == ["Điều 1", "Điều 2", "Điều 3"]


def test_an_inserted_article_renumbers_the_rest() -> None:
    found = compare(draft(*articles(A, B, C)), draft(*articles(A, D, B, C)))
    assert entries(found) == [
        ("added", "", "Điều 2"),
        ("renumbered", "Điều 2", "Điều 3"),
        ("renumbered", "Điều 3", "Điều 4"),
    ]
    assert [c.substantive for c in found.changes] == [True, False, False]


def test_words_inside_a_provision() -> None:
    old = draft("Điều 1. Mục tiêu", "1. Đến năm 2030, 70% trường có thư viện theo khoản 2 Điều 3.")
    new = draft("Điều 1. Mục tiêu", "1. Đến năm 2030, 80% trường có thư viện theo khoản 4 Điều 3.")
    (change,) = compare(old, new).changes
    assert (change.kind, change.deleted, change.inserted) == (
        "modified",
        "70% … khoản 2 Điều 3",
        "80% … khoản 4 Điều 3",
    )
    assert "".join(s.text for s in change.segments if s.op != "insert") == change.old_text
    assert "".join(s.text for s in change.segments if s.op != "delete") == change.new_text


def test_a_moved_article_is_one_entry() -> None:
    old = draft("Chương I", "CHUNG", *articles(A)[:1], "Chương II", "RIÊNG", f"Điều 2. {B}", f"Điều 3. {C}")
    new = draft("Chương I", "CHUNG", *articles(A)[:1], f"Điều 2. {C}", "Chương II", "RIÊNG", f"Điều 3. {B}")
    kinds = {(c.kind, c.old_label) for c in compare(old, new).changes}
    assert kinds == {("moved", "Điều 3"), ("renumbered", "Điều 2")}


def test_swapped_points() -> None:
    old = draft("Điều 1. Việc", "1. Gồm:", f"a) {A}", f"b) {B}", f"c) {C}")
    new = draft("Điều 1. Việc", "1. Gồm:", f"a) {A}", f"b) {C}", f"c) {B}")
    assert entries(compare(old, new)) == [
        ("moved", "Điều 1 khoản 1 điểm c", "Điều 1 khoản 1 điểm b"),
        ("renumbered", "Điều 1 khoản 1 điểm b", "Điều 1 khoản 1 điểm c"),
    ]


def test_split_and_merged() -> None:
    one = draft("Điều 1. Việc", f"1. {A[:-1]}; {B[0].lower()}{B[1:]}", f"2. {C}")
    two = draft("Điều 1. Việc", f"1. {A}", f"2. {B}", f"3. {C}")
    assert [(k, a, b) for k, a, b in entries(compare(one, two)) if k != "renumbered"] == [
        ("split", "Điều 1 khoản 1", "Điều 1 khoản 1"),
        ("split", "Điều 1 khoản 1", "Điều 1 khoản 2"),
    ]
    assert sorted((k, a, b) for k, a, b in entries(compare(two, one)) if k != "renumbered") == [
        ("merged", "Điều 1 khoản 1", "Điều 1 khoản 1"),
        ("merged", "Điều 1 khoản 2", "Điều 1 khoản 1"),
    ]


def test_removed_with_what_stands_below() -> None:
    old = draft(f"Điều 1. {A}", "Điều 2. Việc", f"1. {B}", f"2. {C}")
    new = draft(f"Điều 1. {A}")
    assert entries(compare(old, new)) == [
        ("removed", "Điều 2", ""),
        ("removed", "Điều 2 khoản 1", ""),
        ("removed", "Điều 2 khoản 2", ""),
    ]


def test_cosmetic_changes_are_not_substantive() -> None:
    old = draft("Điều 1. Việc", "1. Ủy ban nhân dân hòa giải, báo cáo.")
    new = draft("Điều 1. Việc", "1. Uỷ ban Nhân dân hoà giải; báo cáo.")
    (change,) = compare(old, new).changes
    assert (change.kind, change.substantive) == ("modified", False)


def test_strength_of_a_duty() -> None:
    old = draft("Điều 1. Việc", "1. Các trường có thể mở lớp buổi tối.")
    new = draft("Điều 1. Việc", "1. Các trường phải mở lớp buổi tối.")
    assert compare(old, new).changes[0].strength == "stronger"
    assert compare(new, old).changes[0].strength == "weaker"


def test_rows_by_name_and_figures() -> None:
    head = ["TT", "Chỉ tiêu", "Đơn vị", "Mục tiêu 2030"]
    old = draft(
        "Phần I. MỤC TIÊU", "1. Bảng", [head, ["1", "Phòng học kiên cố", "%", "70"], ["2", "Cầu treo", "cầu", "4"]]
    )
    new = draft(
        "Phần I. MỤC TIÊU",
        "1. Bảng",
        [head, ["1", "Học sinh đi học nước ngoài", "người", "20"], ["2", "Phòng học kiên cố", "%", "≥80"]],
    )
    found = compare(old, new)
    assert [(c.kind, c.table_row) for c in found.changes] == [
        ("added", "Học sinh đi học nước ngoài"),
        ("modified", "Phòng học kiên cố"),
        ("removed", "Cầu treo"),
    ]
    assert [(f.name, f.old, f.new) for f in found.changes[1].indicators] == [("Phòng học kiên cố", "70%", ">=80%")]
    assert ("Cầu treo", "4 cầu", "") in [(f.name, f.old, f.new) for f in found.indicator_changes]


def test_a_changed_figure_names_its_places() -> None:
    old = draft("II- MỤC TIÊU", "1. Đến năm 2030, 70% trường có thư viện.")
    new = draft("II- MỤC TIÊU", "1. Có 5 cầu mới.", "2. Đến năm 2028, 80% trường có thư viện.")
    change = next(c for c in compare(old, new).indicator_changes if c.old)
    assert (change.old, change.new, change.old_deadline, change.new_deadline) == ("70%", "80%", "2030", "2028")
    assert (change.old_label, change.new_label) == ("II mục 1", "II mục 2")


def test_unrelated_texts_are_said_to_be_unrelated() -> None:
    old = draft(*articles(A, B, C, D, A + B))
    new = draft(*[f"Điều {n}. Xe máy {'chạy ' * n}nhanh trên cao tốc." for n in range(1, 6)])
    assert "texts_unrelated" in [g.why for g in compare(old, new).not_compared]


sentence = st.lists(st.sampled_from(WORDS), min_size=6, max_size=14).map(" ".join)
several = st.lists(sentence, min_size=2, max_size=7, unique=True)


@settings(max_examples=40)
@given(several)
def test_a_draft_against_itself(texts: list[str]) -> None:
    made = draft(*articles(*texts))
    assert compare(made, made).changes == ()


@settings(max_examples=40)
@given(several, sentence, st.data())
def test_an_inserted_article_is_one_addition(texts: list[str], extra: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(texts)))
    words = set(extra.split())
    if any(len(words & set(t.split())) > 2 for t in texts):
        return  # so alike that it may well be called a part of its neighbour
    found = compare(draft(*articles(*texts)), draft(*articles(*texts[:place], extra, *texts[place:])))
    kinds = [c.kind for c in found.changes]
    assert kinds.count("added") == 1
    assert set(kinds) <= {"added", "renumbered"}


@settings(max_examples=40)
@given(st.data())
def test_every_article_is_found_again_wherever_it_went(data: st.DataObject) -> None:
    """Articles of words of their own, in another order, some reworded at the end."""
    count = data.draw(st.integers(3, 8))
    texts = [" ".join(f"{word}{n}" for word in WORDS[:9]) for n in range(count)]
    order = data.draw(st.permutations(range(count)))
    reworded = data.draw(st.sets(st.sampled_from(range(count))))
    after = [texts[n] + (" hằng năm" if n in reworded else "") for n in order]
    found = compare(draft(*articles(*texts)), draft(*articles(*after)))
    assert {(p.old_label, p.new_label) for p in found.pairs} == {
        (f"Điều {n + 1}", f"Điều {place}") for place, n in enumerate(order, start=1)
    }
    assert {c.kind for c in found.changes} <= {"moved", "renumbered", "modified"}
    assert {c.old_label for c in found.changes if c.inserted} == {f"Điều {n + 1}" for n in reworded}


def test_what_a_merger_explains_is_not_sought_elsewhere() -> None:
    old = draft("Điều 1. Việc", f"1. {A}", f"2. {B}", "Điều 2. Khác", f"1. {C}", f"2. {D}")
    new = draft(
        "Điều 1. Việc", f"1. {A[:-1]}; {B[0].lower()}{B[1:]}", "Điều 2. Khác", f"1. {C}", "2. Đầu tư nhà ở.", f"3. {D}"
    )
    assert ("merged", "Điều 1 khoản 2", "Điều 1 khoản 1") in entries(compare(old, new))
    assert ("added", "", "Điều 2 khoản 2") in entries(compare(old, new))


def test_footnotes_are_compared() -> None:
    def noted(text: str) -> Draft:
        source = document("Điều 1. Phạm vi", "1. Áp dụng.")
        note = Block(f"{source.id}/n1", text, Locator(part="footnote"), "footnote")
        return parse(replace(source, blocks=(*source.blocks, note)), "resolution")

    (change,) = compare(noted("Theo số liệu năm 2024."), noted("Theo số liệu năm 2025.")).changes
    assert (change.old_label, change.deleted, change.inserted) == ("Chú thích 1", "năm 2024", "năm 2025")


def test_tables_of_texts_without_structure() -> None:
    old, new = (
        draft("Một đoạn văn.", [["Tên", "Số"], ["Cầu", "1"]]),
        draft("Một đoạn văn.", [["Tên", "Số"], ["Cầu", "2"]]),
    )
    (change,) = compare(old, new).changes
    assert (change.old_label, change.table_row) == ("Bảng 1", "Cầu")


def test_references_that_follow_a_renumbering_are_no_change_of_substance() -> None:
    old = draft(f"Điều 1. {A}", f"Điều 2. {B}", "Điều 3. Tổ chức thực hiện theo quy định tại Điều 2.")
    new = draft(f"Điều 1. {A}", f"Điều 2. {C}", f"Điều 3. {B}", "Điều 4. Tổ chức thực hiện theo quy định tại Điều 3.")
    change = next(c for c in compare(old, new).changes if c.new_label == "Điều 4")
    assert (change.kind, change.substantive, change.inserted) == ("modified", False, "Điều 3")
    other = draft(f"Điều 1. {A}", f"Điều 2. {C}", f"Điều 3. {B}", "Điều 4. Tổ chức thực hiện theo quy định tại Điều 1.")
    assert next(c for c in compare(old, other).changes if c.new_label == "Điều 4").substantive


def test_line_breaks_are_no_changes() -> None:
    one = draft("Điều 1. Phạm vi", "1. Áp dụng cho trường học ở các xã biên giới.")
    broken = draft("Điều 1. Phạm vi", "1. Áp dụng cho trường học", "ở các xã biên giới.")
    assert compare(one, broken).changes == ()


MIRROR = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}


@settings(max_examples=40)
@given(several, several)
def test_comparison_mirrors_when_swapped(old_texts: list[str], new_texts: list[str]) -> None:
    old, new = draft(*articles(*old_texts)), draft(*articles(*new_texts))
    there = {(c.kind, c.old_label, c.new_label) for c in compare(old, new).changes}
    back = {(MIRROR.get(c.kind, c.kind), c.new_label, c.old_label) for c in compare(new, old).changes}
    assert {(a, b) for _, a, b in there} == {(a, b) for _, a, b in back}


def test_figures_are_paired_by_name_then_by_order() -> None:
    old = draft("II- MỤC TIÊU", "1. Có 5 cầu treo và 12 nhà văn hóa; bố trí 800 triệu đồng.")
    new = draft("II- MỤC TIÊU", "1. Có 15 nhà văn hóa và 7 cầu treo; bố trí 1,2 tỷ đồng.")
    found = {(f.old, f.new) for f in compare(old, new).indicator_changes}
    assert {("5 cầu", "7 cầu"), ("12 nhà", "15 nhà"), ("800 triệu đồng", "1.2 tỷ đồng")} <= found


def test_numbers_in_table_cells_that_are_no_targets() -> None:
    head = ["TT", "Đối tượng", "Số lượng", "Ghi chú"]
    old, new = (draft("Phần I. HỖ TRỢ", "1. Danh sách", [head, ["1", "Hộ nghèo", n, ""]]) for n in ("1.250", "1.400"))
    (change,) = compare(old, new).indicator_changes
    assert (change.name, change.old, change.new) == ("Hộ nghèo", "1250", "1400")


def test_amounts_by_the_unit_of_their_column() -> None:
    head = ["TT", "Đối tượng", "Mức hỗ trợ (triệu đồng/năm)"]
    old, new = (draft("Phần I. HỖ TRỢ", "1. Mức", [head, ["1", "Hộ nghèo", n]]) for n in ("1,5", "2"))
    (change,) = compare(old, new).indicator_changes
    assert (change.old, change.new) == ("1.5 triệu đồng/năm", "2 triệu đồng/năm")


def test_the_mark_at_the_end_of_an_item_is_no_change() -> None:
    lead = ("Article 1. Aims", "1. The aims are:")
    old = draft(*lead, "a) to train teachers; and", "b) to build schools.", language="en")
    new = draft(*lead, "a) to train teachers;", "b) to build schools; and", "c) to fund pupils.", language="en")
    assert [(c.kind, c.new_label) for c in compare(old, new).changes] == [("added", "Article 1 clause 1 point c")]


def test_pictures_that_differ_are_told() -> None:
    old = replace(draft(*articles(A, B)), pictures=("red", "blue"))
    new = replace(draft(*articles(A, B)), pictures=("blue", "green"))
    found = compare(old, new)
    assert found.changes == ()
    assert [(n.code, dict(n.values)) for n in found.notices] == [("pictures_differ", {"removed": "1", "added": "1"})]


def test_uncertain_numbers_are_told() -> None:
    old = draft(*articles(A, B))
    doubled = compare(old, draft(*articles(A, B), f"Điều 2. {C}"))
    assert [n.code for n in doubled.notices] == ["numbering_double_in"]
    restarted = compare(old, draft("Chương I", "CHUNG", *articles(A, B), "Chương II", "RIÊNG", *articles(C, D)))
    assert [(n.code, dict(n.values)["number"]) for n in restarted.notices] == [("numbering_restarts_in", "1")]


def test_versions_in_two_languages() -> None:
    found = compare(draft(*articles(A, B)), draft("Article 1. Schools are built.", language="en"))
    assert [g.why for g in found.not_compared] == ["languages_differ"]


def test_a_clause_written_anew_in_its_place_is_one_clause() -> None:
    before = "Quản lý chặt chẽ việc khai thác gỗ, tre nứa, đất sét làm nguyên liệu theo quy định của pháp luật."
    after = "Giao các xã cùng chủ rừng lập phương án thu hái tre nứa, lấy đất sét; nghiêm cấm khai thác gỗ trái phép."
    found = compare(draft(*articles(A, before, C)), draft(*articles(A, after, C)), "resolution")
    assert entries(found) == [("modified", "Điều 2", "Điều 2")]


def test_another_clause_in_the_same_place_is_another() -> None:
    found = compare(draft(*articles(A, B, C)), draft(*articles(A, "Chợ phiên họp vào chủ nhật tại sân vận động.", C)))
    assert {e[0] for e in entries(found)} == {"removed", "added"}


def test_a_phrase_that_became_the_next_clause_is_a_split() -> None:
    old = (
        "Điều 1. Việc cần làm",
        "1. Đầu tư đường vào làng, bãi đỗ xe, nhà vệ sinh, thu gom rác thải tại các điểm.",
        "2. " + A,
    )
    new = (
        "Điều 1. Việc cần làm",
        "1. Đầu tư đường vào làng, bãi đỗ xe, nhà vệ sinh tại các điểm.",
        "2. Tổ chức thu gom, phân loại rác thải và xử lý nước thải; hộ đón khách góp chi phí theo quy ước của làng.",
        "3. " + A,
    )
    found = entries(compare(draft(*old), draft(*new), "resolution"))
    assert ("split", "Điều 1 khoản 1", "Điều 1 khoản 2") in found
