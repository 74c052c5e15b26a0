"""What screening found, as the documents that scripts read (`umkm.check/1`)."""

from typing import TYPE_CHECKING

from umkm_cli.matching.engine import Match
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.screening.judging.judge import Excuse, JudgedMatch, Outcome
from umkm_cli.screening.judging.registered import Standing

if TYPE_CHECKING:
    from umkm_cli.documents.checks import AgreementDocument, MatchDocument, OutcomeDocument, StandingDocument


def match_document(judged: JudgedMatch, *, kinds: bool = True) -> "MatchDocument":
    """`kinds` says whether the match is with a motif or a product; where only motifs are searched nobody asks."""
    document: MatchDocument = {
        "kind": judged.standing.kind.value,
        **standing_document(judged.standing),
        "alert": judged.alert,
        "excuse": judged.explained.excuse.value if judged.explained else None,
        **agreement_document(judged.match),
        "hash_distance_bits": judged.hash_distance_bits,
    }
    if not kinds:
        del document["kind"]
    return document


def shown_motifs(outcome: Outcome) -> "list[tuple[JudgedMatch, MatchDocument]]":
    """The motifs that a picture shows, each with its match as a document: whoever owns them, whether or not excused.

    But what is traditional in a motif is not the motif.
    """
    return [
        (judged, match_document(judged))
        for judged in outcome.matches
        if judged.match.passes
        and judged.standing.kind is Design.MOTIF
        and not (judged.explained and judged.explained.excuse is Excuse.HERITAGE)
    ]


def standing_document(standing: Standing) -> "StandingDocument":
    """Which view of which motif or product, and whose it is."""
    return {
        "code": standing.code,
        "ref": standing.ref,
        "title": standing.title,
        "vendor": {"code": standing.vendor_code, "name": standing.vendor_name},
        "view": {"sha256": standing.sha256, "index": standing.position},
    }


def agreement_document(match: Match) -> "AgreementDocument":
    """What two pictures share, whoever they belong to."""
    return {
        "score": round(match.score, 4),
        "relation": match.relation.value,
        "recoloured": match.recoloured,
        "mirrored": match.mirrored,
        "inverted": match.inverted,
        "inliers": match.inliers,
        "query_area": round(match.query_area, 4),
        "motif_area": round(match.motif_area, 4),
        "query_region": [[round(x, 1), round(y, 1)] for x, y in match.query_region],
        "motif_region": [[round(x, 1), round(y, 1)] for x, y in match.motif_region],
        "transform": [list(row) for row in match.transform],
        "rotation_deg": round(match.rotation_deg, 2),
        "scale": round(match.scale, 4),
        "repeats": match.repeats,
    }


def outcome_document(outcome: Outcome) -> "OutcomeDocument":
    """The part of a check's result that a registration shows as `screening`, too."""
    kinds = outcome.searched != (Design.MOTIF,)
    return {
        "alert": outcome.alert,
        "verdict": outcome.verdict.value,
        "reasons": list(outcome.reasons),
        "expected_false_alarms": outcome.expected_false_alarms,
        "damaged_fingerprints": list(outcome.damaged),
        "matches": [match_document(match, kinds=kinds) for match in outcome.matches],
    }
