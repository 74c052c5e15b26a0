"""Two fingerprints: what agrees, under which transformation, how often, and how much of each picture."""

from dataclasses import dataclass, replace

import numpy as np

from umkm_cli.matching.candidates import INVERSE, SAME, correspondences
from umkm_cli.matching.colour import hue_error_deg
from umkm_cli.matching.fingerprint import Fingerprint
from umkm_cli.matching.geometry import Agreement, Array, Correspondences, agree
from umkm_cli.matching.regions import Regions, carried, grid_of, supported, whole
from umkm_cli.matching.thresholds import Thresholds

_MOST_REPEATS = 12


@dataclass(frozen=True, eq=False)
class Evidence:
    """What two pictures share, in working units; `matrix` motif -> query is the strongest of `repeats` transformations."""

    mirrored: bool
    matrix: Array
    cells: int
    inverted: bool
    hue_error_deg: float
    repeats: int
    regions: Regions
    query_points: Array
    motif_points: Array


def verify(query: Fingerprint, motif: Fingerprint, mirrored: bool, thresholds: Thresholds) -> Evidence | None:
    """The strongest agreement on this hand, or None where no transformation explains anything."""
    pairs = correspondences(query, motif, mirrored, thresholds.least_similarity)
    best = agree(pairs, mirrored, motif.frame[0], thresholds.inlier_px)
    return None if best is None or best.cells < 4 else described(query, motif, pairs, best, mirrored)


def described(
    query: Fingerprint, motif: Fingerprint, pairs: Correspondences, best: Agreement, mirrored: bool
) -> Evidence:
    rows = pairs.rows[best.inliers]
    colours = [np.concatenate([c.colour for c in f.channels]).astype(np.float64) for f in (query, motif)]
    grey = pairs.source[best.inliers]
    q, m = pairs.query[best.inliers], pairs.motif[best.inliers]
    return Evidence(
        mirrored=mirrored,
        matrix=best.matrix,
        cells=best.cells,
        inverted=int((grey == INVERSE).sum()) > int((grey == SAME).sum()),
        hue_error_deg=hue_error_deg(colours[0][rows[:, 0]], colours[1][rows[:, 1]]),
        repeats=1,
        regions=_regions(query, motif, q, m, best.matrix),
        query_points=q,
        motif_points=m,
    )


def _regions(query: Fingerprint, motif: Fingerprint, q: Array, m: Array, matrix: Array) -> Regions:
    """Support on each side, seen from both: a place agrees where either picture's keypoints say so and both exist."""
    all_q, all_m = (np.concatenate([c.xy for c in f.channels]).astype(np.float64) for f in (query, motif))
    on_query, on_motif = supported(q, all_q, query.frame), supported(m, all_m, motif.frame)
    back = np.linalg.inv(matrix)
    seen_q, seen_m = (
        carried(whole(motif.frame), matrix, motif.frame, query.frame),
        carried(whole(query.frame), back, query.frame, motif.frame),
    )
    joint_q = (on_query | carried(on_motif, matrix, motif.frame, query.frame)) & seen_q
    joint_m = (on_motif | carried(on_query, back, query.frame, motif.frame)) & seen_m
    return Regions(joint_q, joint_m)


def strongest(found: list[Evidence]) -> Evidence | None:
    return max(found, key=lambda evidence: evidence.cells, default=None)


__all__ = ["Evidence", "described", "grid_of", "replace", "strongest", "verify"]
