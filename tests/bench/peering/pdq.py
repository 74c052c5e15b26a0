"""Meta's PDQ through `pdqhash`, each query in all eight orientations."""

import time

import numpy as np
import pdqhash
from PIL import Image

from tests.bench.peering.answering import Answer, Request, serve

LARGEST_DISTANCE_BITS = 31
"""The distance that ThreatExchange uses."""


def _pixels(path: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(Image.open(path).convert("RGB"), np.uint8)


def respond(request: Request) -> Answer:
    known = np.array([pdqhash.compute(_pixels(path))[0] for path in request.registered])
    best: list[int | None] = []
    began = time.perf_counter()
    for path in request.queries:
        asked = np.array(pdqhash.compute_dihedral(_pixels(path))[0])
        bits = (known[:, None, :] != asked).sum(axis=2).min(axis=1)
        nearest = int(bits.argmin())
        best.append(nearest if bits[nearest] <= LARGEST_DISTANCE_BITS else None)
    return Answer(best, time.perf_counter() - began)


if __name__ == "__main__":
    serve(respond)
