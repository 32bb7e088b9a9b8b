"""Which opinions are near each other: candidate pairs in near-linear time, with the signals that speak for them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from feedback_synth import config
from feedback_synth.analysis._bm25 import Index
from feedback_synth.analysis._directions import contrary, count, says, ways
from feedback_synth.analysis._figures import Figure, asked, missing
from feedback_synth.analysis._vectors import Encode, Matrix, centred
from feedback_synth.analysis._words import features, shareable, worth
from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key
from feedback_synth.languages.words import alternatives

_COMMON = 40  # opinions that share a feature, beyond which it makes no candidates
_NEIGHBOURS = 8  # nearest opinions by vector that become candidates
_CHUNK = 512
_AROUND = 6  # nearest opinions that say how crowded it is around one
_EQUAL = 1e-5  # difference under which two cosines are one
_CROWD = 6  # opinions about one provision from which sharing it tells less and less
_FEW = 4  # opinions that may name a year or count for it to be a mark of one request
_NEARLY_EQUAL = 0.6  # likeness in words from which a single "not" or name makes two requests
_CONSTRUCTIVE = ("add", "amend", "clarify", "question")  # requests that take a provision for granted
_WORD = re.compile(r"[^\W\d_]+|[.!?:;“\"«]")


@dataclass(frozen=True, slots=True)
class Profile:
    """What an opinion asks, as far as it can be compared."""

    bag: Mapping[str, float]
    norm: float
    norm_shared: float  # the norm of the features that two languages can share
    figures: tuple[Figure, ...]
    ways: frozenset[str]
    negations: int
    localities: frozenset[str]  # names of communes, villages, schools it speaks of
    names: frozenset[str]  # all words with a capital inside a sentence
    places: frozenset[tuple[str, str]]  # (draft, provision id) of its links
    rows: Mapping[tuple[str, str], str]  # the table rows meant, by provision
    sure: bool  # whether its links are explicit


@dataclass(frozen=True)
class Likeness:
    """The opinions with their profiles; pairs are addressed by position, the smaller first."""

    opinions: tuple[Opinion, ...]
    profiles: tuple[Profile, ...]
    vectors: Matrix | None

    def words(self, i: int, j: int) -> float:
        """Cosine of the two bags of features, 0..1."""
        a, b = self.profiles[i], self.profiles[j]
        across = self.opinions[i].language != self.opinions[j].language
        small, large = (a.bag, b.bag) if len(a.bag) <= len(b.bag) else (b.bag, a.bag)
        dot = sum(w * large[f] for f, w in small.items() if f in large)
        norm = a.norm_shared * b.norm_shared if across else a.norm * b.norm
        return min(1.0, dot / norm) * (self._trust(small, large) if across else 1.0) if norm else 0.0

    @staticmethod
    def _trust(small: Mapping[str, float], large: Mapping[str, float]) -> float:
        """How much notions shared across languages prove: one alone little, three all."""
        return min(1.0, (0.5 + sum(worth(f) > 1 for f in small if f in large)) / 3.5)

    def meaning(self, i: int, j: int) -> float:
        """Cosine of the two centred vectors, 0..1; 0 without an encoder."""
        return max(0.0, float(self.vectors[i] @ self.vectors[j])) if self.vectors is not None else 0.0

    def same_place(self, i: int, j: int) -> float:
        """How telling it is that both are about one provision (or table row), 0..1: a crowded place says little."""
        a, b = self.profiles[i], self.profiles[j]
        shared = [p for p in a.places & b.places if not (a.rows.get(p) and b.rows.get(p) and a.rows[p] != b.rows[p])]
        if not shared:
            return 0.0
        crowds = [self._rows[p, a.rows[p]] if p in a.rows and p in b.rows else self._crowds[p] for p in shared]
        return 1.0 if a.sure and b.sure else min(1.0, _CROWD / min(crowds))

    @cached_property
    def _rows(self) -> Counter[tuple[tuple[str, str], str]]:
        return Counter((place, row) for profile in self.profiles for place, row in profile.rows.items())

    @cached_property
    def _crowds(self) -> Counter[tuple[str, str]]:
        return Counter(p for profile in self.profiles for p in profile.places)

    def same_goal(self, i: int, j: int) -> bool:
        """Whether both aim at one amount, percentage or level."""
        mine, other = self.profiles[i].figures, self.profiles[j].figures
        aims = goals(other)
        return any(kind in aims and figure.same(aims[kind]) for kind, figure in goals(mine).items())

    def same_step(self, i: int, j: int) -> bool:
        """Whether both name the same two amounts of one kind: "from 30 to 10%"."""
        mine, other = self.profiles[i].figures, self.profiles[j].figures
        kinds = ("percent", "points", "money", "level")
        shared = {(f.measure, f.value) for f in mine if f.measure in kinds and any(f.same(g) for g in other)}
        return len(shared) > 1

    def same_mark(self, i: int, j: int) -> bool:
        """Whether both name one year or count that few others name."""
        mine, other = self.profiles[i].figures, self.profiles[j].figures
        shared = [f for f in mine if any(f.same(g) for g in other) and f.measure in ("date", "count")]
        return any(self._holders[int(f.value)] <= _FEW and (f.measure == "date" or f.value > 12) for f in shared)

    @cached_property
    def _holders(self) -> Counter[int]:
        """In how many opinions each figure (years and counts by whole numbers) occurs."""
        return Counter(v for p in self.profiles for v in {int(f.value) for f in p.figures})

    def at_odds(self, i: int, j: int) -> bool:
        """Whether the two differ in a figure, a direction, a place name, or in one being the other's negation."""
        a, b = self.profiles[i], self.profiles[j]
        return (
            _other_kind(self.opinions[i], self.opinions[j])
            or contrary(a.ways, b.ways)
            or figures_differ(a.figures, b.figures)
            or _goals_differ(a, b)
            or bool(a.localities and b.localities and not _names_agree(a.localities, b.localities))
            or (self.words(i, j) > _NEARLY_EQUAL and self._differ_closely(a, b, i, j))
        )

    def _differ_closely(self, a: Profile, b: Profile, i: int, j: int) -> bool:
        """For two that are nearly equal in words of one language: whether a "not" or a name makes the difference."""
        if self.opinions[i].language != self.opinions[j].language:
            return False
        names = bool(a.names and b.names and not _names_agree(a.names, b.names))
        return names or a.negations % 2 != b.negations % 2

    def crowd(self, i: int, j: int) -> int:
        """How many opinions are about the least spoken of provision that both are about; 0 for none."""
        shared = self.profiles[i].places & self.profiles[j].places
        return min((self._crowds[place] for place in shared), default=0)

    def rank(self, i: int, meaning: float) -> int:
        """How many of the opinions nearest to ``i`` are nearer than one with this likeness in meaning."""
        return sum(value > meaning + _EQUAL for value in self._nearness[i])

    def rival(self, i: int, meaning: float) -> float:
        """The likeness of the opinion nearest to ``i`` beside one with this likeness in meaning."""
        nearest = self._nearness[i]
        return nearest[0] if nearest[0] > meaning + _EQUAL else nearest[1]

    def crowding(self, i: int) -> float:
        """How near the opinions nearest to ``i`` are, in the mean: high for one that says what many say."""
        return sum(self._nearness[i][:_AROUND]) / _AROUND

    @cached_property
    def _nearness(self) -> list[list[float]]:
        nearness: list[list[float]] = self._nearest[1].tolist()
        return nearness

    @cached_property
    def _nearest(self) -> tuple[NDArray[np.int64], Matrix]:
        """For each opinion the positions of those nearest by vector and their likeness, best first; -1 where none."""
        assert self.vectors is not None
        return _nearest(self.vectors)

    @cached_property
    def candidates(self) -> list[tuple[int, int]]:
        """Pairs worth a look: they share a rare feature, a provision and figure, or lie near by vector."""
        found = set(_by_features(self.profiles)) | set(_by_figures(self.profiles))
        if self.vectors is not None:
            found |= set(_by_vectors(*self._nearest))
        return sorted(found)


