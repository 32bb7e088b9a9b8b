"""What the documents say: every opinion once, words from data and quotations only, proposals apart from decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_analysis import sample

from feedback_synth.datamodel.analysis import Analysis, DuplicateSet, Link, Opposition, Theme
from feedback_synth.datamodel.comparison import Carried, Comparison, Gap, IndicatorChange, Segment, Version
from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.document import Notice
from feedback_synth.datamodel.report import (
    Chart,
    ConsultedBody,
    Entry,
    Letterhead,
    Paragraph,
    Report,
    ReportOptions,
    Section,
    Table,
)
from feedback_synth.reports import absorption_table, comparison_table, synthesis
from feedback_synth.reports.dossier import dossier
from feedback_synth.reports.opinion_rows import opinion_rows
from feedback_synth.reports.proposal import shorten
from feedback_synth.reports.renderers import json as json_renderer

EMPTY = Analysis((), (), ())


def words(items: Iterable[Paragraph | Table | Chart]) -> str:
    lines = []
    for item in items:
        if isinstance(item, Paragraph):
            lines.append("".join(r.value if isinstance(r, Entry) else r.text for r in item.runs))
        elif isinstance(item, Table):
            lines += [words(c.paragraphs) for row in item.rows for c in row.cells]
    return "\n".join(lines)


def section(report: Report, key: str) -> Section:
    return next(s for s in report.sections if s.key == key)


def report(**options: object) -> Report:
    return synthesis.build(sample(), ReportOptions(**options))  # type: ignore[arg-type]


def table(report_: Report) -> Table:
    tables = (i for s in report_.sections for i in s.content if isinstance(i, Table))
    return next(t for t in tables if t.key in ("opinions", "changes"))


@pytest.mark.parametrize("variant", ["A", "B", "C", "D", "E"])
@pytest.mark.parametrize("group_by", ["group", "provision"])
def test_every_opinion_stands_in_exactly_one_row(variant: str, group_by: str) -> None:
    analysis = sample()
    built = absorption_table.build(analysis, ReportOptions(variant=variant, group_by=group_by))  # type: ignore[arg-type]
    rows = [r for r in table(built).rows if not r.heading]
    assert sorted(i for r in rows for i in r.key.split("+")) == sorted(o.id for o in analysis.opinions)
    assert all(len(r.cells) == len(table(built).columns) for r in rows)
    facets = {name for r in rows for name, _ in r.facets}
    assert {"group", "body", "outcome", "language"} <= facets


def test_rows_follow_the_groups_or_the_drafts() -> None:
    work = dossier(sample(), ReportOptions())
    groups = [row.group for row in opinion_rows(work)]
    assert list(dict.fromkeys(groups)) == ["indicators", "tasks_solutions", "funding", "difficulties", "other"]
    by_place = dossier(sample(), ReportOptions(group_by="provision"))
    places = [by_place.position(r.links[0] if r.links else None) for r in opinion_rows(by_place)]
    assert places == sorted(places)
    assert [r.number for r in opinion_rows(by_place)] == list(range(1, 8))


def test_a_late_letter_does_not_renumber_rows() -> None:
    analysis = sample()
    known = tuple((o.id, 10 + n) for n, o in enumerate(analysis.opinions[:6]))
    rows = opinion_rows(dossier(analysis, ReportOptions(numbers=known)))
    numbers = {o.id: r.number for r in rows for o in r.opinions}
    twins = analysis.duplicate_sets[0].opinion_ids
    assert numbers[twins[0]] == numbers[twins[1]] == 10
    assert {numbers[o.id] for o in analysis.opinions[6:]} == {16, 17}


def test_opinions_that_ask_the_same_share_a_row_with_all_authors() -> None:
    built = table(absorption_table.build(sample(), ReportOptions()))
    keys = [c.key for c in built.columns]
    row = next(r for r in built.rows if "+" in r.key)
    author = words(row.cells[keys.index("author")].paragraphs)
    assert author == "Sở Khoa học và Công nghệ – Lò Thị Mai, Phó Giám đốc\nUBND xã Nậm Khao"
    quoted = words(row.cells[keys.index("opinion")].paragraphs)
    assert "từ 70% lên 80%" in quoted and "(Đề nghị) nâng tỷ lệ trường có hạ tầng số lên 80%" in quoted


def test_the_letter_is_named_with_number_and_day() -> None:
    built = table(absorption_table.build(sample(), ReportOptions(variant="B")))
    at = [c.key for c in built.columns].index("author_document")
    authors = "\n".join(words(r.cells[at].paragraphs) for r in built.rows if not r.heading)
    assert "UBND xã Nậm Khao (số 45/UBND-VX ngày 11/9/2026)" in authors


def test_the_draft_and_the_new_words_stand_beside_the_opinion() -> None:
    built = table(absorption_table.build(sample(), ReportOptions(variant="C")))
    keys = [c.key for c in built.columns]
    row = next(r for r in built.rows if "+" in r.key)
    assert "Đến năm 2030, 70% trường học" in words(row.cells[keys.index("draft_text")].paragraphs)
    assert "Đến năm 2030, 80% trường học" in words(row.cells[keys.index("revised_text")].paragraphs)


def test_a_person_corrects_author_group_and_place() -> None:
    opinion = sample().opinions[-1]
    decided = Decision(opinion.id, "An", "1", group="funding", provision="Điều 9", author_organization="Sở Nội vụ")
    built = table(absorption_table.build(sample(), ReportOptions(), (decided,)))
    keys = [c.key for c in built.columns]
    row = next(r for r in built.rows if r.key == opinion.id)
    found = {
        k: words(row.cells[keys.index(k)].paragraphs) for k in ("group", "provision", "author_organization", "subject")
    }
    assert found == {
        "group": "Kinh phí, nguồn vốn", "provision": "Điều 9", "author_organization": "Sở Nội vụ", "subject": "Điều 9"
    }  # fmt: skip
    assert ("body", "Sở Nội vụ") in row.facets


def test_proposals_carry_the_marks_that_say_what_is_missing() -> None:
    built = table(absorption_table.build(sample(), ReportOptions()))
    at = [c.key for c in built.columns].index("proposal")
    proposals = [words(r.cells[at].paragraphs) for r in built.rows if not r.heading]
    assert sum("[cần xác minh]" in p for p in proposals) >= 3
    assert any("Xin giữ nguyên như dự thảo, vì [CẦN BỔ SUNG]." in p for p in proposals)
    assert any("cần người quyết định" in p and "Dự thảo giải trình" not in p for p in proposals)
    assert "" in proposals  # nothing was traced for that opinion, so nothing is proposed


def test_sections_of_the_report() -> None:
    keys = [s.key for s in report().sections]
    assert keys[:2] == ["occasion", "numbers"]
    assert {"group-indicators", "difficulties", "directives", "indicators", "decision_points"} <= set(keys)
    assert {"all_opinions", "uncertain", "unused", "notices"} <= set(keys)
    titles = [s.title for s in report().sections if s.level == 1]
    assert titles[0].startswith("I- ") and titles[1].startswith("II- ")
    assert report(profile="hanh_chinh").sections[0].title.startswith("I. ")


def test_themes_come_by_weight_with_bodies_words_places_and_what_became_of_them() -> None:
    shown = section(report(), "group-indicators")
    assert shown.title == "1. Chỉ tiêu, lộ trình"
    lead, theme = words(shown.content).split("\n")
    assert lead == "Có 3 ý kiến của 3 cơ quan, đơn vị, cá nhân, tập trung vào 1 vấn đề."
    assert theme == (
        "1.1. Tỷ lệ trường có hạ tầng số – 3 ý kiến (Sở Khoa học và Công nghệ; UBND xã Bản Thảo; UBND xã Nậm Khao): "
        "“đề nghị nâng tỷ lệ trường học có hạ tầng số từ 70% lên 80% vào năm 2030” (Sở Khoa học và Công nghệ). "
        "Liên quan: Nghị quyết, II mục 3 điểm a. "
        "Ý kiến trái chiều: “Giữ chỉ tiêu 70% trường có hạ tầng số, không nên nâng vì chưa có nguồn lực” "
        "(UBND xã Bản Thảo). "
        "Đối chiếu của máy: đã thể hiện đầy đủ: 2; sửa theo hướng ngược lại: 1. "
        "Nghị quyết, II mục 3 điểm a: thêm “80%”, bỏ “70%”."
    )


def test_difficulties_directives_and_indicators() -> None:
    built = report()
    difficulties = words(section(built, "difficulties").content)
    assert "UBND xã Nậm Khao\n“Xã còn thiếu 12 giáo viên tiếng Anh" in difficulties and "Phụ lục" not in difficulties
    directives = words(section(built, "directives").content)
    assert "Sở GD&ĐT\n15/10/2026" in directives and "đã thể hiện một phần (Nghị quyết, III mục 2)" in directives
    in_full = words(section(built, "directives_all").content)
    assert "Sở GD&ĐT; Tổ biên tập\n15/10/2026" in in_full
    assert "Đối chiếu của máy: đã thể hiện một phần. Nghị quyết, III mục 2: thêm “Có chính sách" in in_full
    indicators = words(section(built, "indicators").content)
    assert "70%, 2030" in indicators and "80%, 2030" in indicators
    assert "80% – Sở Khoa học và Công nghệ; UBND xã Nậm Khao" in indicators
    in_full = words(section(built, "indicators_all").content)
    assert "80% – Sở Khoa học và Công nghệ: “đề nghị nâng" in in_full and "70%; 80%" not in in_full


def test_points_for_the_leadership() -> None:
    text = words(section(report(), "decision_points").content)
    assert "Ý kiến trái chiều về" in text
    assert "Dự thảo mới sửa ngược với đề nghị: “" in text
    assert "Ngoài ra, tại Phụ lục 5 còn: chỗ thay đổi không có ý kiến đề nghị: 1." in text
    in_full = section(report(), "decision_points_all")
    assert in_full.title.startswith("Phụ lục 5. ")
    assert "Nghị quyết: 1 chỗ thay đổi mà không có ý kiến nào đề nghị: IV mục 2" in words(in_full.content)
    opinion = sample().opinions[2]
    put_up = Decision(opinion.id, "An", "1", "awaiting_decision")
    later = synthesis.build(sample(), ReportOptions(), (put_up,))
    told = words(section(later, "decision_points").content)
    assert f"Xin ý kiến lãnh đạo về 1 nội dung:\n“{opinion.text}”" in told
    assert told.index(opinion.text) < told.index("máy rà soát")


def test_annexes_lose_nothing() -> None:
    analysis, built = sample(), report()
    everything = words(section(built, "all_opinions").content)
    assert all(o.text in everything for o in analysis.opinions)
    unused = words(section(built, "unused").content)
    for extraction, document in zip(analysis.extractions, analysis.sources, strict=True):
        for passage in extraction.passages:
            if passage.role in ("other", "drafter_answer", "procedure"):
                assert document.quote(passage.span) in unused
    notices = words(section(built, "notices").content)
    assert "anh-chup.jpg" in notices and "giống hệt bien-ban-hoi-thao.docx" in notices
    uncertain = words(section(built, "uncertain").content)
    assert "chưa rõ ai góp ý" in uncertain and "nhóm nội dung chưa chắc chắn" in uncertain
    contexts = [s for s in built.sections if s.key.startswith("source-")]
    assert len(contexts) == len(analysis.sources)
    assert all(s.formats == ("html",) for s in contexts)


@pytest.mark.parametrize("language", ["vi", "fr", "en"])
def test_reports_in_every_language_quote_in_the_original(language: str) -> None:
    built = report(language=language)
    text = "\n".join(words(s.content) for s in built.sections)
    assert all(o.text in text for o in sample().opinions)
    assert "{" not in text.replace("{{", "")


def test_the_table_of_kinds_of_bodies_adds_up() -> None:
    asked = tuple(ConsultedBody(n) for n in ("xã Pa Lừ", "xã Nậm Khao", "Sở Tài chính", "Sở Y tế"))
    built = section(report(consulted=asked), "bodies")
    kinds = next(i for i in built.content if isinstance(i, Table))
    lines = [[words(c.paragraphs) for c in row.cells] for row in kinds.rows]
    figures = [[int(x) for x in line[1:]] for line in lines]
    assert [sum(column) for column in zip(*figures[:-1], strict=True)] == figures[-1]
    for asked_, answered, silent, consent, with_opinions, _ in figures:
        assert answered == consent + with_opinions
        assert silent <= asked_
    assert figures[-1][-1] == len(sample().opinions)  # those of unknown authors too
    assert lines[-1][0] == "Cộng" and figures[-1][0] == 4 and figures[-1][2] == 2
    unlisted = next(i for i in section(report(), "bodies").content if isinstance(i, Table))
    assert [c.key for c in unlisted.columns] == ["body_kind", "answered", "consent_only", "with_opinions", "opinions"]


def test_the_main_part_ends_as_its_profile_ends() -> None:
    assert words(section(report(), "closing").content).endswith("trân trọng báo cáo.")
    assert words(section(report(profile="hanh_chinh"), "closing").content).endswith("trân trọng báo cáo./.")


def test_agreements_are_listed_apart() -> None:
    text = words(section(report(), "agreements").content)
    assert all(a.text in text for a in sample().agreements)
    assert "UBND xã Bản Cuối" in text


def test_charts_add_up() -> None:
    asked = (ConsultedBody("xã Pa Lừ"), ConsultedBody("xã Nậm Khao"))
    built = report(consulted=asked)
    charts = {c.key: c for key in ("numbers", "bodies") for c in section(built, key).content if isinstance(c, Chart)}
    assert sum(v for _, values in charts["groups_by_body"].series for v in values) == 8
    assert sum(v for _, values in charts["outcomes_by_group"].series for v in values) == 7
    communes = charts["coverage_by_commune"]
    at = communes.categories.index("xã Pa Lừ")
    assert [values[at] for _, values in communes.series] == [0.0, 0.0]
    assert "xã Pa Lừ: 0" in communes.alt


def test_nothing_at_all_still_makes_documents() -> None:
    for built in (synthesis.build(EMPTY, ReportOptions()), absorption_table.build(EMPTY, ReportOptions())):
        assert [c for s in built.sections for c in s.content if isinstance(c, Chart)] == []
    assert not any(s.key in ("directives", "decision_points") for s in synthesis.build(EMPTY, ReportOptions()).sections)


def test_without_a_revised_draft_nothing_is_said_about_one() -> None:
    built = synthesis.build(sample(traced=False), ReportOptions())
    text = "\n".join(words(s.content) for s in built.sections)
    assert "Đối chiếu của máy" not in text and "dự thảo mới:" not in text


def test_the_comparison_names_who_asked_and_who_was_not_heard() -> None:
    analysis = sample()
    built = comparison_table.build(analysis.comparisons[0], analysis, ReportOptions())
    text = words(section(built, "changes").content)
    assert "Theo ý kiến số 1 của Sở Khoa học và Công nghệ" in text
    assert "Trái với ý kiến số 2 của UBND xã Bản Thảo" in text
    assert "(Bổ sung mới)" in text and "(Bãi bỏ)" in text
    assert "70% → 80%" in text
    runs = [r for row in table(built).rows for c in row.cells for p in c.paragraphs for r in p.runs]
    assert {"70%"} <= {r.text for r in runs if r.style == "delete"}
    assert {"80%"} <= {r.text for r in runs if r.style == "insert"}
    assert words(section(built, "renumbered").content) == "IV mục 3 → IV mục 2."
    assert "Phụ lục 1: là ảnh chụp" in words(section(built, "not_compared").content)


def test_a_change_of_substance_that_nobody_asked_for_is_marked() -> None:
    analysis = sample()
    alone = replace(analysis, tracing=replace(analysis.tracing, traces=()))  # type: ignore[type-var]
    rows = table(comparison_table.build(analysis.comparisons[0], alone, ReportOptions())).rows
    text = "\n".join(words(c.paragraphs) for row in rows for c in row.cells if c.key == "explanation")
    assert text.count("Chưa tìm thấy ý kiến đề nghị thay đổi này [cần xác minh].") == 2  # the third is of form only


def test_rows_of_one_table_are_told_apart_by_their_words() -> None:
    analysis = sample()
    compared = analysis.comparisons[0]
    first = compared.changes[0]
    other = replace(first, table_row="Dòng khác", segments=(Segment("delete", "mười"), Segment("insert", "hai mươi")))
    built = comparison_table.build(replace(compared, changes=(first, other)), analysis, ReportOptions())
    rows = table(built).rows
    assert "Theo ý kiến số 1" in words(rows[0].cells[2].paragraphs)
    assert "Theo ý kiến" not in words(rows[1].cells[2].paragraphs)


def test_two_equal_texts_and_codes_of_gaps() -> None:
    version = Version("a.docx", "0" * 64)
    told = Comparison("", version, version, (), not_compared=(Gap("vi, fr", "languages_differ"),))
    built = comparison_table.build(replace(told, notices=(Notice("unheard_of"),)), None, ReportOptions())
    text = "\n".join(words(s.content) for s in built.sections)
    assert "không khác nhau" in text
    assert "Hai văn bản khác ngôn ngữ (vi, fr)" in text and "unheard_of" in text


def test_long_quotations_are_cut_after_a_word_and_say_so() -> None:
    assert shorten("ngắn", 10) == "ngắn"
    assert shorten("một hai ba bốn năm", 12) == "một hai ba […]"


def test_equal_reports_give_equal_json() -> None:
    assert json_renderer.render(report()) == json_renderer.render(report())


@pytest.mark.parametrize(
    ("line", "date", "expected"),
    [
        ("", "2026-05-27", "…………, ngày 27 tháng 5 năm 2026"),
        ("Lai Châu", "2026-05-27", "Lai Châu, ngày 27 tháng 5 năm 2026"),
        ("Lai Châu", "", "Lai Châu, ngày      tháng      năm      "),
        ("Hà Nội, ngày 1 tháng 2 năm 2026", "2026-05-27", "Hà Nội, ngày 1 tháng 2 năm 2026"),
    ],
)
def test_the_line_of_place_and_day(line: str, date: str, expected: str) -> None:
    built = report(letterhead=Letterhead(place_and_date=line), date=date)
    assert built.letterhead.place_and_date == expected


def test_what_people_decided_takes_the_place_of_what_the_machine_found() -> None:
    analysis = sample()
    funding = next(o for o in analysis.opinions if o.text.startswith("cần làm rõ nguồn"))
    before = words(section(synthesis.build(analysis, ReportOptions()), "group-funding").content)
    assert "Đối chiếu của máy" in before and "Kết quả xử lý" not in before
    answer = Decision(funding.id, "An", "1", "accepted", "Đã nêu rõ nguồn vốn", "Phần III mục 1")
    built = synthesis.build(analysis, ReportOptions(), (answer,))
    text = words(section(built, "group-funding").content)
    assert "Kết quả xử lý: Tiếp thu: 1. Đã nêu rõ nguồn vốn (Phần III mục 1)" in text
    assert "Đối chiếu của máy" not in text
    charts = {c.key: c for c in section(built, "bodies").content if isinstance(c, Chart)}
    decided = dict(charts["dispositions_by_group"].series)
    assert sum(decided["Tiếp thu"]) == 1 and sum(decided["Chưa giải trình"]) == 7
    row = next(r for r in table_of(built, "all_opinions").rows if r.key == funding.id)
    assert "Tiếp thu\nĐã nêu rõ nguồn vốn\nPhần III mục 1" in "\n".join(words(c.paragraphs) for c in row.cells)


def table_of(built: Report, key: str) -> Table:
    return next(i for i in section(built, key).content if isinstance(i, Table))


IDS = [o.id for o in sample().opinions] + ["unknown/b1/o1"]
SETS = st.lists(st.lists(st.sampled_from(IDS), min_size=1, max_size=4, unique=True), max_size=5)


@settings(max_examples=30)
@given(SETS, st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(["II/3/a", "gone"])), max_size=6))
def test_no_opinion_is_lost_or_doubled(sets: list[list[str]], places: list[tuple[str, str]]) -> None:
    analysis = replace(
        sample(),
        duplicate_sets=tuple(DuplicateSet(f"d{n}", tuple(ids)) for n, ids in enumerate(sets)),
        links=tuple(Link(i, "resolution", p, p, False, 0.5) for i, p in places),
        oppositions=tuple(Opposition("resolution", p, (i,)) for i, p in places),
        themes=tuple(Theme(f"t{n}", "other", "T", tuple(ids)) for n, ids in enumerate(sets)),
    )
    built = table(absorption_table.build(analysis, ReportOptions(variant="C")))
    rows = [r for r in built.rows if not r.heading]
    assert sorted(i for r in rows for i in r.key.split("+")) == sorted(IDS[:-1])
    everything = words(section(synthesis.build(analysis, ReportOptions()), "all_opinions").content)
    assert all(o.text in everything for o in analysis.opinions)


def test_opinions_left_out_stand_in_the_new_numbering() -> None:
    analysis = sample()
    assert analysis.tracing
    first, second = (t.opinion_id for t in analysis.tracing.traces[:2])
    carried = (
        Carried(first, "resolution", "2/3", "Điều 2 khoản 3", "2/2", "Điều 2 khoản 2"),
        Carried(second, "resolution", "2/2", "Điều 2 khoản 2"),
    )
    made = synthesis.build(
        replace(analysis, tracing=replace(analysis.tracing, carried=carried)), ReportOptions(language="en")
    )
    shown = section(made, "carried")
    assert "Annex" in shown.title
    text = words(shown.content)
    assert "Điều 2 khoản 3" in text
    assert "the provision is gone" in text


@pytest.mark.parametrize(
    ("outcome", "disposition", "lead"),
    [("none", "accepted", "nothing in the new draft shows it"), ("full", "not_accepted", "the new draft takes it in")],
)
def test_decisions_that_the_new_draft_contradicts(outcome: str, disposition: str, lead: str) -> None:
    analysis = sample()
    assert analysis.tracing
    trace = next(t for t in analysis.tracing.traces if t.outcome == outcome)
    decision = Decision(trace.opinion_id, "a", "2026-01-01T00:00:00+07:00", disposition)  # type: ignore[arg-type]
    made = synthesis.build(analysis, ReportOptions(language="en"), [decision])
    assert lead in words(section(made, "decision_points").content)


def test_a_target_that_keeps_its_value_shows_the_deadline_that_moved() -> None:
    analysis = sample()
    compared = analysis.comparisons[0]
    moved = IndicatorChange("tàu kết nối", "100%", "100%", "2030", "2027")
    raised = IndicatorChange("trường học", "70%", "80%", "2030", "2030")
    change = replace(compared.changes[0], indicators=(moved, raised))
    built = comparison_table.build(replace(compared, changes=(change,)), analysis, ReportOptions())
    said = words(section(built, "changes").content)
    assert "tàu kết nối: 100%, 2030 → 100%, 2027." in said
    assert "trường học: 70% → 80%." in said
