"""What documents share: errors, and problems with one value."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict


class ProblemDocument(TypedDict):
    """What is wrong, or odd, with one value; `rule` is a stable key, `value` is masked where it is personal."""

    field: str
    value: str
    rule: str
    level: Literal["error", "warning"]
    message: str


class FailureDocument(TypedDict):
    """What could not be done with one thing among many, as an error tells it; `error` is a stable key."""

    error: str
    message: str
    hint: str


class ErrorDocument(TypedDict):
    """A request that was not granted; `error` is a stable key. Some errors say more, each under names of its own."""

    schema: Literal["umkm.error/1"]
    error: str
    message: str
    hint: str
    problems: NotRequired[list[ProblemDocument]]
