"""Themes inside each group: opinions that speak of one thing, named by their own words. Singles stay single."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from feedback_synth.analysis._alike import Likeness, likeness
from feedback_synth.analysis._clusters import merge
from feedback_synth.analysis._phrases import Phrases
from feedback_synth.analysis._vectors import Encode
from feedback_synth.datamodel.analysis import Assignment, DuplicateSet, Link, Theme
from feedback_synth.datamodel.draft import Draft
from feedback_synth.datamodel.opinion import Opinion

_LONGEST_HEADING = 12  # words of a heading that can name a theme
_NEAR = 0.3  # mean score from which opinions make a theme


def find(
    opinions: Sequence[Opinion],
    assignments: Iterable[Assignment],
    duplicate_sets: Iterable[DuplicateSet] = (),
    links: Iterable[Link] = (),
    encode: Encode | None = None,
    language: str = "",
    drafts: Sequence[Draft] = (),
) -> tuple[Theme, ...]:
    """Themes of two and more opinions in each group, in the order of their first opinion.

    The label is a phrase of the opinions, of those in ``language`` (the report's) where there are any; where no phrase
    names them well, the words of the drafts for the place that most of them are about.
    """
    links = tuple(links)
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
    phrases, headings = Phrases(opinions, drafts), _headings(links, drafts)
    return tuple(
        _theme(alike, members, group.get(opinions[members[0]].id, ""), language, phrases, headings) for members in sets
    )


def _headings(links: Sequence[Link], drafts: Sequence[Draft]) -> dict[str, list[tuple[str, str]]]:
    """For each opinion what the drafts call the places it is about, with the language of the words."""
    named = {(d.kind, p.id): (p.heading, d.language) for d in drafts for p in d.provisions}
    found: dict[str, list[tuple[str, str]]] = {}
    for link in links:
        heading, language = named.get((link.draft, link.provision_id), ("", ""))
        words = link.table_row or heading
        if words and not words.isupper() and len(words.split()) <= _LONGEST_HEADING:
            found.setdefault(link.opinion_id, []).append((words, language))
    return found


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
    return min(1.0, near + 0.2 * alike.same_place(i, j))


def _heading(
    opinions: Sequence[Opinion], headings: Mapping[str, list[tuple[str, str]]], language: str
) -> tuple[str, str]:
    """The words of the drafts, in the language of an opinion or the report's, that at least half of the opinions are
    about, with their language; empty for none."""
    held = Counter(
        heading
        for o in opinions
        for heading in dict.fromkeys(headings.get(o.id, ()))
        if heading[1] in (o.language, language)
    )
    best = max(held, key=lambda heading: held[heading], default=("", ""))
    return best if held[best] * 2 >= len(opinions) else ("", "")


def _theme(
    alike: Likeness,
    members: Sequence[int],
    group: str,
    language: str,
    phrases: Phrases,
    headings: Mapping[str, list[tuple[str, str]]],
) -> Theme:
    opinions = [alike.opinions[i] for i in members]
    identity = hashlib.sha256(f"{group}/{opinions[0].id}".encode()).hexdigest()[:10]
    spoken = [o for o in opinions if o.language == language] or opinions
    near = {i: sum(alike.words(i, j) + alike.meaning(i, j) for j in members[:30] if j != i) for i in members}
    middle = max(members, key=lambda i: (near[i], -len(alike.opinions[i].text)))
    ids = tuple(o.id for o in opinions)
    heading, written = _heading(spoken, headings, language)
    foreign = bool(heading) and written == language and spoken[0].language != language
    label = heading if foreign else phrases.label(spoken, opinions, heading)
    return Theme(f"theme-{identity}", group, label, ids, alike.opinions[middle].id)
