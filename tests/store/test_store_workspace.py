"""The workspace as people meet it: made, filled, locked, damaged, copied."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth.datamodel.decision import Decision
from feedback_synth.errors import StoreError
from feedback_synth.store import schema
from feedback_synth.store.drives import is_remote_kind, kind_of
from feedback_synth.store.rows import number_rows
from feedback_synth.store.sources import Part
from feedback_synth.store.workspace import FILE, Workspace, find

AT = "2026-11-21T08:00:00+07:00"


@pytest.fixture
def workspace(tmp_path: Path):
    with Workspace.create(tmp_path / "ws", at=AT, language="fr") as made:
        yield made


def _letter(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_settings_are_kept_and_unknown_ones_refused(workspace: Workspace):
    workspace.close()
    with Workspace(workspace.folder) as again:
        assert (again.setting("language"), again.setting("profile")) == ("fr", "dang")
        with pytest.raises(StoreError, match="Choose one of"):
            again.set("colour", "red")


def test_a_folder_without_workspace_or_with_one_is_said(workspace: Workspace, tmp_path: Path):
    with pytest.raises(StoreError, match="feedback-synth init"):
        Workspace(tmp_path)
    with pytest.raises(StoreError, match="already"):
        Workspace.create(workspace.folder)


def test_a_workspace_is_found_from_inside(workspace: Workspace, tmp_path: Path):
    assert find(workspace.folder / "sources") == workspace.folder.resolve()
    assert find(tmp_path) is None


def test_sources_are_kept_by_content(workspace: Workspace, tmp_path: Path):
    letter = _letter(tmp_path, "công văn 12.txt", "Đề nghị bổ sung kinh phí.")
    source, new = workspace.sources.add(letter, at=AT)
    again, new_again = workspace.sources.add(_letter(tmp_path, "copy.txt", "Đề nghị bổ sung kinh phí."), at=AT)
    assert new and not new_again and again == source
    letter.unlink()
    assert workspace.sources.files.path(source.sha256, source.name).read_text(encoding="utf-8").startswith("Đề nghị")


def test_changed_or_lost_bytes_are_noticed(workspace: Workspace, tmp_path: Path):
    source, _ = workspace.sources.add(_letter(tmp_path, "a.txt", "a"), at=AT)
    kept = workspace.sources.files.path(source.sha256, source.name)
    kept.write_text("b", encoding="utf-8")
    with pytest.raises(StoreError, match="was changed"):
        workspace.sources.files.path(source.sha256, source.name)
    kept.unlink()
    with pytest.raises(StoreError, match="has lost"):
        workspace.sources.files.path(source.sha256, source.name)
    workspace.sources.add(tmp_path / "a.txt", at=AT)
    assert workspace.sources.files.path(source.sha256, source.name) == kept


def test_a_corrected_letter_replaces_the_first_until_it_is_removed(workspace: Workspace, tmp_path: Path):
    first, _ = workspace.sources.add(_letter(tmp_path, "cv.txt", "70%"), at=AT)
    second, _ = workspace.sources.add(_letter(tmp_path, "cv2.txt", "80%"), at=AT, supersedes=first.sha256[:8])
    assert [s.counts for s in workspace.sources.all()] == [False, True]
    assert workspace.sources.get(first.sha256).superseded_by == second.sha256
    workspace.sources.remove(second.sha256, AT)
    assert [s.counts for s in workspace.sources.all()] == [True, False]
    assert not (workspace.folder / "sources" / second.sha256[:16]).exists()


def test_a_removed_source_can_come_back(workspace: Workspace, tmp_path: Path):
    letter = _letter(tmp_path, "cv.txt", "70%")
    first, _ = workspace.sources.add(letter, at=AT)
    workspace.sources.remove(first.sha256, AT)
    back, new = workspace.sources.add(letter, at=AT)
    assert new and back.counts


def test_a_letter_after_a_run_is_late(workspace: Workspace, tmp_path: Path):
    early, _ = workspace.sources.add(_letter(tmp_path, "a.txt", "a"), at=AT)
    workspace.runs.save({"analysis.json": b"{}"}, round_=1, at=AT)
    late, _ = workspace.sources.add(_letter(tmp_path, "b.txt", "b"), at=AT)
    assert (early.late, late.late) == (False, True)
    workspace.sources.open_round("lần 2", AT)
    assert not workspace.sources.add(_letter(tmp_path, "c.txt", "c"), at=AT)[0].late


def test_drafts_follow_the_rounds(workspace: Workspace, tmp_path: Path):
    add = workspace.sources.add_draft
    one, two = _letter(tmp_path, "d1.txt", "1"), _letter(tmp_path, "d2.txt", "2")
    assert add("resolution", one, at=AT).version == add("resolution", one, at=AT).version == 1
    assert add("resolution", two, at=AT, revised=True).round == 2
    assert [d.name for d in workspace.sources.drafts_of_round(1)] == ["d1.txt"]
    assert [d.name for d in workspace.sources.revised_of_round(1)] == ["d2.txt"]
    add("resolution", _letter(tmp_path, "d1b.txt", "1b"), at=AT)
    assert [d.name for d in workspace.sources.drafts_of_round(1)] == ["d1b.txt"]
    assert [d.name for d in workspace.sources.drafts_of_round(2)] == ["d2.txt"]


def test_a_letter_of_an_archive_is_replaced_until_its_correction_is_removed(workspace: Workspace, tmp_path: Path):
    archive, _ = workspace.sources.add(_letter(tmp_path, "all.zip", "z"), at=AT)
    new, _ = workspace.sources.add(_letter(tmp_path, "cv2.txt", "80%"), at=AT)
    part = Part("ee" * 32, archive.sha256, "all.zip/cv.txt")
    workspace.sources.supersede_part(part, new.sha256)
    assert workspace.sources.corrected() == {new.sha256: ("all.zip/cv.txt",)}
    assert [s.counts for s in workspace.sources.all()] == [True, True], "the rest of the archive counts"
    with pytest.raises(StoreError, match="itself"):
        workspace.sources.supersede_part(part, archive.sha256)
    workspace.sources.remove(new.sha256, AT)
    assert workspace.sources.superseded_parts() == ()


def test_what_corrects_back_counts_again(workspace: Workspace, tmp_path: Path):
    first, _ = workspace.sources.add(_letter(tmp_path, "a.txt", "70%"), at=AT)
    second, _ = workspace.sources.add(_letter(tmp_path, "b.txt", "80%"), at=AT, supersedes=first.sha256)
    workspace.sources.supersede(second.sha256, first.sha256)
    assert [s.name for s in workspace.sources.all() if s.counts] == ["a.txt"]


def test_decisions_are_append_only_even_for_sql(workspace: Workspace):
    workspace.decisions.record(Decision("o1", "Lan", AT, disposition="accepted", place="Điều 3"))
    workspace.decisions.decide("o1", "place", "Điều 4", reviewer="Bình", at=AT)
    assert workspace.decisions.decide("o1", "place", "Điều 4", reviewer="Lan", at=AT) is None
    current = workspace.decisions.current()["o1"]
    assert (current.disposition, current.place) == ("accepted", "Điều 4")
    assert [(e.old, e.new) for e in workspace.decisions.events("o1", "place")] == [("", "Điều 3"), ("Điều 3", "Điều 4")]
    connection = sqlite3.connect(workspace.folder / FILE)
    for sql in ("DELETE FROM events", "UPDATE events SET new = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(sql)
    connection.close()


def test_an_unknown_field_is_refused(workspace: Workspace):
    with pytest.raises(StoreError, match="no field"):
        workspace.decisions.decide("o1", "colour", "red", reviewer="Lan", at=AT)  # type: ignore[arg-type]


def test_a_transaction_is_whole_or_nothing(workspace: Workspace):
    with pytest.raises(RuntimeError), workspace.writing():
        workspace.set("title", "Đề án")
        workspace.decisions.decide("o1", "note", "x", reviewer="Lan", at=AT)
        raise RuntimeError
    assert workspace.setting("title") == "" and workspace.decisions.events() == ()


def test_a_second_writer_is_told_who_is_writing(workspace: Workspace):
    with Workspace(workspace.folder, wait_s=0.05) as other, workspace.writing():
        workspace.set("title", "mine")
        assert other.setting("title") == "", "reading goes on"
        with pytest.raises(StoreError, match=r"another feedback-synth \(.+ / .+ / \d+\)"):
            other.set("title", "yours")
    assert workspace.setting("title") == "mine"


MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/so\040giao\040duc cifs rw 0 0
server:/x /mnt/nfs nfs4 rw 0 0
tmpfs /mnt/nfs/local tmpfs rw 0 0
half a line
"""


