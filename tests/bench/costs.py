#!/usr/bin/env python3
"""What pictures cost, as ratios in one run: `python tests/bench/costs.py [--motifs 200] [--images FOLDER]`.

- `umkm motif import` against a bare loop in as many processes (decode, resize to 512, SIFT with 400 features): at least
  a third of its pictures per second is wanted;
- `umkm motif check` of one picture, in a new process, against a bare process that imports numpy and cv2 and does that
  for the picture: at most 3.5 times its time is wanted. A copy, which the quick search finds, and a picture like
  nothing registered, which is looked at thoroughly, are timed apart;
- bytes a motif, originals aside: at most 24 KiB are wanted.

The pictures are drawn here, unless a folder of them is given.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PIL import Image

from tests.bench.peering.command import ask, register
from tests.bench.processes import Registry
from tests.drawings import drawing

PROCESSES = 2
BARE = """
import sys
import cv2
import numpy
for name in sys.argv[1:]:
    picture = cv2.imread(name, cv2.IMREAD_GRAYSCALE)
    scale = 512 / max(picture.shape)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    cv2.SIFT_create(400, contrastThreshold=0.015).detectAndCompute(small, None)
"""


def bare(pictures: Sequence[Path]) -> None:
    subprocess.run([sys.executable, "-c", BARE, *map(str, pictures)], check=True)


def drawn(folder: Path, seeds: range) -> list[Path]:
    folder.mkdir()
    places = [folder / f"{seed:04}.jpg" for seed in seeds]
    for seed, place in zip(seeds, places, strict=True):
        Image.fromarray(drawing(seed, 900, 640)).save(place, quality=92)
    return places


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median(work: Callable[[], object], times: int) -> float:
    return statistics.median(seconds(work) for _ in range(times))


def bare_loop(pictures: Sequence[Path]) -> None:
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(pool.map(bare, [pictures[first::PROCESSES] for first in range(PROCESSES)]))


def size_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--motifs", type=int, default=200)
    parser.add_argument("--images", type=Path, help="a folder of pictures; the first ones are registered")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = sorted(asked.images.iterdir()) if asked.images else drawn(folder / "drawn", range(asked.motifs + 1))
        motifs, other = pictures[: asked.motifs], pictures[asked.motifs]
        registry = Registry(folder / "registry")
        loop_s = seconds(lambda: bare_loop(motifs))
        import_s = seconds(lambda: register(registry, motifs, folder))
        kept = size_bytes(registry.home) - sum(path.stat().st_size for path in motifs)
        bare_s = median(lambda: bare([motifs[0]]), asked.runs)
        copy_s, other_s = (
            median(lambda picture=picture: ask(registry, "motif", "check", picture), asked.runs)  # type: ignore[misc]
            for picture in (motifs[0], other)
        )
    print(
        f"import     {import_s / loop_s:6.1f} times a bare loop of {len(motifs)} ({1000 * loop_s / len(motifs):.0f} ms)"
    )
    print(f"check      {copy_s / bare_s:6.1f} times a bare process ({bare_s:.2f} s), of a copy")
    print(f"check      {other_s / bare_s:6.1f} times, of a picture like nothing registered")
    print(f"storage    {kept / len(motifs) / 1024:6.1f} KiB a motif")
    return 0


if __name__ == "__main__":
    sys.exit(main())
