"""The same request made several times, in one or several languages: one set with all its authors."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from feedback_synth.analysis._alike import Likeness, goals, likeness
from feedback_synth.analysis._clusters import merge
from feedback_synth.analysis._vectors import Encode
from feedback_synth.datamodel.analysis import DuplicateSet, Link
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import tokens

_LEAST_WORDS = 4  # words from which equal texts are copies of one another
_SAME, _SAME_WORDS = 0.55, 0.5  # score from which two opinions make the same request, with vectors and without
_OTHER_KIND = 0.1  # what speaks against a difficulty and a request
_ONE_AMOUNT = 0.08  # what speaks against two of which only one names an amount
_SHORT, _VAGUE = 8, 0.08  # words of an opinion that says little, and what speaks against taking it for another
_TOPIC = 0.3  # likeness in words and meaning from which a common figure counts in full
_TOLD, _MEANT = 0.12, 0.5  # likeness in words, or in meaning, without which a common figure is chance
_JOIN = 0.32  # mean score from which two sets of the same request join
_PLACE, _SURE, _FIGURE = 0.12, 0.08, 0.36  # worth of a common provision, of both naming it, of one figure asked for


def find(
    opinions: Sequence[Opinion], links: Iterable[Link] = (), encode: Encode | None = None
) -> tuple[DuplicateSet, ...]:
    """Sets of opinions with the same request; never across a differing figure, negation, place or direction."""
    copies = _copies(opinions)
    firsts = [opinions[rows[0]] for rows in copies]
    alike = likeness(firsts, links, encode)
    least = _SAME if encode is not None else _SAME_WORDS
    scores = {pair: score for pair in alike.candidates if (score := _score(alike, *pair)) >= least}
    found = merge(scores, _JOIN, lambda i, j: _score(alike, i, j), lambda i, j: not alike.at_odds(i, j))
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
    near = 0.55 * words + 0.55 * meaning if alike.vectors is not None else 0.8 * words
    if (alike.opinions[i].request == "difficulty") != (alike.opinions[j].request == "difficulty"):
        near -= _OTHER_KIND
    if bool(goals(alike.profiles[i].figures)) != bool(goals(alike.profiles[j].figures)):
        near -= _ONE_AMOUNT
    if min(len(alike.opinions[k].text.split()) for k in (i, j)) < _SHORT:
        near -= _VAGUE
    if words > 0.9:
        near = max(near, words)
    place = alike.same_place(i, j)
    if place:
        sure = alike.profiles[i].sure and alike.profiles[j].sure
        near += place * (_PLACE + (_SURE if sure else 0.0) + _FIGURE * _goal(alike, i, j, near, sure))
    return min(1.0, near)


def _goal(alike: Likeness, i: int, j: int, near: float, sure: bool) -> float:
    """How far a figure that both ask for makes them one request, 0..1.

    Found by words, two opinions may share a provision because they share the figure: their words must agree too.
    """
    if alike.same_goal(i, j) and sure:
        return 1.0
    if not (alike.same_goal(i, j) or alike.same_mark(i, j)):
        return 0.0
    if alike.same_step(i, j):
        return 1.0
    told = alike.words(i, j) >= _TOLD or alike.meaning(i, j) >= _MEANT
    return min(1.0, near / _TOPIC) if told else 0.0


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
