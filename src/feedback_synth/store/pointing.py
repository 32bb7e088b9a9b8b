"""Which opinion a person means: "12" is a row of the table, "12.2" the second opinion in it, anything else an id."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.errors import StoreError

_ROW = re.compile(r"#?(\d+)(?:\.(\d+))?")
_SHORTEST_ID = 6  # characters of an id that may stand for it


def point(words: str, opinions: Sequence[Opinion], numbers: Mapping[str, int]) -> tuple[Opinion, ...]:
    """The opinions that ``words`` name: all of a row, or one. StoreError if there are none.

    ``numbers`` are the numbers of rows by opinion id.
    """
    found = _in_row(words, opinions, numbers) or _by_id(words, opinions)
    if not found:
        raise StoreError(
            'The newest run has no opinion "{id}". Name it by the number of its row in the table, for example 12, or '
            "12.2 for the second opinion of the row.",
            id=words,
        )
    return found


def point_at_one(words: str, opinions: Sequence[Opinion], numbers: Mapping[str, int]) -> Opinion:
    """The same where only one will do. StoreError lists the opinions of a row that has several."""
    found = point(words, opinions, numbers)
    if len(found) > 1:
        names = ", ".join(f"{words}.{n}" for n in range(1, len(found) + 1))
        raise StoreError(
            'Row {row} holds {count} opinions. Name one of them: {names}. "feedback-synth show {row}" lists them.',
            row=words,
            count=len(found),
            names=names,
        )
    return found[0]


def _in_row(words: str, opinions: Sequence[Opinion], numbers: Mapping[str, int]) -> tuple[Opinion, ...]:
    match = _ROW.fullmatch(words.strip())
    if not match:
        return ()
    row = tuple(o for o in opinions if numbers.get(o.id) == int(match[1]))
    return row[int(match[2]) - 1 : int(match[2])] if match[2] and int(match[2]) else () if match[2] else row


def _by_id(words: str, opinions: Sequence[Opinion]) -> tuple[Opinion, ...]:
    exact = tuple(o for o in opinions if o.id == words)
    begun = tuple(o for o in opinions if len(words) >= _SHORTEST_ID and o.id.startswith(words))
    return exact or (begun if len(begun) == 1 else ())
