"""The store: tables, migrations, a session for writing and plain SQL for reading."""
