"""Facts that a source states about itself: the sender of a letter, the chair of a meeting."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from feedback_synth.datamodel.document import Block, Field, SourceKind, Span
from feedback_synth.documents import _letters, _signing
from feedback_synth.documents._words import words

_LABELS: dict[SourceKind, tuple[str, ...]] = {
    "minutes": ("place", "time", "chair", "secretary", "attendance"),
    "letter": ("subject", "addressee", "sender", "signer", "signer_title"),
}
_SEARCHED = 40  # blocks at the top in which labelled facts stand
_HEAD = 16  # blocks at the top of a letter in which subject and addressee stand
_SIGNED: tuple[SourceKind, ...] = (
    "notes",
    "draft",
    "background",
)  # what may be an official paper, signed like a letter
_PEOPLE = ("chair", "secretary")


def find_fields(blocks: Sequence[Block], kind: SourceKind, language: str) -> tuple[Field, ...]:
    """The fields of a source of this kind, each name at most once, in a fixed order."""
    outside = ("comment", "insertion", "deletion", "navigation", "footnote")
    body = [b for b in blocks if b.kind not in outside and not b.quoted]
    found: list[Field] = []
    if kind == "letter":
        found.extend(_letters.find_fields(body, language))
    elif kind in _SIGNED and _letters.is_official(body):
        found.extend(_letters.find_fields(body, language, official=True))
    labels = _LABELS.get(kind, ())
    found.extend(_labelled(body[:_SEARCHED], labels))
    if kind == "letter":
        found.extend(_opening_lines(body[:_HEAD]))
    if kind == "minutes":
        found.extend(_letters.find_date(body[:_SEARCHED], language))
        found.extend(_signed(body[-12:], {f.name for f in found}))
    first: dict[str, Field] = {}
    for field in found:
        first.setdefault(field.name, field)
    return tuple(first.values())


def _labelled(blocks: Iterable[Block], labels: Sequence[str]) -> Iterator[Field]:
    """Facts written behind a label and a colon: "Chủ trì: đồng chí …", "Venue: …"."""
    for block in blocks:
        cuts = [(m, label) for label in labels for m in _pattern(label).finditer(block.text)]
        cuts.sort(key=lambda cut: (cut[0].start(), -cut[0].end()))
        starts = [m.start() for m, _ in cuts]
        for i, (match, label) in enumerate(cuts):
            end = next((s for s in starts[i + 1 :] if s >= match.end()), len(block.text))
            yield from _fact(block, label, match.end(), end)


def _opening_lines(blocks: Iterable[Block]) -> Iterator[Field]:
    """Subject and addressee that stand on a line without a colon: "V/v …", "À l'attention de …"."""
    for block in blocks:
        start = 0
        for line in block.text.split("\n"):
            plain = line.lower()
            for label in ("subject", "addressee"):
                opening = next((w for w in words("fields", f"{label}_line") if plain.startswith(w)), "")
                if opening and len(line) <= 250:
                    lead = len(opening) if label == "subject" or opening.endswith("gửi") else 0
                    yield from _fact(block, label, start + lead, start + len(line))
            start += len(line) + 1


def _fact(block: Block, label: str, start: int, end: int) -> Iterator[Field]:
    value = block.text[start:end]
    start += len(value) - len(value.lstrip())
    value = value.strip().rstrip(".;").rstrip()
    if not value:
        return
    if label not in _PEOPLE:
        yield Field(label, value, Span(block.id, start, start + len(value)))
        return
    name, title = _signing.name_and_title(value)
    if name:
        place = start + value.find(name)
        yield Field(label, name, Span(block.id, place, place + len(name)))
    if name and title:
        place = start + value.find(title)
        yield Field(f"{label}_title", title, Span(block.id, place, place + len(title)))


def _pattern(label: str) -> re.Pattern[str]:
    choices = "|".join(re.escape(w) for w in sorted(words("fields", label), key=len, reverse=True))
    capitals = choices.upper()  # "THƯ KÝ: A CHỦ TRÌ: B": two columns of signatures in one line
    return re.compile(
        rf"(?:(?:^|(?<=[.;]\s)|(?<=\n)|(?<=\d\.\s)|(?<=-\s))(?:{choices})|(?<=\w\s)(?-i:{capitals}))"
        r"\s*(?:\([^)]*\)\s*)?[:：]",
        re.IGNORECASE,
    )


def _signed(blocks: Sequence[Block], known: set[str]) -> Iterator[Field]:
    """Chair and secretary by their signatures, where no label names them."""
    lines = [(b, line) for b in blocks for line in b.text.split("\n")]
    for (_, heading), (block, name) in itertools.pairwise(lines):
        for label in _PEOPLE:
            is_heading = heading.strip(" :.").lower() in words("fields", label)
            if label not in known and is_heading and _signing.is_name(name):
                start = block.text.find(name)
                yield Field(label, name.strip(), Span(block.id, start, start + len(name)))
