"""Which revision of the tables this program works with; known without importing the migration library."""

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
HEAD = REVISIONS[-1]
