"""Read every file of a folder, each in a process of its own, and print what came of it.

    python benchmarks/reading.py FOLDER... [--jobs N] [--limit SECONDS] [--json FILE]

Columns: files, read, refused (with a sentence), crashed (a traceback), too slow; seconds and peak memory.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_ONE = """
import json, sys, time
from feedback_synth import documents
from feedback_synth.errors import FeedbackSynthError
start = time.perf_counter()
try:
    found, failures = documents.read_all(sys.argv[1])
except FeedbackSynthError as error:
    found, failures = (), (str(error),)
seconds = time.perf_counter() - start
try:
    import resource
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
except ImportError:
    memory = 0.0
print(json.dumps({
    "documents": len(found), "failures": failures, "seconds": seconds, "megabytes": memory,
    "blocks": sum(len(d.blocks) for d in found), "kinds": [d.kind for d in found],
    "words": sum(len(b.text.split()) for d in found for b in d.blocks),
    "notices": sorted({n.code for d in found for n in d.notices}),
}))
"""


def measure(path: Path, limit_s: float) -> dict[str, object]:
    """What reading one file gives: counts, seconds, megabytes, the sentences or the traceback."""
    start = time.perf_counter()
    try:
        done = subprocess.run([sys.executable, "-c", _ONE, str(path)], capture_output=True, text=True, timeout=limit_s)
    except subprocess.TimeoutExpired:
        return {"file": str(path), "outcome": "too slow", "seconds": time.perf_counter() - start}
    if done.returncode:
        last = done.stderr.strip().splitlines()[-8:]
        return {"file": str(path), "outcome": "crashed", "traceback": last, "seconds": time.perf_counter() - start}
    row = json.loads(done.stdout.splitlines()[-1])
    return {"file": str(path), "outcome": "read" if row["documents"] else "refused", **row}


def table(rows: list[dict[str, object]]) -> str:
    """One line per kind of file."""
    by_suffix: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        by_suffix[Path(str(row["file"])).suffix.lower() or "(none)"].append(row)
    lines = [
        f"{'kind':8}{'files':>6}{'read':>6}{'refused':>8}{'crashed':>8}{'slow':>6}"
        f"{'median s':>10}{'max s':>8}{'max MB':>8}"
    ]
    for suffix, group in [*sorted(by_suffix.items()), ("all", rows)]:
        outcomes = Counter(str(r["outcome"]) for r in group)
        seconds = sorted(float(str(r["seconds"])) for r in group)
        memory = max((float(str(r.get("megabytes", 0.0))) for r in group), default=0.0)
        lines.append(
            f"{suffix:8}{len(group):6}{outcomes['read']:6}{outcomes['refused']:8}{outcomes['crashed']:8}"
            f"{outcomes['too slow']:6}{seconds[len(seconds) // 2]:10.2f}{seconds[-1]:8.2f}{memory:8.0f}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds after which a file counts as too slow")
    parser.add_argument("--suffix", action="append", help="only files with this ending")
    parser.add_argument("--json", type=Path, help="write one row per file here")
    options = parser.parse_args()
    files = [f for p in options.paths for f in (sorted(p.rglob("*")) if p.is_dir() else [p]) if f.is_file()]
    if options.suffix:
        files = [f for f in files if f.suffix.lower() in options.suffix]
    with ThreadPoolExecutor(options.jobs) as pool:
        rows = list(pool.map(lambda f: measure(f, options.limit), files))
    for row in rows:
        name = Path(str(row["file"])).name
        if row["outcome"] in ("crashed", "too slow"):
            print(f"{str(row['outcome']).upper()} {row['file']}", *(row.get("traceback") or []), sep="\n    ")
        for sentence in row.get("failures") or []:
            print(f"refused {name}: {sentence}")
    print(table(rows))
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
