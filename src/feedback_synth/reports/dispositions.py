"""What people decided, folded to its present state, and what the machine proposes beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import get_args

from feedback_synth.datamodel.comparison import Outcome
from feedback_synth.datamodel.decision import Decision, Disposition

DISPOSITIONS: tuple[Disposition, ...] = get_args(Disposition)
_KEPT = tuple(f.name for f in fields(Decision) if f.name not in ("opinion_id", "reviewer", "decided_at"))
_PROPOSALS: dict[Outcome, Disposition] = {"full": "accepted", "partial": "accepted_in_part", "none": "explained"}


def current(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The present state by opinion id: later decisions win field by field, and "" leaves a field as it was."""
    state: dict[str, Decision] = {}
    for decision in decisions:
        before = state.get(decision.opinion_id)
        given = {name: value for name in _KEPT if (value := getattr(decision, name))}
        state[decision.opinion_id] = (
            replace(before, reviewer=decision.reviewer, decided_at=decision.decided_at, **given) if before else decision
        )
    return state


def disposition_of(opinion_id: str, state: dict[str, Decision]) -> Disposition:
    """What was decided, or "pending": an opinion that nobody decided is pending whatever the machine thinks."""
    decision = state.get(opinion_id)
    return decision.disposition or "pending" if decision else "pending"


def proposed(outcome: Outcome) -> Disposition | None:
    """The disposition that fits what the revised draft did; None where only a person can tell."""
    return _PROPOSALS.get(outcome)
