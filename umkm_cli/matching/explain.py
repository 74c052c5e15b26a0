"""An agreement that was found, spelled out for people: which parts of the two drawings are the same, and by what.

A match carries one transformation and the outline of the largest part. To show it, both pictures are looked at closely
once more under that transformation: every correspondence that it explains, and all connected parts that agree, each on
both sides. Where the motif comes again in the query, so do further transformations, each in a layer of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from umkm_cli.matching.candidates import correspondences
from umkm_cli.matching.describing.fingerprint import Closeup
from umkm_cli.matching.geometry import Array, Consensus, Correspondences, agree, agree_on
from umkm_cli.matching.regions import Mask, Polygon, carried, outline, pixel_matrix
from umkm_cli.matching.thresholds import Thresholds
from umkm_cli.matching.verify import Alignment, alignment_of, outside, seen

_SMALLEST = 0.004
"""Parts smaller than this share of the motif's picture are not shown apart."""
_MOST_PARTS = 6


@dataclass(frozen=True)
class Part:
    """The same piece of drawing in both pictures, outlined in pixels of each."""

    query: Polygon
    motif: Polygon


@dataclass(frozen=True, eq=False)
class Layer:
    """One transformation: `matrix` motif -> query in picture pixels, the largest part first.

    `points` float64 (n, 4): x and y in the query and x and y in the motif, in pixels, of correspondences it explains.
    """

    matrix: Array
    parts: tuple[Part, ...]
    points: Array


def explain(
    query: Closeup, motif: Closeup, matrix: Sequence[Sequence[float]], mirrored: bool, thresholds: Thresholds
) -> tuple[Layer, ...]:
    """The layers of a match, the one of its own transformation first; empty where a close look finds nothing.

    `matrix` is 3 x 3, motif -> query in the pixels of the whole pictures.
    """
    closeups = query, motif
    prints = closeups[0].fingerprint, closeups[1].fingerprint
    pairs = correspondences(*prints, mirrored, thresholds)
    working = pixel_matrix(np.asarray(matrix, np.float64), 1 / prints[1].unit_px, 1 / prints[0].unit_px)
    found = agree_on(pairs, working, mirrored, prints[1].frame[0], thresholds)
    covered: Mask | None = None
    layers: list[Layer] = []
    fewest = 0.0
    while found is not None and found.cells >= fewest and len(layers) < thresholds.most_repeats:
        alignment = _drawn(closeups, pairs, found, mirrored, thresholds)
        layers.append(_layer(closeups, alignment, pairs, found))
        fewest = max(thresholds.repeat_cells, thresholds.repeat_share * alignment.cells) if covered is None else fewest
        new = alignment.regions.query
        covered = new if covered is None else covered | new
        pairs = outside(pairs, covered, prints[0].frame)
        found = agree(pairs, mirrored, prints[1].frame[0], thresholds)
    return tuple(layer for layer in layers if layer.parts)


def _drawn(
    closeups: tuple[Closeup, Closeup],
    pairs: Correspondences,
    found: Consensus,
    mirrored: bool,
    thresholds: Thresholds,
) -> Alignment:
    query, motif = closeups
    alignment = alignment_of(query.fingerprint, motif.fingerprint, pairs, found, mirrored, 0.0)
    if min(alignment.regions.query_area, alignment.regions.motif_area) >= thresholds.plainly_whole:
        return alignment
    return seen(alignment, query.rgb, motif.rgb, thresholds)


def _layer(closeups: tuple[Closeup, Closeup], alignment: Alignment, pairs: Correspondences, found: Consensus) -> Layer:
    query, motif = (closeup.fingerprint for closeup in closeups)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(alignment.regions.motif, connectivity=4)
    sizes = stats[:, cv2.CC_STAT_AREA]
    large = [n for n in range(1, count) if sizes[n] >= _SMALLEST * labels.size]
    parts = []
    for number in sorted(large, key=lambda n: -int(sizes[n]))[:_MOST_PARTS]:
        on_motif = np.asarray(labels == number, np.uint8)
        on_query = carried(on_motif, alignment.matrix, motif.frame, query.frame)
        ring = outline(on_query, (query.width, query.height))
        if ring:
            parts.append(Part(ring, outline(on_motif, (motif.width, motif.height))))
    inliers = found.inliers
    points = np.hstack([pairs.query[inliers] * query.unit_px, pairs.motif[inliers] * motif.unit_px])
    return Layer(pixel_matrix(alignment.matrix, motif.unit_px, query.unit_px), tuple(parts), points)
