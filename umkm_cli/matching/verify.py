"""Two fingerprints: what agrees, under which transformation, and how much of each picture.

Strength counts the separate places that agree, and counts three times more those whose descriptors are each other's
nearest by a clear margin. Repeats are why: among the stones of two kawungs by two makers dozens of lookalike keypoints
fall into line, up to 14, but hardly any of them is distinct, at most 5 and nearly always under 3; in a copy most are.
Counting only distinct ones instead loses tiled copies, where a keypoint has four equals.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from umkm_cli.matching.candidates import INVERSE, SAME, correspondences
from umkm_cli.matching.describing.colour import hue_error_deg
from umkm_cli.matching.describing.features import WORKING_PX, Rgb
from umkm_cli.matching.describing.fingerprint import Closeup, Fingerprint
from umkm_cli.matching.geometry import Array, Consensus, Correspondences, agree
from umkm_cli.matching.regions import GRID, Mask, Regions, carried, supported, whole
from umkm_cli.matching.structure import OUTSIDE, Overlay, overlay
from umkm_cli.matching.thresholds import Thresholds


@dataclass(frozen=True, eq=False)
class Alignment:
    """What two pictures share, in working units; `matrix` motif -> query is the strongest of `repeats` transformations.

    `seen` tells whether pixels, not keypoints alone, drew the regions; `supported_area` is the larger area (query's or
    motif's) that keypoints alone vouch for.
    """

    mirrored: bool
    matrix: Array
    cells: int
    strength: float
    inverted: bool
    hue_error_deg: float
    repeats: int
    regions: Regions
    query_points: Array
    motif_points: Array
    supported_area: float
    seen: bool = False


def verify(query: Fingerprint, motif: Fingerprint, mirrored: bool, thresholds: Thresholds) -> Alignment | None:
    """The strongest agreement on this hand, or None where no transformation explains anything."""
    pairs = correspondences(query, motif, mirrored, thresholds)
    best = agree(pairs, mirrored, motif.frame[0], thresholds)
    if best is None or best.cells < thresholds.fewest_cells:
        return None
    strength = float(best.cells + thresholds.distinct_weight * best.distinct)
    return alignment_of(query, motif, pairs, best, mirrored, strength)


def verify_closely(query: Closeup, motif: Closeup, mirrored: bool, thresholds: Thresholds) -> Alignment | None:
    """The same by the pictures themselves, its strength on the same scale.

    Dense keypoints of look-alikes agree, too: among the clouds of two mega mendungs in up to 51 places; the drawing
    between them does not. So what agrees counts by the likeness of the drawing there. On 94 unrelated pairs, the
    likeliest of 353 pictures, places alone reach 59 and likeness alone 0.85, but never both, save for two udan liris
    that share their stamped stripes (132 places). Of 58 copies that are hard to see 48 pass so, and 35 where places
    alone decide as safely.
    """
    pairs = correspondences(query.fingerprint, motif.fingerprint, mirrored, thresholds)
    best = agree(pairs, mirrored, motif.fingerprint.frame[0], thresholds)
    if best is None or best.cells < thresholds.fewest_cells:
        return None
    places = (best.cells + best.distinct) / thresholds.close_places
    alignment = alignment_of(query.fingerprint, motif.fingerprint, pairs, best, mirrored, 0.0)
    if best.cells + best.distinct < thresholds.few_places:
        return replace(alignment, strength=places * thresholds.strength)
    likeness = _likeness(alignment, query.rgb, motif.rgb) / thresholds.close_likeness
    return replace(alignment, strength=places * likeness**3 * thresholds.strength)


def repeated(query: Fingerprint, motif: Fingerprint, alignment: Alignment, thresholds: Thresholds) -> Alignment:
    """The same alignment with the further places of the query where the motif agrees again, on the same hand.

    A cloth laid out anew holds the motif several times; each time another transformation agrees, with what the ones
    before left unexplained. Areas and regions are those of all of them together.
    """
    pairs = correspondences(query, motif, alignment.mirrored, thresholds)
    regions, repeats = alignment.regions, 1
    fewest = max(thresholds.repeat_cells, thresholds.repeat_share * alignment.cells)
    while repeats < thresholds.most_repeats and regions.query_area < thresholds.nothing_left:
        pairs = outside(pairs, regions.query, query.frame)
        again = agree(pairs, alignment.mirrored, motif.frame[0], thresholds)
        if again is None or again.cells < fewest:
            break
        more = _regions(query, motif, pairs.query[again.inliers], pairs.motif[again.inliers], again.matrix)
        grown = Regions(regions.query | more.query, regions.motif | more.motif)
        if grown.query_area - regions.query_area < thresholds.repeat_gain:
            break
        regions, repeats = grown, repeats + 1
    return replace(alignment, regions=regions, repeats=repeats)


def outside(pairs: Correspondences, mask: Mask, frame: tuple[float, float]) -> Correspondences:
    """Those whose query points lie outside a `mask` of the query."""
    rows, columns = mask.shape
    at = np.clip((pairs.query * (GRID / max(frame))).astype(np.intp), 0, (columns - 1, rows - 1))
    return pairs.only(mask[at[:, 1], at[:, 0]] == 0)


def seen(alignment: Alignment, query: Rgb, motif: Rgb, thresholds: Thresholds) -> Alignment:
    """The same alignment with regions cut to where the drawings agree in the pixels, at working size, of both."""
    laid = _laid(alignment, query, motif)
    if laid is None:
        return alignment
    rows, columns = alignment.regions.motif.shape
    mask = (laid.likeness >= thresholds.likeness).astype(np.uint8)
    to_grid = _to_grid(motif) @ laid.to_motif
    agreed = np.asarray(cv2.warpPerspective(mask, to_grid, (columns, rows), flags=cv2.INTER_NEAREST), np.uint8)
    on_motif = _near_support(agreed, alignment.regions.motif, thresholds.grown_share)
    on_query = carried(on_motif, alignment.matrix, _frame(alignment.regions.motif), _frame(alignment.regions.query))
    return replace(alignment, regions=Regions(on_query, on_motif), seen=True)


def _likeness(alignment: Alignment, query: Rgb, motif: Rgb) -> float:
    """How alike the drawing is, 0..1, where keypoints agree; 0 where the pictures do not meet."""
    laid = _laid(alignment, query, motif)
    if laid is None:
        return 0.0
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    size = laid.likeness.shape[::-1]
    support = cv2.warpPerspective(alignment.regions.motif, _to_grid(motif) @ laid.to_motif, size, flags=flags)
    there = laid.likeness[(support > 0) & (laid.likeness > OUTSIDE)]
    return max(0.0, float(there.mean())) if len(there) else 0.0


def _laid(alignment: Alignment, query: Rgb, motif: Rgb) -> Overlay | None:
    to_query, to_motif = max(query.shape[:2]) / WORKING_PX, max(motif.shape[:2]) / WORKING_PX
    matrix = np.diag([to_query, to_query, 1.0]) @ alignment.matrix @ np.diag([1 / to_motif, 1 / to_motif, 1.0])
    return overlay(query, motif, matrix)


def _to_grid(rgb: Rgb) -> Array:
    """Pixels to the cells of the mask of that picture."""
    return np.diag([GRID / max(rgb.shape[:2]), GRID / max(rgb.shape[:2]), 1.0])


def _frame(mask: Mask) -> tuple[float, float]:
    """Width and height in working units of the picture that a mask covers."""
    rows, columns = mask.shape
    unit = WORKING_PX / max(rows, columns)
    return columns * unit, rows * unit


def _near_support(agreed: Mask, support: Mask, share: float) -> Mask:
    """Connected parts of `agreed` that hold keypoints' support, smoothed."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7))
    closed = cv2.morphologyEx(agreed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3)))
    closed = cv2.morphologyEx(closed, cv2.MORPH_CLOSE, kernel)
    closed = cv2.bitwise_and(closed, cv2.dilate(support, kernel, iterations=6))
    count, parts = cv2.connectedComponents(closed, connectivity=4)
    kept = [part for part in range(1, count) if (support[parts == part]).mean() > share]
    return np.asarray(np.isin(parts, kept), np.uint8)


