"""Reports as one page that opens offline: everything inline, everything escaped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from feedback_synth.config import DATA, load_toml
from feedback_synth.datamodel.report import Chart, Column, Entry, Report, ReportRow, Section, Table
from feedback_synth.reports.labels import Labels
from feedback_synth.reports.renderers._svg import bar_chart

FORMAT = "html"
_FACETS = ("group", "body", "provision", "outcome", "disposition", "language", "change", "substance")


def render(report: Report) -> bytes:
    """The page as UTF-8. It loads nothing from anywhere."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = DATA / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["table"] = lambda item: isinstance(item, Table)
    environment.tests["chart"] = lambda item: isinstance(item, Chart)
    environment.tests["entry"] = lambda item: isinstance(item, Entry)
    labels = Labels(report.language, report.spelling)
    page = environment.get_template("report.html.j2").render(
        report=report,
        labels=labels,
        letterhead=_letterhead(report, labels),
        sections=[s for s in report.sections if (s.title or s.content) and (not s.formats or FORMAT in s.formats)],
        facets=_facets,
        facets_json=_facets_json,
        shown=_shown,
        contexts=_is_context,
        ident=ident,
        svg=lambda chart: Markup(bar_chart(chart)),  # noqa: S704 - drawn and escaped by _svg
        style=Markup((folder / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        script=Markup((folder / "report.js").read_text(encoding="utf-8")),  # noqa: S704 - our own file
    )
    return page.encode("utf-8", errors="replace")


def ident(anchor: str) -> str:
    """An anchor as an id: no white space, the same for the link and its target."""
    return "-".join(anchor.split())


def _is_context(section: Section) -> bool:
    return section.key.startswith("source-")


def _shown(table: Table) -> list[tuple[int, Column]]:
    return [(n, c) for n, c in enumerate(table.columns) if not c.formats or FORMAT in c.formats]


def _facets(table: Table) -> list[tuple[str, list[str]]]:
    """What a table can be filtered by: each facet with its values, where there is a choice."""
    found: dict[str, dict[str, None]] = {}
    for line in table.rows:
        for name, value in line.facets:
            found.setdefault(name, {})[value] = None
    return [(name, list(found[name])) for name in _FACETS if len(found.get(name, ())) > 1]


def _facets_json(line: ReportRow) -> str:
    values: dict[str, list[str]] = {}
    for name, value in line.facets:
        values.setdefault(name, []).append(value)
    return json.dumps(values, ensure_ascii=False)


def _letterhead(report: Report, labels: Labels) -> dict[str, Any]:
    """The lines of the head with whether they are bold, as the profile orders them."""
    profile = load_toml(f"templates/{report.profile}.toml")

    def lines(side: str) -> list[tuple[str, bool]]:
        found = [(_line(line, report, labels), bool(line.get("bold"))) for line in profile[side]]
        return [(text, bold) for text, bold in found if text]

    return {"left": lines("left"), "right": lines("right")}


def _line(line: Mapping[str, Any], report: Report, labels: Labels) -> str:
    """The office's own words, else the national ones; a place to fill is left out."""
    own = str(getattr(report.letterhead, line["part"], "")) if "part" in line else ""
    national = line["label"] if "label" in line and "part" not in line else ""
    return own or (labels(f"letterhead.{national}") if national else "")
