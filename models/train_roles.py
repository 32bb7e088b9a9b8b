"""Train the model of roles (models/roles/roles.npz) from labelled passages and opinions, with the shipped encoder.

    python -m models.train_roles [--passages models/roles/roles.jsonl] [--opinions models/data/opinion_bank.jsonl ...]

Passages, and the parts of speeches, have a role each; single opinions (of the banks) are added as opinions with a small
weight. Prints cross-validated figures and writes them beside the arrays. Run it again whenever the encoder changes: a
model that was trained with another encoder is not used.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from feedback_synth import languages
from feedback_synth.analysis import encoders
from feedback_synth.opinions import role_model
from feedback_synth.opinions.kinds import judge
from models.building import jsonl

FOLDER = Path(__file__).parent / "roles"
BANK_WEIGHT = 0.15  # of a single opinion against a passage
VECTOR_WEIGHT = 3.0  # of the vectors against the words
STRENGTH = 4.0  # inverse of the regularisation


def spoken(path: Path) -> list[dict[str, str]]:
    """The parts of speeches as passages; thanks and asides are of the role "other"."""
    roles = {"thanks": "other", "aside": "other", "topic": "procedure"}
    return [
        {"text": part["text"], "language": speech["language"], "role": roles.get(part["role"], part["role"])}
        for speech in jsonl.read(path)
        for part in speech["parts"]
    ]


def matrix(examples: list[role_model.Example]) -> sparse.csr_matrix:
    rows, columns, values = [], [], []
    for row, example in enumerate(examples):
        for column, value in role_model.features(example).items():
            rows.append(row)
            columns.append(column)
            values.append(value)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(examples), role_model.size()), dtype=np.float32)


def fit(x: sparse.csr_matrix, y: np.ndarray, weight: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=400).fit(x, y, sample_weight=weight)


def validate(x: sparse.csr_matrix, y: np.ndarray, weight: np.ndarray, kinds: np.ndarray, langs: np.ndarray) -> dict:
    """Five folds over the passages; the single opinions are always in training."""
    own = weight == 1
    chances = np.zeros((len(y), len(role_model.ROLES)))
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(x, y):
        test = test[own[test]]
        chances[test] = fit(x[train], y[train], weight[train]).predict_proba(x[test])
    guess = np.array(role_model.ROLES)[chances.argmax(axis=1)]
    opinion = chances[:, role_model.ROLES.index("opinion")]
    silent = own & (kinds == "neutral") & np.isin(y, ("opinion", "other"))
    figures = {"accuracy": float((guess[own] == y[own]).mean())}
    figures |= {f"accuracy_{c}": float((guess == y)[own & (langs == c)].mean()) for c in sorted(set(langs))}
    figures["auc_opinion_against_other_without_cue"] = float(roc_auc_score(y[silent] == "opinion", opinion[silent]))
    return {k: round(v, 3) for k, v in figures.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=Path, default=FOLDER / "roles.jsonl")
    parser.add_argument(
        "--opinions", type=Path, nargs="*", default=sorted((FOLDER.parent / "data").glob("opinion*.jsonl"))
    )
    parser.add_argument("--speeches", type=Path, default=FOLDER.parent / "data" / "speeches.jsonl")
    parser.add_argument("--encoder", help="another encoder than the shipped one")
    options = parser.parse_args()
    rows = [*jsonl.read(options.passages), *spoken(options.speeches)]
    bank = [row for path in options.opinions for row in jsonl.read(path)]
    y = np.array([r["role"] for r in rows] + ["opinion"] * len(bank))
    weight = np.array([1.0] * len(rows) + [BANK_WEIGHT] * len(bank))
    texts, codes = [r["text"] for r in rows + bank], [r["language"] for r in rows + bank]
    kinds = [judge(t, c).kind for t, c in zip(texts, codes, strict=True)]
    examples = [role_model.Example(t, c, k) for t, c, k in zip(texts, codes, kinds, strict=True)]
    encode = encoders.load(options.encoder)
    raw = np.asarray(encode(texts), dtype=np.float32)
    known = languages.codes()
    langs = np.array(codes)
    means = np.stack([raw[langs == c].mean(axis=0) for c in known]).astype(np.float32)
    vectors = role_model.centred(raw, codes, means, known)
    x = sparse.hstack([sparse.csr_matrix(vectors * VECTOR_WEIGHT), matrix(examples)]).tocsr()
    figures = validate(x, y, weight, np.array(kinds), langs)
    print(json.dumps(figures, indent=1))
    model = fit(x, y, weight)
    if tuple(model.classes_) != role_model.ROLES:
        raise SystemExit(f"The passages must have all roles: {', '.join(role_model.ROLES)}.")
    dimension = raw.shape[1]
    FOLDER.mkdir(exist_ok=True)
    np.savez_compressed(
        FOLDER / "roles.npz",
        vectors=(model.coef_[:, :dimension].T * VECTOR_WEIGHT).astype(np.float16),
        words=model.coef_[:, dimension:].T.astype(np.float16),
        bias=model.intercept_.astype(np.float32),
        means=means,
        codes=np.array(known),
        probe=np.asarray(encode([role_model.PROBE])[0], dtype=np.float32),
    )
    (FOLDER / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
