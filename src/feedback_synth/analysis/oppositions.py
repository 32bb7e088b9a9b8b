"""Opinions that want contrary things of one provision: a decision is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from feedback_synth.analysis._alike import figures_differ
from feedback_synth.analysis._directions import contrary, ways
from feedback_synth.analysis._figures import asked
from feedback_synth.datamodel.analysis import Link, Opposition
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key

_SURE = 0.4  # score under which a link that is not explicit does not count


def find(opinions: Sequence[Opinion], links: Iterable[Link]) -> tuple[Opposition, ...]:
    """One opposition for each provision (or table row) on which opinions pull against each other.

    Contrary are: raise and lower, sooner and later, remove and keep or reword, two different replacements of the same
    words. The opinions are those that take part, in their order.
    """
    by_id = {o.id: o for o in opinions}
    held: dict[tuple[str, str, str], list[Opinion]] = defaultdict(list)
    for x in links:
        if x.opinion_id in by_id and (x.explicit or x.score >= _SURE):
            held[x.draft, x.provision_id, x.table_row].append(by_id[x.opinion_id])
    found: list[Opposition] = []
    for (draft, provision, _), members in sorted(held.items(), key=lambda item: item[0]):
        against = _against(members)
        if against:
            found.append(Opposition(draft, provision, tuple(o.id for o in against)))
    return tuple(dict.fromkeys(found))


def _against(members: Sequence[Opinion]) -> list[Opinion]:
    taking = {i for i, a in enumerate(members) for j, b in enumerate(members) if i != j and _opposed(a, b)}
    return [members[i] for i in sorted(taking)]


def _opposed(a: Opinion, b: Opinion) -> bool:
    if contrary(_wants(a), _wants(b)):
        return True
    return _other_words(a, b)


def _wants(opinion: Opinion) -> frozenset[str]:
    """The directions of an opinion; a request to delete removes, one to add or amend keeps."""
    found = set(ways(opinion.text, opinion.language))
    if opinion.request == "delete":
        found = (found - {"keep"}) | {"remove"}
    elif opinion.request in ("add", "amend") and "remove" not in found and not opinion.edits:
        found.add("keep")
    return frozenset(found)


def _other_words(a: Opinion, b: Opinion) -> bool:
    """Whether the two replace the same words by different ones, or by different figures."""
    for x in a.edits:
        for y in b.edits:
            if (
                x.kind == y.kind == "replace"
                and match_key(x.old) == match_key(y.old)
                and match_key(x.new) != match_key(y.new)
            ):
                return figures_differ(asked(x.new, a.language), asked(y.new, b.language)) or not _within(x.new, y.new)
    return False


def _within(one: str, other: str) -> bool:
    a, b = match_key(one), match_key(other)
    return a in b or b in a
