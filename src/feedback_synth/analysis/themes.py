"""Themes inside each group: opinions that speak of one thing, named by their own words. Singles stay single."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from feedback_synth import config, languages
from feedback_synth.analysis._alike import Likeness, likeness
from feedback_synth.analysis._clusters import merge
from feedback_synth.analysis._vectors import Encode
from feedback_synth.datamodel.analysis import Assignment, DuplicateSet, Link, Theme
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key

_NEAR = 0.3  # mean score from which opinions make a theme
_LONGEST = 6  # words of a label


def find(
    opinions: Sequence[Opinion],
    assignments: Iterable[Assignment],
    duplicate_sets: Iterable[DuplicateSet] = (),
    links: Iterable[Link] = (),
    encode: Encode | None = None,
    language: str = "",
) -> tuple[Theme, ...]:
    """Themes of two and more opinions in each group, in the order of their first opinion.

    The label is a phrase of the opinions, of those in ``language`` (the report's) where there are any.
    """
    alike = likeness(opinions, links, encode)
    group = {a.opinion_id: a.group for a in assignments}
    same = {i: s.id for s in duplicate_sets for i in s.opinion_ids}

    def score(i: int, j: int) -> float:
        return _score(
            alike, i, j, bool(same.get(opinions[i].id)) and same.get(opinions[i].id) == same.get(opinions[j].id)
        )

    near = [*alike.candidates, *_pairs(opinions, same)]
    pairs = [(i, j) for i, j in near if group.get(opinions[i].id) == group.get(opinions[j].id)]
    scores = {p: s for p in pairs if (s := score(*p)) >= _NEAR}
    sets = merge(scores, _NEAR, score, lambda i, j: group.get(opinions[i].id) == group.get(opinions[j].id))
    spread = _spread(opinions)
    return tuple(_theme(alike, members, group.get(opinions[members[0]].id, ""), language, spread) for members in sets)


def _pairs(opinions: Sequence[Opinion], same: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Each opinion of a duplicate set with the one before it."""
    last: dict[str, int] = {}
    for i, opinion in enumerate(opinions):
        if opinion.id in same:
            if same[opinion.id] in last:
                yield last[same[opinion.id]], i
            last[same[opinion.id]] = i


def _score(alike: Likeness, i: int, j: int, same: bool) -> float:
    if same:
        return 1.0
    words, meaning = alike.words(i, j), alike.meaning(i, j)
    near = 0.6 * words + 0.5 * meaning if alike.vectors is not None else words
    return min(1.0, near + (0.2 if alike.same_place(i, j) else 0.0))


def _theme(alike: Likeness, members: Sequence[int], group: str, language: str, spread: Counter[str]) -> Theme:
    opinions = [alike.opinions[i] for i in members]
    identity = hashlib.sha256(f"{group}/{opinions[0].id}".encode()).hexdigest()[:10]
    spoken = [o for o in opinions if o.language == language] or opinions
    middle = max(
        members,
        key=lambda i: (
            sum(alike.words(i, j) + alike.meaning(i, j) for j in members[:30] if j != i),
            -len(alike.opinions[i].text),
        ),
    )
    return Theme(
        f"theme-{identity}", group, _label(spoken, spread), tuple(o.id for o in opinions), alike.opinions[middle].id
    )


# ---- labels ----------------------------------------------------------------------------------------
def _label(opinions: Sequence[Opinion], spread: Counter[str]) -> str:
    """The phrase that most of the opinions share and few others have, as one of them writes it."""
    holders: Counter[str] = Counter()
    written: dict[str, str] = {}
    for opinion in opinions[:50]:
        for key, phrase in sorted(dict(_phrases(opinion)).items()):
            holders[key] += 1
            written.setdefault(key, phrase)
    if not holders:
        return _short(opinions[0].text)
    best = max(holders, key=lambda k: (_weight(k, holders[k], spread[k]), k))
    return written[best]


def _weight(key: str, here: int, everywhere: int) -> float:
    """Phrases of two to four words held by many here and by few elsewhere."""
    length = {1: 0.55, 2: 1.0, 3: 1.25, 4: 1.4, 5: 1.35, 6: 1.2}[len(key.split())]
    rarity = math.sqrt(here / max(here, everywhere))
    return here * length * rarity


def _phrases(opinion: Opinion) -> Iterator[tuple[str, str]]:
    """(match key, words as written) of every phrase that neither starts nor ends with a word that only asks."""
    idle = _idle(opinion.language)
    for piece in _pieces(opinion.text):
        words = piece.split()
        keys = [match_key(w) for w in words]
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
                inner = keys[start:end]
                if inner[0] in idle or inner[-1] in idle or any(c.isdigit() for c in inner[0] + inner[-1]):
                    continue
                if all(len(k) > 1 for k in inner):
                    yield " ".join(inner), " ".join(words[start:end])


def _pieces(text: str) -> Iterator[str]:
    """The stretches of words between marks."""
    piece: list[str] = []
    for word in text.replace("’", "'").split():
        bare = word.strip('.,;:!?()[]“”"«»…-–')
        if bare and word[0].isalnum():
            piece.append(bare)
        if not bare or bare != word:
            if piece:
                yield " ".join(piece)
            piece = []
    if piece:
        yield " ".join(piece)


@cache
def _idle(language: str) -> frozenset[str]:
    if language not in languages.codes():
        return frozenset()
    asking = config.load_toml("lexicons/directions.toml")["asking"].get(language, ())
    single = [w for w in asking if " " not in w]
    paired = [part for w in asking if " " in w for part in w.split()] if language == "vi" else []
    return frozenset(match_key(w) for w in (*languages.get(language).stop_words, *single, *paired))


def _spread(opinions: Sequence[Opinion]) -> Counter[str]:
    """In how many opinions each phrase occurs."""
    return Counter(key for o in opinions for key in dict(_phrases(o)))


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:_LONGEST]) + ("…" if len(words) > _LONGEST else "")
