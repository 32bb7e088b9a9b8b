"""Content groups in the light of the place of the draft that an opinion is about: who amends a target speaks of
indicators, who amends the legal bases of none of the groups' matters."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from feedback_synth.analysis import _trained

FILE = "places.json"
FLOOR = 0.003  # scores are rounded; none counts as less

Leanings = Mapping[str, Mapping[str, float]]  # kind of part -> group -> what it adds to the logarithm of the score


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the drafts an opinion belongs: the kinds of part that hold it (objectives, tasks, funding …)."""

    label: str = ""  # of the provision; empty where it belongs nowhere
    parts: frozenset[str] = frozenset()
    named: bool = False  # the opinion names the place itself


@dataclass(frozen=True)
class Placing:
    """``sharpness`` is the power of the scores by words; a group that is not in a table is as frequent as elsewhere."""

    sharpness: float
    named: Leanings
    found: Leanings
    nowhere: Mapping[str, float]

    def placed(self, scores: Mapping[str, float], place: Place) -> dict[str, float]:
        """The scores (sum 1) of an opinion at ``place``, from those by its words."""
        tables = [self.nowhere]
        if place.label:
            by_part = self.named if place.named else self.found
            tables = [by_part[part] for part in sorted(place.parts) if part in by_part]
        raised = {
            group: self.sharpness * math.log(max(score, 0.0) + FLOOR) + sum(table.get(group, 0.0) for table in tables)
            for group, score in scores.items()
        }
        most = max(raised.values())
        shares = {group: math.exp(value - most) for group, value in raised.items()}
        return {group: share / sum(shares.values()) for group, share in shares.items()}


@cache
def read(folder: Path) -> Placing:
    """The placing in ``folder``. ConfigError if it is missing or damaged."""
    return _trained.read(folder, FILE, _made)


def _made(content: Mapping[str, Any]) -> Placing:
    return Placing(
        float(content["sharpness"]),
        {part: _numbers(table) for part, table in content["named"].items()},
        {part: _numbers(table) for part, table in content["found"].items()},
        _numbers(content["nowhere"]),
    )


def _numbers(table: Mapping[str, Any]) -> dict[str, float]:
    return {group: float(value) for group, value in table.items()}
