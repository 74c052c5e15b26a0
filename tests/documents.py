"""Documents as their readers see them: text and pictures of PDF files, and copies with one byte changed."""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from tests.test_catalogues import FORBIDDEN


def pdf_text(path: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(str(page.get_textpage().get_text_bounded()) for page in document)
    finally:
        document.close()


def pdf_pictures(path: Path, dpi: int = 150) -> list[npt.NDArray[np.uint8]]:
    """The sheets as uint8 (h, w, 3) BGR pictures."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return [page.render(scale=dpi / 72).to_numpy()[..., :3].copy() for page in document]
    finally:
        document.close()


def write_picture(path: Path, bgr: npt.NDArray[np.uint8]) -> Path:
    """By the path's suffix; OpenCV's own writing knows no names beyond ASCII on Windows."""
    path.write_bytes(cv2.imencode(path.suffix, bgr)[1].tobytes())
    return path


def one_byte_changed(
    data: bytes, places: Mapping[str, tuple[int, int]], times: int, seed: int
) -> Iterator[tuple[str, bytes]]:
    """Copies with one random byte changed, in turn in each of `places` (start, end), each with that place's name."""
    rng = random.Random(seed)
    for turn in range(times):
        name = sorted(places)[turn % len(places)]
        start, end = places[name]
        copy = bytearray(data)
        copy[rng.randrange(start, end)] ^= rng.randrange(1, 256)
        yield name, bytes(copy)


def forbidden_in(text: str) -> list[str]:
    words = {word.strip(".,;:()\"'").casefold() for word in text.split()}
    return sorted(words & set(FORBIDDEN))
