"""Traces: what is taken in, in part, not, the other way; evidence; what nobody asked for; following the numbering."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from feedback_synth import config
from feedback_synth.analysis import tracing
from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.comparison import Change, ChangeKind, Comparison, Pair, Segment, Tracing, Version
from feedback_synth.datamodel.decision import Decision, Disposition
from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.datamodel.opinion import Author, Directive, Edit, Opinion, Request

OLD = {
    "1": "Mục tiêu",
    "1/1": "Tỷ lệ hộ dân dùng nước sạch đạt 65%.",
    "1/2": "100% trạm y tế xã có bác sĩ làm việc.",
    "1/3": "Tỷ lệ che phủ rừng đạt 40%.",
    "2": "Nhiệm vụ",
    "2/1": "Nâng cấp đường liên xã hằng năm.",
    "2/2": "Tổ chức hội chợ nông sản.",
    "2/3": "Ủy ban nhân dân cấp huyện báo cáo kết quả.",
}
NEW = {
    "1": "Mục tiêu",
    "1/1": "Tỷ lệ hộ dân dùng nước sạch đạt 80%.",
    "1/2": "100% trạm y tế xã có bác sĩ làm việc.",
    "1/3": "Tỷ lệ che phủ rừng đạt 45%.",
    "2": "Nhiệm vụ",
    "2/1": "Nâng cấp đường liên xã hằng năm; ưu tiên các tuyến bị sạt lở, lắp rào hộ lan.",
    "2/2": "Ủy ban nhân dân cấp xã báo cáo kết quả.",
    "2/3": "Thành lập quỹ học bổng cho học sinh nghèo học giỏi.",
}
PAIRS = {"1": "1", "1/1": "1/1", "1/2": "1/2", "1/3": "1/3", "2": "2", "2/1": "2/1", "2/3": "2/2"}


def draft(texts: dict[str, str], identity: str) -> Draft:
    def provision(key: str) -> Provision:
        level = "clause" if "/" in key else "article"
        return Provision(key, label(key), level, key[-1], "", texts[key], key[0] if "/" in key else "")  # type: ignore[arg-type]

    return Draft(identity, "resolution", f"{identity}.docx", identity, "vi", tuple(provision(k) for k in texts))


def label(key: str) -> str:
    return f"Điều {key[0]} khoản {key[-1]}" if "/" in key else f"Điều {key}" if key else ""


def change(kind: ChangeKind, old: str, new: str, *segments: tuple[str, str]) -> Change:
    parts = tuple(Segment(op, text) for op, text in segments)  # type: ignore[arg-type]
    return Change(kind, True, old, label(old), new, label(new), OLD.get(old, ""), NEW.get(new, ""), parts)


COMPARISON = Comparison(
    "resolution", Version("v1", "0"), Version("v2", "1"),
    (
        change("modified", "1/1", "1/1", ("delete", "65%"), ("insert", "80%")),
        change("modified", "1/3", "1/3", ("delete", "40%"), ("insert", "45%")),
        change("modified", "2/1", "2/1", ("insert", "; ưu tiên các tuyến bị sạt lở, lắp rào hộ lan")),
        change("removed", "2/2", "", ("delete", OLD["2/2"])),
        change("modified", "2/3", "2/2", ("delete", "huyện"), ("insert", "xã")),
        change("added", "", "2/3", ("insert", NEW["2/3"])),
    ),
    pairs=tuple(Pair(a, b, label(a), label(b)) for a, b in PAIRS.items()),
)  # fmt: skip


def opinion(
    text: str, request: Request = "amend", language: str = "vi", edits: tuple[Edit, ...] = (), n: int = 1
) -> Opinion:
    return Opinion(f"s/b{n}/o1", "s", (Span(f"s/b{n}", 0, 1),), text, Author("A"), language, request, edits=edits)


def link(o: Opinion, key: str) -> Link:
    return Link(o.id, "resolution", key, label(key), True, 0.98)


def run(*pairs: tuple[Opinion, str], directives: tuple[Directive, ...] = ()) -> Tracing:
    links = [link(o, key) for o, key in pairs if key]
    drafts, revised = [draft(OLD, "v1")], [draft(NEW, "v2")]
    return tracing.trace([o for o, _ in pairs], directives, links, drafts, revised, [COMPARISON])


@pytest.mark.parametrize(
    ("told", "key", "outcome"),
    [
        (opinion("65% là thấp, nâng lên 80%"), "1/1", "full"),
        (opinion("Raise access to clean water to 80%", language="en"), "1/1", "full"),
        (opinion("Nâng tỷ lệ nước sạch lên 80% và hoàn thành trước năm 2028"), "1/1", "partial"),
        (opinion("40% là quá cao, hạ xuống 35%"), "1/3", "opposite"),
        (opinion("Mức 100% khó đạt, chỉ nên 90%"), "1/2", "none"),
        (opinion("Ưu tiên các tuyến đường bị sạt lở", "add"), "2/1", "full"),
        (opinion("Đề nghị bỏ khoản này", "delete"), "2/2", "full"),
        (opinion("Đề nghị bỏ khoản này", "delete"), "1/2", "none"),
        (opinion("sửa", edits=(Edit("replace", "cấp huyện", "cấp xã"),)), "2/3", "full"),
        (opinion("sửa", edits=(Edit("replace", "có bác sĩ", "có hai bác sĩ"),)), "1/2", "none"),
        (opinion("Cần có quỹ học bổng cho học sinh nghèo", "add"), "2", "full"),
        (opinion("Kinh phí lấy từ đâu?", "question"), "1/2", "none"),
        (opinion("Xe của xã hay hỏng", "difficulty"), "", "not_applicable"),
    ],
)
def test_outcome(told: Opinion, key: str, outcome: str) -> None:
    assert run((told, key)).traces[0].outcome == outcome


def test_evidence_shows_the_changed_words_under_the_new_number() -> None:
    told = opinion("sửa", edits=(Edit("replace", "cấp huyện", "cấp xã"),))
    evidence = run((told, "2/3")).traces[0].evidence[0]
    assert (evidence.old_label, evidence.new_label) == ("Điều 2 khoản 3", "Điều 2 khoản 2")
    assert (evidence.deleted, evidence.inserted) == ("huyện", "xã")


def test_what_is_not_taken_in_is_shown_with_what_became_of_its_provision() -> None:
    told = opinion("Đề nghị bổ sung đèn chiếu sáng ở các bến đò.", "add")
    for key, kind in (("2/1", "modified"), ("1/2", "unchanged"), ("2/2", "removed")):
        (found,) = run((told, key)).traces
        (evidence,) = found.evidence
        assert found.outcome == "none" and evidence.change == kind
        assert evidence.old_label == label(key)


def test_a_provision_gone_whole_meets_a_wish_to_delete_whatever_its_words() -> None:
    told = replace(opinion("Trò này chỉ dạy các xã nói dối, thôi đi.", "delete"), cue="other")
    (found,) = run((told, "2/2")).traces
    assert (found.outcome, found.reason) == ("full", "removed")


def test_changes_that_nobody_asked_for() -> None:
    asked = opinion("65% là thấp, nâng lên 80%")
    unasked = {c.old_label or c.new_label for c in run((asked, "1/1")).changes_without_opinion}
    assert "Điều 1 khoản 1" not in unasked
    assert {"Điều 1 khoản 3", "Điều 2 khoản 2"} <= unasked


def test_directives_are_traced() -> None:
    order = Directive(
        "d1", "s", Span("s/b9", 0, 1), "Tổ biên tập bổ sung quỹ học bổng cho học sinh nghèo học giỏi", Author("B")
    )
    traced = run(directives=(order,)).directive_traces
    assert traced[0].outcome in ("full", "partial")
    assert traced[0].evidence[0].new_label == "Điều 2 khoản 3"


def test_equal_input_gives_equal_traces() -> None:
    pairs = ((opinion("65% là thấp, nâng lên 80%"), "1/1"), (opinion("Ưu tiên đường sạt lở", "add", n=2), "2/1"))
    assert run(*pairs) == run(*pairs)


def test_links_follow_the_numbering() -> None:
    open_one, lost = opinion("a", n=1), opinion("b", n=2)
    kept, gone = tracing.carry([link(open_one, "2/3"), link(lost, "2/2")], [COMPARISON])
    assert [(x.provision_id, x.label) for x in kept] == [("2/2", "Điều 2 khoản 2")]
    assert [x.opinion_id for x in gone] == [lost.id]


# ---- alarms ----------------------------------------------------------------------------------------
def decide(o: Opinion, disposition: Disposition, at: str = "2026-03-01T08:00:00+07:00") -> Decision:
    return Decision(o.id, "Tổ biên tập", at, disposition)


@pytest.mark.parametrize(
    ("told", "key", "disposition", "code"),
    [
        (opinion("Mức 100% khó đạt, chỉ nên 90%"), "1/2", "accepted", "accepted_without_change"),
        (opinion("40% là quá cao, hạ xuống 35%"), "1/3", "accepted", "accepted_opposite"),
        (opinion("40% là quá cao, hạ xuống 35%"), "1/3", "pending", "opposite_unnoticed"),
        (opinion("65% là thấp, nâng lên 80%"), "1/1", "not_accepted", "refused_but_changed"),
    ],
)
def test_alarm(told: Opinion, key: str, disposition: Disposition, code: str) -> None:
    tracing_found = run((told, key))
    codes = [n.code for n in tracing.alarms([decide(told, disposition)], tracing_found)]
    assert [c for c in codes if c != "changed_without_opinion"] == [code]


def test_no_alarm_where_decision_and_text_agree() -> None:
    told = opinion("65% là thấp, nâng lên 80%")
    first, last = decide(told, "not_accepted"), decide(told, "accepted", "2026-03-02T08:00:00+07:00")
    codes = {n.code for n in tracing.alarms([last, first], run((told, "1/1")))}
    assert codes == {"changed_without_opinion"}


def test_accepted_in_one_draft_only() -> None:
    told = opinion("65% là thấp, nâng lên 80%")
    other = Link(told.id, "project", "II", "Phần II", True, 0.97)
    notices = tracing.alarms([decide(told, "accepted")], run((told, "1/1")), [link(told, "1/1"), other])
    half = next(n for n in notices if n.code == "accepted_in_one_draft")
    assert dict(half.values) == {"opinion": told.id, "done": "resolution", "place": "Điều 1 khoản 1", "open": "project"}


def test_an_open_opinion_whose_provision_is_gone() -> None:
    told = opinion("Nên mời thêm tỉnh bạn tham gia", "add")
    _, gone = tracing.carry([link(told, "2/2")], [COMPARISON])
    codes = [n.code for n in tracing.alarms([], run((told, "2/2")), gone=gone)]
    assert "provision_gone" in codes


def test_every_alarm_has_its_sentence_in_three_languages() -> None:
    table = config.load_toml("labels/notices_analysis.toml")
    for code in ("accepted_without_change", "accepted_opposite", "accepted_in_one_draft", "changed_without_opinion"):
        places = {language: set(re.findall(r"\{(\w+)\}", table[code][language])) for language in ("en", "vi", "fr")}
        assert places["en"] == places["vi"] == places["fr"] != set()


def test_what_is_not_taken_in_is_carried_to_the_new_numbering() -> None:
    kept = opinion("Mức phạt phải ghi rõ bằng tiền", "add", n=1)
    lost = opinion("Nên mời thêm tỉnh bạn tham gia", "add", n=2)
    done = opinion("65% là thấp, nâng lên 80%", n=3)
    found = run((kept, "2/3"), (lost, "2/2"), (done, "1/1"))
    assert [(c.opinion_id, c.old_label, c.new_label) for c in found.carried] == [
        (kept.id, "Điều 2 khoản 3", "Điều 2 khoản 2"),
        (lost.id, "Điều 2 khoản 2", ""),
    ]
    assert [(n.code, dict(n.values)["opinion"]) for n in found.alarms] == [("provision_gone", lost.id)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Mức hỗ trợ 1.000.000 đồng không được giảm", "vi"),
        ("The support of VND 1,000,000 should not be lowered under any circumstances", "en"),
        ("L'aide de 1 000 000 dongs ne doit pas être réduite", "fr"),
    ],
)
@pytest.mark.parametrize(("new", "outcome"), [("800.000", "opposite"), ("1.200.000", "none")])
def test_a_warning_against_lowering(text: str, language: str, new: str, outcome: str) -> None:
    old_text, new_text = (f"Hỗ trợ nhân viên y tế thôn {amount} đồng/tháng." for amount in ("1.000.000", new))
    before, after = draft({"1": old_text}, "v1"), draft({"1": new_text}, "v2")
    pieces = (Segment("delete", "1.000.000"), Segment("insert", new))
    changed = Change("modified", True, "1", "Điều 1", "1", "Điều 1", old_text, new_text, pieces)
    pair = Pair("1", "1", "Điều 1", "Điều 1")
    comparison = Comparison("resolution", Version("v1", "0"), Version("v2", "1"), (changed,), pairs=(pair,))
    told = opinion(text, language=language)
    found = tracing.trace([told], (), [link(told, "1")], [before], [after], [comparison])
    assert (found.traces[0].outcome == "opposite") == (outcome == "opposite")


def test_a_fault_found_with_words_that_left() -> None:
    told = opinion("Khoản 3 Điều 2 còn giao cấp huyện, nay không còn huyện nữa", "difficulty")
    assert run((told, "2/3")).traces[0].outcome == "full"
