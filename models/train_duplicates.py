"""Train the scorer of equal requests (models/duplicates/scorer.json) on dossiers whose duplicates are labelled.

    python -m models.train_duplicates [--measure-only]

Learns from the dossiers of benchmarks/gold that may be learnt from; chooses the least chance on dossiers that it has
not seen, and prints what it reaches on each. Run it again whenever the encoder changes.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks import score
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from feedback_synth.analysis import _same, duplicates, encoders
from feedback_synth.analysis._clusters import Pair
from feedback_synth.datamodel.analysis import Analysis
from models import measuring
from models.building import gold
from models.building.folds import Folds

FOLDER = Path(__file__).parent / "duplicates"
STRENGTH = 0.005  # inverse of the regularisation; with .002 to .01 the same F1, with .05 less precision
PRECISE = 0.9  # precision that the least chance must keep; at .85 six of nine more pairs on blind dossiers are wrong
JOIN = 0.6  # share of the least chance that the mean between two sets must reach; .3 to .85 give the same
LEAST = (0.4, 0.85, 0.05)  # the chances to choose from: first, end, step
_HELD = 0.8  # share of a labelled opinion's words that an opinion found must hold to ask for the same
_OPENING = 60  # characters by which the opinion found holds it indeed


@dataclass(frozen=True)
class Dossier:
    """``same`` are the pairs (positions in ``seen.alike``) that ask the same, ``known`` all that are labelled."""

    name: str
    seen: duplicates.Seen
    known: frozenset[Pair]
    same: frozenset[Pair]
    pairs: tuple[Pair, ...]  # those that the scorer weighs
    signs: tuple[_same.Row, ...]

    @property
    def right(self) -> NDArray[np.bool_]:
        return np.array([pair in self.same for pair in self.pairs])


def read(encode: encoders.Encoder) -> list[Dossier]:
    """All dossiers that are not blind."""
    folds = Folds(encode)
    found = []
    for folder in gold.folders():
        with folds.without(folder) as known:
            analysis = gold.analysed(gold.job(folder), known)
            found.append(_dossier(folder.name, analysis, gold.labelled(folder), known))
    return found


def _dossier(name: str, analysis: Analysis, labelled: list[dict[str, Any]], encode: encoders.Encoder) -> Dossier:
    seen = duplicates.look(analysis.opinions, analysis.links, encode)
    matched = gold.matched(analysis, labelled)
    firsts = seen.alike.opinions
    keys = {i: _keys(o.text, matched[o.id], labelled) for i, o in enumerate(firsts) if o.id in matched}
    known = frozenset(combinations(sorted(keys), 2))
    same = frozenset(pair for pair in known if keys[pair[0]] & keys[pair[1]])
    pairs = [pair for pair in seen.alike.candidates if pair in known and seen.worth_weighing(*pair)]
    signs = tuple(_same.signs(seen.alike, seen.clauses, *pair) for pair in pairs)
    return Dossier(name, seen, known, same, tuple(pairs), signs)


def _keys(text: str, match: Mapping[str, Any], labelled: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The keys of the requests in ``text``: that of its match, and of others that were found as one with it."""
    words, plain = score.tokens(text), _plain(text)
    held = [g for g in labelled if g["same_as"] and _plain(g["text"])[:_OPENING] in plain]
    inside = [g for g in held if (score.tokens(g["text"]) & words).total() >= _HELD * score.tokens(g["text"]).total()]
    return frozenset(g["same_as"] for g in [match, *inside] if g["same_as"])


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def fit(dossiers: Sequence[Dossier], encoder: str) -> _same.Scorer:
    """The scorer that ``dossiers`` teach; its least chance is still to be chosen."""
    rows = [row for d in dossiers for row in d.signs]
    right = np.concatenate([d.right for d in dossiers])
    signs = sorted({name for row in rows for name in row})
    x = np.array([[row[name] for name in signs] for row in rows])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit((x - mean) / scale, right)
    return _same.Scorer(encoder, tuple(signs), mean, scale, model.coef_[0], float(model.intercept_[0]), 0.5, 0.5)


