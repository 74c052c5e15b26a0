#!/usr/bin/env python3
"""The main job on the samples, in one command: `python3 samples/run.py`.

Installs the program into `.venv`, fills a registry of its own with the sample vendors, motifs and products, and checks
the pictures that a clerk might receive. Nothing outside this folder is touched.
"""

import os
import shutil
import sys
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent
sys.path.insert(0, str(SAMPLES.parent))

from tests.environment import FOLDER, python, run  # noqa: E402

interpreter = python()
home = FOLDER / "samples-registry"
shutil.rmtree(home, ignore_errors=True)
environment = {name: value for name, value in os.environ.items() if not name.startswith("UMKM_DATABASE")}
environment |= {"UMKM_HOME": str(home)}


def umkm(*arguments: str | Path) -> None:
    print(f"\n$ umkm {' '.join(str(a) for a in arguments[:4])}{' …' if len(arguments) > 4 else ''}", flush=True)
    run(interpreter, "-m", "umkm_cli", *arguments, env=environment)


umkm("vendor", "import", SAMPLES / "vendors.csv")
umkm("motif", "import", SAMPLES / "motifs.csv")
umkm("heritage", "add", SAMPLES / "heritage" / "parang.jpg", "--name", "Parang")
umkm("product", "import", SAMPLES / "products.csv")
umkm("motif", "check", *sorted((SAMPLES / "suspect").iterdir()))
umkm("case", "list")
print(f"\nUMKM_HOME={home}")
