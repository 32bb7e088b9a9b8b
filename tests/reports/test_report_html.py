"""The page: one file, nothing from outside, everything escaped, usable by keyboard, in a real browser too."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_analysis import sample

from feedback_synth.config import DATA
from feedback_synth.datamodel.report import (
    Chart,
    Column,
    Entry,
    Paragraph,
    Report,
    ReportOptions,
    ReportRow,
    Run,
    Section,
    Table,
    TableCell,
)
from feedback_synth.reports import absorption_table, comparison_table, synthesis
from feedback_synth.reports.renderers import html
from feedback_synth.reports.renderers._svg import bar_chart

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
VOID = {"meta", "link", "br", "img", "input", "hr", "col"}


class Page(HTMLParser):
    """Elements with their attributes, ids, links; fails on tags that do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [a for t, a in self.elements if t == tag]


@cache
def rendered(name: str = "synthesis", language: str = "vi") -> str:
    analysis, options = sample(), ReportOptions(language)
    built = {
        "synthesis": lambda: synthesis.build(analysis, options),
        "table": lambda: absorption_table.build(analysis, options),
        "comparison": lambda: comparison_table.build(analysis.comparisons[0], analysis, options),
    }
    return html.render(built[name]()).decode("utf-8")


NAMES = pytest.mark.parametrize("name", ["synthesis", "table", "comparison"])


@NAMES
def test_nothing_comes_from_outside(name: str) -> None:
    page = Page(rendered(name))
    assert [a for t in ("link", "img", "iframe", "object", "embed", "base") for a in page.all(t)] == []
    assert [a for a in page.all("script") if "src" in a] == []
    assert re.findall(r"(?:https?:)?//[\w.-]+", rendered(name)) == []
    assert "@import" not in rendered(name)
    policy = next(a["content"] for a in page.all("meta") if a.get("http-equiv"))
    assert policy.startswith("default-src 'none'")


@NAMES
def test_landmarks_language_and_names_for_those_who_listen(name: str) -> None:
    page = Page(rendered(name))
    assert page.all("html")[0]["lang"] == "vi"
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.all(landmark)) == 1
    assert len(page.all("h1")) == 1
    levels = [int(t[1]) for t, _ in page.elements if re.fullmatch(r"h[1-6]", t)]
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert page.all("a")[0]["href"] == "#main"
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(a.get("scope") for a in page.all("th"))
    assert all(a.get("role") == "img" and a.get("aria-labelledby") for a in page.all("svg"))


@NAMES
def test_every_link_has_its_target_and_every_id_is_given_once(name: str) -> None:
    page = Page(rendered(name))
    ids = [a["id"] for _, a in page.elements if a.get("id")]
    assert sorted({i for i in ids if ids.count(i) > 1}) == []
    hrefs = [a["href"] for a in page.all("a")]
    assert hrefs and all(h.startswith("#") for h in hrefs)
    assert sorted({h for h in hrefs if h[1:] not in ids}) == []


def test_every_opinion_leads_to_its_words_in_their_source_and_back() -> None:
    page = Page(rendered())
    ids = {a.get("id") for _, a in page.elements}
    hrefs = [a["href"] for a in page.all("a")]
    for opinion in sample().opinions:
        assert f"o-{opinion.id}" in ids
        assert f"#o-{opinion.id}" in hrefs
    rows = {i for i in ids if i and i.startswith("row-")}
    assert len(rows) == 7
    assert {f"#{r}" for r in rows} <= set(hrefs)


def test_filters_know_what_the_rows_hold() -> None:
    page = Page(rendered("table"))
    selects = {a["name"] for a in page.all("select")}
    assert {"group", "body", "provision", "outcome", "language"} <= selects
    assert len([a for a in page.all("tr") if "data-facets" in a]) == 7
    assert all("hidden" in a for a in page.all("form"))


def test_markup_in_a_source_is_shown_and_not_run() -> None:
    text = rendered()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in text


