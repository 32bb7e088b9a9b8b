"""Transcripts of recordings (.vtt, .srt): the cues of one speaker joined, time codes and cue numbers left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedback_synth.datamodel.document import Locator
from feedback_synth.documents._encodings import decode
from feedback_synth.documents._reading import Reading, Source

SUFFIXES = (".vtt", ".srt")
_TIMES = re.compile(r"^\s*(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s+-->\s")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-z][^<>]*>|<\d[\d:.]*>", re.IGNORECASE)
_NAMED = re.compile(r"^(?:>>\s*)?(?P<name>[^\W\d_][^:\n?!]{1,60}):\s+(?=\S)")
_NOTE = re.compile(r"^(?:NOTE|STYLE|REGION)\b")
_ENDS = re.compile(r"[.!?…][\"”’»)]*$")
_LEAST_WORDS = 40  # from which the end of a sentence parts the words of one speaker


@dataclass(slots=True)
class _Turn:
    """What one speaker says on end, from the line on on which it begins."""

    name: str
    line: int
    words: str


def read(source: Source, reading: Reading) -> None:
    """One block per turn, "Name: words" where the transcript names speakers; the locator counts lines from 1."""
    text, encoding = decode(source.data)
    if encoding not in ("utf-8", "utf-8-sig"):
        reading.notice("encoding_guessed", encoding=encoding)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for turn in _turns(lines):
        reading.add(f"{turn.name}: {turn.words}" if turn.name else turn.words, Locator(line=turn.line))


def _turns(lines: list[str]) -> Iterator[_Turn]:
    current: _Turn | None = None
    for number, name, words in _cues(lines):
        follows = current is not None and name in ("", current.name)
        if current and follows and not _is_full(current, name):
            current.words = f"{current.words} {words}"
            continue
        if current:
            yield current
        current = _Turn(name or (current.name if current else ""), number, words)
    if current:
        yield current


def _is_full(turn: _Turn, name: str) -> bool:
    """Long enough to be parted at the end of its sentence, where no name tells the speakers apart."""
    return not (name or turn.name) and len(turn.words.split()) >= _LEAST_WORDS and bool(_ENDS.search(turn.words))


def _cues(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """(line number from 1, speaker or "", words) of each line of words."""
    shown = in_note = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            shown = in_note = False
        elif _TIMES.match(line):
            shown = True
        elif _NOTE.match(line):
            in_note = True
        elif shown and not in_note:
            voice = _VOICE.search(line)
            words = re.sub(r"\s+", " ", _TAG.sub("", _VOICE.sub("", line))).strip(" -–")
            named = None if voice else _NAMED.match(words)
            if words:
                yield (
                    number,
                    voice[1].strip() if voice else (named["name"] if named else ""),
                    words[named.end() :] if named else words,
                )
