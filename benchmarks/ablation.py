"""What each part of the product adds: the scorer's figures with one part taken out at a time.

    python benchmarks/ablation.py [DOSSIER ...]

Parts: ``structure`` (every source read as plain paragraphs), ``lexicon`` (no cue words in extraction), ``models`` (no
trained heads), ``vectors`` (no meaning in links, duplicates and themes), ``all`` is the product as it is.
"""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from quality import HERE, assemble, score

PARTS = ("all", "structure", "lexicon", "models", "vectors")
FIGURES = (
    "opinion_f1",
    "opinion_recall",
    "false_opinion_error",
    "agreement_f1",
    "author_name",
    "group_macro_f1",
    "request_accuracy",
    "link_explicit_top1",
    "link_implicit_top1",
    "link_implicit_top3",
    "duplicate_f1",
    "absorption_accuracy",
)


def without(part: str) -> None:
    """Take one part out of the running program."""
    {"all": lambda: None, "structure": _plain, "lexicon": _wordless, "models": _untrained, "vectors": _meaningless}[
        part
    ]()


def _plain() -> None:
    from feedback_synth import pipeline

    read = pipeline.read_sources

    def flat(*given: Any) -> Any:
        documents, failures = read(*given)
        return tuple(replace(d, kind="notes", blocks=tuple(_bare(b) for b in d.blocks)) for d in documents), failures

    pipeline.read_sources = flat


def _bare(block: Any) -> Any:
    return replace(block, kind="paragraph", cell=None, annotation=None, bold=False, number="")


def _wordless() -> None:
    from feedback_synth.opinions import lexicon

    find = lexicon.words
    lexicon.words = lambda code, name: [] if name.split(".")[0] in ("request", "agreement") else find(code, name)


def _untrained() -> None:
    from feedback_synth.analysis import groups, requests
    from feedback_synth.opinions import role_model

    role_model._load = lambda: None
    groups.fits = requests.fits = lambda head, encode: False


def _meaningless() -> None:
    from feedback_synth.analysis import duplicates, links, themes

    named, find, sort = links.named, duplicates.find, themes.find
    links.named = lambda *given, **more: named(*given, **(more | {"encode": None}))
    duplicates.find = lambda opinions, found, encode: find(opinions, found, None)
    themes.find = lambda *given: sort(*given[:4], None, *given[5:])


def main() -> None:
    if len(sys.argv) > 2 and sys.argv[1] == "--without":
        from feedback_synth.cli import main as run

        without(sys.argv[2])
        run(sys.argv[3:])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dossiers", nargs="*", type=Path)
    options = parser.parse_args()
    dossiers = options.dossiers or sorted(p.parent for p in (HERE / "gold").glob("*/gold.json"))
    with tempfile.TemporaryDirectory() as scratch:
        whole = [assemble(d, Path(scratch)) for d in dossiers]
        means = {
            part: score(shlex.join([sys.executable, __file__, "--without", part]), whole)["mean"] for part in PARTS
        }
    print("| figure | " + " | ".join(p if p == "all" else f"without {p}" for p in PARTS) + " |")
    print("|---|" + "---:|" * len(PARTS))
    for figure in FIGURES:
        print(f"| {figure} | " + " | ".join(f"{means[part][figure]:.3f}" for part in PARTS) + " |")


if __name__ == "__main__":
    main()
