#!/usr/bin/env python3
"""What the index finds and costs as a registry grows: `python tests/bench/scale.py [--sizes 1000,10000,1000000]`.

Pictures are registered, attacked in every way of `attacks.py`, and looked for among ever more views, which are mixed
from the keypoints of other pictures. For each size:

- how often the right view is among the first 9, 24, 200 and 400 of the shortlist;
- bytes a view, and what adding 1,000 views takes;
- processor time of a shortlist, as a ratio to a bare process that imports numpy and cv2 and does decode, resize, SIFT.

The pictures are the samples, unless a folder of others is given: half are attacked, half are mixed.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from tests.bench.attacks import ATTACKS
from tests.bench.costs import BARE
from tests.bench.recombining import recombined
from umkm_cli.matching.decoding.decode import decode
from umkm_cli.matching.describing.features import Rgb
from umkm_cli.matching.describing.fingerprint import Fingerprint, fingerprint
from umkm_cli.matching.index.codebook import shipped_codebook
from umkm_cli.matching.index.entries import encoded, joined
from umkm_cli.matching.index.segment import Segment, write_segment
from umkm_cli.matching.index.shortlist import shortlist
from umkm_cli.matching.thresholds import DEFAULT

SAMPLES = Path(__file__).parents[2] / "samples"
RANKS = (9, 24, 200, 400)
ADDED = 1_000
SEGMENT_VIEWS = 20_000
AT_ONCE = 500


@dataclass(frozen=True)
class Figures:
    """Of one size: `found` by rank of `RANKS`, seconds of processor time, bytes."""

    views: int
    found: tuple[float, ...]
    query_s: float
    adding_s: float
    bytes_each: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--images", type=Path, help="a folder of pictures, each of another design")
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    pictures = pictures_of(options.images)
    bare_s = bare_seconds(next(iter(sorted((options.images or SAMPLES / "motifs").glob("*.jpg")))))
    print(f"machine load {os.getloadavg()[0]:.1f} of {os.cpu_count()}, bare process {bare_s:.2f} s of processor time")
    print("  views " + "".join(f"{f'@{rank}':>7}" for rank in RANKS) + "   query   adding 1,000   bytes a view")
    sizes = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        for found in measured(pictures, sizes, options.queries, Path(folder)):
            shares = "".join(f"{100 * share:6.1f}%" for share in found.found)
            costs = f"{found.query_s / bare_s:6.2f}x {found.adding_s / bare_s:12.1f}x {found.bytes_each:12.0f}"
            print(f"{found.views:7,} {shares} {costs}", flush=True)


def pictures_of(folder: Path | None) -> list[Rgb]:
    folders = [folder] if folder else [SAMPLES / name for name in ("motifs", "unregistered")]
    paths = sorted(path for found in folders for path in found.glob("*.jpg"))
    return [decode(path.read_bytes()).rgb for path in paths]


def bare_seconds(picture: Path) -> float:
    """The least of three."""
    return min(_children_s([sys.executable, "-c", BARE, str(picture)]) for _ in range(3))


def _children_s(command: list[str]) -> float:
    before = os.times()
    subprocess.run(command, check=True)
    after = os.times()
    spent = (after.children_user + after.children_system) - (before.children_user + before.children_system)
    return spent if spent > 0 else after.elapsed - before.elapsed


def measured(pictures: Sequence[Rgb], sizes: Sequence[int], queries: int, folder: Path) -> Iterator[Figures]:
    """For each of the rising sizes; the index grows from one to the next."""
    asked, others = pictures[::2], [fingerprint(rgb) for rgb in pictures[1::2]]
    attacked = _attacked(asked, pictures[1::2], queries)
    segments = [_written(folder, [(number, fingerprint(rgb)) for number, rgb in enumerate(asked)])]
    views, adding_s = len(asked), 0.0
    for size in sizes:
        while views < size:
            began, count = time.process_time(), min(SEGMENT_VIEWS, size - views)
            segments.append(_written(folder, [], (others, views, count)))
            adding_s, views = (time.process_time() - began) * ADDED / count, views + count
        began = time.process_time()
        ranks = np.array([_rank(segments, wanted, query) for wanted, query in attacked])
        query_s = (time.process_time() - began) / len(attacked)
        found = tuple(float((ranks < rank).mean()) for rank in RANKS)
        size_bytes = sum(segment.path.stat().st_size for segment in segments)
        yield Figures(views, found, query_s, adding_s, size_bytes / views)


def _attacked(asked: Sequence[Rgb], others: Sequence[Rgb], most: int) -> list[tuple[int, Fingerprint]]:
    """Which picture, and what became of it; as many as wanted, chosen at random."""
    every = [(number, name) for number in range(len(asked)) for name in ATTACKS]
    chosen = random.Random(1).sample(every, min(most, len(every)))
    return [(number, fingerprint(_changed(asked[number], others, name, number))) for number, name in chosen]


def _changed(rgb: Rgb, others: Sequence[Rgb], name: str, number: int) -> Rgb:
    attack, rng = ATTACKS[name][1], random.Random(f"{number}/{name}")
    with_another = attack.__code__.co_argcount > 2
    result = attack(rgb, rng, rng.choice(others)) if with_another else attack(rgb, rng)
    return np.asarray(result[0], np.uint8)


def _rank(segments: Sequence[Segment], wanted: int, query: Fingerprint) -> int:
    def refuse(error: Exception) -> None:
        raise error

    found = shortlist(query, segments, shipped_codebook(), max(RANKS), DEFAULT, damaged=refuse)
    return found.index(_key(wanted)) if _key(wanted) in found else max(RANKS)


def _written(
    folder: Path, prints: Sequence[tuple[int, Fingerprint]], mixed: tuple[Sequence[Fingerprint], int, int] | None = None
) -> Segment:
    """A segment of `prints`, or of views that are `mixed` from a pool: the number of the first, and how many."""
    book, keys, parts = shipped_codebook(), [_key(number) for number, _ in prints], []
    if mixed is None:
        parts.append(encoded([found for _, found in prints], book))
    else:
        pool, start, count = mixed
        for first in range(0, count, AT_ONCE):
            numbers = range(start + first, start + min(first + AT_ONCE, count))
            parts.append(encoded([recombined(pool, number) for number in numbers], book, first=len(keys)))
            keys += [_key(number) for number in numbers]
    path = folder / f"{keys[0].hex()}.segment"
    write_segment(path, book.version, keys, joined(parts))
    return Segment(path)


def _key(number: int) -> bytes:
    return number.to_bytes(16, "big")


if __name__ == "__main__":
    main()
