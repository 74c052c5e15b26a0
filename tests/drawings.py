"""Pictures made on the spot: a cloth of its own for every seed."""

import cv2
import numpy as np
import numpy.typing as npt


def drawing(seed: int, width: int = 520, height: int = 400) -> npt.NDArray[np.uint8]:
    """Leaves, rings and strokes in a few inks, uint8 (height, width, 3)."""
    rng = np.random.default_rng(seed)
    inks = rng.integers(40, 256, (5, 3))
    picture = np.full((height, width, 3), inks[0] // 3, np.uint8)
    for _ in range(90):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        ink = tuple(int(v) for v in inks[rng.integers(1, 5)])
        size, turn = int(rng.integers(8, 36)), int(rng.integers(0, 360))
        shape = rng.integers(0, 3)
        if shape == 0:
            cv2.ellipse(picture, (x, y), (size, max(3, size // 3)), turn, 0, 360, ink, -1, cv2.LINE_AA)
        elif shape == 1:
            cv2.circle(picture, (x, y), size // 2, ink, 2, cv2.LINE_AA)
        else:
            corners = rng.integers(-size, size, (5, 2)) + np.array([x, y])
            cv2.polylines(picture, [corners.astype(np.int32)], False, ink, 2, cv2.LINE_AA)
    return picture
