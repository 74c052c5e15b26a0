"""Screen one prepared picture against the registry: matches from the engine, judged for this registry."""

from datetime import date

from umkm_cli.db.reading import Reader
from umkm_cli.matching.engine import MATCHER, Match, Relation
from umkm_cli.matching.engine import screen as screen_picture
from umkm_cli.matching.generations import EXTRACTOR
from umkm_cli.matching.hashes import distance_bits
from umkm_cli.matching.thresholds import DEFAULT, Thresholds
from umkm_cli.screening.excuses import Excuses, Sender
from umkm_cli.screening.judge import JudgedMatch, Outcome, conclude
from umkm_cli.screening.pictures import Prepared
from umkm_cli.screening.registered import RegisteredMotifs, Standing
from umkm_cli.screening.traditions import Traditions
from umkm_cli.settings import Settings

TOP = 5
ENGINE = {"extractor": EXTRACTOR, "matcher": MATCHER, "thresholds": DEFAULT.version}


class Screener:
    """Holds the registered motifs in memory; `refresh` between batches takes in what others registered meanwhile."""

    def __init__(self, settings: Settings, thresholds: Thresholds = DEFAULT) -> None:
        self.registered = RegisteredMotifs(settings)
        self._thresholds = thresholds
        self._traditions = Traditions(settings, thresholds)
        self._excuses: Excuses | None = None

    def refresh(self, reader: Reader) -> None:
        self.registered.refresh(reader)
        self._traditions.refresh(reader, self.registered.index)
        self._excuses = Excuses(reader, date.today(), self._traditions)

    def screen(self, prepared: Prepared, sender: Sender, *, top: int = TOP, joining: str | None = None) -> Outcome:
        """`joining` is a motif that the picture is about to become part of, which is not held against it; others wait
        for the registry meanwhile, so that search is the quick one."""
        gallery = self.registered.gallery
        found = screen_picture(
            prepared.fingerprint,
            gallery,
            self._thresholds,
            top=top,
            originals=self.registered.originals,
            query_rgb=prepared.picture.rgb,
            thorough=joining is None,
            aside=lambda item: item.owner == sender.vendor_id,
        )
        matches = [match for match in self._with_same_file(prepared, found.matches) if match.motif != joining]
        judged = [self._judge(match, prepared, sender) for match in matches]
        reasons = list(found.reasons) + [reason for match in matches if match.passes for reason in match.reasons]
        reasons += self.registered.index.reasons
        return conclude(judged, judged=found.judged, reasons=reasons, expected_false_alarms=found.expected_false_alarms)

    def _judge(self, match: Match, prepared: Prepared, sender: Sender) -> JudgedMatch:
        assert self._excuses is not None, "refresh comes before screen"
        standing = self.registered.standing[match.key]
        explained = None
        if match.passes:
            explained = self._excuses.explain(match, prepared, sender, self.registered)
        return JudgedMatch(match, standing, explained, _hash_distance(prepared, standing))

    def _with_same_file(self, prepared: Prepared, matches: tuple[Match, ...]) -> list[Match]:
        """The very same file is a copy even where it is too plain or too small for the engine to say so."""
        passed = {match.motif for match in matches if match.passes}
        same = [standing for standing in self.registered.with_bytes(prepared.sha256) if standing.motif_id not in passed]
        first = {standing.motif_id: standing for standing in reversed(same)}
        extra = [_whole_copy(standing, prepared) for standing in first.values()]
        return extra + [match for match in matches if match.motif not in first]


def _whole_copy(standing: Standing, prepared: Prepared) -> Match:
    """Byte for byte the same file: everything agrees with everything, by identity."""
    right, bottom = float(prepared.picture.width), float(prepared.picture.height)
    whole = ((0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom))
    return Match(
        key=standing.view_id,
        motif=standing.motif_id,
        owner=standing.vendor_id,
        score=1.0,
        passes=True,
        relation=Relation.COPY,
        recoloured=False,
        mirrored=False,
        inverted=False,
        inliers=0,
        query_area=1.0,
        motif_area=1.0,
        query_region=whole,
        motif_region=whole,
        transform=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
        rotation_deg=0.0,
        scale=1.0,
        repeats=1,
        reasons=("same_file",),
    )


def _hash_distance(prepared: Prepared, standing: Standing) -> dict[str, int]:
    return {
        "phash": distance_bits(prepared.hashes.phash, standing.phash),
        "dhash": distance_bits(prepared.hashes.dhash, standing.dhash),
    }
