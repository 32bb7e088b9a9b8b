"""Word documents: their layout in millimetres and points, what Word would refuse, and the addresses of the way back."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from sample_analysis import sample
from word_reader import W, accepted, body, complaints

from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.report import (
    Chart,
    Column,
    Entry,
    Letterhead,
    Paragraph,
    Report,
    ReportOptions,
    ReportRow,
    Run,
    Section,
    Table,
    TableCell,
)
from feedback_synth.errors import ConfigError, UnreadableDocumentError
from feedback_synth.reports import absorption_table, comparison_table, synthesis
from feedback_synth.reports.exchange import docx_tag, read_tag
from feedback_synth.reports.renderers import docx

PROFILES = ("dang", "hanh_chinh", "qppl")
HEAD = Letterhead("Tỉnh ủy", "Tổ biên tập", recipients=("- Thường trực Tỉnh ủy;", "- Lưu."), signer="Nguyễn Văn An")
MM = 1440 / 25.4


def reports(options: ReportOptions, decisions: tuple[Decision, ...] = ()) -> dict[str, Report]:
    analysis = sample()
    return {
        "table": absorption_table.build(analysis, options, decisions),
        "synthesis": synthesis.build(analysis, options, decisions),
        "comparison": comparison_table.build(analysis.comparisons[0], analysis, options),
    }


@cache
def rendered(name: str, profile: str = "dang", variant: str = "A", language: str = "vi") -> bytes:
    options = ReportOptions(language, profile, variant, letterhead=HEAD, date="2026-10-02")  # type: ignore[arg-type]
    return docx.render(reports(options)[name])


def part(document: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return etree.fromstring(archive.read(name))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", ["table", "synthesis", "comparison"])
def test_word_has_nothing_to_complain_of(name: str, profile: str) -> None:
    assert complaints(rendered(name, profile)) == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("variant", ["A", "B", "C", "D", "E"])
def test_every_variant_in_every_language(variant: str, language: str) -> None:
    document = rendered("table", "hanh_chinh", variant, language)
    assert complaints(document) == []
    words = "\n".join(accepted(document))
    for opinion in sample().opinions:
        assert opinion.text in words


@pytest.mark.parametrize(
    ("profile", "margins", "body_size", "right"),
    [
        ("dang", (20, 20, 30, 15), 14, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("hanh_chinh", (20, 20, 30, 15), 14, "CỘNG HÒA XÃ HỘI"),
        ("qppl", (20, 20, 30, 20), 14, "CỘNG HÒA"),
    ],
)
def test_page_layout_of_the_profiles(profile: str, margins: tuple[int, ...], body_size: int, right: str) -> None:
    document = rendered("synthesis", profile)
    page = body(document).findall(f".//{W}sectPr")
    for section in page:
        margin = section.find(f"{W}pgMar")
        sides = [int(margin.get(W + s)) for s in ("top", "bottom", "left", "right")]
        assert sides == [round(mm * MM) for mm in margins]
        assert int(margin.get(f"{W}header")) == round(10 * MM)
    first = page[0].find(f"{W}pgSz")
    assert (int(first.get(f"{W}w")), int(first.get(f"{W}h"))) == (11906, 16838)
    styles = part(document, "word/styles.xml")
    fonts = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    assert {fonts.get(W + a) for a in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz").get(f"{W}val") == str(2 * body_size)
    head = body(document).find(f"{W}tbl")
    assert right in "".join(head.itertext())
    assert {b.get(f"{W}val") for b in head.find(f"{W}tblPr/{W}tblBorders")} == {"nil"}


@pytest.mark.parametrize("name", ["table", "comparison"])
def test_tables_lie_and_their_header_is_repeated(name: str) -> None:
    document = rendered(name)
    size = body(document).find(f"{W}sectPr/{W}pgSz")
    assert (size.get(f"{W}orient"), size.get(f"{W}w")) == ("landscape", "16838")
    tables = [t for t in body(document).iter(f"{W}tbl") if t.find(f".//{W}tblHeader") is not None]
    assert tables
    for table in tables:
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        assert len(table.findall(f".//{W}tblHeader")) == 1
        assert sum(int(c.get(f"{W}w")) for c in table.iter(f"{W}gridCol")) == 16838 - round(30 * MM) - round(15 * MM)
    assert not list(body(document).iter(f"{W}trHeight"))


def test_the_page_number_hides_on_the_first_page_only() -> None:
    document = rendered("synthesis")
    sections = body(document).findall(f".//{W}sectPr")
    assert [s.find(f"{W}titlePg") is not None for s in sections] == [True] + [False] * (len(sections) - 1)
    header = part(document, "word/header1.xml")
    assert [t.text for t in header.iter(f"{W}instrText")] == ["PAGE"]
    assert {s.get(f"{W}val") for s in header.iter(f"{W}sz")} == {"28"}
    assert not list(part(document, "word/header2.xml").iter(f"{W}instrText"))


def test_the_list_of_opinions_lies_between_upright_pages() -> None:
    sections = body(rendered("synthesis")).findall(f".//{W}sectPr")
    assert [s.find(f"{W}pgSz").get(f"{W}orient") for s in sections] == [None, "landscape", None]


def test_equal_places_share_one_cell() -> None:
    options = ReportOptions(group_by="provision")
    table = body(docx.render(reports(options)["table"]))
    marks = [m.get(f"{W}val") for m in table.iter(f"{W}vMerge")]
    assert marks.count("restart") >= 1
    assert None in marks


def test_long_rows_may_break_and_short_ones_may_not() -> None:
    def row(text: str) -> ReportRow:
        return ReportRow((TableCell((Paragraph((Run(text),)),)),))

    rows = (row("ngắn"), row("dài " * 200))
    report = _report(Table("t", "", (Column("c", "C", 50),), rows))
    kept = [r.find(f"{W}trPr/{W}cantSplit") is not None for r in body(docx.render(report)).iter(f"{W}tr")][2:4]
    assert kept == [True, False]


def test_every_cell_that_comes_back_has_its_address() -> None:
    analysis = sample()
    tags = [t.get(f"{W}val") for t in body(rendered("table", variant="B")).iter(f"{W}tag")]
    assert len(tags) == len(set(tags))
    addresses = [read_tag(t) for t in tags]
    ids = {o.id for o in analysis.opinions}
    assert {row for row, _ in addresses} == ids
    by_column = {c: [r for r, column in addresses if column == c] for c in {c for _, c in addresses}}
    assert {"disposition", "response", "place", "note", "text", "author_organization"} <= set(by_column)
    twins = analysis.duplicate_sets[0].opinion_ids
    assert set(by_column["disposition"]) == ids - set(twins[1:])
    assert set(twins) <= set(by_column["text"]) and set(twins) <= set(by_column["author_organization"])


def test_nothing_is_decided_until_a_person_decides() -> None:
    controls = list(body(rendered("table")).iter(f"{W}sdt"))
    status = [c for c in controls if c.find(f"{W}sdtPr/{W}tag").get(f"{W}val").endswith("|disposition")]
    assert status
    for control in status:
        assert control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
        assert "".join(control.find(f"{W}sdtContent").itertext()) == "[Chọn kết quả xử lý]"
        items = [i.get(f"{W}value") for i in control.iter(f"{W}listItem")]
        assert "Tiếp thu" in items and "Không tiếp thu" in items
    assert "Đề xuất của máy: Tiếp thu (đã thể hiện đầy đủ)" in "".join(body(rendered("table")).itertext())


def test_a_decision_takes_the_place_of_the_proposal() -> None:
    first = sample().opinions[0]
    decided = Decision(first.id, "An", "2026-10-03T08:00:00+07:00", "accepted", "Đã sửa theo ý kiến", "Điều 4")
    document = docx.render(reports(ReportOptions(), (decided,))["table"])
    values = {
        c.find(f"{W}sdtPr/{W}tag").get(f"{W}val"): "".join(c.find(f"{W}sdtContent").itertext())
        for c in body(document).iter(f"{W}sdt")
        if c.find(f"{W}sdtPr/{W}showingPlcHdr") is None
    }
    assert values[f"{first.id}|disposition"] == "Tiếp thu"
    assert values[f"{first.id}|response"] == "Đã sửa theo ý kiến"
    assert values[f"{first.id}|place"] == "Điều 4"
    row = next(t for t in body(document).iter(f"{W}tag") if t.get(f"{W}val") == f"{first.id}|response")
    words = "".join(next(row.iterancestors(f"{W}tr")).itertext())
    assert "Đề xuất của máy" not in words


def test_a_tag_that_word_could_not_hold_is_refused() -> None:
    assert read_tag(docx_tag("abc/b1/o2", "place")) == ("abc/b1/o2", "place")
    assert read_tag("no address") == ("", "")
    with pytest.raises(ValueError, match="64"):
        docx_tag("x" * 64, "place")


def test_charts_say_their_figures_in_words() -> None:
    document = rendered("synthesis")
    descriptions = [d.get("descr") for d in body(document).iter("{*}docPr")]
    assert len(descriptions) == 3
    assert any("xã Nậm Khao" in d for d in descriptions)
    chart = part(document, "word/charts/chart1.xml")
    assert chart.find(".//{*}barDir").get("val") == "bar"
    fills = {etree.tostring(s.find("{*}spPr")[0]) for s in chart.iter("{*}ser")}
    assert len(fills) == len(list(chart.iter("{*}ser")))


def test_equal_reports_give_equal_bytes() -> None:
    report = reports(ReportOptions())["synthesis"]
    assert docx.render(report) == docx.render(report)


def _report(*content: Paragraph | Table | Chart) -> Report:
    return Report("x", "T", "", "vi", "dang", False, (Section("s", "S", 1, content),))


TEXT = st.text(max_size=30)
RUNS = st.builds(Run, TEXT, st.sampled_from(["plain", "bold", "insert", "delete", "proposal", "mark"]))
ENTRIES = st.builds(lambda v: Entry("abc/b1/o1", "place", v), TEXT)
PARAGRAPHS = st.builds(
    lambda r, s: Paragraph(tuple(r), s),
    st.lists(st.one_of(RUNS, ENTRIES), max_size=3),
    st.sampled_from(["body", "bullet", "note", "caption"]),
)


@settings(max_examples=40)
@given(st.lists(PARAGRAPHS, max_size=3), st.lists(st.lists(PARAGRAPHS, max_size=2), max_size=3))
def test_any_words_make_a_document_that_opens(paragraphs: list[Paragraph], cells: list[list[Paragraph]]) -> None:
    rows = tuple(ReportRow((TableCell(tuple(c)),)) for c in cells)
    document = docx.render(_report(*paragraphs, Table("t", "", (Column("c", "C", 40, merge_equal=True),), rows)))
    found = [c for c in complaints(document) if "id" not in c]
    assert found == []


@pytest.mark.parametrize("name", ["table", "synthesis", "comparison"])
def test_every_style_that_is_used_is_defined(name: str) -> None:
    document = rendered(name)
    known = {s.get(f"{W}styleId") for s in part(document, "word/styles.xml").iter(f"{W}style")}
    for source in ("word/document.xml", "word/header1.xml", "word/header2.xml"):
        used = {s.get(f"{W}val") for s in part(document, source).iter(f"{W}pStyle")}
        assert used and used <= known


def test_the_properties_name_the_report_and_nothing_of_the_tools() -> None:
    report = replace(reports(ReportOptions())["table"], subtitle="dài " * 100)
    properties = part(docx.render(report), "docProps/core.xml")
    said = {etree.QName(e).localname: e.text for e in properties}
    assert set(said) == {"title", "language"}
    assert said["language"] == "vi"
    assert said["title"].startswith(report.title) and len(said["title"]) == 255


# ---- an office's own template -------------------------------------------------------------------
def template(*paragraphs: str, extra: dict[str, str] | None = None) -> bytes:
    from docx import Document

    made = Document()
    for words in paragraphs:
        line = made.add_paragraph()
        for piece in words.split("¦"):  # as Word cuts words into runs
            line.add_run(piece)
    made.sections[0].header.paragraphs[0].text = "{{issuer}} – mẫu riêng"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_an_offices_template_wins() -> None:
    own = template("Tên: {{ti¦tle}} {{subtitle}}", "Trước", "{{content}}", "Sau {{recipients}}")
    report = replace(reports(ReportOptions(letterhead=HEAD))["table"])
    document = docx.render(report, own)
    lines = accepted(document)
    assert complaints(document) == []
    assert lines[0] == f"Tên: {report.title} {report.subtitle}"
    assert lines[1] == "Trước"
    assert lines[-1] == "Sau - Thường trực Tỉnh ủy;\n- Lưu."
    words = "\n".join(lines)
    assert all(o.text in words for o in sample().opinions)
    assert "CỘNG SẢN" not in words
    header = next(n for n in zipfile.ZipFile(io.BytesIO(document)).namelist() if "header" in n)
    assert "Tổ biên tập – mẫu riêng" in "".join(part(document, header).itertext())


@pytest.mark.parametrize("name", ["table", "synthesis", "comparison"])
def test_every_document_takes_the_template_that_the_office_chose(name: str) -> None:
    options = ReportOptions(template=template("Kính gửi", "{{content}}", "THỦ TRƯỞNG"), for_editing=True)
    made = reports(options)[name]
    lines = accepted(docx.render(made))
    assert lines[0] == "Kính gửi" and complaints(docx.render(made)) == []
    annexes = [s.title for s in made.sections if s.annex and (not s.formats or "docx" in s.formats)]
    assert all(lines.index("THỦ TRƯỞNG") < lines.index(title) for title in annexes)
    assert bool(annexes) == (name != "comparison")


def test_the_signature_stands_before_the_annexes() -> None:
    for name, options in (("table", ReportOptions(for_editing=True)), ("synthesis", ReportOptions())):
        made = reports(options)[name]
        lines = accepted(docx.render(made))
        signed = next(n for n, line in enumerate(lines) if "Nơi nhận:" in line)
        titles = [s.title for s in made.sections if s.annex and (not s.formats or "docx" in s.formats)]
        assert titles and all(signed < lines.index(title) for title in titles)


def test_a_template_may_ask_for_single_sections() -> None:
    document = docx.render(
        reports(ReportOptions())["synthesis"],
        template("A", "{{section:numbers}}", "{{section:bodies}}", "B", "{{ section:nowhere }}"),
    )
    lines = accepted(document)
    assert complaints(document) == []
    assert lines[0] == "A" and lines[-1] == "B"
    assert any("Tổng số ý kiến góp ý: 8" in line for line in lines)
    assert len([n for n in zipfile.ZipFile(io.BytesIO(document)).namelist() if "chart_fs" in n]) == 3


def test_tables_fit_between_the_margins_of_the_template() -> None:
    document = docx.render(reports(ReportOptions())["table"], template("{{content}}"))
    size, margin = (body(document).find(f"{W}sectPr/{W}{n}") for n in ("pgSz", "pgMar"))
    usable = int(size.get(f"{W}w")) - int(margin.get(f"{W}left")) - int(margin.get(f"{W}right"))
    table = next(t for t in body(document).iter(f"{W}tbl"))
    assert sum(int(c.get(f"{W}w")) for c in table.iter(f"{W}gridCol")) == usable


def test_a_template_without_a_place_or_that_is_none_is_refused() -> None:
    report = reports(ReportOptions())["table"]
    with pytest.raises(ConfigError, match=r"no place for the content"):
        docx.render(report, template("{{title}}"))
    with pytest.raises(UnreadableDocumentError, match="The template"):
        docx.render(report, b"not a zip")


def test_a_template_saved_as_a_template_becomes_a_document() -> None:
    made = template("{{content}}")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    own = io.BytesIO()
    with zipfile.ZipFile(own, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    document = docx.render(reports(ReportOptions())["table"], own.getvalue())
    assert complaints(document) == []
    assert b"template.main+xml" not in zipfile.ZipFile(io.BytesIO(document)).read("[Content_Types].xml")
    assert sample().opinions[0].text in "\n".join(accepted(document))


def test_the_styles_of_the_template_win_whatever_their_ids() -> None:
    """Word in Vietnamese names its styles as everywhere and gives them other ids."""
    from docx import Document

    made = Document()
    made.styles["Heading 1"].style_id = "u1"
    made.styles["Normal"].style_id = "Binhthng"
    made.add_paragraph("{{content}}")
    own = io.BytesIO()
    made.save(own)
    document = docx.render(reports(ReportOptions())["synthesis"], own.getvalue())
    assert complaints(document) == []
    styles = {s.get(f"{W}styleId"): s for s in part(document, "word/styles.xml").iter(f"{W}style")}
    used = {s.get(f"{W}val") for s in body(document).iter(f"{W}pStyle")}
    assert "u1" in used and "Heading1" not in used
    assert used <= set(styles)
    assert styles["TableText"].find(f"{W}basedOn").get(f"{W}val") == "Binhthng"


def test_equal_templates_give_equal_bytes() -> None:
    own, report = template("{{content}}"), reports(ReportOptions())["synthesis"]
    assert docx.render(report, own) == docx.render(report, own)


@pytest.mark.parametrize("variant", ["A", "B", "C", "D", "E"])
def test_documents_for_editing_are_sound_too(variant: str) -> None:
    options = ReportOptions(variant=variant, letterhead=HEAD, for_editing=True)  # type: ignore[arg-type]
    for name in ("table", "comparison"):
        assert complaints(docx.render(reports(options)[name])) == []


def test_a_document_to_be_signed_has_nothing_for_editors_only() -> None:
    for name in ("table", "synthesis", "comparison"):
        assert not any(s.key == "working" for s in reports(ReportOptions())[name].sections)
    tags = re.findall(r'w:tag w:val="([^"]*)"', part_text(docx.render(reports(ReportOptions())["comparison"])))
    assert tags == []


def part_text(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read("word/document.xml").decode("utf-8")


@pytest.mark.parametrize(("profile", "title_is_bold"), [("dang", False), ("hanh_chinh", True)])
def test_who_signs_and_for_whom(profile: str, title_is_bold: bool) -> None:
    from docx import Document

    head = Letterhead(signer_title="T/M Ban Thường vụ\nPhó Bí thư", signer="Lò Văn A")
    options = ReportOptions(profile=profile, letterhead=head)  # type: ignore[arg-type]
    document = Document(io.BytesIO(docx.render(reports(options)["comparison"])))
    lines = {p.text: p.runs[0].bold for p in document.tables[-1].rows[0].cells[1].paragraphs if p.text}
    assert lines["T/M Ban Thường vụ"] is True and bool(lines["Phó Bí thư"]) == title_is_bold
    assert lines["Lò Văn A"] is True


@given(
    st.lists(
        st.tuples(st.floats(8, 90), st.sampled_from(["Indicateurs et échéanciers", "TT", "Financement", "Opinions"])),
        min_size=1,
        max_size=7,
    )
)
def test_columns_are_as_wide_as_the_longest_word_of_their_heading(columns: list[tuple[float, str]]) -> None:
    total, titles = round(165 * MM), [title for _, title in columns]
    size = docx.head_size(titles, total, 12)
    needs = [docx.needed(title, size) for title in titles]
    widths = docx.scaled([mm for mm, _ in columns], total, needs)
    assert sum(widths) == total
    assert 8 <= size <= 12
    assert all(w >= n for w, n in zip(widths, needs, strict=True))
    assert size == 12 or sum(docx.needed(title, size + 0.5) for title in titles) > total
