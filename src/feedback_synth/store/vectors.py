"""Vectors of texts that were encoded before, by model and content hash."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from feedback_synth.store.database import Database

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Encode = Callable[[Sequence[str]], Vectors]

_AT_ONCE = 500  # below SQLite's smallest limit of parameters


class VectorCache:
    """float32 rows by (model, SHA-256 of the text)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def wrap(self, encode: Encode, model: str) -> Encode:
        """An encoder that asks ``encode`` only for texts which ``model`` has not encoded in this workspace."""

        def cached(texts: Sequence[str]) -> Vectors:
            return self._encode(texts, encode, model)

        return cached

    def find(self, model: str, hashes: Sequence[str]) -> dict[str, Vectors]:
        """The vectors known of these hashes, each of shape (dimensions,)."""
        import numpy as np

        found: dict[str, Vectors] = {}
        for some in _slices(sorted(set(hashes))):
            marks = ",".join("?" * len(some))
            sql = f"SELECT text_sha256, vector FROM vectors WHERE model = ? AND text_sha256 IN ({marks})"  # noqa: S608
            for row in self._database.connection.execute(sql, (model, *some)):
                found[row["text_sha256"]] = np.frombuffer(row["vector"], dtype="<f4")
        return found

    def _encode(self, texts: Sequence[str], encode: Encode, model: str) -> Vectors:
        import numpy as np

        hashes = [text_hash(text) for text in texts]
        known = self.find(model, hashes)
        missing = {h: text for h, text in zip(hashes, texts, strict=True) if h not in known}
        if missing or not texts:
            made = encode(list(missing.values()))
            if not texts:
                return made
            known.update(zip(missing, made, strict=True))
            with self._database.writing() as connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                    [
                        (model, h, np.ascontiguousarray(v, dtype="<f4").tobytes())
                        for h, v in zip(missing, made, strict=True)
                    ],
                )
        return np.stack([known[h] for h in hashes]).astype(np.float32)


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _slices(items: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
