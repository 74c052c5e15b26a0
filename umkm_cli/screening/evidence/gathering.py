"""Everything that a person needs to judge a likeness by, gathered for a report, a printed document or a bundle.

Both pictures of each pair, what agrees in them (see `matching.explain`), what the registry knows of both sides, and
with what it was found.
"""

from collections.abc import Mapping

import numpy as np

from umkm_cli import __version__
from umkm_cli.db.moments import now
from umkm_cli.db.reading import Reader, listed
from umkm_cli.documents.checks import MatchDocument
from umkm_cli.matching.describing.fingerprint import Closeup
from umkm_cli.matching.explain import Layer, explain
from umkm_cli.matching.thresholds import DEFAULT
from umkm_cli.registry.cases.case import case_document, find_case
from umkm_cli.registry.cases.sides import sides_by_match, strength
from umkm_cli.registry.office.office import Office
from umkm_cli.screening.asking.checks import Checked, Report
from umkm_cli.screening.evidence.kinds import CaseEvidence, CheckEvidence, Engine, Pair, Provenance, RecordHead
from umkm_cli.screening.evidence.origins import Origin, Shown, VendorName, origin_of, picture_of, registered_side
from umkm_cli.screening.judging.closeups import Closeups
from umkm_cli.screening.judging.documents import match_document
from umkm_cli.screening.judging.screener import ENGINE


def evidence_of_check(office: Office, report: Report, checked: Checked) -> CheckEvidence:
    """Of one picture's result, which must have been readable: all matches that pass, the strongest first."""
    assert checked.prepared is not None, "an unreadable picture has no evidence"
    prepared = checked.prepared
    picture = prepared.picture
    shown = Shown(prepared.sha256, checked.image, picture.width, picture.height, picture.rgb, prepared.data)
    passing = [judged for judged in checked.outcome.matches if judged.match.passes]
    with office.reading() as reader:
        sender = VendorName(report.sender) if report.sender else None
        origin = Origin("picture", vendor=sender, published=True, seen=now())
        documents = [match_document(judged) for judged in passing]
        sides = [registered_side(reader, office.settings, document) for document in documents]
        audit = _audit_head(reader)
    closeups = Closeups(office.settings)
    pairs = [
        Pair(
            document,
            shown,
            motif,
            origin,
            known,
            _layers(document, prepared.closeup, _closeup(closeups, motif)),
            _expected(document, report),
        )
        for document, (motif, known) in zip(documents, sides, strict=True)
    ]
    counts = {f"{kind}s": count for kind, count in report.registered.items()}
    return CheckEvidence(_provenance(office, counts, audit), shown, checked, report, tuple(pairs))


def evidence_of_case(office: Office, key: str) -> CaseEvidence:
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
    closeups = Closeups(office.settings)
    pairs = [
        Pair(
            match,
            query,
            motif,
            origin,
            known,
            _layers(match, _closeup(closeups, query), _closeup(closeups, motif)),
            DEFAULT.expected_at(match["score"], views),
        )
        for match, query, origin, motif, known in gathered
    ]
    return CaseEvidence(_provenance(office, {"views": views}, audit), document, tuple(pairs))


def library_versions() -> dict[str, str]:
    """What computed the evidence."""
    import cv2
    import PIL

    return {"umkm": __version__, "numpy": np.__version__, "opencv": cv2.__version__, "pillow": PIL.__version__}


def _closeup(closeups: Closeups, shown: Shown) -> Closeup | None:
    return None if shown.rgb is None else closeups.of_pixels(shown.sha256, shown.rgb)


def _layers(match: MatchDocument, query: Closeup | None, motif: Closeup | None) -> tuple[Layer, ...]:
    if query is None or motif is None:
        return ()
    return explain(query, motif, match["transform"], match["mirrored"], DEFAULT)


def _expected(document: MatchDocument, report: Report) -> float:
    return DEFAULT.expected_at(document["score"], sum(report.registered.values()))


def _views_searched(reader: Reader) -> int:
    return int(
        reader.value("SELECT count(*) FROM view JOIN motif ON motif.id = motif_id WHERE motif.status <> 'withdrawn'")
    )


def _audit_head(reader: Reader) -> RecordHead | None:
    head = reader.one("SELECT seq AS entries, mac FROM audit_head WHERE id = 1")
    return None if head is None else RecordHead(**head)


def _provenance(office: Office, registry: Mapping[str, int], audit: RecordHead | None) -> Provenance:
    settings = office.settings
    engine = Engine(**ENGINE, registry=registry)
    return Provenance(now(), settings.office, settings.actor, engine, library_versions(), audit)
