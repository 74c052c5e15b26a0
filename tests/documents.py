"""Documents as their readers see them: text and pictures of PDF files, and copies with one byte changed."""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from tests.catalogues import FORBIDDEN


def pdf_text(document: Path | bytes) -> str:
    """All of it in one line, with single spaces."""
    return " ".join(pdf_texts(document))


def pdf_texts(document: Path | bytes) -> list[str]:
    """The text of each sheet in one line, with single spaces."""
    with _opened(document) as pdf:
        return [" ".join(str(page.get_textpage().get_text_bounded()).split()) for page in pdf]


def pdf_sheets(document: Path | bytes) -> list[tuple[int, int]]:
    """Width and height of each sheet, in points."""
    with _opened(document) as pdf:
        return [(round(page.get_width()), round(page.get_height())) for page in pdf]


def pdf_pictures(document: Path | bytes, dpi: int = 150) -> list[npt.NDArray[np.uint8]]:
    """The sheets as uint8 (h, w, 3) BGR pictures."""
    with _opened(document) as pdf:
        return [page.render(scale=dpi / 72).to_numpy()[..., :3].copy() for page in pdf]


def pdf_images(document: Path | bytes) -> list[npt.NDArray[np.uint8]]:
    """The pictures on the sheets as stored, uint8 (h, w, 3) RGB, each once."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    found: dict[bytes, npt.NDArray[np.uint8]] = {}
    with _opened(document) as pdf:
        for page in pdf:
            for image in page.get_objects([FPDF_PAGEOBJ_IMAGE]):
                rgb = np.asarray(image.get_bitmap().to_pil().convert("RGB"))
                found.setdefault(rgb.tobytes(), rgb)
    return list(found.values())


@contextmanager
def _opened(document: Path | bytes) -> Iterator[Any]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(document)
    try:
        yield pdf
    finally:
        pdf.close()


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
