"""One SQLite file: opened, checked and brought up to date; written in whole transactions by one process at a time."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from feedback_synth.errors import StoreError
from feedback_synth.store import schema
from feedback_synth.store.drives import is_remote
from feedback_synth.store.person import login_name

WAIT_S = 10.0  # how long a write waits for another process


class Database:
    """A connection to the workspace's file. ``writing`` nests; only the outermost block commits."""

    def __init__(self, path: Path, *, wait_s: float = WAIT_S) -> None:
        self.path = path
        self._depth = 0
        self.connection = _connect(path, wait_s)
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            self.connection.close()
            raise _explain(error, path) from error
        except StoreError:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        # Two machines cannot share a write-ahead log; on a network drive the rollback journal is as safe, and slower.
        journal = "DELETE" if is_remote(self.path.parent) else "WAL"
        self.connection.execute(f"PRAGMA journal_mode = {journal}")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("PRAGMA foreign_keys = ON")
        self.check()
        before = schema.version(self.connection)
        if 0 < before < len(schema.steps()):
            schema.back_up(self.connection, self.path.with_name(f"{self.path.stem}-shape-{before}.sqlite"))
        schema.migrate(self.connection)

    def check(self) -> None:
        """StoreError if the file is damaged."""
        found = [str(row[0]) for row in self.connection.execute("PRAGMA quick_check(3)")]
        if found != ["ok"]:
            raise StoreError(
                "{path} is damaged ({why}). Put back your newest copy of the workspace folder.",
                path=self.path,
                why="; ".join(found),
            )

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: everything in the block is kept, or nothing of it. StoreError if another process writes."""
        if self._depth:
            yield self.connection
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise _explain(error, self.path) from error
        self._depth += 1
        try:
            self._sign()
            yield self.connection
            self.connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self._undo()
            raise _explain(error, self.path) from error
        except BaseException:
            self._undo()
            raise
        finally:
            self._depth -= 1

    def _undo(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def _sign(self) -> None:
        """Leave a line for the message that another process would show; the lock itself is SQLite's."""
        with suppress(OSError):
            _signature(self.path).write_text(
                f"{login_name() or '?'}, {socket.gethostname()}, {os.getpid()}", encoding="utf-8"
            )

    def close(self) -> None:
        """Fold the log into the file, so that the file alone is a complete copy. Closing twice is no error."""
        with suppress(sqlite3.OperationalError, sqlite3.ProgrammingError, OSError):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            _signature(self.path).unlink(missing_ok=True)
        self.connection.close()


def _connect(path: Path, wait_s: float) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, timeout=wait_s, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise StoreError(
            "{path} cannot be opened ({why}). Check that the folder exists and is writable.", path=path, why=error
        ) from error
    connection.row_factory = sqlite3.Row
    return connection


def _explain(error: sqlite3.Error, path: Path) -> StoreError:
    words = str(error)
    if "locked" in words or "busy" in words:
        return StoreError(
            "The workspace {path} is being written by another feedback-synth ({writer}). "
            "Wait until it is done, or close it, and try again.",
            path=path.parent,
            writer=_writer(path),
        )
    if "not a database" in words or "malformed" in words:
        return StoreError(
            "{path} is damaged ({why}). Put back your newest copy of the workspace folder.", path=path, why=words
        )
    if "readonly" in words or "read-only" in words:
        return StoreError(
            "{path} cannot be written. Copy the workspace folder to a place where you may write.", path=path
        )
    if "full" in words:
        return StoreError(
            "There is no room left on the disk of {path}. Make room and try again; nothing was lost.", path=path
        )
    return StoreError(
        "The workspace file {path} cannot be used ({why}). Copy the workspace folder to this computer and try again.",
        path=path,
        why=words,
    )


def _signature(path: Path) -> Path:
    return path.with_name("in-use.txt")


def _writer(path: Path) -> str:
    try:
        words = _signature(path).read_text(encoding="utf-8").split(", ")
    except OSError:
        return "?"
    return " / ".join(words)
