"""Where people's decisions and the revised drafts do not agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.comparison import Trace, Tracing
from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.document import Notice

_ACCEPTED = ("accepted", "accepted_in_part")
_REFUSED = ("not_accepted", "explained")
_OPEN = ("", "pending", "awaiting_decision")
_SURE = 0.6  # score from which a link that is not explicit counts as the opinion's place


def alarms(
    decisions: Iterable[Decision], tracing: Tracing, links: Iterable[Link] = (), gone: Iterable[Link] = ()
) -> tuple[Notice, ...]:
    """What an editor must look at, in the order of the traces, then the changes that nobody asked for.

    Marked as accepted but not found in the text, or the other way; refused but taken in; taken into one draft and not
    into the other; against an opinion nobody decided on; a provision of an open opinion that is gone (``gone`` as
    ``tracing.carry`` gives it). Values name the opinion by its id.
    """
    disposition = _last(decisions)
    places, lost = _by_opinion(links), _by_opinion(gone)
    found: list[Notice] = []
    for trace in tracing.traces:
        decided = disposition.get(trace.opinion_id, "")
        found += _of_trace(trace, decided, places.get(trace.opinion_id, ()))
        if decided in _OPEN and trace.outcome in ("none", "not_applicable"):
            found += [_notice("provision_gone", trace, place=x.label) for x in lost.get(trace.opinion_id, ())[:1]]
    for change in tracing.changes_without_opinion:
        place = change.new_label or change.old_label
        found.append(Notice("changed_without_opinion", (("place", place), ("draft", change.draft))))
    return tuple(found)


def _last(decisions: Iterable[Decision]) -> dict[str, str]:
    """The disposition of each opinion by the latest event that names one."""
    out: dict[str, str] = {}
    for decision in sorted(decisions, key=lambda d: d.decided_at):
        if decision.disposition:
            out[decision.opinion_id] = decision.disposition
    return out


def _by_opinion(links: Iterable[Link]) -> dict[str, list[Link]]:
    out: dict[str, list[Link]] = defaultdict(list)
    for x in links:
        out[x.opinion_id].append(x)
    return dict(out)


def _of_trace(trace: Trace, decided: str, links: Sequence[Link]) -> Iterator[Notice]:
    if decided in _ACCEPTED:
        if trace.outcome in ("none", "not_applicable"):
            yield _notice("accepted_without_change", trace)
        elif trace.outcome == "opposite":
            yield _notice("accepted_opposite", trace)
        else:
            yield from _half_done(trace, links)
    elif decided in _REFUSED and trace.outcome == "full":
        yield _notice("refused_but_changed", trace, place=trace.evidence[0].new_label or trace.evidence[0].old_label)
    elif decided in _OPEN and trace.outcome == "opposite":
        yield _notice("opposite_unnoticed", trace)


def _half_done(trace: Trace, links: Sequence[Link]) -> Iterator[Notice]:
    """Accepted, and found in one draft; the other speaks of the same matter and has not changed for it."""
    done: Mapping[str, str] = {e.draft: e.new_label or e.old_label for e in trace.evidence if e.change != "unchanged"}
    about = {x.draft for x in links if x.explicit or x.score >= _SURE}
    for draft in sorted(about - done.keys()):
        for other, place in list(done.items())[:1]:
            yield _notice("accepted_in_one_draft", trace, done=other, place=place, open=draft)


def _notice(code: str, trace: Trace, **values: str) -> Notice:
    return Notice(code, (("opinion", trace.opinion_id), *values.items()))
