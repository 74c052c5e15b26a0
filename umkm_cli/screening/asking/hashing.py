"""Perceptual hashes of picture files, for other tools and a quick look."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from umkm_cli.errors import UmkmError
from umkm_cli.matching.decoding.decode import Picture, UnreadableImage, decode
from umkm_cli.matching.describing.hashes import PerceptualHashes, hashes
from umkm_cli.screening.judging.pictures import read_picture_file

if TYPE_CHECKING:
    from umkm_cli.documents.comparing import HashResult


@dataclass(frozen=True)
class Hashed:
    image: str
    picture: Picture | None = None
    hashes: PerceptualHashes | None = None
    error: UmkmError | None = None

    def document(self) -> "HashResult":
        return {
            "image": self.image,
            "sha256": self.picture.sha256 if self.picture else None,
            "width": self.picture.width if self.picture else None,
            "height": self.picture.height if self.picture else None,
            "phash": self.hashes.phash if self.hashes else None,
            "dhash": self.hashes.dhash if self.hashes else None,
            "colorhash": self.hashes.colorhash if self.hashes else None,
            "hashes_version": self.hashes.version if self.hashes else None,
            "error": self.error.code if self.error else None,
        }


def hash_pictures(images: Sequence[str]) -> list[Hashed]:
    return [_hash(image) for image in images]


def _hash(image: str) -> Hashed:
    try:
        picture = decode(read_picture_file(Path(image)))
    except UnreadableImage as error:
        return Hashed(image, error=UmkmError(f"image_{error.reason}", path=image))
    except UmkmError as error:
        return Hashed(image, error=error)
    return Hashed(image, picture, hashes(picture.rgb))
