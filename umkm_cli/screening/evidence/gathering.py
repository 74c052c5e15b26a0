"""Everything that a person needs to judge a likeness by, gathered for a report, a printed document or a bundle.

Evidence is about a check that was just made, or about a case. It holds both pictures of each pair, what agrees in them
(see `matching.explain`), what the registry knows of both sides, and with what it was found. It says nothing in words:
that is the reports' business.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from umkm_cli import __version__
from umkm_cli.db.reading import Reader, listed
from umkm_cli.db.tables import now
from umkm_cli.matching.explain import Layer, explain
from umkm_cli.matching.thresholds import DEFAULT
from umkm_cli.registry.cases.case import case_document, find_case
from umkm_cli.registry.cases.sides import sides_by_match, strength
from umkm_cli.registry.office.office import Office
from umkm_cli.screening.asking.checks import Checked, Report
from umkm_cli.screening.evidence.origins import Origin, Shown, origin_of, picture_of, registered_side, side_document
from umkm_cli.screening.judging.documents import match_document
from umkm_cli.screening.judging.screener import ENGINE

SCHEMA = "umkm.evidence/1"


@dataclass(frozen=True, eq=False)
class Pair:
    """A picture and a registered design that agree; `match` as in `umkm.check/1`, `layers` spell it out."""

    match: dict[str, Any]
    query: Shown
    motif: Shown
    query_origin: Origin
    motif_origin: Origin
    layers: tuple[Layer, ...]
    expected_false_alarms: float


@dataclass(frozen=True, eq=False)
class Evidence:
    """`case` is `umkm.case/1` where it is about a case, `checked` the result and its report where it is about a check.

    `audit` is the head of the record of changes (`entries`, `mac`) at the time, None in an empty registry.
    """

    made_at: str
    office: str
    actor: str | None
    engine: dict[str, Any]
    versions: dict[str, str]
    audit: dict[str, Any] | None
    pairs: tuple[Pair, ...]
    picture: Shown | None = None
    checked: tuple[Checked, Report] | None = None
    case: dict[str, Any] | None = None
    for_parties: bool = False

    def document(self) -> dict[str, Any]:
        """`umkm.evidence/1`: all of it but the pixels."""
        verdict: Mapping[str, Any] | None = self.checked[0].document() if self.checked else None
        return {
            "schema": SCHEMA,
            "made_at": self.made_at,
            "office": self.office,
            "actor": self.actor,
            "edition": "parties" if self.for_parties else "internal",
            "engine": self.engine,
            "versions": self.versions,
            "audit": self.audit,
            "case": None if self.case is None else {k: v for k, v in self.case.items() if k != "matches"},
            "check": None if verdict is None else {name: verdict[name] for name in _OF_A_CHECK},
            "pairs": [_pair_document(pair) for pair in self.pairs],
        }


_OF_A_CHECK = ("sha256", "width", "height", "alert", "verdict", "reasons", "expected_false_alarms")


def evidence_of_check(office: Office, report: Report, checked: Checked) -> Evidence:
    """Of one picture's result, which must have been readable: all matches that pass, the strongest first."""
    assert checked.prepared is not None, "an unreadable picture has no evidence"
    prepared = checked.prepared
    picture = prepared.picture
    shown = Shown(prepared.sha256, checked.image, picture.width, picture.height, picture.rgb, prepared.data)
    passing = [judged for judged in checked.outcome.matches if judged.match.passes]
    with office.reading() as reader:
        sender = {"name": report.sender} if report.sender else None
        origin = Origin("picture", vendor=sender, published=True, seen=now())
        documents: list[dict[str, Any]] = [dict(match_document(judged)) for judged in passing]
        sides = [registered_side(reader, office.settings, document) for document in documents]
        audit = _audit_head(reader)
    pairs = [
        Pair(document, shown, motif, origin, known, _layers(document, shown, motif), _expected(document, report))
        for document, (motif, known) in zip(documents, sides, strict=True)
    ]
    return Evidence(
        made_at=now(),
        office=office.settings.office,
        actor=office.settings.actor,
        engine=dict(report.engine),
        versions=library_versions(),
        audit=audit,
        pairs=tuple(pairs),
        picture=shown,
        checked=(checked, report),
    )


