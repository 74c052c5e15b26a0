"""Does the evidence in a bundle hold? From its images alone, with the engine that is installed here.

1. Each image is the file that the evidence names: by its SHA-256.
2. Decoded and brought to working size it is the pixels that the bundle holds. Decoders of JPEG may differ by little, so
   pixels that differ by at most `PIXEL_LEVELS` levels count as close.
3. It has the fingerprint that the bundle holds, where the same version of the extractor made it.
4. The two pictures of each pair are compared anew, without a hint. The agreement must be of the same kind, and mirrored
   or not as it was; both areas must be within `AREA`, and the transformation must carry the motif's corners to where
   the stored one does, within `CORNERS` of the query's longer side on average.

A picture whose file the office did not keep takes part with its stored fingerprint, and how many do is said. Areas, and
the kind of agreement that follows from them, were measured on pixels and are not compared then.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from umkm_cli.documents.papers import (
    ClaimedAgreement,
    FingerprintState,
    FoundAgreement,
    ImageState,
    PixelState,
    RecomputedDocument,
    RecomputedPair,
    RecomputedPicture,
)
from umkm_cli.errors import UmkmError
from umkm_cli.matching.decoding.decode import UnreadableImage, decode
from umkm_cli.matching.describing.features import WORKING_PX, Rgb, shrunk
from umkm_cli.matching.describing.fingerprint import Fingerprint
from umkm_cli.matching.describing.generations import EXTRACTOR
from umkm_cli.matching.engine import Match, compare
from umkm_cli.matching.thresholds import DEFAULT
from umkm_cli.registry.pictures.files import MAX_FILE_BYTES
from umkm_cli.screening.evidence.bundles import EVIDENCE, fingerprint_name, image_in, pixels_name
from umkm_cli.screening.evidence.gathering import library_versions
from umkm_cli.screening.judging.pictures import Prepared, prepare_picture
from umkm_cli.screening.judging.screener import ENGINE

AREA, CORNERS, PIXEL_LEVELS = 0.05, 0.02, 3
_MOST_EVIDENCE_BYTES, _MOST_PAIRS = 32 * 2**20, 200
_HELD = ("relation", "mirrored", "inverted", "recoloured")
_HELD_WITHOUT_PIXELS = ("mirrored", "inverted")


Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Side:
    """A picture of a pair; `rgb` is None where its file was not kept."""

    fingerprint: Fingerprint
    rgb: Rgb | None


@dataclass(frozen=True)
class PictureCheck:
    """`image` is same, changed or not_kept, `pixels` also close, `fingerprint` same, changed or other_extractor.

    Of a picture whose file the office did not keep, `fingerprint` is taken as it stands: stored or missing.
    """

    sha256: str
    image: ImageState
    pixels: PixelState
    fingerprint: FingerprintState

    @property
    def differences(self) -> list[str]:
        states = (("image", self.image), ("pixels", self.pixels), ("fingerprint", self.fingerprint))
        return [name for name, state in states if state in ("changed", "missing")]


@dataclass(frozen=True)
class PairCheck:
    """`stored` is the match of the evidence, `found` the one of today, None where the pictures agree in nothing."""

    query: str
    motif: str
    stored: dict[str, Any]
    found: Match | None
    differences: list[str]


@dataclass(frozen=True)
class Recomputed:
    pictures: tuple[PictureCheck, ...]
    pairs: tuple[PairCheck, ...]

    @property
    def differing(self) -> "list[PictureCheck | PairCheck]":
        checks: list[PictureCheck | PairCheck] = [*self.pictures, *self.pairs]
        return [check for check in checks if check.differences]

    @property
    def holds(self) -> bool:
        return not self.differing

    @property
    def not_kept(self) -> int:
        """Of how many pictures the bundle holds a fingerprint only."""
        return sum(picture.image == "not_kept" for picture in self.pictures)

    def document(self) -> RecomputedDocument:
        """The field `recomputed` of `umkm.verify/1`."""
        return {
            "holds": self.holds,
            "engine": ENGINE,
            "versions": library_versions(),
            "not_kept": self.not_kept,
            "tolerance": {"area_fraction": AREA, "corner_fraction": CORNERS, "pixel_levels": PIXEL_LEVELS},
            "pictures": [_picture_document(picture) for picture in self.pictures],
            "pairs": [_pair_document(pair) for pair in self.pairs],
        }


def recompute(files: Mapping[str, bytes]) -> Recomputed:
    """Of the files of a bundle that was found intact. Raises `UmkmError` `bundle_unreadable`."""
    try:
        evidence = _evidence(files)
        extractor = str(evidence["engine"]["extractor"])
        pairs = [(str(p["query"]["sha256"]), str(p["motif"]["sha256"]), dict(p["match"])) for p in evidence["pairs"]]
        stored = [np.asarray(match["transform"], np.float64).reshape(3, 3) for _, _, match in pairs]
        areas = [[float(match[name]) for name in ("query_area", "motif_area")] for _, _, match in pairs]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UmkmError("bundle_unreadable") from error
    named = dict.fromkeys(sha256 for pair in pairs for sha256 in pair[:2])
    prepared = {sha256: _prepared(files, sha256) for sha256 in named}
    pictures = tuple(_check_picture(files, sha256, prepared[sha256], extractor) for sha256 in named)
    sides = {sha256: _side(files, sha256, prepared[sha256]) for sha256 in named}
    checks = []
    for (query, motif, match), matrix, area in zip(pairs, stored, areas, strict=True):
        found, differences = _compared(sides[query], sides[motif], match, matrix, area)
        checks.append(PairCheck(query, motif, match, found, differences))
    return Recomputed(pictures, tuple(checks))


def _evidence(files: Mapping[str, bytes]) -> Any:
    data = files[EVIDENCE]
    if len(data) > _MOST_EVIDENCE_BYTES:
        raise ValueError("too large")
    try:
        evidence = json.loads(data)
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not 0 < len(evidence["pairs"]) <= _MOST_PAIRS:
        raise ValueError("no pairs, of which all would hold, or too many")
    return evidence


def _prepared(files: Mapping[str, bytes], sha256: str) -> Prepared | None:
    """None where there is no such image, or none that can be decoded."""
    name = image_in(files, sha256)
    if name is None or len(files[name]) > MAX_FILE_BYTES:
        return None
    try:
        return prepare_picture(files[name], name)
    except UmkmError:
        return None


def _check_picture(files: Mapping[str, bytes], sha256: str, prepared: Prepared | None, extractor: str) -> PictureCheck:
    stored = files.get(fingerprint_name(sha256))
    if prepared is None:
        kept = image_in(files, sha256) is not None
        state: Literal["changed", "not_kept"] = "changed" if kept else "not_kept"
        return PictureCheck(sha256, state, state, "missing" if stored is None else "stored")
    image: ImageState = "same" if prepared.sha256 == sha256 else "changed"
    pixels = _pixels(files.get(pixels_name(sha256)), shrunk(prepared.picture.rgb, WORKING_PX))
    if extractor != EXTRACTOR:
        return PictureCheck(sha256, image, pixels, "other_extractor")
    same = stored == prepared.fingerprint.to_bytes()
    return PictureCheck(sha256, image, pixels, "same" if same else "changed")


def _side(files: Mapping[str, bytes], sha256: str, prepared: Prepared | None) -> _Side | None:
    if prepared is not None:
        return _Side(prepared.fingerprint, prepared.picture.rgb)
    try:
        return _Side(Fingerprint.from_bytes(files[fingerprint_name(sha256)]), None)
    except (KeyError, ValueError):
        return None


def _pixels(data: bytes | None, rgb: Rgb) -> PixelState:
    if data is None:
        return "missing"
    try:
        stored = decode(data).rgb
    except UnreadableImage:
        return "changed"
    if stored.shape != rgb.shape:
        return "changed"
    most = int(np.abs(stored.astype(np.int16) - rgb.astype(np.int16)).max(initial=0))
    return "same" if not most else "close" if most <= PIXEL_LEVELS else "changed"


def _compared(
    query: _Side | None, motif: _Side | None, match: dict[str, Any], matrix: Matrix, areas: Sequence[float]
) -> tuple[Match | None, list[str]]:
    """What is found today, and where it differs from the stored match."""
    if query is None or motif is None:
        return None, ["agreement"]
    found = compare(query.fingerprint, motif.fingerprint, DEFAULT, query_rgb=query.rgb, motif_rgb=motif.rgb)
    if found is None:
        return None, ["agreement"]
    with_pixels = query.rgb is not None and motif.rgb is not None
    held = _HELD if with_pixels else _HELD_WITHOUT_PIXELS
    differences = [name for name in held if match.get(name) != getattr(found, name)]
    for name, area in zip(("query_area", "motif_area"), areas, strict=True) if with_pixels else ():
        differences += [] if abs(area - getattr(found, name)) <= AREA else [name]
    moved = _corner_error(matrix, np.asarray(found.transform), motif.fingerprint)
    longest = max(query.fingerprint.width, query.fingerprint.height)
    return found, differences + ([] if moved <= CORNERS * longest else ["transform"])


def _corner_error(a: Matrix, b: Matrix, motif: Fingerprint) -> float:
    """How far apart, on average and in query pixels, two transformations carry the corners of the motif's picture."""
    width, height = motif.width, motif.height
    corners = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], np.float64).T
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        carried = [points[:2] / points[2] for points in (a @ corners, b @ corners)]
        return float(np.linalg.norm(carried[0] - carried[1], axis=0).mean())


def _picture_document(picture: PictureCheck) -> RecomputedPicture:
    return {
        "sha256": picture.sha256,
        "image": picture.image,
        "pixels": picture.pixels,
        "fingerprint": picture.fingerprint,
        "differences": picture.differences,
    }


def _pair_document(pair: PairCheck) -> RecomputedPair:
    return {
        "code": pair.stored.get("code"),
        "query": pair.query,
        "motif": pair.motif,
        "differences": pair.differences,
        "stored": _claimed(pair.stored),
        "found": None if pair.found is None else _found(pair.found),
    }


def _claimed(stored: Mapping[str, Any]) -> ClaimedAgreement:
    return {
        "relation": stored.get("relation"),
        "query_area": stored.get("query_area"),
        "motif_area": stored.get("motif_area"),
        "mirrored": stored.get("mirrored"),
        "inverted": stored.get("inverted"),
        "recoloured": stored.get("recoloured"),
    }


def _found(match: Match) -> FoundAgreement:
    return {
        "relation": match.relation.value,
        "query_area": round(float(match.query_area), 4),
        "motif_area": round(float(match.motif_area), 4),
        "mirrored": match.mirrored,
        "inverted": match.inverted,
        "recoloured": match.recoloured,
    }
