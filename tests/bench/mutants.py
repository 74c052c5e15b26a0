#!/usr/bin/env python3
"""Sheets and pictures with changed bytes: `python tests/bench/mutants.py`. Prints memory and time for a file.

Each must be read or refused with a reason of its own, within ten seconds and a gigabyte. The same seed gives the same
files; `--each 10000` is the full trial.
"""

import argparse
import io
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.old_excel import old_excel
from umkm_cli.errors import UmkmError
from umkm_cli.importing.columns import VENDOR_COLUMNS
from umkm_cli.matching.decoding.decode import UnreadableImage, decode
from umkm_cli.sheets.sheet import open_sheet
from umkm_cli.sheets.workbooks import table_bytes

MOST_SECONDS, MOST_MEGABYTES = 10.0, 1024.0
_HEADERS, _ROWS = ["Nama", "Alamat"], [["Batik Sekar", "Jalan Muara 1"], ["Batik Muara", "Jalan Sekar 2"]]


@dataclass
class Trial:
    """What became of the files, and the longest time for one."""

    outcomes: Counter[str] = field(default_factory=Counter)
    longest_s: float = 0.0


def sheets() -> Mapping[str, bytes]:
    text = "\n".join(";".join(row) for row in [_HEADERS, *_ROWS])
    written = {ending: table_bytes(ending, "Data", _HEADERS, _ROWS) for ending in (".xlsx", ".ods")}
    return {".xls": old_excel([_HEADERS, *_ROWS]), ".csv": text.encode(), **written}


def pictures() -> Mapping[str, bytes]:
    import pillow_heif

    pillow_heif.register_heif_opener()
    seed = np.random.default_rng(1).integers(0, 256, (8, 10, 3), np.uint8)
    image = Image.fromarray(seed).resize((96, 64), Image.Resampling.BICUBIC)
    kinds = {"progressive": ("JPEG", {"progressive": True}), "lossless": ("WEBP", {"lossless": True})}
    kinds |= {format: (format, {}) for format in ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "HEIF", "AVIF")}
    made = {}
    for name, (format, options) in kinds.items():
        file = io.BytesIO()
        image.save(file, format, **options)
        made[name] = file.getvalue()
    return made


def mutants(originals: Mapping[str, bytes], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Bytes changed, half of them near the start, numbers made extreme, ends cut off."""
    dice = random.Random(seed)
    names = sorted(originals)
    for number in range(count):
        name = names[number % len(names)]
        data = bytearray(originals[name])
        for _ in range(dice.choice([1, 1, 2, 8])):
            at = dice.randrange(min(200, len(data)) if dice.random() < 0.5 else len(data))
            if dice.random() < 0.3:
                data[at : at + 4] = dice.choice([b"\0\0\0\0", b"\xff" * 4, b"\xff\xff\xff\x7f", dice.randbytes(4)])
            else:
                data[at] = dice.randrange(256)
        yield name, bytes(data[: dice.randrange(len(data))] if dice.random() < 0.1 else data)


def try_sheets(folder: Path, count: int, seed: int) -> Trial:
    def read(name: str, data: bytes) -> str:
        path = folder / f"mutant{name}"
        path.write_bytes(data)
        try:
            for _ in open_sheet(path, VENDOR_COLUMNS.knows).rows():
                pass
        except UmkmError as error:
            return error.code
        return "read"

    return _tried(mutants(sheets(), count, seed), read)


def try_pictures(count: int, seed: int) -> Trial:
    def read(_: str, data: bytes) -> str:
        try:
            decode(data)
        except UnreadableImage as error:
            return error.reason
        return "read"

    return _tried(mutants(pictures(), count, seed), read)


def _tried(files: Iterator[tuple[str, bytes]], read: Callable[[str, bytes], str]) -> Trial:
    trial = Trial()
    for name, data in files:
        began = time.perf_counter()
        trial.outcomes[f"{name} {read(name, data)}"] += 1
        trial.longest_s = max(trial.longest_s, time.perf_counter() - began)
    return trial


def peak_megabytes() -> float:
    """Of this process and of the greediest reader so far."""
    import resource

    used = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return used / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--each", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    bad = False
    with tempfile.TemporaryDirectory() as folder:
        for name in ("pictures", "sheets"):
            of_sheets = name == "sheets"
            trial = (
                try_sheets(Path(folder), asked.each, asked.seed) if of_sheets else try_pictures(asked.each, asked.seed)
            )
            peak = peak_megabytes()
            bad = bad or trial.longest_s > MOST_SECONDS or peak > MOST_MEGABYTES
            print(f"{asked.each} {name}: the longest {trial.longest_s:.2f} s, at most {peak:.0f} MB")
            for outcome, count in sorted(trial.outcomes.items()):
                print(f"  {count:6} {outcome}")
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
