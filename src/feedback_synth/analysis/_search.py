"""How well each provision fits an opinion: words, notions, figures, quotations, kind of part, vectors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from feedback_synth import languages
from feedback_synth.analysis._corpus import Corpus, Entry, chain, heading_of
from feedback_synth.analysis._directions import says
from feedback_synth.analysis._figures import Figure, figures
from feedback_synth.analysis._vectors import Encode, Matrix, centred
from feedback_synth.analysis._words import NOTION, SYLLABLE, features, notions, part_words
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key, tokens
from feedback_synth.languages.words import alternatives, gather

# What each signal is worth. Words and vectors lie in 0..1; the rest is added where it holds.
WORDS, VECTORS, FIGURE, QUOTE, PART, DRAFT = 1.0, 0.6, 0.22, 0.6, 0.05, 0.08
_LEAST_QUOTE = 8  # characters from which quoted words are looked for in the drafts


@dataclass(frozen=True)
class Search:
    """The corpus with the vectors of its entries, if there is an encoder."""

    corpus: Corpus
    vectors: Matrix | None = None
    rarity: dict[float, int] = field(default_factory=dict)  # entries that hold an amount

    def fits(self, opinion: Opinion, vector: Matrix | None = None) -> Fits:
        """The fit of every entry to ``opinion``; 0 is nothing in common, 1 about all."""
        query = _query(opinion)
        words = self.corpus.index.scores(query)
        total = WORDS * words
        if self.vectors is not None and vector is not None:
            total = total + VECTORS * np.clip(self.vectors @ vector, 0.0, 1.0)
        numbers = self._numbers(opinion)
        quotes = self._quotes(opinion)
        total = total + FIGURE * numbers + QUOTE * quotes + self._leanings(opinion)
        return Fits(total, words, numbers, quotes, tuple(query))

    def _numbers(self, opinion: Opinion) -> NDArray[np.float64]:
        """For each entry, how telling the figures are that it shares with the opinion."""
        out = np.zeros(len(self.corpus.entries))
        wanted = [f for f in figures(opinion.text, opinion.language) if f.measure != "plain"]
        if not wanted:
            return out
        for i, entry in enumerate(self.corpus.entries):
            for figure in wanted:
                if any(figure.same(f) for f in entry.figures):
                    out[i] += self._telling(figure)
        return np.minimum(out, 1.6)

    def _telling(self, figure: Figure) -> float:
        common = self.rarity.get(figure.value, 1)
        weight = 0.4 if figure.measure == "date" else 0.6 if figure.measure == "count" and figure.value < 13 else 1.0
        return weight / (1 + 0.25 * (common - 1))

    def _quotes(self, opinion: Opinion) -> NDArray[np.float64]:
        out = np.zeros(len(self.corpus.entries))
        quoted = {match_key(e.old) for e in opinion.edits if len(e.old) >= _LEAST_QUOTE} | set(quotations(opinion.text))
        for words in sorted(quoted):
            hits = [i for i, e in enumerate(self.corpus.entries) if words in e.key]
            for i in hits:
                out[i] = max(out[i], 1.0 if len(hits) <= 3 else 0.5)
        return out

    def _leanings(self, opinion: Opinion) -> NDArray[np.float64]:
        """What the kind of request and the drafts named say for and against whole parts of a draft."""
        kinds, named = leanings(opinion), named_drafts(opinion)
        out = np.zeros(len(self.corpus.entries))
        for i, entry in enumerate(self.corpus.entries):
            if entry.parts & kinds:
                out[i] += PART
            if "situation" in entry.parts and "situation" not in kinds:
                out[i] -= 2 * PART
            if "preamble" in entry.parts:
                out[i] -= 0.3
            if named and entry.draft.kind in named:
                out[i] += DRAFT
        return out


@dataclass(frozen=True, slots=True)
class Fits:
    """The fit of every entry, in total and by signal, with the features that were looked for."""

    total: NDArray[np.float64]
    words: NDArray[np.float64]
    numbers: NDArray[np.float64]
    quotes: NDArray[np.float64]
    query: tuple[str, ...]

    def evidence(self, corpus: Corpus, i: int) -> str:
        """The words and figures that led to entry ``i``."""
        entry = corpus.entries[i]
        shared = [f.lstrip(NOTION + SYLLABLE).replace("_", " ") for f in corpus.index.shared(self.query, entry.bag)[:6]]
        marks = (["“…”"] if self.quotes[i] else []) + (["123"] if self.numbers[i] else [])
        return ", ".join([*marks, *dict.fromkeys(shared)])


def prepare(corpus: Corpus, encode: Encode | None) -> Search:
    """A search over ``corpus``; entries are encoded once."""
    vectors = None
    if encode is not None:
        texts = [_in_context(e) for e in corpus.entries]
        vectors = centred(texts, [e.draft.language for e in corpus.entries], encode)
    rarity: dict[float, int] = {}
    for entry in corpus.entries:
        for value in sorted({f.value for f in entry.figures}):
            rarity[value] = rarity.get(value, 0) + 1
    return Search(corpus, vectors, rarity)


def opinion_vectors(opinions: Sequence[Opinion], encode: Encode | None) -> Matrix | None:
    """One row for each opinion (with its lead-in), or None without an encoder."""
    if encode is None:
        return None
    return centred([f"{o.context} {o.text}".strip() for o in opinions], [o.language for o in opinions], encode)


def quotations(text: str) -> list[str]:
    """Match keys of the words that ``text`` puts in quotation marks, those long enough to be looked for."""
    return [key for m in _quoted().finditer(text) if len(key := match_key(m[1]).strip(" .,;:")) >= _LEAST_QUOTE]


def leanings(opinion: Opinion) -> frozenset[str]:
    """The kinds of part that the opinion leans towards."""
    if opinion.request == "difficulty":
        return frozenset(("situation",))
    kinds = set()
    names = set(notions(tokens(opinion.text), opinion.language))
    measures = {f.measure for f in figures(opinion.text, opinion.language)}
    if "money" in measures or names & {"funding", "budget", "capital", "allocation", "estimate_cost", "total_cost"}:
        kinds.add("funding")
    if names & {"indicator", "rate", "baseline", "milestone", "roadmap"} or measures & {"percent", "level"}:
        kinds.add("objectives")
    if not kinds:
        kinds.add("tasks")
    key = match_key(f"{opinion.context} {opinion.text}")
    kinds |= {
        k
        for k, words in part_words(opinion.language).items()
        if k == "situation" and any(w in key for w in words if " " in w)
    }
    return frozenset(kinds)


def named_drafts(opinion: Opinion) -> frozenset[str]:
    """The kinds of draft that the opinion's words name."""
    key = match_key(" ".join((*opinion.places, opinion.context, opinion.text)))
    found = {kind for kind in ("project", "resolution") if says_draft(kind, key)}
    return frozenset(found) if len(found) == 1 else frozenset()