def alignment_of(
    query: Fingerprint, motif: Fingerprint, pairs: Correspondences, best: Consensus, mirrored: bool, strength: float
) -> Alignment:
    """What `best`, an agreement on some of `pairs`, says of the two pictures."""
    rows = pairs.rows[best.inliers]
    colours = [np.concatenate([c.colour for c in f.channels]).astype(np.float64) for f in (query, motif)]
    grey = pairs.source[best.inliers]
    q, m = pairs.query[best.inliers], pairs.motif[best.inliers]
    regions = _regions(query, motif, q, m, best.matrix)
    return Alignment(
        mirrored=mirrored,
        matrix=best.matrix,
        cells=best.cells,
        strength=strength,
        inverted=int((grey == INVERSE).sum()) > int((grey == SAME).sum()),
        hue_error_deg=hue_error_deg(colours[0][rows[:, 0]], colours[1][rows[:, 1]]),
        repeats=1,
        regions=regions,
        query_points=q,
        motif_points=m,
        supported_area=max(regions.query_area, regions.motif_area),
    )


def _regions(query: Fingerprint, motif: Fingerprint, q: Array, m: Array, matrix: Array) -> Regions:
    """Support on each side, seen from both: a place agrees where either picture's keypoints say so and both exist."""
    all_q, all_m = (np.concatenate([c.xy for c in f.channels]).astype(np.float64) for f in (query, motif))
    on_query, on_motif = supported(q, all_q, query.frame), supported(m, all_m, motif.frame)
    back = np.asarray(np.linalg.inv(matrix), np.float64)
    seen_q = carried(whole(motif.frame), matrix, motif.frame, query.frame)
    seen_m = carried(whole(query.frame), back, query.frame, motif.frame)
    joint_q = (on_query | carried(on_motif, matrix, motif.frame, query.frame)) & seen_q
    joint_m = (on_motif | carried(on_query, back, query.frame, motif.frame)) & seen_m
    return Regions(joint_q, joint_m)


__all__ = ["Alignment", "alignment_of", "outside", "repeated", "seen", "verify", "verify_closely"]
