"""What leaves the office says nothing of where a picture was taken; how it is turned stays, and so do its pixels."""

import base64
import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, PngImagePlugin, TiffImagePlugin

from tests.conftest import Run
from tests.drawings import drawing
from umkm_cli.matching.decoding.decode import UnreadableImage, decode
from umkm_cli.matching.decoding.metadata import without_metadata

ORIENTATION, MAKE, GPS, EXIF = 0x0112, 0x010F, 0x8825, 0x8769
DEVICE = "Kamera Rahasia"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="7,15.4S"/></x:xmpmeta>'
SIGNS = (DEVICE.encode(), b"GPSLatitude", b"Tunjungan")
"""The device, and the place in XMP and in words."""


def exif(orientation: int = 6) -> Image.Exif:
    """As a phone writes it: where, with what, and a maker's note that says it again."""
    written = Image.Exif()
    written[ORIENTATION], written[MAKE] = orientation, DEVICE
    place = written.get_ifd(GPS)
    place[1], place[2] = "S", (7.0, 15.0, 24.7)
    place[3], place[4] = "E", (112.0, 44.0, 18.1)
    written.get_ifd(EXIF)[0x927C] = b"MakerNote: Jl. Tunjungan"
    return written


def photograph(form: str, orientation: int = 6) -> bytes:
    """A picture with a place in all that its form has room for."""
    image, file = Image.fromarray(drawing(7, 240, 160)), io.BytesIO()
    notes = exif(orientation)
    if form == "JPEG":
        image.save(file, form, exif=notes, xmp=XMP, comment=b"Jl. Tunjungan", quality=90, progressive=True)
        iptc = b"Photoshop 3.0\x008BIM\x04\x04Jl. Tunjungan"
        data = file.getvalue()
        app13 = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
        return data[:2] + app13 + data[2:] + b"ftypmp42 Jl. Tunjungan"  # a motion photo's film follows the picture
    if form == "PNG":
        said = PngImagePlugin.PngInfo()
        said.add_text("Location", "Jl. Tunjungan")
        said.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
        image.save(file, form, exif=notes, pnginfo=said)
        return file.getvalue() + b"Jl. Tunjungan"
    if form == "WEBP":
        image.save(file, form, exif=notes, xmp=XMP, lossless=True)
    elif form == "HEIF":
        import pillow_heif

        pillow_heif.from_pillow(image).save(file, exif=notes.tobytes(), xmp=XMP, quality=90)
    else:
        directory = TiffImagePlugin.ImageFileDirectory_v2()
        directory[MAKE] = DEVICE
        directory[270] = "Jl. Tunjungan"
        image.save(file, "TIFF", tiffinfo=directory, exif=notes)
    return file.getvalue()


def says(data: bytes) -> list[bytes]:
    """What of the place or the device can be found in a file, however it is read."""
    found = [sign for sign in SIGNS if sign in data]
    inflated = b"".join(_inflated(chunk) for chunk in re.findall(rb"iTXt(.{0,4000})", data, re.DOTALL))
    found += [sign for sign in SIGNS if sign in inflated]
    with Image.open(io.BytesIO(data)) as image:
        tags = dict(image.getexif())
        found += [str(tag).encode() for tag in tags.keys() & {MAKE, GPS, EXIF}]
        found += [name.encode() for name in image.info if name in ("comment", "xmp", "XML:com.adobe.xmp")]
    return found


def _inflated(chunk: bytes) -> bytes:
    start = chunk.find(b"x\x9c")
    return zlib.decompressobj().decompress(chunk[start:]) if start >= 0 else b""


FORMS = ("JPEG", "PNG", "WEBP", "HEIF", "TIFF")


@pytest.mark.parametrize("form", FORMS)
def test_the_photographs_of_this_test_say_where_they_were_taken(form: str) -> None:
    data = photograph(form)
    if form == "HEIF":
        assert DEVICE.encode() in data
    else:
        assert says(data) != []


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_pixels_stay_as_they_are_and_the_picture_upright(form: str, orientation: int) -> None:
    data = photograph(form, orientation)
    bare, ending = without_metadata(data)
    assert says(bare) == []
    assert ending == {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}[form]
    assert np.array_equal(decode(bare).rgb, decode(data).rgb)
    assert without_metadata(bare)[0] == bare


@pytest.mark.parametrize(("form", "ending"), [("HEIF", ".jpg"), ("TIFF", ".png")])
def test_other_forms_are_written_anew(form: str, ending: str) -> None:
    data = photograph(form)
    bare, found = without_metadata(data)
    assert (says(bare), found) == ([], ending)
    before, after = decode(data).rgb.astype(int), decode(bare).rgb.astype(int)
    assert before.shape == after.shape
    assert np.abs(before - after).mean() < 4


