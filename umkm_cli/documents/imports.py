"""What became of an imported file, as scripts read it."""

from typing import Literal

from typing_extensions import TypedDict

from umkm_cli.documents.common import ProblemDocument


class ImportedRow(TypedDict):
    """One row by its number in the sheet; `held` among those that were created."""

    row: int
    status: Literal["created", "updated", "unchanged", "conflict", "failed"]
    code: str | None
    ref: str | None
    held: bool
    problems: list[ProblemDocument]


class ImportDocument(TypedDict):
    """`failed_file` holds the rows that did not go in; `found_later` are cases that past checks gave rise to."""

    schema: Literal["umkm.import/1"]
    created: int
    updated: int
    unchanged: int
    conflicts: int
    failed: int
    held: int
    failed_file: str | None
    warnings: list[ProblemDocument]
    rows: list[ImportedRow]
    found_later: list[str]
