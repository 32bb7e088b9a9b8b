"""What people decide, what was handed out to them, and the numbers of the table's rows."""

SQL = """
CREATE TABLE events (
    serial INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    opinion_id TEXT NOT NULL,
    field TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    origin TEXT NOT NULL,
    supersedes TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_opinion ON events (opinion_id, field);
CREATE TRIGGER events_are_kept BEFORE DELETE ON events
BEGIN SELECT RAISE (ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER events_are_final BEFORE UPDATE ON events
BEGIN SELECT RAISE (ABORT, 'decisions are never changed'); END;

CREATE TABLE exports (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    made_at TEXT NOT NULL,
    last_event INTEGER NOT NULL,
    cells BLOB NOT NULL
) STRICT;

CREATE TABLE rows (
    opinion_id TEXT PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT;
"""
