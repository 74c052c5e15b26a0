"""Which revision of the tables this program works with; known without importing the migration library."""

from importlib.resources import files

REVISIONS = tuple(
    sorted(file.name[:4] for file in files("umkm_cli.db.migrations.versions").iterdir() if file.name[:4].isdigit())
)
"""In the order in which they are applied: each is named by the four digits that its file begins with."""
HEAD = REVISIONS[-1]