def test_a_colour_profile_stays() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for form in ("JPEG", "PNG", "WEBP"):
        file = io.BytesIO()
        Image.fromarray(drawing(7, 80, 60)).save(file, form, icc_profile=profile, exif=exif())
        with Image.open(io.BytesIO(without_metadata(file.getvalue())[0])) as image:
            assert image.info.get("icc_profile") == profile, form


def test_a_file_that_is_not_as_the_standard_has_it_is_decoded_or_is_no_picture() -> None:
    whole = photograph("JPEG")
    cut = whole[: len(whole) * 2 // 3]
    assert DEVICE.encode() not in without_metadata(cut)[0]
    for data in (b"", b"%PDF-1.7", b"\xff\xd8\xffx", b"RIFF\0\0\0\0WEBP", b"\x89PNG\r\n\x1a\n"):
        try:
            bare, _ = without_metadata(data)
        except UnreadableImage:
            continue
        assert len(bare) <= len(data) + 8


def pictures_in(page: str) -> list[bytes]:
    return [base64.b64decode(text) for text in re.findall(r"data:image/\w+;base64,([A-Za-z0-9+/=]+)", page)]


def test_nothing_that_leaves_the_office_says_where_a_picture_was_taken(umkm: Run, tmp_path: Path) -> None:
    umkm("register", "--name", "Batik Sari", "--ref", "A-1").ok()
    files = {}
    for form in FORMS:
        ending = {"JPEG": "jpeg", "HEIF": "heic", "TIFF": "tif"}.get(form, form.lower())
        files[form] = tmp_path / f"foto.{ending}"
        files[form].write_bytes(photograph(form))
    register = ("--vendor", "A-1", "--title", "Daun", "--ref", "M-1", "--published")
    umkm("motif", "register", files["JPEG"], *register).ok()
    for form in ("PNG", "WEBP", "HEIF", "TIFF"):
        umkm("motif", "attach", "M-1", files[form], "--kind", "creation").ok()
    letter = tmp_path / "surat.pdf"
    letter.write_bytes(b"%PDF-1.4\n%%EOF\n")
    umkm("motif", "attach", "M-1", letter, "--kind", "transfer").ok()

    said = umkm("motif", "djki-pack", "M-1", tmp_path / "djki.zip").ok().out
    assert "dihapus dari 5 gambar" in said
    assert "pengalihan-hak/surat.pdf" in said
    with zipfile.ZipFile(tmp_path / "djki.zip") as pack:
        packed = {name: pack.read(name) for name in pack.namelist() if name.startswith(("contoh", "bukti"))}
    assert sorted(name.rpartition(".")[2] for name in packed) == ["jpeg", "jpg", "png", "png", "webp"]
    assert {name: says(data) for name, data in packed.items() if says(data)} == {}

    gallery, page, printed = tmp_path / "galeri.html", tmp_path / "pihak.html", tmp_path / "pihak.pdf"
    umkm("motif", "gallery", gallery).ok()
    for report in (page, printed):
        umkm("motif", "check", files["JPEG"], "--report", report, "--for-parties").ok()
    umkm("motif", "receipt", "M-1", tmp_path / "terima.pdf").ok()
    for file in (gallery, page):
        shown = pictures_in(file.read_text("utf-8"))
        assert shown
        assert [says(picture) for picture in shown if says(picture)] == []
    for file in (printed, tmp_path / "terima.pdf"):
        assert [sign for sign in SIGNS if sign in file.read_bytes()] == []


def test_a_bundle_keeps_the_originals_and_says_that_it_is_for_the_office(umkm: Run, tmp_path: Path) -> None:
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(photograph("JPEG"))
    for ref in ("A-1", "A-2"):
        umkm("register", "--name", f"Batik {ref}", "--ref", ref).ok()
        umkm("motif", "register", photo, "--vendor", ref, "--title", "Daun").ok()
    [case] = umkm("case", "list", "--json").ok().json()["cases"]
    said = umkm("case", "bundle", case["code"], tmp_path / "kasus.zip").ok().out
    assert "untuk kantor" in said
    with zipfile.ZipFile(tmp_path / "kasus.zip") as bundle:
        assert photo.read_bytes() in [bundle.read(name) for name in bundle.namelist() if name.startswith("images/")]
        assert "keterangan tempat" in bundle.read("README.txt").decode()
