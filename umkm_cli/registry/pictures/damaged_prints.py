"""Stored fingerprints that are damaged: what a picture cannot be searched by until `motif reindex` makes a new one.

A fingerprint ends in a checksum of its own, so that each damage is known by itself, without its picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from umkm_cli.db.reading import Reader
from umkm_cli.matching.describing.fingerprint_bytes import is_whole
from umkm_cli.matching.describing.generations import READABLE
from umkm_cli.registry.office.finding import owner_codes

if TYPE_CHECKING:
    from umkm_cli.documents.office import DamagedFingerprints

BATCH = 500
"""Fingerprints in memory at once, about 9 MB."""


@dataclass(frozen=True)
class DamagedPrint:
    """`stored` says whether the registry keeps the picture itself, so that a new fingerprint can be made of it."""

    sha256: str
    extractor: str
    stored: bool


@dataclass(frozen=True)
class DamageReport:
    """`pictures` of the records `codes` are left out, and so are `past_checks` pictures that were only checked."""

    codes: tuple[str, ...] = ()
    pictures: int = 0
    past_checks: int = 0

    def document(self) -> "DamagedFingerprints":
        return {"codes": list(self.codes), "pictures": self.pictures, "past_checks": self.past_checks}


def damaged_prints(reader: Reader) -> list[DamagedPrint]:
    """Of all extractors that this version can read; takes about 10 ms for 1,000 pictures."""
    return list(_damaged(reader))


def report_damage(reader: Reader) -> DamageReport:
    """The same as people are told it."""
    found = damaged_prints(reader)
    stored = list(dict.fromkeys(item.sha256 for item in found if item.stored))
    codes = dict.fromkeys(code for sha256 in stored for code in owner_codes(reader, sha256))
    return DamageReport(tuple(codes), len(stored), len({item.sha256 for item in found if not item.stored}))


def _damaged(reader: Reader) -> Iterator[DamagedPrint]:
    names = {f"extractor_{position}": extractor for position, extractor in enumerate(READABLE)}
    after = ("", "")
    while True:
        rows = reader.rows(
            "SELECT fingerprint.sha256 AS sha256, extractor, data, image.stored AS stored FROM fingerprint "
            "JOIN image ON image.sha256 = fingerprint.sha256 "
            f"WHERE extractor IN ({', '.join(f':{name}' for name in names)}) AND (fingerprint.sha256 > :after "
            "OR (fingerprint.sha256 = :after AND extractor > :after_extractor)) "
            "ORDER BY fingerprint.sha256, extractor LIMIT :most",
            after=after[0],
            after_extractor=after[1],
            most=BATCH,
            **names,
        )
        for row in rows:
            if not is_whole(row["data"]):
                yield DamagedPrint(row["sha256"], row["extractor"], bool(row["stored"]))
        if len(rows) < BATCH:
            return
        after = rows[-1]["sha256"], rows[-1]["extractor"]
