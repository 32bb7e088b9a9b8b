"""Small dossiers written by hand: a draft, its next version, and what people said of it with what became of it.

One dossier is a folder of models/data/dossiers: ``v1.txt`` and ``v2.txt`` (a provision a line) and ``opinions.jsonl``
(text, language, group, request, ``provisions`` and ``where`` as the first words of lines of v1 and v2, ``same_as``,
``absorbed``; see models/data/README.md).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from feedback_synth import pipeline
from feedback_synth.analysis import _corpus, _search
from feedback_synth.languages.text import match_key
from models.building import jsonl

_BEGIN = 60  # characters of a line that find its provision
_NUMBER = re.compile(
    r"^\s*(?:(?:điều|article|part|section)\s+\w+\s*[.:]?|\(?\w{1,4}[.)°]+(?:\d+[.)]?)*|[-+•])\s*", re.I
)


def rows(folder: Path) -> list[dict[str, Any]]:
    """The labelled opinions of all dossiers in ``folder``."""
    return [row for file in sorted(folder.glob("*/opinions.jsonl")) for row in jsonl.read(file)]


def sets(folder: Path) -> Iterator[dict[str, Any]]:
    """The opinions of all dossiers as sets about one provision, in the form of models/data/request_sets.jsonl: those
    that ask the same first, then the others; opinions of another request are sets of their own."""
    for file in sorted(folder.glob("*/opinions.jsonl")):
        yield from _sets(file.parent)


def _sets(folder: Path) -> Iterator[dict[str, Any]]:
    entries = _corpus.build([pipeline.read_draft(folder / "v1.txt", "project")]).entries
    keys = [match_key(f"{e.provision.heading} {e.provision.text}") for e in entries]
    written = (folder / "v1.txt").read_text(encoding="utf-8").splitlines()
    about: dict[int, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in jsonl.read(folder / "opinions.jsonl"):
        i = _entry(row["provisions"][0], written, keys) if row["provisions"] else None
        if i is not None:
            about[i][row["same_as"] or row["id"]].append({"text": row["text"], "language": row["language"]})
    for i, asked in sorted(about.items()):
        first, *others = sorted(asked.values(), key=lambda told: -len(told))
        provision = {"language": entries[i].draft.language, "heading": "", "text": _search.in_context(entries[i])}
        yield {"provision": provision, "same": first, "other": [group[0] for group in others]}


def _entry(begin: str, written: Sequence[str], keys: Sequence[str]) -> int | None:
    """The entry that holds the line with these first words; the shortest, where several do; None for the title."""
    line = next((x.strip() for x in written if x.strip().startswith(begin)), "")
    words = match_key(_NUMBER.sub("", line))[:_BEGIN].strip()
    found = [i for i, key in enumerate(keys) if words and words in key]
    return min(found, key=lambda i: len(keys[i])) if found else None
