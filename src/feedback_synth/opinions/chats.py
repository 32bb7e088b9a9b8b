"""Exports of chats and transcripts: stamps of time, who sent what, forwarded words, lines of the program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.references import references
from feedback_synth.opinions import asking, authors, layout, lexicon, signatures, turning_points, turns
from feedback_synth.opinions.stretch import UNKNOWN, Stretch, Zone, whole

_TIME = r"\d{1,2}\s?[:h.]\s?\d{2}(?:[:.]\d{2}(?:[.,]\d{1,3})?)?(?:\s?[AaPp]\.?\s?[Mm]\.?|\s?(?:SA|CH)\b)?"
_DATE = (
    r"(?:\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{1,2}\s(?:[^\W\d_]{3,9}\.?|tháng \d{1,2},?)(?:\s\d{4})?"
    r"|[^\W\d_]{3,9}\.?\s\d{1,2}(?:,?\s\d{4})?)"
)
_STAMP = rf"(?:{_DATE},?\s(?:at\s|à\s|lúc\s|\|\s)?{_TIME}|{_TIME},?\s(?:ngày\s|le\s|on\s)?{_DATE}|{_TIME})"
_OPENED = re.compile(rf"(?:\[\s?{_STAMP}\s?\]|\(\s?{_STAMP}\s?\)|{_STAMP})\s*(?:[-–|]\s*)?(?=[^\s\d:])")
_BEHIND = re.compile(
    rf"(?P<name>[^\n:\[\]]{{2,80}}?),?\s+(?:\[{_STAMP}\]|\({_STAMP}\)|{_STAMP})\s*(?:(?P<colon>:)\s+|:?\s*(?:\n|$))"
)
_NAMED = re.compile(r"(?P<name>[^:\n]{1,70}?)\s?(?::\s+(?=\S)|:$)")
_OVER = re.compile(r"(?P<name>[^:\n.!?]{2,60}?)\s*(?:\n|$)")  # the sender alone, over the message
_ALONE = re.compile(rf"[\[(]?{_STAMP}[\])]?$")
_DATED = re.compile(_DATE)
_ADDRESSED = r"^{chat.from}\s+|\s+{chat.to}\s+(?:{chat.everyone}|{chat.panel}.*)$"
_ADDED = r"\s*\({chat.added}\)"
_SIGNS = re.compile(r"[^\w\s.,'’()/&+–-]+")  # emoji and the tilde before unknown senders
_ATTACHED = re.compile(r"^\s*(?:<[^<>]{3,40}>|\[[^\[\]]{2,40}\](?=\s|$))")
_SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?](?:\s|$)|\?$")
EVIDENCE = "structure:stamp and sender"  # of the passages before the messages of a chat
_LEAST, _SHARE = 3, 0.3
_TOP = 6  # messages among which the host opens the chat
_LONGEST_OVER = 8  # words of a sender's name on a line of its own
_LONGEST_FORWARDED = 60
_LONGEST_TALK = 24  # words


@dataclass(frozen=True, slots=True)
class Message:
    """A line that a stamp opens: its sender ("" for a line of the program) and where the words begin."""

    sender: str
    start: int


def message(text: str) -> Message | None:
    """The sender and the start of the words of a stamped line, None for a line without stamp."""
    opened = _OPENED.match(text)
    if opened is None:
        behind = _BEHIND.match(text)
        return Message(_sender(behind["name"]), behind.end()) if behind and _is_sender(behind["name"]) else None
    named = _NAMED.match(text, opened.end()) or (_OVER.match(text, opened.end()) if text[:1] in "[(" else None)
    if named and _is_sender(named["name"]):
        return Message(_sender(named["name"]), named.end())
    return Message("", len(text))


def is_export(document: Document) -> bool:
    """Whether the lines of a text open with stamps and senders again and again."""
    lines = [b for b in document.blocks if b.kind in ("paragraph", "list_item") and not b.quoted]
    stamped = sum(bool(m and m.sender) for m in _messages(lines))
    return stamped >= _LEAST and stamped >= _SHARE * len(lines)


def _messages(blocks: Sequence[Block]) -> list[Message | None]:
    """The stamped lines; where programs write the sender on one line and the time on the next, both are."""
    found = [message(b.text) for b in blocks]
    for i, (name, stamp) in enumerate(pairwise(blocks)):
        over = name.text.strip()
        is_name = found[i] is None and len(over.split()) <= _LONGEST_OVER and over[-1:] not in ".,;:!?…"
        if is_name and _ALONE.match(stamp.text.strip()) and _is_sender(over):
            found[i] = Message(_sender(over), len(name.text))
            found[i + 1] = Message(_sender(over), len(stamp.text))
    return found


def stretches(document: Document) -> list[Stretch]:
    """Every message as speech of its sender; those of the host, who asks for opinions, as answers of the drafters."""
    messages = _messages(document.blocks)
    hosts = _hosts(document, messages)
    found: list[Stretch] = []
    sender, author = "", UNKNOWN
    begun = False
    for block, said in zip(document.blocks, messages, strict=True):
        text = block.text
        if block.kind in layout.OUTSIDE or block.cell:
            found += whole(block.id, text, "other", "structure:outside the chat")
            continue
        code = layout.language_of(block, document.language)
        if said:
            begun = True
            sender, author = said.sender, _author(said.sender, code)
        start = said.start if said else 0
        forwarded, start = _forwarded(text, start, code)
        if forwarded and start >= len(text.rstrip()):
            author = forwarded  # its words stand on the next lines
        answers = sender in hosts and not forwarded
        if answers and not (hosts[sender] or author.organization):
            words = text[start:]  # who only handed the drafts on is one of the others
            answers = "?" not in words and turning_points.replies(words, code)
        zone: Zone = "drafter_answer" if answers else "speech"
        if not begun or not sender or _ATTACHED.match(text[start:]) or is_small_talk(text[start:], code):
            zone = "procedure"
        found += whole(block.id, text[:start], "procedure", EVIDENCE)
        if text[start:].strip():
            found.append(Stretch(block.id, start, len(text), zone, "structure:message", forwarded or author))
    return found


def is_small_talk(text: str, code: str) -> bool:
    """Words on the weather, the telephone or a cup of tea, which ask nothing of the draft."""
    if len(text.split()) > _LONGEST_TALK or not lexicon.find(code, "chat.small_talk", text):
        return False
    return not asking.strong_request(text, code) and not references(text, code)


def _is_sender(name: str) -> bool:
    plain = _sender(name)
    return (
        bool(plain)
        and not _DATED.fullmatch(plain)
        and len(plain.split()) <= 12
        and any(c.isalnum() for c in plain)
        and not _SENTENCE.search(plain)
    )


def _sender(name: str) -> str:
    addressed = lexicon.filled(_ADDRESSED)
    plain = addressed.sub("", lexicon.filled(_ADDED).sub("", name.strip(" ~-–*")))
    return re.sub(r"\s+", " ", _SIGNS.sub(" ", addressed.sub("", plain))).strip(" ,-–")


def _author(sender: str, code: str) -> Author:
    """The person, title and body in the name under which somebody writes; a name of no known form stands as it is."""
    if not sender or signatures.is_nobody(sender):
        return UNKNOWN
    for other in dict.fromkeys((code, *languages.codes())):
        told = turns.turn(f"{sender}: x", other, chat=True)
        if told and told.author.name and told.start == len(sender) + 2:
            return told.author
    signed = signatures.signed(sender, code)
    return signed if signed.name or signed.organization else Author(sender)


def _forwarded(text: str, start: int, code: str) -> tuple[Author | None, int]:
    """Who is quoted by "Forwarded from A: …" and where his words begin; (None, ``start``) for own words."""
    for other in dict.fromkeys((code, *languages.codes())):
        cue = lexicon.starts(other, "chat.forwarded", text[start:])
        if cue is None:
            continue
        rest = text[start + cue.end :]
        mark = re.search(r":\s+|\n|$", rest[:_LONGEST_FORWARDED])
        named = rest[: mark.start()].strip(" :,") if mark else ""
        if mark and named:
            parsed = authors.parse(named, other)
            known = parsed if parsed != Author() else _author(named, other)
            return known, start + cue.end + mark.end()
    return None, start


def _hosts(document: Document, messages: Sequence[Message | None]) -> dict[str, bool]:
    """Those who open the chat with the drafts or a call for opinions, and those whom a transcript calls moderator; True
    for all but those who only hand the drafts on.
    """
    found: dict[str, bool] = {}
    seen, sender = 0, ""
    for block, said in zip(document.blocks, messages, strict=True):
        if said and said.sender:
            seen, sender = seen + 1, said.sender
        if not sender or (said and not said.sender):
            continue
        code = layout.language_of(block, document.language)
        called = any(lexicon.equals(c, "person.moderator", sender) for c in languages.codes())
        words = block.text[said.start if said else 0 :]
        invites = called or (seen <= _TOP and lexicon.find(code, "chat.inviting", words) is not None)
        if invites or (seen <= _TOP and lexicon.find(code, "chat.sending", words)):
            found[sender] = found.get(sender, False) or invites
    return found
