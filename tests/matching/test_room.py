"""A header is believed only in proportion to its file, and decoding stays within the memory that it is given."""

import io
import struct
import threading
from typing import Any

import imagehash
import numpy as np
import pytest
from PIL import Image, ImageFile

from umkm_cli.matching.decoding import decode as module
from umkm_cli.matching.decoding import flattening
from umkm_cli.matching.decoding.decode import UnreadableImage, decode
from umkm_cli.matching.decoding.room import MAX_WORKING_BYTES, working_memory
from umkm_cli.matching.describing.hashes import hashes


def encoded(image: Image.Image, format: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def noise(width: int, height: int) -> Image.Image:
    seed = np.random.default_rng(7).integers(0, 256, (9, 11, 3), np.uint8)
    return Image.fromarray(seed).resize((width, height), Image.Resampling.BICUBIC)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_too_short_for_its_size_is_not_decoded(progressive: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(encoded(noise(64, 64), "JPEG", progressive=progressive))
    at = data.index(b"\xff\xc2" if progressive else b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", 14_000, 14_000)
    monkeypatch.setattr(ImageFile.ImageFile, "load_prepare", lambda _: pytest.fail("pixels were allocated"))
    with pytest.raises(UnreadableImage, match="truncated"):
        decode(bytes(data))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF"])
def test_what_would_take_too_much_memory_is_read_smaller(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_WORKING_BYTES", 640 * 480 * 6)
    picture = decode(encoded(noise(640, 480), format, **({"tiffinfo": {278: 8}} if format == "TIFF" else {})))
    assert (picture.width, picture.height, picture.rgb.shape) == (320, 240, (240, 320, 3))
    expected = np.asarray(noise(640, 480).reduce(2), int)
    assert np.abs(picture.rgb - expected).mean() < 3


def test_what_would_take_too_much_memory_however_small_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_WORKING_BYTES", 640 * 480 * 3)
    with pytest.raises(UnreadableImage, match="too_large"):
        decode(encoded(noise(640, 480), "PNG"))


@pytest.mark.parametrize("orientation", [1, 3, 6])
def test_strips_change_nothing(orientation: int, monkeypatch: pytest.MonkeyPatch) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(noise(301, 203).convert("RGBA"), "PNG", exif=exif)
    whole = decode(data).rgb
    monkeypatch.setattr(flattening, "_STRIP_PIXELS", 301 * 10)
    np.testing.assert_array_equal(decode(data).rgb, whole)


def test_hashes_are_those_of_the_whole_picture() -> None:
    image = noise(3001, 2503)
    found = hashes(np.asarray(image))
    grey = image.convert("L")
    assert (found.phash, found.dhash) == (str(imagehash.phash(grey)), str(imagehash.dhash(grey)))
    assert found.colorhash == str(imagehash.colorhash(image.reduce(3)))


def test_threads_together_stay_within_the_memory() -> None:
    first_holds, second_waits_no_more = threading.Event(), threading.Event()

    def second() -> None:
        first_holds.wait()
        with working_memory(MAX_WORKING_BYTES):
            second_waits_no_more.set()

    thread = threading.Thread(target=second)
    thread.start()
    with working_memory(1):
        first_holds.set()
        thread.join(0.2)
        assert not second_waits_no_more.is_set()
    thread.join()
    assert second_waits_no_more.is_set()
