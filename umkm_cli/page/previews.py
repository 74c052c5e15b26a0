"""Pictures as every browser shows them, whatever type and size they came in."""

import io

import numpy as np
import numpy.typing as npt
from PIL import Image

LONGEST_PIXELS = 1200
QUALITY = 88


def as_jpeg(rgb: npt.NDArray[np.uint8]) -> bytes:
    """uint8 (height, width, 3), upright, as a JPEG with no side above `LONGEST_PIXELS`."""
    image = Image.fromarray(rgb)
    image.thumbnail((LONGEST_PIXELS, LONGEST_PIXELS), reducing_gap=2.0)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
