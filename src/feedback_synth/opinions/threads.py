"""Threads of mail: which blocks belong to which message, who wrote it, and what an answer between lines is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from feedback_synth.datamodel.document import Block
from feedback_synth.opinions import lexicon, signatures

_SENDER = r"^\W{0,3}{mail.sender}\W{0,3}\s?:[\s*]*(?P<who>[^\n]+)"
_HEAD_LINE = r"^\W{0,3}{mail.head}\W{0,3}\s?:"
_DIVIDER = r"^[-_*=\s]{2,}{mail.divider}[-_*=\s]*$|^[_=-]{8,}$|^Begin forwarded message:$"
_SECTION = r"^[-–—=*_]{1,}\s*{mail.part}\s*:?\s+(?P<who>[^\n:]{3,120}?)\s*(?:[-–—=*_]+|:)$"
_WROTE = r"{mail.wrote}(?:\s[^\n]{0,80})?\s?:\s*$"
_DATED = re.compile(r"^\d{4}-\d\d-\d\d\s+\d{1,2}:\d\d.*<[^>]+@[^>]+>\s?:\s*$")
_MAIL = re.compile(r"[\[<(]?(?:mailto:)?(?P<local>[\w.+-]+)@(?P<domain>[\w.-]+)(?:[>\])]|(?=\W|$))")
_NO_NAME = re.compile(r"^(?:AM|PM|[ap]\.?m\.?|SA|CH|GMT|UTC|at|on|à|lúc|vào|le|the|,|\+|:)$")
_POSTED = re.compile(r"(?P<name>[^\W\d_][^,()]{3,40}?)\s*[,(]\s*[^\W\d_]")
_LEAST_ASKED = 2  # questions
_LONGEST_INTRODUCTION = 260
_PROVIDERS = frozenset("gmail yahoo outlook hotmail icloud live googlemail protonmail orange free laposte msn".split())


@dataclass
class Message:
    """One message of a thread: its blocks in order, and the frame (who wrote when to whom) around it."""

    depth: int
    name: str = ""
    domain: str = ""  # of the writer's address, "" for providers that anybody uses
    blocks: list[Block] = field(default_factory=list)
    frame: list[Block] = field(default_factory=list)
    is_introduced: bool = False
    is_answered: bool = False  # words of a shallower message stand below its own
    answers: dict[str, str] = field(default_factory=dict)  # the quoted words right above a block, by its id


def messages(blocks: Sequence[Block]) -> list[Message]:
    """The messages of a mail, the newest first; one only for a text that quotes nothing."""
    found = [Message(0, is_introduced=True)]
    current: dict[int, Message] = {0: found[0]}
    in_head = False
    for i, block in enumerate(blocks):
        depth = block.quoted
        introduced = introduction(block.text) or _section(block.text, found[0])
        if introduced is not None:
            following = next((b for b in blocks[i + 1 :] if b.text.strip()), block)
            level = depth + 1 if following.quoted > depth else depth
            current = {d: m for d, m in current.items() if d < level}
            current[level] = Message(level, *introduced, frame=[block], is_introduced=True)
            found.append(current[level])
            in_head = lexicon.filled(_SENDER).match(block.text) is not None
            continue
        if depth not in current:
            current[depth] = Message(depth)
            found.append(current[depth])
        message = current[depth]
        if (in_head and lexicon.filled(_HEAD_LINE).match(block.text)) or lexicon.filled(_DIVIDER).match(
            block.text.strip()
        ):
            message.frame.append(block)
            continue
        in_head = False
        _add(message, block, blocks[i - 1] if i else None)
        for deeper in current.values():
            deeper.is_answered = deeper.is_answered or (deeper.depth > depth and bool(deeper.blocks))
    return found


def _section(text: str, own: Message) -> tuple[str, str] | None:
    """(name, domain) of a line such as "-- from A, engineer --", under which a colleague of the writer goes on."""
    match = lexicon.filled(_SECTION).match(text.strip())
    name = match["who"].split(",")[0].strip() if match else ""
    return (name, own.domain) if signatures.is_person(name) else None


def _add(message: Message, block: Block, above: Block | None) -> None:
    if above is not None and above.quoted > block.quoted:
        message.answers[block.id] = above.text
    elif above is not None and above.id in message.answers:
        message.answers[block.id] = message.answers[above.id]
    message.blocks.append(block)


def answered(thread: Iterable[Message]) -> dict[str, int]:
    """The words that messages of a thread quote and answer between the lines, each with the least depth of those."""
    found: dict[str, int] = {}
    for message in thread:
        for words in message.answers.values():
            found[words] = min(message.depth, found.get(words, message.depth))
    return found


def inquires(message: Message, replied: Mapping[str, int]) -> bool:
    """Whether a quoted message mostly asks what those who quote it answer between its lines: a call for opinions.

    ``replied`` are the words ``answered`` in its thread.
    """
    own = [b.text for b in message.blocks if replied.get(b.text, message.depth) < message.depth]
    asking = [t for t in own if t.rstrip().endswith("?")]
    return len(asking) >= _LEAST_ASKED and 2 * len(asking) >= len(own)


def introduction(text: str) -> tuple[str, str] | None:
    """(name, domain) of a line that says who wrote what follows, or None."""
    if len(text) > _LONGEST_INTRODUCTION and "\n" not in text:
        return None
    sender = lexicon.filled(_SENDER).match(text)
    if sender:
        return _named(sender["who"]) if _is_head(text) else None
    wrote = lexicon.filled(_WROTE).search(text)
    told = wrote and (_MAIL.search(text) or re.search(r"\d", text))
    if not (told or _DATED.match(text)):
        return None
    named = _named(text[: wrote.start()] if wrote else text)
    return named if named[0][:1].isupper() or _MAIL.search(text) else None


def _is_head(text: str) -> bool:
    """A "From:" line that names somebody, not the first words of a sentence or a period."""
    first = text.split("\n")[0]
    return len(first.split()) <= 14 and not re.search(r":\s*\d", first)


def _named(text: str) -> tuple[str, str]:
    posted = _posted(text)
    if posted:
        return posted, ""
    mail = _MAIL.search(text)
    domain = mail["domain"].lower() if mail else ""
    before = text[: mail.start()] if mail and mail.start() > 1 else text if not mail else ""
    quoted = re.search(r"[\"“](?P<name>[^\"”]+)[\"”]", before)
    name = quoted["name"] if quoted else re.split(r"\d[\d:./h+-]*", before)[-1]
    name = _in_order(name.strip(" \"'“”<>[](),;:*"))
    words = name.split()
    while words and _NO_NAME.match(words[0]):
        words.pop(0)
    plain = " ".join(words) or (mail["local"] if mail else "")
    return plain.strip(" ,;:*"), "" if domain.split(".")[0] in _PROVIDERS else domain


def _posted(text: str) -> str:
    """ "Ann Field (Director, Lake Fund)", "Ann Field, Head of the Lake Fund": a name with what the person is, or ""."""
    plain = text.strip(" *")
    match = _POSTED.match(plain)
    if not match or len(plain) > _LONGEST_INTRODUCTION or _MAIL.search(plain) or any(c.isdigit() for c in plain):
        return ""
    signed = signatures.signed(plain, "en")
    return plain if signatures.is_person(match["name"]) and signed.organization else ""


def _in_order(name: str) -> str:
    """ "Le, Thi Mai" -> "Thi Mai Le" only where both parts are short names; else what stands behind the last comma."""
    parts = [p.strip() for p in name.split(",") if p.strip()]
    if len(parts) == 2 and all(p[:1].isupper() and len(p.split()) <= 3 for p in parts) and not _NO_NAME.match(parts[0]):
        return f"{parts[1]} {parts[0]}" if len(parts[0].split()) == 1 else name
    return parts[-1] if parts else ""
