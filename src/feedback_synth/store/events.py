"""Decisions as events: which of them count, which are in conflict. Pure; the log itself is in ``decisions``.

Each event names the events its maker saw. Those that nobody has seen and replaced are the heads of their field. That
makes the outcome independent of the order in which two editors' files come back: their events are both heads.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from feedback_synth.datamodel.decision import Conflict, DecidedField, Decision, Event

Key = tuple[str, DecidedField]
_OF_DECISION = (
    "disposition",
    "response",
    "place",
    "note",
    "group",
    "provision",
    "author_name",
    "author_title",
    "author_organization",
)


def make(
    opinion_id: str,
    field: DecidedField,
    new: str,
    *,
    reviewer: str,
    decided_at: str,
    origin: str = "",
    seen: Iterable[Event] = (),
) -> Event:
    """An event that replaces the events ``seen``, the one that was shown first; equal content gives an equal id."""
    seen = tuple(seen)
    supersedes = tuple(sorted(e.id for e in seen))
    parts = [opinion_id, field, new, reviewer, decided_at, origin, *supersedes]
    digest = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:20]
    old = seen[0].new if seen else ""
    return Event(digest, opinion_id, field, old, new, reviewer, decided_at, origin, supersedes)


def by_key(events: Iterable[Event]) -> dict[Key, list[Event]]:
    """Events by (opinion, field), in the order given."""
    found: dict[Key, list[Event]] = {}
    for event in events:
        found.setdefault((event.opinion_id, event.field), []).append(event)
    return found


def heads(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events of one field that no other supersedes, in the order given; the first one is shown."""
    replaced = {id_ for event in events for id_ in event.supersedes}
    return tuple(event for event in events if event.id not in replaced)


def values(events: Iterable[Event]) -> dict[Key, str]:
    """The value that counts for each (opinion, field)."""
    return {key: heads(of_key)[0].new for key, of_key in by_key(events).items()}


def conflicts(events: Iterable[Event]) -> tuple[Conflict, ...]:
    """Fields whose heads disagree, in the order in which they were first touched."""
    found = []
    for (opinion_id, field), of_key in by_key(events).items():
        top = heads(of_key)
        if len({event.new for event in top}) > 1:
            found.append(Conflict(opinion_id, field, top))
    return tuple(found)


def decisions(events: Iterable[Event]) -> dict[str, Decision]:
    """What counts now for each opinion that anybody decided about; who and when are those of the newest event shown."""
    shown: dict[str, list[Event]] = {}
    for (opinion_id, field), of_key in by_key(events).items():
        if field in _OF_DECISION:
            shown.setdefault(opinion_id, []).append(heads(of_key)[0])
    return {opinion_id: _decision(opinion_id, top) for opinion_id, top in shown.items()}


def _decision(opinion_id: str, shown: Sequence[Event]) -> Decision:
    last = max(shown, key=lambda e: (e.decided_at, e.id))
    fields: Mapping[str, str] = {event.field: event.new for event in shown}
    return replace(Decision(opinion_id, last.reviewer, last.decided_at), **fields)  # type: ignore[arg-type]
