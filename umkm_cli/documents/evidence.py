"""What a report of evidence carries in itself for scripts: all of it but the pixels."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from umkm_cli.documents.cases import CaseRecord, KeptMatch, PartiesCase


class EvidenceEngine(TypedDict):
    """With which versions it was searched, and among how many records or, of a case, views."""

    extractor: str
    matcher: str
    thresholds: str
    registry_motifs: NotRequired[int]
    registry_products: NotRequired[int]
    registry_views: NotRequired[int]


class EvidenceAuditHead(TypedDict):
    """The state of the record of changes: how many entries, and the last one's seal."""

    entries: int
    mac: str


class EvidenceCheck(TypedDict):
    """What a check answered, as in `umkm.check/1`."""

    sha256: str | None
    width: int | None
    height: int | None
    alert: bool
    verdict: str
    reasons: list[str]
    expected_false_alarms: float | None


class EvidenceVendor(TypedDict):
    """A business; of the sender of a picture only the name is told."""

    code: NotRequired[str]
    name: str


class EvidenceOrigin(TypedDict):
    """What the registry knows of a picture; what is not known is left out."""

    kind: Literal["picture", "motif", "product"]
    code: NotRequired[str]
    title: NotRequired[str]
    vendor: NotRequired[EvidenceVendor]
    creators: NotRequired[list[str]]
    published: bool
    created: NotRequired[str]
    first_published: NotRequired[str]
    first_published_place: NotRequired[str]
    registered: NotRequired[str]
    djki_application: NotRequired[str]
    djki_record: NotRequired[str]
    seen: NotRequired[str]
    seen_where: NotRequired[str]


class EvidenceSide(TypedDict):
    """One picture of a pair; `stored_file` says why its file cannot be had."""

    sha256: str
    width: int
    height: int
    origin: EvidenceOrigin
    stored_file: NotRequired[str]


class EvidenceLayerPart(TypedDict):
    """The same piece of drawing in both pictures, outlined in pixels of each."""

    query_region: list[list[float]]
    motif_region: list[list[float]]


class EvidenceLayer(TypedDict):
    """One transformation motif -> query, what agrees under it, and points x, y, x, y that correspond."""

    transform: list[list[float]]
    parts: list[EvidenceLayerPart]
    points: list[list[float]]


class EvidencePair(TypedDict):
    """A picture and a registered design that agree; `match` as in `umkm.check/1`."""

    match: KeptMatch
    expected_false_alarms: float
    query: EvidenceSide
    motif: EvidenceSide
    layers: list[EvidenceLayer]


class EvidenceDocument(TypedDict):
    """`case` as in `umkm.case/1`, or what parties see of it; either `case` or `check` is null."""

    schema: Literal["umkm.evidence/1"]
    made_at: str
    office: str
    actor: str | None
    edition: Literal["internal", "parties"]
    engine: EvidenceEngine
    versions: dict[str, str]
    audit: EvidenceAuditHead | None
    case: CaseRecord | PartiesCase | None
    check: EvidenceCheck | None
    pairs: list[EvidencePair]
