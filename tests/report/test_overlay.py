"""The motif lies where it should, and the outlined parts cover what is the same; in full: `tests/bench/overlay.py`."""

import statistics
from pathlib import Path

from tests.bench.overlay import LEAST_COVER, MOST_ERROR_PERCENT, asked, found
from tests.conftest import SAMPLES, Run

FEW = (
    *(("perahu-pesisir", "mirror"), ("burung-pantai", "turn_any"), ("layangan", "phone"), ("semanggi", "stretched")),
    *(("kipas-merak", "crop40"), ("sekar-muara", "collage"), ("hiu-buaya", "thumbnail"), ("daun-bakau", "reprint")),
)


def test_the_overlay_is_right_and_the_outlines_cover_the_true_region(umkm: Run, registry: Path, tmp_path: Path) -> None:
    def check(picture: Path, page: Path) -> None:
        umkm("motif", "check", picture, "--no-record", "--report", page).ok()

    results = [found(asked(SAMPLES / "motifs" / f"{motif}.jpg", kind, tmp_path), check) for motif, kind in FEW]
    errors = [item.error_percent for item in results if item.error_percent is not None]
    covers = [item.cover for item in results if item.cover is not None]

    assert len(errors) == len(FEW), results
    assert statistics.median(errors) < MOST_ERROR_PERCENT, results
    assert max(errors) < 2 * MOST_ERROR_PERCENT, results
    assert statistics.median(covers) >= LEAST_COVER, results
    assert min(covers) >= 0.6, results
