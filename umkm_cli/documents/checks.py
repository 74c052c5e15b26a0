"""What screening says of a picture, as scripts read it: of one that was checked, or of one that was registered."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from umkm_cli.documents.designs import DesignKind, OwnerDocument

RelationName = Literal["copy", "partial", "colourway"]
ExcuseName = Literal["own", "licensed", "heritage", "decided"]
VerdictName = Literal["copy", "partial", "colourway", "own", "licensed", "heritage", "decided", "clear", "not_judged"]
Region = list[list[float]]
"""Corners (x, y) in pixels of the upright picture."""


class EngineDocument(TypedDict):
    """The versions of what described the pictures, compared them and drew the line."""

    extractor: str
    matcher: str
    thresholds: str


class CheckEngineDocument(EngineDocument):
    """The same, and how many records the pictures were compared with; `registry_products` where products were asked."""

    registry_motifs: int
    registry_products: NotRequired[int]


class ViewNamed(TypedDict):
    """A picture of a record: its file's SHA-256, and which of the record's pictures it is, from 0."""

    sha256: str
    index: int


class StandingDocument(TypedDict):
    """A picture of a registered design, and whose it is."""

    code: str
    ref: str | None
    title: str
    vendor: OwnerDocument
    view: ViewNamed


class AgreementDocument(TypedDict):
    """What two pictures share. Areas are fractions of each picture; `transform` leads from pixels of the design's
    picture to pixels of the one that is asked about (3 × 3, rows)."""

    score: float
    relation: RelationName
    recoloured: bool
    mirrored: bool
    inverted: bool
    inliers: int
    query_area: float
    motif_area: float
    query_region: Region
    motif_region: Region
    transform: list[list[float]]
    rotation_deg: float
    scale: float
    repeats: int


class HashDistanceDocument(TypedDict):
    """How many bits of the perceptual hashes differ."""

    phash: int
    dhash: int


class MatchDocument(StandingDocument, AgreementDocument):
    """A registered design that agrees with the picture; `excuse` is why that is no copying. `kind` where products are
    searched, too."""

    kind: NotRequired[DesignKind]
    alert: bool
    excuse: ExcuseName | None
    hash_distance_bits: HashDistanceDocument


class OutcomeDocument(TypedDict):
    """What screening says of one picture; `alert` asks for a person's look, `reasons` are stable keys.

    `damaged_fingerprints` are the codes of records that it was not, or not in full, compared with.
    """

    alert: bool
    verdict: VerdictName
    reasons: list[str]
    expected_false_alarms: float
    damaged_fingerprints: list[str]
    matches: list[MatchDocument]


class CheckResultDocument(OutcomeDocument):
    """The answer about one picture; its file and size are null where it cannot be read. `case` was opened about it."""

    image: str
    sha256: str | None
    width: int | None
    height: int | None
    case: NotRequired[str]


class LeftAsideDocument(TypedDict):
    """How many files and folders in the folders that were named were not looked at."""

    other_files: int
    subfolders: int


class CheckDocument(TypedDict):
    """The answers in the order in which the pictures were named; `left_aside` where folders were, `report` where one
    was written."""

    schema: Literal["umkm.check/1"]
    engine: CheckEngineDocument
    results: list[CheckResultDocument]
    left_aside: NotRequired[LeftAsideDocument]
    report: NotRequired[str]
