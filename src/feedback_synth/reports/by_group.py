"""The numbers of the main part at one glance: opinions of each group with what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from feedback_synth.datamodel.report import Column, ReportRow, Table
from feedback_synth.reports.dispositions import DISPOSITIONS, disposition_of
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.statistics import OUTCOMES
from feedback_synth.reports.tables import plain_cell


def group_table(work: Dossier) -> Table:
    """A column for each group and one of sums: opinions, share, and by status what people decided or, while nobody
    did, what the machine found."""
    labels, opinions = work.labels, work.analysis.opinions
    decided = {o.id: disposition_of(o.id, work.state) for o in opinions}
    status_of: Mapping[str, str]
    if any(status != "pending" for status in decided.values()):
        names, kind, status_of = "dispositions", "decided", decided
    else:
        names, kind = "outcomes", "found" if work.traces else "counted"
        status_of = {i: t.outcome for i, t in work.traces.items() if i in decided}
    present = set(status_of.values())
    statuses = [status for status in (*DISPOSITIONS, *OUTCOMES) if status in present]
    counted = Counter((work.groups[o.id], status_of.get(o.id, "")) for o in opinions)
    totals = {g: sum(n for (group, _), n in counted.items() if group == g) for g in work.group_order}
    lines = [(labels("columns.opinions"), [labels.number(n) for n in _with_sum(totals.values())])]
    lines.append((labels("columns.share"), [labels.percent(n, len(opinions)) for n in _with_sum(totals.values())]))
    for status in statuses:
        figures = _with_sum(counted[g, status] for g in work.group_order)
        lines.append((labels.name(names, status), [labels.number(n) for n in figures]))
    rows = tuple(ReportRow(tuple(plain_cell(text) for text in (name, *figures))) for name, figures in lines)
    columns = [Column("status", labels("columns.group"), 40)]
    columns += [Column(f"group-{g}", labels.group(g), 24) for g in work.group_order]
    columns.append(Column("sum", labels("numbers.sum"), 22))
    return Table("by_group", labels(f"numbers.by_group.{kind}"), tuple(columns), rows)


def _with_sum(figures: Iterable[int]) -> list[int]:
    shown = list(figures)
    return [*shown, sum(shown)]
