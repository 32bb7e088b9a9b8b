"""What ``feedback-synth check`` looks at: is the material correct, complete, clean and alive?"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.decision import CHANGE, Conflict, DecidedField, Event
from feedback_synth.datamodel.document import Notice
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.store import events as log
from feedback_synth.store.corrections import list_of
from feedback_synth.store.rules import excerpt

DOUBTFUL_LINK = 0.35  # below this score a link that nobody named is worth a look
CARRIED = "carried:"  # the origin of a decision that went from an opinion to the same words in a newer source
ANSWERS: tuple[DecidedField, ...] = ("disposition", "response", "place", "note")
_SERIOUS = frozenset(
    "correction_no_provision correction_stale health_joined_answer health_unread health_not_run health_reshaped "
    "health_no_author health_no_group health_conflict rule_pending rule_place_missing rule_reason_missing "
    "rule_unfinished rule_answers_differ rule_accepted_unchanged rule_accepted_opposite".split()
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at. ``serious`` findings make the check fail; the others are for a careful eye."""

    notice: Notice
    serious: bool


def examine(
    analysis: Analysis,
    events: Sequence[Event] = (),
    conflicts: Iterable[Conflict] = (),
    *,
    silent: Iterable[str] = (),
    faults: Iterable[Notice] = (),
    rules: Iterable[Notice] = (),
) -> tuple[Finding, ...]:
    """Every finding: files, sources, opinions, links, then the ``faults`` of the drafts, decisions and ``rules``.

    ``silent`` are the bodies that were asked and did not answer.
    """
    notices = [
        *(Notice("health_unread", (("why", sentence),)) for sentence in analysis.failures),
        *_sources(analysis),
        *(Notice("health_silent_body", (("body", body),)) for body in silent),
        *_opinions(analysis),
        *_links(analysis),
        *faults,
        *_stale(analysis, events),
        *_joined(analysis, events),
        *_conflicts(conflicts),
        *rules,
    ]
    return tuple(Finding(notice, notice.code in _SERIOUS) for notice in notices)


def _sources(analysis: Analysis) -> Iterator[Notice]:
    """Sources in which nothing was found: no opinion, no consent; a message whose attachment speaks is none of them."""
    speaking = {o.source_id for o in analysis.opinions} | {a.source_id for a in analysis.agreements}
    covers = {s.name.rpartition("/")[0] for s in analysis.sources if s.id in speaking}
    for source in analysis.sources:
        if source.id not in speaking and source.name not in covers:
            yield Notice("health_no_opinions", (("source", source.name),))


def _opinions(analysis: Analysis) -> Iterator[Notice]:
    groups = {a.opinion_id: a for a in analysis.assignments}
    names = _source_names(analysis)
    for opinion in analysis.opinions:
        if not (opinion.author.name or opinion.author.organization):
            yield _about("health_no_author", opinion, names)
        assignment = groups.get(opinion.id)
        if assignment is None or not assignment.group:
            yield _about("health_no_group", opinion, names)
        elif assignment.needs_review:
            yield _about("health_group_in_doubt", opinion, names, group=assignment.group)


def _links(analysis: Analysis) -> Iterator[Notice]:
    """Opinions whose best link is a weak guess."""
    best = {link.opinion_id: link for link in reversed(analysis.links)}
    names = _source_names(analysis)
    for opinion in analysis.opinions:
        link = best.get(opinion.id)
        if link and not link.explicit and link.score < DOUBTFUL_LINK:
            yield _about("health_link_in_doubt", opinion, names, place=link.label, score=f"{link.score:.2f}")


def _stale(analysis: Analysis, events: Sequence[Event]) -> Iterator[Notice]:
    """Opinions that people decided about and that the newest run does not find, but those they merged themselves."""
    known = {o.id for o in (*analysis.opinions, *analysis.left_out)}
    known |= {e.origin.removeprefix(CARRIED) for e in events if e.origin.startswith(CARRIED)}
    known |= {id_ for e in events if e.field == "merge" and e.opinion_id in known for id_ in json.loads(e.new or "[]")}
    for opinion_id in dict.fromkeys(e.opinion_id for e in events):
        if opinion_id not in known and not opinion_id.startswith(CHANGE):
            last = [e for e in events if e.opinion_id == opinion_id][-1]
            values = (("opinion", opinion_id), ("reviewer", last.reviewer), ("when", last.decided_at[:10]))
            yield Notice("health_stale_decision", values)


def _joined(analysis: Analysis, events: Sequence[Event]) -> Iterator[Notice]:
    """Answers to an opinion that was joined to another since, which nobody has answered after that."""
    grouped = log.by_key(events)
    counts = log.values(events)
    whole = {o.id for o in analysis.opinions}
    for merge in [
        log.heads(of_key)[0] for (id_, field), of_key in grouped.items() if field == "merge" and id_ in whole
    ]:
        for part, field in itertools.product(list_of(merge.new, str), ANSWERS):
            said = counts.get((part, field), "")
            later = any(e.decided_at > merge.decided_at for e in grouped.get((merge.opinion_id, field), ()))
            if said and not later and said != counts.get((merge.opinion_id, field), ""):
                yield Notice("health_joined_answer", (("opinion", merge.opinion_id), ("field", field), ("value", said)))


def _conflicts(conflicts: Iterable[Conflict]) -> Iterator[Notice]:
    for conflict in conflicts:
        said = ((("reviewer", e.reviewer), ("value", e.new)) for e in conflict.events)
        about = (("opinion", conflict.opinion_id), ("field", conflict.field))
        yield Notice("health_conflict", (*about, *(pair for pairs in said for pair in pairs)))


def _about(code: str, opinion: Opinion, names: Mapping[str, str], **values: str) -> Notice:
    pairs = (
        ("opinion", opinion.id),
        ("source", names.get(opinion.source_id, "")),
        ("text", excerpt(opinion.text)),
        *values.items(),
    )
    return Notice(code, pairs, opinion.span)


def _source_names(analysis: Analysis) -> dict[str, str]:
    return {s.id: s.name for s in analysis.sources}
