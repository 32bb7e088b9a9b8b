"""What differs between two runs: opinions come and gone, groups, places, outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.opinion import Opinion


@dataclass(frozen=True, slots=True)
class Moved:
    """One opinion of both runs, with what it was and what it is."""

    opinion: Opinion
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RunDiff:
    added_sources: tuple[str, ...]
    removed_sources: tuple[str, ...]
    added: tuple[Opinion, ...]
    removed: tuple[Opinion, ...]
    regrouped: tuple[Moved, ...]
    relinked: tuple[Moved, ...]
    outcomes: tuple[Moved, ...]

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name) for name in self.__slots__)


def compare_runs(old: Analysis, new: Analysis) -> RunDiff:
    """The differences, each in the order of the run that has it."""
    before, after = {o.id: o for o in old.opinions}, {o.id: o for o in new.opinions}
    both = [o for o in new.opinions if o.id in before]

    def moved(of: Callable[[Analysis], dict[str, str]]) -> tuple[Moved, ...]:
        was, is_ = of(old), of(new)
        return tuple(
            Moved(o, was.get(o.id, ""), is_.get(o.id, "")) for o in both if was.get(o.id, "") != is_.get(o.id, "")
        )

    return RunDiff(
        added_sources=_names(new, old),
        removed_sources=_names(old, new),
        added=tuple(o for o in new.opinions if o.id not in before),
        removed=tuple(o for o in old.opinions if o.id not in after),
        regrouped=moved(_groups),
        relinked=moved(_links),
        outcomes=moved(_outcomes),
    )


def _names(of: Analysis, but_not: Analysis) -> tuple[str, ...]:
    known = {s.id for s in but_not.sources}
    return tuple(s.name for s in of.sources if s.id not in known)


def _groups(analysis: Analysis) -> dict[str, str]:
    return {a.opinion_id: a.group for a in analysis.assignments}


def _links(analysis: Analysis) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for link in analysis.links:
        found.setdefault(link.opinion_id, []).append(f"{link.draft}: {link.label}")
    return {id_: "; ".join(_distinct(labels)) for id_, labels in found.items()}


def _outcomes(analysis: Analysis) -> dict[str, str]:
    return {t.opinion_id: t.outcome for t in analysis.tracing.traces} if analysis.tracing else {}


def _distinct(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))
