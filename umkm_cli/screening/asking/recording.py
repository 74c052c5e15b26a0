"""A check as the registry remembers it: its answer, and what was seen of the picture, but never the picture itself.

Most checks add three rows that stand alone, which SQLite's own driver writes (`note_check`): the tables' libraries take
longer to load than the picture takes to compare. What opens a case, or a registry in another database, goes through the
tables (`record_check`); the rows are the same.
"""

import uuid
from typing import TYPE_CHECKING, Any

from umkm_cli.db.moments import now
from umkm_cli.matching.describing.fingerprint_bytes import is_whole
from umkm_cli.matching.describing.generations import EXTRACTOR
from umkm_cli.registry.office.notes import Notes
from umkm_cli.registry.office.work import Work
from umkm_cli.registry.pictures.images import mend_original, remember
from umkm_cli.screening.judging.excuses import Sender
from umkm_cli.screening.judging.judge import Outcome
from umkm_cli.screening.judging.pictures import Prepared
from umkm_cli.screening.judging.screener import ENGINE

if TYPE_CHECKING:
    from umkm_cli.documents.checks import CheckResultDocument


def note_check(
    notes: Notes, prepared: Prepared | None, outcome: Outcome, document: "CheckResultDocument", sender: Sender
) -> None:
    """`prepared` is None where the file could not be read as a picture."""
    if prepared is not None:
        _note_picture(notes, prepared)
    values = _values(notes.settings.actor, prepared, outcome, document, sender)
    notes.created("check", {"id": str(uuid.uuid4()), "at": now(), **values}, action="check")


def record_check(
    work: Work,
    prepared: Prepared | None,
    outcome: Outcome,
    document: "CheckResultDocument",
    sender: Sender,
    *,
    case_subject: str | None = None,
) -> str | None:
    """The same through the tables; the code of a case where the picture alerts and `case_subject` names it."""
    from umkm_cli.db.tables import Check
    from umkm_cli.screening.judging.views import keep_fingerprint

    opens_case = case_subject is not None and outcome.alert and prepared is not None
    if prepared is not None:
        remember(work.session, prepared.image_row(stored=False))
        mend_original(work, prepared.sha256, prepared.data)
        if work.settings.keep_checks_days > 0 or opens_case:
            keep_fingerprint(work, prepared)
    check = Check(**_values(work.settings.actor, prepared, outcome, document, sender))
    work.created("check", check, action="check")
    return _open_case(work, check.id, prepared, outcome, case_subject) if prepared and opens_case else None


def _open_case(work: Work, check_id: str, prepared: Prepared, outcome: Outcome, subject: str | None) -> str:
    from umkm_cli.registry.cases.case import CaseKind, open_case
    from umkm_cli.screening.judging.agreements import agreement_with
    from umkm_cli.screening.judging.views import keep_seen

    agreements = [agreement_with(judged, prepared) for judged in outcome.alerting]
    strongest = outcome.alerting[0].standing
    about = {strongest.kind.column: strongest.record_id}
    case = open_case(work, CaseKind.ALERT, agreements, check_id=check_id, subject=subject, **about)
    keep_seen(work, case.id, prepared)
    return case.code


def _values(
    actor: str, prepared: Prepared | None, outcome: Outcome, document: "CheckResultDocument", sender: Sender
) -> dict[str, Any]:
    """The check's columns, but for its identifier and moment."""
    return {
        "actor": actor,
        "vendor_id": sender.vendor_id,
        "sha256": prepared.sha256 if prepared else None,
        "verdict": outcome.verdict.value,
        "alert": outcome.alert,
        **ENGINE,
        "document": document,
    }


def _note_picture(notes: Notes, prepared: Prepared) -> None:
    """Its row, and its fingerprint as long as such are kept; each only where it is new, or was damaged."""
    sha256 = prepared.sha256
    if notes.reader.one("SELECT 1 AS one FROM image WHERE sha256 = :sha256", sha256=sha256) is None:
        notes.writer.insert("image", prepared.image_columns(stored=False) | {"created_at": now()})
    mend_original(notes, sha256, prepared.data)
    if notes.settings.keep_checks_days == 0:
        return
    known = notes.reader.one(
        "SELECT data, created_at FROM fingerprint WHERE sha256 = :sha256 AND extractor = :extractor",
        sha256=sha256,
        extractor=EXTRACTOR,
    )
    if known is None or not is_whole(known["data"]):
        since = known["created_at"] if known else now()
        row = {"sha256": sha256, "extractor": EXTRACTOR, "data": prepared.fingerprint.to_bytes(), "created_at": since}
        notes.writer.insert("fingerprint", row, instead=known is not None)
