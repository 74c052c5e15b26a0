"""What is wrong with one value: the unit in which validation speaks, to a form as to a row of a file."""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """`rule` is a stable key, its sentence `rule.<rule>` in the catalogues; `value` is masked where it is personal."""

    field: str
    value: str
    rule: str
    level: Level = Level.ERROR
    params: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        return self.level is Level.ERROR


class InvalidFieldsError(Exception):
    """A record was refused; `problems` says why, field by field, warnings included."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.rule}" for problem in problems))
        self.problems = problems
