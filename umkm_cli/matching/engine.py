"""Screening: which registered motifs does a picture agree with, how strongly, and what is the agreement called?

Stages, each its own module: features, fingerprint, candidates, geometry (verify), regions and colour, the verdict here.
The same query and the same set of registered views give the same answer whatever the order of registration: every tie
is broken by the view's key.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from umkm_cli.matching.fingerprint import Fingerprint, dense_fingerprint
from umkm_cli.matching.gallery import Gallery, Registered
from umkm_cli.matching.regions import Polygon, outline, pixel_matrix, rotation_and_scale
from umkm_cli.matching.thresholds import Thresholds
from umkm_cli.matching.verify import Evidence, repeated, seen, verify

MATCHER = "voting-similarity-5"
_SECOND_LOOKS = 2
_PLAINLY_WHOLE = 0.7
_SETTLED = 2.0
"""Once one match is this clear, doubtful others are not looked at again."""
Pixels = npt.NDArray[np.uint8]


class Relation(StrEnum):
    COPY = "copy"
    PARTIAL = "partial"
    COLOURWAY = "colourway"


@dataclass(frozen=True)
class Match:
    """What a query and one registered view share.

    Areas are fractions of each picture, regions polygons in pixels of the upright pictures, `transform` the homography
    from motif to query pixels, `rotation_deg` counter-clockwise as seen (after mirroring, where mirrored), `scale`
    query over motif pixels. `score` is 0..1 and for machines only.
    """

    key: str
    motif: str
    owner: str
    score: float
    passes: bool
    relation: Relation
    recoloured: bool
    mirrored: bool
    inverted: bool
    inliers: int
    query_area: float
    motif_area: float
    query_region: Polygon
    motif_region: Polygon
    transform: tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]
    rotation_deg: float
    scale: float
    repeats: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Screening:
    """Best match first, one per motif; `judged` is False where the picture is too weak and nothing passed."""

    matches: tuple[Match, ...]
    reasons: tuple[str, ...]
    judged: bool
    expected_false_alarms: float


@dataclass(frozen=True)
class _Look:
    item: Registered
    evidence: Evidence


@dataclass(frozen=True)
class _Dense:
    """The query's pixels, and their dense fingerprint once somebody asks for it."""

    rgb: Pixels

    @cached_property
    def fingerprint(self) -> Fingerprint:
        return dense_fingerprint(self.rgb)


def screen(
    query: Fingerprint,
    gallery: Gallery,
    thresholds: Thresholds,
    *,
    top: int = 5,
    pixels: Callable[[str], Pixels | None] | None = None,
    query_rgb: Pixels | None = None,
    thorough: bool = True,
) -> Screening:
    """Compare a picture with every registered view; `pixels` gives a view's original for a second look.

    `thorough` asks again with more keypoints of the query where nothing passes at first, since a motif that was shrunk,
    tiled or pasted into another cloth has few of the ordinary ones: a third of a second more for a picture that is
    like nothing registered.
    """
    needed = thresholds.needed(len(gallery))
    candidates = gallery.nearest(query, thresholds)
    looks = _looks(query, candidates, thresholds)
    if pixels is not None and query_rgb is not None:
        dense = _Dense(query_rgb)
        if thorough and all(look.evidence.strength < needed for look in looks):
            closer = _looks(dense.fingerprint, candidates, thresholds, thresholds.dense_query_factor)
            looks = _strongest([*looks, *closer])
        looks = _second_looks(looks, needed, pixels, dense, thresholds)
    looks = [_with_repeats(look, query, needed, thresholds) for look in looks]
    best: dict[str, Match] = {}
    for look in looks:
        match = _match(look, query, thresholds, needed, _recurs(look, looks, needed))
        motif = look.item.motif
        if motif not in best or _rank(match) < _rank(best[motif]):
            best[motif] = match
    matches = tuple(sorted(best.values(), key=_rank)[:top])
    passed = any(match.passes for match in matches)
    weakness = query.weakness
    reasons = [] if weakness is None or passed else [weakness]
    if not passed and any("label_only" in match.reasons for match in matches):
        reasons.append("label_only")
    strongest = max((look.evidence.strength for look in looks), default=0.0)
    expected = thresholds.expected_false_alarms(max(strongest, needed), len(gallery)) if len(gallery) else 0.0
    return Screening(matches, tuple(reasons), passed or weakness is None, expected)


def _looks(
    query: Fingerprint,
    candidates: Iterable[tuple[Registered, bool]],
    thresholds: Thresholds,
    chance: float = 1.0,
) -> list[_Look]:
    found = (
        (item, verify(query, item.fingerprint, mirrored, thresholds, chance=chance)) for item, mirrored in candidates
    )
    return _strongest(_Look(item, evidence) for item, evidence in found if evidence is not None)


def _strongest(looks: Iterable[_Look]) -> list[_Look]:
    """The strongest first, and of a view on one hand only the strongest."""
    ordered = sorted(looks, key=lambda look: (-look.evidence.strength, look.item.key, look.evidence.mirrored))
    best: dict[tuple[str, bool], _Look] = {}
    for look in ordered:
        best.setdefault((look.item.key, look.evidence.mirrored), look)
    return list(best.values())


