"""From matches to a verdict: which of them something explains, and what is left to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from umkm_cli.matching.engine import Match
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.screening.judging.registered import Standing

if TYPE_CHECKING:
    from umkm_cli.documents.checks import HashDistanceDocument


class Excuse(StrEnum):
    OWN = "own"
    LICENSED = "licensed"
    HERITAGE = "heritage"
    DECIDED = "decided"


class Verdict(StrEnum):
    COPY = "copy"
    PARTIAL = "partial"
    COLOURWAY = "colourway"
    OWN = "own"
    LICENSED = "licensed"
    HERITAGE = "heritage"
    DECIDED = "decided"
    CLEAR = "clear"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True)
class Explained:
    """An excuse, with what its sentence names: a licence's number and end, a pattern, a decision and its day."""

    excuse: Excuse
    name: str | None = None
    until: str | None = None


@dataclass(frozen=True)
class OutOfScope:
    """A licence that the sender has but that does not cover the use, as far as it was said.

    `unstated` are the terms (technique, object, territory) that it restricts and nobody spoke of, `exceeded` those in
    which the use goes beyond it.
    """

    number: str
    unstated: tuple[str, ...]
    exceeded: tuple[str, ...]

    @property
    def reason(self) -> str:
        return "licence_out_of_scope" if self.exceeded else "licence_scope_unknown"


@dataclass(frozen=True)
class JudgedMatch:
    """A match with whose motif it is and what explains it. `alert` asks for a person's look.

    `licence` is one that the sender has and that does not explain it.
    """

    match: Match
    standing: Standing
    explained: Explained | None
    hash_distance_bits: "HashDistanceDocument"
    licence: OutOfScope | None = None

    @property
    def alert(self) -> bool:
        return self.match.passes and self.explained is None


@dataclass(frozen=True)
class Outcome:
    """What screening says of one picture; `searched` are the kinds of design that it was compared with.

    `damaged` are the codes of records that it was not, or not in full, compared with: their fingerprints are damaged.
    """

    verdict: Verdict
    alert: bool
    reasons: tuple[str, ...]
    expected_false_alarms: float
    matches: tuple[JudgedMatch, ...]
    searched: tuple[Design, ...] = (Design.MOTIF,)
    damaged: tuple[str, ...] = ()

    @property
    def alerting(self) -> tuple[JudgedMatch, ...]:
        return tuple(match for match in self.matches if match.alert)

    @property
    def decisive(self) -> JudgedMatch | None:
        """The match that the verdict is about."""
        if self.alert:
            return self.alerting[0]
        return next((match for match in self.matches if match.match.passes), None)


def conclude(
    matches: Sequence[JudgedMatch],
    *,
    judged: bool,
    reasons: Sequence[str],
    expected_false_alarms: float,
    searched: tuple[Design, ...],
    damaged: tuple[str, ...] = (),
) -> Outcome:
    """The verdict is the strongest alerting match's relation; only where none alerts, the strongest excuse.

    So a pirate's own held copy, excused for its owner, never hides the victim's motif; and a match that passes always
    beats a picture's being too small or too plain.
    """
    alerting = [match for match in matches if match.alert]
    excused = [match.explained for match in matches if match.match.passes and match.explained]
    if alerting:
        verdict = Verdict(alerting[0].match.relation.value)
    elif excused:
        verdict = Verdict(excused[0].excuse.value)
    else:
        verdict = Verdict.CLEAR if judged else Verdict.NOT_JUDGED
    said = tuple(dict.fromkeys(reasons))
    return Outcome(verdict, bool(alerting), said, expected_false_alarms, tuple(matches), searched, damaged)


def unreadable(reason: str) -> Outcome:
    return Outcome(Verdict.NOT_JUDGED, False, ("unreadable", reason), 0.0, ())
