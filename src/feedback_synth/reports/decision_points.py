"""Points that only the leadership can decide, each with the opinions behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from feedback_synth.datamodel.report import Paragraph, Run, Section
from feedback_synth.reports.contrary import opposition_paragraph, oppositions
from feedback_synth.reports.dispositions import disposition_of
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.labels import distinct
from feedback_synth.reports.numbers import body
from feedback_synth.reports.opinion_rows import OpinionRow, opinion_rows
from feedback_synth.reports.proposal import evidence_text
from feedback_synth.reports.quotations import quoted

MOST_PUT_UP = 8
MOST_FOUND = 6
MOST_OF_A_KIND = 2
MOST_SIDES = 3
LONGEST = 120
_IN_FULL = 10**6
_ACCEPTED = ("accepted", "accepted_in_part")
_REFUSED = ("not_accepted", "explained")
_COUNTED_ONLY = ("unasked",)  # long lists of places: the annex has them


@dataclass(frozen=True, slots=True)
class Point:
    """One point; ``kind`` is a key of ``decision_points.kinds``, ``weight`` the bodies or opinions behind it."""

    kind: str
    weight: int
    paragraph: Paragraph


def decision_points(work: Dossier, annex: Mapping[str, str]) -> Section | None:
    """What the editors put up; then, marked as the machine's, the weightiest of what it found; the rest is counted."""
    labels = work.labels
    put_up, found = list(_put_up(work, LONGEST)), _found(work, LONGEST, MOST_SIDES)
    shown = _weightiest(found)
    content = [
        *_told("put_up_intro", len(put_up), put_up[:MOST_PUT_UP], work),
        *_told("intro", _requests(found), shown, work),
    ]
    if not put_up and not found:
        return None
    left: Counter[str] = Counter()
    for point in found:
        left[point.kind] += 0 if point in shown else point.weight if point.kind in _COUNTED_ONLY else 1
    if left.total():
        named = labels.listed(labels.pair(labels(f"decision_points.kinds.{kind}"), n) for kind, n in left.items() if n)
        content.append(body(labels("decision_points.left", kinds=named, annex=annex["decision_points_all"])))
    elif "decision_points_all" in annex:
        content.append(body(labels("decision_points.see", annex=annex["decision_points_all"])))
    return Section("decision_points", labels("synthesis.sections.decision_points"), 1, tuple(content))


def decision_points_annex(work: Dossier) -> Section:
    """Every point with whole quotations; nothing where the main part has all this."""
    put_up, found = list(_put_up(work, _IN_FULL)), _found(work, _IN_FULL)
    shown = [*list(_put_up(work, LONGEST))[:MOST_PUT_UP], *_weightiest(_found(work, LONGEST, MOST_SIDES))]
    title = work.labels("annexes.decision_points")
    everything = [p.paragraph for p in (*put_up, *found)] == [p.paragraph for p in shown]
    content = (
        ()
        if everything
        else (*_told("put_up_intro", len(put_up), put_up, work), *_told("intro", _requests(found), found, work))
    )
    return Section("decision_points_all", title, 1, content)


def _weightiest(found: Sequence[Point]) -> list[Point]:
    """A few of each kind, those behind which most bodies stand; the kinds in their order."""
    shown = []
    for kind in dict.fromkeys(p.kind for p in found if p.kind not in _COUNTED_ONLY):
        of_kind = sorted((p for p in found if p.kind == kind), key=lambda p: -p.weight)
        shown += of_kind[:MOST_OF_A_KIND]
    return shown[:MOST_FOUND]


def _told(intro: str, count: int, points: Sequence[Point], work: Dossier) -> Iterable[Paragraph]:
    """How many points there are, then one bullet for each that is shown."""
    if count:
        yield body(work.labels.count(f"decision_points.{intro}", count))
    yield from (Paragraph(p.paragraph.runs, "bullet") for p in points)


def _requests(found: Sequence[Point]) -> int:
    return sum(p.kind not in _COUNTED_ONLY for p in found)


