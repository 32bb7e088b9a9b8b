"""Sources and draft versions of the rounds of consultation; their bytes lie beside the database, by their hash."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from feedback_synth.errors import StoreError
from feedback_synth.store.database import Database


@dataclass(frozen=True, slots=True)
class Source:
    """A file that holds opinions. ``late``: it came after a run of its round; ``superseded_by``: a corrected letter."""

    sha256: str
    name: str
    kind: str  # a SourceKind, or "" to find out
    round: int
    added_at: str
    late: bool = False
    superseded_by: str = ""
    removed_at: str = ""

    @property
    def counts(self) -> bool:
        """It takes part in a run."""
        return not self.superseded_by and not self.removed_at


@dataclass(frozen=True, slots=True)
class Part:
    """A letter within an archive or a message: its own SHA-256, that of the file it came in, "archive.zip/letter"."""

    sha256: str
    container: str
    name: str
    superseded_by: str = ""


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """One version of a draft; ``round`` is the round of consultation it was put to."""

    kind: str
    version: int
    sha256: str
    name: str
    round: int
    added_at: str


@dataclass(frozen=True, slots=True)
class Round:
    number: int
    title: str
    opened_at: str


class Files:
    """The bytes of every file, under ``sources/<beginning of its SHA-256>/<name>``; written whole or not at all.

    The beginning, because paths on Windows are short; ``path`` checks the whole.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, path: Path, name: str = "") -> str:
        """Copy a file in, under ``name`` (default: its own); gives its SHA-256. StoreError if that fails."""
        content = read_bytes(path)
        sha256 = hashlib.sha256(content).hexdigest()
        target = self._place(sha256, name or path.name)
        try:
            if not (target.is_file() and target.read_bytes() == content):
                write_whole(target, content)
        except OSError as error:
            raise StoreError(
                "{path} cannot be copied into {folder} ({why}). Check that there is room and that you may write there.",
                path=path,
                folder=self.folder,
                why=error.strerror,
            ) from error
        return sha256

    def path(self, sha256: str, name: str) -> Path:
        """Where the bytes lie. StoreError if they are gone or were changed."""
        path = self._place(sha256, name)
        try:
            intact = hashlib.sha256(path.read_bytes()).hexdigest() == sha256
        except OSError as error:
            raise StoreError("The workspace has lost its copy of {name}. Add the file again.", name=name) from error
        if not intact:
            raise StoreError("The workspace's copy of {name} was changed. Add the file again.", name=name)
        return path

    def drop(self, sha256: str) -> None:
        """Delete the bytes; what is not there is no error."""
        folder = self.folder / sha256[:16]
        for path in folder.glob("*"):
            path.unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()

    def _place(self, sha256: str, name: str) -> Path:
        return self.folder / sha256[:16] / name


