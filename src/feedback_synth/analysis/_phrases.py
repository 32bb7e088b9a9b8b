"""A name for a set of opinions: the phrase that they share and others do not, whole and in their own words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from feedback_synth import config, languages
from feedback_synth.analysis._words import NOTION, expand, lexicon_pairs, notions, short_forms, worth
from feedback_synth.datamodel.draft import Draft
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key, strip_marks, tokens

_LONGEST = 6  # words of a label
_LENGTHS = {1: 0.55, 2: 1.0, 3: 1.2, 4: 1.35, 5: 1.3, 6: 1.2}  # worth of a phrase by its words
_ATTACHED = 0.6  # share of its occurrences that a word spends beside another from which both are one word
_SUBJECT = 0.7  # what naming a common notion adds to a phrase
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu)'", re.IGNORECASE)
_MOST = 50  # opinions of a set that are read for its name


class Phrases:
    """The phrases of all opinions: how widely each is spread, and which syllables belong together.

    The drafts only teach which syllables belong together.
    """

    def __init__(self, opinions: Sequence[Opinion], drafts: Sequence[Draft] = ()) -> None:
        texts = [(o.text, o.language) for o in opinions]
        texts += [(text, d.language) for d in drafts for p in d.provisions for text in (p.heading, p.text) if text]
        self._attached = _attached(texts)
        self._spread = Counter(key for o in opinions for key in dict(self._of(o)))

    def label(self, opinions: Sequence[Opinion], everyone: Sequence[Opinion] = (), heading: str = "") -> str:
        """The phrase that most of ``opinions`` share and few others have, as the first of them writes it.

        ``everyone`` are all opinions of the set, also those in other languages: what they speak of is preferred.
        ``heading``, words of the draft for the place they speak of, names them where no phrase does it well: none is
        shared or names what they have in common, or only a single word is.
        """
        holders: Counter[str] = Counter()
        written: dict[str, tuple[str, str]] = {}
        for opinion in opinions[:_MOST]:
            for key, phrase in sorted(dict(self._of(opinion)).items()):
                holders[key] += 1
                written.setdefault(key, (phrase, opinion.language))
        if not holders:
            return heading or _short(opinions[0].text)
        common = _common(everyone or opinions)
        subjects = {k: _subject(*written[k], common) for k in holders}
        worth = {k: self._worth(k, n) * subjects[k] for k, n in holders.items()}
        good = [k for k, n in holders.items() if subjects[k] > 1 or (n > 1 and not _is_one_word(*written[k]))]
        if heading and not good:
            return heading
        return written[max(good or worth, key=lambda k: (worth[k], k))][0]

    def _worth(self, key: str, here: int) -> float:
        """Phrases of two to four words held by many here and by few elsewhere."""
        rarity = math.sqrt(here / max(here, self._spread[key]))
        return here * _LENGTHS[len(key.split())] * rarity

    def _of(self, opinion: Opinion) -> Iterator[tuple[str, str]]:
        """(match key, words as written) of every whole phrase: no asking word and no half of a word at its ends."""
        language = opinion.language
        for piece in _pieces(opinion.text):
            keys = [match_key(w) for w in piece]
            for start in range(len(piece)):
                for end in range(start + 1, min(len(piece), start + _LONGEST) + 1):
                    if self._whole(keys, start, end, language) and not _is_note(piece[start:end], language):
                        yield " ".join(keys[start:end]), _bare(" ".join(piece[start:end]), language)

    def _whole(self, keys: Sequence[str], start: int, end: int, language: str) -> bool:
        """A stretch that can be a name: nothing at its ends or inside that only a sentence has, no word cut in two."""
        inner, idle = keys[start:end], _idle(language)
        if inner[0] in idle or _bare(inner[-1]) in idle or any(c.isdigit() for key in inner for c in key):
            return False
        if self._begins(inner, language) or self._ends(inner, language) or _has_clause(inner, language):
            return False
        if start and (keys[start - 1], keys[start]) in self._attached:
            return False
        if end < len(keys) and (keys[end - 1], keys[end]) in self._attached:
            return False
        return all(len(k) > 1 for k in inner)

    def _begins(self, inner: Sequence[str], language: str) -> bool:
        """Does the stretch begin with a word that no name begins with, a word of its own."""
        words = _pieces_of_sentences("first", language)
        return "_".join(inner[:2]) in words or (inner[0] in words and tuple(inner[:2]) not in self._attached)

    def _ends(self, inner: Sequence[str], language: str) -> bool:
        words = _pieces_of_sentences("last", language)
        return inner[-1] in words and tuple(inner[-2:]) not in self._attached


def _bare(words: str, language: str = "fr") -> str:
    """The words without the elided one before the first: "absence d'eau" of "l'absence d'eau"."""
    return _ELIDED.sub("", words) if language == "fr" else words


def _has_clause(inner: Sequence[str], language: str) -> bool:
    words = _pieces_of_sentences("inside", language)
    return any(k in words for k in inner) or any(f"{a}_{b}" in words for a, b in pairwise(inner))


def _is_note(written: Sequence[str], language: str) -> bool:
    """Is there a short form of hasty notes in these words ("gv", "dc"); capitals ("THCS") are names."""
    return any(w.islower() and (w in short_forms(language) or _has_no_vowel(w)) for w in written)


def _has_no_vowel(word: str) -> bool:
    return word.isalpha() and not set(strip_marks(word)) & set("aeiouy")


def _is_one_word(phrase: str, language: str) -> bool:
    """A single word (in Vietnamese of up to two syllables): often too little of a name."""
    return len(phrase.split()) <= (2 if language == "vi" else 1)


@cache
def _pieces_of_sentences(kind: str, language: str) -> frozenset[str]:
    words = config.load_toml("lexicons/phrases.toml")[kind].get(language, "").split()
    return frozenset("_".join(match_key(part) for part in word.split("_")) for word in words)


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


def _attached(texts: Sequence[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Pairs of neighbours that are one word: they stand together nearly always, or in the lexicon of notions."""
    alone: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    codes = dict.fromkeys(language for _, language in texts)
    for text, _ in texts:
        for piece in _pieces(text):
            keys = [match_key(w) for w in piece]
            alone.update(keys)
            pairs.update((a, b) for a, b in pairwise(keys) if not any(c.isdigit() for c in a + b))
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
