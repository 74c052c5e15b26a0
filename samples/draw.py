"""Draw the sample motifs, the traditional references, and the suspects and products made from them.

Every picture comes from a seeded generator: the same versions of numpy, OpenCV and Pillow draw the same files.

    python samples/draw.py [--out FOLDER]
"""

import argparse
import csv
import io
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from samples.drawing.designs import DESIGNS
from samples.drawing.goods import PRODUCTS
from samples.drawing.seeded.cloth import Pixels
from samples.drawing.seeded.designs import HERITAGE, MOTIFS
from samples.drawing.seeded.leaves import kupu_kupu
from samples.drawing.suspects import SUSPECTS

LARGEST_BYTES = 58_000


def save(picture: Pixels, path: Path) -> Pixels:
    """As JPEG in at most LARGEST_BYTES; returns what a reader of the file sees."""
    for quality in range(86, 30, -3):
        data = io.BytesIO()
        Image.fromarray(picture).save(data, "JPEG", quality=quality, optimize=True)
        if data.tell() <= LARGEST_BYTES:
            break
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.getvalue())
    return np.asarray(Image.open(data).convert("RGB"), np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to draw in (default: this one)")
    out: Path = parser.parse_args().out
    drawn: dict[str, Pixels] = {"": kupu_kupu().finish()}
    for folder, designs in (("heritage", HERITAGE), ("motifs", MOTIFS)):
        for name, design in designs.items():
            cloth = design()
            cloth.rng = np.random.default_rng(zlib.crc32(f"{folder}/{name}".encode()))
            drawn[f"{folder}/{name}.jpg"] = save(cloth.finish(), out / folder / f"{name}.jpg")
    for place, (design_of, width, height) in DESIGNS.items():
        drawn[f"{place}.jpg"] = save(design_of(Path(place).name, width, height).dyed(), out / f"{place}.jpg")
    for name, (cloth_of, photograph) in PRODUCTS.items():
        save(photograph(drawn[cloth_of]), out / "products" / f"{name}.jpg")
    with (out / "expected.csv").open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.writer(sheet, lineterminator="\n")
        writer.writerow(["file", "made_from", "attack", "verdict", "relation"])
        for file, source, attack, make, verdict, relation in SUSPECTS:
            save(make(drawn[source]), out / "suspect" / file)
            writer.writerow([f"suspect/{file}", source, attack, verdict, relation])


if __name__ == "__main__":
    main()
