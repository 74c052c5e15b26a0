"""The two kinds of evidence, of a check and of a case, and what both have: pairs of pictures, and a provenance.

Nothing here says anything in words: that is the reports' business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from umkm_cli.documents.cases import CaseDocument, PartiesCase
from umkm_cli.documents.checks import MatchDocument
from umkm_cli.matching.explain import Layer
from umkm_cli.screening.asking.checks import Checked, Report
from umkm_cli.screening.evidence.origins import Origin, Shown


class Edition(StrEnum):
    """For whom it is: the office, or the parties, who are not told of persons and of what is not published."""

    INTERNAL = "internal"
    PARTIES = "parties"


@dataclass(frozen=True)
class Engine:
    """The versions that searched; `registry` counts among how many `motifs`, `products` or `views`."""

    extractor: str
    matcher: str
    thresholds: str
    registry: Mapping[str, int]


@dataclass(frozen=True)
class RecordHead:
    """The state of the record of changes: how many entries, and the last one's seal."""

    entries: int
    mac: str


@dataclass(frozen=True)
class Provenance:
    """When, where, by whom and with what evidence was gathered; `made_at` is an ISO moment.

    `audit` is None in an empty registry, `actor` also in the edition for the parties.
    """

    made_at: str
    office: str
    actor: str | None
    engine: Engine
    versions: Mapping[str, str]
    audit: RecordHead | None
    edition: Edition = Edition.INTERNAL


@dataclass(frozen=True, eq=False)
class Pair:
    """A picture and a registered design that agree; `match` as in `umkm.check/1`, `layers` spell it out."""

    match: MatchDocument
    query: Shown
    motif: Shown
    query_origin: Origin
    motif_origin: Origin
    layers: tuple[Layer, ...]
    expected_false_alarms: float


@dataclass(frozen=True, eq=False)
class CheckEvidence:
    """Of one picture's check that was just made: all matches that pass, the strongest first, or none."""

    provenance: Provenance
    picture: Shown
    checked: Checked
    report: Report
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, eq=False)
class CaseEvidence:
    """Of all agreements that a case is about, or none; `case` is `umkm.case/1`, or what the parties see of it."""

    provenance: Provenance
    case: CaseDocument | PartiesCase
    pairs: tuple[Pair, ...]

    @property
    def code(self) -> str:
        return self.case["code"]


Evidence = CheckEvidence | CaseEvidence
