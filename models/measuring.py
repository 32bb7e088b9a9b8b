"""Figures about a head for its card: macro-F1, accuracy when sure, reliability; and its calibration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback_synth import heads
from feedback_synth.analysis import _learning, encoders, groups
from feedback_synth.datamodel.opinion import Author, Opinion
from feedback_synth.languages.detection import detect
from models.building import dossiers, gold, jsonl

DATA = Path(__file__).parent / "data"
BANKS = (
    "opinion_bank",
    "opinion_bank_2",
    "opinions",
    "opinions_3",
    "opinions_4",
    "opinions_5",
    "opinions_6",
    "speeches",
    "dossiers",
)
FOLDS = 4  # parts of the dossiers of benchmarks/gold, each left out once
AFTER = "opinions_2"  # written after reading the errors on opinion_bank: not in any measured training


@dataclass(frozen=True)
class Recipe:
    """How a head is fitted: the inverse of its regularisation, how far it trusts the vectors beside the words (the
    encoder has seen the texts, so they tell more there than on new ones), and how often a row counts of opinion_bank_2,
    whose labels two experts agree on, of the dossiers of benchmarks/gold, and of opinions_6, from untidy papers."""

    strength: float
    trust: float
    checked: float
    whole: float
    untidy: float


@dataclass(frozen=True)
class Rows:
    """Labelled opinions with what a head sees of them."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    languages: NDArray[np.str_]
    files: NDArray[np.str_]
    signs: tuple[heads.Signs, ...]
    vectors: NDArray[np.float32]

    def where(self, chosen: NDArray[np.bool_]) -> Rows:
        places = np.flatnonzero(chosen)
        return Rows(
            tuple(self.texts[i] for i in places),
            tuple(self.labels[i] for i in places),
            self.languages[places],
            self.files[places],
            tuple(self.signs[i] for i in places),
            self.vectors[places],
        )


def load(name: str) -> list[dict[str, Any]]:
    """The labelled opinions of one file of models/data; those of a speech are put together from its parts, those of
    the folder of dossiers come from all of them."""
    if name == "dossiers":
        return dossiers.rows(DATA / name)
    rows = jsonl.read(DATA / f"{name}.jsonl")
    return [opinion for row in rows for opinion in _spoken(row)] if name == "speeches" else rows


def _spoken(speech: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The opinions of a speech: parts with the same number are one."""
    numbers = dict.fromkeys(part["opinion"] for part in speech["parts"] if part.get("opinion"))
    for number in numbers:
        parts = [part for part in speech["parts"] if part.get("opinion") == number]
        text = " ".join(part["text"].strip() for part in parts).strip(" ;,")
        labels = {field: parts[0][field] for field in ("group", "request")}
        yield {"text": text, "language": speech["language"], **labels}


def labelled(left_out: str, whole: Iterable[str]) -> list[dict[str, Any]]:
    """The labelled opinions that an encoder is fine-tuned on: those of the banks and of the dossiers named ``whole``,
    without those of one file, or in one language."""
    rows = [row for name in BANKS if name != left_out for row in load(name)]
    rows += [_in_language(row) for name in whole for row in gold.labelled(gold.GOLD / name)]
    return [row for row in rows if row["language"] != left_out]


def read(field: str, encode: encoders.Encoder) -> Rows:
    """All labelled opinions of models/data and of the dossiers of benchmarks/gold that may be learnt from, labelled by
    ``field`` ("group" or "request")."""
    found = [(name, row) for name in (*BANKS, AFTER) for row in load(name)]
    found += [(folder.name, _in_language(row)) for folder in gold.learned() for row in gold.labelled(folder)]
    texts = [row["text"] for _, row in found]
    languages = [row["language"] for _, row in found]
    opinions = [Opinion("", "", (), t, Author(), code, "other") for t, code in zip(texts, languages, strict=True)]
    return Rows(
        tuple(texts),
        tuple(row[field] for _, row in found),
        np.array(languages),
        np.array([name for name, _ in found]),
        tuple(groups.signs_of(o) for o in opinions),
        encoders.centred(encode(texts), languages, encode),
    )


def _in_language(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "language": detect(row["text"], "vi")}


def train(
    rows: Rows,
    order: Sequence[str],
    encoder: str,
    recipe: Recipe,
    settings: dict[str, float] | None = None,
    temperature: float | None = None,
) -> heads.Head:
    return _learning.learn(
        rows.texts,
        rows.labels,
        order,
        rows.vectors,
        rows.signs,
        encoder=encoder,
        strength=recipe.strength,
        trust=recipe.trust,
        weights=_weights(rows.files, recipe),
        settings=settings,
        temperature=temperature,
    )


def _weights(files: NDArray[np.str_], recipe: Recipe) -> NDArray[np.float32]:
    whole = np.isin(files, [folder.name for folder in gold.learned()])
    cases = [files == "opinion_bank_2", whole, files == "opinions_6"]
    return np.select(cases, [recipe.checked, recipe.whole, recipe.untidy], 1.0).astype(np.float32)


def calibrate(rows: Rows, order: Sequence[str], encoder: str, recipe: Recipe) -> tuple[heads.Head, float]:
    """A head that has not seen opinion_bank, and the temperature under which it fits there.

    The encoder was fine-tuned on the other files, so that rows held out of those would look too easy.
    """
    bank = rows.files == "opinion_bank"
    head = train(rows.where(~bank & (rows.files != AFTER)), order, encoder, recipe, None, 1.0)
    test = rows.where(bank)
    found = head.predict(test.texts, test.vectors, test.signs)
    scores = np.log(np.array([p.probabilities for p in found], np.float32) + 1e-12)
    places = np.array([head.labels.index(label) for label in test.labels])
    temperature = _learning.fitting_temperature(scores, places)
    return replace(head, temperature=temperature), temperature


def figures(head: heads.Head, rows: Rows, sure: float) -> dict[str, float]:
    """Macro-F1, accuracy, share and accuracy of what is surer than ``sure``, expected calibration error."""
    found = head.predict(rows.texts, rows.vectors, rows.signs)
    confidence = np.array([max(p.probabilities) for p in found])
    right = np.array([p.best == label for p, label in zip(found, rows.labels, strict=True)])
    chosen = confidence >= sure
    return {
        "macro_f1": macro_f1([p.best for p in found], rows.labels),
        "accuracy": float(right.mean()),
        "share_sure": float(chosen.mean()),
        "accuracy_sure": float(right[chosen].mean()) if chosen.any() else 0.0,
        "calibration_error": sum(n * abs(c - a) for _, n, c, a in reliability(confidence, right)) / len(right),
    }


def macro_f1(found: Sequence[str], expected: Sequence[str]) -> float:
    """Mean over the expected labels of the harmonic mean of precision and recall."""
    scores = []
    for label in sorted(set(expected)):
        hits = sum(f == e == label for f, e in zip(found, expected, strict=True))
        scores.append(2 * hits / (found.count(label) + list(expected).count(label)))
    return float(np.mean(scores))


def reliability(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10
) -> list[tuple[str, int, float, float]]:
    """The points of the reliability curve: (bin, rows, mean confidence, accuracy), empty bins left out."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return [
        (f"{b / bins:.1f}-{(b + 1) / bins:.1f}", int(m.sum()), float(confidence[m].mean()), float(right[m].mean()))
        for b in range(bins)
        if (m := place == b).any()
    ]


