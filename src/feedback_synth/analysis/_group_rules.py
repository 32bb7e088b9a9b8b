"""Content groups by cue words and rules, without a model: what is asked decides, the cause is secondary."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from feedback_synth.analysis import _cues
from feedback_synth.datamodel.analysis import Assignment
from feedback_synth.datamodel.opinion import Opinion

_STRONG, _WEAK = 2.0, 0.5
_MONEY = re.compile(
    r"\d[\d.,\s]*(?:%\s*)?(?:nghìn |ngàn |triệu |tỷ |tỉ )?(?:đồng|đ\b|tỷ\b|tỉ\b|triệu\b|vnd|vnđ|dongs?\b|usd|euros?\b)"
    r"|\d[\d.,\s]*(?:thousand|million|billion|milliards?|millions?)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\d\s*(?:[%‰]|per ?cent\b|pour cent\b|phần trăm\b)", re.IGNORECASE)
_DISCLOSED = 0.15  # a second group is named when it has this share of the score
_SURE = 0.3  # the lead over the second group below which a person should look

Hits = Mapping[_cues.CueKey, tuple[str, ...]]


def assign(opinion: Opinion) -> Assignment:
    """The group of one opinion by cue words; scores add up to 1 and are no probabilities."""
    hits = _cues.found(f"{opinion.context} {opinion.text}", opinion.language)
    scores = _shares(_points(opinion, hits))
    ranked = sorted(scores, key=lambda name: -scores[name])
    best, second = ranked[0], ranked[1]
    return Assignment(
        opinion.id,
        best,
        (second,) if scores[second] >= _DISCLOSED else (),
        tuple((name, round(score, 3)) for name, score in scores.items()),
        scores[best] - scores[second] < _SURE,
        tuple(word for kind in ("strong", "weak") for word in hits.get((best, kind), ())),
    )


def _points(opinion: Opinion, hits: Hits) -> dict[str, float]:
    points = {
        group.key: _STRONG * len(hits.get((group.key, "strong"), ())) + _WEAK * len(hits.get((group.key, "weak"), ()))
        for group in _cues.groups()
    }
    quotas = len(hits.get(("signals", "quota"), ()))
    money, share = bool(_MONEY.search(opinion.text)), bool(_SHARE.search(opinion.text))
    _add(points, "indicators", share * 1.5 - quotas * _STRONG)
    _add(points, "funding", money * 2.5)
    _add(points, "difficulties", _difficulty(opinion, hits))
    return points


def _difficulty(opinion: Opinion, hits: Hits) -> float:
    """A lack without a request is a difficulty; with a concrete request it is only the cause."""
    if opinion.request == "difficulty":
        return 3.0
    asks = len(hits.get(("signals", "request"), ())) > 0
    general = len(hits.get(("signals", "general_plea"), ())) > 0
    lacks = len(hits.get(("signals", "lack"), ())) > 0
    if general:
        return 2.5
    if not lacks:
        return 0.0
    return -2.0 if asks else 2.5


def _add(points: dict[str, float], group: str, amount: float) -> None:
    if group in points:
        points[group] = max(0.0, points[group] + amount)


def _shares(points: Mapping[str, float]) -> dict[str, float]:
    """Softmax with a gentle slope; ties fall to the group that stands first."""
    top = max(points.values())
    weights = {name: math.exp((value - top) / 2) for name, value in points.items()}
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}
