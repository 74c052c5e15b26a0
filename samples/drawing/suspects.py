"""The suspects: what becomes of a motif on its way into somebody else's shop."""

from collections.abc import Callable

import cv2
import numpy as np

from samples.drawing.seeded.cloth import Pixels, SeededCloth
from samples.drawing.seeded.dyes import CREAM, DARK, INDIGO, LEAF, ROSE, SOGA


def cropped(picture: Pixels) -> Pixels:
    """Less than half of the cloth, a little turned and enlarged."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width * 0.42, height * 0.55), 7, 1.25)
    matrix[:, 2] += np.array([width * -0.04, height * -0.1])
    turned_picture = cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )
    return np.ascontiguousarray(turned_picture[60 : height - 70, 50 : width - 90])


def mirrored(picture: Pixels) -> Pixels:
    return np.ascontiguousarray(picture[:, ::-1])


def redyed(picture: Pixels) -> Pixels:
    """The same drawing in other dyes: every hue turned by 130 degrees."""
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV).astype(np.int32)
    hsv[..., 0] = (hsv[..., 0] + 65) % 180
    hsv[..., 1] = np.clip(hsv[..., 1] * 1.1, 0, 255)
    return np.asarray(cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2RGB), np.uint8)


def phone(picture: Pixels) -> Pixels:
    """Held askew under a lamp, a little out of focus, on a table."""
    rng = np.random.default_rng(301)
    height, width = picture.shape[:2]
    frame: Pixels = np.zeros((600, 640, 3), np.uint8)
    grain = cv2.resize(rng.normal(0, 1, (600, 40)).astype(np.float32), (640, 600))
    frame[:] = np.clip(np.array([104, 82, 62]) + 9 * grain[..., None], 0, 255).astype(np.uint8)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = np.array([(46, 34), (590, 62), (618, 566), (22, 540)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)

    cloth = cv2.warpPerspective(picture, matrix, (640, 600), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, (640, 600))
    shot = np.where(mask[..., None] > 127, cloth, frame).astype(np.float64)
    ys, xs = np.mgrid[0:600, 0:640].astype(np.float32)
    light = 1.12 - 0.55 * np.hypot(xs - 180, ys - 140) / 640
    shadow = 1 - 0.22 / (1 + np.exp(-(xs * 0.8 + ys - 820) / 22))
    shot = shot * (light * shadow)[..., None] * np.array([1.06, 1.0, 0.86])
    soft = np.asarray(cv2.GaussianBlur(shot, (0, 0), 1.1)) + rng.normal(0, 3, shot.shape)
    return np.asarray(np.clip(soft, 0, 255), np.uint8)


def pasted(picture: Pixels) -> Pixels:
    """A part of the motif, turned, as a panel in a cloth that nobody registered."""
    host = SeededCloth(600, 560, (196, 168, 112), 302)
    for row, y in enumerate(np.arange(10, 600, 62.0)):
        for x in np.arange(row % 2 * 33, 640, 66.0):
            host.flower((x + host.jitter(4), y + host.jitter(4)), host.between(22, 30), int(host.rng.integers(4, 10)),
                        [INDIGO, LEAF, ROSE, CREAM], DARK, SOGA)  # fmt: skip
    host.scatter(240, [SOGA, INDIGO], ["drops", "hook", "sprig"], 12)
    cloth: Pixels = host.finish()
    panel = cv2.rotate(picture[40:400, 60:440], cv2.ROTATE_90_CLOCKWISE)
    panel = cv2.resize(panel, (330, 350), interpolation=cv2.INTER_AREA)
    cloth[110:460, 150:480] = panel
    cv2.rectangle(cloth, (149, 109), (480, 460), CREAM, 4, cv2.LINE_AA)
    return cloth


def thumbnail(picture: Pixels) -> Pixels:
    """The small picture of a listing, with the seller's caption and price."""
    small = cv2.resize(picture, (320, 300), interpolation=cv2.INTER_AREA)
    page: Pixels = np.full((356, 320, 3), 250, np.uint8)
    page[:300] = small
    cv2.rectangle(page, (0, 0), (96, 26), (206, 58, 44), -1)
    cv2.putText(page, "PROMO", (10, 19), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 2, cv2.LINE_AA)
    cv2.putText(page, "Kain batik modern 2 m", (10, 324), cv2.FONT_HERSHEY_SIMPLEX, 0.55, (40, 40, 40), 1, cv2.LINE_AA)
    cv2.putText(page, "Rp 149.000", (10, 346), cv2.FONT_HERSHEY_SIMPLEX, 0.55, (206, 58, 44), 2, cv2.LINE_AA)
    return page


