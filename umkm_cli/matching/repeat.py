"""Does the drawing repeat, and by which steps?

A cloth's repeat (raport) is a lattice: two vectors by which the drawing can be shifted onto itself, or one where it
repeats in one direction only. It is read off the autocorrelation as Liu, Collins and Tsin do (2004, "A computational
model for periodic pattern perception based on frieze and wallpaper groups"), with another rule for the cell:

1. Peaks that stand out in every direction. A ridge is no peak: along a stripe every shift fits.
2. Of all lattices that two peaks span, those whose points correlate nearly best, and of these the one with the smallest
   cell. A half period correlates less; a double one correlates no more, and has the larger cell.
3. Gauss-Lagrange reduction names each lattice by its two shortest vectors; least squares over its peaks refines them.
4. It is believed where the drawing comes back under both vectors by more than chance reaches.

Where no lattice is, a ridge or a row of peaks may still tell of one direction.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from umkm_cli.matching.autocorrelation import Autocorrelation, autocorrelation
from umkm_cli.matching.describing.features import Rgb, shrunk
from umkm_cli.matching.geometry import Array

SIDE = 320
"""Long side of the picture that is looked at, in pixels."""
_SHORTEST = 9.0
"""Steps shorter than this are texture."""
_MOST_PEAKS = 22
_PEAK = 0.14
_STANDS_OUT = 0.3
"""A peak falls by this share of its height in every direction, within 0.4 of its distance from the centre."""
_AROUND_PX = (6.0, 24.0)
""". . . but at least and at most so far: beyond, a ridge would slip between two of the directions."""
_WORST_COSET = 0.75
"""The points that a finer lattice adds correlate by at least this share of the others: less is a true half period."""
_SHARPEST_SINE = 0.35
_TOLERANCE_PX = 2
_LEAST = 0.2
_LEAST_ALONE = 0.35
_CHANCE = 3.5
"""How many standard deviations of chance a strength must exceed."""
_MOVED = 0.12

_ANGLES = np.arange(32) * (np.pi / 16)
_DIRECTIONS = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], axis=1)
_STEPS = np.array([(i, j) for i in range(-3, 4) for j in range(4) if j > 0 or i > 0], np.float64)
"""Lattice points (n, 2) up to three steps away, one of each opposite pair."""


@dataclass(frozen=True)
class Repeat:
    """One or two vectors (x, y) in pixels of the upright picture by which its drawing can be shifted onto itself.

    Two are the shortest of their lattice, the more horizontal first, pointing right; the second points down. `strength`
    is how well the drawing fits onto itself under the weaker of them, as a correlation 0..1.
    """

    vectors: tuple[tuple[float, float], ...]
    strength: float


@dataclass(frozen=True, eq=False)
class _Peaks:
    """Shifts (n, 2), those furthest beyond chance first, and how well each fits (n,)."""

    shifts: Array
    heights: Array


def find_repeat(rgb: Rgb) -> Repeat | None:
    """The repeat of an upright uint8 picture (h, w, 3); None where none is seen at least twice each way."""
    small = shrunk(rgb, SIDE)
    fit = autocorrelation(small)
    peaks = _peaks(fit)
    vectors = _lattice(fit, peaks)
    if vectors is None:
        vectors = _single(fit, peaks)
    if vectors is None:
        return None
    scale = np.array([rgb.shape[1] / small.shape[1], rgb.shape[0] / small.shape[0]])
    named = _named(vectors * scale)
    return Repeat(tuple((round(float(x), 2), round(float(y), 2)) for x, y in named), _strength(fit, vectors))


def reduced(basis: Array) -> Array:
    """The two shortest vectors (rows) of the lattice that two independent ones span (Gauss, Lagrange)."""
    a, b = basis
    while True:
        if a @ a > b @ b:
            a, b = b, a
        steps = np.rint(a @ b / (a @ a))
        if steps == 0:
            return np.stack([a, b])
        b = b - steps * a


def _named(vectors: Array) -> Array:
    """Rows in the order and with the signs that `Repeat` promises."""
    if len(vectors) == 1:
        (x, y), *_ = vectors
        return -vectors if x < 0 or (x == 0 and y < 0) else vectors
    slope = np.abs(vectors[:, 1]) / np.maximum(np.hypot(vectors[:, 0], vectors[:, 1]), 1e-9)
    first, second = vectors[np.argsort(slope, kind="stable")]
    return np.stack([-first if first[0] < 0 else first, -second if second[1] < 0 else second])


def _strength(fit: Autocorrelation, vectors: Array) -> float:
    return round(float(np.clip(fit.widened(1).at(vectors).min(), 0.0, 1.0)), 4)


def _peaks(fit: Autocorrelation) -> _Peaks:
    rx, ry = fit.reach
    rows, columns = np.nonzero((fit.values >= fit.widened(2).values) & (fit.values > _PEAK))
    shifts = np.stack([columns - rx, rows - ry], axis=1).astype(np.float64)
    half = (shifts[:, 1] > 0) | ((shifts[:, 1] == 0) & (shifts[:, 0] > 0))
    shifts = shifts[half & (np.hypot(shifts[:, 0], shifts[:, 1]) >= _SHORTEST)]
    heights = fit.at(shifts)
    chosen = _drop(fit, shifts) > _STANDS_OUT * heights
    shifts, heights = shifts[chosen], heights[chosen]
    beyond_chance = heights * np.sqrt(fit.overlap(shifts))
    order = np.lexsort((shifts[:, 0], shifts[:, 1], -beyond_chance))[:_MOST_PEAKS]
    return _Peaks(shifts[order], heights[order])


def _drop(fit: Autocorrelation, shifts: Array) -> Array:
    """By how much the fit falls around each shift, in the direction where it falls least."""
    far = np.clip(0.4 * np.hypot(shifts[:, 0], shifts[:, 1]), *_AROUND_PX)
    around = np.linspace(0.2, 1.0, 6)[:, None, None] * _DIRECTIONS
    lowest = fit.at(shifts[:, None, None] + far[:, None, None, None] * around).min(axis=1)
    return np.asarray(fit.at(shifts) - lowest.max(axis=1))


def _lattice(fit: Autocorrelation, peaks: _Peaks) -> Array | None:
    bases = _bases(fit, peaks)
    if not len(bases):
        return None
    score, area = _scores(fit.widened(_TOLERANCE_PX), bases), np.abs(np.linalg.det(bases))
    best = int(score.argmax())
    asked = score[best] * (_WORST_COSET + (1 - _WORST_COSET) * np.minimum(area / area[best], 1.0))
    chosen = np.lexsort((-score, area, score < asked))[0]
    vectors = _refined(fit, bases[chosen])
    return vectors if _strength(fit, vectors) >= max(_LEAST, _CHANCE * _chance(fit, vectors)) else None


def _bases(fit: Autocorrelation, peaks: _Peaks) -> Array:
    """The different lattices (n, 2, 2) that two peaks span, reduced; without needles and what is not seen twice."""
    seen: dict[tuple[float, ...], Array] = {}
    for i, j in combinations(range(len(peaks.shifts)), 2):
        basis = peaks.shifts[[i, j]]
        if abs(np.linalg.det(basis)) < _SHORTEST**2 * _SHARPEST_SINE:
            continue
        basis = reduced(basis)
        lengths = np.hypot(basis[:, 0], basis[:, 1])
        sharp = abs(np.linalg.det(basis)) < _SHARPEST_SINE * lengths.prod()
        if lengths[0] >= _SHORTEST and not sharp and fit.inside(basis).all():
            seen.setdefault(tuple(basis.ravel()), basis)
    return np.array(list(seen.values()))


def _scores(near: Autocorrelation, bases: Array) -> Array:
    """Mean fit at the points of each lattice, weighted by overlap."""
    points = np.einsum("kc,ncd->nkd", _STEPS, bases)
    weight = np.where(near.inside(points), near.overlap(points), 0.0)
    return np.asarray((near.at(points) * weight).sum(axis=1) / weight.sum(axis=1))


def _refined(fit: Autocorrelation, basis: Array) -> Array:
    """Least squares over the peaks near the lattice's points, from the nearest points outwards."""
    vectors = basis
    for reach in (1, 2, 3):
        steps = _STEPS[np.abs(_STEPS).max(axis=1) <= reach]
        steps = steps[fit.inside(steps @ vectors, margin=5)]
        if np.linalg.matrix_rank(steps) < 2:
            return vectors
        found = np.stack([_top_near(fit, shift) for shift in steps @ vectors])
        weight = np.maximum(fit.at(found), 0.01)[:, None]
        better = np.linalg.lstsq(steps * weight, found * weight, rcond=None)[0]
        if (np.linalg.norm(better - basis, axis=1) > _MOVED * np.linalg.norm(basis, axis=1)).any():
            return vectors
        vectors = better
    return reduced(vectors)


