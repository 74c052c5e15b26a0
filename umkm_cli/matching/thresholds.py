"""Every number that decides in the matching engine, each with where its value comes from.

Measured on real batik: 171 registered cloths, 350 pictures of unrelated ones, and 25 ways of changing a picture. Where
a value says "a bound", it only keeps out what no picture of the same drawing does, and was not tuned.

What stands elsewhere does not decide, or decides with everything fitted around it: how features are extracted and
stored (`features`, `fingerprint`: another value is another extractor, with a version of its own), the instrument that
measures how alike lines are (`structure`: `likeness` and `close_likeness` are readings of it), and how a repeat is
estimated (`repeat`: shown to people, asked by no verdict).
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """What decides that a pair agrees, and how the agreement is called.

    `version` is recorded in every answer and changes with any value here. Areas are fractions 0..1; distances are in
    working units (long side of a picture = 512).
    """

    version: str = "2026-4"

    # What can be judged at all.
    judged_px: int = 64
    """The least long side; half of it is the least short side. A bound."""
    judged_keypoints: int = 16
    """Both channels together; fewer could agree with anything. A bound."""

    # Which candidates are looked at.
    asked: tuple[int, int] = (180, 120)
    """Keypoints of the query that vote, grey and lines; the rest wait for verification. What a search costs."""
    held: tuple[int, int] = (200, 140)
    """The same of each registered view."""
    alike: float = 0.88
    """Cosine from which two keypoints of one picture are the same ornament again, and share their vote."""
    other_hand: float = 0.6
    """A view is compared on both hands where the weaker one has this share of the votes: a bound."""
    overlooked: int = 24
    """Views verified again, with many keypoints of the query, where nothing passes."""
    candidates: int = 9
    """Views verified per query. On the hard attacks the right one is the first for 70 %, among the first 6 for 91 %,
    among the first 12 for 93 %."""
    votes_beyond: int = 6
    """A vote counts by how much nearer it is than the vote for the view of this rank."""

    # Which views of very many are candidates at all (see `index.shortlist`).
    cells_asked: int = 8
    """Cells of the codebook that each descriptor of the query is looked for in; 16 find no more for twice the work."""
    signature_bits: int = 24
    """How many of 64 bits two signatures of one keypoint may differ in. Among 3,000 views the right one is among the
    first 24 for 96 % of 150 attacked pictures; with 20 bits for 93 %, with 16 for 87 %."""
    telling_hits: int = 1_000
    """A keypoint that hits so many views as nearly says nothing about any of them. Among 80,000 views the right one of
    100 attacked pictures is among the first 9 for 92 %; with 200 for 90 %, with 60 for 88 %."""
    shortlisted: int = 200
    """Views of the shortlist, which exact votes are counted for. Among 80,000 views they put the right one among the
    first 9 for 95 % of 80 attacked pictures, of 100 views as of 400."""
    indexed_from: int = 5_000
    """Views from which on a search goes by the index; fewer are all compared, with no loss at all. A shortlist and its
    exact votes took about 1.1 s of processor time on a busy machine, comparing all 1.3 to 1.8 ms a view. Where the
    index begins to be quicker was not measured on a quiet machine; it stays aside for long because it misses some."""
    segment_views: int = 300
    """Views that came after the index was written and are compared one by one, before they become a segment."""

    # Which correspondences are believed.
    least_similarity: float = 0.80
    """Cosine of RootSIFT levels below which a correspondence is not even tried."""
    distinct_ratio: float = 0.774
    """A keypoint is distinct where it is nearer than 0.88 times the distance of the next one of that picture (squared
    here). Repeats make the usual 0.7 too strict."""

    # Which transformations are proposed, and what they explain.
    proposals: int = 64
    """The most telling correspondences, each of which proposes a similarity; a fifth of true ones is enough."""
    refined: int = 2
    """The strongest proposals that are refined to a homography."""
    fewest_proposed: int = 5
    """Correspondences that a proposal must explain, loosely, to be refined: unrelated pairs mostly have none that
    does."""
    loose_px: float = 24.0
    """Within which a proposal explains loosely: a similarity against a homography over half a picture. A bound."""
    loose_turn_deg: float = 30.0
    loose_log_scale: float = 0.75
    """How far the angle and log2 of the scale of what is loosely explained may differ: bounds of what SIFT measures of
    one patch seen twice."""
    inlier_px: float = 7.0
    """Distance between a projected point and its counterpart; wrinkled cloth moves by up to 2 %, 10 units of 512."""
    inlier_turn_deg: float = 40.0
    inlier_log_scale: float = 1.0
    """The same as the loose ones, against the homography at that place: bounds."""
    cell_px: float = 8.0
    """What agrees in one cell of this side counts once, on the side where that makes fewer: a dot printed a hundred
    times, found forty times, is not forty proofs."""
    fewest_cells: int = 4
    """Agreeing cells below which there is no evidence: any three points fit an affine map."""
    squashed: float = 3.2
    enlarged: float = 8.0
    shrunk: float = 0.1
    vanishing: float = 3.5
    """What a picture of the same drawing may look like at any of its places: sides in this proportion, this much larger
    or smaller, the far end in this proportion to the near one. Bounds."""

    # When a pair passes. Strength = agreeing cells + 3 x agreeing distinct cells, see `verify`.
    distinct_weight: int = 3
    """Dozens of lookalike keypoints of two kawungs fall into line, at most 5 of them distinct; in a copy most are."""
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
    tail_strength: float = 10.0
    tail_log10: float = -3.2
    """Where the tail of unrelated pairs starts: one view in 10^3.2 agrees with strength 10 (see there)."""
    calibrated_views: int = 200
    doubtful: float = 10.0
    """From this strength on a pair that does not pass plainly is looked at closely, unless another one does; a guess,
    not tuned."""
    plain: float = 2.0
    """A pair passes plainly at so many times the strength that is needed."""
    few_places: int = 20
    """Agreeing places in a close look that prove nothing, however alike the drawing is."""
    decided_closely: int = 2
    """The strongest pairs in doubt that a close look decides; each costs a quarter of a second."""
    overlooked_voted: int = 3
    overlooked_strongest: int = 4
    """Of the overlooked views, how many with most votes and how many that agree best get a close look: of 200 copies
    that are hard to see the right one is among the 4 by votes for 88 %, among the 3 strongest for 92 %, among either
    for 94 %."""

    # Labels.
    label_area: float = 0.20
    """An agreement smaller than this on both sides is the size of a shop's label (about 0.15 by pixels, an
    estimate), not of a motif (a third of a motif pasted elsewhere covers 0.25 and more)."""
    label_area_unseen: float = 0.27
    """The same by keypoints alone, which overstate (labels: up to 0.24). Both must be small: where cloth is bent,
    pixels understate."""
    recurring_area: float = 0.35
    """Up to this size an agreement is a label, too, where the same place of the query agrees with other owners'."""
    recurring_share: float = 0.6
    """How much of the smaller of two regions must lie in the other to be the same place: a bound."""

    # What it is called.
    whole_area: float = 0.6
    """Both areas at least this: the whole drawing agrees (the interface's definition of copy and colourway)."""
    likeness: float = 0.48
    """Correlation of line directions from which a place agrees; unrelated batik averages 0.25, copies 0.95."""
    hue_error_deg: float = 42.0
    """Mean difference of hue, weighted by chroma, from which colours no longer agree."""
    plainly_whole: float = 0.7
    """Where so much of both pictures agrees by keypoints, they draw the region: pixels would only cut folds out of
    it."""
    drawn_from_pixels: int = 2
    """The strongest matches whose regions pixels draw; areas of the others are those of keypoints, which overstate."""
    grown_share: float = 0.2
    """A connected part that agrees by pixels counts where keypoints support this much of it: a bound."""

    # Whether the motif comes again in the same picture.
    most_repeats: int = 12
    repeat_cells: int = 8
    repeat_share: float = 0.3
    """A repeat agrees in at least so many cells, and in this share of the first one's: a bound against chance."""
    repeat_gain: float = 0.03
    """A repeat adds at least this share of the query's area."""
    nothing_left: float = 0.85
    """Share of the query that is explained from which no repeat is looked for."""

    heritage_cover: float = 0.8
    """Share of the agreeing region on the motif that references of traditional motifs must explain to excuse it (the
    interface's definition)."""
    heritage_unexplained: float = 0.03
    """Share of the agreeing region from which one connected part that references leave unexplained is new ornament.
    Public drawings leave less in 98 % of 331 pictures, an ornament of radius 0.13 of the side leaves at least 0.04;
    with 0.05 every fifth of those would be excused."""
    heritage_seam_px: int = 25
    """What is thinner, in a frame of 224 x 224 pixels, is a seam between two drawings and no ornament. With 9, wrinkled
    references excuse 98 % and reprinted ones 1 %."""

    # Whether an earlier decision explains it (see `screening`).
    decided_growth: float = 1.25
    """How much larger than decided what agrees may be: photographs of one thing differ by less, fuller copies by
    more (280 of 280 photographs of 14 decided pictures stay explained, 14 of 14 fuller copies alert)."""
    decided_within: float = 0.75
    """The share of a new agreeing region that must lie in the decided one: photographs of one thing outline it alike
    but not exactly (0.83 at least), another part of the design hardly at all. By places in the motif alone 60 % of
    the photographs above stay explained."""

    def needed(self, views: int) -> float:
        """The strength that passes in a registry of this many views: false alarms stay as rare as it grows."""
        return self.strength + self.strength_per_decade * max(0.0, math.log10(max(views, 1) / self.calibrated_views))

    def expected_false_alarms(self, strength: float, views: int) -> float:
        """How many unrelated views would agree this strongly with a picture, by the tail of `strength_per_decade`.

        At 23, asked of 200 views: 0.0024.
        """
        decades = self.tail_log10 - (strength - self.tail_strength) / self.strength_per_decade
        return max(views, 1) * float(10.0**decades)

    def expected_at(self, score: float, views: int) -> float:
        """The same for a match's `score` (see `engine`), in a registry of this many views; 0 for the very same file."""
        if score >= 1.0:
            return 0.0
        needed = self.needed(views)
        return self.expected_false_alarms(max(-math.log2(1.0 - score) * needed, needed), views)


DEFAULT = Thresholds()
