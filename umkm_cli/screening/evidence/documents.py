"""The evidence as the document that a report carries in itself (`umkm.evidence/1`)."""

from collections.abc import Mapping, Sequence
from typing import cast

from umkm_cli.documents.cases import CaseRecord, KeptMatch, PartiesCase
from umkm_cli.documents.evidence import (
    EvidenceAuditHead,
    EvidenceCheck,
    EvidenceDocument,
    EvidenceEngine,
    EvidenceLayer,
    EvidencePair,
)
from umkm_cli.matching.explain import Layer
from umkm_cli.screening.evidence.kinds import CaseEvidence, CheckEvidence, Engine, Evidence, Pair, RecordHead
from umkm_cli.screening.evidence.origins import side_document

_OF_A_CHECK = ("sha256", "width", "height", "alert", "verdict", "reasons", "expected_false_alarms")


def evidence_document(evidence: Evidence) -> EvidenceDocument:
    """All of it but the pixels."""
    provenance = evidence.provenance
    return {
        "schema": "umkm.evidence/1",
        "made_at": provenance.made_at,
        "office": provenance.office,
        "actor": provenance.actor,
        "edition": provenance.edition.value,
        "engine": _engine(provenance.engine),
        "versions": dict(provenance.versions),
        "audit": None if provenance.audit is None else _audit(provenance.audit),
        "case": _case(evidence) if isinstance(evidence, CaseEvidence) else None,
        "check": _check(evidence) if isinstance(evidence, CheckEvidence) else None,
        "pairs": [_pair(pair) for pair in evidence.pairs],
    }


def _engine(engine: Engine) -> EvidenceEngine:
    versions = {"extractor": engine.extractor, "matcher": engine.matcher, "thresholds": engine.thresholds}
    counts = {f"registry_{name}": count for name, count in engine.registry.items()}
    return cast(EvidenceEngine, {**versions, **counts})


def _audit(head: RecordHead) -> EvidenceAuditHead:
    return {"entries": head.entries, "mac": head.mac}


def _case(evidence: CaseEvidence) -> CaseRecord | PartiesCase:
    """Its matches stand in the pairs."""
    told = {name: value for name, value in evidence.case.items() if name != "matches"}
    return cast(CaseRecord | PartiesCase, told)


def _check(evidence: CheckEvidence) -> EvidenceCheck:
    document: Mapping[str, object] = evidence.checked.document()
    return cast(EvidenceCheck, {name: document[name] for name in _OF_A_CHECK})


def _pair(pair: Pair) -> EvidencePair:
    return {
        "match": cast(KeptMatch, pair.match),
        "expected_false_alarms": pair.expected_false_alarms,
        "query": side_document(pair.query, pair.query_origin),
        "motif": side_document(pair.motif, pair.motif_origin),
        "layers": [_layer(layer) for layer in pair.layers],
    }


def _layer(layer: Layer) -> EvidenceLayer:
    return {
        "transform": [[float(value) for value in row] for row in layer.matrix],
        "parts": [{"query_region": _ring(part.query), "motif_region": _ring(part.motif)} for part in layer.parts],
        "points": [[round(float(value), 1) for value in row] for row in layer.points],
    }


def _ring(ring: Sequence[Sequence[float]]) -> list[list[float]]:
    return [[round(x, 1), round(y, 1)] for x, y in ring]
