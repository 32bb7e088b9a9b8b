"""Rules of the trade: what a decision needs before a table can be signed. Findings are notices; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from feedback_synth.datamodel.analysis import DuplicateSet
from feedback_synth.datamodel.comparison import Trace
from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.document import Notice
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key

NEEDS_PLACE = ("accepted", "accepted_in_part")
NEEDS_REASON = ("accepted_in_part", "explained", "not_accepted", "referred", "awaiting_decision", "duplicate")
_UNDECIDED = ("", "pending")
_UNFINISHED = (
    "[CẦN BỔ SUNG]",
    "[CẦN XÁC MINH]",
    "[À COMPLÉTER]",
    "[À VÉRIFIER]",
    "[TO BE COMPLETED]",
    "[TO BE CHECKED]",
)


def check(
    opinions: Sequence[Opinion],
    decisions: Mapping[str, Decision],
    duplicate_sets: Iterable[DuplicateSet] = (),
    traces: Iterable[Trace] = (),
    *,
    final: bool = False,
) -> tuple[Notice, ...]:
    """What is missing or contradicts itself. With ``final`` an opinion without decision is a fault too."""
    sets = tuple(duplicate_sets)
    shared = _shared(decisions, sets)
    found: list[Notice] = []
    for opinion in opinions:
        decision = shared.get(opinion.id)
        if decision is None or decision.disposition in _UNDECIDED:
            found += [_notice("rule_pending", opinion)] if final else []
        else:
            found += _one(opinion, decision, final) if opinion.id == decision.opinion_id else []
    found += _sets(opinions, decisions, sets)
    found += _against_traces(opinions, decisions, traces)
    return tuple(found)


def _shared(decisions: Mapping[str, Decision], sets: Iterable[DuplicateSet]) -> dict[str, Decision]:
    """Decisions by opinion; one that nobody decided shares the answer of those who asked the same."""
    found = {i: d for i, d in decisions.items() if d.disposition not in _UNDECIDED}
    for one in sets:
        answer = next((found[i] for i in one.opinion_ids if i in found), None)
        if answer:
            found.update({i: answer for i in one.opinion_ids if i not in found})
    return found


def _one(opinion: Opinion, decision: Decision, final: bool) -> Iterator[Notice]:
    if decision.disposition in NEEDS_PLACE and not decision.place.strip():
        yield _notice("rule_place_missing", opinion, disposition=decision.disposition)
    if decision.disposition in NEEDS_REASON and not decision.response.strip():
        yield _notice("rule_reason_missing", opinion, disposition=decision.disposition)
    if final and any(mark in f"{decision.response} {decision.place}".upper() for mark in _UNFINISHED):
        yield _notice("rule_unfinished", opinion)


def _sets(
    opinions: Sequence[Opinion], decisions: Mapping[str, Decision], sets: Iterable[DuplicateSet]
) -> Iterator[Notice]:
    """The same request has the same answer; one that points to its double ("duplicate") goes with any."""
    by_id = {o.id: o for o in opinions}
    for one in sets:
        decided = [decisions[i] for i in one.opinion_ids if i in by_id and i in decisions]
        decided = [d for d in decided if d.disposition not in (*_UNDECIDED, "duplicate", "no_opinion")]
        answers = {(d.disposition, match_key(d.response), match_key(d.place)) for d in decided}
        if len(answers) > 1:
            others = "; ".join(_author(by_id[d.opinion_id]) for d in decided)
            yield _notice("rule_answers_differ", by_id[decided[0].opinion_id], others=others)


def _against_traces(
    opinions: Sequence[Opinion], decisions: Mapping[str, Decision], traces: Iterable[Trace]
) -> Iterator[Notice]:
    """Where what people decided and what the revised draft did do not fit."""
    by_id = {o.id: o for o in opinions}
    for trace in traces:
        decision = decisions.get(trace.opinion_id)
        if decision is None or trace.opinion_id not in by_id:
            continue
        opinion = by_id[trace.opinion_id]
        if decision.disposition in NEEDS_PLACE and trace.outcome == "none":
            yield _notice("rule_accepted_unchanged", opinion)
        elif decision.disposition in NEEDS_PLACE and trace.outcome == "opposite":
            yield _notice("rule_accepted_opposite", opinion)
        elif decision.disposition in ("not_accepted", "explained") and trace.outcome == "full":
            places = "; ".join(e.new_label or e.old_label for e in trace.evidence)
            yield _notice("rule_refused_changed", opinion, place=places)


def _notice(code: str, opinion: Opinion, **values: str) -> Notice:
    pairs = (("opinion", opinion.id), ("author", _author(opinion)), ("text", excerpt(opinion.text)), *values.items())
    return Notice(code, pairs, opinion.span)


def _author(opinion: Opinion) -> str:
    return opinion.author.organization or opinion.author.name or "?"


def excerpt(text: str, longest: int = 80) -> str:
    """The beginning of a text on one line, cut after a word."""
    words = " ".join(text.split())
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0] + " …"
