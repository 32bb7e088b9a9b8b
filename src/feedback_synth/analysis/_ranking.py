"""How well each provision fits an opinion that names none.

Where a place is named the fit only chooses inside it (``_search``). Here it has to choose among all: the words of a
provision itself and of the headings above it tell more than those of the whole passage, meaning tells more where the
languages differ, and opinions that name a place vouch for it to others that mean the same. The weights are those of a
logistic regression over dossiers with known links, rounded, but for that of meaning (docs/quality.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from feedback_synth.analysis._bm25 import Index
from feedback_synth.analysis._corpus import Entry, chain, heading_of
from feedback_synth.analysis._search import Fits, Search, asked
from feedback_synth.analysis._vectors import Matrix
from feedback_synth.analysis._words import features, worth
from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.opinion import Opinion

# What each signal is worth beside the words of the whole passage, which lie in 0..1.
OWN, HEADINGS = 0.9, 1.1
MEANING, MEANING_ABROAD = 0.6, 0.25  # the second is added where only meaning crosses the languages
FIGURE, QUOTE = 0.25, 0.6
PARTS, CUES = 0.4, 1.0  # leanings towards kinds of part; the draft, table or language that the opinion names
SAID, SAID_ABOVE = 0.2, 0.25  # another opinion that means the same names the provision, or the one it stands in
JOINS = 0.06  # what is to be added joins a list


@dataclass(frozen=True)
class Ranking:
    """A search with what only opinions without a named place need."""

    search: Search
    own: Index  # the words of each entry alone
    headings: Index  # those of the headings above it
    containers: NDArray[np.bool_]
    provisions: NDArray[np.int64]  # the entry of each entry's provision
    above: NDArray[np.int64]  # the entry of the provision it stands in, -1 at the top
    vectors: Matrix | None = None  # of all opinions
    named: Mapping[int, int] = field(default_factory=dict)  # position of an opinion -> entry of the place it names

    def fits(self, opinion: Opinion, i: int, fits: Fits, before: Opinion | None) -> Fits:
        """``fits`` of the opinion at position ``i`` with the total weighed for an opinion that names no place."""
        query, language = asked(opinion, before), opinion.language
        foreign = self.search.foreign(language)
        total = (
            np.where(foreign, 0.0, fits.words) + PARTS * fits.parts + CUES * (fits.total - fits.content - fits.parts)
        )
        total = total + OWN * self.search.words(query, language, self.own)
        total = total + HEADINGS * self.search.words(query, language, self.headings)
        total = total + FIGURE * np.minimum(fits.numbers, 1.0) + QUOTE * fits.quotes
        if opinion.request == "add":
            total = total + JOINS * self.containers
        if self.search.vectors is not None and self.vectors is not None:
            meaning = np.clip(self.search.vectors @ self.vectors[i], 0.0, 1.0)
            total = total + (MEANING + MEANING_ABROAD * foreign) * meaning + self._vouched(i)
        return replace(fits, total=total)

    def _vouched(self, i: int) -> NDArray[np.float64]:
        """What opinions near in meaning to the one at position ``i`` say of the entries by naming places."""
        said = np.zeros(len(self.provisions))
        if self.vectors is None or not self.named:
            return said
        likeness = self.vectors[list(self.named)] @ self.vectors[i]
        np.maximum.at(said, list(self.named.values()), likeness)
        above = np.where(self.above >= 0, said[self.above], 0.0)
        return np.asarray(SAID * said[self.provisions] + SAID_ABOVE * above)


def prepare(
    search: Search, opinions: Sequence[Opinion], vectors: Matrix | None, named: Mapping[str, Sequence[Link]]
) -> Ranking:
    """The ranking of the entries of ``search``; ``named`` are the links to named places, by opinion id."""
    entries, first = search.corpus.entries, {k: rows[0] for k, rows in search.corpus.places.items()}
    found = {i: named[o.id][0] for i, o in enumerate(opinions) if named.get(o.id)}
    return Ranking(
        search,
        Index([_bag([e.text], e.draft.language) for e in entries], worth),
        Index([_bag(_headings(e), e.draft.language) for e in entries], worth),
        np.array([e.container for e in entries], dtype=bool),
        np.array([first[e.draft.kind, e.provision.id] for e in entries], dtype=np.int64),
        np.array([first.get((e.draft.kind, e.provision.parent_id), -1) for e in entries], dtype=np.int64),
        vectors,
        {i: first[x.draft, x.provision_id] for i, x in found.items()},
    )


def _headings(entry: Entry) -> list[str]:
    """The headings above an entry; that of its provision too, for a row of a table."""
    return [heading_of(p) for p in chain(entry.draft, entry.provision)[: None if entry.row else -1]]


def _bag(texts: Sequence[str], language: str) -> dict[str, float]:
    bag: dict[str, float] = {}
    for text in texts:
        for feature in features(text, language):
            bag[feature] = bag.get(feature, 0.0) + 1.0
    return bag