def traced(picture: Pixels) -> Pixels:
    """Only the outlines, in ink on paper, as a copyist traces them."""
    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (0, 0), 1.0).astype(np.float32)
    dark = (cv2.GaussianBlur(grey, (0, 0), 7) - grey > 16).astype(np.uint8)
    _, parts, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    large = stats[:, cv2.CC_STAT_AREA] >= 24
    large[0] = False
    edges = np.where(large[parts], 255, 0).astype(np.uint8)
    ink = cv2.GaussianBlur(edges, (0, 0), 0.7).astype(np.float64)[..., None] / 255
    sheet = np.array([244, 238, 226]) * (1 - ink) + np.array([52, 46, 60]) * ink
    small = cv2.resize(sheet, None, fx=0.9, fy=0.9, interpolation=cv2.INTER_AREA)
    return np.clip(small, 0, 255).astype(np.uint8)


def plain(_: Pixels) -> Pixels:
    """Cloth of one dye with a soft fold, nothing drawn on it."""
    fold = 1 - 0.05 * np.exp(-(((np.arange(480) - 210) / 60.0) ** 2))
    return np.asarray(np.tile(np.rint(np.array([152, 118, 84]) * fold[:, None]), (480, 1, 1)), np.uint8)


def tiny(picture: Pixels) -> Pixels:
    return np.asarray(cv2.resize(picture, (20, 20), interpolation=cv2.INTER_AREA), np.uint8)


def closer(picture: Pixels) -> Pixels:
    """The traditional ground itself, photographed closer."""
    height, width = picture.shape[:2]
    return np.asarray(
        cv2.resize(picture[20 : height - 20, 20 : width - 20], (500, 500), interpolation=cv2.INTER_AREA), np.uint8
    )


SUSPECTS: list[tuple[str, str, str, Callable[[Pixels], Pixels], str, str]] = [
    # file, made from, attack, how, verdict, relation
    ("crop.jpg", "motifs/daun-bakau.jpg", "crop, turned, enlarged", cropped, "partial", "partial"),
    ("mirrored.jpg", "motifs/hiu-buaya.jpg", "mirrored", mirrored, "copy", "copy"),
    ("redyed.jpg", "motifs/burung-pantai.jpg", "other dyes", redyed, "colourway", "colourway"),
    ("phone.jpg", "motifs/ceplok-teratai.jpg", "phone photo: askew, lamp light, blur", phone, "copy", "copy"),
    ("pasted.jpg", "motifs/sekar-muara.jpg", "part pasted in another cloth", pasted, "partial", "partial"),
    ("thumbnail.jpg", "motifs/perahu-pesisir.jpg", "listing thumbnail with caption", thumbnail, "copy", "copy"),
    ("traced.jpg", "motifs/semanggi.jpg", "traced outline", traced, "colourway", "colourway"),
    ("parang-ground.jpg", "heritage/parang.jpg", "traditional ground only", closer, "heritage", "partial"),
    ("unregistered.jpg", "", "unregistered design", mirrored, "clear", ""),
    ("plain.jpg", "", "nearly plain cloth", plain, "not_judged", ""),
    ("tiny.jpg", "motifs/mega-mendung.jpg", "20 x 20 pixels", tiny, "not_judged", ""),
]
