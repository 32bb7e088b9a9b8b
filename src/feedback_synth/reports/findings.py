"""What became of opinions: what people decided, what the machine found in the revised draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.reports.dispositions import DISPOSITIONS, disposition_of
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.labels import distinct
from feedback_synth.reports.proposal import evidence_text
from feedback_synth.reports.quotations import excerpt
from feedback_synth.reports.statistics import OUTCOMES

LONGEST_ANSWER = 160


def decided(opinions: Iterable[Opinion], work: Dossier, most: int) -> str:
    """What people decided, counted, and their first answers with the places; "" where nobody decided."""
    labels = work.labels
    decisions = [d for o in opinions if (d := work.state.get(o.id)) and d.disposition not in ("", "pending")]
    if not decisions:
        return ""
    counted = Counter(d.disposition for d in decisions)
    summary = labels.listed(labels.pair(labels.name("dispositions", s), counted[s]) for s in DISPOSITIONS if counted[s])
    answers = distinct(
        " ".join(t for t in (excerpt(d.response, LONGEST_ANSWER), f"({d.place})" if d.place else "") if t)
        for d in decisions
    )
    shown = labels.listed([*answers[:most], *(["…"] if len(answers) > most else [])])
    told_summary = labels("synthesis.decided", summary=summary)
    return f"{told_summary} {shown}{labels.stop(shown)}" if shown else told_summary


def outcomes(opinions: Iterable[Opinion], work: Dossier, most: int, longest: int) -> str:
    """What the revised draft did with what nobody decided yet; a machine's finding, marked as such."""
    labels = work.labels
    open_ones = [o for o in opinions if disposition_of(o.id, work.state) == "pending"]
    traces = [work.traces[o.id] for o in open_ones if o.id in work.traces]
    if not traces:
        return ""
    counted = Counter(t.outcome for t in traces)
    found = [(labels.name("outcomes", o), counted[o]) for o in OUTCOMES if counted[o]]
    summary = found[0][0] if len(found) == 1 else labels.listed(labels.pair(name, n) for name, n in found)
    shown = distinct(
        evidence_text(e, work, longest)
        for t in traces
        if t.outcome in ("full", "partial", "opposite")
        for e in t.evidence[:1]
    )
    return " ".join([labels("synthesis.revision", summary=summary), *shown[:most]])
