"""Rows of the absorption table: one request each, with everybody who made it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.comparison import Trace
from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.reports.dossier import LAST, Dossier

_OUTCOME_ORDER = ("full", "partial", "opposite", "none", "not_applicable")


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """``opinions``: the first one speaks for the row, the others ask the same. ``number`` counts rows from 1."""

    number: int
    opinions: tuple[Opinion, ...]
    group: str
    links: tuple[Link, ...]
    trace: Trace | None
    decision: Decision

    @property
    def key(self) -> str:
        return "+".join(o.id for o in self.opinions)

    @property
    def first(self) -> Opinion:
        return self.opinions[0]


def opinion_rows(dossier: Dossier) -> tuple[OpinionRow, ...]:
    """Every opinion in exactly one row, ordered by group and place, or by place alone."""
    rows = [_row(members, dossier) for members in _members(dossier)]
    order = {group: n for n, group in enumerate(dossier.group_order)}

    def sort_key(row: OpinionRow) -> tuple[int, int]:
        place = dossier.position(row.links[0] if row.links else None)
        return (order.get(row.group, LAST) if dossier.options.group_by == "group" else 0, place)

    return _numbered(sorted(rows, key=sort_key), dict(dossier.options.numbers))


def _numbered(rows: list[OpinionRow], known: dict[str, int]) -> tuple[OpinionRow, ...]:
    """Rows keep the numbers they were given before; new ones go on from the highest."""
    following = max([0, *known.values()])
    found = []
    for row in rows:
        number = min((known[o.id] for o in row.opinions if o.id in known), default=0)
        if not number:
            following += 1
            number = following
        found.append(replace(row, number=number))
    return tuple(found)


def _members(dossier: Dossier) -> list[tuple[Opinion, ...]]:
    """Opinions that ask the same together, in the order of their first one."""
    seen: set[str] = set()
    found = []
    for opinion in dossier.analysis.opinions:
        if opinion.id not in seen:
            ids = [opinion.id, *[i for i in dossier.twins.get(opinion.id, ()) if i != opinion.id and i not in seen]]
            seen.update(ids)
            found.append(tuple(dossier.opinions[i] for i in ids))
    return found


def _row(members: tuple[Opinion, ...], dossier: Dossier) -> OpinionRow:
    places = {(k.draft, k.provision_id, k.table_row): k for o in reversed(members) for k in dossier.links.get(o.id, ())}
    ordered = [
        k
        for o in members
        for k in dossier.links.get(o.id, ())
        if places.get((k.draft, k.provision_id, k.table_row)) is k
    ]
    return OpinionRow(
        number=0,
        opinions=members,
        group=dossier.groups[members[0].id],
        links=tuple(ordered),
        trace=_best_trace(members, dossier),
        decision=_decision(members, dossier),
    )


def _best_trace(members: tuple[Opinion, ...], dossier: Dossier) -> Trace | None:
    """The outcome that says most about the shared request."""
    traces = [dossier.traces[o.id] for o in members if o.id in dossier.traces]
    return min(traces, key=lambda t: _OUTCOME_ORDER.index(t.outcome), default=None)


def _decision(members: tuple[Opinion, ...], dossier: Dossier) -> Decision:
    """What was decided on the row: field by field, the first member with a value."""
    found = Decision(members[0].id, "", "")
    for opinion in members:
        one = dossier.state.get(opinion.id)
        if one:
            missing = {f.name: getattr(one, f.name) for f in fields(Decision) if not getattr(found, f.name)}
            found = replace(found, **missing)
    return found
