"""Run the scorer on every dossier of ``benchmarks/gold`` and print a table of figures.

python benchmarks/quality.py [--run COMMAND] [--markdown FILE] [DOSSIER ...]
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def score(command: str, dossiers: list[Path]) -> dict[str, dict[str, float | None]]:
    """Figures per dossier, and their mean under "mean"."""
    done = subprocess.run(
        [sys.executable, str(HERE / "score.py"), "--run", command, *map(str, dossiers)],
        check=True,
        capture_output=True,
        text=True,
    )
    sys.stderr.write(done.stderr)
    return json.loads(done.stdout)


def assemble(gold: Path, folder: Path) -> Path:
    """``gold`` itself, or in ``folder`` its answers beside the drafts and sources of the sample of that name."""
    if (gold / "sources").is_dir():
        return gold
    made = folder / gold.name
    shutil.copytree(HERE.parent / "samples" / gold.name, made)
    shutil.copy(gold / "gold.json", made)
    return made


def table(figures: dict[str, dict[str, float | None]]) -> str:
    """A Markdown table: a row a figure, a column a dossier."""
    columns = list(figures)
    rows = list(dict.fromkeys(key for column in figures.values() for key in column))
    lines = ["| figure | " + " | ".join(columns) + " |", "|---|" + "---:|" * len(columns)]
    for row in rows:
        cells = [figures[column].get(row) for column in columns]
        shown = ["-" if cell is None else f"{cell:.1f}" if row == "seconds" else f"{cell:.3f}" for cell in cells]
        lines.append(f"| {row} | " + " | ".join(shown) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dossiers", nargs="*", type=Path)
    parser.add_argument("--run", default=str(Path(sys.executable).with_name("feedback-synth")))
    options = parser.parse_args()
    dossiers = options.dossiers or sorted(p.parent for p in (HERE / "gold").glob("*/gold.json"))
    with tempfile.TemporaryDirectory() as scratch:
        print(table(score(options.run, [assemble(d, Path(scratch)) for d in dossiers])))


if __name__ == "__main__":
    main()