@pytest.mark.parametrize(
    ("folder", "kind", "remote"),
    [
        ("/home/lan/ws", "ext4", False),
        ("/mnt/so giao duc/ws", "cifs", True),
        ("/mnt/nfs", "nfs4", True),
        ("/mnt/nfs/local/ws", "tmpfs", False),
        ("/mnt/nfs2/ws", "ext4", False),
    ],
)
def test_network_drives_are_told_by_the_table_of_mounts(folder: str, kind: str, remote: bool):
    assert kind_of(PurePosixPath(folder), MOUNTS.splitlines()) == kind
    assert is_remote_kind(kind) is remote


@pytest.mark.parametrize(("remote", "journal"), [(True, "delete"), (False, "wal")])
def test_the_journal_suits_the_drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remote: bool, journal: str):
    Workspace.create(tmp_path, at=AT).close()
    monkeypatch.setattr("feedback_synth.store.database.is_remote", lambda folder: remote)
    with Workspace(tmp_path) as workspace:
        workspace.set("title", "x")
        assert workspace._database.connection.execute("PRAGMA journal_mode").fetchone()[0] == journal


LOCKED = """
import sys, time
from pathlib import Path
from feedback_synth.store.workspace import Workspace

with Workspace(Path(sys.argv[1])) as workspace, workspace.writing():
    print("writing", flush=True)
    time.sleep(60)
"""


