"""The main part stays a few pages however much was said, and whatever it leaves out stands in an annex it names."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from sample_analysis import sample

from feedback_synth.datamodel.analysis import Analysis, Assignment, Link, Opposition, Theme
from feedback_synth.datamodel.comparison import Trace, TraceEvidence, Tracing
from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.document import Block, Document, Locator, Span
from feedback_synth.datamodel.opinion import Author, Directive, Extraction, Opinion
from feedback_synth.datamodel.report import Paragraph, Report, ReportOptions, Run, Table
from feedback_synth.reports import synthesis
from feedback_synth.reports.bundles import MOST_IN_GROUP, MOST_TOLD, bundles, row_ranges, told
from feedback_synth.reports.dossier import dossier
from feedback_synth.reports.quotations import LONG, excerpt, spokesman

GROUPS = ("indicators", "tasks_solutions", "funding", "difficulties", "other")
WORDS = "cần bổ sung quy định số {n} về việc tổ chức thực hiện tại xã, bảo đảm đủ nguồn lực; giao rõ cơ quan chủ trì"
PAGE = 2600  # characters of a page of running text in the layout of the Party


def large(n: int) -> Analysis:
    """``n`` opinions of many bodies: a quarter are single, the others share themes of five."""
    base = sample()
    blocks = tuple(
        Block(f"big/b{i}", f"{WORDS.format(n=i)} {'rất dài, ' * (i % 40)}".strip(), Locator(paragraph=i))
        for i in range(n)
    )
    opinions = tuple(
        Opinion(f"{b.id}/o1", "big", (Span(b.id, 0, len(b.text)),), b.text, _body(i), "vi", "add")
        for i, b in enumerate(blocks)
    )
    directives = tuple(
        Directive(
            f"{b.id}/d1", "big", Span(b.id, 0, len(b.text)), b.text, _body(0), "Sở Nội vụ", "", "2026-10-15", "vi"
        )
        for b in blocks[: n // 20]
    )
    themes = tuple(
        Theme(f"t{k}", GROUPS[k % 5], f"vấn đề số {k}", tuple(o.id for o in opinions[k * 5 : k * 5 + 5]), "")
        for k in range(n * 3 // 20)
    )
    group = {o: t.group for t in themes for o in t.opinion_ids}
    evidence = TraceEvidence("resolution", "II mục 3", "II mục 3", "modified", "thêm nhiều từ " * 30, "bỏ đi " * 30)
    outcomes = ("full", "partial", "none", "opposite")
    traces = tuple(
        Trace(o.id, outcomes[i % 4], 0.8, (evidence,) if i % 4 != 2 else ())  # type: ignore[arg-type]
        for i, o in enumerate(opinions)
    )
    return Analysis(
        sources=(Document("big", "lon.docx", "0" * 64, "minutes", "vi", blocks),),
        drafts=base.drafts,
        extractions=(Extraction("big", (), opinions, (), directives),),
        assignments=tuple(Assignment(o.id, group.get(o.id, GROUPS[i % 5])) for i, o in enumerate(opinions)),
        links=tuple(Link(o.id, "resolution", "II/3/a", "II mục 3 điểm a", True, 0.9) for o in opinions),
        themes=themes,
        oppositions=tuple(
            Opposition("resolution", "II/3/a", tuple(o.id for o in opinions[k * 9 : k * 9 + 9])) for k in range(n // 50)
        ),
        revised=base.revised,
        comparisons=base.comparisons,
        tracing=Tracing(traces),
    )


def _body(number: int) -> Author:
    return Author(organization=f"UBND xã {number % 70}")


def written(paragraphs: Iterable[Paragraph]) -> str:
    return "\n".join("".join(r.text for r in p.runs if isinstance(r, Run)) for p in paragraphs)


def words(built: Report, *, annexes: bool) -> str:
    found = []
    for section in built.sections:
        if section.annex is annexes and not section.formats:
            found.append(section.title)
            for item in section.content:
                if isinstance(item, Paragraph):
                    found.append(written((item,)))
                elif isinstance(item, Table):
                    found += [written(c.paragraphs) for row in item.rows for c in row.cells]
    return "\n".join(found)


@pytest.mark.parametrize(("opinions", "pages"), [(100, 7), (1000, 8)])
def test_the_main_part_is_a_few_pages(opinions: int, pages: int) -> None:
    analysis = large(opinions)
    main = words(synthesis.build(analysis, ReportOptions()), annexes=False)
    assert len(main) < pages * PAGE
    assert f"Tổng số ý kiến góp ý: {opinions if opinions < 1000 else '1.000'}" in main


def test_what_the_main_part_leaves_out_stands_in_annexes() -> None:
    analysis = large(300)
    built = synthesis.build(analysis, ReportOptions())
    behind = words(built, annexes=True)
    assert all(o.text in behind for o in analysis.opinions)
    assert all(d.text in behind for d in analysis.directives)
    themes = next(i for s in built.sections if s.key == "themes_all" for i in s.content if isinstance(i, Table))
    assert {r.key for r in themes.rows} >= {t.id for t in analysis.themes}
    difficulties = next(s for s in built.sections if s.key == "difficulties_all")
    shown = [
        written(c.paragraphs) for i in difficulties.content if isinstance(i, Table) for r in i.rows for c in r.cells
    ]
    assert all(
        any(o.text in cell for cell in shown)
        for o in analysis.opinions
        if next(a for a in analysis.assignments if a.opinion_id == o.id).group == "difficulties"
    )


@pytest.mark.parametrize("language", ["vi", "fr", "en"])
def test_every_annex_that_the_main_part_names_is_there(language: str) -> None:
    built = synthesis.build(large(200), ReportOptions(language=language))
    main = words(built, annexes=False)
    named = {int(n) for n in re.findall(r"(?:Phụ lục|[Aa]nnexe?) (\d+)", main)}
    titles = [s.title for s in built.sections if s.annex]
    assert len(named) >= 7
    assert named <= {int(re.search(r"\d+", title)[0]) for title in titles}  # type: ignore[index]


def test_the_main_part_tells_the_heaviest_themes_and_names_others() -> None:
    work = dossier(large(400), ReportOptions())
    counts = told(bundles(work), work)
    assert sum(counts.values()) == MOST_TOLD and max(counts.values()) <= MOST_IN_GROUP
    assert min(counts.values()) >= 1  # no group without a theme of its own
    built = synthesis.build(large(400), ReportOptions())
    main = words(built, annexes=False)
    assert re.search(r"Các vấn đề khác: Vấn đề số \d+ \(5\); .*; \d+ vấn đề khác \(Phụ lục 2\)\.", main)


def test_the_table_by_group_adds_up() -> None:
    for decisions, status in (((), "đã thể hiện đầy đủ"), (_decided(), "Tiếp thu")):
        built = synthesis.build(sample(), ReportOptions(), decisions)
        table = next(i for s in built.sections if s.key == "numbers" for i in s.content if isinstance(i, Table))
        lines = {written(r.cells[0].paragraphs): [written(c.paragraphs) for c in r.cells[1:]] for r in table.rows}
        figures = {name: [int(x) for x in line] for name, line in lines.items() if name != "Tỷ lệ"}
        assert all(line[-1] == sum(line[:-1]) for line in figures.values())
        assert figures["Ý kiến"][-1] == len(sample().opinions) and status in figures
    decided = [line for name, line in figures.items() if name != "Ý kiến"]
    assert [sum(column) for column in zip(*decided, strict=True)] == figures["Ý kiến"]


def _decided() -> tuple[Decision, ...]:
    return (Decision(sample().opinions[0].id, "An", "1", "accepted"),)


def test_a_long_quotation_ends_with_a_clause() -> None:
    text = "mỗi xã chọn một trường làm thí điểm, ưu tiên nơi khó khăn; phần còn lại giao cho sở"
    assert excerpt(text, 60) == "mỗi xã chọn một trường làm thí điểm, ưu tiên nơi khó khăn […]"
    assert excerpt(text, 45) == "mỗi xã chọn một trường làm thí điểm […]"
    assert excerpt("một hai ba bốn năm sáu", 12) == "một hai ba […]"
    assert excerpt("tỷ lệ 0,5 phần trăm của tỉnh ta", 10) == "tỷ lệ 0,5 […]"  # no clause ends inside a figure


def test_who_speaks_for_a_theme() -> None:
    work = dossier(sample(), ReportOptions())

    def said(text: str, language: str = "vi") -> Opinion:
        return Opinion(text, "s", (Span("b", 0, len(text)),), text, Author(), language, "add")

    short, foreign = said("học bổng"), said("Il conviendrait de créer des bourses pour les élèves.", "fr")
    long = said("học bổng cho học sinh dân tộc thiểu số " * 8)
    named, other = (
        said("có cơ chế học bổng riêng cho học sinh nội trú"),
        said("hỗ trợ thêm tiền ăn cho học sinh bán trú"),
    )
    assert len(long.text) > LONG
    assert spokesman((short, foreign, long, other, named), work, "học bổng") is named
    assert spokesman((short, foreign, long, other, named), work, "", other.id) is other
    assert spokesman((foreign, short), work, "học bổng") is short


def test_numbers_of_rows_are_drawn_together() -> None:
    assert row_ranges([7, 2, 5, 6, 6, 9, 10]) == "2, 5-7, 9, 10"
