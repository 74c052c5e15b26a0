"""From a file to everything that screening and the registry need of a picture, computed once."""

import stat
from dataclasses import dataclass
from pathlib import Path

from umkm_cli.db.tables import Fingerprint as FingerprintRow
from umkm_cli.db.tables import Image
from umkm_cli.errors import UmkmError
from umkm_cli.matching.decode import Picture, UnreadableImage, decode, extension
from umkm_cli.matching.fingerprint import EXTRACTOR, Fingerprint, fingerprint
from umkm_cli.matching.hashes import PerceptualHashes, hashes

MAX_FILE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Prepared:
    """A readable picture with what was computed from it; `data` are the bytes of the file as given."""

    data: bytes
    picture: Picture
    hashes: PerceptualHashes
    fingerprint: Fingerprint
    filename: str = ""

    @property
    def sha256(self) -> str:
        return self.picture.sha256

    @property
    def extension(self) -> str:
        return extension(self.picture.format)

    def image_row(self, *, stored: bool) -> Image:
        return Image(
            sha256=self.sha256,
            format=self.picture.format,
            bytes=len(self.data),
            width=self.picture.width,
            height=self.picture.height,
            phash=self.hashes.phash,
            dhash=self.hashes.dhash,
            colorhash=self.hashes.colorhash,
            hashes_version=self.hashes.version,
            stored=stored,
        )

    def fingerprint_row(self) -> FingerprintRow:
        return FingerprintRow(sha256=self.sha256, extractor=EXTRACTOR, data=self.fingerprint.to_bytes())


def read_picture_file(path: Path) -> bytes:
    """The bytes of a picture file.

    Raises `UmkmError`: `file_not_found`, `file_is_folder`, `file_not_readable`, `file_too_large`, `image_not_an_image`.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UmkmError("file_is_folder", path=path)
        if not stat.S_ISREG(mode):  # a pipe may never answer, a device never end
            raise UmkmError("image_not_an_image", path=path)
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise UmkmError("file_not_found", path=path) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UmkmError("file_not_readable", path=path, why=why) from error
    if len(data) > MAX_FILE_BYTES:
        raise UmkmError("file_too_large", path=path, megabytes=MAX_FILE_BYTES // 2**20)
    return data


def prepare_picture(data: bytes, filename: str = "") -> Prepared:
    """Decode, hash and fingerprint. Safe in threads. Raises `UmkmError` `image_<reason>`."""
    try:
        picture = decode(data)
    except UnreadableImage as error:
        raise UmkmError(f"image_{error.reason}", path=filename) from error
    return Prepared(data, picture, hashes(picture.rgb), fingerprint(picture.rgb), filename)
