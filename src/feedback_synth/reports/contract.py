"""The machine-readable results: one JSON file per step, equal bytes for equal inputs.

Keys and their order are part of the product (data/schemas/*.json); they are only ever extended.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from feedback_synth.datamodel.analysis import Analysis, Assignment, Link
from feedback_synth.datamodel.comparison import Change, Comparison, IndicatorChange, Trace, Tracing
from feedback_synth.datamodel.document import Document, Notice
from feedback_synth.datamodel.draft import Citation, Draft, Indicator, Provision
from feedback_synth.datamodel.opinion import Agreement, Author, Directive, Opinion, Passage, Role
from feedback_synth.reports.statistics import statistics

_SOURCE_KINDS = {"absorption_table": "table", "draft": "annotated_draft", "background": "news"}
_ROLES: Mapping[Role, str] = {"drafter_answer": "other"}


def analysis_json(analysis: Analysis) -> bytes:
    """The contents of ``analysis.json``."""
    documents = {d.id: d for d in analysis.sources}
    return _dump(
        {
            "schema": "feedback-synth/analysis/1",
            "sources": [_source(d) for d in analysis.sources],
            "drafts": [_draft(d) for d in analysis.drafts],
            "passages": _passages(analysis, documents),
            "opinions": _opinions(analysis, documents),
            "agreements": [_agreement(a, documents) for a in analysis.agreements],
            "directives": [_directive(d, documents) for d in analysis.directives],
            "themes": [
                {"id": t.id, "group": t.group, "label": t.label, "opinion_ids": list(t.opinion_ids)}
                for t in analysis.themes
            ],
            "duplicate_sets": [
                {"id": s.id, "opinion_ids": list(s.opinion_ids), "reasons": list(s.reasons)}
                for s in analysis.duplicate_sets
            ],
            "citations": [{"source_id": c.owner_id, **_cited(c)} for c in analysis.citations],
            "oppositions": [
                {"draft": o.draft, "provision_id": o.provision_id, "opinion_ids": list(o.opinion_ids)}
                for o in analysis.oppositions
            ],
            "notices": [_notice(n) for n in analysis.notices],
            "failures": list(analysis.failures),
            "left_out": [_said(o, documents.get(o.source_id)) for o in analysis.left_out],
            "statistics": statistics(analysis),
        }
    )


def comparison_json(comparison: Comparison) -> bytes:
    """The contents of ``comparison.json`` and of each ``comparison-KIND.json``."""
    return _dump(
        {
            "schema": "feedback-synth/comparison/1",
            "old": {"name": comparison.old.name, "sha256": comparison.old.sha256},
            "new": {"name": comparison.new.name, "sha256": comparison.new.sha256},
            "changes": [_change(c) for c in comparison.changes],
            "unchanged": [{"old_label": p.old_label, "new_label": p.new_label} for p in comparison.unchanged],
            "indicator_changes": [
                {**_indicator_change(i), "old_label": i.old_label, "new_label": i.new_label}
                for i in comparison.indicator_changes
            ],
            "not_compared": [{"where": g.where, "why": g.why} for g in comparison.not_compared],
            "notices": [_notice(n) for n in comparison.notices],
        }
    )


def trace_json(tracing: Tracing) -> bytes:
    """The contents of ``trace.json``."""
    return _dump(
        {
            "schema": "feedback-synth/trace/1",
            "traces": [_trace(t) for t in tracing.traces],
            "directive_traces": [_trace(t) for t in tracing.directive_traces],
            "changes_without_opinion": [
                {"draft": c.draft, "kind": c.kind, "old_label": c.old_label, "new_label": c.new_label}
                for c in tracing.changes_without_opinion
            ],
            "carried": [
                {
                    "opinion_id": c.opinion_id,
                    "draft": c.draft,
                    "old_id": c.old_id,
                    "old_label": c.old_label,
                    "new_id": c.new_id,
                    "new_label": c.new_label,
                    "gone": not c.new_id,
                }
                for c in tracing.carried
            ],
            "alarms": [_notice(n) for n in tracing.alarms],
        }
    )


def _dump(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False, default=_plain) + "\n").encode("utf-8")


def _plain(value: Any) -> Any:
    """A number or truth value of numpy as one of Python's."""
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot stand in the results.")


def _source(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "name": document.name,
        "sha256": document.sha256,
        "kind": _SOURCE_KINDS.get(document.kind, document.kind),
        "language": document.language,
        "fields": {f.name: f.value for f in reversed(document.fields)},
        "notices": [_notice(n) for n in document.notices],
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {"code": notice.code, "values": dict(notice.values)}


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.id,
        "name": draft.name,
        "kind": draft.kind,
        "sha256": draft.sha256,
        "language": draft.language,
        "provisions": [_provision(p) for p in draft.provisions],
        "indicators": [_indicator(i) for i in draft.indicators],
        "citations": [{**_cited(c), "provision_id": c.owner_id} for c in draft.citations],
        "notices": [_notice(n) for n in draft.notices],
    }


