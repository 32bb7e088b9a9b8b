"""The log of decisions in the workspace: append, ask what counts now, list what is in conflict."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from feedback_synth.datamodel.decision import FIELDS, Conflict, DecidedField, Decision, Event
from feedback_synth.errors import StoreError
from feedback_synth.store import events as log
from feedback_synth.store.database import Database


class Decisions:
    """All decisions of one workspace. Nothing here deletes or changes an event."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def decide(
        self,
        opinion_id: str,
        field: DecidedField,
        new: str,
        *,
        reviewer: str,
        at: str,
        origin: str = "",
        seen: Sequence[Event] | None = None,
    ) -> Event | None:
        """Record a value; None if it says nothing new.

        ``seen`` are the events the reviewer had before their eyes (default: all that count now). A value given
        without having seen a newer one does not replace it: both are kept, as a conflict.
        """
        if field not in FIELDS:
            raise StoreError(
                '"{field}" is no field of a decision. Choose one of: {known}.', field=field, known=", ".join(FIELDS)
            )
        with self._database.writing():
            now = self.heads(opinion_id, field)
            if any(event.new == new for event in now) and len(now) == 1:
                return None
            if not now and not new:
                return None
            event = log.make(
                opinion_id,
                field,
                new,
                reviewer=reviewer,
                decided_at=at,
                origin=origin,
                seen=now if seen is None else seen,
            )
            self.append([event])
            return event

    def record(self, decision: Decision, origin: str = "") -> tuple[Event, ...]:
        """Record every field of ``decision`` that is not empty, in one transaction; gives what was new."""
        given = [(field, str(getattr(decision, field, ""))) for field in FIELDS]
        with self._database.writing():
            made = [
                self.decide(
                    decision.opinion_id,
                    field,
                    value,
                    reviewer=decision.reviewer,
                    at=decision.decided_at,
                    origin=origin,
                )
                for field, value in given
                if value
            ]
        return tuple(event for event in made if event)

    def append(self, events: Iterable[Event]) -> int:
        """Add events to the log as they are, those it already holds left out; gives how many were added."""
        sql = (
            "INSERT OR IGNORE INTO events (id, opinion_id, field, old, new, reviewer, decided_at, origin, supersedes) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        rows = [
            (e.id, e.opinion_id, e.field, e.old, e.new, e.reviewer, e.decided_at, e.origin, json.dumps(e.supersedes))
            for e in events
        ]
        with self._database.writing() as connection:
            before = connection.total_changes
            connection.executemany(sql, rows)
            return connection.total_changes - before

    def events(self, opinion_id: str = "", field: str = "", up_to: int | None = None) -> tuple[Event, ...]:
        """Events in the order they were recorded: all, of one opinion or field, or those up to a serial number."""
        clauses, values = ["1"], list[str | int]()
        for clause, value in (("opinion_id = ?", opinion_id), ("field = ?", field), ("serial <= ?", up_to)):
            if value or value == 0:
                clauses.append(clause)
                values.append(value)
        sql = f"SELECT * FROM events WHERE {' AND '.join(clauses)} ORDER BY serial"  # noqa: S608  (fixed clauses only)
        return tuple(_event(row) for row in self._database.connection.execute(sql, values))

    def heads(self, opinion_id: str, field: DecidedField) -> tuple[Event, ...]:
        """The events that count for one field; more than one value among them is a conflict."""
        return log.heads(self.events(opinion_id, field))

    def current(self) -> dict[str, Decision]:
        """What counts now, by opinion id."""
        return log.decisions(self.events())

    def conflicts(self) -> tuple[Conflict, ...]:
        """Fields that two people filled in differently without seeing each other's value."""
        return log.conflicts(self.events())

    def last_serial(self) -> int:
        """The number of the newest event, 0 when there is none."""
        row = self._database.connection.execute("SELECT coalesce(max(serial), 0) FROM events").fetchone()
        return int(row[0])


def _event(row: sqlite3.Row) -> Event:
    return Event(
        row["id"],
        row["opinion_id"],
        row["field"],
        row["old"],
        row["new"],
        row["reviewer"],
        row["decided_at"],
        row["origin"],
        tuple(json.loads(row["supersedes"])),
    )
