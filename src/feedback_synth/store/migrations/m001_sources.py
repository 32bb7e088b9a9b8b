"""Sources by hash, rounds of consultation, draft versions, settings."""

SQL = """
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE rounds (
    number INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    opened_at TEXT NOT NULL
) STRICT;

CREATE TABLE sources (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    round INTEGER NOT NULL REFERENCES rounds (number),
    added_at TEXT NOT NULL,
    late INTEGER NOT NULL DEFAULT 0,
    superseded_by TEXT NOT NULL DEFAULT '',
    removed_at TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE drafts (
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    round INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    PRIMARY KEY (kind, version)
) STRICT;
"""
