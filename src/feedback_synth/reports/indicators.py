"""Indicators with the values that were proposed for them, side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from feedback_synth import languages
from feedback_synth.datamodel.comparison import IndicatorChange
from feedback_synth.datamodel.draft import Draft, Indicator
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.datamodel.report import Column, Paragraph, ReportRow, Run, Section, Table, TableCell
from feedback_synth.languages.numbers import Number, numbers
from feedback_synth.languages.text import match_key, tokens
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.labels import distinct
from feedback_synth.reports.numbers import body, figure
from feedback_synth.reports.quotations import excerpt
from feedback_synth.reports.tables import compact, in_full, plain_cell

_FIGURE = re.compile(r"\d+(?:[.,\u202f\u00a0]\d+)*(?:\s?%)?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LEAST_SHARED = 0.6
_FEWEST_WORDS = 3


MOST_INDICATORS = 10
LONGEST_NAME = 70


@dataclass(frozen=True, slots=True)
class Discussed:
    """An indicator with the opinions about it and what the revised draft made of it."""

    indicator: Indicator
    draft: Draft
    opinions: tuple[Opinion, ...]
    change: IndicatorChange | None


def indicator_section(work: Dossier, annex: Mapping[str, str]) -> Section | None:
    """The indicators for which values were proposed, side by side: the draft's, those proposed, the new draft's."""
    labels = work.labels
    found = list(_discussed(work))
    if not found:
        return None
    title = labels("synthesis.sections.indicators")
    key = "synthesis.indicators" if work.analysis.comparisons else "synthesis.indicators_discussed"
    rows = _main_rows(found, work)
    lead = labels.count(key, len(found), in_full=in_full("indicators_all", annex, work))
    proposed = f" {labels('synthesis.proposed_values')}" if rows else ""
    content: list[Paragraph | Table] = [body(lead + proposed)]
    if rows:
        widths = (
            ("indicator", 44),
            ("place_in_draft", 40),
            ("draft_value", 22),
            ("proposed_values", 52),
            ("revised_value", 22),
        )
        content.append(compact(Table("indicators", title, _columns(widths, work), rows)))
    return Section("indicators", title, 1, tuple(content))


def indicators_annex(work: Dossier) -> Section:
    """Every indicator that somebody spoke about or that the revised draft changed, with the quotations."""
    widths = (
        ("indicator", 40),
        ("place_in_draft", 26),
        ("draft_value", 24),
        ("proposed_values", 54),
        ("revised_value", 24),
    )
    rows = tuple(_row(one, work) for one in _discussed(work))
    title = work.labels("annexes.indicators")
    table = compact(Table("indicators_all", title, _columns(widths, work), rows))
    return Section("indicators_all", title, 1, (table,) if rows else ())


def _columns(widths: Iterable[tuple[str, int]], work: Dossier) -> tuple[Column, ...]:
    return tuple(Column(key, work.labels(f"columns.{key}"), width) for key, width in widths)


def _discussed(work: Dossier) -> Iterable[Discussed]:
    for draft in work.analysis.drafts:
        changes = _changes(draft, work)
        spoken = _spoken(draft, work)
        for indicator in draft.indicators:
            said = spoken.get(indicator.provision_id, ())
            opinions = tuple(o for o in said if _about(o, indicator, draft.language))
            change = changes.get((indicator.label, match_key(indicator.name)))
            if opinions or change:
                yield Discussed(indicator, draft, opinions, change)


def _main_rows(found: Iterable[Discussed], work: Dossier) -> tuple[ReportRow, ...]:
    """A row for each indicator with proposed values; one for all drafts that say the same of it."""
    alike: list[list[Discussed]] = []
    for one in found:
        if _by_value(one, work):
            known = next((same for same in alike if _same(same[0], one, work)), None)
            if known:
                known.append(one)
            else:
                alike.append([one])
    heaviest = sorted(alike, key=lambda same: -max(len(one.opinions) for one in same))[:MOST_INDICATORS]
    return tuple(_main_row(same, work) for same in alike if same in heaviest)


def _same(one: Discussed, other: Discussed, work: Dossier) -> bool:
    """Do two drafts say the same of an indicator: its value and year, the new ones, and a value proposed for both."""
    return (
        one.draft is not other.draft
        and (one.indicator.value, one.indicator.deadline) == (other.indicator.value, other.indicator.deadline)
        and _revised(one, work) == _revised(other, work)
        and not _by_value(one, work).keys().isdisjoint(_by_value(other, work))
    )


def _main_row(same: Sequence[Discussed], work: Dossier) -> ReportRow:
    labels = work.labels
    first = same[0]
    values: dict[str, list[str]] = {}
    for one in same:
        for value, names in _by_value(one, work).items():
            values[value] = distinct([*values.get(value, ()), *names])
    proposed = tuple(
        Paragraph((Run(value, "bold"), Run(f" – {labels.listed(names)}"))) for value, names in values.items()
    )
    cells = (
        plain_cell(excerpt(_told(first.indicator), LONGEST_NAME)),
        plain_cell(labels.listed(distinct(_where(one, work) for one in same))),
        plain_cell(_value(first.indicator, work)),
        TableCell(proposed),
        plain_cell(_revised(first, work)),
    )
    return ReportRow(cells, f"{first.draft.kind}/{first.indicator.id}")


def _by_value(one: Discussed, work: Dossier) -> dict[str, list[str]]:
    """Who proposes which value."""
    found: dict[str, list[str]] = {}
    for opinion in one.opinions:
        value = " ".join(_goal(figures(opinion, one.indicator), opinion.language, one.indicator).split()).replace(
            " %", "%"
        )
        if value:
            found[value] = distinct([*found.get(value, ()), work.body(opinion)])
    return found


def _goal(proposed: str, language: str, indicator: Indicator) -> str:
    """Of "70% lên 80%" what is wanted, where the first is the draft's own value."""
    written = _FIGURE.findall(proposed)
    values = numbers(proposed, language)
    starts = len(written) == 2 and len(values) == 1 and values[0].value == indicator.value
    return written[1] if starts and values[0].upper is not None else proposed


def _where(one: Discussed, work: Dossier) -> str:
    place = one.indicator.label
    if len(work.drafts) < 2:
        return place
    return work.labels("proposal.where", draft=work.draft_name(one.draft.kind), place=place)


def _revised(one: Discussed, work: Dossier) -> str:
    if one.change is None:
        return ""
    return ", ".join(t for t in (figure(one.change.new, work.labels), one.change.new_deadline) if t)


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


def _row(one: Discussed, work: Dossier) -> ReportRow:
    cells = (
        plain_cell(_told(one.indicator)),
        plain_cell(_where(one, work)),
        plain_cell(_value(one.indicator, work)),
        TableCell(tuple(_proposed(o, one.indicator, work) for o in one.opinions)),
        plain_cell(_revised(one, work)),
    )
    return ReportRow(cells, f"{one.draft.kind}/{one.indicator.id}")


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
    unit = f" {indicator.unit}" if indicator.unit not in ("", "%", "‰") else indicator.unit
    unit = unit.replace("%", work.labels("percent_mark"))
    return ", ".join(t for t in (f"{sign}{written}{unit}", indicator.deadline) if t)


def _digits(value: float) -> int:
    return 0 if value == int(value) else len(f"{value:g}".partition(".")[2])