def _provision(provision: Provision) -> dict[str, Any]:
    return {
        "id": provision.id,
        "label": provision.label,
        "level": provision.level,
        "number": provision.number,
        "heading": provision.heading,
        "text": provision.text,
        "parent_id": provision.parent_id,
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    value = indicator.value
    return {
        "id": indicator.id,
        "provision_id": indicator.provision_id,
        "label": indicator.label,
        "text": indicator.text,
        "name": indicator.name,
        "value": int(value) if value is not None and value.is_integer() else value,
        "unit": indicator.unit,
        "comparator": indicator.comparator,
        "deadline": indicator.deadline,
        "baseline": indicator.baseline,
    }


def _cited(citation: Citation) -> dict[str, Any]:
    return {"text": citation.text, "key": citation.key, "date": citation.date}


def _passages(analysis: Analysis, documents: Mapping[str, Document]) -> list[dict[str, Any]]:
    by_block: dict[str, list[tuple[int, int, str]]] = {}
    for opinion in analysis.opinions:
        for span in opinion.spans:
            by_block.setdefault(span.block_id, []).append((span.start, span.end, opinion.id))
    return [
        _passage(passage, documents[extraction.source_id], by_block.get(passage.span.block_id, ()))
        for extraction in analysis.extractions
        for passage in extraction.passages
    ]


def _passage(passage: Passage, document: Document, opinions: Sequence[tuple[int, int, str]]) -> dict[str, Any]:
    """``opinion_ids``: the opinions whose words overlap the passage's, in the order they stand."""
    span = passage.span
    inside = [(start, of) for start, end, of in opinions if start < span.end and span.start < end]
    return {
        "id": passage.id,
        "source_id": document.id,
        "locator": str(document.by_id[span.block_id].locator),
        "text": document.quote(span),
        "role": _ROLES.get(passage.role, passage.role),
        "opinion_ids": list(dict.fromkeys(of for _, of in sorted(inside))),
    }


def _opinions(analysis: Analysis, documents: Mapping[str, Document]) -> list[dict[str, Any]]:
    assignments = {a.opinion_id: a for a in analysis.assignments}
    links: dict[str, list[Link]] = {}
    for link in analysis.links:
        links.setdefault(link.opinion_id, []).append(link)
    themes = {o: t.id for t in reversed(analysis.themes) for o in t.opinion_ids}
    sets = {o: s.id for s in reversed(analysis.duplicate_sets) for o in s.opinion_ids}
    return [
        {
            **_said(opinion, documents.get(opinion.source_id)),
            **_grouped(assignments.get(opinion.id)),
            "request": opinion.request,
            "links": [_link(link) for link in links.get(opinion.id, ())],
            "theme_id": themes.get(opinion.id, ""),
            "duplicate_set_id": sets.get(opinion.id, ""),
        }
        for opinion in analysis.opinions
    ]


def _said(opinion: Opinion, document: Document | None) -> dict[str, Any]:
    """One that a person added says so; where its words stand in no source it has no place."""
    place = document.by_id[opinion.span.block_id].locator if document and opinion.span else ""
    found: dict[str, Any] = {
        "id": opinion.id,
        "source_id": opinion.source_id,
        "text": opinion.text,
        "context": opinion.context,
        "locator": str(place),
        "language": opinion.language,
        "spans": [{"block_id": s.block_id, "start": s.start, "end": s.end} for s in opinion.spans],
        "author": _author(opinion.author),
    }
    return {**found, "added_by": opinion.added_by} if opinion.added_by else found


def _grouped(assignment: Assignment | None) -> dict[str, Any]:
    """An opinion without an assignment is "other" and to be looked at."""
    if assignment is None:
        return {"group": "other", "secondary_groups": [], "group_scores": {}, "needs_review": True}
    return {
        "group": assignment.group,
        "secondary_groups": list(assignment.secondary),
        "group_scores": {group: _score(score) for group, score in assignment.scores},
        "needs_review": assignment.needs_review,
    }


def _score(score: float) -> float:
    return round(float(score), 4)


def _author(author: Author) -> dict[str, str]:
    return {"name": author.name, "title": author.title, "organization": author.organization}


def _link(link: Link) -> dict[str, Any]:
    found: dict[str, Any] = {
        "draft": link.draft,
        "provision_id": link.provision_id,
        "label": link.label,
        "explicit": link.explicit,
        "score": _score(link.score),
    }
    return {**found, "table_row": link.table_row} if link.table_row else found


def _agreement(agreement: Agreement, documents: Mapping[str, Document]) -> dict[str, Any]:
    return {
        "id": agreement.id,
        "source_id": agreement.source_id,
        "text": agreement.text,
        "locator": str(documents[agreement.source_id].by_id[agreement.span.block_id].locator),
        "author": _author(agreement.author),
    }


def _directive(directive: Directive, documents: Mapping[str, Document]) -> dict[str, Any]:
    return {
        "id": directive.id,
        "source_id": directive.source_id,
        "text": directive.text,
        "locator": str(documents[directive.source_id].by_id[directive.span.block_id].locator),
        "author": _author(directive.author),
        "addressee": directive.addressee,
        "partners": directive.partners,
        "deadline": directive.deadline,
    }


def _change(change: Change) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": change.kind,
        "substantive": change.substantive,
        "old_id": change.old_id,
        "old_label": change.old_label,
        "new_id": change.new_id,
        "new_label": change.new_label,
        "old_text": change.old_text,
        "new_text": change.new_text,
        "segments": [{"op": s.op, "text": s.text} for s in change.segments],
        "indicators": [_indicator_change(i) for i in change.indicators],
    }
    extra = {"table_row": change.table_row, "strength": change.strength}
    return {**found, **{key: value for key, value in extra.items() if value}}


def _indicator_change(change: IndicatorChange) -> dict[str, str]:
    return {
        "name": change.name,
        "old": change.old,
        "new": change.new,
        "old_deadline": change.old_deadline,
        "new_deadline": change.new_deadline,
    }


def _trace(trace: Trace) -> dict[str, Any]:
    return {
        "opinion_id": trace.opinion_id,
        "outcome": trace.outcome,
        "score": _score(trace.score),
        "needs_review": trace.needs_review,
        "reason": trace.reason,
        "evidence": [
            {
                "draft": e.draft,
                "old_label": e.old_label,
                "new_label": e.new_label,
                "change": e.change,
                "inserted": e.inserted,
                "deleted": e.deleted,
            }
            for e in trace.evidence
        ],
    }
