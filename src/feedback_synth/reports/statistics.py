"""Numbers that add up: bodies asked, silent, agreeing and with opinions; opinions by group, request and status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.comparison import Outcome
from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.opinion import Request, Role
from feedback_synth.datamodel.report import ConsultedBody
from feedback_synth.reports.bodies import Body, bodies, speaker_body
from feedback_synth.reports.dispositions import DISPOSITIONS, current, disposition_of

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True, slots=True)
class Participation:
    """Who was asked and who answered. ``asked == answered + silent`` among those asked;
    ``answered == consent_only + with_opinions`` over all bodies that answered, asked or not."""

    asked: tuple[Body, ...]
    silent: tuple[Body, ...]
    answered: tuple[Body, ...]  # asked ones and others
    consent_only: tuple[Body, ...]
    with_opinions: tuple[Body, ...]
    unasked: tuple[Body, ...]  # answered without being on the list; empty where there is no list


def participation(
    opinions: Iterable[str], agreements: Iterable[str], consulted: Sequence[ConsultedBody] = ()
) -> Participation:
    """Sort every body by what came from it; ``opinions`` and ``agreements`` name the body of each ("" if unknown)."""
    everyone = bodies(opinions, agreements, consulted)
    answered = tuple(b for b in everyone if b.answered)
    return Participation(
        asked=tuple(b for b in everyone if b.asked),
        silent=tuple(b for b in everyone if b.asked and not b.answered),
        answered=answered,
        consent_only=tuple(b for b in answered if b.only_agrees),
        with_opinions=tuple(b for b in answered if b.opinions),
        unasked=tuple(b for b in answered if consulted and not b.asked),
    )


def by_disposition(analysis: Analysis, decisions: Iterable[Decision] = ()) -> dict[str, int]:
    """Opinions by what people decided, every status named; the values add up to the number of opinions."""
    state = current(decisions)
    counted = Counter(disposition_of(o.id, state) for o in analysis.opinions)
    return {status: counted[status] for status in DISPOSITIONS}


def group_of(analysis: Analysis, decisions: Iterable[Decision] = ()) -> dict[str, str]:
    """The group of each opinion: a person's word, else the machine's, else "other"."""
    groups = {o.id: "other" for o in analysis.opinions}
    groups.update({a.opinion_id: a.group for a in analysis.assignments if a.opinion_id in groups})
    groups.update({id_: d.group for id_, d in current(decisions).items() if d.group and id_ in groups})
    return groups


def statistics(analysis: Analysis) -> dict[str, Any]:
    """The block ``statistics`` of the contract."""
    opinions = analysis.opinions
    took_part = participation(
        (speaker_body(o.author) for o in opinions), (speaker_body(a.author) for a in analysis.agreements)
    )
    found: dict[str, Any] = {
        "sources": len(analysis.sources),
        "passages": len(analysis.passages),
        "opinions": len(opinions),
        "agreements": len(analysis.agreements),
        "directives": len(analysis.directives),
        "passages_by_role": _counts((p.role for p in analysis.passages), get_args(Role)),
        "opinions_by_group": _counts(group_of(analysis).values(), ()),
        "opinions_by_request": _counts((o.request for o in opinions), get_args(Request)),
        "opinions_by_language": _counts((o.language for o in opinions), ()),
        "opinions_by_source": {s.id: sum(o.source_id == s.id for o in opinions) for s in analysis.sources},
        "opinions_added": sum(bool(o.added_by) for o in opinions),
        "opinions_left_out": len(analysis.left_out),
        "opinions_with_links": len({link.opinion_id for link in analysis.links}),
        "needs_review": sum(a.needs_review for a in analysis.assignments),
        "bodies": {
            "answered": len(took_part.answered),
            "consent_only": len(took_part.consent_only),
            "with_opinions": len(took_part.with_opinions),
        },
    }
    if analysis.tracing:
        found["opinions_by_outcome"] = _counts((t.outcome for t in analysis.tracing.traces), OUTCOMES)
    return found


def _counts(values: Iterable[str], order: Sequence[str]) -> dict[str, int]:
    """How often each value occurs; those of ``order`` first, zero ones left out."""
    counted = Counter(values)
    named = [v for v in order if counted[v]]
    return {v: counted[v] for v in [*named, *sorted(set(counted) - set(named))]}
