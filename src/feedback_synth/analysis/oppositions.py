"""Opinions that want contrary things of one provision: a decision is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from feedback_synth.analysis._alike import goals
from feedback_synth.analysis._directions import OPPOSITES, ways
from feedback_synth.analysis._figures import asked
from feedback_synth.datamodel.analysis import Link, Opposition
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key

_SURE = 0.4  # score under which a link that is not explicit does not count


def find(opinions: Sequence[Opinion], links: Iterable[Link]) -> tuple[Opposition, ...]:
    """One opposition for each provision (or table row) on which opinions pull against each other.

    Contrary are: raise and lower, sooner and later, remove and add, different replacements of the same words, different
    amounts from different sides. The opinions are those that take part, in their order.
    """
    by_id = {o.id: o for o in opinions}
    held: dict[tuple[str, str, str], list[Opinion]] = defaultdict(list)
    for x in links:
        if x.opinion_id in by_id and (x.explicit or x.score >= _SURE):
            held[x.draft, x.provision_id, x.table_row].append(by_id[x.opinion_id])
    found: list[Opposition] = []
    for (draft, provision, _), members in sorted(held.items(), key=lambda item: item[0]):
        against = _pulling(members) | _rewording(members) | _aiming(members)
        if against:
            found.append(Opposition(draft, provision, tuple(o.id for o in members if o.id in against)))
    return tuple(dict.fromkeys(found))


def _pulling(members: Sequence[Opinion]) -> set[str]:
    """Those who want the contrary of what another wants: raise against lower, remove against add."""
    wants = {o.id: _wants(o) for o in members}
    taking: set[str] = set()
    for one, other in OPPOSITES:
        this = {i for i, w in wants.items() if one in w and other not in w}
        that = {i for i, w in wants.items() if other in w and one not in w}
        if this and that:
            taking |= this | that
    return taking


def _wants(opinion: Opinion) -> frozenset[str]:
    """The directions of an opinion; a request to delete removes, one to add keeps."""
    found = set(ways(opinion.text, opinion.language)) - {"remove"}
    if opinion.request == "delete" and not opinion.edits:
        found = (found - {"keep"}) | {"remove"}
    elif opinion.request == "add":
        found.add("keep")
    return frozenset(found)


def _rewording(members: Sequence[Opinion]) -> set[str]:
    """Those who replace the same words, each by others."""
    versions: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for opinion in members:
        for edit in opinion.edits:
            if edit.kind == "replace":
                versions[match_key(edit.old)][match_key(edit.new)].append(opinion.id)
    return {i for news in versions.values() if len(news) > 1 for ids in news.values() for i in ids}


def _aiming(members: Sequence[Opinion]) -> set[str]:
    """Those who aim at different amounts of one kind, unless all go the same way."""
    by_kind: dict[str, dict[float, list[Opinion]]] = defaultdict(lambda: defaultdict(list))
    for opinion in members:
        for kind, figure in goals(asked(opinion.text, opinion.language)).items():
            by_kind[kind][figure.value].append(opinion)
    taking: set[str] = set()
    for aims in by_kind.values():
        rows = [o for held in aims.values() for o in held]
        directions = {w for o in rows for w in ways(o.text, o.language) & {"raise", "lower"}}
        if len(aims) > 1 and len(directions) > 1:
            taking |= {o.id for o in rows}
    return taking
