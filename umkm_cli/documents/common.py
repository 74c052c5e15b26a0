"""What documents share: errors, problems with one value, and files that are attached to a record."""

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


class AttachmentDocument(TypedDict):
    """A file that bears a record out; `purpose` says what for."""

    filename: str
    sha256: str
    purpose: str
    media_type: str
    bytes: int
    note: str | None
    created_at: str
