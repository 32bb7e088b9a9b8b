"""One SQLite file: schema, migrations, save, load."""