def likeness(opinions: Sequence[Opinion], links: Iterable[Link] = (), encode: Encode | None = None) -> Likeness:
    """Profiles of ``opinions``; ``links`` tell their provisions."""
    bags = [Counter(features(_told(o), o.language)) for o in opinions]
    index = Index(bags, worth)
    places: dict[str, list[Link]] = defaultdict(list)
    for x in links:
        places[x.opinion_id].append(x)
    profiles = tuple(_profile(o, bag, index, places[o.id]) for o, bag in zip(opinions, bags, strict=True))
    vectors = None
    if encode is not None and opinions:
        vectors = centred([_told(o) for o in opinions], [o.language for o in opinions], encode)
    return Likeness(tuple(opinions), profiles, vectors)


def _other_kind(a: Opinion, b: Opinion) -> bool:
    """A wish to delete, said in so many words, and a wish for something else are never one request."""
    wishes = [ways(o.text, o.language) for o in (a, b)]
    deletes = [
        o.request == "delete" and "keep" not in wish and ("remove" in wish or bool(o.edits))
        for o, wish in zip((a, b), wishes, strict=True)
    ]
    other, wish = (b, wishes[1]) if deletes[0] else (a, wishes[0])
    return deletes[0] != deletes[1] and other.request in _CONSTRUCTIVE and "remove" not in wish


