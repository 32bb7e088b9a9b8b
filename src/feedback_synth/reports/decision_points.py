"""Points that only the leadership can decide, each with the opinions behind it."""

from __future__ import annotations

from collections.abc import Iterable

from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.datamodel.report import Paragraph, Run, Section
from feedback_synth.reports.dispositions import disposition_of
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.labels import distinct
from feedback_synth.reports.numbers import body
from feedback_synth.reports.opinion_rows import opinion_rows
from feedback_synth.reports.proposal import evidence_text, shorten
from feedback_synth.reports.theme_sections import opposition_paragraph, oppositions

_ACCEPTED = ("accepted", "accepted_in_part")
_REFUSED = ("not_accepted", "explained")


def decision_points(work: Dossier) -> Section | None:
    """What the editors put up; then, marked as the machine's, contrary requests and where drafts and requests part."""
    content = [*_told("put_up_intro", list(_put_up(work)), work), *_told("intro", _found(work), work)]
    title = work.labels("synthesis.sections.decision_points")
    return Section("decision_points", title, 1, tuple(content)) if content else None


def _told(intro: str, points: list[Paragraph], work: Dossier) -> Iterable[Paragraph]:
    """How many points there are, then one bullet each."""
    if points:
        yield body(work.labels.count(f"decision_points.{intro}", len(points)))
    yield from (Paragraph(p.runs, "bullet") for p in points)


def _found(work: Dossier) -> list[Paragraph]:
    return [
        *(opposition_paragraph(contrary, work) for contrary in oppositions(work)),
        *_against(work),
        *_shared_and_left_out(work),
        *_decided_otherwise(work),
        *_in_one_draft_only(work),
        *_unasked(work),
    ]


def _point(key: str, opinion: Opinion, work: Dossier, evidence: str = "", **values: object) -> Paragraph:
    labels = work.labels
    lead = labels(f"decision_points.{key}", **values)
    quotation = Run(labels.quote(opinion.text), "quote", f"#o-{opinion.id}")
    after = [Run(f" {evidence}", "proposal")] if evidence else []
    return Paragraph((Run(f"{lead} ", "bold"), quotation, Run(f" ({work.body(opinion)}).", "muted"), *after))


def _put_up(work: Dossier) -> Iterable[Paragraph]:
    """Each request once, with who made it and what the editors say about it."""
    labels = work.labels
    for row in opinion_rows(work):
        if row.decision.disposition == "awaiting_decision":
            names = labels.listed(distinct(work.body(o) for o in row.opinions))
            quotation = Run(labels.quote(row.first.text), "quote", f"#o-{row.first.id}")
            said = (
                [Run(f" {row.decision.response}{labels.stop(row.decision.response)}")] if row.decision.response else []
            )
            yield Paragraph((quotation, Run(f" ({names}).", "muted"), *said))


def _against(work: Dossier) -> Iterable[Paragraph]:
    for opinion in work.analysis.opinions:
        trace = work.traces.get(opinion.id)
        if trace and trace.outcome == "opposite":
            where = " ".join(evidence_text(e, work) for e in trace.evidence[:1])
            yield _point("against", opinion, work, evidence=where)


def _decided_otherwise(work: Dossier) -> Iterable[Paragraph]:
    """What the editors decided and the revised draft does not show, and the other way round."""
    for opinion in work.analysis.opinions:
        trace = work.traces.get(opinion.id)
        decided = disposition_of(opinion.id, work.state)
        where = " ".join(evidence_text(e, work) for e in trace.evidence[:1]) if trace else ""
        if trace and decided in _ACCEPTED and trace.outcome in ("none", "not_applicable"):
            yield _point("not_found", opinion, work)
        elif trace and decided in _REFUSED and trace.outcome == "full":
            yield _point("refused", opinion, work, evidence=where)


def _shared_and_left_out(work: Dossier) -> Iterable[Paragraph]:
    """The same request by several bodies that no change answers."""
    for row in opinion_rows(work):
        names = distinct(work.body(o) for o in row.opinions)
        if len(names) > 1 and row.trace and row.trace.outcome == "none":
            yield _point("left_out", row.first, work, n=len(names))


def _in_one_draft_only(work: Dossier) -> Iterable[Paragraph]:
    """Linked to several drafts by the place it names, taken in by one of them."""
    for opinion in work.analysis.opinions:
        trace = work.traces.get(opinion.id)
        named = {k.draft for k in work.links.get(opinion.id, ()) if k.explicit}
        if trace and len(named) > 1 and trace.outcome in ("full", "partial"):
            missing = [kind for kind in work.drafts if kind in named - {e.draft for e in trace.evidence}]
            if missing:
                yield _point("one_draft", opinion, work, draft=work.labels.listed(map(work.draft_name, missing)))


def _unasked(work: Dossier) -> Iterable[Paragraph]:
    """Changes of substance that nobody asked for, one paragraph for each draft."""
    changes = work.analysis.tracing.changes_without_opinion if work.analysis.tracing else ()
    for kind in dict.fromkeys(c.draft for c in changes):
        places = distinct(c.new_label or c.old_label for c in changes if c.draft == kind)
        text = work.labels("decision_points.unasked", draft=work.draft_name(kind), n=len(places))
        yield Paragraph((Run(f"{text} ", "bold"), Run(shorten(work.labels.listed(places), 400) + ".")))
