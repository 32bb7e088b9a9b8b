"""Train the head for content groups (models/groups/) and write its figures into its card.

    python -m models.train_groups [--measure-only]

Data: models/data/*.jsonl (see models/data/README.md) and the dossiers of benchmarks/gold that are not in gold.TESTED.
Some minutes; the same data give the same head. The head keeps the vectors of its examples, which ``feedback-synth
learn`` needs: train anew whenever the encoder changes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from feedback_synth import heads
from feedback_synth.analysis import _cues, encoders
from models import measuring
from models.building import halves

FOLDER = Path(__file__).parent / "groups"
SURE, SECOND = 0.74, 0.15
RECIPE = measuring.Recipe(strength=2.25, trust=0.67, checked=3, whole=2, untidy=0.15)


def write(rows: measuring.Rows, encoder: str, temperature: float, folder: Path) -> None:
    """Save in ``folder`` the head that these rows teach."""
    order = [group.key for group in _cues.groups()]
    heads.save(measuring.train(rows, order, encoder, RECIPE, {"sure": SURE, "second": SECOND}, temperature), folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure-only", action="store_true", help="do not write the head")
    parser.add_argument("--train-only", action="store_true", help="do not measure")
    options = parser.parse_args()
    encode = encoders.load()
    rows = measuring.read("group", encode)
    order = [group.key for group in _cues.groups()]
    name = encoders.fingerprint(encode)
    unseen, temperature = measuring.calibrate(rows, order, name, RECIPE)
    if not options.measure_only:
        write(rows, name, temperature, FOLDER)
    if options.train_only:
        return
    unknowing = [measuring.read("group", halves.encoder(half)) for half in (0, 1)]
    table = measuring.report(rows, unknowing, order, name, RECIPE, unseen, SURE)
    print(table)
    if not options.measure_only:
        measuring.write_card(FOLDER, table)


if __name__ == "__main__":
    main()
