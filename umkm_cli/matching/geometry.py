"""Which transformation, if any, do the correspondences of two pictures agree on?

Every SIFT correspondence carries position, scale and angle, so one alone proposes a similarity (Philbin et al. 2007,
"fast spatial verification"): all proposals are scored against all correspondences at once, nothing is sampled, nothing
is random, and a fifth of true correspondences is enough. The best proposals are refined to an affine map and a
homography.

Mirrored copies: the motif's points are mirrored first, because no similarity turns one hand into the other.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from umkm_cli.matching.thresholds import Thresholds

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Correspondences:
    """Candidate pairs of keypoints, the most telling first, in working units.

    `query`, `motif` float64 (n, 2); `turn` degrees query minus motif; `log_scale` log2 query over motif;
    `quality` (n,); `rows` intp (n, 2), indices of the keypoints over both channels; `source` (n,) which channel and
    variant; `distinct` (n,) whether they are each other's nearest by a clear margin.
    """

    query: Array
    motif: Array
    turn: Array
    log_scale: Array
    quality: Array
    rows: Ints
    source: Ints
    distinct: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.query)

    def only(self, chosen: npt.NDArray[np.bool_]) -> "Correspondences":
        """Those marked in a mask (n,), in the same order."""
        return Correspondences(
            self.query[chosen],
            self.motif[chosen],
            self.turn[chosen],
            self.log_scale[chosen],
            self.quality[chosen],
            self.rows[chosen],
            self.source[chosen],
            self.distinct[chosen],
        )


@dataclass(frozen=True, eq=False)
class Consensus:
    """A homography motif -> query (working units), the correspondences it explains, and in how many separate cells:
    all of them, and those that are distinct."""

    matrix: Array
    inliers: Ints
    cells: int
    distinct: int


def project(matrix: Array, points: Array) -> Array:
    """Points (n, 2) through a 3 x 3 homography; those at infinity come out far away, never as NaN."""
    lifted = points @ matrix[:, :2].T + matrix[:, 2]
    depth = lifted[:, 2:]
    safe = np.where(np.abs(depth) < 1e-9, 1e-9, depth)
    return np.asarray(lifted[:, :2] / safe, np.float64)


def separate_cells(query: Array, motif: Array, cell_px: float) -> int:
    """How many separate cells the points occupy, on the side where they are fewer."""

    def count(points: Array) -> int:
        cells = np.floor(points / cell_px).astype(np.int64)
        return len(set((cells[:, 0] * 100_003 + cells[:, 1]).tolist()))  # they are few: quicker than sorting arrays

    return min(count(query), count(motif)) if len(query) else 0


def agree(pairs: Correspondences, mirrored: bool, motif_width: float, thresholds: Thresholds) -> Consensus | None:
    """The transformation that most separate cells agree on, or None."""
    if len(pairs) < 3:
        return None
    flip = np.array([[-1.0, 0.0, motif_width], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]) if mirrored else np.eye(3)
    motif = project(flip, pairs.motif) if mirrored else pairs.motif
    best: Consensus | None = None
    for members in _proposed(pairs, motif, thresholds):
        found = _refined(pairs, motif, members, thresholds)
        if found and (best is None or strength(found) > strength(best)):
            best = found
    if best is None:
        return None
    return Consensus(best.matrix @ flip, best.inliers, best.cells, best.distinct)


def agree_on(
    pairs: Correspondences, matrix: Array, mirrored: bool, motif_width: float, thresholds: Thresholds
) -> Consensus | None:
    """What `pairs` say for a transformation that is known already, fitted to them once more where that explains more.

    `matrix` motif -> query in working units. None where it explains hardly any.
    """
    flip = np.array([[-1.0, 0.0, motif_width], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]) if mirrored else np.eye(3)
    motif = project(flip, pairs.motif) if mirrored else pairs.motif
    best = _checked(pairs, motif, matrix @ flip, thresholds)  # a mirroring is its own inverse
    if best is None:
        return None
    fitted = fit_homography(motif[best.inliers], pairs.query[best.inliers])
    better = _checked(pairs, motif, fitted, thresholds) if fitted is not None else None
    if better is not None and strength(better) >= strength(best):
        best = better
    return Consensus(best.matrix @ flip, best.inliers, best.cells, best.distinct)


def strength(agreement: Consensus) -> int:
    """Distinct cells count double."""
    return agreement.cells + agreement.distinct


def _proposed(pairs: Correspondences, motif: Array, thresholds: Thresholds) -> list[Ints]:
    """The correspondences that the strongest one-pair similarities explain, most first."""
    count = min(thresholds.proposals, len(pairs))
    turns, scales = pairs.turn.astype(np.float32), pairs.log_scale.astype(np.float32)
    points, goals = motif.astype(np.float32), pairs.query.astype(np.float32)
    turn, scale = np.deg2rad(turns[:count]), np.exp2(scales[:count])
    a, b = (scale * np.cos(turn))[:, None], (scale * np.sin(turn))[:, None]
    x, y = points[:, 0], points[:, 1]
    dx, dy = x - x[:count, None], y - y[:count, None]
    error_x = a * dx - b * dy + (goals[:count, :1] - goals[:, 0])
    error_y = b * dx + a * dy + (goals[:count, 1:] - goals[:, 1])
    fits = error_x**2 + error_y**2 < (thresholds.loose_px * np.clip(scale, 0.3, 2.0)[:, None]) ** 2
    proposal, pair = np.divmod(np.flatnonzero(fits), len(pairs))  # few lie near
    turned = np.abs((turns[proposal] - turns[pair] + np.float32(540.0)) % np.float32(360.0) - np.float32(180.0))
    fits[proposal, pair] = (turned < thresholds.loose_turn_deg) & (
        np.abs(scales[proposal] - scales[pair]) < thresholds.loose_log_scale
    )
    explained = fits.sum(axis=1)
    if explained.max() < thresholds.fewest_proposed:
        return []
    score = fits @ (pairs.quality * np.where(pairs.distinct, 2.0, 1.0))
    order = np.lexsort((np.arange(count), -score))
    chosen: list[Ints] = []
    taken = np.zeros(count, bool)
    for k in order:
        if taken[k] or explained[k] < thresholds.fewest_proposed:
            continue
        chosen.append(np.flatnonzero(fits[k]))
        taken |= fits[k, :count] & fits[:, k]
        if len(chosen) == thresholds.refined:
            break
    return chosen


def _refined(pairs: Correspondences, motif: Array, members: Ints, thresholds: Thresholds) -> Consensus | None:
    matrix: Array | None = None
    loose, inlier = thresholds.loose_px, thresholds.inlier_px
    for reach in (loose * 0.75, loose * 0.5, inlier * 1.3, inlier):
        fitted = fit_affine(motif[members], pairs.query[members])
        if fitted is None:
            break
        near = _explained(pairs, motif, fitted, reach, thresholds)
        if len(near) < 3:
            break
        matrix, members = fitted, near
    if matrix is None:
        return None
    best = _checked(pairs, motif, matrix, thresholds)
    for _ in range(3):
        if best is None or best.cells < 6:
            break
        fitted = fit_homography(motif[best.inliers], pairs.query[best.inliers])
        better = _checked(pairs, motif, fitted, thresholds) if fitted is not None else None
        if better is None or strength(better) <= strength(best):
            break
        best = better
    return best


def _explained(pairs: Correspondences, motif: Array, matrix: Array, reach: float, thresholds: Thresholds) -> Ints:
    error = ((project(matrix, motif) - pairs.query) ** 2).sum(axis=1)
    near = np.flatnonzero(error < (1.5 * reach) ** 2)
    scale, turn = _local(matrix, motif[near])
    turned = np.abs((pairs.turn[near] - turn + 540.0) % 360.0 - 180.0)
    fits = error[near] < (reach * np.clip(np.exp2(scale), 0.4, 1.5)) ** 2
    fits &= turned < thresholds.inlier_turn_deg
    fits &= np.abs(pairs.log_scale[near] - scale) < thresholds.inlier_log_scale
    return np.asarray(near[fits], np.intp)


def _checked(pairs: Correspondences, motif: Array, matrix: Array, thresholds: Thresholds) -> Consensus | None:
    inliers = _explained(pairs, motif, matrix, thresholds.inlier_px, thresholds)
    if len(inliers) < 3 or not plausible(matrix, motif[inliers], thresholds):
        return None
    sure = inliers[pairs.distinct[inliers]]
    every = separate_cells(pairs.query[inliers], motif[inliers], thresholds.cell_px)
    return Consensus(matrix, inliers, every, separate_cells(pairs.query[sure], motif[sure], thresholds.cell_px))


def _local(matrix: Array, points: Array) -> tuple[Array, Array]:
    """log2 scale and rotation in degrees of a homography at each point."""
    jacobian = jacobians(matrix, points)
    determinant = jacobian[:, 0, 0] * jacobian[:, 1, 1] - jacobian[:, 0, 1] * jacobian[:, 1, 0]
    scale = 0.5 * np.log2(np.maximum(np.abs(determinant), 1e-6))
    turn = np.rad2deg(np.arctan2(jacobian[:, 1, 0] - jacobian[:, 0, 1], jacobian[:, 0, 0] + jacobian[:, 1, 1]))
    return scale, turn


def jacobians(matrix: Array, points: Array) -> Array:
    """Derivatives (n, 2, 2) of a homography at points (n, 2)."""
    lifted = points @ matrix[:, :2].T + matrix[:, 2]
    depth = np.where(np.abs(lifted[:, 2]) < 1e-9, 1e-9, lifted[:, 2])
    place = lifted[:, :2] / depth[:, None]
    return np.asarray((matrix[None, :2, :2] - place[:, :, None] * matrix[None, 2:, :2]) / depth[:, None, None])


def plausible(matrix: Array, points: Array, thresholds: Thresholds) -> bool:
    """Could a picture of the same drawing look like this: not folded, not squashed, not vanishing?"""
    if not np.isfinite(matrix).all():
        return False
    low, high = points.min(axis=0), points.max(axis=0)
    corners = np.array([[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]]])
    depth = corners @ matrix[2, :2] + matrix[2, 2]
    if (depth <= 0.2 * matrix[2, 2]).any() or matrix[2, 2] <= 0 or depth.max() > thresholds.vanishing * depth.min():
        return False
    jacobian = jacobians(matrix, np.vstack([corners, points.mean(axis=0, keepdims=True)]))
    values = np.linalg.svd(jacobian, compute_uv=False)
    if (np.linalg.det(jacobian) <= 0).any():
        return False
    longest, shortest = values[:, 0], values[:, 1]
    within = (longest < thresholds.enlarged).all() and (shortest > thresholds.shrunk).all()
    return bool(within and (longest < thresholds.squashed * shortest).all())


def fit_affine(source: Array, target: Array) -> Array | None:
    """Least squares, leaning towards a similarity while the points are few."""
    if len(source) < 3:
        return None
    middle, goal = source.mean(axis=0), target.mean(axis=0)
    p, q = source - middle, target - goal
    power = float((p * p).sum())
    if power < 1e-6:
        return None
    a = float((p * q).sum()) / power
    b = float((p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]).sum()) / power
    similar = np.array([[a, -b], [b, a]])
    weight = 2.0 * power / len(source)
    linear = np.linalg.solve(p.T @ p + weight * np.eye(2), p.T @ (q - p @ similar.T)).T + similar
    matrix = np.eye(3)
    matrix[:2, :2] = linear
    matrix[:2, 2] = goal - linear @ middle
    return matrix


def fit_homography(source: Array, target: Array) -> Array | None:
    """Normalised direct linear transform (Hartley 1997) on all points."""
    if len(source) < 6:
        return None
    to_a, to_b = _normaliser(source), _normaliser(target)
    a, b = project(to_a, source), project(to_b, target)
    x, y, u, v = a[:, 0], a[:, 1], b[:, 0], b[:, 1]
    one, nil = np.ones_like(x), np.zeros_like(x)
    rows = np.vstack(
        [
            np.stack([x, y, one, nil, nil, nil, -u * x, -u * y, -u], axis=1),
            np.stack([nil, nil, nil, x, y, one, -v * x, -v * y, -v], axis=1),
        ]
    )
    matrix = np.linalg.svd(rows, full_matrices=False)[2][-1].reshape(3, 3)
    matrix = np.linalg.inv(to_b) @ matrix @ to_a
    if abs(matrix[2, 2]) < 1e-12:
        return None
    return np.asarray(matrix / matrix[2, 2], np.float64)


def _normaliser(points: Array) -> Array:
    middle = points.mean(axis=0)
    spread = max(float(np.sqrt(((points - middle) ** 2).sum(axis=1)).mean()), 1e-6)
    s = np.sqrt(2.0) / spread
    return np.array([[s, 0.0, -s * middle[0]], [0.0, s, -s * middle[1]], [0.0, 0.0, 1.0]])
