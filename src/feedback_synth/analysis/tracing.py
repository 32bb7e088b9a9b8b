"""What became of each opinion in the revised drafts, and which changes nobody asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

from feedback_synth import config
from feedback_synth.analysis import _demand, _evidence, _outcomes, _weigh
from feedback_synth.analysis._alarms import alarms
from feedback_synth.analysis._changes import Gain, Gains, any_figure, collect
from feedback_synth.analysis._corpus import own_text, row_text
from feedback_synth.analysis._demand import Demand
from feedback_synth.analysis._evidence import Evidence, Meanings, Where
from feedback_synth.analysis._figures import Figure, figures
from feedback_synth.analysis._vectors import Encode
from feedback_synth.analysis._weigh import Verdict
from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.comparison import Carried, Comparison, Pair, Trace, TraceEvidence, Tracing, UnaskedChange
from feedback_synth.datamodel.draft import Draft
from feedback_synth.datamodel.opinion import Directive, Opinion

__all__ = ["alarms", "carry", "trace"]

_ALARMS = ("opposite_unnoticed", "provision_gone")  # changes without an opinion have a list of their own
_LEFT_OUT = ("none", "opposite")
_KINDS = ("modified", "added", "removed", "moved", "split", "merged")


def trace(
    opinions: Sequence[Opinion],
    directives: Sequence[Directive],
    links: Iterable[Link],
    drafts: Sequence[Draft],
    revised: Sequence[Draft],
    comparisons: Sequence[Comparison],
    encode: Encode | None = None,
) -> Tracing:
    """One trace for each opinion and each directive, in their order, and the substantive changes none of them explains.

    Scores in 0..1 say how sure the outcome is; ``needs_review`` marks those a person should look at.
    """
    by_opinion: dict[str, list[Link]] = defaultdict(list)
    for x in links:
        by_opinion[x.opinion_id].append(x)
    seen = look(opinions, by_opinion, drafts, revised, comparisons, encode)
    demands, gains = seen.demands, seen.gains
    verdicts = _reconsidered(seen, encode)
    language = drafts[0].language if drafts else ""
    orders = [_demand.of_directive(d, language) for d in directives]
    evidence = _evidence.gather(orders, [Where()] * len(orders), gains, seen.meanings)
    ordered = [_weigh.judge(d, Where(), gains, e) for d, e in zip(orders, evidence, strict=True)]
    traces = tuple(_trace(d, v, seen, by_opinion[d.id]) for d, v in zip(demands, verdicts, strict=True))
    left_out = [x for t in traces if t.outcome in _LEFT_OUT for x in by_opinion[t.opinion_id]]
    found = Tracing(
        traces,
        _unasked(gains, [*verdicts, *ordered]),
        tuple(_trace(d, v, seen, ()) for d, v in zip(orders, ordered, strict=True)),
        tuple(_carried(left_out, comparisons)),
    )
    about_opinions = [n for n in alarms((), found, gone=carry(left_out, comparisons)[1]) if n.code in _ALARMS]
    return replace(found, alarms=tuple(about_opinions))


@dataclass(frozen=True)
class Seen:
    """What the rules see of each opinion's demand, and their verdict; rows in the order of the opinions."""

    places: _Places
    gains: Gains
    meanings: Meanings | None
    demands: list[Demand]
    wheres: list[Where]
    evidence: list[Evidence]
    verdicts: list[Verdict]


def look(
    opinions: Sequence[Opinion],
    links: Mapping[str, Sequence[Link]],
    drafts: Sequence[Draft],
    revised: Sequence[Draft],
    comparisons: Sequence[Comparison],
    encode: Encode | None = None,
) -> Seen:
    """The opinions beside the changes, and what the rules make of them; ``links`` by opinion id."""
    places, gains = _Places(drafts, comparisons), collect(comparisons, drafts, revised)
    demands = [_demand.of_opinion(o, places.old_figures(links.get(o.id, ()))) for o in opinions]
    wheres = [places.where(links.get(d.id, ())) for d in demands]
    meanings = _evidence.meanings_of(gains, encode)
    evidence = _evidence.gather(demands, wheres, gains, meanings)
    verdicts = [_weigh.judge(*row) for row in zip(demands, wheres, repeat(gains), evidence, strict=False)]
    return Seen(places, gains, meanings, demands, wheres, evidence, verdicts)


def _reconsidered(seen: Seen, encode: Encode | None) -> list[Verdict]:
    """The verdicts of the rules, the open ones weighed by the trained judge where it knows this encoder's vectors."""
    judge = _judge(encode)
    if judge is None:
        return seen.verdicts
    return _outcomes.weighed(judge, seen.demands, seen.wheres, seen.gains, seen.evidence, seen.verdicts)


def _judge(encode: Encode | None) -> _outcomes.Judge | None:
    """The trained judge of outcomes, where this encoder is the one it was trained with."""
    name = getattr(encode, "name", "")
    judge = _outcomes.load(config.models_folder() / "outcomes") if name else None
    return judge if judge is not None and judge.encoder == name else None


