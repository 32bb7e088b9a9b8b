"""Bytes to characters: which encoding a text file is in."""

from __future__ import annotations

import codecs
import re

from feedback_synth.documents import _legacy_fonts

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Vietnamese in windows-1258 writes tones as separate bytes after the vowel: combining marks.
_CP1258_TONES = re.compile(r"[aeiouyăâêôơưAEIOUYĂÂÊÔƠƯ][\u0300\u0301\u0303\u0309\u0323]")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Every byte string decodes; the last resort is windows-1252."""
    text, name = _decode(data)
    old = _legacy_fonts.detect(text[:50_000])
    return (_legacy_fonts.decode(text, old), old) if old else (text, name)


def _decode(data: bytes) -> tuple[str, str]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), name
    guess = _wide(data)
    if guess:
        return data.decode(guess, errors="replace"), guess
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_nearly_utf8(data, error):
            return data.decode("utf-8", errors="replace"), "utf-8"
    if _legacy_fonts.detect(data[:50_000].decode("latin-1")) == "TCVN3":  # some of its letters are tones there
        return data.decode("latin-1"), "windows-1252"
    vietnamese = data.decode("cp1258", errors="replace")
    if len(_CP1258_TONES.findall(vietnamese)) > len(vietnamese) / 100:
        return vietnamese, "windows-1258"
    return data.decode("cp1252", errors="replace"), "windows-1252"


def declared(data: bytes) -> str:
    """The encoding that an HTML page names for itself, or "" when it names none that exists."""
    match = _CHARSET.search(data[:4096])
    try:
        return codecs.lookup(match[1].decode("ascii")).name if match else ""
    except LookupError:
        return ""


def looks_like_text(data: bytes) -> bool:
    """Whether these bytes are text in some encoding: hardly any control characters."""
    sample = data[:65_536]
    if sample.startswith(tuple(mark for mark, _ in _BOMS)) or _wide(sample):
        return True
    controls = sum(b < 9 or 13 < b < 32 for b in sample)
    return controls <= len(sample) / 200


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte of Latin text is zero (0x1E in Vietnamese)."""
    sample = data[:4096]
    if len(sample) < 8:
        return ""
    low, high = sample[0::2], sample[1::2]
    small = (0, 1, 0x1E, 0x20)
    if sum(b in small for b in high) > 0.9 * len(high) and 0 in high and sum(b in small for b in low) < 0.4 * len(low):
        return "utf-16-le"
    if sum(b in small for b in low) > 0.9 * len(low) and 0 in low and sum(b in small for b in high) < 0.4 * len(high):
        return "utf-16-be"
    return ""


def _is_nearly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """A stray byte or a cut end in a file that is UTF-8 all the same."""
    if error.start >= len(data) - 4 and error.start > 0:
        return True
    text = data[:200_000].decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    letters = sum(ord(c) > 127 for c in text) - broken
    return letters > 20 * broken
