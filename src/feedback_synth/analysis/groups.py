"""The door to content groups: which of data/groups.toml an opinion belongs to."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from feedback_synth import config, languages
from feedback_synth.analysis import _cues, _group_rules, _placing
from feedback_synth.analysis._placing import Place
from feedback_synth.datamodel.analysis import Assignment
from feedback_synth.datamodel.opinion import Opinion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from feedback_synth import heads
    from feedback_synth.analysis.encoders import Encoder

_SURE = 0.74  # below this probability a person should look
_SECOND = 0.15  # a second group is named from this probability on
_LEAD_IN = 12  # words; a longer context is a passage of its own and not the opinion's lead-in
_READ = 600  # characters of the beginning, and of the end, that a very long opinion is judged by
_QUOTED = 90  # characters of an example in the evidence


def assign(
    opinions: Sequence[Opinion],
    encode: Encoder | None = None,
    *,
    head: Path | None = None,
) -> tuple[Assignment, ...]:
    """One assignment per opinion, in order, by its words alone.

    With ``encode`` by the trained head in the folder ``head`` (default: the shipped one), whose scores are calibrated
    probabilities; without, or with an encoder the shipped head was not trained for, by cue words and rules. An opinion
    that is in none of the product's languages, or has no words, always asks for review. ConfigError if the head's
    folder is missing or damaged, or a head that was asked for does not fit the encoder.
    """
    model = _model(head, encode)
    if encode is None or model is None or not opinions:
        return tuple(_group_rules.assign(opinion) for opinion in opinions)
    vectors = vectors_of(opinions, encode)
    predictions = model.predict([text_of(o) for o in opinions], vectors, [signs_of(o) for o in opinions])
    return tuple(
        _assignment(opinion, model, prediction, vector)
        for opinion, prediction, vector in zip(opinions, predictions, vectors, strict=True)
    )


def _model(head: Path | None, encode: Encoder | None) -> heads.Head | None:
    """The trained head to sort by; None where only rules can."""
    if encode is None:
        return None
    model = load_head(head or config.models_folder() / "groups")
    return model if head is not None or fits(model, encode) else None


def placed(
    opinions: Sequence[Opinion],
    assignments: Sequence[Assignment],
    places: Mapping[str, Place],
    encode: Encoder | None = None,
    *,
    head: Path | None = None,
) -> tuple[Assignment, ...]:
    """The assignments of ``assign`` in the light of the place in the drafts that each opinion is about, by opinion id.

    Those made by rules, whose scores are no probabilities, stay as they are. ConfigError if the shipped table is
    missing or damaged.
    """
    model = _model(head, encode)
    if model is None or not places:
        return tuple(assignments)
    placing = _placing.read(config.models_folder() / "groups")
    return tuple(
        _at(assignment, opinion, places[opinion.id], placing, model) if opinion.id in places else assignment
        for assignment, opinion in zip(assignments, opinions, strict=True)
    )


def _at(
    assignment: Assignment, opinion: Opinion, place: Place, placing: _placing.Placing, head: heads.Head
) -> Assignment:
    """The assignment of an opinion at ``place``; where the place changed it, it is part of the evidence."""
    scores = placing.placed(dict(assignment.scores), place)
    best = max(scores, key=lambda group: scores[group])
    changed = best != assignment.group and place.label
    evidence = (f"§ {place.label}", *assignment.evidence) if changed else assignment.evidence
    return _sorted(opinion, head, best, scores, evidence)


@dataclass(frozen=True, slots=True)
class LabelledOpinion:
    """An opinion with the group people gave it; ``group`` may be a key that data/groups.toml does not have."""

    opinion: Opinion
    group: str


def learn(rows: Sequence[LabelledOpinion], encode: Encoder, folder: Path, upon: heads.Head | None = None) -> heads.Head:
    """Train a head on a team's own labelled opinions, save it in ``folder`` for ``assign`` and return it.

    ``upon`` is a head that fits the encoder and keeps its examples: what it knows stays, and only the team's opinions
    are encoded. Groups may be renamed or new: the labels are those of ``rows`` and of ``upon``, in the order of
    groups.toml, then of appearance. ConfigError if there are fewer than two groups, or a group that ``upon`` does not
    know has fewer than two opinions.
    """
    from feedback_synth import heads
    from feedback_synth.analysis import _extending, _learning
    from feedback_synth.analysis.encoders import fingerprint

    labels = [row.group for row in rows]
    known = upon.labels if upon else ()
    _check(labels, known)
    order = list(dict.fromkeys([*(g.key for g in _cues.groups()), *known, *labels]))
    opinions = [row.opinion for row in rows]
    seen = (
        [text_of(o) for o in opinions],
        labels,
        order,
        vectors_of(opinions, encode),
        [signs_of(o) for o in opinions],
    )
    if upon:
        head = _extending.extend(upon, *seen, _signs_of_words)
    else:
        settings = {"sure": _SURE, "second": _SECOND}
        head = _learning.learn(*seen, encoder=fingerprint(encode), settings=settings)
    heads.save(head, folder)
    load_head.cache_clear()
    return head


def _signs_of_words(text: str) -> dict[str, float]:
    from feedback_synth.languages.detection import detect

    return _cue_signs(text, detect(text, "vi"))


def _check(labels: Sequence[str], known: Sequence[str]) -> None:
    from feedback_synth.errors import ConfigError

    few = sorted(label for label in set(labels) - set(known) if labels.count(label) < 2)
    if few:
        raise ConfigError(
            "Each group needs two labelled opinions or more; these have one: {known}.", known=", ".join(few)
        )
    if len({*labels, *known}) < 2:
        raise ConfigError("To learn, give labelled opinions of two groups or more.")


def text_of(opinion: Opinion) -> str:
    """The words to judge by: the opinion with its lead-in, if that stands outside and is short; of a very long one its
    beginning and its end, where what is asked stands."""
    lead_in = opinion.context if len(opinion.context.split()) <= _LEAD_IN else ""
    words = f"{lead_in} {opinion.text}".strip()
    return words if len(words) <= 2 * _READ else f"{words[:_READ]} {words[-_READ:]}"


def signs_of(opinion: Opinion) -> dict[str, float]:
    """Cue lists of the lexicons that the opinion's words meet, as named numbers."""
    return _cue_signs(text_of(opinion), opinion.language)


