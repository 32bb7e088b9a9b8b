"""Which provisions an opinion is about: named, quoted or found by words; nothing where it is about none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from feedback_synth.analysis import _corpus, _directory, _places, _ranking, _search
from feedback_synth.analysis._again import said_before
from feedback_synth.analysis._directions import says
from feedback_synth.analysis._doubted import doubted
from feedback_synth.analysis._explicit import make_link, named_links
from feedback_synth.analysis._placing import Place
from feedback_synth.analysis._ranking import Ranking
from feedback_synth.analysis._search import Fits, Search
from feedback_synth.analysis._vectors import Encode, Matrix
from feedback_synth.analysis._words import features
from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.document import Notice
from feedback_synth.datamodel.draft import Draft
from feedback_synth.datamodel.opinion import Opinion

_MILD = ("other", "add", "consider", "clarify", "question")  # requests that a bare difficulty is mistaken for
MOST = 4  # links of one opinion that are not explicit
_LEAST = 0.29  # fit under which an opinion is about no provision
_LEAST_DIFFICULTY = 0.53  # the same for a difficulty, which rarely is about what the draft says
_LEAST_GENERAL = 0.77  # the same for remarks on the whole draft
_MEANT = 0.19  # what meaning adds to any fit, and is missing without vectors
_LEAST_CONTENT = 0.05  # fit in words, meaning and figures that any link needs
_NEAR, _NEAR_OTHER = 0.6, 0.7  # share of the best fit that a further link must reach, and the other draft's twin
_TWIN = 0.5  # worth of saying the same as the provision found first, for a link to another draft


__all__ = ["Places", "belonging", "check", "completed", "link", "named", "said_before"]


def belonging(corpus: _corpus.Corpus, opinions: Iterable[Opinion], links: Iterable[Link]) -> dict[str, Place]:
    """Where in the drafts each opinion belongs by its first link, or nowhere, by opinion id."""
    found = {opinion.id: Place() for opinion in opinions}
    for link in reversed(tuple(links)):
        entry = corpus.entries[corpus.places[link.draft, link.provision_id][0]]
        found[link.opinion_id] = Place(link.label, entry.parts, link.explicit)
    return found


@dataclass(frozen=True)
class Places:
    """Opinions beside the drafts: the links to places they name, and what is needed to find the others."""

    opinions: tuple[Opinion, ...]
    search: Search | None
    vectors: Matrix | None
    named: Mapping[str, list[Link]]

    def of(self, links: Iterable[Link]) -> dict[str, Place]:
        """Where in the drafts each opinion belongs by its first link, or nowhere, by opinion id; {} without drafts."""
        return belonging(self.search.corpus, self.opinions, links) if self.search else {}

    def fit(self, search: Search, i: int, opinion: Opinion) -> Fits:
        """How well each entry fits the opinion at position ``i``."""
        vector = self.vectors[i] if self.vectors is not None else None
        return search.fits(opinion, vector, _before(self.opinions, i))


def named(
    opinions: Sequence[Opinion],
    drafts: Sequence[Draft],
    *,
    anchors: Mapping[str, tuple[str, str]] | None = None,
    before: Mapping[str, str] | None = None,
    encode: Encode | None = None,
) -> Places:
    """The places that opinions name; ``anchors`` gives draft kind and provision id of annotated words by opinion id,
    ``before`` what its speaker said right before (see ``said_before``).
    """
    if not any(draft.provisions for draft in drafts):
        return Places(tuple(opinions), None, None, {})
    search = _search.prepare(_corpus.build(drafts), encode)
    places = Places(tuple(opinions), search, _search.opinion_vectors(opinions, encode), {})
    return replace(places, named=named_links(opinions, search, places.fit, anchors or {}, before or {}))


def link(
    opinions: Sequence[Opinion],
    drafts: Sequence[Draft],
    *,
    anchors: Mapping[str, tuple[str, str]] | None = None,
    encode: Encode | None = None,
    groups: Mapping[str, str] | None = None,
) -> tuple[Link, ...]:
    """Links of each opinion, best first, scores in 0..1; opinions about no provision have none."""
    return completed(named(opinions, drafts, anchors=anchors, encode=encode), groups)


def completed(places: Places, groups: Mapping[str, str] | None = None) -> tuple[Link, ...]:
    """The links to named places, and for the other opinions those found by words and meaning.

    ``groups`` names the content group where it is known: what is sorted as a difficulty is linked as one.
    """
    search = places.search
    if search is None:
        return ()
    said = _said(places.opinions, places.named)
    rich = replace(search, corpus=_corpus.enrich(search.corpus, said)) if said else search
    ranking = _ranking.prepare(rich, places.opinions, places.vectors, places.named)
    out: list[Link] = []
    for i, opinion in enumerate(places.opinions):
        out += places.named.get(opinion.id) or _found(_as_difficulty(opinion, groups or {}), ranking, places, i)
    return tuple(out)


def _as_difficulty(opinion: Opinion, groups: Mapping[str, str]) -> Opinion:
    """The opinion as a difficulty, where it is sorted as one and its request is a mild or doubtful one."""
    if groups.get(opinion.id) == "difficulties" and opinion.request in _MILD:
        return replace(opinion, request="difficulty")
    return opinion


def _said(opinions: Sequence[Opinion], links: Mapping[str, list[Link]]) -> dict[tuple[str, str], list[str]]:
    """The features of the opinions that name each provision."""
    said: dict[tuple[str, str], list[str]] = {}
    for opinion in opinions:
        for x in links.get(opinion.id, ())[:1]:
            said.setdefault((x.draft, x.provision_id), []).extend(features(opinion.text, opinion.language))
    return said


def _before(opinions: Sequence[Opinion], i: int) -> Opinion | None:
    before = opinions[i - 1] if i else None
    return before if _search.goes_on(opinions[i], before) else None


def check(opinions: Iterable[Opinion], drafts: Sequence[Draft]) -> tuple[Notice, ...]:
    """A notice "reference_not_found" for each place that an opinion names and no draft has."""
    notices = []
    directory = _directory.Directory(drafts)
    for opinion in opinions:
        for place in _places.named_places(opinion):
            if (place.reference.levels or place.reference.table) and not directory.targets(place):
                values = (("opinion", opinion.id), ("place", place.words), ("draft", place.draft))
                notices.append(Notice("reference_not_found", values, opinion.span))
    return tuple(notices)


def _found(opinion: Opinion, ranking: Ranking, places: Places, i: int) -> list[Link]:
    search = ranking.search
    if says("bases", opinion.text, opinion.language):
        return _preambles(opinion, search)
    fits = places.fit(search, i, opinion)
    return _implicit(opinion, search, ranking.fits(opinion, i, fits, _before(places.opinions, i)))


# ---- found by words --------------------------------------------------------------------------------
def _preambles(opinion: Opinion, search: Search) -> list[Link]:
    named = _search.named_drafts(opinion)
    entries = [e for e in search.corpus.entries if e.provision.level == "preamble"]
    chosen = [e for e in entries if e.draft.kind in named] or entries
    return [make_link(opinion, e, False, 0.8, "") for e in chosen]


def _implicit(opinion: Opinion, search: Search, fits: Fits) -> list[Link]:
    """The provisions that fit best, the first of each draft before the others."""
    allowed = _allowed(opinion, search, fits)
    if (place := doubted(opinion, search.corpus.entries)) is not None:
        allowed = [place, *(i for i in allowed if i != place)]
    if not allowed:
        return []
    best = allowed[0]
    twin = _twin(best, allowed, search, fits)
    near = [i for i in allowed[1:] if fits.total[i] >= _NEAR * fits.total[best] and i != twin]
    chosen: dict[tuple[str, str], Link] = {}
    for i in [best, *([twin] if twin is not None else []), *near]:
        entry = search.corpus.entries[i]
        row = entry.row.name if entry.row else ""
        made = make_link(opinion, entry, False, _confidence(float(fits.total[i])), fits.evidence(search.corpus, i), row)
        chosen.setdefault((made.draft, made.provision_id), made)
    return list(chosen.values())[:MOST]


def _allowed(opinion: Opinion, search: Search, fits: Fits) -> list[int]:
    """The entries an opinion may be about, best first; none when it is about no provision."""
    order = [int(i) for i in np.argsort(-fits.total, kind="stable")]
    order = [i for i in order if fits.content[i] >= _LEAST_CONTENT]
    return order if order and fits.total[order[0]] >= _threshold(opinion, search.vectors is None) else []


def _twin(best: int, allowed: Sequence[int], search: Search, fits: Fits) -> int | None:
    """The entry of another draft on the same matter: near to the opinion, and to what was found first."""
    twins = search.twins(best)
    others = [i for i in allowed if twins[i] > 0]
    if not others:
        return None
    found = max(others, key=lambda i: float(fits.total[i] + _TWIN * twins[i]))
    return found if fits.total[found] + _TWIN * twins[found] >= _NEAR_OTHER * fits.total[best] else None


def _threshold(opinion: Opinion, words_only: bool) -> float:
    least = _LEAST_DIFFICULTY if opinion.request == "difficulty" else _LEAST
    return (_LEAST_GENERAL if _search.is_general(opinion) else least) - (_MEANT if words_only else 0.0)


def _confidence(fit: float) -> float:
    """A fit as a score that stays under those of named places."""
    return round(min(0.89, fit / (fit + 0.35)), 4)
