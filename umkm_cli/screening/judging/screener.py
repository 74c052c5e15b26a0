"""Screen one prepared picture against the registry: matches from the engine, judged for this registry."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from umkm_cli import clock
from umkm_cli.db.reading import Reader
from umkm_cli.matching.describing.generations import EXTRACTOR
from umkm_cli.matching.describing.hashes import distance_bits
from umkm_cli.matching.engine import MATCHER, Match, Relation, Screening
from umkm_cli.matching.engine import screen as screen_picture
from umkm_cli.matching.heritage import explained_fraction
from umkm_cli.matching.thresholds import DEFAULT, Thresholds
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.screening.judging.excuses import Excuses, Sender
from umkm_cli.screening.judging.judge import Explained, JudgedMatch, Outcome, conclude
from umkm_cli.screening.judging.pictures import Prepared
from umkm_cli.screening.judging.registered import RegisteredDesigns, Standing
from umkm_cli.screening.judging.traditions import Traditions
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from umkm_cli.documents.checks import EngineDocument, HashDistanceDocument

TOP = 5
PRODUCTS_SEEN = 20
ENGINE: "EngineDocument" = {"extractor": EXTRACTOR, "matcher": MATCHER, "thresholds": DEFAULT.version}


class Screener:
    """Holds the registered designs of some kinds in memory; `refresh` between batches takes in what others registered.

    Motifs are always searched: what a picture shares with a product may be a motif that both may use.
    """

    def __init__(self, settings: Settings, *also: Design, thresholds: Thresholds = DEFAULT) -> None:
        self.designs = {kind: RegisteredDesigns(settings, kind) for kind in (Design.MOTIF, *also)}
        self._settings = settings
        self._thresholds = thresholds
        self._traditions = Traditions(settings, thresholds)
        self._excuses: Excuses | None = None

    def refresh(self, reader: Reader) -> None:
        for designs in self.designs.values():
            designs.refresh(reader)
        self._traditions.refresh(reader, self.designs[Design.MOTIF].index)
        self._excuses = Excuses(self._settings, reader, clock.today(), self._traditions, self._thresholds)

    def screen(self, prepared: Prepared, sender: Sender, *, top: int = TOP, joining: str | None = None) -> Outcome:
        """The `top` matches of each kind, so that many products never crowd out the motif that they show.

        A maker has many pictures of one cloth. So more products are looked at than `top`, and of those the ones that
        nothing explains are kept first.

        `joining` is a record that the picture is about to become part of, which is not held against it; others wait
        for the registry meanwhile, so that search is the quick one.
        """
        judged: list[JudgedMatch] = []
        searches: list[Screening] = []
        for designs in self.designs.values():
            wanted = top if designs.kind is Design.MOTIF else max(top, PRODUCTS_SEEN)
            found = self._search(designs, prepared, sender, wanted, thorough=joining is None)
            matches = [match for match in _with_same_file(designs, prepared, found.matches) if match.motif != joining]
            judged += [self._judge(designs, match, prepared, sender) for match in matches]
            searches.append(found)
        judged = _foremost(self._with_shared_motifs(judged, prepared), top)
        judged.sort(key=lambda item: (not item.match.passes, -item.match.score))
        passed = any(match.passes for found in searches for match in found.matches)
        reasons = [] if passed else [reason for found in searches for reason in found.reasons]
        reasons += [reason for item in judged if item.match.passes for reason in item.match.reasons]
        reasons += [item.licence.reason for item in judged if item.licence]
        reasons += [reason for designs in self.designs.values() for reason in designs.index.reasons]
        reasons += ["index_damaged"] if self.damaged else []
        reasons += ["segments_damaged"] if any(designs.segments_damaged for designs in self.designs.values()) else []
        return conclude(
            judged,
            judged=any(found.judged for found in searches),
            reasons=reasons,
            expected_false_alarms=sum(found.expected_false_alarms for found in searches),
            searched=tuple(self.designs),
            damaged=self.damaged,
        )

    @property
    def damaged(self) -> tuple[str, ...]:
        """Codes of records that are left out, in part at least, because fingerprints of theirs are damaged."""
        found = [code for designs in self.designs.values() for code in designs.damaged]
        return tuple(dict.fromkeys([*found, *self._traditions.damaged]))

    def _search(
        self, designs: RegisteredDesigns, prepared: Prepared, sender: Sender, top: int, *, thorough: bool
    ) -> Screening:
        return screen_picture(
            prepared.fingerprint,
            designs.gallery,
            self._thresholds,
            top=top,
            originals=designs.originals,
            closeup=prepared.closeup,
            thorough=thorough,
            aside=lambda item: item.owner == sender.vendor_id,
        )

    def _judge(self, designs: RegisteredDesigns, match: Match, prepared: Prepared, sender: Sender) -> JudgedMatch:
        assert self._excuses is not None, "refresh comes before screen"
        explained = self._excuses.explain(match, prepared, sender, designs) if match.passes else None
        standing = designs.standing[match.key]
        alerts = match.passes and explained is None
        licence = self._excuses.out_of_scope(standing, sender) if alerts else None
        return JudgedMatch(match, standing, explained, _hash_distance(prepared, standing), licence)

    def _with_shared_motifs(self, judged: list[JudgedMatch], prepared: Prepared) -> list[JudgedMatch]:
        """Two makers who may both use one motif show it in their pictures, and so the pictures agree.

        What agrees with another's product is explained as the motif is, where that motif covers as much of it as a
        tradition would have to. The very same file is a copied photograph, whoever may use the motif.
        """
        if Design.PRODUCT not in self.designs:
            return judged
        passing = [item for item in judged if item.match.passes]
        excused = [item for item in passing if item.standing.kind is Design.MOTIF and item.explained]
        copied = {standing.record_id for standing in self.designs[Design.PRODUCT].with_bytes(prepared.sha256)}
        return [
            replace(item, explained=self._as_motif(item, excused))
            if item.alert and item.standing.kind is Design.PRODUCT and item.standing.record_id not in copied
            else item
            for item in judged
        ]

    def _as_motif(self, item: JudgedMatch, excused: Sequence[JudgedMatch]) -> Explained | None:
        shown = self.designs[Design.PRODUCT].fingerprints[item.match.key]
        for motif in excused:
            prints = self.designs[Design.MOTIF].prints_of(motif.standing.record_id)
            covered = explained_fraction(shown, item.match.motif_region, prints, self._thresholds)
            if covered >= self._thresholds.heritage_cover:
                return motif.explained
        return None


def _foremost(judged: Sequence[JudgedMatch], top: int) -> list[JudgedMatch]:
    motifs = [item for item in judged if item.standing.kind is Design.MOTIF]
    products = [item for item in judged if item.standing.kind is Design.PRODUCT]
    products.sort(key=lambda item: (not item.alert, not item.match.passes, -item.match.score))
    return motifs + products[:top]


def _with_same_file(designs: RegisteredDesigns, prepared: Prepared, matches: tuple[Match, ...]) -> list[Match]:
    """The very same file is a copy even where it is too plain or too small for the engine to say so."""
    passed = {match.motif for match in matches if match.passes}
    same = [standing for standing in designs.with_bytes(prepared.sha256) if standing.record_id not in passed]
    first = {standing.record_id: standing for standing in reversed(same)}
    extra = [_whole_copy(standing, prepared) for standing in first.values()]
    return extra + [match for match in matches if match.motif not in first]


def _whole_copy(standing: Standing, prepared: Prepared) -> Match:
    """Byte for byte the same file: everything agrees with everything, by identity."""
    right, bottom = float(prepared.picture.width), float(prepared.picture.height)
    whole = ((0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom))
    return Match(
        key=standing.view_id,
        motif=standing.record_id,
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


def _hash_distance(prepared: Prepared, standing: Standing) -> "HashDistanceDocument":
    return {
        "phash": distance_bits(prepared.hashes.phash, standing.phash),
        "dhash": distance_bits(prepared.hashes.dhash, standing.dhash),
    }
