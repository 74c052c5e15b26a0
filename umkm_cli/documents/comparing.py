"""What pictures are compared with one another says, as scripts read it; and their hashes."""

from typing import Literal

from typing_extensions import TypedDict

from umkm_cli.documents.checks import (
    AgreementDocument,
    EngineDocument,
    HashDistanceDocument,
    StandingDocument,
    ViewNamed,
)
from umkm_cli.documents.designs import OwnerDocument


class ComparedSide(TypedDict):
    """A picture as it was given; `code` is the motif's that it shows, null where it is only a picture."""

    given: str
    sha256: str
    width: int
    height: int
    code: str | None


class ComparedMatch(AgreementDocument):
    """What both share, as of a check of the first with the second: null where that is no motif."""

    code: str | None
    ref: str | None
    title: str | None
    vendor: OwnerDocument | None
    view: ViewNamed
    alert: bool
    excuse: None
    hash_distance_bits: HashDistanceDocument


class CompareDocument(TypedDict):
    schema: Literal["umkm.compare/1"]
    engine: EngineDocument
    a: ComparedSide
    b: ComparedSide
    match: ComparedMatch | None


class HashResult(TypedDict):
    """Hashes of one file in hexadecimal digits; all null where it cannot be read, which `error` names by its key."""

    image: str
    sha256: str | None
    width: int | None
    height: int | None
    phash: str | None
    dhash: str | None
    colorhash: str | None
    hashes_version: str | None
    error: str | None


class HashDocument(TypedDict):
    schema: Literal["umkm.hash/1"]
    results: list[HashResult]


class DuplicatePairDocument(AgreementDocument):
    """Two registered motifs that agree; `a` was looked for, `b` found."""

    a: StandingDocument
    b: StandingDocument
    same_vendor: bool
    hash_distance_bits: HashDistanceDocument


class DuplicatesDocument(TypedDict):
    schema: Literal["umkm.duplicates/1"]
    pairs: list[DuplicatePairDocument]


class ReindexProblem(TypedDict):
    """A picture that could not be described again, as an error tells it; `code` is a record's that shows it."""

    code: str | None
    sha256: str
    error: str
    message: str
    hint: str


class ReindexDocument(TypedDict):
    """Of `total` stored pictures, those that were brought up to date and those that were so `already`.

    `damaged` fingerprints were let go; `found_later` are cases that were opened about earlier checks.
    """

    schema: Literal["umkm.reindex/1"]
    extractor: str
    total: int
    done: int
    already: int
    damaged: int
    problems: list[ReindexProblem]
    found_later: list[str]
