"""Train the judge of outcomes (models/outcomes/judge.json) on dossiers whose absorbed opinions are known.

    python -m models.train_outcomes [--measure-only]

Learns from the dossiers of benchmarks/gold that are not in gold.TESTED; prints what it reaches on each dossier when it
has not seen it. Run it again whenever the encoder changes.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from feedback_synth import pipeline
from feedback_synth.analysis import _outcomes, encoders, tracing
from feedback_synth.analysis._weigh import Verdict
from models import measuring
from models.building import gold
from models.building.folds import Folds

FOLDER = Path(__file__).parent / "outcomes"
OUTCOMES = ("full", "partial", "none", "opposite")
STRENGTH = 0.03  # inverse of the regularisation; .015 gives the same accuracy on dossiers not seen


@dataclass(frozen=True)
class Rows:
    """One row per opinion with a known outcome: its dossier, its signs, what the rules said and what is right."""

    dossiers: NDArray[np.str_]
    signs: tuple[_outcomes.Row, ...]
    verdicts: tuple[Verdict, ...]
    right: NDArray[np.str_]

    def where(self, chosen: NDArray[np.bool_]) -> Rows:
        at = np.flatnonzero(chosen)
        return Rows(
            self.dossiers[at], tuple(self.signs[i] for i in at), tuple(self.verdicts[i] for i in at), self.right[at]
        )


def read(folders: Sequence[Path], encode: encoders.Encoder) -> Rows:
    folds = Folds(encode)
    found = []
    for folder in folders:
        with folds.without(folder) as known:
            found += list(_cases(folder, known))
    names, signs, verdicts, right = zip(*found, strict=True)
    return Rows(np.array(names), signs, verdicts, np.array(right))


def _cases(folder: Path, encode: encoders.Encoder) -> Iterator[tuple[str, _outcomes.Row, Verdict, str]]:
    analysis = pipeline.trace(gold.analysed(gold.job(folder), encode), encode)
    links = defaultdict(list)
    for link in analysis.links:
        links[link.opinion_id].append(link)
    seen = tracing.look(analysis.opinions, links, analysis.drafts, analysis.revised, analysis.comparisons, encode)
    right = {i: g["absorbed"] for i, g in gold.matched(analysis, gold.labelled(folder)).items()}
    rows = _outcomes.signs(seen.demands, seen.wheres, seen.gains, seen.evidence, seen.verdicts)
    for demand, signs, verdict in zip(seen.demands, rows, seen.verdicts, strict=True):
        if right.get(demand.id) in OUTCOMES:
            yield folder.name, signs, verdict, right[demand.id]


def taught(rows: Rows) -> NDArray[np.bool_]:
    """Which rows may teach a judge."""
    return np.isin(rows.dossiers, [folder.name for folder in gold.learned()])


def fit(rows: Rows, encoder: str) -> _outcomes.Judge:
    """The judge that ``rows`` teach."""
    signs = sorted({name for row in rows.signs for name in row})
    x = np.array([[row.get(name, 0.0) for name in signs] for row in rows.signs])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit((x - mean) / scale, rows.right)
    return _outcomes.Judge(encoder, tuple(model.classes_), tuple(signs), mean, scale, model.coef_.T, model.intercept_)


def judged(judge: _outcomes.Judge, rows: Rows) -> NDArray[np.str_]:
    """The outcome of each row, as the product would say it."""
    chances = [dict(zip(judge.outcomes, row, strict=True)) for row in judge.chances(rows.signs).tolist()]
    return np.array(
        [
            _outcomes.chosen(c) if _outcomes.is_open(v) else v.outcome
            for c, v in zip(chances, rows.verdicts, strict=True)
        ]
    )


def table(rows: Rows, encoder: str) -> str:
    """Accuracy, and the share of refused requests that are called met, of the rules and of a judge that has not seen
    the dossier; in Markdown."""
    lines = ["| dossier | opinions | rules | judge | called met, rules | judge |", "|---|---|---|---|---|---|"]
    found = np.array([v.outcome for v in rows.verdicts], dtype="U16")
    weighed = found.copy()
    learned = taught(rows)
    names = list(dict.fromkeys(rows.dossiers.tolist()))
    for name in names:
        own = rows.dossiers == name
        weighed[own] = judged(fit(rows.where(learned & ~own), encoder), rows.where(own))
    for name, own in [*((n, rows.dossiers == n) for n in names), ("all", np.ones(len(found), bool))]:
        refused = own & (rows.right == "none")
        figures = [float((f[own] == rows.right[own]).mean()) for f in (found, weighed)]
        figures += [float((f[refused] == "full").mean()) for f in (found, weighed)]
        lines.append(f"| {name} | {own.sum()} | " + " | ".join(f"{v:.3f}" for v in figures) + " |")
    return "\n".join(lines)


def save(judge: _outcomes.Judge, folder: Path) -> None:
    arrays: dict[str, Any] = {n: np.round(getattr(judge, n), 5).tolist() for n in ("mean", "scale", "weights", "bias")}
    told = {"encoder": judge.encoder, "outcomes": judge.outcomes, "signs": judge.signs, **arrays}
    text = json.dumps(told, ensure_ascii=False, indent=None).replace('], "', '],\n"')
    (folder / "judge.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure-only", action="store_true", help="do not write the judge")
    options = parser.parse_args()
    encode = encoders.load()
    rows = read(gold.folders(), encode)
    name = encoders.fingerprint(encode)
    figures = table(rows, name)
    print(figures)
    if not options.measure_only:
        measuring.write_card(FOLDER, figures)
        save(fit(rows.where(taught(rows)), name), FOLDER)


if __name__ == "__main__":
    main()
