"""Features of a text for lexical matching: words, Vietnamese word pairs, notions shared by several languages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby, pairwise

from feedback_synth import config, languages
from feedback_synth.languages.text import match_key, strip_marks, tokens

NOTION = "§"  # first character of the features that do not belong to one language
SYLLABLE = "·"  # first character of single Vietnamese syllables, which say less than words
_ENDINGS = {  # the longest first
    "en": tuple("ational ations ation ings ing ments ment ies ied ed es s".split()),
    "fr": tuple(
        "issements issement ations ation ements ement ments ment elles elle ées ée és aux er ir é es s".split()
    ),
}
_STEM = 8  # letters of an English or French word that count


@lru_cache(maxsize=65536)
def features(text: str, language: str) -> tuple[str, ...]:
    """The features of ``text`` in reading order, repeated as often as they occur; asking words are left out."""
    words = expand(tokens(text), language)
    found = [*_plain_words(words, language), *(NOTION + name for name in notions(words, language))]
    return tuple(found)


def shown(text: str, language: str, shared: Collection[str]) -> list[str]:
    """The stretches of ``text`` that carry ``shared`` features, as written, the longest first."""
    words = text.split()
    keys = [tokens(w) for w in words]
    stems = [stem(k[0], language) if len(k) == 1 else "" for k in keys]
    marked = [bool(s) and language in _ENDINGS and s in shared for s in stems]
    for i, (a, b) in enumerate(pairwise(stems)):
        if a and b and f"{a}_{b}" in shared:
            marked[i] = marked[i + 1] = True
    for i, first in enumerate(stems):
        for phrase, name in _phrases(language).get(first, ()):
            if NOTION + name in shared and tuple(stems[i : i + len(phrase)]) == phrase:
                marked[i : i + len(phrase)] = [True] * len(phrase)
    runs: dict[str, None] = {}
    for held, group in groupby(range(len(words)), key=lambda i: marked[i]):
        if held:
            runs.setdefault(" ".join(words[i] for i in group).strip(' ,.;:()“”"«»'))
    return sorted(runs, key=lambda r: -len(r))


def shareable(found: Iterable[str], across: bool) -> frozenset[str]:
    """The features that can be shared at all: between two languages only notions and figures."""
    return frozenset(f for f in found if not across or f.startswith(NOTION) or f[0].isdigit())


@lru_cache(maxsize=65536)
def worth(feature: str) -> float:
    """How much a feature tells beside its rarity: notions most, single syllables least."""
    if feature.startswith(NOTION):
        return 0.6 if feature[1:] in _faint() else 1.3
    return 0.45 if feature.startswith(SYLLABLE) else 1.0


@cache
def _faint() -> frozenset[str]:
    return frozenset(config.load_toml("lexicons/concepts.toml")["faint"])


def expand(words: list[str], language: str) -> list[str]:
    """Short forms of notes written out ("gv" -> "giáo", "viên")."""
    table = config.load_toml("lexicons/concepts.toml")["abbreviations"].get(language, {})
    return [w for word in words for w in table.get(word, word).split()]


@cache
def short_forms(language: str) -> frozenset[str]:
    """The short forms of hasty notes in one language."""
    return frozenset(config.load_toml("lexicons/concepts.toml")["abbreviations"].get(language, {}))


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """A word without its inflection: whole in Vietnamese, shortened in English and French, figures in one spelling."""
    if word[0].isdigit():
        return _figure(word)
    if language not in _ENDINGS:
        return word
    for ending in _ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= (5 if len(ending) > 2 else 4):  # "landing" is no "land"
            word = word.removesuffix(ending)
            break
    return strip_marks(word)[:_STEM]


def notions(words: list[str], language: str) -> list[str]:
    """Names of the notions (data/lexicons/concepts.toml) that occur in ``words``, in order of their places."""
    table = _phrases(language)
    stems = [stem(w, language) for w in words]
    found: list[str] = []
    inside = 0  # end of the longest phrase begun before: "maternelle" in "langue maternelle" is no notion of its own
    for i, first in enumerate(stems):
        hits = [(p, name) for p, name in table.get(first, ()) if tuple(stems[i : i + len(p)]) == p]
        hits = [(p, name) for p, name in hits if i + len(p) > inside]
        found += [name for _, name in hits]
        inside = max([inside, *(i + len(p) for p, _ in hits)])
    return found


def part_words(language: str) -> dict[str, tuple[str, ...]]:
    """Heading words by kind of part ("situation", "funding", …) in one language."""
    return {
        kind: tuple(match_key(p) for p in _alternatives(row, language))
        for kind, row in config.load_toml("lexicons/concepts.toml")["parts"].items()
    }


def _plain_words(words: list[str], language: str) -> Iterator[str]:
    stop, idle = _function_stems(language), _asking_stems(language)
    paired = language not in _ENDINGS
    previous = ""
    for word in words:
        form = stem(word, language)
        if form in stop or (len(form) < 2 and not form.isdigit()):
            previous = ""
            continue
        if form not in idle and not (form.isdigit() and len(form) < 3):  # small bare numbers are in everything
            yield SYLLABLE + form if paired and not form[0].isdigit() else form
        if paired and previous:
            yield f"{previous}_{form}"
        previous = form


@cache
def _function_stems(language: str) -> frozenset[str]:
    """Stop words as stems: they neither stand alone nor in pairs."""
    if language not in languages.codes():
        return frozenset()
    return frozenset(stem(match_key(w).rstrip("'"), language) for w in languages.get(language).stop_words)


@cache
def _asking_stems(language: str) -> frozenset[str]:
    """Words that only ask, as stems: in Vietnamese they may be half of a word, so they count in pairs."""
    asking = config.load_toml("lexicons/directions.toml")["asking"].get(language, ())
    return frozenset(stem(match_key(w), language) for w in asking if " " not in w)


@cache
def lexicon_phrases(language: str) -> tuple[str, ...]:
    """The first phrase of each notion in one language, in the order of the lexicon."""
    rows = config.load_toml("lexicons/concepts.toml")["terms"].values()
    return tuple(found[0] for row in rows if (found := _alternatives(row, language)))


@cache
def lexicon_pairs(language: str) -> frozenset[tuple[str, str]]:
    """Neighbouring words inside the phrases of the notions, as match keys."""
    rows = config.load_toml("lexicons/concepts.toml")["terms"].values()
    phrases = [tokens(p) for row in rows for p in _alternatives(row, language)]
    return frozenset(pair for words in phrases for pair in pairwise(words))


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
    word = word.rstrip("%‰")
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", word):
        word = re.sub(r"[.,]", "", word)
    return word.replace(",", ".").lstrip("0") or "0"
