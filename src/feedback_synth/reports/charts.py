"""Charts where people would rather look than read, each with the sentence that says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from feedback_synth.datamodel.report import Chart
from feedback_synth.reports.dispositions import DISPOSITIONS, disposition_of
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.statistics import OUTCOMES

MOST_BODIES = 15


def charts(work: Dossier) -> tuple[Chart, ...]:
    """What became of the opinions: what people decided, or while nobody did what the machine found."""
    return _shown(dispositions_by_group(work)) or _shown(outcomes_by_group(work))


def charts_of_bodies(work: Dossier) -> tuple[Chart, ...]:
    """Who said how much: those charts that have something to show."""
    return _shown(groups_by_body(work), coverage_by_commune(work))


def _shown(*drawn: Chart) -> tuple[Chart, ...]:
    return tuple(chart for chart in drawn if chart.categories and chart.series)


def groups_by_body(work: Dossier) -> Chart:
    """Opinions of each body (those with most first), by group."""
    said = Counter((work.body(o), work.groups[o.id]) for o in work.analysis.opinions)
    totals: Counter[str] = Counter()
    for (body, _), n in said.items():
        totals[body] += n
    names = [name for name, _ in totals.most_common(MOST_BODIES)]
    series = {work.labels.group(g): [said[name, g] for name in names] for g in work.group_order}
    return _chart("groups_by_body", names, series, work)


def dispositions_by_group(work: Dossier) -> Chart:
    """What people decided about the opinions of each group; nothing to show until somebody decided."""
    counted = Counter((work.groups[o.id], disposition_of(o.id, work.state)) for o in work.analysis.opinions)
    chosen = DISPOSITIONS if any(status != "pending" for _, status in counted) else ()
    series = {work.labels.name("dispositions", s): [counted[g, s] for g in work.group_order] for s in chosen}
    return _chart("dispositions_by_group", [work.labels.group(g) for g in work.group_order], series, work)


def outcomes_by_group(work: Dossier) -> Chart:
    """What the revised draft did with the opinions of each group, as the machine traced it."""
    traced = Counter((work.groups.get(t.opinion_id), t.outcome) for t in work.traces.values())
    groups = [g for g in work.group_order if any(traced[g, o] for o in OUTCOMES)]
    series = {work.labels.name("outcomes", o): [traced[g, o] for g in groups] for o in OUTCOMES}
    return _chart("outcomes_by_group", [work.labels.group(g) for g in groups], series, work)


def coverage_by_commune(work: Dossier) -> Chart:
    """How much came from each commune; those that were asked and said nothing stand at zero."""
    took_part = work.participation
    everyone = [*took_part.asked, *(b for b in took_part.answered if not b.asked)]
    communes = sorted((b for b in everyone if b.kind == "commune"), key=lambda b: (-b.opinions, -b.agreements))
    series = {
        work.labels("charts.opinions"): [b.opinions for b in communes],
        work.labels("charts.agreements"): [b.agreements for b in communes],
    }
    return _chart("coverage_by_commune", [b.name for b in communes], series, work)


def _chart(key: str, categories: Sequence[str], series: Mapping[str, Sequence[int]], work: Dossier) -> Chart:
    shown = {name: values for name, values in series.items() if any(values)}
    title = work.labels(f"charts.{key}")
    return Chart(
        key,
        title,
        tuple(categories),
        tuple((name, tuple(float(v) for v in values)) for name, values in shown.items()),
        _in_words(title, categories, shown, work),
    )


def _in_words(title: str, categories: Sequence[str], series: Mapping[str, Sequence[int]], work: Dossier) -> str:
    """The figures of the chart, so that nobody needs to see it."""
    parts = []
    for n, category in enumerate(categories):
        values = [f"{name} {work.labels.number(v[n])}" for name, v in series.items() if v[n]]
        parts.append(f"{category}: {', '.join(values) or '0'}")
    return f"{title}. {'; '.join(parts)}."
