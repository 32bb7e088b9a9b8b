"""Decisions that follow an opinion into a corrected letter: the same words, said by the same body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.decision import Event
from feedback_synth.datamodel.document import Document
from feedback_synth.datamodel.opinion import Extraction, Opinion
from feedback_synth.languages.text import match_key
from feedback_synth.store import events as log
from feedback_synth.store.corrections import joined
from feedback_synth.store.cutting import as_value, whole_id
from feedback_synth.store.health import CARRIED

Words = tuple[str, ...]

_STAYS = ("split", "merge", "added")  # about a text and its neighbours: ``carry_shapes`` sees whether they are the same
_AUTHOR = ("author_name", "author_title", "author_organization")


def carry(old: Iterable[Opinion], new: Iterable[Opinion], events: Sequence[Event]) -> list[Event]:
    """The events that give opinions of ``new`` what was decided on those of ``old`` that are gone.

    Only where the words are the same and one opinion alone has them; what people decided on the new one stays.
    """
    before, after = list(old), list(new)
    gone = [o for o in before if o.id not in {x.id for x in after}]
    come = [o for o in after if o.id not in {x.id for x in before}]
    grouped = log.by_key(events)
    return [event for old_one, new_one in _pairs(gone, come, grouped) for event in _copies(old_one, new_one, grouped)]


def carry_shapes(
    before: Analysis, fresh: Sequence[Extraction], documents: Iterable[Document], events: Sequence[Event]
) -> list[Event]:
    """The splits and merges of opinions of ``before`` that are gone, for those of ``fresh`` that have the same words.

    ``fresh`` is what was found before anything is split or merged in it.
    """
    found = {o.id for e in fresh for o in e.opinions}
    read = {d.id: d for d in (*before.sources, *documents)}
    told = [o for o in (*before.opinions, *before.left_out) if not o.added_by]
    known = {o.id for o in told}
    come = [[o for o in e.opinions if o.id not in known] for e in fresh]
    grouped = log.by_key(events)
    made = []
    for (opinion_id, field), some in grouped.items():
        parts = [o for o in told if whole_id(o.id) == opinion_id]
        if field not in _STAYS or opinion_id in found or not parts or not log.heads(some)[0].new:
            continue
        text = joined(parts, read[parts[0].source_id]).text
        ids = _cut_alike(text, come) if field == "split" else _said_together(text, come, read)
        if ids and (ids[0], field) not in grouped:
            value = log.heads(some)[0].new if field == "split" else as_value(ids[1:])
            made.append(_copy(log.heads(some)[0], ids[0], value, opinion_id))
    return made


def _cut_alike(text: str, come: Iterable[Sequence[Opinion]]) -> list[str]:
    """The id of the only new opinion with exactly these words: a place in them is a place in it."""
    found = [o.id for opinions in come for o in opinions if o.text == text]
    return found if len(found) == 1 else []


def _said_together(text: str, come: Iterable[Sequence[Opinion]], read: Mapping[str, Document]) -> list[str]:
    """The ids of new opinions of one source that together have exactly these words."""
    for opinions in come:
        parts = [o for o in opinions if o.text in text]
        if len(parts) > 1 and joined(parts, read[parts[0].source_id]).text == text:
            return [o.id for o in parts]
    return []


def _pairs(
    gone: Sequence[Opinion], come: Sequence[Opinion], grouped: Mapping[log.Key, Sequence[Event]]
) -> Iterator[tuple[Opinion, Opinion]]:
    """Who said what before and now; where people corrected the author, the words alone tell."""
    old, new = _alone(gone, _who_said_what), _alone(come, _who_said_what)
    yield from ((opinion, new[words]) for words, opinion in old.items() if words in new)
    paired = set(old) & set(new)
    left, alone = _alone([old[w] for w in old if w not in paired], _what), _alone(come, _what)
    for words, opinion in left.items():
        credited = any((opinion.id, field) in grouped for field in _AUTHOR)
        if credited and words in alone and _who_said_what(alone[words]) not in paired:
            yield opinion, alone[words]


def _copies(old: Opinion, new: Opinion, grouped: dict[log.Key, list[Event]]) -> Iterator[Event]:
    for (opinion_id, field), some in grouped.items():
        if opinion_id != old.id or field in _STAYS or (new.id, field) in grouped:
            continue
        for event in log.heads(some):
            yield _copy(event, new.id, event.new, old.id)


def _copy(event: Event, opinion_id: str, value: str, old_id: str) -> Event:
    """The same decision, by the same person, about another opinion."""
    return log.make(
        opinion_id,
        event.field,
        value,
        reviewer=event.reviewer,
        decided_at=event.decided_at,
        origin=f"{CARRIED}{old_id}",
    )


def _alone(opinions: Iterable[Opinion], key: Callable[[Opinion], Words]) -> dict[Words, Opinion]:
    """Opinions by their key, those left out that share one."""
    found: dict[Words, list[Opinion]] = {}
    for opinion in opinions:
        found.setdefault(key(opinion), []).append(opinion)
    return {words: some[0] for words, some in found.items() if len(some) == 1}


def _what(opinion: Opinion) -> Words:
    return (match_key(opinion.text),)


def _who_said_what(opinion: Opinion) -> Words:
    return match_key(opinion.author.organization or opinion.author.name), match_key(opinion.text)
