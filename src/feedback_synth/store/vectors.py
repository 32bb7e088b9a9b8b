"""Vectors of texts that were encoded before, so that a late letter costs only its own sentences."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from feedback_synth.store.database import Database


class VectorCache(MutableMapping[str, bytes]):
    """Bytes of vectors by key (a hash of model and text, ``encoders.remembering`` makes it).

    New ones stay in memory until ``flush`` writes them in one transaction: losing them costs time, nothing else.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._new: dict[str, bytes] = {}

    def flush(self) -> int:
        """Write what is new; gives how many."""
        with self._database.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", sorted(self._new.items()))
        count = len(self._new)
        self._new.clear()
        return count

    def __getitem__(self, key: str) -> bytes:
        if key in self._new:
            return self._new[key]
        row = self._database.connection.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return bytes(row["vector"])

    def __setitem__(self, key: str, vector: bytes) -> None:
        self._new[key] = vector

    def __delitem__(self, key: str) -> None:
        known = key in self
        self._new.pop(key, None)
        with self._database.writing() as connection:
            connection.execute("DELETE FROM vectors WHERE key = ?", (key,))
        if not known:
            raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        kept = [str(row["key"]) for row in self._database.connection.execute("SELECT key FROM vectors ORDER BY key")]
        return iter(sorted({*kept, *self._new}))

    def __len__(self) -> int:
        return sum(1 for _ in self)
