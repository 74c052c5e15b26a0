"""The edition for the parties of a case: without persons, files' names, notes, and designs that are not published."""

from dataclasses import replace

from umkm_cli.documents.cases import CaseDocument, PartiesCase
from umkm_cli.screening.evidence.kinds import CaseEvidence, CheckEvidence, Edition, Evidence, Pair
from umkm_cli.screening.evidence.origins import Origin, Shown


def for_the_parties(evidence: Evidence) -> Evidence:
    """The same evidence in their edition; businesses' names stay in it."""
    provenance = replace(evidence.provenance, actor=None, edition=Edition.PARTIES)
    pairs = tuple(_pair(pair) for pair in evidence.pairs)
    if isinstance(evidence, CaseEvidence):
        return CaseEvidence(provenance, _case(evidence.case), pairs)
    picture = pairs[0].query if pairs else replace(evidence.picture, filename="")
    return CheckEvidence(provenance, picture, evidence.checked, evidence.report, pairs)


def _case(case: CaseDocument | PartiesCase) -> PartiesCase:
    return {
        "schema": case["schema"],
        "code": case["code"],
        "kind": case["kind"],
        "status": case["status"],
        "created_at": case["created_at"],
        "due": case["due"],
        "decisions": [
            {"outcome": each["outcome"], "reason": each["reason"], "at": each["at"]} for each in case["decisions"]
        ],
    }


def _pair(pair: Pair) -> Pair:
    query, motif = _shown(pair.query, pair.query_origin), _shown(pair.motif, pair.motif_origin)
    hidden = query.hidden or motif.hidden
    match = pair.match | ({"title": "", "ref": None} if motif.hidden else {})
    return replace(
        pair,
        match=match,
        query=query,
        motif=motif,
        query_origin=_public(pair.query_origin),
        motif_origin=_public(pair.motif_origin),
        layers=() if hidden else pair.layers,
    )


def _shown(shown: Shown, origin: Origin) -> Shown:
    if origin.published:
        return replace(shown, filename="")
    return replace(shown, filename="", rgb=None, data=None, hidden=True)


def _public(origin: Origin) -> Origin:
    title = origin.title if origin.published else None
    return replace(origin, title=title, creators=(), seen_where=None)
