"""Screening: which registered motifs does a picture agree with, how strongly, and what is the agreement called?

Stages, each its own module: features, fingerprint, candidates, geometry (verify), regions and colour, the verdict here.
The same query and the same set of registered views give the same answer whatever the order of registration: every tie
is broken by the view's key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from umkm_cli.matching.describing.features import Rgb
from umkm_cli.matching.describing.fingerprint import Closeup, Fingerprint
from umkm_cli.matching.gallery import Originals, Registered, Views
from umkm_cli.matching.looks import Look, Query, compared, described, search
from umkm_cli.matching.regions import Polygon, outline, pixel_matrix, rotation_and_scale
from umkm_cli.matching.thresholds import Thresholds

MATCHER = "voting-similarity-6"


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


def screen(
    query: Fingerprint,
    gallery: Views,
    thresholds: Thresholds,
    *,
    top: int = 5,
    originals: Originals | None = None,
    query_rgb: Rgb | None = None,
    closeup: Closeup | None = None,
    thorough: bool = True,
    aside: Callable[[Registered], bool] = lambda _: False,
) -> Screening:
    """Compare a picture with every registered view; `originals` are the views' pictures, for close looks, which need
    the query's, too: its pixels, or the `closeup` that somebody made of them already.

    `thorough` looks closely at more of them where nothing has passed, but labels and views that are `aside`: the
    sender's own motif must not hide a weaker likeness of somebody else's. A second and a half more for a picture that
    is like nothing registered.
    """
    needed = thresholds.needed(len(gallery))
    asked = Query(query, _closeup(query_rgb) if closeup is None else closeup)
    looks = search(asked, gallery, thresholds, originals, thorough=thorough, aside=aside)
    looks = described(looks, asked, originals, needed, thresholds)
    best: dict[str, Match] = {}
    for look in looks:
        match = _match(look, query, thresholds, needed, look.is_label(looks, needed, thresholds))
        motif = look.item.motif
        if motif not in best or _rank(match) < _rank(best[motif]):
            best[motif] = match
    matches = tuple(sorted(best.values(), key=_rank)[:top])
    passed = any(match.passes for match in matches)
    weakness = query.weakness(thresholds)
    reasons = [] if weakness is None or passed else [weakness]
    if not passed and any("label_only" in match.reasons for match in matches):
        reasons.append("label_only")
    strongest = max((look.alignment.strength for look in looks), default=0.0)
    expected = thresholds.expected_false_alarms(max(strongest, needed), len(gallery)) if len(gallery) else 0.0
    return Screening(matches, tuple(reasons), passed or weakness is None, expected)


def compare(
    query: Fingerprint,
    motif: Fingerprint,
    thresholds: Thresholds,
    *,
    query_rgb: Rgb | None = None,
    motif_rgb: Rgb | None = None,
) -> Match | None:
    """The best agreement of two pictures, whether it passes or not; None where there is none."""
    needed = thresholds.needed(1)
    asked, originals = Query(query, _closeup(query_rgb)), Originals(lambda _: motif_rgb)
    looks = compared(asked, Registered("", "", "", motif), originals, needed, thresholds)
    looks = described(looks, asked, originals, needed, thresholds)
    matches = [_match(look, query, thresholds, needed, look.is_label((), needed, thresholds)) for look in looks]
    return min(matches, key=_rank, default=None)


def _closeup(rgb: Rgb | None) -> Closeup | None:
    return None if rgb is None else Closeup(rgb)


def _rank(match: Match) -> tuple[bool, float, str, bool]:
    return not match.passes, -match.score, match.key, match.mirrored


def _match(look: Look, query: Fingerprint, thresholds: Thresholds, needed: float, small: bool) -> Match:
    """`small`: what agrees has the size of a label."""
    item, alignment, motif = look.item, look.alignment, look.item.fingerprint
    query_area, motif_area = alignment.regions.query_area, alignment.regions.motif_area
    recoloured = alignment.inverted or alignment.hue_error_deg > thresholds.hue_error_deg
    relation = Relation.PARTIAL
    if min(query_area, motif_area) >= thresholds.whole_area:
        relation = Relation.COLOURWAY if recoloured else Relation.COPY
    strong = look.passes(needed)
    flags = (
        ("label_only", strong and small),
        ("mirrored", alignment.mirrored),
        ("recoloured", recoloured),
        ("inverted", alignment.inverted),
    )
    matrix = pixel_matrix(alignment.matrix, motif.unit_px, query.unit_px)
    centre = alignment.motif_points.mean(axis=0) * motif.unit_px
    rotation, scale = rotation_and_scale(matrix, centre, alignment.mirrored)
    a, b, c = (tuple(float(v) for v in row) for row in matrix)
    return Match(
        key=item.key,
        motif=item.motif,
        owner=item.owner,
        score=1.0 - 2.0 ** (-alignment.strength / needed),
        passes=strong and not small,
        relation=relation,
        recoloured=recoloured,
        mirrored=alignment.mirrored,
        inverted=alignment.inverted,
        inliers=alignment.cells,
        query_area=query_area,
        motif_area=motif_area,
        query_region=outline(alignment.regions.query, (query.width, query.height)),
        motif_region=outline(alignment.regions.motif, (motif.width, motif.height)),
        transform=((a[0], a[1], a[2]), (b[0], b[1], b[2]), (c[0], c[1], c[2])),
        rotation_deg=rotation,
        scale=scale,
        repeats=alignment.repeats,
        reasons=tuple(name for name, holds in flags if holds),
    )
