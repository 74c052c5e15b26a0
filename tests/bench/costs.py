#!/usr/bin/env python3
"""What pictures cost, as ratios in one run: `python tests/bench/costs.py [--motifs 27] [--images FOLDER]`.

- `umkm motif check` of one picture, in a new process, against a bare process that imports numpy and cv2 and does
  decoding, resizing to 512 and SIFT for the picture: processor time, medians, interleaved. A copy, which the quick
  search finds, may cost 3.5 times as much, a picture like nothing registered, which is looked at thoroughly, 5 times;
  what close looks keep on disk is there from an earlier check;
- `umkm motif import` against a bare loop in two processes: time by the clock, at most 3 times is wanted; and processor
  time, which other programs disturb less;
- bytes a motif, originals and what may be lost aside: at most 24 KiB are wanted.

The pictures are drawn here, unless a folder of them is given. Others at work on the machine change these figures, the
clock's most: the load is told.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, and of all processors, of the processes that some work started."""

    clock_s: float
    processor_s: float


def cost(work: Callable[[], object]) -> Cost:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    clock_s, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(clock_s, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def processor_medians(works: Mapping[str, Callable[[], object]], times: int) -> dict[str, float]:
    """Seconds; the works take turns, after one turn that counts for nothing."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(times + 1):
        for name, work in works.items():
            spent = cost(work).processor_s
            if turn:
                found[name].append(spent)
    return {name: statistics.median(spent) for name, spent in found.items()}


def bare_loop(pictures: Sequence[Path]) -> None:
    with ThreadPoolExecutor(PROCESSES) as pool:  # each starts a process and waits for it
        list(pool.map(bare, [pictures[first::PROCESSES] for first in range(PROCESSES)]))


def size_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--motifs", type=int, default=27)
    parser.add_argument("--images", type=Path, help="a folder of pictures; the first ones are registered")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = sorted(asked.images.iterdir()) if asked.images else drawn(folder / "drawn", range(asked.motifs + 1))
        motifs, other = pictures[: asked.motifs], pictures[asked.motifs]
        registry = Registry(folder / "registry")
        loop = cost(lambda: bare_loop(motifs))
        imported = cost(lambda: register(registry, motifs, folder))
        kept = size_bytes(registry.home) - sum(path.stat().st_size for path in motifs)
        checks = processor_medians(
            {
                "bare": lambda: bare([motifs[0]]),
                "found": lambda: ask(registry, "motif", "check", motifs[0]),
                "not found": lambda: ask(registry, "motif", "check", other),
            },
            asked.runs,
        )
    bare_s = checks.pop("bare")
    for name, spent_s in checks.items():
        print(f"check, {name:<12} {spent_s / bare_s:6.1f} times a bare process ({bare_s * 1000:.0f} ms)")
    print(f"import by the clock {imported.clock_s / loop.clock_s:5.1f} times a bare loop of {len(motifs)}")
    print(f"import, processor   {imported.processor_s / loop.processor_s:5.1f} times")
    print(f"storage             {kept / len(motifs) / 1024:5.1f} KiB a motif")
    print("load                " + ", ".join(f"{load:.1f}" for load in os.getloadavg()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
