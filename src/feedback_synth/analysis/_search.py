"""How well each provision fits an opinion: words, notions, figures, quotations, kind of part, vectors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from feedback_synth import languages
from feedback_synth.analysis._bm25 import Index
from feedback_synth.analysis._corpus import Corpus, Entry, chain, heading_of
from feedback_synth.analysis._directions import first_place, says
from feedback_synth.analysis._figures import Figure, figures
from feedback_synth.analysis._vectors import Encode, Matrix, centred
from feedback_synth.analysis._words import features, notions, part_words, shareable, shown, worth
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key, tokens
from feedback_synth.languages.words import alternatives, gather

# What each signal is worth. Words and vectors lie in 0..1; the rest is added where it holds.
WORDS, VECTORS, FIGURE, QUOTE, PART, DRAFT, LANGUAGE = 1.0, 0.4, 0.22, 0.6, 0.12, 0.15, 0.05
PARTS = {"policies": 0.2}  # kinds of part whose words leave little doubt
ASIDE = {"situation": 0.3, "implementation": 0.2, "preamble": 0.3}  # parts one speaks of only when saying so
FOREIGN = 0.6  # worth of notions shared across languages beside that of common words
_ENCODED = 600  # characters of an entry that an encoder reads
_SHOWN, _RUNS = 12, 4  # telling features, and stretches of words, that evidence is made of
_TRUSTED = 3  # notions of an opinion from which they are trusted across languages
_CONTEXT, _BEFORE = 0.6, 0.4  # weight of the words of the lead-in, and of the opinion before
_FEW = 14  # words up to which "this" or "it" may point to the opinion before
_LEAST_QUOTE = 8  # characters from which quoted words are looked for in the drafts


@dataclass(frozen=True)
class Search:
    """The corpus with the vectors of its entries, if there is an encoder."""

    corpus: Corpus
    vectors: Matrix | None = None
    held: Mapping[int, Sequence[int]] = field(default_factory=dict)  # entries by the figures they hold
    marks: Mapping[str, Sequence[int]] = field(default_factory=dict)  # entries by kind of part, draft, table

    def fits(self, opinion: Opinion, vector: Matrix | None = None, before: Opinion | None = None) -> Fits:
        """The fit of every entry to ``opinion``; 0 is nothing in common, 1 about all.

        ``before`` is the opinion that this one goes on from: its words count in part.
        """
        query = asked(opinion, before)
        words = self.words(query, opinion.language, self.corpus.index)
        content = WORDS * words
        if self.vectors is not None and vector is not None:
            content = content + VECTORS * np.clip(self.vectors @ vector, 0.0, 1.0)
        numbers, quotes = self._numbers(opinion), self._quotes(opinion)
        content = content + FIGURE * numbers + QUOTE * quotes
        parts, cues = self._parts(opinion), self._cues(opinion)
        total = content + parts + cues
        named = figures(opinion.text, opinion.language)
        return Fits(total, content, parts, words, numbers, quotes, tuple(query), named)

    def twins(self, i: int) -> NDArray[np.float64]:
        """How far each entry of another draft says what entry ``i`` says, 0..1; 0 in its own draft."""
        entry = self.corpus.entries[i]
        alike = self.words(entry.bag, entry.draft.language, self.corpus.index)
        if self.vectors is not None:
            alike = 0.6 * alike + 0.6 * np.clip(self.vectors @ self.vectors[i], 0.0, 1.0)
        return np.where(self._any([f"draft:{entry.draft.kind}"]), 0.0, np.minimum(alike, 1.0))

    def words(self, query: Mapping[str, float], language: str, index: Index) -> NDArray[np.float64]:
        """BM25 fits in an ``index`` of the entries; those in another language by what two languages can share."""
        words = index.scores(query)
        foreign = self.foreign(language)
        if foreign.any():
            common = shareable(query, True)
            across = index.scores({f: w for f, w in query.items() if f in common})
            trust = min(1.0, sum(worth(f) > 1 for f in common) / _TRUSTED)
            words = np.where(foreign, FOREIGN * trust * across, words)
        return words

    def foreign(self, language: str) -> NDArray[np.bool_]:
        """The entries in another language."""
        return self._any(m for m in self.marks if m.startswith("language:") and m != f"language:{language}")

    def _numbers(self, opinion: Opinion) -> NDArray[np.float64]:
        """For each entry, how telling the figures are that it shares with the opinion."""
        out = np.zeros(len(self.corpus.entries))
        for figure in figures(opinion.text, opinion.language):
            held = self.held.get(_key(figure), ()) if figure.measure not in ("plain", "period") else ()
            rows = [i for i in held if any(figure.same(f) for f in self.corpus.entries[i].figures)]
            out[rows] += _telling(figure, len(rows))
        return np.minimum(out, 1.6)

    def _quotes(self, opinion: Opinion) -> NDArray[np.float64]:
        out = np.zeros(len(self.corpus.entries))
        quoted = {match_key(e.old) for e in opinion.edits if len(e.old) >= _LEAST_QUOTE} | set(quotations(opinion.text))
        for words in sorted(quoted):
            hits = [i for i, e in enumerate(self.corpus.entries) if words in e.key]
            for i in hits:
                out[i] = max(out[i], 1.0 if len(hits) <= 3 else 0.5)
        return out

    def _parts(self, opinion: Opinion) -> NDArray[np.float64]:
        """What the kind of request says for and against whole parts of a draft."""
        out = np.zeros(len(self.corpus.entries))
        for kind in sorted(leanings(opinion)):
            out = np.maximum(out, PARTS.get(kind, PART) * self._any([f"part:{kind}"]))
        for kind, against in ASIDE.items():
            out = out - against * (self._any([f"part:{kind}"]) & (out == 0.0))
        return np.asarray(out, dtype=np.float64)

    def _cues(self, opinion: Opinion) -> NDArray[np.float64]:
        """What speaks for the draft that the opinion names, its language, tables, and what holds others."""
        out = DRAFT * self._any(f"draft:{k}" for k in named_drafts(opinion))
        out = out + LANGUAGE * self._any([f"language:{opinion.language}"])
        if "table" in opinion_notions(opinion):
            out = out + 2 * DRAFT * self._any(["table"])
        if says("move", opinion.text, opinion.language):
            out = out + 2 * PART * self._any(["container"])
        return np.asarray(out, dtype=np.float64)

    def _any(self, marks: Iterable[str]) -> NDArray[np.bool_]:
        """The entries that bear any of these marks."""
        out = np.zeros(len(self.corpus.entries), dtype=bool)
        for mark in marks:
            out[list(self.marks.get(mark, ()))] = True
        return out


@dataclass(frozen=True, slots=True)
class Fits:
    """The fit of every entry, in total and by signal, with the features that were looked for."""

    total: NDArray[np.float64]
    content: NDArray[np.float64]  # the total without the leanings towards parts, drafts and languages
    parts: NDArray[np.float64]  # the leanings towards kinds of part alone
    words: NDArray[np.float64]
    numbers: NDArray[np.float64]
    quotes: NDArray[np.float64]
    query: tuple[str, ...]
    figures: tuple[Figure, ...]

    def evidence(self, corpus: Corpus, i: int) -> str:
        """The words and figures of entry ``i`` that led to it, as the draft writes them."""
        entry = corpus.entries[i]
        shared = set(corpus.index.shared(self.query, entry.bag)[:_SHOWN])
        amounts = [f.written for f in entry.figures if f.value > 12 and any(f.same(g) for g in self.figures)]
        return ", ".join(dict.fromkeys([*amounts, *shown(entry.text, entry.draft.language, shared)[:_RUNS]]))


def prepare(corpus: Corpus, encode: Encode | None) -> Search:
    """A search over ``corpus``; entries are encoded once."""
    vectors = None
    if encode is not None:
        texts = [in_context(e) for e in corpus.entries]
        vectors = centred(texts, [e.draft.language for e in corpus.entries], encode)
    held: dict[int, list[int]] = defaultdict(list)
    for i, entry in enumerate(corpus.entries):
        for key in sorted({_key(f) for f in entry.figures}):
            held[key].append(i)
    return Search(corpus, vectors, held, _marks(corpus))


def _marks(corpus: Corpus) -> dict[str, list[int]]:
    marks: dict[str, list[int]] = defaultdict(list)
    tabled = {(e.draft.id, e.provision.id) for e in corpus.entries if e.row}
    for i, entry in enumerate(corpus.entries):
        for mark in (
            *(f"part:{k}" for k in sorted(entry.parts)),
            f"draft:{entry.draft.kind}",
            f"language:{entry.draft.language}",
        ):
            marks[mark].append(i)
        if (entry.draft.id, entry.provision.id) in tabled:
            marks["table"].append(i)
        if entry.container:
            marks["container"].append(i)
    return dict(marks)


def _key(figure: Figure) -> int:
    """Figures that may be the same have the same key; dates count by year."""
    return int(figure.value) if figure.measure == "date" else round(figure.value * 100) + 10_000_000


def _telling(figure: Figure, common: int) -> float:
    """How much a shared figure says: years and small counts little, rare amounts much."""
    weight = 0.4 if figure.measure == "date" else 0.6 if figure.measure == "count" and figure.value < 13 else 1.0
    return weight / (1 + 0.25 * max(0, common - 1))


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
    names = opinion_notions(opinion)
    measures = {f.measure for f in figures(opinion.text, opinion.language)}
    if "money" in measures or names & {
        "funding",
        "budget",
        "capital",
        "allocation",
        "estimate_cost",
        "total_cost",
        "ongoing_works",
        "price",
    }:
        kinds.add("funding")
    if names & {"indicator", "rate", "baseline", "milestone", "roadmap"} or measures & {"percent", "level"}:
        kinds.add("objectives")
    if names & {"policy", "mechanism", "scholarship", "allowance", "exempt", "fee", "reward"}:
        kinds.add("policies")
    if "definition" in names:
        kinds.add("general")
    if says("assigns", opinion.text, opinion.language):
        kinds.add("implementation")
    if not kinds & {"funding", "objectives", "policies"}:
        kinds.add("tasks")
    key = match_key(f"{opinion.context} {opinion.text}")
    kinds |= {
        k
        for k, words in part_words(opinion.language).items()
        if k == "situation" and any(w in key for w in words if " " in w)
    }
    return frozenset(kinds)


def opinion_notions(opinion: Opinion) -> frozenset[str]:
    """The notions an opinion speaks of."""
    return frozenset(notions(tokens(opinion.text), opinion.language))


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
    return says("whole_draft", remark(opinion), opinion.language)


def remark(opinion: Opinion) -> str:
    """What an approving opinion goes on to remark; the whole text of any other."""
    if opinion.request != "agree_with_remarks":
        return opinion.text
    at = first_place("contrast", opinion.text, opinion.language)
    return opinion.text[at:] if at > 0 else opinion.text


@cache
def _draft_words(kind: str) -> re.Pattern[str]:
    words = [match_key(w) for w in gather("drafts", kind)]
    return re.compile(rf"(?<!\w)(?:{alternatives(words)})(?!\w)(?!\s*(?:số|no\.?|n°)?\s*\d+\s*[-/])")


@cache
def _quoted() -> re.Pattern[str]:
    marks = sorted({q for c in languages.codes() for q in languages.get(c).quotes})
    opening, closing = ("".join(re.escape(q[side]) for q in marks) for side in (0, 1))
    return re.compile(rf"[{opening}]\s*([^{opening}{closing}]+?)\s*[{closing}]")


def asked(opinion: Opinion, before: Opinion | None) -> dict[str, float]:
    """The features looked for: of the opinion, in part of its lead-in and of the one it goes on from."""
    query: dict[str, float] = {}
    for text, language, weight in (
        (remark(opinion), opinion.language, 1.0),
        (opinion.context, opinion.language, _CONTEXT),
        (before.text if before else "", before.language if before else "", _BEFORE),
    ):
        for feature in features(text, language) if text else ():
            query[feature] = query.get(feature, 0.0) + weight
    return query


def goes_on(opinion: Opinion, before: Opinion | None) -> bool:
    """Whether the opinion goes on from the speaker's one before: it begins with "and", or points back in few words."""
    if before is None or (before.source_id, before.author) != (opinion.source_id, opinion.author):
        return False
    first = " ".join(opinion.text.split()[:2])
    return says("continues", first, opinion.language) or (
        len(opinion.text.split()) <= _FEW and says("continues", opinion.text, opinion.language)
    )


def in_context(entry: Entry) -> str:
    """The words of an entry after the headings above it, for an encoder."""
    above = [heading_of(p) for p in chain(entry.draft, entry.provision)[: None if entry.row else -1]]
    return ". ".join([*(a for a in above if a), entry.text])[:_ENCODED]
