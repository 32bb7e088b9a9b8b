"""The door to requests: what an opinion asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from feedback_synth import config
from feedback_synth.analysis.groups import fits, load_head, signs_of, text_of, vectors_of
from feedback_synth.datamodel.opinion import Opinion, Request

if TYPE_CHECKING:
    from feedback_synth import heads
    from feedback_synth.analysis.encoders import Encoder

_CERTAIN = "structure:"  # evidence that begins so is a fact of the file (a tracked deletion), not a reading
_CREDIT = 0.5  # what a cue that the extraction found adds to its request; .3 to .5 give the same over 16 dossiers


def refine(opinions: Sequence[Opinion], encode: Encoder | None = None) -> tuple[Opinion, ...]:
    """The opinions with their request looked at again by the trained model.

    Requests that follow from the file's structure stay; what the extraction read from a cue counts beside what the
    model finds, and is kept in ``cue`` where the model overrules it. Without ``encode``, or with
    one the model was not trained for, all stay as the extraction left them. ConfigError if the model is missing or
    damaged.
    """
    open_ones = [o for o in opinions if not o.request_evidence.startswith(_CERTAIN)]
    if encode is None or not open_ones:
        return tuple(opinions)
    head = load_head(config.models_folder() / "requests")
    if not fits(head, encode):
        return tuple(opinions)
    refined = {id(o): new for o, new in zip(open_ones, _refined(open_ones, head, encode), strict=True)}
    return tuple(refined.get(id(o), o) for o in opinions)


def _refined(opinions: Sequence[Opinion], head: heads.Head, encode: Encoder) -> list[Opinion]:
    predictions = head.predict(
        [text_of(o) for o in opinions], vectors_of(opinions, encode), [signs_of(o) for o in opinions]
    )
    return [_choose(o, head, p) for o, p in zip(opinions, predictions, strict=True)]


def _choose(opinion: Opinion, head: heads.Head, prediction: heads.Prediction) -> Opinion:
    scores = dict(zip(head.labels, prediction.probabilities, strict=True))
    scores[opinion.request] = scores.get(opinion.request, 0.0) + _CREDIT
    best = max(scores, key=lambda request: scores[request])
    if best == opinion.request:
        return opinion
    evidence = f"model: {scores[best]:.2f}; " + ", ".join(prediction.words)
    return replace(
        opinion, request=cast(Request, best), request_evidence=evidence.rstrip("; "), cue=opinion.cue or opinion.request
    )
