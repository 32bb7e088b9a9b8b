"""A workspace: one folder with ``workspace.sqlite`` and ``sources/``; copy the folder to make a backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from feedback_synth.errors import StoreError
from feedback_synth.store import schema
from feedback_synth.store.clock import now
from feedback_synth.store.database import WAIT_S, Database
from feedback_synth.store.decisions import Decisions
from feedback_synth.store.exports import Exports
from feedback_synth.store.rows import RowNumbers
from feedback_synth.store.runs import Runs
from feedback_synth.store.sources import Files, Sources
from feedback_synth.store.vectors import VectorCache

FILE = "workspace.sqlite"
SETTINGS = {  # names and what they are when nobody sets them
    "language": "",  # "" follows the drafts
    "profile": "dang",
    "variant": "A",
    "group_by": "group",
    "uy": "Ủy",
    "education": "GD&ĐT",
    "reviewer": "",
    "title": "",  # the name of the drafts as titles use it
    "superior": "",
    "issuer": "",
    "place": "",
    "signer_title": "",
    "signer": "",
    "form": "",
    "consulted": "",  # the list of bodies that were asked, as its file has it
    "silence_is_consent": "",  # "yes" where the letter that asked said so
}


class Workspace:
    """An open workspace. Each part has its own door; ``writing`` makes several changes one."""

    def __init__(self, folder: Path, *, wait_s: float = WAIT_S) -> None:
        """Open an existing workspace. StoreError if there is none, it is damaged, locked or of a newer program."""
        if not (folder / FILE).is_file():
            raise StoreError('{folder} is no workspace. Make one with "feedback-synth init {folder}".', folder=folder)
        self.folder = folder
        self._database = Database(folder / FILE, wait_s=wait_s)
        self.sources = Sources(self._database, Files(folder / "sources"))
        self.decisions = Decisions(self._database)
        self.exports = Exports(self._database)
        self.rows = RowNumbers(self._database)
        self.runs = Runs(self._database)
        self.vectors = VectorCache(self._database)

    @classmethod
    def create(cls, folder: Path, *, at: str = "", **settings: str) -> Workspace:
        """Make a workspace with its first round. StoreError if there is one already or a setting is unknown."""
        if (folder / FILE).exists():
            raise StoreError("{folder} is a workspace already. Work in it, or choose another folder.", folder=folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                "{folder} cannot be made ({why}). Choose another place.", folder=folder, why=error.strerror
            ) from error
        Database(folder / FILE).close()
        workspace = cls(folder)
        with workspace.writing():
            for name, value in settings.items():
                workspace.set(name, value)
            if not workspace.sources.current_round():
                workspace.sources.open_round("", at or now())
        return workspace

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Everything in the block is kept, or nothing of it."""
        with self._database.writing():
            yield

    def setting(self, name: str) -> str:
        """A setting, or what it is when nobody set it."""
        _check_setting(name)
        row = self._database.connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else SETTINGS[name]

    def set(self, name: str, value: str) -> None:
        """Change a setting. StoreError if there is none of that name."""
        _check_setting(name)
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def back_up(self, target: Path) -> None:
        """A complete copy of the database in the file ``target``, also while others write."""
        schema.back_up(self._database.connection, target)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def find(start: Path) -> Path | None:
    """The workspace folder that ``start`` is or lies in, or None."""
    here = start.resolve()
    return next((folder for folder in (here, *here.parents) if (folder / FILE).is_file()), None)


def language_of(start: Path) -> str:
    """The language that the workspace around ``start`` is set to, "" without one; nothing is written or checked."""
    folder = find(start)
    if folder is None:
        return ""
    try:
        connection = sqlite3.connect(folder / FILE, timeout=0.2)
    except sqlite3.Error:
        return ""
    try:
        row = connection.execute("SELECT value FROM settings WHERE name = 'language'").fetchone()
    except sqlite3.Error:
        return ""  # damaged, or of another program: whoever opens it says so
    finally:
        connection.close()
    return str(row[0]) if row else ""


def _check_setting(name: str) -> None:
    if name not in SETTINGS:
        raise StoreError('There is no setting "{name}". Choose one of: {known}.', name=name, known=", ".join(SETTINGS))
