"""From a file to everything that screening and the registry need of a picture, computed once."""

import hashlib
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from umkm_cli.db.reading import Reader
from umkm_cli.errors import UmkmError
from umkm_cli.matching.decoding.decode import Picture, UnreadableImage, decode
from umkm_cli.matching.describing.features import Rgb
from umkm_cli.matching.describing.fingerprint import Closeup, Fingerprint
from umkm_cli.matching.describing.generations import EXTRACTOR
from umkm_cli.matching.describing.hashes import PerceptualHashes, hashes
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.pictures.files import read_given_file

if TYPE_CHECKING:
    from umkm_cli.db.tables import Image, StoredFingerprint


@dataclass(frozen=True)
class Prepared:
    """A picture with what is computed from it, each once; `data` are the bytes of the file as given.

    `prepare_picture` computes all of it, so that later steps cannot fail; a picture that the registry knows already is
    only computed where somebody asks. Raises `UmkmError` `image_<reason>` then.
    """

    data: bytes
    sha256: str
    filename: str = ""

    @cached_property
    def picture(self) -> Picture:
        try:
            return decode(self.data)
        except UnreadableImage as error:
            raise UmkmError(f"image_{error.reason}", path=self.filename) from error

    @property
    def rgb(self) -> Rgb | None:
        """The upright pixels; None where only a fingerprint is left of the picture."""
        return self.picture.rgb

    @cached_property
    def hashes(self) -> PerceptualHashes:
        return hashes(self.picture.rgb)

    @cached_property
    def closeup(self) -> Closeup:
        return Closeup(self.picture.rgb)

    @cached_property
    def fingerprint(self) -> Fingerprint:
        return self.closeup.stored

    @property
    def weight_bytes(self) -> int:
        """About how much memory it holds."""
        return len(self.data) + (self.picture.rgb.nbytes if "picture" in self.__dict__ else 0)

    def image_columns(self, *, stored: bool) -> dict[str, Any]:
        """The columns of its row, but for the moment."""
        return {
            "sha256": self.sha256,
            "format": self.picture.format,
            "bytes": len(self.data),
            "width": self.picture.width,
            "height": self.picture.height,
            "phash": self.hashes.phash,
            "dhash": self.hashes.dhash,
            "colorhash": self.hashes.colorhash,
            "hashes_version": self.hashes.version,
            "stored": stored,
        }

    def image_row(self, *, stored: bool) -> "Image":
        from umkm_cli.db.tables import Image

        return Image(**self.image_columns(stored=stored))

    def fingerprint_row(self) -> "StoredFingerprint":
        from umkm_cli.db.tables import StoredFingerprint

        return StoredFingerprint(sha256=self.sha256, extractor=EXTRACTOR, data=self.fingerprint.to_bytes())


@dataclass(frozen=True)
class Upload:
    """A picture that was handed over as bytes; `name` is what the sender's file was called."""

    name: str
    data: bytes


def read_given(image: str | Upload) -> bytes:
    """The bytes of a picture, given as a path or as themselves. Raises as `read_picture_file` does."""
    return image.data if isinstance(image, Upload) else read_picture_file(Path(image))


def name_of(image: str | Upload) -> str:
    return image.name if isinstance(image, Upload) else image


def read_picture_file(path: Path) -> bytes:
    """The bytes of a picture file.

    Raises `UmkmError`: `file_not_found`, `file_is_folder`, `file_not_readable`, `file_too_large`, `image_not_an_image`.
    """
    try:
        return read_given_file(path)
    except UmkmError as error:
        if error.code == "file_not_regular":
            raise UmkmError("image_not_an_image", path=path) from error
        raise


def prepare_picture(data: bytes, filename: str = "", known: Container[str] = ()) -> Prepared:
    """Decode, hash and fingerprint, unless `known` holds the file's SHA-256. Safe in threads.

    Raises `UmkmError` `image_<reason>`.
    """
    prepared = Prepared(data, hashlib.sha256(data).hexdigest(), filename)
    if prepared.sha256 not in known:
        _ = prepared.hashes, prepared.fingerprint
    return prepared


def known_pictures(reader: Reader, kind: Design) -> frozenset[str]:
    """SHA-256 of the pictures of such designs that this version of the extractor has fingerprinted."""
    rows = reader.rows(
        "SELECT DISTINCT view.sha256 AS sha256 FROM view JOIN fingerprint ON fingerprint.sha256 = view.sha256 "
        f"AND fingerprint.extractor = :extractor WHERE view.{kind.column} IS NOT NULL",
        extractor=EXTRACTOR,
    )
    return frozenset(row["sha256"] for row in rows)
