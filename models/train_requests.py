"""Train the head for requests (models/requests/) and write its figures into its card.

    python -m models.train_requests [--measure-only]

Data: models/data/*.jsonl (see models/data/README.md) and the dossiers of benchmarks/gold that are not in gold.TESTED.
Some minutes; the same data give the same head.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import get_args

from feedback_synth import heads
from feedback_synth.analysis import encoders
from feedback_synth.datamodel.opinion import Request
from models import measuring
from models.building import halves

FOLDER = Path(__file__).parent / "requests"
SURE = 0.6
RECIPE = measuring.Recipe(strength=0.5, trust=0.4, checked=2, whole=2, untidy=1)


def write(rows: measuring.Rows, encoder: str, temperature: float, folder: Path) -> None:
    """Save in ``folder`` the head that these rows teach."""
    head = measuring.train(rows, get_args(Request), encoder, RECIPE, temperature=temperature)
    heads.save(measuring.without_examples(head), folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure-only", action="store_true", help="do not write the head")
    parser.add_argument("--train-only", action="store_true", help="do not measure")
    options = parser.parse_args()
    encode = encoders.load()
    rows = measuring.read("request", encode)
    order = get_args(Request)
    name = encoders.fingerprint(encode)
    unseen, temperature = measuring.calibrate(rows, order, name, RECIPE)
    if not options.measure_only:
        write(rows, name, temperature, FOLDER)
    if options.train_only:
        return
    unknowing = [measuring.read("request", halves.encoder(half)) for half in (0, 1)]
    table = measuring.report(rows, unknowing, order, name, RECIPE, unseen, SURE)
    print(table)
    if not options.measure_only:
        measuring.write_card(FOLDER, table)


if __name__ == "__main__":
    main()
