"""What motifs and products have in common, as scripts read it: whose they are, and their pictures."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

DesignKind = Literal["motif", "product"]
StoredFile = Literal["kept", "altered", "missing"]


class OwnerDocument(TypedDict):
    """The business that a record belongs to."""

    code: str
    name: str


class HashesDocument(TypedDict):
    """Perceptual hashes of a picture, in hexadecimal digits, and the version of how they are made."""

    phash: str
    dhash: str
    colorhash: str
    hashes_version: str


class RepeatDocument(TypedDict):
    """How a drawing repeats: one or two steps (x, y) in pixels of the upright picture; `strength` is at most 1."""

    vectors: list[list[float]]
    strength: float


class ViewDocument(TypedDict):
    """A picture of a record: the file's SHA-256, and its size upright, in pixels.

    `stored_file` says whether the file is still the one that was recorded, and `repeat` is null where no repeat is
    seen; both where they were asked for.
    """

    index: int
    hashes: HashesDocument
    sha256: str
    filename: str
    format: str
    width: int
    height: int
    stored_file: NotRequired[StoredFile]
    repeat: NotRequired[RepeatDocument | None]