def figures_differ(a: Sequence[Figure], b: Sequence[Figure]) -> bool:
    """Whether each holds a figure of one kind and unit that the other has not: "80%" against "60%"."""
    only_a, only_b = missing(a, b), missing(b, a)
    exact = [f for f in a if f.measure in ("percent", "points", "money") or (f.measure == "count" and f.value > 12)]
    if _coefficients_differ(a, b):
        return True
    agreed = sum(not missing([f], b) for f in exact) > 1  # then a year is circumstance, as that of a survey
    return any(_one_kind(x, y) and not (agreed and x.measure == "date") for x in only_a for y in only_b)


def _coefficients_differ(a: Sequence[Figure], b: Sequence[Figure]) -> bool:
    """Whether two that share a bare decimal ("0.5 of the base wage") each have another one besides."""
    mine, theirs = ([f for f in x if f.measure in ("plain", "count") and not f.value.is_integer()] for x in (a, b))
    shared = any(f.value == g.value for f in mine for g in theirs)
    return (
        shared
        and any(f.value not in {g.value for g in theirs} for f in mine)
        and any(g.value not in {f.value for f in mine} for g in theirs)
    )


def goals(figures: Sequence[Figure]) -> dict[str, Figure]:
    """The last amount, percentage or level of each kind: "from 70 to 80%" aims at 80%, "80% instead of 70%" too."""
    return {f.measure: f for f in figures if f.measure in ("percent", "points", "money", "level") and not f.left}


def _goals_differ(a: Profile, b: Profile) -> bool:
    """Whether they aim at different amounts of one kind.

    Who names one amount only, that the other names too and wants to leave the same way ("95% is too high"), aims at
    none.
    """
    one, other = goals(a.figures), goals(b.figures)
    together = bool(a.ways & b.ways)
    return any(
        not figure.same(other[kind]) and not (together and (_only_left(a, b, kind) or _only_left(b, a, kind)))
        for kind, figure in one.items()
        if kind in other
    )


def _only_left(a: Profile, b: Profile, kind: str) -> bool:
    """Whether the one amount of this kind that ``a`` names is one that ``b`` wants to leave."""
    mine, theirs = ([f for f in p.figures if f.measure == kind] for p in (a, b))
    return len(mine) == 1 and any(mine[0].same(f) for f in theirs[:-1])


def _one_kind(x: Figure, y: Figure) -> bool:
    if x.measure != y.measure or x.measure == "plain":
        return False
    return x.measure != "count" or match_key(x.unit) == match_key(y.unit)


def _names(text: str) -> Iterator[str]:
    """Runs of capitalised words that do not open a sentence or quotation, as match keys."""
    run: list[str] = []
    opening = True
    for word in [*_WORD.findall(text), "."]:
        if word[0].isupper() and not opening:
            run.append(word)
        elif run:
            yield match_key(" ".join(run))
            run = []
        opening = not word[0].isalpha()


