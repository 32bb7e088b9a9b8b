"""Pairing two rows of units by their words, their labels and their neighbours, in near-linear time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

Pairs = list[tuple[int, int]]
_SIMILAR = 0.5  # share of common words above which two units are one, wherever they stand
_SAME_LABEL = 0.3  # … where they also have one label
_BETWEEN = 0.38  # … where their neighbours on both sides are paired
_SHINGLE = 3  # words
_COMMON = 40  # a shingle in more units than this tells nothing
_LARGEST = 400_000_000  # words times words; beyond it the order of words is left out of the comparison
_CANDIDATES = 8  # units looked at for each unit


@dataclass(frozen=True, slots=True)
class Unit:
    """What is aligned: ``words`` as a string of one character per word (see Vocabulary), ``label`` its number."""

    label: str
    words: str
    deep: str = ""  # its words with those of all below it

    @property
    def all_words(self) -> str:
        return self.deep or self.words


class Vocabulary:
    """Gives each word a character of its own, so that texts compare word by word at the speed of strings."""

    def __init__(self) -> None:
        self._characters: dict[str, str] = {}

    def encode(self, words: Sequence[str]) -> str:
        known = self._characters
        out = []
        for word in words:
            character = known.get(word)
            if character is None:
                character = known[word] = _character(len(known))
            out.append(character)
        return "".join(out)


def _character(number: int) -> str:
    """The ``number``-th usable code point: surrogates are left out."""
    code = number + 0x100
    return chr(code if code < 0xD800 else code + 0x800)


def similarity(a: str, b: str) -> float:
    """Share of words in common, in order: 0 to 1."""
    if not a or not b:
        return 1.0 if a == b else 0.0
    if len(a) * len(b) > _LARGEST:
        return 2 * (Counter(a) & Counter(b)).total() / (len(a) + len(b))
    return float(Indel.normalized_similarity(a, b))


def align(old: Sequence[Unit], new: Sequence[Unit], least: float = _SIMILAR, *, lenient: bool = True) -> Pairs:
    """Pairs of indexes (old, new), each index at most once: equal units first, then the most alike.

    ``lenient``: units of one label or between paired neighbours may be less alike than ``least``.
    """
    pairing = _Pairing(old, new, lenient)
    pairing.pair_equal()
    pairing.pair_alike(least)
    pairing.pair_alike(least)  # once more, with the neighbours that the first round has paired
    return sorted(pairing.old_to_new.items())


class _Pairing:
    def __init__(self, old: Sequence[Unit], new: Sequence[Unit], lenient: bool) -> None:
        self.old, self.new, self.lenient = old, new, lenient
        self.old_to_new: dict[int, int] = {}
        self.new_to_old: dict[int, int] = {}

    def _join(self, i: int, j: int) -> None:
        self.old_to_new[i] = j
        self.new_to_old[j] = i

    def pair_equal(self) -> None:
        """Units with the same words: those with one label first, then in order."""
        for key in (lambda u: (u.all_words, u.label), lambda u: u.all_words):
            self._pair_by(key)

    def _pair_by(self, key: Callable[[Unit], object]) -> None:
        waiting: dict[object, list[int]] = defaultdict(list)
        for j, unit in enumerate(self.new):
            if j not in self.new_to_old and unit.all_words:
                waiting[key(unit)].append(j)
        for i, unit in enumerate(self.old):
            if i not in self.old_to_new and waiting.get(key(unit)):
                self._join(i, waiting[key(unit)].pop(0))

    def pair_alike(self, least: float) -> None:
        """The rest by similarity, best first; labels and paired neighbours help."""
        scored = []
        for i, j in self._candidates():
            likeness = similarity(self.old[i].all_words, self.new[j].all_words)
            bonus = 0.06 * (self.old[i].label == self.new[j].label) + 0.03 * self._neighbours(i, j)
            if likeness >= least or (self.lenient and likeness + bonus >= self._least(i, j, least)):
                scored.append((-(likeness + bonus), i, j))
        for _, i, j in sorted(scored):
            if i not in self.old_to_new and j not in self.new_to_old:
                self._join(i, j)

    def _least(self, i: int, j: int, least: float) -> float:
        if self.old[i].label == self.new[j].label:
            return min(least, _SAME_LABEL)
        return min(least, _BETWEEN) if self._neighbours(i, j) == 2 else least

    def _neighbours(self, i: int, j: int) -> int:
        """How many of the two neighbours of ``i`` are paired with the neighbours of ``j``; ends are neighbours too."""
        before = self.old_to_new.get(i - 1) == j - 1 if i and j else i == j
        after = (
            self.old_to_new.get(i + 1) == j + 1
            if i + 1 < len(self.old) and j + 1 < len(self.new)
            else len(self.old) - i == len(self.new) - j
        )
        return int(before) + int(after)

    def _candidates(self) -> list[tuple[int, int]]:
        olds = [i for i in range(len(self.old)) if i not in self.old_to_new]
        news = [j for j in range(len(self.new)) if j not in self.new_to_old]
        if len(olds) * len(news) <= 2500:
            return [(i, j) for i in olds for j in news]
        return sorted({*self._by_shingles(olds, news), *self._by_place(olds, news)})

    def _by_shingles(self, olds: list[int], news: list[int]) -> list[tuple[int, int]]:
        """For each old unit the new ones that share most of its rarer word triples."""
        index: dict[str, list[int]] = defaultdict(list)
        for j in news:
            for shingle in _shingles(self.new[j].all_words):
                index[shingle].append(j)
        found = []
        for i in olds:
            counts: Counter[int] = Counter()
            for shingle in _shingles(self.old[i].all_words):
                places = index.get(shingle, ())
                if 0 < len(places) <= _COMMON:
                    counts.update(places)
            best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]
            found += [(i, j) for j, _ in best]
        return found

    def _by_place(self, olds: list[int], news: list[int]) -> list[tuple[int, int]]:
        """Units of one label, and those next to a paired neighbour."""
        by_label: dict[str, list[int]] = defaultdict(list)
        for j in news:
            by_label[self.new[j].label].append(j)
        found = [(i, j) for i in olds for j in by_label.get(self.old[i].label, ())[:_CANDIDATES]]
        free = set(news)
        for i in olds:
            for step in (-1, 1):
                partner = self.old_to_new.get(i + step)
                if partner is not None and partner - step in free:
                    found.append((i, partner - step))
        return found


def _shingles(words: str) -> set[str]:
    if len(words) < _SHINGLE:
        return {words} if words else set()
    return {words[k : k + _SHINGLE] for k in range(len(words) - _SHINGLE + 1)}


def kept_in_order(places: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Indexes of the heaviest increasing run of the distinct ``places``; of several, the one with the earliest indexes.

    What is not in it has moved: of two that changed places the lighter one, else the one that came up.
    """
    best = _Maximum(max(places, default=0) + 2)
    heaviest = [0] * len(places)  # of the runs that begin at each index
    for i in range(len(places) - 1, -1, -1):
        heaviest[i] = weights[i] + best.above(places[i])
        best.raise_to(places[i], heaviest[i])
    kept: set[int] = set()
    need, last = max(heaviest, default=0), -1
    for i, place in enumerate(places):
        if need > 0 and heaviest[i] == need and place > last:
            kept.add(i)
            need, last = need - weights[i], place
    return kept


class _Maximum:
    """A Fenwick tree of maxima over places, read from the top down."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.tree = [0] * (size + 1)

    def raise_to(self, place: int, value: int) -> None:
        k = self.size - place
        while k <= self.size:
            self.tree[k] = max(self.tree[k], value)
            k += k & -k

    def above(self, place: int) -> int:
        """The greatest value at a place beyond ``place``."""
        k, found = self.size - place - 1, 0
        while k > 0:
            found = max(found, self.tree[k])
            k -= k & -k
        return found
