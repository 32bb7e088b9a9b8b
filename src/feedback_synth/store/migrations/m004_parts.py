"""Letters within an archive or a message that a later letter corrects."""

SQL = """
CREATE TABLE superseded_parts (
    sha256 TEXT PRIMARY KEY,
    container TEXT NOT NULL,
    name TEXT NOT NULL,
    superseded_by TEXT NOT NULL
) STRICT;
"""