def _top_near(fit: Autocorrelation, shift: Array) -> Array:
    """The best shift within 3 pixels, to a fraction of a pixel by a parabola each way."""
    offsets = np.mgrid[-3:4, -3:4].reshape(2, -1).T[:, ::-1] + np.rint(shift)
    top = offsets[fit.at(offsets).argmax()]
    centre = float(fit.at(top))
    for step in np.eye(2):
        before, after = float(fit.at(top - step)), float(fit.at(top + step))
        bend = before - 2 * centre + after
        if bend < -1e-9:
            top = top + step * np.clip(0.5 * (before - after) / bend, -0.5, 0.5)
    return np.asarray(top)


def _chance(fit: Autocorrelation, vectors: Array) -> float:
    """Standard deviation of the fit under a shift that means nothing (Bartlett 1946): the more of the picture looks
    like its own neighbourhood, the fewer independent places there are to agree by accident."""
    rx, ry = fit.reach
    radius = 0.5 * float(np.linalg.norm(vectors, axis=1).min())
    y, x = np.mgrid[-ry : ry + 1, -rx : rx + 1]
    lobe = float((fit.values[x * x + y * y <= radius * radius].astype(np.float64) ** 2).sum())
    return float(np.sqrt(lobe / (4.0 * rx * ry * float(fit.overlap(vectors).min()))))


