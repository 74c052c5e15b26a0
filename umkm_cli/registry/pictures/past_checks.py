"""Pictures that were checked: how long their fingerprints are kept, and which of them are compared with new motifs.

A check keeps no picture, only its fingerprint, so that a motif that is registered later can still be found in it. After
`keep_checks_days` (see `settings.toml`) that goes, too; that there was a check, and what it answered, stays.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from umkm_cli import clock
from umkm_cli.db.reading import Reader, Row, listed
from umkm_cli.matching.describing.generations import EXTRACTOR
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.trusted_time import clock_in_doubt
from umkm_cli.registry.pictures.generations import IndexState, serving

if TYPE_CHECKING:
    from umkm_cli.documents.designs import OwnerDocument

BATCH = 500
"""Pictures whose fingerprints are removed in one transaction."""
NEVER = "9999"
ALWAYS = "0000"

_SHOWS_A_MOTIF = """
    SELECT 1 FROM view JOIN motif ON motif.id = view.motif_id
    WHERE view.sha256 = "check".sha256 AND motif.status <> 'withdrawn'
"""
_PAST = f"""
    SELECT DISTINCT "check".sha256 AS sha256 FROM "check"
    WHERE "check".at >= :since AND "check".sha256 > :after AND NOT EXISTS ({_SHOWS_A_MOTIF})
"""
_OUTLIVED = """
    FROM fingerprint JOIN image ON image.sha256 = fingerprint.sha256
    WHERE NOT image.stored
        AND EXISTS (SELECT 1 FROM "check" WHERE "check".sha256 = image.sha256 AND "check".at < :since)
        AND NOT EXISTS (SELECT 1 FROM "check" WHERE "check".sha256 = image.sha256 AND "check".at >= :since)
        AND NOT EXISTS (SELECT 1 FROM view WHERE view.sha256 = image.sha256)
        AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.sha256 = image.sha256)
        AND NOT EXISTS (SELECT 1 FROM case_match WHERE case_match.sha256 = image.sha256)
"""


@dataclass(frozen=True)
class PastCheck:
    """A check of a picture: when, of which file, for which vendor, and the motifs (codes) that its answer explained or
    alerted to."""

    id: str
    at: str
    image: str
    vendor: "OwnerDocument | None"
    vendor_id: str | None
    named: frozenset[str]


def kept_since(office: Office) -> str:
    """The moment from which on the fingerprints of checks are kept; all are while the clock is in doubt."""
    settings = office.settings
    if settings.keep_checks_days == 0:
        return NEVER
    with office.reading() as reader:
        if clock_in_doubt(reader) is not None:
            return ALWAYS
    days = min(settings.keep_checks_days, 365 * 1000)
    return clock.moment_text(clock.utc_now() - timedelta(days=days))


def count_past(reader: Reader, since: str) -> int:
    """How many different pictures were checked since then that no registered motif shows."""
    return int(reader.value(f"SELECT count(*) FROM ({_PAST}) AS past", since=since, after=""))


def past_fingerprints(reader: Reader, since: str, after: str, most: int) -> list[Row]:
    """`sha256` and `data` (None where no readable fingerprint is left) of the pictures behind `after`, in order."""
    served, extractors = serving(IndexState())
    return reader.rows(
        f"SELECT view.sha256 AS sha256, fingerprint.data AS data FROM ({_PAST} ORDER BY sha256 LIMIT :most) AS view "
        f"LEFT JOIN fingerprint ON {served} ORDER BY view.sha256",
        since=since,
        after=after,
        most=most,
        **extractors,
    )


def checks_of(reader: Reader, sha256: str, since: str) -> list[PastCheck]:
    """The checks of a picture since then, the newest first."""
    rows = reader.rows(
        'SELECT "check".*, vendor.code AS vendor_code, vendor.name AS vendor_name FROM "check" '
        'LEFT JOIN vendor ON vendor.id = "check".vendor_id '
        'WHERE "check".sha256 = :sha256 AND "check".at >= :since ORDER BY "check".at DESC, "check".id',
        sha256=sha256,
        since=since,
    )
    return [_check(row) for row in rows]


def remove_outlived(office: Office) -> int:
    """Remove the fingerprints of pictures that were only checked, and last before the retention; how many there were.

    Those of stored pictures, of attachments and of pictures that a case names stay. A clock that may be wrong removes
    none.
    """
    since = kept_since(office)
    removed = 0
    while True:
        with office.reading() as reader:
            if reader.one(f"SELECT 1 {_OUTLIVED} LIMIT 1", since=since) is None:
                return removed
        removed += _remove(office, since)


def _remove(office: Office, since: str) -> int:
    """Asked again under the lock: a check of the same picture may have come in between."""
    from sqlalchemy import delete, text
    from sqlmodel import col

    from umkm_cli.db.tables import StoredFingerprint

    parameters: dict[str, Any] = {"since": since, "most": BATCH}
    chosen = f"SELECT DISTINCT fingerprint.sha256 {_OUTLIVED} ORDER BY fingerprint.sha256 LIMIT :most"
    with office.work() as work:
        shas = [row[0] for row in work.session.execute(text(chosen), parameters)]
        if shas:
            gone = delete(StoredFingerprint).where(col(StoredFingerprint.sha256).in_(shas))
            work.session.execute(gone.execution_options(synchronize_session=False))
            changes = {"removed": (None, len(shas)), "keep_checks_days": (None, office.settings.keep_checks_days)}
            work.record("forget", "fingerprint", EXTRACTOR, changes)
    return len(shas)


def _check(row: Row) -> PastCheck:
    document = listed(row["document"])
    named = {m["code"] for m in document.get("matches", ()) if m.get("alert") or m.get("excuse")}
    name = str(document.get("image") or "").replace("\\", "/").rpartition("/")[2]
    known = row["vendor_code"] is not None
    vendor: OwnerDocument | None = {"code": row["vendor_code"], "name": row["vendor_name"]} if known else None
    return PastCheck(row["id"], row["at"], name, vendor, row["vendor_id"], frozenset(named))
