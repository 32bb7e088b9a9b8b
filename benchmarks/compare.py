"""Speed of comparison: growth over 250 to 4,000 articles, and side by side with other tools on one pair of files.

    python benchmarks/compare.py                            parse and compare invented codes, fit the growth
    python benchmarks/compare.py --pair DIR                 write an invented code of some 83 pages in two versions
    python benchmarks/compare.py OLD NEW --others PYTHON    the same pair through the other tools

The other tools (docx-scalpel, redlines, python-redlines) are no dependencies of the product: PYTHON is the interpreter
of a scratch environment that has them. Each is timed inside its own process, without the time it takes to start;
redlines gets the plain text, the others make a document with tracked changes. Ours reads, parses and compares, then
makes the comparison table. Every tool, ours too, does the work twice in each of three rounds, one tool after the
other; the best time of each counts, and its ratio to ours is printed.
"""

from __future__ import annotations

import argparse
import math
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from feedback_synth import documents
from feedback_synth.datamodel.document import Block, Document, Locator
from feedback_synth.datamodel.report import ReportOptions
from feedback_synth.drafts import compare, parse
from feedback_synth.reports import comparison_table
from feedback_synth.reports.renderers import docx

SIZES = (250, 500, 1000, 2000, 3000, 4000)
_SYLLABLES = (
    "ban ca dao hoc lam minh nang phong quy sinh tap trung viec xa yeu giao vien ngan sach tinh huyen luat dat".split()
)


def code(articles: int, seed: int) -> list[list[str]]:
    """An invented code: articles of a heading, clauses and points, with words as unequal as those of a language."""
    rng = random.Random(seed)
    words = [f"{a}{b}" for a in _SYLLABLES for b in _SYLLABLES]
    weights = [1 / (rank + 3) for rank in range(len(words))]

    def sentence() -> str:
        return " ".join(rng.choices(words, weights, k=rng.randint(8, 30)))

    return [[sentence()[:60], *(sentence() for _ in range(rng.randint(1, 5)))] for _ in range(articles)]


