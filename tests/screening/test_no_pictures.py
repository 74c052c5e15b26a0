"""Files that are no pictures, or none that can be judged: every command says so in a sentence and changes nothing."""

import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Result, Run
from tests.refusals import MOTIF, PRODUCT, VENDOR, assert_presentable


def png_of_size(width: int, height: int) -> bytes:
    """A small file whose header promises much."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _bytes_file(data: bytes) -> Callable[[Path, Path], Path]:
    def make(folder: Path, _: Path) -> Path:
        path = folder / "gambar.jpg"
        path.write_bytes(data)
        return path

    return make


def _truncated(folder: Path, motif: Path) -> Path:
    path = folder / "terpotong.png"
    path.write_bytes(motif.read_bytes()[: motif.stat().st_size // 2])
    return path


def _gif(folder: Path, _: Path) -> Path:
    Image.new("RGB", (100, 100)).save(folder / "gambar.jpg", "GIF")
    return folder / "gambar.jpg"


def _folder(folder: Path, _: Path) -> Path:
    (folder / "folder.png").mkdir()
    return folder / "folder.png"


def _pipe(folder: Path, _: Path) -> Path:
    os.mkfifo(folder / "pipa.png")
    return folder / "pipa.png"


def _link_loop(folder: Path, _: Path) -> Path:
    (folder / "putar.png").symlink_to(folder / "putar.png")
    return folder / "putar.png"


NO_PICTURES = {
    "no image": (_bytes_file(b"bukan gambar"), "image_not_an_image"),
    "truncated": (_truncated, "image_truncated"),
    "signature only": (_bytes_file(b"\x89PNG\r\n\x1a\n"), "image_truncated"),
    "empty": (_bytes_file(b""), "image_empty"),
    "bomb": (_bytes_file(png_of_size(50_000, 50_000)), "image_too_large"),
    "GIF as JPEG": (_gif, "image_unsupported"),
    "SVG as JPEG": (_bytes_file(b'<svg xmlns="http://www.w3.org/2000/svg"/>'), "image_unsupported"),
    "PDF as JPEG": (_bytes_file(b"%PDF-1.7\n"), "image_unsupported"),
    "folder": (_folder, "file_is_folder"),
    "missing": (lambda folder, _: folder / "tidak ada.png", "file_not_found"),
    "long name": (lambda folder, _: folder / ("x" * 5000 + ".png"), "file_not_readable"),
    "steering name": (lambda folder, _: folder / "\x1b[31m\x9b\u202e.png", "file_not_found"),
}
if os.name == "posix":
    NO_PICTURES |= {
        "pipe": (_pipe, "image_not_an_image"),
        "endless device": (lambda *_: Path("/dev/zero"), "image_not_an_image"),
        "empty device": (lambda *_: Path("/dev/null"), "image_not_an_image"),
        "link loop": (_link_loop, "file_not_readable"),
    }


@pytest.mark.parametrize("case", NO_PICTURES)
def test_what_is_no_picture_ends_in_a_sentence(
    case: str, refused: Callable[..., Result], umkm: Run, prepared: Path, small_registry: Path, tmp_path: Path
) -> None:
    make, code = NO_PICTURES[case]
    path = make(tmp_path, prepared / "motif.png")

    for command in (
        ("motif", "register", path, "--vendor", VENDOR, "--title", "T"),
        ("product", "add", path, "--vendor", VENDOR, "--name", "T"),
        ("product", "edit", PRODUCT, "--image", path),
        ("motif", "compare", path, MOTIF),
        ("heritage", "add", path, "--name", "Kawung"),
        ("case", "open", "--complainant", "Ani", "--picture", path),
    ):
        refused(*command, exit_code=1).refused(code)

    checked = umkm("motif", "check", path, "--no-record", "--json")
    assert checked.exit_code == 1
    assert_presentable(checked)
    if case == "folder":  # its pictures are meant, and there is none
        checked.refused("folder_without_pictures")
    else:
        result = checked.json()["results"][0]
        assert (result["verdict"], result["alert"], result["matches"]) == ("not_judged", False, [])
        assert "unreadable" in result["reasons"]

    hashed = umkm("motif", "hash", path, "--json")
    assert (hashed.exit_code, hashed.json()["results"][0]["error"]) == (1, code)
    assert_presentable(hashed)


def test_unreadable_picture_among_readable_ones_hides_none(
    umkm: Run, small_registry: Path, prepared: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "tidak ada.png"
    result = umkm("motif", "check", missing, prepared / "motif.png", "--no-record", "--json").ok()
    first, second = result.json()["results"]
    assert (first["verdict"], second["verdict"], second["alert"]) == ("not_judged", "copy", True)


def test_picture_without_permission(
    refused: Callable[..., Result], prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = prepared / "motif.png"
    ordinary = Path.open

    def no_permission(self: Path, *args: object, **kwargs: object) -> object:
        if self == locked:
            raise PermissionError(13, "Permission denied", str(self))
        return ordinary(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", no_permission)
    refused("motif", "register", locked, "--vendor", VENDOR, "--title", "T").refused("file_not_readable")


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (500, 500)])
def test_picture_too_small_or_plain_is_not_judged(
    umkm: Run, small_registry: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    Image.new("RGB", size, "white").save(tmp_path / "polos.png")
    result = umkm("motif", "check", tmp_path / "polos.png", "--no-record", "--json")
    assert_presentable(result)
    assert result.json()["schema"] == "umkm.check/1", result.out
    judged = result.json()["results"][0]
    assert (judged["verdict"], judged["alert"]) == ("not_judged", False)
    assert {"too_small", "too_plain"} & set(judged["reasons"])