def test_another_process_that_writes_is_named_and_its_death_frees_the_workspace(workspace: Workspace):
    workspace.close()
    other = subprocess.Popen([sys.executable, "-c", LOCKED, str(workspace.folder)], stdout=subprocess.PIPE, text=True)
    assert other.stdout and other.stdout.readline() == "writing\n"
    with Workspace(workspace.folder, wait_s=0.05) as mine:
        with pytest.raises(StoreError, match=rf"{other.pid}\)\. Wait until it is done"):
            mine.set("title", "x")
        other.kill()
        other.communicate()
        mine.set("title", "x")
        assert mine.setting("title") == "x"


def test_a_copy_taken_while_it_is_open_is_complete(workspace: Workspace, tmp_path: Path):
    """Whoever copies the folder without closing the program takes the log along."""
    workspace.decisions.decide("o1", "note", "x", reviewer="Lan", at=AT)
    shutil.copytree(workspace.folder, tmp_path / "copy")
    with Workspace(tmp_path / "copy") as copy:
        assert [e.new for e in copy.decisions.events()] == ["x"]


def test_damage_is_said_and_not_repaired_away(workspace: Workspace):
    for number in range(200):
        workspace.decisions.decide(f"o{number}", "note", "x" * 500, reviewer="Lan", at=AT)
    workspace.close()
    path = workspace.folder / FILE
    content = bytearray(path.read_bytes())
    content[8192:20000] = bytes(20000 - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        Workspace(workspace.folder)
    path.write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(StoreError, match="damaged"):
        Workspace(workspace.folder)


def test_a_strange_database_and_a_newer_one_are_refused(tmp_path: Path):
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.commit()
    with pytest.raises(StoreError, match="another program"):
        Workspace(tmp_path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(StoreError, match="newer feedback-synth"):
        Workspace(tmp_path)


def test_a_copied_folder_is_a_backup(workspace: Workspace, tmp_path: Path):
    workspace.decisions.decide("o1", "note", "x", reviewer="Lan", at=AT)
    workspace.back_up(tmp_path / "live.sqlite")
    workspace.close()
    shutil.copytree(workspace.folder, tmp_path / "copy")
    with Workspace(tmp_path / "copy") as copy:
        assert len(copy.decisions.events()) == 1
    live = sqlite3.connect(tmp_path / "live.sqlite")
    assert live.execute("SELECT count(*) FROM events").fetchone() == (1,)
    live.close()


@pytest.mark.parametrize("shape", range(1, len(schema.steps())))
def test_every_earlier_shape_is_brought_up_to_date(tmp_path: Path, shape: int):
    path = tmp_path / FILE
    connection = sqlite3.connect(path, isolation_level=None)
    schema.migrate(connection, up_to=shape)
    connection.execute("INSERT INTO rounds VALUES (1, 'lần 1', ?)", (AT,))
    connection.execute("INSERT INTO sources (sha256, name, kind, round, added_at) VALUES ('ab', 'a', '', 1, ?)", (AT,))
    decided = shape >= 2
    if decided:
        connection.execute("INSERT INTO rows VALUES ('o1', 7)")
        connection.execute(
            "INSERT INTO events (id, opinion_id, field, old, new, reviewer, decided_at, origin, supersedes) "
            "VALUES ('e1', 'o1', 'note', '', 'x', 'Lan', ?, '', '[]')",
            (AT,),
        )
    connection.close()
    with Workspace(tmp_path) as workspace:
        assert workspace.sources.get("ab").name == "a" and workspace.sources.superseded_parts() == ()
        assert [e.new for e in workspace.decisions.events()] == ["x"] * decided and workspace.runs.all() == ()
        assert workspace.rows.known() == ({"o1": 7} if decided else {})
        fresh = Workspace.create(tmp_path / "fresh", at=AT)
        assert _shape(tmp_path / "fresh" / FILE) == _shape(path)
        fresh.close()
    kept = sqlite3.connect(tmp_path / f"workspace-shape-{shape}.sqlite")
    assert schema.version(kept) == shape
    kept.close()


def _shape(path: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
    connection.close()
    return found


def test_runs_are_kept_byte_for_byte_and_once(workspace: Workspace):
    first = workspace.runs.save({"analysis.json": b'{"a": 1}', "trace.json": b"{}"}, round_=1, at=AT)
    assert workspace.runs.save({"trace.json": b"{}", "analysis.json": b'{"a": 1}'}, round_=1, at="later") == first
    second = workspace.runs.save({"analysis.json": b'{"a": 2}'}, round_=1, at=AT)
    assert (first.number, second.number) == (1, 2)
    assert workspace.runs.content(1, "analysis.json") == b'{"a": 1}'
    with pytest.raises(StoreError, match="1 to 2"):
        workspace.runs.get(3)
    with pytest.raises(StoreError, match="no file"):
        workspace.runs.content(2, "trace.json")


def test_row_numbers_stay_when_a_late_letter_comes(workspace: Workspace):
    rows = workspace.rows
    assert rows.assign([("a", "b"), ("c",)]) == {("a", "b"): 1, ("c",): 2}
    assert rows.assign([("late",), ("a", "b", "late2"), ("c",)]) == {("late",): 3, ("a", "b", "late2"): 1, ("c",): 2}
    assert rows.assign([("c",)]) == {("c",): 2}
    assert rows.assign([("a",), ("b",), ("new",)]) == {("a",): 1, ("b",): 4, ("new",): 5}
    assert rows.assign([("b",), ("a",)]) == {("b",): 4, ("a",): 1}


@given(st.lists(st.lists(st.integers(0, 12), unique=True, min_size=1), max_size=8), st.data())
def test_row_numbers_never_repeat_within_a_table(groups: list[list[int]], data: st.DataObject):
    seen: set[int] = set()
    rows = []
    for group in groups:
        row = tuple(str(i) for i in group if i not in seen)
        seen.update(group)
        if row:
            rows.append(row)
    known = {o: data.draw(st.integers(1, 9)) for row in rows for o in row if data.draw(st.booleans())}
    numbers = number_rows(rows, known)
    assert len(set(numbers.values())) == len(rows)
    for row, number in numbers.items():
        assert number in {known[o] for o in row if o in known} or number > 9 or number not in known.values()


def test_vectors_are_computed_once(workspace: Workspace):
    from feedback_synth.analysis.encoders import remembering

    asked: list[str] = []

    def encode(texts):
        asked.extend(texts)
        return np.array([[len(t), 1.0] for t in texts], dtype=np.float32).reshape(len(texts), 2)

    cached = remembering(encode, workspace.vectors)
    assert cached(["xin chào", "bonjour", "xin chào"]).tolist() == [[8, 1], [7, 1], [8, 1]]
    assert workspace.vectors.flush() == 2 and workspace.vectors.flush() == 0
    workspace.close()
    with Workspace(workspace.folder) as again:
        assert remembering(encode, again.vectors)(["bonjour", "hello"]).tolist() == [[7, 1], [5, 1]]
        assert asked == ["xin chào", "bonjour", "hello"]
        key = next(iter(again.vectors))
        assert len(again.vectors) == 3 and key in again.vectors
        del again.vectors[key]
        assert len(again.vectors) == 2
        with pytest.raises(KeyError):
            del again.vectors[key]
