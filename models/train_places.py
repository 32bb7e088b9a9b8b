"""Fit what the place of an opinion in the draft says of its content group (models/groups/places.json).

    python -m models.train_places [--measure-only]

Learns from the dossiers of benchmarks/gold that may be learnt from; prints what each dossier gains when the others
teach it. Run it again whenever the head for groups, the encoder, or the links change.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from feedback_synth.analysis import _corpus, _placing, encoders, groups, links
from feedback_synth.analysis._placing import Place, Placing
from models import measuring
from models.building import gold
from models.building.folds import Folds

FOLDER = Path(__file__).parent / "groups"
PENALTY = 2.0  # on the squares of what parts add; .5 to 2 give the same
_DIGITS = 2

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One opinion of a dossier: its scores by words, its place, its group."""

    dossier: str
    scores: Mapping[str, float]
    place: Place
    group: str


def read(encode: encoders.Encoder) -> list[Row]:
    """The opinions of all dossiers that are not blind."""
    folds = Folds(encode)
    found: list[Row] = []
    for folder in gold.folders():
        with folds.without(folder) as known:
            found += _rows(folder, known)
    return found


def _rows(folder: Path, encode: encoders.Encoder) -> list[Row]:
    analysis = gold.analysed(gold.job(folder), encode)
    matched = gold.matched(analysis, gold.labelled(folder))
    places = links.belonging(_corpus.build(analysis.drafts), analysis.opinions, analysis.links)
    return [
        Row(folder.name, dict(a.scores), places[a.opinion_id], matched[a.opinion_id]["group"])
        for a in groups.assign(analysis.opinions, encode)
        if a.opinion_id in matched
    ]


def learned(rows: Sequence[Row]) -> list[Row]:
    names = {folder.name for folder in gold.learned()}
    return [row for row in rows if row.dossier in names]


def fit(rows: Sequence[Row]) -> Placing:
    """The placing under which the groups of ``rows`` are likeliest, less PENALTY."""
    labels = sorted({row.group for row in rows})
    signs = sorted({sign for row in rows for sign in _signs(row.place)})
    words = np.log(np.array([[row.scores.get(label, 0.0) for label in labels] for row in rows]) + _placing.FLOOR)
    here = np.array([[float(sign in _signs(row.place)) for sign in signs] for row in rows])
    right = np.array([labels.index(row.group) for row in rows])

    def loss(values: Floats) -> tuple[float, Floats]:
        added = values[1:].reshape(len(signs), len(labels))
        raised = values[0] * words + here @ added
        shares = np.exp(raised - raised.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        missed = shares.copy()
        missed[np.arange(len(right)), right] -= 1
        surprise = -np.log(shares[np.arange(len(right)), right] + 1e-12).sum() + PENALTY * (added**2).sum()
        return float(surprise), np.append((missed * words).sum(), (here.T @ missed + 2 * PENALTY * added).ravel())

    start = np.append(1.0, np.zeros(len(signs) * len(labels)))
    values = minimize(loss, start, jac=True, method="L-BFGS-B").x
    added = values[1:].reshape(len(signs), len(labels)).round(_DIGITS)
    tables = {sign: dict(zip(labels, line.tolist(), strict=True)) for sign, line in zip(signs, added, strict=True)}
    return Placing(
        round(float(values[0]), _DIGITS),
        {part: table for (kind, part), table in tables.items() if kind == "named"},
        {part: table for (kind, part), table in tables.items() if kind == "found"},
        tables.get(("nowhere", ""), {}),
    )


def _signs(place: Place) -> set[tuple[str, str]]:
    if not place.label:
        return {("nowhere", "")}
    return {("named" if place.named else "found", part) for part in place.parts}


def report(rows: Sequence[Row]) -> str:
    """Accuracy and macro-F1 of each dossier by words alone, and with a placing that has not seen it; in Markdown."""
    lines = ["| dossier | opinions | accuracy by words | with its place | macro-F1 by words | with its place |"]
    lines.append("|---|---|---|---|---|---|")
    shown, taught = [], learned(rows)
    for name in dict.fromkeys(row.dossier for row in rows):
        placing = fit([row for row in taught if row.dossier != name])
        of = [row for row in rows if row.dossier == name]
        figures = [len(of), *_figures(of, placing)]
        shown.append(figures)
        lines.append(_line(name, figures))
    return "\n".join([*lines, _line("mean", [sum(f[0] for f in shown), *np.mean(shown, axis=0)[1:].tolist()])])


def _figures(rows: Sequence[Row], placing: Placing) -> list[float]:
    right = [row.group for row in rows]
    by_words = [_best(row.scores) for row in rows]
    placed = [_best(placing.placed(row.scores, row.place)) for row in rows]
    accuracy = [sum(a == b for a, b in zip(found, right, strict=True)) / len(rows) for found in (by_words, placed)]
    return [*accuracy, measuring.macro_f1(by_words, right), measuring.macro_f1(placed, right)]


def _best(scores: Mapping[str, float]) -> str:
    return max(scores, key=lambda group: scores[group])


def _line(name: str, figures: Sequence[float]) -> str:
    return f"| {name} | {figures[0]:.0f} | " + " | ".join(f"{value:.3f}" for value in figures[1:]) + " |"


def save(placing: Placing, folder: Path) -> None:
    tables = {"named": placing.named, "found": placing.found, "nowhere": placing.nowhere}
    text = json.dumps({"sharpness": placing.sharpness, **tables}, indent=1)
    (folder / _placing.FILE).write_text(text + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure-only", action="store_true", help="do not write the table")
    options = parser.parse_args()
    rows = read(encoders.load())
    print(report(rows))
    if not options.measure_only:
        save(fit(learned(rows)), FOLDER)


if __name__ == "__main__":
    main()
