"""The 64-bit pHash of `imagehash`, each query in all eight orientations."""

import time

import imagehash
import numpy as np
from PIL import Image

from tests.bench.peering.answering import Answer, Request, serve

LARGEST_DISTANCE_BITS = 10
ORIENTATIONS = (None, *Image.Transpose)


def _bits(image: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray(imagehash.phash(image).hash, bool).ravel()


def respond(request: Request) -> Answer:
    known = np.array([_bits(Image.open(path).convert("RGB")) for path in request.registered])
    best: list[int | None] = []
    began = time.perf_counter()
    for path in request.queries:
        image = Image.open(path).convert("RGB")
        asked = [_bits(image if way is None else image.transpose(way)) for way in ORIENTATIONS]
        bits = (known[:, None, :] != np.array(asked)).sum(axis=2).min(axis=1)
        nearest = int(bits.argmin())
        best.append(nearest if bits[nearest] <= LARGEST_DISTANCE_BITS else None)
    return Answer(best, time.perf_counter() - began)


if __name__ == "__main__":
    serve(respond)