def report(
    rows: Rows,
    halves: Sequence[Rows],
    order: Sequence[str],
    encoder: str,
    recipe: Recipe,
    head: heads.Head,
    sure: float,
) -> str:
    """A table in Markdown: unseen bank per language, unseen language, unseen author, unseen dossiers, reliability.

    ``halves`` are the rows as the two encoders of building/halves.py see them.
    """
    measured = rows.where(rows.files != AFTER)
    lines = [
        "| trained on | tested on | rows | macro-F1 | accuracy | share sure | accuracy when sure | calibration error |"
    ]
    lines.append("|---|---|---|---|---|---|---|---|")
    bank = measured.files == "opinion_bank"
    test = measured.where(bank)
    lines += [
        _line("all but opinion_bank", f"opinion_bank, {code}", head, test.where(test.languages == code), sure)
        for code in ("vi", "en", "fr")
    ]
    lines.append(_line("all but opinion_bank", "opinion_bank", head, test, sure))
    found = head.predict(test.texts, test.vectors, test.signs)
    left_out = [(f"all but {code}", code, measured.languages == code) for code in ("vi", "en", "fr")]
    left_out += [(f"all but {name}", name, measured.files == name) for name in BANKS[1:]]
    parts = [(measured, *told) for told in left_out]
    for n, names in enumerate(gold.folds(FOLDS)):
        known = halves[n % 2].where(halves[n % 2].files != AFTER)
        parts.append((known, "all but a quarter of the dossiers", "those", np.isin(known.files, list(names))))
    for known, trained, tested, of in parts:
        other = train(known.where(~of), order, encoder, recipe, None, head.temperature)
        lines.append(_line(trained, tested, other, known.where(of), sure))
    lines += [
        "",
        "Reliability on opinion_bank:",
        "",
        "| confidence | rows | mean confidence | accuracy |",
        "|---|---|---|---|",
    ]
    confidence = np.array([max(p.probabilities) for p in found])
    right = np.array([p.best == label for p, label in zip(found, test.labels, strict=True)])
    lines += [f"| {b} | {n} | {c:.2f} | {a:.2f} |" for b, n, c, a in reliability(confidence, right)]
    return "\n".join(lines)


def _line(trained: str, tested: str, head: heads.Head, rows: Rows, sure: float) -> str:
    values = figures(head, rows, sure)
    return f"| {trained} | {tested} | {len(rows.texts)} | " + " | ".join(f"{v:.3f}" for v in values.values()) + " |"


def write_card(folder: Path, table: str) -> None:
    """Put ``table`` between the marks of the card (README.md) in ``folder``."""
    card = folder / "README.md"
    before, mark, rest = card.read_text(encoding="utf-8").partition("<!-- figures -->\n")
    after = rest.partition("<!-- end of figures -->")[2]
    card.write_text(f"{before}{mark}{table}\n<!-- end of figures -->{after}", encoding="utf-8")


def without_examples(head: heads.Head) -> heads.Head:
    return replace(head, examples=(), example_labels=(), example_vectors=None)
