"""Lists to import, what goes with them, and what an import's document says."""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from tests.conftest import Run

VENDORS = """\
Kode Referensi;Nama Usaha;Pemilik;NIB;Kecamatan;No. HP;Modal;Omzet per tahun
R-1;Batik Café;Renée;3110242752924;Rungkut;0812-3456-7890;Rp 1.500.000,00;Rp 30.000.000
R-2;"Sari; ""Canting"" Baru";Surya;;gubeng;+62 813 1111 2222;2500000;
R-3;Batik Ombak;;;35.78.09;;;
"""
COUNTS = ("created", "updated", "unchanged", "conflicts", "failed", "held")


def counts(document: dict[str, Any]) -> tuple[int, ...]:
    assert document["schema"] == "umkm.import/1"
    assert len(document["rows"]) == sum(document[name] for name in COUNTS[:5])
    return tuple(document[name] for name in COUNTS)


def rules(document: dict[str, Any], row: int) -> list[str]:
    (found,) = [item for item in document["rows"] if item["row"] == row]
    return [problem["rule"] for problem in found["problems"]]


def picture(path: Path, seed: int) -> Path:
    """A cloth of random blots, unlike that of any other seed."""
    noise = np.random.default_rng(seed).integers(0, 256, (24, 24, 3), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(noise).resize((240, 240), Image.Resampling.BICUBIC).save(path)
    return path


def vendor(umkm: Run, name: str = "Batik Seroja", *options: str) -> str:
    return str(umkm("register", "--name", name, *options, "--json").ok().json()["code"])
