"""One folder with one SQLite file: sources by hash, rounds, drafts, decisions as events, runs, cached vectors."""