def test_colours_contrast_enough() -> None:
    css = (DATA / "templates" / "report.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", css))

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
        parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(a: str, b: str) -> float:
        high, low = sorted((luminance(a), luminance(b)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for ink in ("ink", "soft", "link"):
        for ground in ("paper", "tint"):
            assert contrast(colours[ink], colours[ground]) >= 4.5
    assert contrast("#6b4a00", colours["paper"]) >= 4.5


def test_a_chart_says_its_figures_without_being_seen() -> None:
    chart = Chart(
        "c", "Số <ý kiến>", ("Sở A & B", "xã C"), (("nhóm 1", (2.0, 0.0)), ("nhóm 2", (1.0, 3.0))), "A: 3; C: 3"
    )
    root = ElementTree.fromstring(bar_chart(chart))
    assert root.findtext("title") == "Số <ý kiến>"
    assert root.findtext("desc") == "A: 3; C: 3"
    texts = [t.text for t in root.iter("text")]
    assert texts.count("3") == 3 and "Sở A & B" in texts
    assert "0" not in texts
    fills = {r.get("fill") for r in root.iter("rect") if r.get("stroke")}
    assert len(fills) == 2


NASTY = st.text(alphabet=st.sampled_from("<>&\"'/=`{}%#-! abđ\u0000\n\u2028é"), max_size=25)


@settings(max_examples=40)
@given(NASTY, NASTY, NASTY)
def test_everything_is_escaped(a: str, b: str, c: str) -> None:
    words = "<b onmouseover=x>&" + a + "</script></style>" + b + "{{c}}" + c
    cell = TableCell(
        (Paragraph((Run(words, "mark", f"#{a}", b), Entry("k", "text", words), Entry("k", "note", "", words))),)
    )
    row = ReportRow((cell,), words, facets=(("body", words), ("body", a)), anchor=b)
    heading = ReportRow((TableCell((Paragraph((Run(words),)),)),), heading=True)
    table = Table(words, words, (Column("x", words, 10),), (heading, row))
    chart = Chart(words, words, (words,), ((words, (1.0,)),), words)
    styles = [Run(words, s) for s in ("plain", "bold", "insert", "delete", "muted", "quote", "proposal", "italic")]
    content = (Paragraph(tuple(styles), anchor=c), table, chart)
    page = html.render(Report("x", words, words, "vi", "dang", True, (Section(words, words, 1, content),))).decode(
        "utf-8"
    )
    seen = Page(page)
    assert seen.all("b") == []
    assert len(seen.all("script")) == len(seen.all("style")) == 1
    assert not [k for _, attributes in seen.elements for k in attributes if k.startswith("on")]


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH")
def test_in_a_real_browser(tmp_path: Path) -> None:
    """Filter, search without diacritics, reset, jump to the source: driven by a script added to the page."""
    probe = """
    var out = {}, form = document.querySelector('form.filters');
    var visible = function () {
      return Array.from(document.querySelectorAll('#table-all_opinions tr[data-facets]')).filter(r => !r.hidden).length;
    };
    out.shown = !form.hidden; out.all = visible();
    form.q.value = 'truong hoc CO ha tang so'; form.dispatchEvent(new Event('input')); out.searched = visible();
    form.reset(); form.apply(); out.reset = visible();
    form.elements.namedItem('language').selectedIndex = 1; form.dispatchEvent(new Event('input'));
    out.filtered = visible();
    form.q.value = 'zzzz'; form.dispatchEvent(new Event('input')); out.none = form.querySelector('output').textContent;
    form.reset(); form.apply();
    var details = document.querySelector('.context details'); out.closed = !details.open;
    var mark = details.querySelector('mark[id]'); location.hash = '#' + mark.id;
    setTimeout(function () {
      out.opened = details.open; out.focused = document.activeElement === mark;
      document.title = 'RESULT ' + JSON.stringify(out);
    }, 300);
    """
    page = tmp_path / "page.html"
    page.write_text(rendered().replace("</body>", f"<script>{probe}</script></body>"), encoding="utf-8")
    found = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", f"--user-data-dir={tmp_path / 'profile'}",
            "--virtual-time-budget=4000", "--dump-dom", page.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert "<title>RESULT" in found.stdout, found.stderr[-500:]
    result = found.stdout.split("<title>RESULT ")[1].split("</title>")[0]
    assert result == (
        '{"shown":true,"all":7,"searched":1,"reset":7,"filtered":4,"none":"Không có dòng nào phù hợp.",'
        '"closed":true,"opened":true,"focused":true}'
    )
