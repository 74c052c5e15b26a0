"""What the page's script is answered."""

from typing import TYPE_CHECKING

from typing_extensions import TypedDict

if TYPE_CHECKING:
    from umkm_cli.matching.regions import Polygon


class UploadedPicture(TypedDict):
    """A picture that was uploaded, and where its preview is to be had; its size upright, in pixels."""

    id: str
    url: str
    width: int
    height: int


class ShownMatch(TypedDict):
    """`cells` by their column; `why` is a sentence where the motif's picture cannot be shown, and its `url` null then.

    The regions are corners (x, y) in pixels of each picture.
    """

    alert: bool
    code: str
    cells: dict[str, str]
    url: str | None
    why: str | None
    query_region: "Polygon"
    motif_region: "Polygon"
    width: int
    height: int


class CheckAnswer(TypedDict):
    """`picture` is null where it cannot be read."""

    alert: bool
    verdict: str
    label: str
    sentences: list[str]
    picture: UploadedPicture | None
    matches: list[ShownMatch]


class RegisterAnswer(TypedDict):
    """What became of a motif that was handed in."""

    held: bool
    code: str
    case: str | None
    sentences: list[str]
