"""Fingerprints of pictures drawn on the spot, and segments of them."""

import functools
from collections.abc import Sequence
from pathlib import Path

from tests.drawings import drawing
from umkm_cli.matching.describing.fingerprint import Fingerprint, fingerprint
from umkm_cli.matching.index.codebook import shipped_codebook
from umkm_cli.matching.index.entries import encoded
from umkm_cli.matching.index.segment import write_segment


@functools.cache
def print_of(seed: int) -> Fingerprint:
    return fingerprint(drawing(seed))


def key(seed: int) -> bytes:
    return seed.to_bytes(16, "big")


def write(path: Path, seeds: Sequence[int]) -> Path:
    book = shipped_codebook()
    write_segment(path, book.version, [key(seed) for seed in seeds], encoded([print_of(s) for s in seeds], book))
    return path
