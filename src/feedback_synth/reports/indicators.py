"""Indicators with the values that were proposed for them, side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feedback_synth import languages
from feedback_synth.datamodel.comparison import IndicatorChange
from feedback_synth.datamodel.draft import Draft, Indicator
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.datamodel.report import Column, Paragraph, ReportRow, Run, Section, Table, TableCell
from feedback_synth.languages.text import match_key, tokens
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.numbers import body, signed
from feedback_synth.reports.tables import compact, plain_cell

_FIGURE = re.compile(r"\d+(?:[.,\u202f\u00a0]\d+)*(?:\s?%)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAST_SHARED = 0.6


def indicator_section(work: Dossier) -> Section | None:
    """The indicators that somebody spoke about or that the revised draft changed."""
    labels = work.labels
    rows = [row for draft in work.analysis.drafts for row in _rows(draft, work)]
    if not rows:
        return None
    columns = tuple(
        Column(key, labels(f"columns.{key}"), width, merge_equal=False)
        for key, width in (
            ("indicator", 44),
            ("place_in_draft", 26),
            ("draft_value", 20),
            ("proposed_values", 58),
            ("revised_value", 20),
        )
    )
    table = compact(Table("indicators", labels("synthesis.sections.indicators"), columns, tuple(rows)))
    key = "synthesis.indicators" if work.analysis.comparisons else "synthesis.indicators_discussed"
    return Section("indicators", table.title, 1, (body(labels.count(key, len(rows))), table))


def _rows(draft: Draft, work: Dossier) -> Iterable[ReportRow]:
    changes = _changes(draft, work)
    spoken = _spoken(draft, work)
    for indicator in draft.indicators:
        opinions = [o for o in spoken.get(indicator.provision_id, ()) if _about(o, indicator, draft.language)]
        change = changes.get((indicator.label, match_key(indicator.name)))
        if opinions or change:
            yield _row(indicator, draft, opinions, change, work)


def _spoken(draft: Draft, work: Dossier) -> dict[str, list[Opinion]]:
    """Opinions with figures by the provision they are about."""
    found: dict[str, list[Opinion]] = {}
    for opinion in work.analysis.opinions:
        if _FIGURE.search(opinion.text):
            for link in work.links.get(opinion.id, ()):
                if link.draft == draft.kind:
                    found.setdefault(link.provision_id, []).append(opinion)
    return found


def _about(opinion: Opinion, indicator: Indicator, language: str) -> bool:
    """Does the opinion name the indicator: most of its words, in the same language, or its very figure."""
    said = match_key(opinion.text)
    figures = set(_FIGURE.findall(match_key(indicator.text))) - set(_YEAR.findall(indicator.text))
    if figures & set(_FIGURE.findall(said)):
        return True
    if opinion.language != language:
        return False
    names = set(tokens(indicator.name)) - languages.get(language).stop_words
    return bool(names) and len(names & set(tokens(said))) / len(names) >= _LEAST_SHARED


def _changes(draft: Draft, work: Dossier) -> dict[tuple[str, str], IndicatorChange]:
    return {
        (change.old_label, match_key(change.name)): change
        for comparison in work.analysis.comparisons
        if comparison.draft == draft.kind
        for change in comparison.indicator_changes
    }


def _row(
    indicator: Indicator, draft: Draft, opinions: list[Opinion], change: IndicatorChange | None, work: Dossier
) -> ReportRow:
    labels = work.labels
    paragraphs = tuple(
        Paragraph(
            (Run(figures(o), "bold"), Run(f" – {work.body(o)}: "), Run(labels.quote(o.text), "quote", f"#o-{o.id}"))
        )
        for o in opinions
    )
    revised = ", ".join(t for t in (signed(change.new), change.new_deadline) if t) if change else ""
    cells = (
        plain_cell(indicator.text or indicator.name),
        plain_cell(f"{work.draft_name(draft.kind)}: {indicator.label}" if len(work.drafts) > 1 else indicator.label),
        plain_cell(_value(indicator, work)),
        TableCell(paragraphs),
        plain_cell(revised),
    )
    return ReportRow(cells, f"{draft.kind}/{indicator.id}")


def figures(opinion: Opinion) -> str:
    """The figures an opinion dictates (its edits), else those it says, in its own words."""
    dictated = " ".join(e.new for e in opinion.edits if _FIGURE.search(e.new))
    found = dict.fromkeys(_FIGURE.findall(dictated or opinion.text))
    return "; ".join(f for f in found if not _YEAR.fullmatch(f)) or "; ".join(found)


def _value(indicator: Indicator, work: Dossier) -> str:
    if indicator.value is None:
        return indicator.deadline
    sign = {"=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ "}[indicator.comparator]
    values = [v for v in (indicator.value, indicator.upper) if v is not None]
    written = " – ".join(work.labels.number(v, _digits(v)) for v in values)
    unit = work.labels("percent_mark") if indicator.unit == "%" else f" {indicator.unit}" if indicator.unit else ""
    return ", ".join(t for t in (f"{sign}{written}{unit}", indicator.deadline) if t)


def _digits(value: float) -> int:
    return 0 if value == int(value) else len(f"{value:g}".partition(".")[2])
