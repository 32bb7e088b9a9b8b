"""Killed at any moment, the workspace opens with its last complete state."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feedback_synth.store import schema
from feedback_synth.store.sources import write_whole
from feedback_synth.store.workspace import FILE, Workspace

AT = "2026-11-21T08:00:00+07:00"
WRITER = """
import sys
from pathlib import Path
from feedback_synth.store.workspace import Workspace

folder = Path(sys.argv[1])
letters = folder.parent
with Workspace(folder) as workspace:
    for n in range(int(sys.argv[2]), 100000):
        letter = letters / f"letter-{n}.txt"
        letter.write_text(f"letter {n} " * 2000, encoding="utf-8")
        with workspace.writing():
            source, _ = workspace.sources.add(letter, at="2026-11-21T08:00:00+07:00")
            for field in ("disposition", "response", "place"):
                workspace.decisions.decide(
                    source.sha256, field, f"{field} {n}", reviewer="Lan", at="2026-11-21T08:00:00+07:00"
                )
            workspace.runs.save({"analysis.json": b"{}" * n}, round_=1, at="2026-11-21T08:00:00+07:00")
        print(n, flush=True)
"""


def _check_complete(folder: Path, done: int) -> int:
    """Every letter is there with its bytes, its three decisions and its run, or not at all; gives how many."""
    with Workspace(folder) as workspace:
        sources = workspace.sources.all()
        for source in sources:
            assert workspace.sources.files.path(source.sha256, source.name).is_file()
            assert len(workspace.decisions.events(source.sha256)) == 3
        assert len(workspace.decisions.events()) == 3 * len(sources)
        assert len(workspace.runs.all()) == len(sources)
        assert len(sources) >= done, "what was said to be done is there"
        return len(sources)


def test_a_killed_writer_loses_nothing_that_was_done(tmp_path: Path):
    folder = tmp_path / "ws"
    Workspace.create(folder, at=AT).close()
    done = 0
    for delay_s in (0.0, 0.003, 0.011, 0.029, 0.047):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), str(done)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(delay_s)
        process.kill()
        said, _ = process.communicate()
        done = _check_complete(folder, done + 1 + said.count("\n"))
    assert done >= 5


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_before_each_statement(tmp_path: Path):
    """One child a statement: it kills itself just before its n-th statement is run."""
    folder = tmp_path / "ws"
    Workspace.create(folder, at=AT).close()
    letter = tmp_path / "letter.txt"
    done, deaths = 0, 0
    for n in range(1, 200):
        letter.write_text(f"letter {n}", encoding="utf-8")
        child = os.fork()
        if child == 0:  # pragma: no cover  (the child never returns)
            _write_and_die(folder, letter, n)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            break
        deaths += 1
        done = _check_complete(folder, done)
    assert deaths > 10, "there were many statements to die at"
    assert _check_complete(folder, done) == done + 1


def _write_and_die(folder: Path, letter: Path, at_statement: int) -> None:  # pragma: no cover
    workspace = Workspace(folder)
    count = 0

    def trace(_statement: str) -> None:
        nonlocal count
        count += 1
        if count == at_statement:
            os.kill(os.getpid(), signal.SIGKILL)

    workspace._database.connection.set_trace_callback(trace)
    with workspace.writing():
        source, _ = workspace.sources.add(letter, at=AT)
        for field in ("disposition", "response", "place"):
            workspace.decisions.decide(source.sha256, field, letter.name, reviewer="Lan", at=AT)
        workspace.runs.save({"analysis.json": letter.read_bytes()}, round_=1, at=AT)
    os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_while_it_is_being_made_or_brought_up_to_date(tmp_path: Path):
    for n in range(1, 60):
        folder = tmp_path / f"ws{n}"
        child = os.fork()
        if child == 0:  # pragma: no cover
            _create_and_die(folder, n)
        _, status = os.waitpid(child, 0)
        if (folder / FILE).is_file():
            with Workspace(folder) as workspace:
                workspace.sources.add_draft("project", Path(__file__), at=AT)
                assert workspace.sources.current_round() == 1
        if not os.WIFSIGNALED(status):
            break
    assert n > 10


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("shape", range(1, len(schema.steps())))
def test_killed_while_an_earlier_shape_is_brought_up_to_date(tmp_path: Path, shape: int):
    """One child a statement of the migration; what the old workspace held is there afterwards."""
    deaths = 0
    for n in range(1, 60):
        folder = tmp_path / f"ws{n}"
        folder.mkdir()
        connection = sqlite3.connect(folder / FILE, isolation_level=None)
        schema.migrate(connection, up_to=shape)
        connection.execute("INSERT INTO rounds VALUES (1, 'lần 1', ?)", (AT,))
        connection.close()
        child = os.fork()
        if child == 0:  # pragma: no cover
            _die_at(n)
            Workspace(folder).close()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        with Workspace(folder) as workspace:
            assert [r.title for r in workspace.sources.rounds()] == ["lần 1"]
            assert schema.version(workspace._database.connection) == len(schema.steps())
        if not os.WIFSIGNALED(status):
            break
        deaths += 1
    assert deaths > 5


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_while_a_file_is_written(tmp_path: Path):
    """A file is there with all its bytes or not at all, whenever its writer dies."""
    target, old, new = tmp_path / "a.txt", b"old" * 9, b"new" * 300_000
    target.write_bytes(old)
    for call in ("write", "fsync", "replace"):
        child = os.fork()
        if child == 0:  # pragma: no cover
            _die_in(call)
            write_whole(target, new)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) and target.read_bytes() == old, call
    write_whole(target, new)
    assert target.read_bytes() == new


def _die_in(call: str) -> None:  # pragma: no cover
    """The process kills itself when it makes this call of the system."""

    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if call == "write":
        os.fdopen = die  # type: ignore[assignment]
    elif call == "fsync":
        os.fsync = die
    else:
        Path.replace = die  # type: ignore[assignment,method-assign]


def _die_at(statement: int) -> None:  # pragma: no cover
    """The process kills itself just before its n-th statement in a database that is opened from now on."""
    from feedback_synth.store import database

    count = 0
    connect = database._connect

    def traced(path: Path, wait_s: float):
        connection = connect(path, wait_s)

        def trace(_statement: str) -> None:
            nonlocal count
            count += 1
            if count == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        connection.set_trace_callback(trace)
        return connection

    database._connect = traced


def _create_and_die(folder: Path, at_statement: int) -> None:  # pragma: no cover
    _die_at(at_statement)
    Workspace.create(folder, at=AT)
    os._exit(0)
