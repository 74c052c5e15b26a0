"""Do colours agree where the drawings agree?

Light, camera and exposure change lightness and saturation of a colour more than its hue, so hue decides, weighted by
how colourful both sides are; a common cast is taken out first.
"""

import numpy as np
import numpy.typing as npt

Lab = npt.NDArray[np.float64]


def hue_error_deg(query: Lab, motif: Lab) -> float:
    """Mean angle between corresponding hues, 0..180, weighted by chroma; 0 where both are nearly grey.

    `query` and `motif` are OpenCV's 8-bit Lab values (n, 3) of corresponding places.
    """
    if not len(query):
        return 0.0
    a, b = query[:, 1:].astype(np.float64) - 128.0, motif[:, 1:].astype(np.float64) - 128.0
    chroma_a, chroma_b = np.hypot(a[:, 0], a[:, 1]), np.hypot(b[:, 0], b[:, 1])
    weight = np.minimum(chroma_a, chroma_b)
    if weight.mean() < 3.0:
        return 0.0
    turn = np.rad2deg(np.abs(np.angle(np.exp(1j * (np.arctan2(a[:, 1], a[:, 0]) - np.arctan2(b[:, 1], b[:, 0]))))))
    return float((turn * weight).sum() / weight.sum())
