"""A name for a set of opinions: the phrase that they share and others do not, whole and in their own words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from feedback_synth import config, languages
from feedback_synth.analysis._words import NOTION, expand, lexicon_pairs, notions, worth
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key, tokens

_LONGEST = 6  # words of a label
_LENGTHS = {1: 0.55, 2: 1.0, 3: 1.2, 4: 1.35, 5: 1.3, 6: 1.2}  # worth of a phrase by its words
_ATTACHED = 0.6  # share of its occurrences that a word spends beside another from which both are one word
_SUBJECT = 0.7  # what naming a common notion adds to a phrase
_MOST = 50  # opinions of a set that are read for its name


class Phrases:
    """The phrases of all opinions: how widely each is spread, and which syllables belong together."""

    def __init__(self, opinions: Sequence[Opinion]) -> None:
        self._attached = _attached(opinions)
        self._spread = Counter(key for o in opinions for key in dict(self._of(o)))

    def label(self, opinions: Sequence[Opinion], everyone: Sequence[Opinion] = ()) -> str:
        """The phrase that most of ``opinions`` share and few others have, as the first of them writes it.

        ``everyone`` are all opinions of the set, also those in other languages: what they speak of is preferred.
        """
        holders: Counter[str] = Counter()
        written: dict[str, tuple[str, str]] = {}
        for opinion in opinions[:_MOST]:
            for key, phrase in sorted(dict(self._of(opinion)).items()):
                holders[key] += 1
                written.setdefault(key, (phrase, opinion.language))
        if not holders:
            return _short(opinions[0].text)
        common = _common(everyone or opinions)
        worth = {k: self._worth(k, n) * _subject(*written[k], common) for k, n in holders.items()}
        return written[max(worth, key=lambda k: (worth[k], k))][0]

    def _worth(self, key: str, here: int) -> float:
        """Phrases of two to four words held by many here and by few elsewhere."""
        rarity = math.sqrt(here / max(here, self._spread[key]))
        return here * _LENGTHS[len(key.split())] * rarity

    def _of(self, opinion: Opinion) -> Iterator[tuple[str, str]]:
        """(match key, words as written) of every whole phrase: no asking word and no half of a word at its ends."""
        idle = _idle(opinion.language)
        for piece in _pieces(opinion.text):
            keys = [match_key(w) for w in piece]
            for start in range(len(piece)):
                for end in range(start + 1, min(len(piece), start + _LONGEST) + 1):
                    if self._whole(keys, start, end, idle):
                        yield " ".join(keys[start:end]), " ".join(piece[start:end])

    def _whole(self, keys: Sequence[str], start: int, end: int, idle: frozenset[str]) -> bool:
        inner = keys[start:end]
        if inner[0] in idle or inner[-1] in idle or any(c.isdigit() for c in inner[0] + inner[-1]):
            return False
        if start and (keys[start - 1], keys[start]) in self._attached:
            return False
        if end < len(keys) and (keys[end - 1], keys[end]) in self._attached:
            return False
        return all(len(k) > 1 for k in inner)


def _common(opinions: Sequence[Opinion]) -> frozenset[str]:
    """The telling notions that at least half of the opinions (and two of them) speak of."""
    found = Counter(
        name for o in opinions[:_MOST] for name in set(notions(expand(tokens(o.text), o.language), o.language))
    )
    least = max(2, len(opinions[:_MOST]) / 2)
    return frozenset(name for name, n in found.items() if n >= least and worth(NOTION + name) > 1)


def _subject(phrase: str, language: str, common: frozenset[str]) -> float:
    """More than 1 for a phrase that names a notion which the opinions have in common."""
    named = set(notions(expand(tokens(phrase), language), language)) & common
    return 1 + _SUBJECT * min(2, len(named))


def _attached(opinions: Sequence[Opinion]) -> frozenset[tuple[str, str]]:
    """Pairs of neighbours that are one word: they stand together nearly always, or in the lexicon of notions."""
    alone: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    codes = dict.fromkeys(o.language for o in opinions)
    for opinion in opinions:
        for piece in _pieces(opinion.text):
            keys = [match_key(w) for w in piece]
            alone.update(keys)
            pairs.update(pairwise(keys))
    found = {p for p, n in pairs.items() if n > 2 and n >= _ATTACHED * min(alone[p[0]], alone[p[1]])}
    return frozenset(found.union(*(lexicon_pairs(code) for code in codes)))


def _pieces(text: str) -> Iterator[list[str]]:
    """The stretches of words between marks."""
    piece: list[str] = []
    for word in text.replace("’", "'").split():
        bare = word.strip('.,;:!?()[]“”"«»…-–/')
        if bare and word[0].isalnum():
            piece.append(bare)
        if not bare or bare != word:
            if piece:
                yield piece
            piece = []
    if piece:
        yield piece


@cache
def _idle(language: str) -> frozenset[str]:
    """Words that no name begins or ends with: stop words and words that only ask."""
    if language not in languages.codes():
        return frozenset()
    asking = config.load_toml("lexicons/directions.toml")["asking"].get(language, ())
    single = [w for w in asking if " " not in w]
    return frozenset(match_key(w) for w in (*languages.get(language).stop_words, *single))


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:_LONGEST]) + ("…" if len(words) > _LONGEST else "")