def unseen(dossiers: Sequence[Dossier], encoder: str) -> dict[str, _same.Scorer]:
    """For each dossier the scorer that the others teach."""
    taught = learned(dossiers)
    return {d.name: fit([t for t in taught if t is not d], encoder) for d in dossiers}


def learned(dossiers: Sequence[Dossier]) -> list[Dossier]:
    names = {folder.name for folder in gold.learned()}
    return [d for d in dossiers if d.name in names]


def least_chance(dossiers: Sequence[Dossier], scorers: Mapping[str, _same.Scorer]) -> float:
    """The least chance with the best F1 over ``dossiers``, of those that keep the precision."""
    best = (0.0, LEAST[1])
    for least in np.arange(*LEAST).round(2).tolist():
        hits, found, wanted = (sum(n) for n in zip(*(counts(d, scorers[d.name], least) for d in dossiers), strict=True))
        if found and hits >= PRECISE * found:
            best = max(best, (2 * hits / (found + wanted), least))
    return best[1]


def counts(dossier: Dossier, scorer: _same.Scorer, least: float) -> tuple[int, int, int]:
    """Pairs found rightly, found and wanted."""
    sets = duplicates.judged(dossier.seen, at(scorer, least))
    return _compared(dossier, sets)


def _compared(dossier: Dossier, sets: Sequence[Sequence[int]]) -> tuple[int, int, int]:
    found = {pair for members in sets for pair in combinations(members, 2)} & dossier.known
    return len(found & dossier.same), len(found), len(dossier.same)


def at(scorer: _same.Scorer, least: float) -> _same.Scorer:
    return replace(scorer, least=least, join=round(JOIN * least, 3))


def table(dossiers: Sequence[Dossier], scorers: Mapping[str, _same.Scorer], least: float) -> str:
    """Pairs wanted, and what rules and a scorer that has not seen the dossier find of them; in Markdown."""
    lines = ["| dossier | pairs | rules: right of found | scorer: right of found | F1, rules | scorer |"]
    lines.append("|---|---|---|---|---|---|")
    named = {d.name: [_compared(d, duplicates.by_rules(d.seen)), counts(d, scorers[d.name], least)] for d in dossiers}
    lines += [_line(name, *figures) for name, figures in named.items()]
    unfitted = [d.name for d in learned(dossiers)]
    total = [tuple(map(sum, zip(*(named[n][k] for n in unfitted), strict=True))) for k in (0, 1)]
    return "\n".join([*lines, _line("all that teach", *total)])


def _line(name: str, rules: Sequence[int], scorer: Sequence[int]) -> str:
    shown = [f"{hits} of {found}" for hits, found, _ in (rules, scorer)]
    f1 = [f"{2 * hits / max(1, found + wanted):.3f}" for hits, found, wanted in (rules, scorer)]
    return f"| {name} | {rules[2]} | " + " | ".join([*shown, *f1]) + " |"


def save(scorer: _same.Scorer, folder: Path) -> None:
    arrays: dict[str, Any] = {n: np.round(getattr(scorer, n), 5).tolist() for n in ("mean", "scale", "weights")}
    numbers = {n: round(getattr(scorer, n), 5) for n in ("bias", "least", "join")}
    text = json.dumps({"encoder": scorer.encoder, "signs": scorer.signs, **arrays, **numbers})
    (folder / "scorer.json").write_text(text.replace('], "', '],\n"') + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure-only", action="store_true", help="do not write the scorer")
    options = parser.parse_args()
    encode = encoders.load()
    dossiers = read(encode)
    name = encoders.fingerprint(encode)
    scorers = unseen(dossiers, name)
    least = least_chance(learned(dossiers), scorers)
    figures = table(dossiers, scorers, least)
    print(figures)
    if not options.measure_only:
        measuring.write_card(FOLDER, figures)
        save(at(fit(learned(dossiers), name), least), FOLDER)


if __name__ == "__main__":
    main()