def read_bytes(path: Path) -> bytes:
    """The content of a file. StoreError with the reason if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError(
            "{path} cannot be read ({why}). Check the path and your rights.", path=path, why=error.strerror
        ) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class Sources:
    """Rounds, sources and draft versions of one workspace."""

    def __init__(self, database: Database, files: Files) -> None:
        self._database = database
        self.files = files

    def open_round(self, title: str, at: str) -> Round:
        """Begin the next round of consultation."""
        with self._database.writing() as connection:
            number = self.current_round() + 1
            connection.execute("INSERT INTO rounds VALUES (?, ?, ?)", (number, title, at))
        return Round(number, title, at)

    def current_round(self) -> int:
        """The number of the newest round, 0 before the first."""
        row = self._database.connection.execute("SELECT coalesce(max(number), 0) FROM rounds").fetchone()
        return int(row[0])

    def rounds(self) -> tuple[Round, ...]:
        rows = self._database.connection.execute("SELECT * FROM rounds ORDER BY number")
        return tuple(Round(**dict(row)) for row in rows)

    def add(self, path: Path, *, at: str, kind: str = "", supersedes: str = "") -> tuple[Source, bool]:
        """Take a file into the current round; gives the source and whether it is new.

        A file that was removed comes back. ``supersedes`` is the SHA-256 of the letter that this one corrects.
        """
        sha256 = hashlib.sha256(read_bytes(path)).hexdigest()
        with self._database.writing() as connection:
            known = next((s for s in self.all() if s.sha256 == sha256), None)
            self.files.keep(path, known.name if known and not known.removed_at else "")
            self._ensure_round(at)
            late = self._had_a_run()
            if known is None:
                connection.execute(
                    "INSERT INTO sources (sha256, name, kind, round, added_at, late) VALUES (?, ?, ?, ?, ?, ?)",
                    (sha256, path.name, kind, self.current_round(), at, late),
                )
            elif known.removed_at:
                connection.execute(
                    "UPDATE sources SET removed_at = '', superseded_by = '', name = ?, kind = ?, round = ?, late = ? "
                    "WHERE sha256 = ?",
                    (path.name, kind or known.kind, self.current_round(), late, sha256),
                )
            if supersedes:
                self.supersede(supersedes, sha256)
            return self.get(sha256), known is None or bool(known.removed_at)

    def supersede(self, old: str, new: str) -> None:
        """Mark ``old`` as replaced by ``new``: it no longer counts, and stays in the books."""
        with self._database.writing() as connection:
            first, second = self.get(old), self.get(new)
            if first == second:
                raise StoreError(
                    "{name} cannot replace itself. Give the corrected file, and with --supersedes the earlier one.",
                    name=first.name,
                )
            back = "UPDATE sources SET superseded_by = '' WHERE sha256 = ? AND superseded_by = ?"
            connection.execute(back, (second.sha256, first.sha256))  # the earlier one was right after all
            connection.execute("UPDATE sources SET superseded_by = ? WHERE sha256 = ?", (second.sha256, first.sha256))

    def supersede_part(self, part: Part, new: str) -> None:
        """Mark one letter of an archive or a message as replaced by ``new``; the others in it go on counting."""
        with self._database.writing() as connection:
            second = self.get(new)
            if part.sha256 == second.sha256 or part.container == second.sha256:
                raise StoreError(
                    "{name} cannot replace itself. Give the corrected file, and with --supersedes the earlier one.",
                    name=part.name,
                )
            connection.execute(
                "INSERT OR REPLACE INTO superseded_parts VALUES (?, ?, ?, ?)",
                (part.sha256, part.container, part.name, second.sha256),
            )

    def superseded_parts(self) -> tuple[Part, ...]:
        """The letters within archives and messages that no longer count."""
        rows = self._database.connection.execute("SELECT * FROM superseded_parts ORDER BY rowid")
        return tuple(Part(**dict(row)) for row in rows)

    def corrected(self) -> dict[str, tuple[str, ...]]:
        """For each source that corrects earlier letters, by SHA-256: their names."""
        found: dict[str, tuple[str, ...]] = {}
        replaced: tuple[Source | Part, ...] = (*self.all(), *self.superseded_parts())
        for old in replaced:
            if old.superseded_by:
                found[old.superseded_by] = (*found.get(old.superseded_by, ()), old.name)
        return found

    def remove(self, sha256: str, at: str) -> Source:
        """Take a source out. Its entry stays; its bytes go, unless a draft has the same."""
        with self._database.writing() as connection:
            source = self.get(sha256)
            connection.execute("UPDATE sources SET removed_at = ? WHERE sha256 = ?", (at, source.sha256))
            connection.execute("UPDATE sources SET superseded_by = '' WHERE superseded_by = ?", (source.sha256,))
            connection.execute("DELETE FROM superseded_parts WHERE superseded_by = ?", (source.sha256,))
        if not any(d.sha256 == source.sha256 for d in self.drafts()):
            self.files.drop(source.sha256)
        return source

    def get(self, sha256: str) -> Source:
        """The source with this SHA-256, or a beginning of it that no other has."""
        found = [s for s in self.all() if s.sha256.startswith(sha256)] if sha256 else []
        if len(found) != 1:
            raise StoreError(
                'The name or id "{id}" fits {count} sources. "feedback-synth status" lists them; write a letter within '
                "an archive as ARCHIVE/LETTER.",
                id=sha256,
                count=len(found),
            )
        return found[0]

    def all(self, round_: int | None = None) -> tuple[Source, ...]:
        """Every source that was ever added, oldest first."""
        rows = self._database.connection.execute("SELECT * FROM sources ORDER BY rowid")
        return tuple(s for s in map(_source, rows) if round_ is None or s.round == round_)

    def add_draft(self, kind: str, path: Path, *, at: str, revised: bool = False) -> DraftVersion:
        """Take a draft in: the text of the current round, or with ``revised`` the text that follows from it.

        The same file again for the same round changes nothing; another file is a further version.
        """
        sha256 = self.files.keep(path)
        with self._database.writing() as connection:
            self._ensure_round(at)
            round_ = self.current_round() + (1 if revised else 0)
            versions = [d for d in self.drafts() if d.kind == kind]
            same = [d for d in versions if d.round == round_]
            if same and same[-1].sha256 == sha256:
                return same[-1]
            made = DraftVersion(kind, len(versions) + 1, sha256, path.name, round_, at)
            connection.execute(
                "INSERT INTO drafts VALUES (?, ?, ?, ?, ?, ?)",
                (made.kind, made.version, made.sha256, made.name, made.round, made.added_at),
            )
        return made

    def drafts(self) -> tuple[DraftVersion, ...]:
        """Every version of every draft, by kind and version."""
        rows = self._database.connection.execute("SELECT * FROM drafts ORDER BY kind, version")
        return tuple(DraftVersion(**dict(row)) for row in rows)

    def drafts_of_round(self, round_: int) -> tuple[DraftVersion, ...]:
        """The text each kind of opinion was given on: the newest version put to this round or an earlier one."""
        newest = {d.kind: d for d in sorted(self.drafts(), key=lambda d: d.round) if d.round <= round_}
        return tuple(newest[kind] for kind in sorted(newest))

    def revised_of_round(self, round_: int) -> tuple[DraftVersion, ...]:
        """The text that followed from this round: the newest version put to the next one."""
        newest = {d.kind: d for d in self.drafts() if d.round == round_ + 1}
        return tuple(newest[kind] for kind in sorted(newest))

    def _ensure_round(self, at: str) -> None:
        if not self.current_round():
            self.open_round("", at)

    def _had_a_run(self) -> bool:
        row = self._database.connection.execute(
            "SELECT count(*) FROM runs WHERE round = (SELECT max(number) FROM rounds)"
        ).fetchone()
        return bool(row[0])


def _source(row: sqlite3.Row) -> Source:
    return Source(**{**dict(row), "late": bool(row["late"])})