def says_draft(kind: str, key: str) -> bool:
    """Whether a match key names a draft of this kind."""
    return bool(_draft_words(kind).search(key))


def is_general(opinion: Opinion) -> bool:
    """Whether the opinion speaks of the draft as a whole: layout, spelling, both texts."""
    return says("whole_draft", opinion.text, opinion.language)


@cache
def _draft_words(kind: str) -> re.Pattern[str]:
    words = [match_key(w) for w in gather("drafts", kind)]
    return re.compile(rf"(?<!\w)(?:{alternatives(words)})(?!\w)(?!\s*(?:số|no\.?|n°)?\s*\d+\s*[-/])")


@cache
def _quoted() -> re.Pattern[str]:
    marks = sorted({q for c in languages.codes() for q in languages.get(c).quotes})
    opening, closing = ("".join(re.escape(q[side]) for q in marks) for side in (0, 1))
    return re.compile(rf"[{opening}]\s*([^{opening}{closing}]+?)\s*[{closing}]")


def _query(opinion: Opinion) -> list[str]:
    context = features(opinion.context, opinion.language) if opinion.context else ()
    return [*features(opinion.text, opinion.language), *context]


def _in_context(entry: Entry) -> str:
    above = [heading_of(p) for p in chain(entry.draft, entry.provision)[:-1]][-1:]
    if entry.row:
        above = [heading_of(entry.provision)]
    return ". ".join([*(a for a in above if a), entry.text])[:600]
