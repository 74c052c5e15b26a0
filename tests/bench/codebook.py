"""Train the codebook that the index of registered pictures is ordered by (`umkm_cli/matching/index/codebook.bin`).

    python tests/bench/codebook.py [--out FILE]

From the drawn samples alone: motifs, unregistered designs and traditional references, up to 1,000 keypoints of either
channel each. Everything is seeded. A codebook trained on photographs of real batik instead finds as much (3,000 views,
150 attacked pictures, the right view among 200: 97 % and 98 %), so none is needed.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from umkm_cli.matching.decoding.decode import decode
from umkm_cli.matching.describing.features import Floats, Levels
from umkm_cli.matching.describing.fingerprint import Closeup
from umkm_cli.matching.index.codebook import BITS, CODEWORDS, HALF, SIXTEENTHS, ChannelBook, Codebook

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "umkm_cli" / "matching" / "index" / "codebook.bin"
FOLDERS = ("motifs", "unregistered", "heritage")
ROUNDS = 15
LARGEST_DIRECTION = 127


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args()
    pictures = sorted(path for folder in FOLDERS for path in (ROOT / "samples" / folder).glob("*.jpg"))
    prints = [Closeup(decode(path.read_bytes()).rgb).fingerprint for path in pictures]
    if not prints:
        sys.exit("no samples to train on: run samples/draw.py first")
    descriptors = [np.vstack([found.channels[channel].levels for found in prints]) for channel in (0, 1)]
    data = trained(descriptors).to_bytes()
    options.out.write_bytes(data)
    print(f"{len(pictures)} pictures, {sum(map(len, descriptors)):,} keypoints: {len(data):,} bytes in {options.out}")


def trained(descriptors: list[Levels], seed: int = 0) -> Codebook:
    """From the descriptors (n, 128) of each channel; n at least 256."""
    books = tuple(_channel(levels, np.random.default_rng([seed, k])) for k, levels in enumerate(descriptors))
    made = Codebook(books, 0)
    return Codebook.from_bytes(made.to_bytes())


def _channel(levels: Levels, rng: np.random.Generator) -> ChannelBook:
    x = levels.astype(np.float32)
    halves = [_codewords(x[:, HALF * half : HALF * (half + 1)], rng) for half in (0, 1)]
    codewords = np.rint(np.stack(halves) * SIXTEENTHS).astype(np.float32)
    book = ChannelBook(codewords, np.zeros((BITS, 2 * HALF), np.float32))
    cells = book.cells(levels)
    centres = np.hstack([codewords[0][cells // CODEWORDS], codewords[1][cells % CODEWORDS]]) / SIXTEENTHS
    return ChannelBook(codewords, _directions((x - centres).astype(np.float32), rng))


def _codewords(x: Floats, rng: np.random.Generator) -> Floats:
    """By k-means; a codeword that nothing is near to starts anew."""
    found = x[rng.choice(len(x), CODEWORDS, replace=False)]
    for _ in range(ROUNDS):
        nearest = (2.0 * x @ found.T - (found**2).sum(axis=1)).argmax(axis=1)
        counts = np.bincount(nearest, minlength=CODEWORDS)[:, None]
        sums = np.zeros_like(found)
        np.add.at(sums, nearest, x)
        anew = x[rng.integers(0, len(x), CODEWORDS)]
        found = np.where(counts > 0, sums / np.maximum(counts, 1), anew).astype(np.float32)
    return found


def _directions(differences: Floats, rng: np.random.Generator) -> Floats:
    """The widest ones, by principal components, turned at random: (64, 128) whole numbers."""
    _, axes = np.linalg.eigh(np.cov(differences.T))
    turn, _ = np.linalg.qr(rng.standard_normal((BITS, BITS)))
    directions: npt.NDArray[np.float64] = (axes[:, ::-1][:, :BITS] @ turn).T
    return np.asarray(np.rint(directions * (LARGEST_DIRECTION / np.abs(directions).max())), np.float32)


if __name__ == "__main__":
    main()