def _localities(opinion: Opinion) -> frozenset[str]:
    """The names that stand beside a word for a place."""
    words = config.load_toml("lexicons/directions.toml")["localities"].get(opinion.language, ())
    key = match_key(opinion.text)
    beside = re.compile(rf"(?<!\w)(?:{alternatives(words)})\s+(?:d[eu]s?\s+)?$") if words else re.compile(r"(?!)")
    after = re.compile(rf"^\s+(?:{alternatives(words)})(?!\w)") if words else re.compile(r"(?!)")
    found = set()
    for name in _names(opinion.text):
        at = key.find(name)
        if at >= 0 and (beside.search(key[:at]) or after.match(key[at + len(name) :])):
            found.add(name)
    return frozenset(found)


def _names_agree(a: frozenset[str], b: frozenset[str]) -> bool:
    return any(x == y or x in y or y in x for x in a for y in b)


def _profile(opinion: Opinion, bag: Counter[str], index: Index, links: Sequence[Link]) -> Profile:
    weighted = {f: index.weight(f) * min(n, 2) for f, n in sorted(bag.items())}
    common = shareable(weighted, True)
    best = links[0].score if links else 0.0
    near = [x for x in links if x.score >= 0.8 * best][:3]
    return Profile(
        weighted,
        _norm(weighted.values()),
        _norm(w for f, w in weighted.items() if f in common),
        asked(opinion.text, opinion.language),
        _ways(opinion),
        count("negation", opinion.text, opinion.language),
        _localities(opinion),
        frozenset(_names(opinion.text)),
        frozenset((x.draft, x.provision_id) for x in near),
        {(x.draft, x.provision_id): x.table_row for x in near if x.table_row},
        any(x.explicit for x in near),
    )


def _ways(opinion: Opinion) -> frozenset[str]:
    """Where the opinion points; who warns against lowering stands against those who ask for it."""
    found = ways(opinion.text, opinion.language)
    return found - {"lower"} | {"raise"} if says("hold", opinion.text, opinion.language) else found


def _norm(weights: Iterable[float]) -> float:
    return float(np.sqrt(sum(w * w for w in weights)))


def _told(opinion: Opinion) -> str:
    """What stands for an opinion: lead-in, words, and the words that a tracked change takes out."""
    taken = " ".join(e.old for e in opinion.edits if match_key(e.old) not in match_key(opinion.text))
    return f"{opinion.context} {opinion.text} {taken}".strip()


def _by_features(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    postings: dict[str, list[int]] = defaultdict(list)
    for i, p in enumerate(profiles):
        for feature in p.bag:
            postings[feature].append(i)
    for feature, rows in postings.items():
        if worth(feature) >= 1.0:
            # A form letter sent by hundreds shares every word: neighbours in the list are enough to join them.
            for k, i in enumerate(rows):
                for j in rows[k + 1 : k + 1 + (_COMMON if len(rows) <= _COMMON else 2)]:
                    yield i, j


def _by_figures(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    holders: dict[tuple[tuple[str, str], int], list[int]] = defaultdict(list)
    for i, p in enumerate(profiles):
        for place in sorted(p.places):
            for figure in p.figures:
                holders[place, int(figure.value * 100)].append(i)
    for rows in holders.values():
        rows = sorted(set(rows))
        for k, i in enumerate(rows):
            for j in rows[k + 1 : k + 1 + _COMMON]:
                yield i, j


def _nearest(vectors: Matrix) -> tuple[NDArray[np.int64], Matrix]:
    places = np.full((len(vectors), _NEIGHBOURS), -1, dtype=np.int64)
    likeness = np.zeros((len(vectors), _NEIGHBOURS), dtype=np.float32)
    for start in range(0, len(vectors), _CHUNK):
        nearness = vectors[start : start + _CHUNK] @ vectors.T
        for k, row in enumerate(nearness):
            row[start + k] = -1.0
            nearest = np.argsort(-row, kind="stable")[: min(_NEIGHBOURS, len(row) - 1)]
            places[start + k, : len(nearest)], likeness[start + k, : len(nearest)] = nearest, row[nearest]
    return places, likeness


def _by_vectors(places: NDArray[np.int64], likeness: Matrix) -> Iterator[tuple[int, int]]:
    for i, (nearest, values) in enumerate(zip(places.tolist(), likeness.tolist(), strict=True)):
        for j, value in zip(nearest, values, strict=True):
            if j >= 0 and value > 0:
                yield min(i, j), max(i, j)