def revised(articles: list[list[str]], seed: int) -> list[list[str]]:
    """The next version: one article in ten reworded, some removed, inserted or moved."""
    rng = random.Random(seed)
    out: list[list[str]] = []
    for article in articles:
        fate = rng.random()
        if fate < 0.02:
            continue
        changed = list(article)
        if fate < 0.12:
            place = rng.randrange(1, len(changed))
            changed[place] += " theo quy dinh moi cua phap luat"
        out.append(changed)
        if fate > 0.98:
            out.append([f"moi {rng.random()}", "noi dung hoan toan moi " + " ".join(rng.choices(_SYLLABLES, k=12))])
    for _ in range(len(out) // 100):
        out.insert(rng.randrange(len(out)), out.pop(rng.randrange(len(out))))
    return out


def document(articles: list[list[str]], name: str) -> Document:
    """The code as a document, as a reader would give it."""
    texts: list[str] = []
    for number, (heading, *clauses) in enumerate(articles, start=1):
        if number % 40 == 1:
            texts += [f"Chương {_roman(number // 40 + 1)}", f"QUY ĐỊNH {number}"]
        texts.append(f"Điều {number}. {heading}")
        texts += [f"{n}. {clause}." for n, clause in enumerate(clauses, start=1)]
    blocks = tuple(Block(f"{name}/b{i}", text, Locator(paragraph=i)) for i, text in enumerate(texts, start=1))
    return Document(name, name, name, "draft", "vi", blocks)


def _roman(number: int) -> str:
    out = ""
    for value, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            out, number = out + sign, number - value
    return out


def growth() -> Iterator[tuple[int, float, float, int]]:
    """(articles, seconds to parse both versions, seconds to compare them, changes found) for each size."""
    for size in SIZES:
        old = code(size, 1)
        pair = document(old, "old"), document(revised(old, 2), "new")
        start = time.perf_counter()
        before, after = (parse(d, "law") for d in pair)
        parsed = time.perf_counter()
        found = compare(before, after)
        yield size, parsed - start, time.perf_counter() - parsed, len(found.changes)


def exponent(points: list[tuple[int, float]]) -> float:
    """The slope of a straight line through log size and log seconds: 1 is linear, 2 quadratic."""
    xs, ys = [math.log(n) for n, _ in points], [math.log(max(t, 1e-9)) for _, t in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sum((x - mean_x) ** 2 for x in xs)


# ---- side by side --------------------------------------------------------------------------------------
PAIR_ARTICLES = 560  # some 83 pages
OTHERS = {
    "docx-scalpel": (
        "import docx_scalpel as d; d.ping()|d.docx_diff_compare(Path(old).read_bytes(), Path(new).read_bytes())"
    ),
    "redlines": "from redlines import Redlines; import docx|Redlines(text(old), text(new)).output_markdown",
    "python-redlines": "from python_redlines import DocxodusEngine|DocxodusEngine().run_redline('x', old, new)",
}
_TIMED = """
import sys, time
from pathlib import Path
old, new = sys.argv[1:3]
def text(name):
    return "\\n\\n".join(p.text for p in docx.Document(name).paragraphs)
{setup}
best = float("inf")
for _ in range({times}):
    start = time.perf_counter()
    {work}
    best = min(best, time.perf_counter() - start)
print(best)
"""
ROUNDS = 3
TIMES = 2  # in each round, so that nobody is timed cold


def write_pair(folder: Path) -> None:
    """Two versions of an invented code as Word files."""
    from docx import Document as WordDocument

    folder.mkdir(parents=True, exist_ok=True)
    old = code(PAIR_ARTICLES, 1)
    for name, articles in (("old", old), ("new", revised(old, 2))):
        file = WordDocument()
        for block in document(articles, name).blocks:
            file.add_paragraph(block.text)
        file.save(str(folder / f"{name}.docx"))


def ours(old: Path, new: Path) -> tuple[float, float]:
    """Seconds to read, parse and compare, and seconds with the comparison table as a Word file."""
    start = time.perf_counter()
    before, after = (parse(documents.read(p, kind="draft"), "law") for p in (old, new))
    found = compare(before, after)
    compared = time.perf_counter() - start
    docx.render(comparison_table.build(found, None, ReportOptions(language=after.language)))
    return compared, time.perf_counter() - start


def theirs(name: str, python: Path, old: Path, new: Path) -> float | str:
    """Seconds the tool needs, or why it did not run."""
    setup, work = OTHERS[name].split("|")
    program = _TIMED.format(setup=setup, work=work, times=TIMES)
    done = subprocess.run([python, "-c", program, old, new], capture_output=True, text=True, check=False)
    return float(done.stdout) if done.returncode == 0 else (done.stderr.strip().splitlines() or ["failed"])[-1]


def side_by_side(old: Path, new: Path, python: Path | None) -> Iterator[str]:
    """A line for each tool: its best time over the rounds, and how it compares with ours."""
    own: list[tuple[float, float]] = []
    other: dict[str, list[float]] = {name: [] for name in OTHERS}
    failed = dict.fromkeys(OTHERS, "" if python else "no interpreter given (--others)")
    for _ in range(ROUNDS):
        own += [ours(old, new) for _ in range(TIMES)]
        for name in (n for n in OTHERS if python and not failed[n]):
            found = theirs(name, python, old, new)
            if isinstance(found, str):
                failed[name] = found
            else:
                other[name].append(found)
    with_table = min(t for _, t in own)
    compared = min(t for t, _ in own)
    yield f"feedback-synth   {compared:.2f} s   with the comparison table {with_table:.2f} s"
    for name, times in other.items():
        yield f"{name:<16} " + (
            failed[name] or f"{min(times):.2f} s   ours with the table: {with_table / min(times):.2f} of it"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--others", type=Path, metavar="PYTHON")
    parser.add_argument("--pair", type=Path, metavar="DIR")
    options = parser.parse_args()
    if options.pair:
        write_pair(options.pair)
    elif options.files:
        for line in side_by_side(*options.files[:2], options.others):
            sys.stdout.write(line + "\n")
    else:
        report_growth()


def report_growth() -> None:
    points = []
    for size, parsing, comparing, changes in growth():
        times = f"parse {parsing:6.2f} s   compare {comparing:6.2f} s"
        sys.stdout.write(f"{size:>5} articles   {times}   {changes} changes\n")
        points.append((size, parsing + comparing))
    sys.stdout.write(f"time grows with size to the power {exponent(points):.2f}\n")


if __name__ == "__main__":
    main()
