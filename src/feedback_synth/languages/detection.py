"""Which language a text is in, by its letters and its frequent words."""

from __future__ import annotations

import re

from feedback_synth import languages

_WORD = re.compile(r"[^\W\d_]+['’]?")


def detect(text: str, default: str = "") -> str:
    """The code of the language ``text`` is most likely in, or ``default`` when nothing tells (figures, names)."""
    words = [w.replace("’", "'") for w in _WORD.findall(text.lower())]
    if not words:
        return default
    scores: dict[str, float] = {}
    for code in languages.codes():
        language = languages.get(code)
        letters = sum(c in language.letters for c in text.lower())
        scores[code] = sum(w in language.stop_words for w in words) + 1.5 * letters
    best = max(scores, key=lambda code: scores[code])
    if scores[best] == 0 or (scores[default] == scores[best] if default in scores else False):
        return default
    return best
