"""What is cut off, damaged, of another kind or too large gives no picture, and costs little."""

import random
import struct
import sys
import threading
import tracemalloc
import warnings
import zlib

import numpy as np
import pytest
from PIL import Image, ImageFile

from tests.matching.files import ADOBE_RGB, RED, WHITE, chunk, colour, encoded, outcome, png, reason, tiff
from umkm_cli.matching.decoding import decode as module
from umkm_cli.matching.decoding.decode import MAX_PIXELS, Picture, decode


def every_kind() -> dict[str, bytes]:
    noise = np.random.default_rng(1).integers(0, 256, (8, 10, 3), dtype=np.uint8)
    image = Image.fromarray(noise).resize((67, 45), Image.Resampling.BICUBIC)
    kinds = {
        "png": encoded(image, "PNG"),
        "png palette": encoded(image.quantize(16), "PNG"),
        "jpeg": encoded(image, "JPEG"),
        "jpeg progressive": encoded(image, "JPEG", progressive=True),
        "jpeg cmyk": encoded(image.convert("CMYK"), "JPEG"),
        "webp": encoded(image, "WEBP"),
        "webp lossless": encoded(image, "WEBP", lossless=True),
        "webp profile": encoded(image, "WEBP", icc_profile=ADOBE_RGB),
        "tiff": encoded(image, "TIFF"),
        "bmp": encoded(image, "BMP"),
        "heic": encoded(image, "HEIF"),
        "avif": encoded(image, "AVIF"),
    }
    for compression in ("tiff_lzw", "tiff_adobe_deflate", "jpeg", "packbits"):
        kinds[f"tiff {compression}"] = encoded(image, "TIFF", compression=compression)
    for compression in ("group3", "group4", "tiff_ccitt"):
        kinds[f"tiff {compression}"] = encoded(image.convert("1"), "TIFF", compression=compression)
    return kinds


KINDS = every_kind()


