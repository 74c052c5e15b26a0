"""Things on sale as a maker photographs them: cloth made up and wrapped, with a table, folds, lamp light and labels."""

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
Floats = NDArray[np.float64]
Corner = tuple[float, float]
SIZE = 720
"""Photographs are square, as marketplaces want them."""
WOOD, LINEN, WALL = (128, 96, 66), (208, 202, 190), (222, 220, 214)
_FONT, _SMALL = cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_SIMPLEX


def surface(colour: Sequence[int], grain: float, seed: int) -> Floats:
    """A table top or a wall: streaks of `grain` grey levels along it."""
    rng = np.random.default_rng(seed)
    streaks = cv2.resize(rng.normal(0, 1, (SIZE, 24)).astype(np.float32), (SIZE, SIZE), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.array(colour, np.float64) + grain * streaks[..., None], np.float64)


def laid(scene: Floats, cloth: Rgb, corners: Sequence[Corner], outline: Sequence[Corner], fold: float = 0.0) -> Floats:
    """`cloth` over the quadrilateral `corners`, seen within `outline`; `fold` is how far its folds push it, in pixels.

    Folds both move and shade it. A soft shadow falls to the lower right.
    """
    height, width = cloth.shape[:2]
    here = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    back = cv2.getPerspectiveTransform(np.array(corners, np.float32), here)
    ys, xs = np.mgrid[0:SIZE, 0:SIZE].astype(np.float64)
    wave = np.sin((xs * 0.8 + ys * 0.35) / 46) + 0.6 * np.sin((xs * 0.3 - ys) / 71 + 1)
    places = np.stack([xs + fold * wave, ys + 0.6 * fold * wave], -1).reshape(1, -1, 2)
    there = cv2.perspectiveTransform(places, back.astype(np.float64)).reshape(SIZE, SIZE, 2).astype(np.float32)
    seen = cv2.remap(cloth, there[..., 0], there[..., 1], cv2.INTER_AREA, borderMode=cv2.BORDER_REFLECT)
    mask = _mask(outline)
    shadow = np.roll(cv2.GaussianBlur(mask, (0, 0), 12), (10, 8), (0, 1))
    shaded = seen * (1 + 0.018 * fold * np.cos((xs * 0.8 + ys * 0.35) / 46))[..., None]
    return np.asarray(
        scene * (1 - 0.45 * shadow * (1 - mask))[..., None] * (1 - mask[..., None]) + shaded * mask[..., None]
    )


def label(
    scene: Floats, corners: Sequence[Corner], lines: Sequence[str], paper: Sequence[int], ink: Sequence[int]
) -> Floats:
    """A printed label: the name large, the rest small, in a frame."""
    sheet: Rgb = np.full((240, 400, 3), paper, np.uint8)
    colour = tuple(int(c) for c in ink)
    cv2.rectangle(sheet, (10, 10), (389, 229), colour, 3, cv2.LINE_AA)
    for row, line in enumerate(lines):
        font, scale, thick = (_FONT, 1.25, 2) if row == 0 else (_SMALL, 0.72, 1)
        (wide, _), _ = cv2.getTextSize(line, font, scale, thick)
        fit = scale * min(1.0, 350 / wide)
        cv2.putText(
            sheet, line, (200 - round(wide * fit / scale / 2), 78 + 50 * row), font, fit, colour, thick, cv2.LINE_AA
        )
    return laid(scene, sheet, corners, corners)


def patch(scene: Floats, outline: Sequence[Corner], colour: Sequence[int]) -> Floats:
    """A plain part: a handle, a collar, a lid."""
    mask = cv2.GaussianBlur(_mask(outline), (0, 0), 0.8)[..., None]
    return np.asarray(scene * (1 - mask) + np.array(colour, np.float64) * mask)


def photographed(scene: Floats, lamp: Corner, warmth: float, seed: int, blur: float = 0.8) -> Rgb:
    """Lamp light that falls off, its colour, a little blur and noise."""
    rng = np.random.default_rng(seed)
    ys, xs = np.mgrid[0:SIZE, 0:SIZE]
    light = 1.1 - 0.38 * np.hypot(xs - lamp[0], ys - lamp[1]) / SIZE
    shot = scene * light[..., None] * np.array([1 + warmth, 1.0, 1 - warmth])
    shot = np.asarray(cv2.GaussianBlur(shot, (0, 0), blur)) + rng.normal(0, 2.0, shot.shape)
    return np.asarray(np.clip(shot, 0, 255), np.uint8)


def shirt(cloth: Rgb) -> Rgb:
    """A folded shirt on a wooden table: collar, buttons, a fold in front."""
    scene = surface(WOOD, 9, 11)
    body = [(150, 120), (570, 112), (588, 640), (136, 650)]
    scene = laid(scene, cloth, [(60, 60), (660, 40), (690, 690), (30, 700)], body, fold=3.0)
    for outline in ([(262, 112), (352, 210), (300, 232), (232, 122)], [(452, 110), (366, 210), (418, 232), (484, 118)]):
        scene = laid(scene, cloth[::-1], [(200, 90), (520, 90), (520, 260), (200, 260)], outline, fold=1.0)
    scene = patch(scene, [(352, 208), (366, 208), (368, 648), (352, 648)], (70, 48, 34))
    for y in range(260, 640, 92):
        scene = patch(scene, _round((360, y), 8), (236, 228, 210))
    return photographed(scene, (220, 150), 0.05, 12)


