"""Indicators with the values that were proposed for them, side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feedback_synth import languages
from feedback_synth.datamodel.comparison import IndicatorChange
from feedback_synth.datamodel.draft import Draft, Indicator
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.datamodel.report import Column, Paragraph, ReportRow, Run, Section, Table, TableCell
from feedback_synth.languages.numbers import Number, numbers
from feedback_synth.languages.text import match_key, tokens
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.numbers import body, figure
from feedback_synth.reports.tables import compact, plain_cell

_FIGURE = re.compile(r"\d+(?:[.,\u202f\u00a0]\d+)*(?:\s?%)?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LEAST_SHARED = 0.6
_FEWEST_WORDS = 3


def indicator_section(work: Dossier) -> Section | None:
    """The indicators that somebody spoke about or that the revised draft changed."""
    labels = work.labels
    rows = [row for draft in work.analysis.drafts for row in _rows(draft, work)]
    if not rows:
        return None
    columns = tuple(
        Column(key, labels(f"columns.{key}"), width, merge_equal=False)
        for key, width in (
            ("indicator", 40),
            ("place_in_draft", 26),
            ("draft_value", 24),
            ("proposed_values", 54),
            ("revised_value", 24),
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
    """Does the opinion say the very figure of the indicator, or name it in its language with another figure or year."""
    alike = _alike(opinion.text, opinion.language, indicator)
    if any(n.value == indicator.value for n in alike):
        return True
    other_year = any(year not in indicator.deadline for year in _YEAR.findall(opinion.text))
    if opinion.language != language or not (alike or other_year):
        return False
    words = set(tokens(indicator.name)) - languages.get(language).stop_words
    names = {w for w in words if not any(c.isdigit() for c in w)}
    return len(names) > 1 and len(names & set(tokens(opinion.text))) / len(names) >= _LEAST_SHARED


def _alike(text: str, code: str, indicator: Indicator) -> list[Number]:
    """The quantities of ``text`` that are counted in the unit of the indicator."""
    unit = match_key(indicator.unit)
    return [n for n in numbers(text, code) if match_key(n.unit) == unit]


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
    paragraphs = tuple(_proposed(o, indicator, work) for o in opinions)
    revised = ", ".join(t for t in (figure(change.new, labels), change.new_deadline) if t) if change else ""
    cells = (
        plain_cell(_told(indicator)),
        plain_cell(f"{work.draft_name(draft.kind)}: {indicator.label}" if len(work.drafts) > 1 else indicator.label),
        plain_cell(_value(indicator, work)),
        TableCell(paragraphs),
        plain_cell(revised),
    )
    return ReportRow(cells, f"{draft.kind}/{indicator.id}")


def _told(indicator: Indicator) -> str:
    """The draft's words for the indicator, or its name where they are hardly more than the figure."""
    words = [w for w in tokens(indicator.text) if not any(c.isdigit() for c in w)]
    return indicator.text if len(words) > _FEWEST_WORDS else indicator.name or indicator.text


def _proposed(opinion: Opinion, indicator: Indicator, work: Dossier) -> Paragraph:
    value = figures(opinion, indicator)
    lead = (Run(value, "bold"), Run(" – ")) if value else ()
    said = Run(work.labels.quote(opinion.text), "quote", f"#o-{opinion.id}")
    return Paragraph((*lead, Run(f"{work.body(opinion)}: "), said))


def figures(opinion: Opinion, indicator: Indicator) -> str:
    """The values that an opinion has for the indicator other than the draft's, in its own words; else other years.

    What it dictates (its edits) counts before what it mentions.
    """
    dictated = [e.new for e in opinion.edits if _FIGURE.search(e.new)]
    for said in (dictated, [opinion.text]):
        values = [
            text[n.start : n.end].strip(" .,;")
            for text in said
            for n in _alike(text, opinion.language, indicator)
            if n.value != indicator.value or n.upper not in (None, indicator.upper)
        ]
        if values:
            return "; ".join(dict.fromkeys(values))
    years = dict.fromkeys(_YEAR.findall(" ".join(dictated) or opinion.text))
    return "; ".join(y for y in years if y not in indicator.deadline)


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
