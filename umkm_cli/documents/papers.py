"""Files that leave the office, as scripts read of them: reports and bundles of cases, and what verifying them finds."""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from umkm_cli.documents.checks import EngineDocument, RelationName

TrustName = Literal["own", "trusted", "unknown"]
"""Whom this computer knows: its own office, one whose key it trusts, or nobody."""

ImageState = Literal["same", "changed", "not_kept"]
PixelState = Literal["same", "close", "changed", "missing", "not_kept"]
FingerprintState = Literal["same", "changed", "other_extractor", "stored", "missing"]


class ReportDocument(TypedDict):
    """Where the report of a case was written."""

    schema: Literal["umkm.report/1"]
    case: str
    report: str


class SigningKey(TypedDict):
    id: str
    office: str


class BundleDocument(TypedDict):
    """Where a case's evidence was written, all of it as one archive of these files, and with which key it is signed."""

    schema: Literal["umkm.bundle/1"]
    case: str
    file: str
    made_at: str
    key: SigningKey
    files: list[str]


class VerifiedKey(TypedDict):
    """Whose key it is by `name`, where this office took it for somebody's."""

    id: str
    public_key: str
    name: str | None


class MetKey(TypedDict):
    """The key that somebody expected, and whether just that one signed."""

    id: str
    met: bool


class PartState(TypedDict):
    """A part of what is signed; each is unknown where the seal was changed."""

    name: str
    state: Literal["intact", "changed", "unknown"]


class RecomputeTolerance(TypedDict):
    """How far figures of today may lie from those of the evidence; fractions of a picture, and of its longer side."""

    area_fraction: float
    corner_fraction: float
    pixel_levels: int


class RecomputedPicture(TypedDict):
    """A picture of a bundle as it is decoded and described today; `differences` names what is not as it was."""

    sha256: str
    image: ImageState
    pixels: PixelState
    fingerprint: FingerprintState
    differences: list[str]


class ClaimedAgreement(TypedDict):
    """What a bundle says two pictures share, whatever stands there."""

    relation: Any
    query_area: Any
    motif_area: Any
    mirrored: Any
    inverted: Any
    recoloured: Any


class FoundAgreement(TypedDict):
    """What they share when they are compared anew."""

    relation: RelationName
    query_area: float
    motif_area: float
    mirrored: bool
    inverted: bool
    recoloured: bool


class RecomputedPair(TypedDict):
    """Two pictures of a bundle by SHA-256, compared anew; `found` is null where they agree in nothing."""

    code: Any
    query: str
    motif: str
    differences: list[str]
    stored: ClaimedAgreement
    found: FoundAgreement | None


class RecomputedDocument(TypedDict):
    """Whether the evidence of a bundle holds, found with these versions; of `not_kept` pictures there is no file."""

    holds: bool
    engine: EngineDocument
    versions: dict[str, str]
    not_kept: int
    tolerance: RecomputeTolerance
    pictures: list[RecomputedPicture]
    pairs: list[RecomputedPair]


class VerifyDocument(TypedDict):
    """Whether a document is as it was signed, and who signed it.

    Where its seal was changed nothing else is known. `scope` is `code` where a code was read: it proves what it holds,
    and nothing of the sheet around it. `about` says what the document is about, by the keys of whoever signed it.
    """

    schema: Literal["umkm.verify/1"]
    scope: Literal["file", "code"]
    intact: bool
    trust: TrustName
    kind: str | None
    office: str | None
    made_at: str | None
    key: VerifiedKey | None
    expected_key: MetKey | None
    about: dict[str, str] | None
    parts: list[PartState]
    changed: list[str]
    recomputed: NotRequired[RecomputedDocument]


class ManifestKey(TypedDict):
    """`public` is the key in base64."""

    algorithm: str
    id: str
    public: str


class ManifestPart(TypedDict):
    """A part of the document by its size and SHA-256, and where it begins (`at`), unless it is all the rest."""

    name: str
    bytes: int
    sha256: str
    at: NotRequired[int]


class ManifestDocument(TypedDict):
    """What is signed of a page, a PDF document or an archive; it lies in the document itself."""

    schema: Literal["umkm.signed/1"]
    kind: str
    office: str
    made_at: str
    about: dict[str, str]
    key: ManifestKey
    parts: list[ManifestPart]