def bag(cloth: Rgb) -> Rgb:
    """A shopping bag hung on a wall, with the shop's price tag."""
    scene = surface(WALL, 3, 21)
    for outline in ([(230, 230), (246, 60), (268, 60), (256, 230)], [(462, 230), (474, 60), (452, 60), (440, 230)]):
        scene = patch(scene, outline, (92, 66, 44))
    scene = patch(scene, [(246, 60), (474, 60), (474, 82), (246, 82)], (92, 66, 44))
    body = [(146, 214), (574, 222), (606, 652), (118, 646)]
    scene = laid(scene, cloth, [(120, 190), (600, 200), (640, 690), (84, 680)], body, fold=2.2)
    scene = label(
        scene, [(470, 520), (610, 536), (600, 622), (460, 604)], ["Rp 85.000", "Pasar Kampung"], LINEN, (150, 40, 36)
    )
    return photographed(scene, (500, 80), 0.02, 22)


def wrapped(cloth: Rgb, lines: Sequence[str], ink: Sequence[int], turn: float, seed: int) -> Rgb:
    """A box wrapped in paper with the motif, a printed label on it, on linen; turned by `turn` degrees."""

    def turned(corners: Sequence[Corner]) -> list[Corner]:
        angle = np.radians(turn)
        spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        spun = (np.array(corners) - SIZE / 2) @ spin.T + SIZE / 2
        return [(float(x), float(y)) for x, y in spun]

    scene = surface(LINEN, 4, seed)
    face, side = [(140, 130), (560, 140), (570, 590), (130, 580)], [(560, 140), (622, 178), (632, 606), (570, 590)]
    scene = laid(scene, cloth[:, ::-1] // 2, turned([(560, 140), (760, 200), (770, 640), (570, 590)]), turned(side))
    scene = laid(scene, cloth, turned(face), turned(face), fold=0.8)
    scene = label(scene, turned([(230, 290), (470, 294), (472, 440), (228, 436)]), lines, (250, 246, 234), ink)
    return photographed(scene, (300 + seed, 200), 0.03, seed)


def cushion(cloth: Rgb) -> Rgb:
    """A cushion with round sides, against a wall."""
    scene = surface(WALL, 3, 41)
    scene[520:] = surface(WOOD, 8, 42)[520:]
    ts = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    round_ = [(float(360 + 236 * _bulge(np.cos(t))), float(350 + 232 * _bulge(np.sin(t)))) for t in ts]
    scene = laid(scene, cloth, [(110, 100), (610, 104), (616, 600), (104, 596)], round_, fold=1.6)
    return photographed(scene, (260, 200), 0.04, 43)


def jar(cloth: Rgb) -> Rgb:
    """A jar of chilli paste: a lid, a printed label, a drawn chilli, and the maker's motif nowhere."""
    del cloth
    scene = surface(WOOD, 9, 51)
    scene = patch(scene, [(230, 190), (490, 190), (510, 610), (210, 610)], (148, 34, 22))
    scene = patch(scene, [(236, 120), (484, 120), (490, 196), (230, 196)], (196, 162, 84))
    lines = ["SAMBAL KLOTOK", "Bu Wening", "pedas sedang - 150 g"]
    scene = label(scene, [(214, 300), (506, 300), (510, 500), (210, 500)], lines, (252, 240, 214), (120, 24, 18))
    pod = [(300 + 14 * k, 262 + 12 * np.sin(k / 2.2) + (k % 2)) for k in range(9)]
    scene = patch(scene, [*pod, *[(x, y + 16) for x, y in reversed(pod)]], (214, 60, 30))
    return photographed(scene, (360, 180), 0.06, 52)


def _mask(outline: Sequence[Corner]) -> Floats:
    drawn = np.zeros((SIZE, SIZE), np.uint8)
    cv2.fillPoly(drawn, [np.rint(np.array(outline) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return np.asarray(drawn / 255, np.float64)


def _round(centre: Corner, radius: float) -> list[Corner]:
    turns = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    return [(float(centre[0] + radius * np.cos(t)), float(centre[1] + radius * np.sin(t))) for t in turns]


def _bulge(x: float) -> float:
    """From a circle towards a square."""
    return float(np.sign(x) * abs(x) ** 0.55)


def _package(lines: Sequence[str], ink: Sequence[int], turn: float, seed: int) -> Callable[[Rgb], Rgb]:
    return lambda cloth: wrapped(cloth, lines, ink, turn, seed)


PRODUCTS: dict[str, tuple[str, Callable[[Rgb], Rgb]]] = {
    # file: what it is made from, how
    "kemeja-perahu": ("motifs/perahu-pesisir.jpg", shirt),
    "tas-burung": ("motifs/burung-pantai.jpg", bag),
    "kemasan-semanggi": (
        "motifs/semanggi.jpg",
        _package(["KUE SEMANGGI", "Batik Lorong", "isi 12"], (40, 92, 52), -4, 31),
    ),
    "kemasan-daun": ("motifs/semanggi.jpg", _package(["KUE DAUN", "Oleh-oleh Baru", "isi 10"], (130, 46, 40), 6, 35)),
    "bantal-payung": ("unregistered/payung.jpg", cushion),
    "sambal": ("", jar),
}