def _single(fit: Autocorrelation, peaks: _Peaks) -> Array | None:
    """One vector: across the stripes where there are any, else to the nearest of the peaks in a row."""
    vector = _across_stripes(fit)
    if vector is None and len(peaks.shifts):
        vector = _along_row(fit, peaks)
    return None if vector is None else vector[None]


def _across_stripes(fit: Autocorrelation) -> Array | None:
    """The step across stripes: the fit averaged along them returns to a peak after a trough."""
    rx, ry = fit.reach
    y, x = np.mgrid[-ry : ry + 1 : 3, 0 : rx + 1 : 3]
    shifts = np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float64)
    values, weight = fit.at(shifts), fit.overlap(shifts)
    best, vector = _LEAST_ALONE, None
    for angle in np.deg2rad(np.arange(-88.0, 91.0, 2.0)):
        across = np.array([np.cos(angle), np.sin(angle)])
        profile = _profile(shifts @ across, values, weight, _reach_along(fit, across))
        height, step = _first_return(profile)
        if height > best:
            best, vector = height, across * step
    return vector


def _reach_along(fit: Autocorrelation, direction: Array) -> int:
    rx, ry = fit.reach
    return int(min(rx / max(abs(direction[0]), 1e-9), ry / max(abs(direction[1]), 1e-9)))


def _profile(along: Array, values: Array, weight: Array, length: int) -> Array:
    """Weighted mean of the values by their rounded distance |along|, up to `length`."""
    distance = np.rint(np.abs(along)).astype(np.intp)
    near = distance <= length
    total = np.bincount(distance[near], weight[near], minlength=length + 1)
    summed = np.bincount(distance[near], (values * weight)[near], minlength=length + 1)
    return np.asarray(
        np.convolve(summed, np.ones(3), "same") / np.maximum(np.convolve(total, np.ones(3), "same"), 1e-9)
    )


def _first_return(profile: Array) -> tuple[float, float]:
    """How high a profile rises again after its first trough, and where: the first peak that is nearly the highest."""
    falling = np.minimum.accumulate(profile)
    rise = profile - falling
    peak = (
        (profile[1:-1] >= profile[:-2]) & (profile[1:-1] >= profile[2:]) & (np.arange(1, len(profile) - 1) >= _SHORTEST)
    )
    at = np.flatnonzero(peak) + 1
    if not len(at):
        return 0.0, 0.0
    good = at[(rise[at] >= 0.5 * _LEAST_ALONE) & (profile[at] >= _WORST_COSET * profile[at].max())]
    return (float(profile[good[0]]), float(good[0])) if len(good) else (0.0, 0.0)


def _along_row(fit: Autocorrelation, peaks: _Peaks) -> Array | None:
    """The shortest of the peaks that are nearly the best, where twice the step fits, too, as far as it is seen."""
    good = np.flatnonzero(peaks.heights >= max(_LEAST_ALONE, _WORST_COSET * peaks.heights.max()))
    for k in good[np.argsort(np.hypot(*peaks.shifts[good].T), kind="stable")]:
        vector = peaks.shifts[k]
        again = not fit.inside(2 * vector) or fit.widened(3).at(2 * vector) >= _WORST_COSET * peaks.heights[k]
        if again and peaks.heights[k] >= _CHANCE * _chance(fit, vector[None]):
            return np.asarray(_top_near(fit, vector))
    return None
