#!/usr/bin/env python3
"""Does the motif in a report lie where it should? `python tests/bench/overlay.py [--each 2]`.

Sample motifs are turned, cut, mirrored, photographed and so on, by transformations that are known. Each picture is
checked with `--report`, and the evidence in the page is held against the truth: how far the transformation it shows is
off, as the mean distance of the corners of what both pictures share, in per cent of the picture's long side (target:
below 2 in the median); and how well the outlined parts cover the true region, as intersection over union (target: at
least 0.8 in the median).
"""

import argparse
import json
import random
import re
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import cv2
import numpy as np
from PIL import Image

from tests.bench.attacking.basics import Matrix, Rgb
from tests.bench.attacks import ATTACKS
from tests.bench.peering.command import ask
from tests.bench.processes import Registry

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
KINDS = (
    *("jpeg", "thumbnail", "mirror", "quarter_turn", "turn_small", "turn_any", "phone", "stretched", "crop70"),
    *("crop40", "crop20", "collage", "hue", "reprint", "listing"),
)
"""Attacks that leave one homography true, and nothing of the motif outside it."""
ANOTHER_CLOTH = SAMPLES / "unregistered" / "liris-hujan.jpg"
MOST_ERROR_PERCENT, LEAST_COVER = 2.0, 0.8
_STORED = re.compile(r'<script type="application/json" id="evidence">(.*?)</script>', re.DOTALL)
_GRID = 512


@dataclass(frozen=True)
class Asked:
    """A picture made from a sample, with the true homography motif -> picture, in pixels of both."""

    name: str
    picture: Path
    sha256: str
    matrix: Matrix
    size: tuple[int, int]
    motif_size: tuple[int, int]


@dataclass(frozen=True)
class Found:
    """What the report shows of it; None where it shows nothing of this motif."""

    name: str
    error_percent: float | None
    cover: float | None


def asked(motif: Path, kind: str, folder: Path) -> Asked:
    """`motif` after the attack `kind`, always the same, written to `folder`."""
    import hashlib

    name = f"{motif.stem}-{kind}"
    with Image.open(motif) as image:
        rgb = np.asarray(image.convert("RGB"), np.uint8)
    other: list[Rgb] = []
    if kind == "collage":
        with Image.open(ANOTHER_CLOTH) as image:
            other = [np.asarray(image.convert("RGB"), np.uint8)]
    after, matrix = ATTACKS[kind][1](rgb.copy(), random.Random(name), *other)
    assert matrix is not None
    picture = folder / f"{name}.jpg"
    Image.fromarray(after).save(picture, quality=90)
    digest = hashlib.sha256(motif.read_bytes()).hexdigest()
    sizes = [(image.shape[1], image.shape[0]) for image in (after, rgb)]
    return Asked(name, picture, digest, matrix, *sizes)


def found(question: Asked, check: Callable[[Path, Path], object]) -> Found:
    """`check` runs `umkm motif check PICTURE --report PAGE`."""
    page = question.picture.with_suffix(".html")
    check(question.picture, page)
    for pair in stored_in(page)["pairs"]:
        if pair["motif"]["sha256"] == question.sha256 and pair["layers"]:
            first = np.asarray(pair["layers"][0]["transform"], np.float64)
            rings = [part["query_region"] for layer in pair["layers"] for part in layer["parts"]]
            return Found(question.name, _error_percent(question, first), _cover(question, rings))
    return Found(question.name, None, None)


def stored_in(page: Path) -> Any:
    """`umkm.evidence/1` as a page carries it."""
    stored = _STORED.search(page.read_text("utf-8"))
    assert stored is not None, page
    return json.loads(stored[1])


def _shared(question: Asked) -> Matrix:
    """Corners of what the picture holds of the motif, in pixels of the picture."""
    motif, picture = (
        np.array([(0, 0), (w, 0), (w, h), (0, h)], np.float64) for w, h in (question.motif_size, question.size)
    )
    there = _through(question.matrix, motif)
    _, ring = cv2.intersectConvexConvex(there.astype(np.float32), picture.astype(np.float32))
    return np.asarray(ring.reshape(-1, 2), np.float64)


def _error_percent(question: Asked, matrix: Matrix) -> float:
    corners = _shared(question)
    shown = _through(matrix @ np.linalg.inv(question.matrix), corners)
    off = np.linalg.norm(shown - corners, axis=1).mean()
    return float(100 * off / max(question.size))


def _cover(question: Asked, rings: Sequence[Sequence[Sequence[float]]]) -> float:
    scale = _GRID / max(question.size)
    truth, drawn = (np.zeros([round(side * scale) + 1 for side in question.size[::-1]], np.uint8) for _ in range(2))
    cv2.fillPoly(truth, [np.round(_shared(question) * scale).astype(np.int32)], 1)
    for ring in rings:
        cv2.fillPoly(drawn, [np.round(np.asarray(ring) * scale).astype(np.int32)], 1)
    return float((truth & drawn).sum() / max(1, (truth | drawn).sum()))


def _through(matrix: Matrix, points: Matrix) -> Matrix:
    return np.asarray(cv2.perspectiveTransform(points[None], matrix)[0], np.float64)


def summary(results: Sequence[Found]) -> str:
    """The figures, and which pictures are worst."""
    errors = sorted((item.error_percent, item.name) for item in results if item.error_percent is not None)
    covers = sorted((item.cover, item.name) for item in results if item.cover is not None)
    lines = [
        f"pictures: {len(results)}, shown with their motif: {len(errors)}",
        f"corner error: median {statistics.median(error for error, _ in errors):.2f} % of the long side "
        f"(target: below {MOST_ERROR_PERCENT}), worst: {_listed(errors[:-4:-1], '.2f')}",
        f"cover: median {statistics.median(cover for cover, _ in covers):.3f} (target: at least {LEAST_COVER}), "
        f"worst: {_listed(covers[:3], '.3f')}",
    ]
    for kind in KINDS:
        mine = [item for item in results if item.name.endswith(f"-{kind}") and item.error_percent is not None]
        if mine:
            error = statistics.median(item.error_percent or 0 for item in mine)
            cover = statistics.median(item.cover or 0 for item in mine)
            lines.append(f"  {kind}: {len(mine)}, error {error:.2f} %, cover {cover:.3f}")
    missing = [item.name for item in results if item.error_percent is None]
    return "\n".join([*lines, f"not shown: {', '.join(missing) or 'none'}"])


def _listed(items: Sequence[tuple[float, str]], form: str) -> str:
    return ", ".join(f"{value:{form}} ({name})" for value, name in items)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--each", type=int, default=5, help="motifs for each transformation (default: 5)")
    each: int = parser.parse_args().each
    motifs = sorted((SAMPLES / "motifs").glob("*.jpg"))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        registry = Registry(folder / "registry")
        for noun in ("vendor", "motif"):
            ask(registry, noun, "import", SAMPLES / f"{noun}s.csv")

        def check(picture: Path, page: Path) -> object:
            return ask(registry, "motif", "check", picture, "--no-record", "--report", page)

        results = []
        for position, kind in enumerate(KINDS):
            chosen = [motifs[(position * 7 + step * 5) % len(motifs)] for step in range(each)]
            results += [found(asked(motif, kind, folder), check) for motif in chosen]
        print(summary(results))


if __name__ == "__main__":
    main()
