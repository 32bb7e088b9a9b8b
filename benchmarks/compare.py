"""Speed of comparison: growth over 250 to 4,000 articles, and side by side with other tools on one pair of files.

    python benchmarks/compare.py                     parse and compare invented codes, fit the growth
    python benchmarks/compare.py OLD.docx NEW.docx   the same pair through every tool that is installed here

The other tools (docx-scalpel, redlines, python-redlines) are no dependencies of the product: install them into a
scratch environment beside it to see their rows; those that are missing are named as such.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from feedback_synth import documents
from feedback_synth.datamodel.document import Block, Document, Locator
from feedback_synth.drafts import compare, parse

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
def ours(old: Path, new: Path) -> str:
    before, after = (parse(documents.read(p, kind="draft"), "law") for p in (old, new))
    return f"{len(compare(before, after).changes)} changes"


def scalpel(old: Path, new: Path) -> str:
    from docx_scalpel import compare as diff  # type: ignore[import-not-found]

    return f"{len(diff(str(old), str(new)))} bytes or entries"


def redlines(old: Path, new: Path) -> str:
    from redlines import Redlines  # type: ignore[import-not-found]

    texts = ["\n\n".join(b.text for b in documents.read(p).blocks) for p in (old, new)]
    return f"{len(Redlines(*texts).output_markdown)} characters"


def python_redlines(old: Path, new: Path) -> str:
    from python_redlines import XmlPowerToolsEngine  # type: ignore[import-not-found]

    return f"{len(XmlPowerToolsEngine().run_redline('x', old.read_bytes(), new.read_bytes())[0])} bytes"


TOOLS: dict[str, tuple[str, Callable[[Path, Path], str]]] = {
    "feedback-synth": ("feedback_synth", ours),
    "docx-scalpel": ("docx_scalpel", scalpel),
    "redlines": ("redlines", redlines),
    "python-redlines": ("python_redlines", python_redlines),
}


def side_by_side(old: Path, new: Path) -> Iterator[str]:
    for name, (module, run) in TOOLS.items():
        if importlib.util.find_spec(module) is None:
            yield f"{name:<16} not installed"
            continue
        start = time.perf_counter()
        result = run(old, new)
        yield f"{name:<16} {time.perf_counter() - start:8.2f} s   {result}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    options = parser.parse_args()
    if options.files:
        for line in side_by_side(*options.files[:2]):
            sys.stdout.write(line + "\n")
        return
    points = []
    for size, parsing, comparing, changes in growth():
        sys.stdout.write(
            f"{size:>5} articles   parse {parsing:6.2f} s   compare {comparing:6.2f} s   {changes} changes\n"
        )
        points.append((size, parsing + comparing))
    sys.stdout.write(f"time grows with size to the power {exponent(points):.2f}\n")


if __name__ == "__main__":
    main()
