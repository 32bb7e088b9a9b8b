"""The same request made several times, in one or several languages: one set with all its authors."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from feedback_synth.analysis._alike import Likeness, likeness
from feedback_synth.analysis._clusters import merge
from feedback_synth.analysis._vectors import Encode
from feedback_synth.datamodel.analysis import DuplicateSet, Link
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import tokens

_LEAST_WORDS = 4  # words from which equal texts are copies of one another
_SAME = 0.5  # score from which two opinions make the same request


def find(
    opinions: Sequence[Opinion], links: Iterable[Link] = (), encode: Encode | None = None
) -> tuple[DuplicateSet, ...]:
    """Sets of opinions with the same request; never across a differing figure, negation, place or direction."""
    copies = _copies(opinions)
    firsts = [opinions[rows[0]] for rows in copies]
    alike = likeness(firsts, links, encode)
    scores = {pair: score for pair in alike.candidates if (score := _score(alike, *pair)) >= _SAME}
    found = merge(scores, _SAME, lambda i, j: _score(alike, i, j), lambda i, j: not alike.at_odds(i, j))
    single = sorted({i for i, rows in enumerate(copies) if len(rows) > 1} - {i for s in found for i in s})
    sets = [sorted(k for i in members for k in copies[i]) for members in [*found, *([i] for i in single)]]
    return tuple(_named([opinions[k].id for k in members]) for members in sorted(sets))


def _score(alike: Likeness, i: int, j: int) -> float:
    """How surely two opinions ask the same thing, 0..1; 0 when they are at odds or of one breath."""
    if alike.at_odds(i, j):
        return 0.0
    words, meaning = alike.words(i, j), alike.meaning(i, j)
    if _one_breath(alike, i, j) and words < 0.8:
        return 0.0
    near = max(words, 0.6 * words + 0.5 * meaning) if alike.vectors is not None else words
    if alike.same_place(i, j):
        near += 0.12
        near += 0.3 if _telling(alike, i, j) else 0.0
    return min(1.0, near)


def _telling(alike: Likeness, i: int, j: int) -> bool:
    """Whether both ask for one figure that is more than a small count."""
    return any(f.measure != "count" or f.value > 12 for f in alike.shared_figures(i, j) if f.measure != "plain")


def _one_breath(alike: Likeness, i: int, j: int) -> bool:
    """Two opinions of one speaker in one source: people rarely ask twice for the same."""
    a, b = alike.opinions[i], alike.opinions[j]
    return a.source_id == b.source_id and a.author == b.author and bool(a.author.name or a.author.organization)


def _copies(opinions: Sequence[Opinion]) -> list[list[int]]:
    """Positions of the opinions by their very words (form letters), in the order of their first; short ones alone."""
    places: dict[bytes, list[int]] = defaultdict(list)
    for i, opinion in enumerate(opinions):
        words = tokens(opinion.text)
        key = " ".join(words) if len(words) >= _LEAST_WORDS else opinion.id
        places[hashlib.blake2b(key.encode(), digest_size=16).digest()].append(i)
    return list(places.values())


def _named(ids: Sequence[str]) -> DuplicateSet:
    """A set whose id comes from its first member, so that it stays when members join."""
    return DuplicateSet("dup-" + hashlib.sha256(ids[0].encode()).hexdigest()[:10], tuple(ids))
