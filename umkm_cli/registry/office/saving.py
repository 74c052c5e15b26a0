"""What became of a record that was handed in, by hand or in a file."""

from dataclasses import dataclass, field
from enum import StrEnum

from umkm_cli.problems import Problem


class Status(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Saved:
    """`problems` are warnings, or what a conflict is about; `held` says that it waits for a person.

    `replaced` are warnings about values that were there and that others stand for now.
    """

    status: Status
    code: str | None
    problems: list[Problem] = field(default_factory=list)
    held: bool = field(default=False, kw_only=True)
    replaced: tuple[Problem, ...] = field(default=(), kw_only=True)