def _second_looks(
    looks: list[_Look],
    needed: float,
    pixels: Callable[[str], Pixels | None],
    query: _Dense,
    thresholds: Thresholds,
) -> list[_Look]:
    """More keypoints for pairs in doubt, and pixels for the outline of those that pass but do not agree as a whole."""
    looked = []
    settled = bool(looks) and looks[0].evidence.strength >= _SETTLED * needed
    for rank, look in enumerate(looks):
        evidence = look.evidence
        if evidence.strength < thresholds.second_look or rank >= _SECOND_LOOKS:
            looked.append(look)
            continue
        whole = min(evidence.regions.query_area, evidence.regions.motif_area) >= _PLAINLY_WHOLE
        if (evidence.strength >= needed and whole) or (evidence.strength < needed and settled):
            looked.append(look)
            continue
        motif_rgb = pixels(look.item.key)
        if motif_rgb is not None:
            if evidence.strength < needed:
                motif, chance = dense_fingerprint(motif_rgb), thresholds.dense_factor
                closer = verify(query.fingerprint, motif, evidence.mirrored, thresholds, chance=chance)
                evidence = closer if closer and closer.strength > evidence.strength else evidence
            if evidence.strength >= needed:
                evidence = seen(evidence, query.rgb, motif_rgb, thresholds)
        looked.append(_Look(look.item, evidence))
    return looked


def _with_repeats(look: _Look, query: Fingerprint, needed: float, thresholds: Thresholds) -> _Look:
    if look.evidence.strength < needed:
        return look
    return _Look(look.item, repeated(query, look.item.fingerprint, look.evidence, thresholds))


def _recurs(look: _Look, looks: list[_Look], needed: float) -> bool:
    """Does the same place of the query agree with another owner's motif as strongly?"""
    place = look.evidence.regions.query > 0
    for other in looks:
        if other.item.owner != look.item.owner and other.evidence.strength >= needed:
            theirs = other.evidence.regions.query > 0
            if (place & theirs).sum() > 0.6 * max(min(place.sum(), theirs.sum()), 1):
                return True
    return False


def compare(
    query: Fingerprint,
    motif: Fingerprint,
    thresholds: Thresholds,
    *,
    query_rgb: Pixels | None = None,
    motif_rgb: Pixels | None = None,
) -> Match | None:
    """The best agreement of two pictures, whether it passes or not; None where there is none."""
    needed = thresholds.needed(1)
    item = Registered("", "", "", motif)
    found = [verify(query, motif, mirrored, thresholds) for mirrored in (False, True)]
    looks = [_Look(item, evidence) for evidence in found if evidence is not None]
    looks.sort(key=lambda look: -look.evidence.strength)
    if query_rgb is not None and motif_rgb is not None:
        looks = _second_looks(looks, needed, lambda _: motif_rgb, _Dense(query_rgb), thresholds)
    looks = [_with_repeats(look, query, needed, thresholds) for look in looks]
    return min((_match(look, query, thresholds, needed, False) for look in looks), key=_rank, default=None)


def _rank(match: Match) -> tuple[bool, float, str, bool]:
    return not match.passes, -match.score, match.key, match.mirrored


def _match(look: _Look, query: Fingerprint, thresholds: Thresholds, needed: float, recurs: bool) -> Match:
    item, evidence, motif = look.item, look.evidence, look.item.fingerprint
    query_area, motif_area = evidence.regions.query_area, evidence.regions.motif_area
    recoloured = evidence.inverted or evidence.hue_error_deg > thresholds.hue_error_deg
    relation = Relation.PARTIAL
    if min(query_area, motif_area) >= thresholds.whole_area:
        relation = Relation.COLOURWAY if recoloured else Relation.COPY
    strong = evidence.strength >= needed
    label = strong and _is_label(evidence, thresholds, recurs)
    flags = (
        ("label_only", label),
        ("mirrored", evidence.mirrored),
        ("recoloured", recoloured),
        ("inverted", evidence.inverted),
    )
    matrix = pixel_matrix(evidence.matrix, motif.unit_px, query.unit_px)
    centre = evidence.motif_points.mean(axis=0) * motif.unit_px
    rotation, scale = rotation_and_scale(matrix, centre, evidence.mirrored)
    a, b, c = (tuple(float(v) for v in row) for row in matrix)
    return Match(
        key=item.key,
        motif=item.motif,
        owner=item.owner,
        score=1.0 - 2.0 ** (-evidence.strength / needed),
        passes=strong and not label,
        relation=relation,
        recoloured=recoloured,
        mirrored=evidence.mirrored,
        inverted=evidence.inverted,
        inliers=evidence.cells,
        query_area=query_area,
        motif_area=motif_area,
        query_region=outline(evidence.regions.query, (query.width, query.height)),
        motif_region=outline(evidence.regions.motif, (motif.width, motif.height)),
        transform=((a[0], a[1], a[2]), (b[0], b[1], b[2]), (c[0], c[1], c[2])),
        rotation_deg=rotation,
        scale=scale,
        repeats=evidence.repeats,
        reasons=tuple(name for name, holds in flags if holds),
    )


def _is_label(evidence: Evidence, thresholds: Thresholds, recurs: bool) -> bool:
    """Small on both sides; or not large, and shared with other owners' cloths."""
    size = max(evidence.regions.query_area, evidence.regions.motif_area)
    if recurs:
        return size < thresholds.recurring_area
    return evidence.supported_area < thresholds.label_area_unseen and (
        size < thresholds.label_area or not evidence.seen
    )
