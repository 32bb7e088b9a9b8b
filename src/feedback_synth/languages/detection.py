"""Which language a text is in, by its letters and its frequent words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from feedback_synth import languages

_WORD = re.compile(r"[^\W\d_]+'?")


@cache
def _letters(code: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(languages.get(code).letters)}]")


def detect(text: str, default: str = "") -> str:
    """The code of the language ``text`` is most likely in, or ``default`` when nothing tells (figures, names)."""
    text = text.lower().replace("’", "'")
    words = Counter(_WORD.findall(text))
    if not words:
        return default
    scores: dict[str, float] = {}
    for code in languages.codes():
        language = languages.get(code)
        letters = len(_letters(code).findall(text)) if language.letters else 0
        scores[code] = sum(words[w] for w in language.stop_words & words.keys()) + 1.5 * letters
    best = max(scores, key=lambda code: scores[code])
    if scores[best] == 0 or (scores[default] == scores[best] if default in scores else False):
        return default
    return best
