"""Does a traditional pattern explain what two pictures share?"""

from collections.abc import Sequence

import cv2
import numpy as np

from umkm_cli.matching.fingerprint import Fingerprint
from umkm_cli.matching.regions import grid_of
from umkm_cli.matching.thresholds import Thresholds
from umkm_cli.matching.verify import verify


def explained_fraction(
    motif: Fingerprint,
    motif_region: Sequence[tuple[float, float]],
    references: Sequence[Fingerprint],
    thresholds: Thresholds,
) -> float:
    """Share (0..1) of `motif_region`, a polygon in the motif's pixels, where references match the motif."""
    rows, columns = grid_of(motif.frame)
    region = np.zeros((rows, columns), np.uint8)
    if len(motif_region) >= 3:
        points = np.asarray(motif_region, np.float64) * (columns / motif.width, rows / motif.height) - 0.5
        cv2.fillPoly(region, [np.rint(points).astype(np.int32)], 1)
    if not region.any():
        return 0.0
    explained = np.zeros_like(region)
    for reference in references:
        for mirrored in (False, True):
            evidence = verify(reference, motif, mirrored, thresholds)
            if evidence is not None and evidence.strength >= thresholds.needed(1):
                explained |= evidence.regions.motif
    return float((explained & region).sum() / region.sum())
