"""What was handed out for editing: every exported file's cells as they were, to tell later what an editor changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback_synth.store.database import Database

CellKey = tuple[str, str]  # (row key, column key)


@dataclass(frozen=True)
class Export:
    """One exported file: ``cells`` as its reader read them; ``last_event`` is the newest decision it could show."""

    id: str
    name: str
    format: str
    made_at: str
    last_event: int
    cells: Mapping[CellKey, str]
    lines: tuple[tuple[CellKey, ...], ...] = ()  # the addresses of each row of a document


class Exports:
    """The exports of one workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, export: Export) -> None:
        """Remember a file that is handed out."""
        shown = {"cells": [[*key, text] for key, text in export.cells.items()], "lines": export.lines}
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO exports VALUES (?, ?, ?, ?, ?, ?)",
                (
                    export.id,
                    export.name,
                    export.format,
                    export.made_at,
                    export.last_event,
                    json.dumps(shown, ensure_ascii=False),
                ),
            )

    def get(self, id_: str) -> Export | None:
        """The export with this id, or None."""
        row = self._database.connection.execute("SELECT * FROM exports WHERE id = ?", (id_,)).fetchone()
        return _export(row) if row else None

    def all(self) -> Sequence[Export]:
        """Every export, oldest first."""
        return [_export(row) for row in self._database.connection.execute("SELECT * FROM exports ORDER BY rowid")]


def _export(row: sqlite3.Row) -> Export:
    shown = json.loads(row["cells"])
    cells = {(r, c): text for r, c, text in shown["cells"]}
    lines = tuple(tuple((r, c) for r, c in line) for line in shown["lines"])
    return Export(row["id"], row["name"], row["format"], row["made_at"], row["last_event"], cells, lines)
