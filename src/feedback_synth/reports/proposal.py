"""The machine's proposal for a row, always marked as such: people decide."""

from __future__ import annotations

from feedback_synth.datamodel.comparison import Trace, TraceEvidence
from feedback_synth.reports.dispositions import proposed
from feedback_synth.reports.dossier import Dossier

_LONGEST = 110


def shorten(text: str, longest: int = _LONGEST) -> str:
    """``text``, cut after a word where it is long, with an ellipsis that shows the cut."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.…") + " […]"


def _on_one_line(text: str) -> str:
    return " ".join(text.split()).strip(" ;,")


def proposal(trace: Trace | None, dossier: Dossier) -> str:
    """One sentence: what the revised draft did and the disposition that would fit; "" where nothing was traced."""
    if trace is None or trace.outcome == "not_applicable":
        return ""
    labels = dossier.labels
    fitting = proposed(trace.outcome)
    disposition = labels.name("dispositions", fitting) if fitting else labels("proposal.none_fits")
    words = [labels("proposal.lead", disposition=disposition, outcome=labels.name("outcomes", trace.outcome))]
    words += [evidence_text(e, dossier) for e in trace.evidence[:1]]
    if trace.needs_review:
        words.append(labels("proposal.unsure"))
    return " ".join(words)


def draft_response(trace: Trace | None, dossier: Dossier) -> str:
    """A draft of the explanation, with the marks that say what a person must add or check."""
    if trace is None or trace.outcome in ("not_applicable", "opposite"):
        return ""
    place = next((e.new_label or e.old_label for e in trace.evidence if e.new_label or e.old_label), "")
    return dossier.labels(f"draft_response.{trace.outcome}", place=place or dossier.labels("to_fill"))


def evidence_text(evidence: TraceEvidence, dossier: Dossier, longest: int = _LONGEST) -> str:
    """Where something changed and which words: "Nghị quyết, Điều 3: thêm “…”, bỏ “…”."."""
    labels = dossier.labels
    words = [
        labels(f"proposal.{key}", text=labels.quote(shorten(_on_one_line(text), longest)))
        for key, text in (("inserted", evidence.inserted), ("deleted", evidence.deleted))
        if text
    ]
    what = ", ".join(words) or labels.name("changes", evidence.change)
    draft = dossier.draft_name(evidence.draft)
    return labels("proposal.evidence", draft=draft, place=_places(evidence) or "–", what=what)


def evidence_place(evidence: TraceEvidence, dossier: Dossier) -> str:
    """Where something changed, without the words: "Nghị quyết, Điều 3"."""
    draft, place = dossier.draft_name(evidence.draft), _places(evidence)
    return dossier.labels("proposal.where", draft=draft, place=place) if place else draft


def _places(evidence: TraceEvidence) -> str:
    return " → ".join(dict.fromkeys(p for p in (evidence.old_label, evidence.new_label) if p))
