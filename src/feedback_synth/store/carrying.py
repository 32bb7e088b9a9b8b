"""Decisions that follow an opinion into a corrected letter: the same words, said by the same body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from feedback_synth.datamodel.decision import Event
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key
from feedback_synth.store import events as log
from feedback_synth.store.health import CARRIED

_STAYS = ("split", "merge")  # places in a text that is no longer the one they were made for


def carry(old: Iterable[Opinion], new: Iterable[Opinion], events: Sequence[Event]) -> list[Event]:
    """The events that give opinions of ``new`` what was decided on those of ``old`` that are gone.

    Only where the words are the same and one opinion alone has them; what people decided on the new one stays.
    """
    before, after = list(old), list(new)
    gone = _alone([o for o in before if o.id not in {x.id for x in after}])
    come = _alone([o for o in after if o.id not in {x.id for x in before}])
    grouped = log.by_key(events)
    return [
        event for words, opinion in gone.items() if words in come for event in _copies(opinion, come[words], grouped)
    ]


def _copies(old: Opinion, new: Opinion, grouped: dict[log.Key, list[Event]]) -> Iterator[Event]:
    for (opinion_id, field), some in grouped.items():
        if opinion_id != old.id or field in _STAYS or (new.id, field) in grouped:
            continue
        for event in log.heads(some):
            yield log.make(
                new.id,
                field,
                event.new,
                reviewer=event.reviewer,
                decided_at=event.decided_at,
                origin=f"{CARRIED}{old.id}",
            )


def _alone(opinions: Iterable[Opinion]) -> dict[tuple[str, str], Opinion]:
    """Opinions by who said what, those left out that are said twice."""
    found: dict[tuple[str, str], list[Opinion]] = {}
    for opinion in opinions:
        who = opinion.author.organization or opinion.author.name
        found.setdefault((match_key(who), match_key(opinion.text)), []).append(opinion)
    return {words: some[0] for words, some in found.items() if len(some) == 1}