class TestDamage:
    @pytest.mark.parametrize("kind", KINDS)
    def test_a_file_cut_off_anywhere_is_refused_unless_every_pixel_is_there(
        self, kind: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        data = KINDS[kind]
        whole = decode(data).rgb
        near_ends = [*range(140), *range(len(data) - 140, len(data))]
        for length in sorted({*near_ends, *range(0, len(data), max(1, len(data) // 150))}):
            found = outcome(data[:length])
            if isinstance(found, Picture):
                np.testing.assert_array_equal(found.rgb, whole)
                assert length > len(data) - 30, length
            elif 40 < length < len(data) - 40:
                assert found == "truncated", length
        assert capfd.readouterr() == ("", "")

    @pytest.mark.parametrize("kind", KINDS)
    def test_changed_bytes_raise_nothing_else(self, kind: str, capfd: pytest.CaptureFixture[str]) -> None:
        dice = random.Random(f"batik {kind}")
        for _ in range(120):
            data = bytearray(KINDS[kind])
            for _ in range(dice.choice([1, 1, 2, 8])):
                span = min(200, len(data)) if dice.random() < 0.5 else len(data)
                data[dice.randrange(span)] = dice.randrange(256)
            found = outcome(bytes(data), max_pixels=10_000_000)
            if isinstance(found, Picture):
                assert found.rgb.shape == (found.height, found.width, 3)
            else:
                assert found in {"not_an_image", "unsupported", "truncated", "too_large"}
        assert capfd.readouterr() == ("", "")

    def test_the_half_of_a_photograph(self) -> None:
        for kind, data in KINDS.items():
            assert reason(data[: len(data) // 2]) == "truncated", kind

    def test_missing_strips_are_not_left_black(self) -> None:
        assert reason(tiff(4, 4, b"\xff" * 8, bits=8)) == "truncated"
        assert reason(tiff(4, 4, b"\xff" * 16, bits=8, strip_rows=1)) == "truncated"
        assert reason(tiff(4, 4, b"\xff" * 16, bits=8, strip_rows=3)) == "truncated"
        assert colour(decode(tiff(4, 4, b"\xff" * 16, bits=8, strip_rows=2**32 - 1)), 3, 3) == WHITE

    def test_warnings_are_kept_inside_and_others_still_heard(self) -> None:
        apng = png(1, 1, 8, 0, b"\0\x55", chunk(b"acTL", b"\0" * 8))
        decode(apng)  # Pillow warns of it, and warnings are errors here
        with pytest.warns(UserWarning, match="heard"):
            warnings.warn("heard", UserWarning, stacklevel=1)

    def test_threads_leave_the_warnings_and_standard_error_as_they_were(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        before = list(warnings.filters)
        files = [KINDS["tiff tiff_lzw"], KINDS["tiff tiff_lzw"][:-700], KINDS["jpeg"], b"nothing"] * 12

        threads = [threading.Thread(target=outcome, args=(data,)) for data in files]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert warnings.filters == before
        print("still here", file=sys.stderr, flush=True)
        assert capfd.readouterr().err == "still here\n"


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (b"", "empty"),
            (b"\0", "not_an_image"),
            (b"hello", "not_an_image"),
            (b"BMW is a car, and this is a letter about it.", "not_an_image"),
            (b"nama;kecamatan\nBatik Sekar;Tegalsari\n" * 50, "not_an_image"),
            (b"\0" * 5000, "not_an_image"),
            (b"<html><body>403</body></html>", "not_an_image"),
            (b"PK\x03\x04" + b"\0" * 100, "not_an_image"),
            (b"MZ" + b"\0" * 100, "not_an_image"),
            (b"GIF89a" + b"\0" * 40, "unsupported"),
            (b'<?xml version="1.0"?>\n<!-- a --><svg xmlns="http://www.w3.org/2000/svg"/>', "unsupported"),
            (b"\xef\xbb\xbf  <svg/>", "unsupported"),
            (b"%PDF-1.7\n", "unsupported"),
            (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "unsupported"),
            (b"#define a_width 8\n#define a_height 8\nstatic char a_bits[] = {0};", "unsupported"),
            (b"P6\n1 1\n255\n\0\0\0", "unsupported"),
            (b"8BPS\0\1" + b"\0" * 40, "unsupported"),
            (b"\0\0\0\x18ftypisom\0\0\0\0isommp41", "unsupported"),
            (b"\0\0\0\x0cjP  \r\n\x87\n", "unsupported"),
        ],
    )
    def test_what_is_no_picture_for_us(self, data: bytes, expected: str) -> None:
        assert reason(data) == expected

    def test_a_real_gif_and_pdf(self) -> None:
        image = Image.new("RGB", (8, 8), RED)
        for format in ("GIF", "PDF", "EPS", "PPM", "ICO", "JPEG2000", "TGA", "PCX"):
            assert reason(encoded(image, format)) in {"unsupported", "not_an_image"}, format

    def test_a_picture_inside_another_file_is_not_looked_for(self) -> None:
        jpeg = encoded(Image.new("RGB", (8, 8), RED), "JPEG")
        assert reason(b"%PDF-1.4\n" + jpeg) == "unsupported"
        assert reason(b"GIF89a" + jpeg) == "unsupported"
        assert reason(b"\n" + jpeg) == "not_an_image"

    def test_a_rare_kind_of_a_known_type(self) -> None:
        assert reason(tiff(1, 1, b"\0" * 8, bits=64)) == "unsupported"

    def test_svg_search_takes_no_time(self) -> None:
        assert reason(b"<!---->" * 100_000) == "not_an_image"


class TestBombs:
    def test_a_huge_header_allocates_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        side = struct.pack("<I", 49_999)[:3]
        files = {
            "png": png(50_000, 50_000, 8, 2, b"\0" * 100),
            "png one bit": png(50_000, 50_000, 1, 0, b"\0" * 100),
            "tiff": tiff(50_000, 50_000, b"\0" * 100, bits=8),
            "tiff deflate": tiff(50_000, 50_000, zlib.compress(b"\0" * 100), bits=8, compression=8),
            "bmp": b"BM"
            + struct.pack("<IHHI", 200, 0, 0, 54)
            + struct.pack("<IiiHHIIiiII", 40, 50_000, 50_000, 1, 24, 0, 0, 0, 0, 0, 0)
            + b"\0" * 150,
            "webp": b"RIFF" + struct.pack("<I", 40) + b"WEBPVP8X" + struct.pack("<II", 10, 0) + side * 2 + b"\0" * 18,
        }
        jpeg = bytearray(KINDS["jpeg"])
        at = jpeg.index(b"\xff\xc0") + 5
        jpeg[at : at + 4] = struct.pack(">HH", 50_000, 50_000)
        files["jpeg"] = bytes(jpeg)
        for kind in ("heic", "avif"):
            box = bytearray(KINDS[kind])
            at = box.index(b"ispe") + 8
            box[at : at + 8] = struct.pack(">II", 50_000, 50_000)
            files[kind] = bytes(box)
        decode(KINDS["heic"])
        decode(KINDS["avif"])  # imports are not what is measured
        monkeypatch.setattr(ImageFile.ImageFile, "load_prepare", lambda _: pytest.fail("pixels were allocated"))
        for kind, data in files.items():
            tracemalloc.start()
            try:
                found = reason(data)
                peak = tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()
            assert found == "too_large", kind
            assert peak < 5_000_000, kind

    def test_the_limit_is_exact(self) -> None:
        data = encoded(Image.new("L", (100, 50)), "PNG")
        assert decode(data, max_pixels=5000).width == 100
        assert reason(data, max_pixels=4999) == "too_large"
        for kind, other in KINDS.items():
            assert reason(other, max_pixels=67 * 45 - 1) == "too_large", kind

    def test_phones_of_two_hundred_megapixels_are_allowed(self) -> None:
        assert 16_320 * 12_240 < MAX_PIXELS < 50_000 * 50_000

    def test_a_picture_above_pillows_own_warning(self) -> None:
        picture = decode(encoded(Image.new("1", (10_000, 9_000), 1), "PNG"))
        assert (picture.width, picture.height, colour(picture)) == (10_000, 9_000, WHITE)

    def test_a_tile_larger_than_its_picture(self) -> None:
        data = tiff(8, 8, b"\0" * 64, bits=8, tile_width=50_000, tile_length=50_000, tile_offsets=8, tile_bytes=64)
        assert reason(data) == "too_large"

    def test_text_that_unpacks_to_gigabytes(self) -> None:
        text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 100_000_000, 1))
        assert reason(png(1, 1, 8, 0, b"\0\0", text)) == "unsupported"

    def test_a_profile_that_unpacks_to_gigabytes(self) -> None:
        profile = chunk(b"iCCP", b"x\0\0" + zlib.compress(b"\0" * 50_000_000, 1))
        assert reason(png(1, 1, 8, 0, b"\0\0", profile)) == "unsupported"

    def test_a_jpeg_of_endless_scans(self) -> None:
        data = KINDS["jpeg progressive"]
        at = data.rindex(b"\xff\xda")
        assert reason(data[:at] + data[at:-2] * 5000 + b"\xff\xd9") == "too_large"

    def test_memory_that_is_not_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def exhausted(*_: object) -> None:
            raise MemoryError

        monkeypatch.setattr(module, "on_white", exhausted)
        assert reason(KINDS["png"]) == "too_large"
