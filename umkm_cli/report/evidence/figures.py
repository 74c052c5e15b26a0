"""The figures of the page: pictures of the album with what is drawn on them, and why one is not shown."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from umkm_cli.i18n import t, tn
from umkm_cli.matching.geometry import Array
from umkm_cli.matching.regions import Polygon
from umkm_cli.report.evidence.album import FURTHER, MOTIF, OVERLAY, PICTURE, Album, KeptPicture
from umkm_cli.report.evidence.drawn import Badge, Dot, Outlines, badge, evenly_spread, matched_points, outlines
from umkm_cli.report.evidence.sections import OverlayPart, PairSection, PictureSection, Section
from umkm_cli.report.evidence.shown import reason_not_shown
from umkm_cli.screening.evidence.origins import Shown


@dataclass(frozen=True)
class Figure:
    """`name` is the picture's in the album; None where a sentence stands in its place (`missing`)."""

    name: str | None
    missing: str
    caption: str
    alternative: str
    width: int
    height: int
    outlines: Outlines | None = None
    dots: tuple[Dot, ...] = ()


@dataclass(frozen=True)
class PairFigures:
    """Both pictures of a pair, and one laid over the other; `points` are all that correspond, of which some are drawn.

    `legend` has a badge for each part where there are several.
    """

    query: Figure
    motif: Figure
    legend: tuple[Badge, ...]
    points: int
    laid: KeptPicture | None
    laid_alternative: str


def figures_of(sections: Iterable[Section], album: Album) -> dict[str, Figure | PairFigures]:
    """By the kind of a picture's section, or the place of a pair's; their pictures go to the album."""
    drawn: dict[str, Figure | PairFigures] = {}
    for section in sections:
        if isinstance(section, PictureSection):
            drawn[section.kind] = _alone(section, album)
        if isinstance(section, PairSection):
            drawn[section.place] = _both(section, album)
    return drawn


def _alone(section: PictureSection, album: Album) -> Figure:
    name = album.add("picture", section.picture, PICTURE)
    return _figure(section.picture, name, section.caption, section.title)


def _both(section: PairSection, album: Album) -> PairFigures:
    shown, number = section.pair, section.pair.number
    first = number == 1
    query = album.add("picture" if first else f"picture-{number}", shown.query, PICTURE if first else FURTHER)
    motif = album.add(f"motif-{number}", shown.motif, MOTIF if first else FURTHER)
    overlaid = any(isinstance(part, OverlayPart) for part in section.parts)
    laid = album.add_overlay(f"overlay-{number}", shown, OVERLAY if first else FURTHER) if overlaid else None
    points = evenly_spread(shown.layers, (shown.query.width, shown.query.height))
    count = len(shown.query_rings)
    return PairFigures(
        _side(shown.query, query, shown.query_name.caption, shown.query_rings, points[:, :2]),
        _side(shown.motif, motif, shown.motif_name.caption, shown.motif_rings, points[:, 2:]),
        tuple(badge(part, (10, 10), 9) for part in range(count if count > 1 else 0)),
        sum(len(layer.points) for layer in shown.layers),
        laid,
        t("evidence.alt.overlay", **shown.named),
    )


def _side(shown: Shown, name: str | None, caption: str, rings: list[Polygon], points: Array) -> Figure:
    size = (shown.width, shown.height)
    said = tn("evidence.alt.parts", len(rings), name=caption) if rings else caption
    return _figure(shown, name, caption, said, outlines(rings, size), matched_points(np.asarray(points), size))


def _figure(
    shown: Shown,
    name: str | None,
    caption: str,
    alternative: str,
    drawn: Outlines | None = None,
    dots: tuple[Dot, ...] = (),
) -> Figure:
    return Figure(name, reason_not_shown(shown), caption, alternative, shown.width, shown.height, drawn, dots)