def _cue_signs(text: str, language: str) -> dict[str, float]:
    hits = _cues.found(text, language)
    return {f"{table}.{name}": min(3, len(words)) / 4 for (table, name), words in hits.items()}


def vectors_of(opinions: Sequence[Opinion], encode: Encoder) -> NDArray[np.float32]:
    """The language-centred vectors (n, d) that the heads judge by."""
    from feedback_synth.analysis import encoders

    return encoders.centred(encode([text_of(o) for o in opinions]), [o.language for o in opinions], encode)


@cache
def load_head(folder: Path) -> heads.Head:
    """The trained head in ``folder``, read once. ConfigError if it is missing or damaged."""
    from feedback_synth import heads

    return heads.load(folder)


def fits(head: heads.Head, encode: Encoder) -> bool:
    """Whether ``head`` was trained on this encoder's vectors."""
    from feedback_synth.analysis.encoders import fingerprint

    return head.encoder == fingerprint(encode)


def _assignment(
    opinion: Opinion, head: heads.Head, prediction: heads.Prediction, vector: NDArray[np.float32]
) -> Assignment:
    examples = tuple(f"≈ {text[:_QUOTED]}" for text in head.nearest(vector, prediction.best))
    scores = dict(zip(head.labels, prediction.probabilities, strict=True))
    return _sorted(opinion, head, prediction.best, scores, prediction.words + examples)


def _sorted(
    opinion: Opinion, head: heads.Head, best: str, chances: Mapping[str, float], evidence: tuple[str, ...]
) -> Assignment:
    scores = tuple((label, round(chance, 3)) for label, chance in chances.items())
    others = sorted((pair for pair in scores if pair[0] != best), key=lambda pair: -pair[1])
    sure = dict(scores)[best] >= head.settings.get("sure", _SURE) and _readable(opinion)
    second = head.settings.get("second", _SECOND)
    secondary = tuple(name for name, score in others if score >= second)
    return Assignment(opinion.id, best, secondary, scores, not sure, evidence)


def _readable(opinion: Opinion) -> bool:
    """Whether the opinion is in a language of the product and has words in Latin letters."""
    letters = [c for c in opinion.text if c.isalpha()]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters)
    return opinion.language in languages.codes() and bool(letters) and latin >= 0.7 * len(letters)