def evidence_of_case(office: Office, key: str) -> Evidence:
    """Of all agreements that a case is about. Raises `UmkmError`: `case_not_found`, `code_mistyped`."""
    with office.reading() as reader:
        row = find_case(reader, key)
        document = case_document(reader, row)
        audit, views = _audit_head(reader), _views_searched(reader)
        sides = sides_by_match(reader, [row]).get(row["id"], {})
        gathered = []
        for found in reader.rows("SELECT * FROM case_match WHERE case_id = :id ORDER BY id", id=row["id"]):
            match = listed(found["match"])
            if match and not match.get("counterpart"):
                query = picture_of(reader, office.settings, found["sha256"])
                motif, known = registered_side(reader, office.settings, match)
                gathered.append((match, query, origin_of(reader, sides.get(found["id"]), row), motif, known))
    gathered.sort(key=lambda item: strength(item[0]))
    pairs = [
        Pair(
            match,
            query,
            motif,
            origin,
            known,
            _layers(match, query, motif),
            DEFAULT.expected_at(match["score"], views),
        )
        for match, query, origin, motif, known in gathered
    ]
    return Evidence(
        made_at=now(),
        office=office.settings.office,
        actor=office.settings.actor,
        engine={**ENGINE, "registry_views": views},
        versions=library_versions(),
        audit=audit,
        pairs=tuple(pairs),
        picture=pairs[0].query if pairs else None,
        case=dict(document),
    )


def for_the_parties(evidence: Evidence) -> Evidence:
    """The same without persons (but businesses' names), files' names, notes, and designs that are not published."""
    case = evidence.case
    if case is not None:
        kept = {name: value for name, value in case.items() if name in _CASE_FOR_PARTIES}
        decisions = [{k: v for k, v in item.items() if k != "actor"} for item in case["decisions"]]
        case = kept | {"decisions": decisions}
    pairs = tuple(_pair_for_parties(pair) for pair in evidence.pairs)
    alone = None if evidence.picture is None else replace(evidence.picture, filename="")
    picture = pairs[0].query if pairs else alone
    return replace(evidence, actor=None, for_parties=True, case=case, picture=picture, pairs=pairs)


_CASE_FOR_PARTIES = ("schema", "code", "kind", "status", "created_at", "due")


def _pair_for_parties(pair: Pair) -> Pair:
    query, motif = _for_parties(pair.query, pair.query_origin), _for_parties(pair.motif, pair.motif_origin)
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


def _for_parties(shown: Shown, origin: Origin) -> Shown:
    if origin.published:
        return replace(shown, filename="")
    return replace(shown, filename="", rgb=None, data=None, hidden=True)


def _public(origin: Origin) -> Origin:
    title = origin.title if origin.published else None
    return replace(origin, title=title, creators=(), seen_where=None)


def library_versions() -> dict[str, str]:
    """What computed the evidence."""
    import cv2
    import PIL

    return {"umkm": __version__, "numpy": np.__version__, "opencv": cv2.__version__, "pillow": PIL.__version__}


def _layers(match: dict[str, Any], query: Shown, motif: Shown) -> tuple[Layer, ...]:
    if query.rgb is None or motif.rgb is None:
        return ()
    return explain(query.rgb, motif.rgb, match["transform"], match["mirrored"], DEFAULT)


def _expected(document: dict[str, Any], report: Report) -> float:
    return DEFAULT.expected_at(document["score"], sum(report.registered.values()))


def _views_searched(reader: Reader) -> int:
    return int(
        reader.value("SELECT count(*) FROM view JOIN motif ON motif.id = motif_id WHERE motif.status <> 'withdrawn'")
    )


def _audit_head(reader: Reader) -> dict[str, Any] | None:
    return reader.one("SELECT seq AS entries, mac FROM audit_head WHERE id = 1")


def _pair_document(pair: Pair) -> dict[str, Any]:
    return {
        "match": pair.match,
        "expected_false_alarms": pair.expected_false_alarms,
        "query": side_document(pair.query, pair.query_origin),
        "motif": side_document(pair.motif, pair.motif_origin),
        "layers": [_layer_document(layer) for layer in pair.layers],
    }


def _layer_document(layer: Layer) -> dict[str, Any]:
    return {
        "transform": [[float(value) for value in row] for row in layer.matrix],
        "parts": [{"query_region": _ring(part.query), "motif_region": _ring(part.motif)} for part in layer.parts],
        "points": [[round(float(value), 1) for value in row] for row in layer.points],
    }


def _ring(ring: Sequence[Sequence[float]]) -> list[list[float]]:
    return [[round(x, 1), round(y, 1)] for x, y in ring]
