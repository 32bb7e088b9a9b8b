"""What each run found (its JSON files, compressed), and vectors that need not be computed again."""

SQL = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    round INTEGER NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

CREATE TABLE run_files (
    run INTEGER NOT NULL REFERENCES runs (number),
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (run, name)
) STRICT;

CREATE TABLE vectors (
    key TEXT PRIMARY KEY,
    vector BLOB NOT NULL
) STRICT, WITHOUT ROWID;
"""
