"""Every threshold of the matching engine, each with where its value comes from.

Measured on real batik: 171 registered cloths, 350 pictures of unrelated ones, and 25 ways of changing a picture.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """What decides that a pair agrees, and how the agreement is called.

    `version` is recorded in every answer and changes with any value here. Areas are fractions 0..1; distances are in
    working units (long side of a picture = 512).
    """

    version: str = "2026-3"

    # Which candidates are looked at.
    overlooked: int = 24
    """Views verified again, with many keypoints of the query, where nothing passes."""
    candidates: int = 9
    """Views verified per query. On the hard attacks the right one is the first for 70 %, among the first 6 for 91 %,
    among the first 12 for 93 %."""
    votes_beyond: int = 6
    """A vote counts by how much nearer it is than the vote for the view of this rank."""

    # Which correspondences are believed.
    least_similarity: float = 0.80
    """Cosine of RootSIFT levels below which a correspondence is not even tried."""
    inlier_px: float = 7.0
    """Distance between a projected point and its counterpart; wrinkled cloth moves by up to 2 %, 10 units of 512."""

    # When a pair passes. Strength = agreeing cells + 3 x agreeing distinct cells, see `verify`.
    strength: float = 23.0
    """See `strength_per_decade`: about 2 alarms for 1,000 unrelated pictures asked of 200 views. What comes closest are
    look-alike clouds, parangs and kawungs by other makers."""
    close_places: float = 60.0
    """A close look's agreeing cells + agreeing distinct cells that pass where the drawing is alike by `close_likeness`;
    the fewer, the more alike: n times (likeness / 0.72) cubed must reach 60. Unrelated pairs reach 56, 51, 48, 47 and
    44 (clouds, stripes and stones of other makers); one of 353 quiet pictures passes, an udan liris whose stripes
    two makers stamped alike. Weighing distinct cells 2 or 3 times lets labels and stripes overtake copies."""
    close_likeness: float = 0.72
    """Mean likeness of the drawing where keypoints agree: copies in doubt have 0.73 to 1.0, look-alikes with as many
    agreeing places 0.60 to 0.76."""
    strength_per_decade: float = 7.5
    """How much more strength is asked for each time the registry grows tenfold beyond `calibrated_views`. Of 353
    pictures of unrelated cloths asked of 200 views, 9 reached 15.4, 2 reached 20 and 1 reached 21.7, labels aside: a
    decade for each 7. (44,000 unrelated pairs by quick looks alone: 1 in 800 reached 10, 1 in 2,700 reached 14.)"""
    calibrated_views: int = 200
    doubtful: float = 10.0
    """From this strength on a pair that does not pass plainly is looked at closely, unless another one does; a guess,
    not tuned."""
    plain: float = 2.0
    """A pair passes plainly at so many times the strength that is needed."""

    # Labels.
    label_area: float = 0.20
    """An agreement smaller than this on both sides is the size of a shop's label (about 0.15 by pixels, an
    estimate), not of a motif (a third of a motif pasted elsewhere covers 0.25 and more)."""
    label_area_unseen: float = 0.27
    """The same by keypoints alone, which overstate (labels: up to 0.24). Both must be small: where cloth is bent,
    pixels understate."""
    recurring_area: float = 0.35
    """Up to this size an agreement is a label, too, where the same place of the query agrees with other owners'."""

    # What it is called.
    whole_area: float = 0.6
    """Both areas at least this: the whole drawing agrees (the interface's definition of copy and colourway)."""
    likeness: float = 0.48
    """Correlation of line directions from which a place agrees; unrelated batik averages 0.25, copies 0.95."""
    hue_error_deg: float = 42.0
    """Mean difference of hue, weighted by chroma, from which colours no longer agree."""

    heritage_cover: float = 0.8
    """Share of the agreeing region on the motif that references of traditional motifs must explain to excuse it (the
    interface's definition)."""
    heritage_unexplained: float = 0.03
    """Share of the agreeing region from which one connected part that references leave unexplained is new ornament.
    Public drawings leave less in 98 % of 331 pictures, an ornament of radius 0.13 of the side leaves at least 0.04;
    with 0.05 every fifth of those would be excused."""

    def needed(self, views: int) -> float:
        """The strength that passes in a registry of this many views: false alarms stay as rare as it grows."""
        return self.strength + self.strength_per_decade * max(0.0, math.log10(max(views, 1) / self.calibrated_views))

    def expected_false_alarms(self, strength: float, views: int) -> float:
        """How many unrelated views would agree this strongly with a picture, by the tail of `strength_per_decade`.

        At 23, asked of 200 views: 0.0024.
        """
        return max(views, 1) * float(10.0 ** (-3.2 - (strength - 10.0) / self.strength_per_decade))

    def expected_at(self, score: float, views: int) -> float:
        """The same for a match's `score` (see `engine`), in a registry of this many views; 0 for the very same file."""
        if score >= 1.0:
            return 0.0
        needed = self.needed(views)
        return self.expected_false_alarms(max(-math.log2(1.0 - score) * needed, needed), views)


DEFAULT = Thresholds()
