"""The shape of the database: which version it has, and the steps that bring an older one up to date."""

from __future__ import annotations

import sqlite3
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from feedback_synth.errors import StoreError
from feedback_synth.store import migrations

APPLICATION_ID = 0x46534E54  # "FSNT": tells our files from any other SQLite file


@cache
def steps() -> tuple[str, ...]:
    """Module names of the migrations in order; the n-th (from 1) leads to version n."""
    names = sorted(m.name for m in iter_modules(migrations.__path__) if m.name.startswith("m"))
    for number, name in enumerate(names, start=1):
        assert int(name[1:4]) == number, f"migration {name} is out of sequence"
    return tuple(names)


def version(connection: sqlite3.Connection) -> int:
    """How many steps this database has taken; 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, up_to: int | None = None) -> tuple[int, int]:
    """Take the missing steps in one transaction; gives (version before, version after).

    StoreError if the file is no workspace, or was made by a newer program.
    """
    before, target = version(connection), len(steps()) if up_to is None else up_to
    if before > len(steps()):
        raise StoreError(
            "This workspace was written by a newer feedback-synth (shape {shape}, this one knows {known}). "
            "Install the newer version.",
            shape=before,
            known=len(steps()),
        )
    _refuse_strangers(connection, before)
    if before >= target:
        return before, before
    connection.execute("BEGIN IMMEDIATE")
    try:
        before = version(connection)  # another process may have been faster
        for number in range(before + 1, target + 1):
            _run(connection, import_module(f"{migrations.__name__}.{steps()[number - 1]}").SQL)
        connection.execute(f"PRAGMA user_version = {max(before, target)}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return before, max(before, target)


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """A complete copy of the database as it stands, also while others write."""
    copy = sqlite3.connect(target)
    try:
        connection.backup(copy)
    finally:
        copy.close()


def _refuse_strangers(connection: sqlite3.Connection, before: int) -> None:
    mark = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if mark != APPLICATION_ID and (before or tables):
        raise StoreError("This is an SQLite file of another program, not a feedback-synth workspace.")


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Statement by statement: ``executescript`` would commit the transaction first."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    assert not statement.strip(), "a migration ends in the middle of a statement"
