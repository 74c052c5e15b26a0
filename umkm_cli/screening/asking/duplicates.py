"""Pairs of registered motifs that match each other: what a registry that grew before screening may hold."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from umkm_cli.matching.describing.hashes import distance_bits
from umkm_cli.matching.engine import Match
from umkm_cli.matching.engine import screen as screen_picture
from umkm_cli.matching.gallery import Registered
from umkm_cli.matching.thresholds import DEFAULT
from umkm_cli.registry.office.office import Office
from umkm_cli.screening.judging.documents import agreement_document, standing_document
from umkm_cli.screening.judging.registered import RegisteredDesigns, Standing

if TYPE_CHECKING:
    from umkm_cli.documents.comparing import DuplicatePairDocument

SEEN_EACH = 10


@dataclass(frozen=True)
class DuplicatePair:
    """`a` was looked for, `b` was found; each pair once, with its strongest agreement."""

    a: Standing
    b: Standing
    match: Match

    def document(self) -> "DuplicatePairDocument":
        return {
            "a": standing_document(self.a),
            "b": standing_document(self.b),
            "same_vendor": self.a.vendor_id == self.b.vendor_id,
            **agreement_document(self.match),
            "hash_distance_bits": {
                "phash": distance_bits(self.a.phash, self.b.phash),
                "dhash": distance_bits(self.a.dhash, self.b.dhash),
            },
        }


def find_duplicates(office: Office, progress: Callable[[int], None]) -> list[DuplicatePair]:
    registered = RegisteredDesigns(office.settings)
    with office.reading() as reader:
        registered.refresh(reader)
    best: dict[tuple[str, str], DuplicatePair] = {}
    for done, standing in enumerate(registered.in_order(), 1):
        view_id = standing.view_id
        found = screen_picture(
            registered.fingerprints[view_id],
            registered.gallery,
            DEFAULT,
            top=SEEN_EACH,
            originals=registered.originals,
            query_rgb=registered.originals.pixels(view_id),
            aside=partial(_of_motif, standing.motif_id),
        )
        for match in found.matches:
            if match.passes and match.motif != standing.record_id:
                pair = DuplicatePair(standing, registered.standing[match.key], match)
                key = (min(standing.record_id, match.motif), max(standing.record_id, match.motif))
                if key not in best or match.score > best[key].match.score:
                    best[key] = pair
        progress(done)
    return sorted(best.values(), key=lambda pair: (-pair.match.score, pair.a.code, pair.b.code))


def _of_motif(motif_id: str, item: Registered) -> bool:
    return item.motif == motif_id
