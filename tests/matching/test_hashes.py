"""Values are pinned: an update of imagehash or Pillow that changes them makes every stored hash stale."""

import subprocess
import sys

import imagehash
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from umkm_cli.matching.describing.hashes import HASHES_VERSION, PerceptualHashes, distance_bits, hashes


def drawn(scale: int = 1) -> NDArray[np.uint8]:
    image = Image.new("RGB", (320 * scale, 240 * scale), (250, 240, 220))
    draw = ImageDraw.Draw(image)
    draw.rectangle((20 * scale, 30 * scale, 140 * scale - 1, 210 * scale - 1), fill=(120, 60, 20))
    draw.rectangle((160 * scale, 0, 320 * scale - 1, 90 * scale - 1), fill=(20, 40, 160))
    draw.rectangle((200 * scale, 120 * scale, 280 * scale - 1, 200 * scale - 1), fill=(200, 20, 30))
    return np.asarray(image)


def test_pinned_values() -> None:
    assert hashes(drawn()) == PerceptualHashes("ff66c44980b5c46e", "247574737373737c", "03000030081", HASHES_VERSION)


def test_they_are_imagehashs_own() -> None:
    image = Image.fromarray(drawn())
    found = hashes(drawn())
    assert found.phash == str(imagehash.phash(image))
    assert found.dhash == str(imagehash.dhash(image))
    assert found.colorhash == str(imagehash.colorhash(image, binbits=3))


KINDS = ("noise", "two tones", "flat", "dark", "edges of the classes")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(12))
def test_so_they_are_of_whatever_picture(kind: str, seed: int) -> None:
    """Flat and regular ones too, whose frequencies are all equal but for rounding."""
    rng = np.random.default_rng(seed)
    shape = tuple(int(side) for side in rng.integers(1, 70, 2))
    some = rng.integers(0, 256, (*shape, 3)).astype(np.uint8)
    picture = {
        "noise": some,
        "two tones": np.where(some > 127, some[:1, :1], np.uint8(255 - seed)),
        "flat": np.full_like(some, some[0, 0]),
        "dark": some // np.uint8(4),
        "edges of the classes": _of_hue_and_saturation(
            rng.integers(0, 256, shape), rng.choice([84, 85, 170, 171], shape)
        ),
    }[kind]
    found, image = hashes(picture), Image.fromarray(picture)
    assert found.phash == str(imagehash.phash(image))
    assert found.dhash == str(imagehash.dhash(image))
    assert found.colorhash == str(imagehash.colorhash(image))


def _of_hue_and_saturation(hue: NDArray[np.int64], saturation: NDArray[np.int64]) -> NDArray[np.uint8]:
    hsv = np.dstack([hue, saturation, np.full_like(hue, 220)]).astype(np.uint8)
    return np.asarray(Image.fromarray(hsv, "HSV").convert("RGB"))


def test_phash_and_dhash_of_a_large_picture_are_of_all_its_pixels() -> None:
    large = drawn(5)
    image = Image.fromarray(large)
    found = hashes(large)
    assert (found.phash, found.dhash) == (str(imagehash.phash(image)), str(imagehash.dhash(image)))


def test_the_colour_hash_hardly_depends_on_size() -> None:
    """Flat areas keep their shares of the picture, whole blocks or not."""
    assert distance_bits(hashes(drawn(5)).colorhash, hashes(drawn()).colorhash) <= 2


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 5000, 3), (5000, 1, 3), (1025, 2, 3)])
def test_any_shape(shape: tuple[int, int, int]) -> None:
    found = hashes(np.full(shape, 200, np.uint8))
    assert (len(found.phash), len(found.dhash), len(found.colorhash)) == (16, 16, 11)


def test_the_version_outlives_patch_releases() -> None:
    assert HASHES_VERSION == "imagehash-4.3/phash64,dhash64,colorhash3@1024"
    assert imagehash.__version__.startswith("4.3.")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("0" * 16, "f" * 16, 64), ("8000000000000001", "0000000000000000", 2), ("0f", "f0", 8), ("ab", "AB", 0)],
)
def test_distance(a: str, b: str, expected: int) -> None:
    assert distance_bits(a, b) == expected


def test_distance_is_imagehashs() -> None:
    a, b = imagehash.hex_to_hash("c3d19a4f5e607b28"), imagehash.hex_to_hash("93d19a4f5e6f7b21")
    assert distance_bits(str(a), str(b)) == a - b


def test_hashes_of_different_lengths_have_no_distance() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        distance_bits("0" * 16, "0" * 11)


def test_hashing_imports_neither_imagehash_nor_scipy() -> None:
    code = (
        "import sys, numpy as np, umkm_cli.matching.describing.hashes as h; h.distance_bits('0f', 'f0')\n"
        "h.hashes(np.random.default_rng(1).integers(0, 256, (64, 48, 3)).astype(np.uint8))\n"
        "print({'imagehash', 'scipy'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
