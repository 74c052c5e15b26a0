"""Checks of the samples, and who and what is registered of them."""

import csv
import sqlite3
from pathlib import Path
from typing import Any

from tests.conftest import Run
from tests.screening.conftest import SAMPLES

MATCH_KEYS = {
    *("code", "ref", "title", "vendor", "view", "alert", "excuse", "score", "relation", "recoloured", "mirrored"),
    *("inverted", "inliers", "query_area", "motif_area", "query_region", "motif_region", "transform", "rotation_deg"),
    *("scale", "repeats", "hash_distance_bits"),
}
RESULT_KEYS = {
    *("image", "sha256", "width", "height", "alert", "verdict", "reasons", "expected_false_alarms", "matches"),
    "damaged_fingerprints",
}


def ref_of(picture: str) -> str | None:
    with (SAMPLES / "motifs.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file, delimiter=";")
        return next((row["ref"] for row in rows if row["gambar"] == picture), None)


def rows(home: Path, table: str) -> int:
    connection = sqlite3.connect(home / "umkm.db")
    found = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
    connection.close()
    return int(found)


def check(umkm: Run, picture: Path, *options: str) -> dict[str, Any]:
    results = umkm("motif", "check", picture, *options, "--json").ok().json()["results"]
    assert len(results) == 1
    found: dict[str, Any] = results[0]
    return found


def vendors(umkm: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = umkm("vendor", "list", "--json").ok().json()["vendors"]
    return found


def vendor_of(umkm: Run, picture: str) -> str:
    code = umkm("motif", "show", ref_of(picture) or "", "--json").ok().json()["vendor"]["code"]
    return next(str(v["ref"]) for v in vendors(umkm) if v["code"] == code)
