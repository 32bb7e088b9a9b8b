"""Text for reading, text for matching: clean on the one side, fold on the other, offsets kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_BLANKS = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ"})
_WORD = re.compile(r"\d+(?:[.,]\d+)*[%‰]?|[^\W\d_]+(?:/[^\W_]+(?:-[^\W_]+)*)?")
# Tone on the first vowel of open oa, oe, uy moves to the second, as newer spelling has it (not after q).
_TONE_PLACES = {
    old + base: plain + new
    for plain, second, olds, news in (
        ("o", "a", "òóỏõọ", "àáảãạ"),
        ("o", "e", "òóỏõọ", "èéẻẽẹ"),
        ("u", "y", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for old, new, base in zip(olds, news, second * 5, strict=True)
}
_TONE = re.compile(r"[òóỏõọùúủũụ](?<!q.)[aey](?![^\W\d_])")  # the vowel first: most texts are searched in vain
_FINAL_I = re.compile(r"[yỳýỷỹỵ](?<=[hklmst].)(?![^\W\d_])")
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


def clean(text: str) -> str:
    """Text for a block: NFC, blanks folded to one space, line breaks kept, invisible and control characters gone."""
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()  # nothing to clean, as nearly always: only blanks and words
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    text = unicodedata.normalize("NFC", _CONTROL.sub("", _INVISIBLE.sub("", text)))
    return re.sub(r" *\n *", "\n", _BLANKS.sub(" ", text)).strip()


def clean_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where ``text[start:end]`` stands in ``clean(text)``; blanks at its ends are left out."""
    cleaned = clean(text)
    ends = min(len(clean(text[:end])), len(cleaned))
    if start == end:  # a place between words: behind the blank if it was behind it
        ends += cleaned[ends : ends + 1].isspace() and text[:end][-1:].isspace()
        return ends, ends
    starts = min(len(clean(text[:start])), ends)
    while starts < ends and cleaned[starts].isspace():
        starts += 1
    return starts, ends


def match_key(text: str) -> str:
    """Lower-case text for matching: NFC, one tone placement (hòa -> hoà), final y as i after h k l m s t."""
    text = unicodedata.normalize("NFC", text).lower().replace("ð", "đ")
    text = _TONE.sub(lambda m: _TONE_PLACES.get(m[0], m[0]), text)
    text = _FINAL_I.sub(lambda m: m[0].translate(_Y_TO_I), text)
    return " ".join(text.split())


def strip_marks(text: str) -> str:
    """Lower case without diacritics: "Đề án" -> "de an"."""
    decomposed = unicodedata.normalize("NFD", text.lower().translate(_LOOKALIKES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d").replace("œ", "oe")


def tokens(text: str) -> list[str]:
    """Words for lexical matching, from the match key: syllables, numbers with their marks, symbols like "nq/tw"."""
    return _WORD.findall(match_key(text))


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text that remembers where each character came from: match on ``text``, quote the original."""

    text: str
    offsets: tuple[int, ...]  # offsets[i] is the place in the original of text[i]; one more for the end

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original behind ``text[start:end]``."""
        if start == end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold for searching: lower case, no diacritics, each run of white space one space."""
    out: list[str] = []
    offsets: list[int] = []
    for i, character in enumerate(text):
        if character.isspace():
            if out and out[-1] == " ":
                continue
            folded = " "
        else:
            folded = strip_marks(character)
        for c in folded:
            out.append(c)
            offsets.append(i)
    return Folded("".join(out), (*offsets, len(text)))
