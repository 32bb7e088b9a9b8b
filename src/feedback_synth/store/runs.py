"""What each run found: the JSON files of the contract, kept as they were written."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from feedback_synth.errors import StoreError
from feedback_synth.store.database import Database


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A run in the list of runs; ``files`` pairs (name, SHA-256)."""

    number: int
    round: int
    made_at: str
    files: tuple[tuple[str, str], ...]


class Runs:
    """The runs of one workspace, numbered from 1."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, files: Mapping[str, bytes], *, round_: int, at: str) -> RunEntry:
        """Keep the files of a run. A run equal to the last one of its round is not kept twice."""
        hashes = tuple(sorted((name, hashlib.sha256(content).hexdigest()) for name, content in files.items()))
        with self._database.writing() as connection:
            last = self.last()
            if last and last.round == round_ and last.files == hashes:
                return last
            number = last.number + 1 if last else 1
            connection.execute("INSERT INTO runs VALUES (?, ?, ?)", (number, round_, at))
            connection.executemany(
                "INSERT INTO run_files VALUES (?, ?, ?, ?)",
                [(number, name, sha256, zlib.compress(files[name])) for name, sha256 in hashes],
            )
        return RunEntry(number, round_, at, hashes)

    def all(self) -> tuple[RunEntry, ...]:
        """Every run, oldest first."""
        connection = self._database.connection
        files: dict[int, list[tuple[str, str]]] = {}
        for row in connection.execute("SELECT run, name, sha256 FROM run_files ORDER BY run, name"):
            files.setdefault(row["run"], []).append((row["name"], row["sha256"]))
        rows = connection.execute("SELECT * FROM runs ORDER BY number")
        return tuple(RunEntry(r["number"], r["round"], r["made_at"], tuple(files.get(r["number"], ()))) for r in rows)

    def last(self) -> RunEntry | None:
        """The newest run, or None."""
        runs = self.all()
        return runs[-1] if runs else None

    def get(self, number: int) -> RunEntry:
        """One run. StoreError says which there are."""
        runs = {run.number: run for run in self.all()}
        if number not in runs:
            if not runs:
                raise StoreError('There is no run in this workspace yet. Start with "feedback-synth synthesize".')
            raise StoreError("There is no run {number} in this workspace (1 to {last}).", number=number, last=max(runs))
        return runs[number]

    def content(self, number: int, name: str) -> bytes:
        """One file of a run. StoreError if it has none of that name or it is damaged."""
        row = self._database.connection.execute(
            "SELECT sha256, content FROM run_files WHERE run = ? AND name = ?", (number, name)
        ).fetchone()
        if row is None:
            raise StoreError("Run {number} has no file {name}.", number=number, name=name)
        content = zlib.decompress(row["content"])
        if hashlib.sha256(content).hexdigest() != row["sha256"]:
            raise StoreError("{name} of run {number} is damaged. Run again.", name=name, number=number)
        return content
