"""The same request made several times, in one or several languages: one set with all its authors."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from feedback_synth import config
from feedback_synth.analysis import _same
from feedback_synth.analysis._alike import Likeness, goals, likeness
from feedback_synth.analysis._clauses import Clauses, clauses
from feedback_synth.analysis._clusters import Pair, merge, some
from feedback_synth.analysis._vectors import Encode
from feedback_synth.analysis.encoders import fingerprint
from feedback_synth.datamodel.analysis import DuplicateSet, Link
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import tokens

_REPEATED = 0.8  # likeness in words from which one speaker repeats a request
_FAR, _FAR_WORDS = 0.15, 0.12  # likeness in meaning and in words under which two opinions are not looked at
_COPY = 0.9  # likeness in words from which one is a copy of the other with a few words changed
_WORDED = 0.5  # likeness in words that is a reason by itself
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
    """Sets of opinions with the same request; never across a differing figure, negation, place or direction.

    With the shipped encoder a trained model weighs each pair; without, or with another one, rules do.
    """
    scorer = _scorer(encode)
    seen = look(opinions, links, encode)
    found = judged(seen, scorer) if scorer is not None else by_rules(seen)
    single = sorted({i for i, rows in enumerate(seen.copies) if len(rows) > 1} - {i for s in found for i in s})
    sets = [
        (sorted(k for i in members for k in seen.copies[i]), _reasons(seen, members))
        for members in [*found, *([i] for i in single)]
    ]
    return tuple(_named([opinions[k].id for k in members], reasons) for members, reasons in sorted(sets))


def _reasons(seen: Seen, members: Sequence[int]) -> tuple[str, ...]:
    """What any two of these have in common, of those that stand for a large set."""
    alike = seen.alike
    pairs = list(combinations(some(members), 2))
    facts = {
        "copy": any(len(seen.copies[i]) > 1 for i in members),
        "words": any(alike.words(*pair) >= _WORDED for pair in pairs),
        "meaning": any(alike.meaning(*pair) >= _MEANT for pair in pairs),
        "place": any(alike.same_place(*pair) > 0 for pair in pairs),
        "figure": any(alike.same_goal(*pair) or alike.same_mark(*pair) for pair in pairs),
    }
    if not any(facts.values()):
        return ("clause",) if alike.vectors is not None else ()
    return tuple(fact for fact, holds in facts.items() if holds)


def _scorer(encode: Encode | None) -> _same.Scorer | None:
    """The shipped scorer, where it was trained with this encoder."""
    if encode is None:
        return None
    scorer = _same.load(config.models_folder() / "duplicates")
    return scorer if scorer.encoder == fingerprint(encode) else None


@dataclass(frozen=True)
class Seen:
    """Opinions beside one another: ``alike`` holds the first of each set of ``copies`` (positions of equal words)."""

    copies: list[list[int]]
    alike: Likeness
    encode: Encode | None

    @cached_property
    def clauses(self) -> Clauses:
        assert self.encode is not None and self.alike.vectors is not None
        return clauses(self.alike.opinions, self.alike.vectors, self.encode)

    def chance(self, scorer: _same.Scorer, pairs: Sequence[Pair]) -> dict[Pair, float]:
        """How likely each pair is one request, 0..1; 0 for two at odds or of one breath, and for the far apart.

        What the rules find is as likely as the scorer's least, and more.
        """
        open_ones = [pair for pair in pairs if self.worth_weighing(*pair)]
        chances = scorer.chances([_same.signs(self.alike, self.clauses, *pair) for pair in open_ones])
        found = dict.fromkeys(pairs, 0.0) | dict(zip(open_ones, chances.tolist(), strict=True))
        for pair in open_ones:
            beyond = (_likely(self.alike, *pair) - _SAME) / (1.0 - _SAME)
            if beyond >= 0:
                found[pair] = max(found[pair], scorer.least + (1.0 - scorer.least) * beyond)
        return found

    def worth_weighing(self, i: int, j: int) -> bool:
        """Whether two may ask the same at all."""
        if self.alike.words(i, j) < _FAR_WORDS and self.alike.meaning(i, j) < _FAR:
            return False
        return not self.alike.at_odds(i, j) and not _one_breath(self.alike, i, j)


def look(opinions: Sequence[Opinion], links: Iterable[Link], encode: Encode | None) -> Seen:
    """What tells whether opinions ask the same: all but the verdict."""
    copies = _copies(opinions)
    firsts = [opinions[rows[0]] for rows in copies]
    return Seen(copies, likeness(firsts, links, encode), encode)


def judged(seen: Seen, scorer: _same.Scorer) -> list[list[int]]:
    """Sets of positions in ``seen.alike`` that the scorer takes for one request."""
    chances = seen.chance(scorer, seen.alike.candidates)
    scores = {pair: chance for pair, chance in chances.items() if chance >= scorer.least}
    return merge(
        scores,
        scorer.join,
        lambda i, j: chances[i, j] if (i, j) in chances else seen.chance(scorer, [(i, j)])[i, j],
        lambda i, j: not seen.alike.at_odds(i, j),
    )


def by_rules(seen: Seen) -> list[list[int]]:
    """The same by rules alone, for an encoder that the scorer does not know."""
    alike = seen.alike
    least = _SAME if alike.vectors is not None else _SAME_WORDS
    scores = {pair: score for pair in alike.candidates if (score := _score(alike, *pair)) >= least}
    return merge(scores, _JOIN, lambda i, j: _score(alike, i, j), lambda i, j: not alike.at_odds(i, j))


def _score(alike: Likeness, i: int, j: int) -> float:
    """How surely two opinions ask the same thing, 0..1; 0 when they are at odds or of one breath."""
    return 0.0 if alike.at_odds(i, j) or _one_breath(alike, i, j) else _likely(alike, i, j)


def _likely(alike: Likeness, i: int, j: int) -> float:
    """The same for two that are not at odds."""
    words, meaning = alike.words(i, j), alike.meaning(i, j)
    near = 0.55 * words + 0.55 * meaning if alike.vectors is not None else 0.8 * words
    if (alike.opinions[i].request == "difficulty") != (alike.opinions[j].request == "difficulty"):
        near -= _OTHER_KIND
    if bool(goals(alike.profiles[i].figures)) != bool(goals(alike.profiles[j].figures)):
        near -= _ONE_AMOUNT
    if min(len(alike.opinions[k].text.split()) for k in (i, j)) < _SHORT:
        near -= _VAGUE
    if words > _COPY:
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
    """Two opinions of one speaker in one source, but in other words: people rarely ask twice for the same."""
    a, b = alike.opinions[i], alike.opinions[j]
    one = a.source_id == b.source_id and a.author == b.author and bool(a.author.name or a.author.organization)
    return one and alike.words(i, j) < _REPEATED


def _copies(opinions: Sequence[Opinion]) -> list[list[int]]:
    """Positions of the opinions by their very words (form letters), in the order of their first; short ones alone."""
    places: dict[bytes, list[int]] = defaultdict(list)
    for i, opinion in enumerate(opinions):
        words = tokens(opinion.text)
        key = " ".join(words) if len(words) >= _LEAST_WORDS else opinion.id
        places[hashlib.blake2b(key.encode(), digest_size=16).digest()].append(i)
    return list(places.values())


def _named(ids: Sequence[str], reasons: tuple[str, ...]) -> DuplicateSet:
    """A set whose id comes from its first member, so that it stays when members join."""
    return DuplicateSet("dup-" + hashlib.sha256(ids[0].encode()).hexdigest()[:10], tuple(ids), reasons)