def _found(work: Dossier, longest: int, most_sides: int = 0) -> list[Point]:
    contrary = (
        Point("contrary", len(c.opinion_ids), opposition_paragraph(c, work, longest, most_sides))
        for c in oppositions(work)
    )
    of_rows = [point for row in opinion_rows(work) for point in _of_row(row, work, longest)]
    kinds = ("against", "left_out", "not_found", "refused", "one_draft")
    return [*contrary, *sorted(of_rows, key=lambda p: kinds.index(p.kind)), *_unasked(work)]


def _of_row(row: OpinionRow, work: Dossier, longest: int) -> Iterable[Point]:
    """Where the draft, the request and the decision part: each request once, with everybody who made it."""
    names = distinct(work.body(o) for o in row.opinions)
    for opinion in row.opinions:
        trace = work.traces.get(opinion.id)
        if trace is None:
            continue
        where = " ".join(evidence_text(e, work) for e in trace.evidence[:1])
        decided = disposition_of(opinion.id, work.state)
        if trace.outcome == "opposite":
            yield _point("against", row, names, work, longest, where)
            break
        if decided in _ACCEPTED and trace.outcome in ("none", "not_applicable"):
            yield _point("not_found", row, names, work, longest)
            break
        if decided in _REFUSED and trace.outcome == "full":
            yield _point("refused", row, names, work, longest, where)
            break
    if len(names) > 1 and row.trace and row.trace.outcome == "none":
        yield _point("left_out", row, names, work, longest)
    missing = _missing(row, work)
    if missing:
        yield _point("one_draft", row, names, work, longest, draft=work.labels.listed(map(work.draft_name, missing)))


def _missing(row: OpinionRow, work: Dossier) -> list[str]:
    """The drafts that a request names by their places and that do not show it, while another one does."""
    for opinion in row.opinions:
        trace = work.traces.get(opinion.id)
        named = {k.draft for k in work.links.get(opinion.id, ()) if k.explicit}
        if trace and len(named) > 1 and trace.outcome in ("full", "partial"):
            missing = [kind for kind in work.drafts if kind in named - {e.draft for e in trace.evidence}]
            if missing:
                return missing
    return []


def _point(
    kind: str, row: OpinionRow, names: Sequence[str], work: Dossier, longest: int, evidence: str = "", **values: object
) -> Point:
    labels = work.labels
    lead = labels(f"decision_points.{kind}", **({"n": len(names)} | values if kind == "left_out" else values))
    said_by = Run(f" ({labels.listed(names)}).", "muted")
    after = [Run(f" {evidence}", "proposal")] if evidence else []
    runs = (Run(f"{lead} ", "bold"), quoted(row.first, work, longest), said_by, *after)
    return Point(kind, len(names), Paragraph(runs))


def _put_up(work: Dossier, longest: int) -> Iterable[Point]:
    """Each request once, with who made it and what the editors say about it."""
    labels = work.labels
    for row in opinion_rows(work):
        if row.decision.disposition == "awaiting_decision":
            names = distinct(work.body(o) for o in row.opinions)
            response = row.decision.response
            said = [Run(f" {response}{labels.stop(response)}")] if response else []
            by = Run(f" ({labels.listed(names)}).", "muted")
            yield Point("put_up", len(names), Paragraph((quoted(row.first, work, longest), by, *said)))


def _unasked(work: Dossier) -> Iterable[Point]:
    """Changes of substance that nobody asked for, one point for each draft."""
    changes = work.analysis.tracing.changes_without_opinion if work.analysis.tracing else ()
    for kind in dict.fromkeys(c.draft for c in changes):
        places = distinct(c.new_label or c.old_label for c in changes if c.draft == kind)
        text = work.labels("decision_points.unasked", draft=work.draft_name(kind), n=len(places))
        paragraph = Paragraph((Run(f"{text} ", "bold"), Run(work.labels.listed(places) + ".")))
        yield Point("unasked", len(places), paragraph)
