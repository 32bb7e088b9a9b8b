"""Numbers that add up, whoever was asked and whoever answered."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sample_analysis import sample

from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.report import ConsultedBody, ReportOptions
from feedback_synth.reports import consulted
from feedback_synth.reports.bodies import body_key, body_kind, shown_names
from feedback_synth.reports.dispositions import DISPOSITIONS, current, proposed
from feedback_synth.reports.dossier import dossier
from feedback_synth.reports.numbers import numbers
from feedback_synth.reports.statistics import by_disposition, group_of, participation, statistics

NAMES = st.sampled_from(
    [
        "",
        "UBND xã Bản Thảo",
        "xã Bản Thảo",
        "Sở Tài chính",
        "Department of Finance",
        "Đảng ủy xã Bản Thảo",
        "ONG Sud",
        "x",
    ]
)


@given(st.lists(NAMES), st.lists(NAMES), st.lists(NAMES))
def test_bodies_add_up(opinions: list[str], agreements: list[str], asked: list[str]) -> None:
    took_part = participation(opinions, agreements, [ConsultedBody(n) for n in asked if n])
    answered_of_asked = [b for b in took_part.asked if b.answered]
    assert len(took_part.asked) == len(answered_of_asked) + len(took_part.silent)
    assert len(took_part.answered) == len(took_part.consent_only) + len(took_part.with_opinions)
    assert len(took_part.answered) == len(answered_of_asked) + (
        len(took_part.unasked) if took_part.asked else len(took_part.answered)
    )
    assert sum(b.opinions for b in took_part.answered) == sum(bool(n) for n in opinions)
    assert sum(b.agreements for b in took_part.answered) == sum(bool(n) for n in agreements)
    names = [b.name for b in (*took_part.asked, *(b for b in took_part.answered if not b.asked))]
    assert len(names) == len(set(names))


@given(st.lists(st.tuples(st.integers(0, 7), st.sampled_from([*DISPOSITIONS, ""]))))
def test_opinions_are_the_sum_of_their_statuses(events: list[tuple[int, str]]) -> None:
    analysis = sample()
    decisions = [Decision(analysis.opinions[n].id, "r", "2026-10-01T00:00:00Z", d) for n, d in events]  # type: ignore[arg-type]
    counted = by_disposition(analysis, decisions)
    assert sum(counted.values()) == len(analysis.opinions)
    last = {n: d for n, d in events if d}
    assert counted["accepted"] == sum(d == "accepted" for d in last.values())


def test_every_opinion_is_pending_until_somebody_decides() -> None:
    analysis = sample()
    counted = by_disposition(analysis)
    assert counted["pending"] == len(analysis.opinions)
    assert sum(counted.values()) == counted["pending"]


def test_later_decisions_win_field_by_field_and_empty_ones_erase_nothing() -> None:
    first = Decision("o", "a", "1", "accepted", response="Đã sửa", place="Điều 2")
    second = Decision("o", "b", "2", "accepted_in_part", place="")
    state = current([first, second])["o"]
    assert (state.disposition, state.response, state.place) == ("accepted_in_part", "Đã sửa", "Điều 2")
    assert (state.reviewer, state.decided_at) == ("b", "2")


def test_machine_proposals_never_count() -> None:
    assert proposed("full") == "accepted"
    assert proposed("opposite") is None
    assert by_disposition(sample())["accepted"] == 0


def test_a_persons_group_wins() -> None:
    analysis = sample()
    opinion = analysis.opinions[0]
    groups = group_of(analysis, [Decision(opinion.id, "r", "1", group="funding")])
    assert groups[opinion.id] == "funding"
    assert len(groups) == len(analysis.opinions)


def test_one_body_in_many_spellings() -> None:
    assert (
        body_key("Sở GD&ĐT")
        == body_key("Sở Giáo dục và Đào tạo tỉnh Lai Châu")
        == body_key("Department of Education and Training")
    )
    assert body_key("Uỷ ban nhân dân xã Pa Ủ") == body_key("UBND xã Pa Ủ")
    assert body_key("Đảng ủy xã Pa Ủ") != body_key("UBND xã Pa Ủ")
    shown = shown_names(["UBND xã Pa Ủ", "xã Pa Ủ", "Đảng ủy xã Pa Ủ"])
    assert shown["xã Pa Ủ"] == "UBND xã Pa Ủ"
    assert shown["Đảng ủy xã Pa Ủ"] == "Đảng ủy xã Pa Ủ"


def test_a_commune_on_the_list_stands_for_its_bodies() -> None:
    took_part = participation(["Đảng ủy xã Pa Ủ"], [], [ConsultedBody("xã Pa Ủ"), ConsultedBody("xã Mù Cả")])
    assert [b.name for b in took_part.silent] == ["xã Mù Cả"]
    assert took_part.unasked == ()


def test_kinds_of_bodies() -> None:
    kinds = {
        n: body_kind(n)
        for n in ("UBND xã Pa Ủ", "Sở Tài chính", "Trường THCS Pa Ủ", "Ban Tổ chức Tỉnh ủy", "Công ty X")
    }
    assert list(kinds.values()) == ["commune", "department", "school", "party", "partner"]


def test_the_list_of_bodies_asked() -> None:
    text = "# vòng 1\n1. Sở Tài chính\n2) Sở Y tế\n- xã Pa Ủ\nSở tài chính\n\n3.Công an tỉnh"
    assert [b.name for b in consulted.parse(text)] == ["Sở Tài chính", "Sở Y tế", "xã Pa Ủ", "Công an tỉnh"]
    table = "\ufeffSTT;Cơ quan, đơn vị;Loại\n1;Sở Tài chính;department\n2;xã Pa Ủ;commune\n"
    assert consulted.parse(table) == (ConsultedBody("Sở Tài chính", "department"), ConsultedBody("xã Pa Ủ", "commune"))
    assert consulted.parse("Ban Dân tộc, Tôn giáo\nSở Y tế")[0].name == "Ban Dân tộc, Tôn giáo"
    assert consulted.parse("") == ()


def test_the_block_of_numbers_says_what_was_counted() -> None:
    asked = tuple(ConsultedBody(n) for n in ("Sở Tài chính", "xã Bản Thảo", "xã Pa Lừ"))
    work = dossier(sample(), ReportOptions(consulted=asked, silence_is_consent=True))
    text = "\n".join("".join(getattr(r, "text", "") for r in p.runs) for p in numbers(work))
    assert "được xin ý kiến: 3; đã có ý kiến: 2; chưa có ý kiến: 1" in text
    assert "Chưa có ý kiến (1): xã Pa Lừ." in text
    assert "xem như thống nhất" in text
    assert (
        "Tổng số ý kiến góp ý: 8 (không tính 2 ý kiến nhất trí); các ý kiến trùng nhau được gộp thành 7 nội dung"
        in text
    )
    assert "Chưa giải trình: 8." in text


def test_statistics_of_nothing_are_zero() -> None:
    empty = replace(sample(), sources=(), extractions=(), assignments=(), links=(), tracing=None)
    numbers_ = statistics(empty)
    assert numbers_["opinions"] == numbers_["bodies"]["answered"] == 0
    assert "opinions_by_outcome" not in numbers_
