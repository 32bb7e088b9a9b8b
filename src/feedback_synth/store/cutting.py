"""Split and merge as people say them: by words of the opinion, by opinions named. ``corrections`` applies them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence

from feedback_synth.datamodel.document import Document
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.errors import StoreError
from feedback_synth.languages.text import match_key, strip_marks
from feedback_synth.store.corrections import joined, list_of
from feedback_synth.store.events import Key

_WORD = re.compile(r"[^\W_]+")
_OPENING = "“\"'«‘(["
_PART = re.compile(r"/s\d+$")


def whole_id(opinion_id: str) -> str:
    """The id of the opinion that a part was cut from; an opinion that is no part has its own."""
    return _PART.sub("", opinion_id)


def cuts(opinion: Opinion, beginnings: Sequence[str], opinions: Sequence[Opinion], document: Document) -> list[int]:
    """Where the opinion that ``opinion`` is or is a part of is cut once it is cut before each of ``beginnings`` too.

    Offsets in the text of the whole. StoreError if words do not stand in ``opinion``, stand there twice, or begin it.
    """
    parts, starts, whole = _taken_together(opinion, opinions, document)
    here = starts[parts.index(opinion)]
    offset = whole.text.index(opinion.text, here)
    return sorted({*starts[1:], *(offset + _find(words, opinion.text) for words in beginnings)})


def cuts_without(parts: Sequence[Opinion], opinions: Sequence[Opinion], document: Document) -> list[int]:
    """Where the whole is still cut once ``parts`` of it, neighbours, are one again. StoreError if they are not."""
    every, starts, _ = _taken_together(parts[0], opinions, document)
    places = sorted(every.index(part) for part in parts)
    if places != list(range(places[0], places[0] + len(places))):
        raise StoreError(
            "Only parts that stand next to each other can be one opinion again. Name neighbours, or take back the "
            "whole split with split --undo."
        )
    gone = {starts[place] for place in places[1:]}
    return [start for start in starts[1:] if start not in gone]


def _taken_together(
    opinion: Opinion, opinions: Sequence[Opinion], document: Document
) -> tuple[list[Opinion], list[int], Opinion]:
    """The parts of the whole that ``opinion`` belongs to, where each begins in the whole's text, and the whole."""
    parts = [o for o in opinions if whole_id(o.id) == whole_id(opinion.id)]
    whole = joined(parts, document)
    starts, position = [], 0
    for part in parts:
        start = whole.text.index(part.text.partition("\n")[0], position)
        starts.append(start)
        position = start + 1
    return parts, starts, whole


def _find(words: str, text: str) -> int:
    """Where ``words`` begin in ``text``, whatever their capitals, blanks and marks. StoreError if not exactly once."""
    found = _places(words, text, match_key) or _places(words, text, strip_marks)
    shown = " ".join(text.split())
    if not found:
        raise StoreError(
            'The words "{words}" do not stand in this opinion: “{text}”. Copy them from it.', words=words, text=shown
        )
    if len(found) > 1:
        raise StoreError(
            'The words "{words}" stand {count} times in this opinion: “{text}”. Give more of the words that follow.',
            words=words,
            count=len(found),
            text=shown,
        )
    if not _WORD.search(text[: found[0]]):
        raise StoreError(
            'The opinion begins with "{words}". Give the words with which the next opinion begins: “{text}”.',
            words=words,
            text=shown,
        )
    start = found[0]
    while start and text[start - 1] in _OPENING:
        start -= 1
    return start


def _places(words: str, text: str, fold: Callable[[str], str]) -> list[int]:
    wanted = [fold(word) for word in _WORD.findall(words)]
    there = [(fold(match[0]), match.start()) for match in _WORD.finditer(text)]
    folded = [word for word, _ in there]
    return [there[n][1] for n in range(len(there)) if wanted and folded[n : n + len(wanted)] == wanted]


def to_merge(opinions: Sequence[Opinion], values: Mapping[Key, str]) -> list[str]:
    """Ids that the first of ``opinions`` takes in: the others, and what each of them took in before.

    StoreError if they are one, of several sources, or pieces of something that was split.
    """
    ids = list(dict.fromkeys(o.id for o in opinions))
    if len(ids) < 2:
        raise StoreError("Name two or more different opinions.")
    if len({o.source_id for o in opinions}) > 1:
        raise StoreError(
            "These opinions stand in different sources, so their words cannot be one quotation. For the same answer to "
            'both, decide "duplicate": feedback-synth decide ROW disposition duplicate.'
        )
    if any(whole_id(id_) != id_ for id_ in ids):
        raise StoreError(
            "One of these is a part of an opinion that was split. Take that back first: feedback-synth split ROW "
            "--undo."
        )
    taken = [i for id_ in ids for i in (id_, *list_of(values.get((id_, "merge"), ""), str))]
    return list(dict.fromkeys(i for i in taken if i != ids[0]))


def as_value(items: Sequence[int] | Sequence[str]) -> str:
    """The value of an event: a JSON list, "" for none."""
    return json.dumps(list(items)) if items else ""
