"""Does a traditional pattern explain what two pictures share?

The query, the motif and every reference that agrees with the motif are laid over each other in one frame, and their
lines are compared place by place (see `structure`). Where query and motif agree, a place is explained if a reference
agrees there with either of the two. Two numbers decide: the share of the agreeing region that is explained, and the
largest connected part of it that is not. What is thinner than `heritage_seam_px` counts as a seam between two drawings.

Measured on drawn public patterns, vendors' copies of them, and creations that add their maker's ornaments, asked with
pictures that were photographed, wrinkled, reprinted, re-dyed or cut:

- In the heritage trial public drawings are explained by 1.00 and leave 0.00; creations with three ornaments of radius
  0.19 (of the side) by at most 0.67 and leave 0.12 or more. One such ornament alone leaves a share of 0.89 explained,
  so that the share by itself would excuse it.
- By both numbers plain references excuse all of 124 pictures of public drawings, references photographed by phone 95 %
  of 106, wrinkled ones 99 % of 101; none of 182 with one ornament of radius 0.13 or 0.19. Of plain references' 32
  pictures with one of 0.09 59 % are excused, with one of 0.06 all: that is how fine the measure is.
- A reprinted reference excuses 8 % of 84: what lies outside it is not explained, and rightly asks for a look.

What lost: shares by keypoints alone (`explained_fraction`, kept for where pixels cannot be had), which say 0.68 to 0.79
of public drawings and 0.82 to 0.88 of copied creations, the wrong way round; and agreement with only the motif or only
the query, which explain the same of creations but as little as 0.96 and 0.98 of public drawings.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from umkm_cli.matching.describing.features import Rgb, shrunk
from umkm_cli.matching.describing.fingerprint import Fingerprint
from umkm_cli.matching.geometry import Array
from umkm_cli.matching.regions import grid_of
from umkm_cli.matching.structure import LOOK_PX, Drawing, drawn, framed, likeness
from umkm_cli.matching.thresholds import Thresholds
from umkm_cli.matching.verify import Alignment, verify


@dataclass(frozen=True)
class Explanation:
    """What references explain of the region where query and motif agree, in fractions of that region.

    `share` is what all of them explain together, `shares` what each does alone, in the order given; `unexplained` is
    the largest connected part that none explains.
    """

    share: float
    unexplained: float
    shares: tuple[float, ...]

    def excuses(self, thresholds: Thresholds) -> bool:
        return self.share >= thresholds.heritage_cover and self.unexplained < thresholds.heritage_unexplained


def agreements(motif: Fingerprint, reference: Fingerprint, thresholds: Thresholds) -> list[Alignment]:
    """How a reference agrees with the motif, on each hand where it does; matrices map motif -> reference."""
    found = (verify(reference, motif, mirrored, thresholds) for mirrored in (False, True))
    return [alignment for alignment in found if alignment is not None and alignment.strength >= thresholds.needed(1)]


def explained(
    query: Rgb, motif: Rgb, to_query: Array, references: Sequence[tuple[Rgb, Array]], thresholds: Thresholds
) -> Explanation:
    """Compare pixels. Pictures are uint8 (h, w, 3); `to_query` and the matrix beside each reference are homographies
    from the motif's pixels to that picture's."""
    nothing = Explanation(0.0, 1.0, (0.0,) * len(references))
    small = shrunk(motif, LOOK_PX)
    from_small = np.linalg.inv(_shrinking(motif, small))
    seen, to_seen = _shrunk_with(query, to_query @ from_small)
    frame = framed(seen, small, to_seen)
    if frame is None:
        return nothing
    asked, known = drawn(seen, to_seen, frame), drawn(small, np.eye(3), frame)
    agreeing = likeness(asked, known) >= thresholds.likeness
    area = int(agreeing.sum())
    if not area:
        return nothing
    by_each = []
    for rgb, matrix in references:
        reference = drawn(*_shrunk_with(rgb, matrix @ from_small), frame)
        by_each.append(agreeing & _resembles(reference, known, asked, thresholds.likeness))
    by_any = np.logical_or.reduce([np.zeros_like(agreeing), *by_each])
    shares = tuple(float(mask.sum() / area) for mask in by_each)
    left_px = _largest_part_px(agreeing & ~by_any, thresholds.heritage_seam_px)
    return Explanation(float(by_any.sum() / area), left_px / area, shares)


def explained_fraction(
    motif: Fingerprint,
    motif_region: Sequence[tuple[float, float]],
    references: Sequence[Fingerprint],
    thresholds: Thresholds,
) -> float:
    """By keypoints alone: share (0..1) of `motif_region`, a polygon in the motif's pixels, where references match the
    motif."""
    rows, columns = grid_of(motif.frame)
    region = np.zeros((rows, columns), np.uint8)
    if len(motif_region) >= 3:
        points = np.asarray(motif_region, np.float64) * (columns / motif.width, rows / motif.height) - 0.5
        cv2.fillPoly(region, [np.rint(points).astype(np.int32)], 1)
    if not region.any():
        return 0.0
    covered = np.zeros_like(region)
    for reference in references:
        for alignment in agreements(motif, reference, thresholds):
            covered |= alignment.regions.motif
    return float((covered & region).sum() / region.sum())


def _resembles(reference: Drawing, known: Drawing, asked: Drawing, least: float) -> npt.NDArray[np.bool_]:
    return np.asarray((likeness(known, reference) >= least) | (likeness(asked, reference) >= least))


def _shrunk_with(rgb: Rgb, matrix: Array) -> tuple[Rgb, Array]:
    """The picture at the size of a look, and the homography into it."""
    small = shrunk(rgb, LOOK_PX)
    return small, _shrinking(rgb, small) @ matrix


def _shrinking(rgb: Rgb, small: Rgb) -> Array:
    return np.diag([small.shape[1] / rgb.shape[1], small.shape[0] / rgb.shape[0], 1.0])


def _largest_part_px(mask: npt.NDArray[np.bool_], thin_px: int) -> int:
    """Pixels of the largest connected part; what is thin, at the frame's border too, does not count."""
    margin = np.pad(mask.astype(np.uint8), thin_px)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (thin_px, thin_px))
    opened = cv2.morphologyEx(margin, cv2.MORPH_OPEN, kernel)
    count, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=4)
    return int(stats[1:, cv2.CC_STAT_AREA].max()) if count > 1 else 0
