"""A smaller vocabulary: which pieces stay, and the tokenizer with only those."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def read(path: Path) -> list[int]:
    """Ids of the pieces that stay, ascending, from a file of ids and ranges ("17 20-25")."""
    kept: list[int] = []
    for word in path.read_text(encoding="ascii").split():
        first, _, last = word.partition("-")
        kept += range(int(first), int(last or first) + 1)
    return kept


def write(path: Path, ids: Sequence[int]) -> None:
    """The inverse of ``read``, in lines of about 120 characters."""
    runs: list[list[int]] = []
    for i in sorted(set(ids)):
        if runs and runs[-1][1] == i - 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    words = [str(a) if a == b else f"{a}-{b}" for a, b in runs]
    lines = [" ".join(words[i : i + 12]) for i in range(0, len(words), 12)]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


def reduce(tokenizer: str, kept: Sequence[int]) -> str:
    """The tokenizer.json with only the pieces ``kept``, renumbered in their order.

    A unigram model picks the best path through its pieces, so a text whose pieces all stay is cut as before; the piece
    of the lowest score must stay too, because the penalty for unknown characters is measured from it.
    """
    spec: dict[str, Any] = json.loads(tokenizer)
    pieces = spec["model"]["vocab"]
    places = {old: new for new, old in enumerate(kept)}
    spec["model"]["vocab"] = [pieces[i] for i in kept]
    spec["model"]["unk_id"] = places[spec["model"]["unk_id"]]
    for token in spec["added_tokens"]:
        token["id"] = places[token["id"]]
    for token in spec["post_processor"]["special_tokens"].values():
        token["ids"] = [places[i] for i in token["ids"]]
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
