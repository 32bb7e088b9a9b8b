"""Chats that a program saved as a page: records that each hold a time of day, a sender and words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from feedback_synth.documents._chat_times import CLOCK, DAY, has_day, sortable
from feedback_synth.documents._chats import ChatMessage
from feedback_synth.documents._web_comments import Piece, ancestry, is_author, place_of
from feedback_synth.languages.text import strip_marks

_LEAST_RECORDS = 3
_MOSTLY = 0.5  # share of a page's words in the records of a chat
_LONGEST_STAMP = 48  # characters
_LONGEST_SENDER = 80
_LONGEST_INITIALS = 3
_MOST_WORDS = 4  # of a stamp: "Tuesday", "à", names of months
_HANDED = re.compile(r"(?:^|[\s_-])(?:forwarded|fwd|transfere)(?:$|[\s_-])")


@dataclass(frozen=True, slots=True)
class Found:
    """A message and the places of its pieces on the page."""

    message: ChatMessage
    pieces: tuple[int, ...]


def find(pieces: Sequence[Piece]) -> list[Found]:
    """The messages of a page in its order; none where it is no chat, nobody writes twice and no element is named after
    senders.
    """
    stamps = _stamps(pieces)
    if len(stamps) < _LEAST_RECORDS:
        return []
    records = _records(pieces, stamps)
    sender_place = _place_of_senders(pieces, records)
    if sender_place is None or _share(pieces, records) < _MOSTLY:
        return []
    found: list[Found] = []
    last = ""
    for stamp, inside in records.items():
        found.append(_message(pieces, stamp, inside, sender_place, last))
        last = found[-1].message.sender
    return found if _is_talk(pieces, found) else []


def _stamps(pieces: Sequence[Piece]) -> list[int]:
    """The pieces that are times of day, in the place where the page writes most of them."""
    known = [i for i, p in enumerate(pieces) if p.cell is None and _is_stamp(p.text)]
    places = Counter(place_of(pieces[i].element) for i in known)
    best = max(places, key=lambda place: (places[place], place), default=None)
    return [i for i in known if place_of(pieces[i].element) == best]


def _is_stamp(text: str) -> bool:
    if len(text) > _LONGEST_STAMP or not CLOCK.search(text):
        return False
    rest = CLOCK.sub(" ", text)
    return len(re.findall(r"[^\W\d_]+", rest)) <= _MOST_WORDS and (not re.search(r"[^\W\d_]", rest) or has_day(rest))


def _records(pieces: Sequence[Piece], stamps: Sequence[int]) -> dict[int, list[int]]:
    """The places of the pieces of each record by that of its stamp: the largest element around it without another."""
    chains = {i: tuple(ancestry(pieces[i].element)) for i in stamps}  # held, because lxml makes new objects
    counts = Counter(id(e) for chain in chains.values() for e in chain)
    owner: dict[int, int] = {}
    for i, chain in chains.items():
        alone = [e for e in chain if counts[id(e)] == 1]
        if alone:
            owner[id(alone[-1])] = i
    records: dict[int, list[int]] = {i: [] for i in stamps}
    for n, piece in enumerate(pieces):
        around = next((owner[id(e)] for e in ancestry(piece.element) if id(e) in owner), None)
        if around is not None:
            records[around].append(n)
    return records


def _place_of_senders(pieces: Sequence[Piece], records: dict[int, list[int]]) -> tuple[tuple[str, str], ...] | None:
    """Where records write their senders: in an element named after them, else first in most records."""
    named: Counter[tuple[tuple[str, str], ...]] = Counter()
    first: Counter[tuple[tuple[str, str], ...]] = Counter()
    for stamp, inside in records.items():
        heads = [n for n in inside if n != stamp and len(pieces[n].text) <= _LONGEST_SENDER]
        heads = [n for n in heads if not _is_initials(pieces[n].text) or n == heads[-1]]
        named.update({place_of(pieces[n].element) for n in heads if is_author(pieces[n].element)})
        first.update([place_of(pieces[heads[0]].element)] if heads and heads[0] == _first(inside, stamp) else [])
    if named and max(named.values()) >= 2:
        return max(named, key=lambda place: (named[place], place))
    best = max(first, key=lambda place: (first[place], place), default=None)
    return best if best is not None and first[best] >= _MOSTLY * len(records) else None


def _is_initials(text: str) -> bool:
    """Letters in a circle that stand for a picture ("JM"), or a sign alone."""
    return len(text) <= _LONGEST_INITIALS and (text.isupper() or not any(c.isalnum() for c in text))


def _first(inside: Sequence[int], stamp: int) -> int:
    return next((n for n in inside if n != stamp), -1)


def _share(pieces: Sequence[Piece], records: dict[int, list[int]]) -> float:
    """How many of the page's words stand in the records."""
    held = sum(len(pieces[n].text) for inside in records.values() for n in inside)
    return held / max(1, sum(len(p.text) for p in pieces))


def _message(
    pieces: Sequence[Piece], stamp: int, inside: list[int], senders: tuple[tuple[str, str], ...], last: str
) -> Found:
    """What a record says; one without a sender goes on with the ``last`` one."""
    told = [n for n in inside if n != stamp and place_of(pieces[n].element) == senders]
    own = next((n for n in told if not _is_handed(pieces[n])), None)
    handed = next(
        (n for n in inside if n not in (own, stamp) and _is_handed(pieces[n]) and is_author(pieces[n].element)), None
    )
    around = {own, handed, stamp}
    words = [n for n in inside if n not in around and not (n < (own or -1) and _is_initials(pieces[n].text))]
    message = ChatMessage(
        pieces[own].text if own is not None else last,
        _time(pieces[stamp]),
        "\n".join(pieces[n].text for n in words),
        _without_day(pieces[handed].text) if handed is not None else "",
    )
    return Found(message, tuple(inside))


def _is_handed(piece: Piece) -> bool:
    """Whether a piece stands in what somebody only hands on."""
    around = [e for e, _ in zip(ancestry(piece.element), range(3), strict=False)]
    return any(_HANDED.search(e.get("class") or "") for e in around)


def _without_day(text: str) -> str:
    return re.sub(r"\s+", " ", DAY.sub(" ", CLOCK.sub(" ", text))).strip(" ,·")


def _time(piece: Piece) -> str:
    """The stamp of a record with its day, which some programs keep in the title of the element, as it sorts."""
    title = " ".join((piece.element.get("title") or "").split())
    shown = " ".join(piece.text.split())
    return sortable(title) or sortable(shown) or shown


def _is_talk(pieces: Sequence[Piece], found: Sequence[Found]) -> bool:
    """Whether people talk: somebody writes twice, or the page names its elements after senders and messages."""
    senders = [strip_marks(f.message.sender) for f in found if f.message.sender]
    names_them = any(is_author(pieces[n].element) for f in found for n in f.pieces[:3])
    return bool(senders) and (len(set(senders)) < len(senders) or names_them)
