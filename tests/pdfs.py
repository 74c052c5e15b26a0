"""What a reader finds in a PDF document, by pypdf: a program that did not write it."""

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pypdf import PdfReader


def reader(document: Path | bytes) -> PdfReader:
    return PdfReader(io.BytesIO(document) if isinstance(document, bytes) else document)


def text_of(document: Path | bytes) -> str:
    """All text, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in reader(document).pages).split())


def pictures_of(document: Path | bytes) -> list[npt.NDArray[np.uint8]]:
    """uint8 (h, w, 3), each once, in the order of the sheets."""
    found: dict[bytes, npt.NDArray[np.uint8]] = {}
    for page in reader(document).pages:
        for image in page.images:
            assert image.image is not None
            found.setdefault(image.data, np.asarray(image.image.convert("RGB")))
    return list(found.values())
