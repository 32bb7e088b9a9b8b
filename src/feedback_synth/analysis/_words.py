"""Features of a text for lexical matching: words, Vietnamese word pairs, notions shared by several languages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from feedback_synth import config, languages
from feedback_synth.languages.text import match_key, strip_marks, tokens

NOTION = "§"  # first character of the features that do not belong to one language
SYLLABLE = "·"  # first character of single Vietnamese syllables, which say less than words
_ENDINGS = {  # the longest first
    "en": tuple("ations ation ings ing ments ment ies ied ed es s".split()),
    "fr": tuple(
        "issements issement ations ation ements ement ments ment elles elle ées ée és aux er ir é es s".split()
    ),
}
_STEM = 7  # letters of an English or French word that count


@lru_cache(maxsize=65536)
def features(text: str, language: str) -> tuple[str, ...]:
    """The features of ``text`` in reading order, repeated as often as they occur; asking words are left out."""
    words = expand(tokens(text), language)
    found = [*_plain_words(words, language), *(NOTION + name for name in notions(words, language))]
    return tuple(found)


def subject_words(text: str, language: str) -> tuple[str, ...]:
    """The single-word features of ``text`` (no pairs, no notions): what it speaks of."""
    return tuple(f.lstrip(SYLLABLE) for f in features(text, language) if not f.startswith(NOTION) and "_" not in f)


def worth(feature: str) -> float:
    """How much a feature tells beside its rarity: notions most, single syllables least."""
    return 1.3 if feature.startswith(NOTION) else 0.45 if feature.startswith(SYLLABLE) else 1.0


def expand(words: list[str], language: str) -> list[str]:
    """Short forms of notes written out ("gv" -> "giáo", "viên")."""
    table = config.load_toml("lexicons/concepts.toml")["abbreviations"].get(language, {})
    return [w for word in words for w in table.get(word, word).split()]


def stem(word: str, language: str) -> str:
    """A word without its inflection: whole in Vietnamese, shortened in English and French, figures in one spelling."""
    if word[0].isdigit():
        return _figure(word)
    if language not in _ENDINGS:
        return word
    for ending in _ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            break
    return strip_marks(word)[:_STEM]


def notions(words: list[str], language: str) -> list[str]:
    """Names of the notions (data/lexicons/concepts.toml) that occur in ``words``, in order of their places."""
    table = _phrases(language)
    stems = [stem(w, language) for w in words]
    found: list[str] = []
    for i, first in enumerate(stems):
        for phrase, name in table.get(first, ()):
            if tuple(stems[i : i + len(phrase)]) == phrase:
                found.append(name)
    return found


def part_words(language: str) -> dict[str, tuple[str, ...]]:
    """Heading words by kind of part ("situation", "funding", …) in one language."""
    return {
        kind: tuple(match_key(p) for p in _alternatives(row, language))
        for kind, row in config.load_toml("lexicons/concepts.toml")["parts"].items()
    }


def _plain_words(words: list[str], language: str) -> Iterator[str]:
    stop = _stop_stems(language)
    previous = ""
    for word in words:
        form = stem(word, language)
        dropped = form in stop or (len(form) < 2 and not form.isdigit())
        if dropped:
            previous = "" if language in _ENDINGS else form
            continue
        yield SYLLABLE + form if language not in _ENDINGS and not form[0].isdigit() else form
        if language not in _ENDINGS and previous:
            yield f"{previous}_{form}"
        previous = form


@cache
def _stop_stems(language: str) -> frozenset[str]:
    """Stop words and asking words as stems; of asking phrases only those of one word."""
    if language not in languages.codes():
        return frozenset()
    asking = config.load_toml("lexicons/directions.toml")["asking"].get(language, ())
    words = [*languages.get(language).stop_words, *(w for w in asking if " " not in w)]
    return frozenset(stem(match_key(w).rstrip("'"), language) for w in words)


@cache
def _phrases(language: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases of the notions as stems, by their first stem."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for name, row in config.load_toml("lexicons/concepts.toml")["terms"].items():
        for phrase in _alternatives(row, language):
            stems = tuple(stem(w, language) for w in tokens(phrase))
            table[stems[0]].append((stems, name))
    return dict(table)


def _alternatives(row: dict[str, str], language: str) -> list[str]:
    return [p.strip() for p in row.get(language, "").split(",") if p.strip()]


def _figure(word: str) -> str:
    """ "5.182", "5,182" -> "5182"; "1,1%" -> "1.1"; leading zeros gone."""
    word = word.rstrip("%")
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", word):
        word = re.sub(r"[.,]", "", word)
    return word.replace(",", ".").lstrip("0") or "0"
