"""Messages of exported chats: written as the lines of a chat, "[time] Sender: words", whatever program kept them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from feedback_synth.datamodel.document import Locator
from feedback_synth.documents._reading import Reading
from feedback_synth.documents._words import folded
from feedback_synth.languages.text import strip_marks

_FORWARDED = "Forwarded from"  # as the program itself writes it into a text

_SORTED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message, or one line of the program: ``is_service``, or without words."""

    sender: str
    time: str  # as it is shown, "" where none is kept
    words: str
    forwarded: str = ""  # whose words they are, where the sender only hands them on
    attached: tuple[str, ...] = ()
    is_service: bool = False


def write(said: Sequence[ChatMessage], reading: Reading, places: Sequence[Locator] = ()) -> None:
    """A paragraph for each message, what the program says as navigation; the locator counts messages from 1."""
    for number, message in enumerate(said, start=1):
        place = places[number - 1] if places else Locator(paragraph=number)
        sender = " ".join(message.sender.replace(":", " ").split())
        stamp = f"[{message.time}] " if message.time else ""
        handed = f"{_FORWARDED} {message.forwarded.replace(':', ' ')}: " if message.forwarded and message.words else ""
        words = handed + message.words.strip() or " ".join(f"[{name}]" for name in message.attached)
        if message.is_service or not sender or not words or is_event(sender, words):
            reading.add(f"{stamp}{_service(sender, words)}", place, "navigation")
        else:
            reading.add(f"{stamp}{sender}: {words}", place)


def _service(sender: str, words: str) -> str:
    return words if not sender or words.startswith(sender) else f"{sender}: {words}"


def is_event(sender: str, words: str) -> bool:
    """Whether words tell of their sender what he did in the chat ("Lan đã thêm Minh", "Ann named the group X")."""
    line = " ".join(strip_marks(words).split())
    name = strip_marks(sender).split()
    for called in dict.fromkeys((" ".join(name), *name)):
        if called and line.startswith(f"{called} ") and _events().match(line[len(called) + 1 :]):
            return True
    return False


@cache
def _events() -> re.Pattern[str]:
    phrases = sorted(map(re.escape, folded("chat", "events")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(phrases)})(?!\w)")


def in_order(said: Sequence[ChatMessage]) -> list[ChatMessage]:
    """The messages from the first to the last: by their times where these sort, else turned round where the times of
    day fall, as some programs give the newest first.
    """
    times = [m.time for m in said if m.time]
    falls = sum(a > b for a, b in pairwise(times))
    found = list(reversed(said)) if falls > sum(a < b for a, b in pairwise(times)) else list(said)
    return sorted(found, key=lambda m: m.time) if all(_SORTED.match(m.time) for m in said) else found
