"""Which opinions are near each other: candidate pairs in near-linear time, with the signals that speak for them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from feedback_synth import languages
from feedback_synth.analysis._bm25 import Index
from feedback_synth.analysis._directions import contrary, count, ways
from feedback_synth.analysis._figures import Figure, asked, missing
from feedback_synth.analysis._vectors import Encode, Matrix, centred
from feedback_synth.analysis._words import features, worth
from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key

_COMMON = 40  # opinions that share a feature, beyond which it makes no candidates
_NEIGHBOURS = 8  # nearest opinions by vector that become candidates
_CHUNK = 512
_NAME = re.compile(r"(?<=[^\W\d_]\s)(?:[A-ZĐÂĂÊÔƠƯÀ-Ỵ][^\W\d_]+)(?:\s+[A-ZĐÂĂÊÔƠƯÀ-Ỵ][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Profile:
    """What an opinion asks, as far as it can be compared."""

    bag: Mapping[str, float]
    norm: float
    figures: tuple[Figure, ...]
    ways: frozenset[str]
    negations: int
    names: frozenset[str]
    places: frozenset[tuple[str, str]]  # (draft, provision id) of its links
    rows: frozenset[str]  # names of the table rows among them


@dataclass(frozen=True)
class Likeness:
    """The opinions with their profiles; pairs are addressed by position, the smaller first."""

    opinions: tuple[Opinion, ...]
    profiles: tuple[Profile, ...]
    vectors: Matrix | None

    def words(self, i: int, j: int) -> float:
        """Cosine of the two bags of features, 0..1."""
        a, b = self.profiles[i], self.profiles[j]
        small, large = (a.bag, b.bag) if len(a.bag) <= len(b.bag) else (b.bag, a.bag)
        dot = sum(w * large[f] for f, w in small.items() if f in large)
        return dot / (a.norm * b.norm) if a.norm and b.norm else 0.0

    def meaning(self, i: int, j: int) -> float:
        """Cosine of the two centred vectors, 0..1; 0 without an encoder."""
        return max(0.0, float(self.vectors[i] @ self.vectors[j])) if self.vectors is not None else 0.0

    def same_place(self, i: int, j: int) -> bool:
        return bool(self.profiles[i].places & self.profiles[j].places)

    def shared_figures(self, i: int, j: int) -> list[Figure]:
        """Figures that both ask for."""
        return [f for f in self.profiles[i].figures if any(f.same(g) for g in self.profiles[j].figures)]

    def at_odds(self, i: int, j: int) -> bool:
        """Whether the two differ in a figure, a direction, a place name, or in one being the other's negation."""
        a, b = self.profiles[i], self.profiles[j]
        return (
            contrary(a.ways, b.ways)
            or figures_differ(a.figures, b.figures)
            or bool(a.names and b.names and not _names_agree(a.names, b.names))
            or (self.words(i, j) > 0.6 and a.negations % 2 != b.negations % 2)
        )

    @cached_property
    def candidates(self) -> list[tuple[int, int]]:
        """Pairs worth a look: they share a rare feature, a provision and figure, or lie near by vector."""
        found = set(_by_features(self.profiles)) | set(_by_figures(self.profiles))
        if self.vectors is not None:
            found |= set(_by_vectors(self.vectors))
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


def figures_differ(a: Sequence[Figure], b: Sequence[Figure]) -> bool:
    """Whether each holds a figure of one kind and unit that the other has not: "80%" against "60%"."""
    only_a, only_b = missing(a, b), missing(b, a)
    return any(_one_kind(x, y) for x in only_a for y in only_b)


def _one_kind(x: Figure, y: Figure) -> bool:
    if x.measure != y.measure or x.measure == "plain":
        return False
    return x.measure != "count" or match_key(x.unit) == match_key(y.unit)


def _names_agree(a: frozenset[str], b: frozenset[str]) -> bool:
    return any(x == y or x in y or y in x for x in a for y in b)


def _profile(opinion: Opinion, bag: Counter[str], index: Index, links: Sequence[Link]) -> Profile:
    weighted = {f: index.weight(f) * min(n, 2) for f, n in sorted(bag.items())}
    norm = float(np.sqrt(sum(w * w for w in weighted.values())))
    best = links[0].score if links else 0.0
    near = [x for x in links if x.score >= 0.8 * best][:3]
    return Profile(
        weighted,
        norm,
        asked(opinion.text, opinion.language),
        ways(opinion.text, opinion.language),
        count("negation", opinion.text, opinion.language),
        frozenset(match_key(m[0]) for m in _NAME.finditer(opinion.text) if opinion.language in languages.codes()),
        frozenset((x.draft, x.provision_id) for x in near),
        frozenset(x.table_row for x in near if x.table_row),
    )


def _told(opinion: Opinion) -> str:
    return f"{opinion.context} {opinion.text}".strip()


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


def _by_vectors(vectors: Matrix) -> Iterator[tuple[int, int]]:
    for start in range(0, len(vectors), _CHUNK):
        nearness = vectors[start : start + _CHUNK] @ vectors.T
        for k, row in enumerate(nearness):
            row[start + k] = -1.0
            for j in np.argsort(-row, kind="stable")[:_NEIGHBOURS]:
                if row[j] > 0:
                    yield min(start + k, int(j)), max(start + k, int(j))
