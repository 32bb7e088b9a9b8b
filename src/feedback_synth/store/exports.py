"""What was handed out for editing: every exported file's cells as they were, to tell later what an editor changed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
        """Remember a file that is handed out; one that shows the same as another is that one."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO exports VALUES (?, ?, ?, ?, ?, ?)",
                (
                    export.id,
                    export.name,
                    export.format,
                    export.made_at,
                    export.last_event,
                    zlib.compress(_shown(export)),
                ),
            )

    def get(self, id_: str) -> Export | None:
        """The export with this id, or None."""
        row = self._database.connection.execute("SELECT * FROM exports WHERE id = ?", (id_,)).fetchone()
        return _export(row) if row else None

    def all(self) -> Sequence[Export]:
        """Every export, oldest first."""
        return [_export(row) for row in self._database.connection.execute("SELECT * FROM exports ORDER BY rowid")]


def identify(export: Export) -> Export:
    """The export with its id: equal for tables that show the same after the same decisions."""
    words = f"{export.format} {export.last_event} ".encode() + _shown(export)
    return replace(export, id=hashlib.sha256(words).hexdigest()[:16])


def _shown(export: Export) -> bytes:
    shown = {"cells": [[*key, text] for key, text in export.cells.items()], "lines": export.lines}
    return json.dumps(shown, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _export(row: sqlite3.Row) -> Export:
    shown = json.loads(zlib.decompress(row["cells"]).decode("utf-8", "surrogatepass"))
    cells = {(r, c): text for r, c, text in shown["cells"]}
    lines = tuple(tuple((r, c) for r, c in line) for line in shown["lines"])
    return Export(row["id"], row["name"], row["format"], row["made_at"], row["last_event"], cells, lines)