def carry(links: Iterable[Link], comparisons: Iterable[Comparison]) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """(links with the ids and labels of the new version, links whose provision is gone)."""
    comparisons = tuple(comparisons)
    pairs, compared = _pairs(comparisons), {c.draft for c in comparisons}
    kept: list[Link] = []
    gone: list[Link] = []
    for x in links:
        pair = pairs.get((x.draft, x.provision_id))
        if pair is None:
            (gone if x.draft in compared else kept).append(x)
        else:
            kept.append(replace(x, provision_id=pair.new_id, label=pair.new_label))
    return tuple(kept), tuple(gone)


def _pairs(comparisons: Iterable[Comparison]) -> dict[tuple[str, str], Pair]:
    """The pair of each old provision; the first of one that was split."""
    pairs: dict[tuple[str, str], Pair] = {}
    for c in comparisons:
        for p in c.pairs:
            pairs.setdefault((c.draft, p.old_id), p)
    return pairs


def _carried(links: Iterable[Link], comparisons: Sequence[Comparison]) -> Iterator[Carried]:
    """The links of the opinions that were not taken in, each with its place in the new version."""
    pairs, compared = _pairs(comparisons), {c.draft for c in comparisons}
    for x in links:
        if x.draft in compared:
            pair = pairs.get((x.draft, x.provision_id))
            new = (pair.new_id, pair.new_label) if pair else ("", "")
            yield Carried(x.opinion_id, x.draft, x.provision_id, x.label, *new)


class _Places:
    """Where an opinion's provisions went: by pairs of the comparisons."""

    def __init__(self, drafts: Sequence[Draft], comparisons: Sequence[Comparison]) -> None:
        self._drafts: Mapping[str, Draft] = {d.kind: d for d in drafts}
        self._new: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._labels: dict[tuple[str, str], str] = {}
        for c in comparisons:
            for p in c.pairs:
                self._new[c.draft, p.old_id].append(p.new_id)
                self._labels[c.draft, p.old_id] = p.new_label

    def old_figures(self, links: Sequence[Link]) -> tuple[Figure, ...]:
        """The figures of the linked provisions, of the headings right above them and of the tables in them."""
        out: list[Figure] = []
        for x in links:
            draft = self._drafts.get(x.draft)
            if draft is None or x.provision_id not in draft.by_id:
                continue
            provision = draft.by_id[x.provision_id]
            for near in filter(None, (provision, draft.by_id.get(provision.parent_id))):
                out += figures(own_text(near), draft.language)
            for row in draft.rows:
                if row.provision_id == provision.id and (not x.table_row or row.name == x.table_row):
                    out += map(any_figure, figures(row_text(row), draft.language))
        return tuple(out)

    def where(self, links: Sequence[Link]) -> Where:
        """The old and new ids of the linked provisions, their parents, and how surely they are meant."""
        strength: dict[tuple[str, str], float] = {}
        parents: dict[tuple[str, str], float] = {}
        for x in links:
            key = (x.draft, x.provision_id)
            strength[key] = max(strength.get(key, 0.0), x.score)
            draft = self._drafts.get(x.draft)
            above = draft.by_id[x.provision_id].parent_id if draft and x.provision_id in draft.by_id else ""
            for old in filter(None, (above, x.provision_id)):
                for new in [*self._new.get((x.draft, old), [])]:
                    parents[x.draft, new] = max(parents.get((x.draft, new), 0.0), x.score)
        rows = {(x.draft, x.provision_id): x.table_row for x in links if x.table_row}
        return Where(strength, parents, rows, any(x.explicit for x in links))

    def state(self, link: Link, gains: Gains) -> TraceEvidence:
        """What became of the linked provision itself, where no change speaks for the opinion."""
        for gain in gains.all:
            change = gain.change
            if (gain.draft, change.old_id) == (link.draft, link.provision_id) and link.table_row in (
                "",
                change.table_row,
            ):
                return gain.evidence()
        new = self._labels.get((link.draft, link.provision_id), "")
        return TraceEvidence(link.draft, link.label, new, "unchanged")


def _trace(demand: Demand, verdict: Verdict, seen: Seen, links: Sequence[Link]) -> Trace:
    evidence = tuple(dict.fromkeys(g.evidence() for g in verdict.gains))
    if not evidence and links:
        evidence = (seen.places.state(links[0], seen.gains),)
    return Trace(
        demand.id, verdict.outcome, round(float(verdict.score), 4), evidence, bool(verdict.unsure), verdict.reason
    )


def _unasked(gains: Gains, verdicts: Iterable[Verdict]) -> tuple[UnaskedChange, ...]:
    """Substantive changes that are evidence of no opinion's absorption."""
    asked = {id(g) for v in verdicts if v.outcome in ("full", "partial") for g in v.gains}
    out = [
        _unasked_change(g) for g in gains.all if g.change.substantive and id(g) not in asked and g.change.kind in _KINDS
    ]
    return tuple(dict.fromkeys(out))


def _unasked_change(gain: Gain) -> UnaskedChange:
    return UnaskedChange(gain.draft, gain.change.kind, gain.change.old_label, gain.change.new_label)
