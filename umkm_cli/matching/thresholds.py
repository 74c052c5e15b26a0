"""Every threshold of the matching engine, each with where its value comes from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """What decides that a picture can be judged, that a pair agrees, and how the agreement is called.

    `version` is recorded in every answer and changes with any value here. Fractions are 0..1; distances are in working
    pixels (long side 512) unless named otherwise.
    """

    version: str = "2026-1"

    # Which candidates are looked at.
    candidates: int = 12
    """Views verified per query. Of 900 attacked pictures the right motif was among the first 6 in 93 %."""
    votes_beyond: int = 8
    """A vote counts by how much nearer it is than the vote for the view of this rank."""

    # Which correspondences are believed.
    least_similarity: float = 0.80
    """Cosine of RootSIFT levels below which a correspondence is not even tried."""
    inlier_px: float = 7.0
    """Distance between a projected point and its counterpart; wrinkled cloth moves by up to 2 %, 10 px of 512."""

    # When a pair passes.
    inliers: int = 8
    """Agreeing cells on both sides. Unrelated pairs of real batik stayed at 6 or fewer, one look-alike in 60,000."""
    label_area: float = 0.16
    """An agreement smaller than this on both sides is the size of a shop's label, not of a motif."""

    # What it is called.
    whole_area: float = 0.6
    """Both areas at least this: the whole drawing agrees (the interface's definition of copy and colourway)."""
    hue_error_deg: float = 42.0
    """Mean difference of hue, weighted by chroma, from which colours no longer agree."""


DEFAULT = Thresholds()
