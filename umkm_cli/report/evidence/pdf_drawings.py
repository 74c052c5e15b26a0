"""What is drawn on the sheets of printed evidence: outlines on pictures, and the days of both sides on one axis."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from umkm_cli.i18n import t
from umkm_cli.matching.describing.features import Rgb
from umkm_cli.matching.regions import Polygon
from umkm_cli.report.evidence.drawn import BADGE, badge_places, colour, ink
from umkm_cli.report.evidence.shown import ShownPair
from umkm_cli.report.evidence.timeline import KINDS, Event, Scale, events_of, stacked
from umkm_cli.report.kit.pdf import FAMILY, GREY, INK, LINE, MARGIN_MM, Document
from umkm_cli.report.kit.pictures import laid_over
from umkm_cli.screening.evidence.origins import Origin

FILLS = {
    "created": (0, 158, 115),
    "first_published": (230, 159, 0),
    "registered": (86, 180, 233),
    "seen": (255, 255, 255),
}
_SHAPES = {
    "created": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "first_published": ((0, -1.25), (1.15, 1), (-1.15, 1)),
    "registered": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
}
_RADIUS_MM, _ROW_MM, _MARK_MM = 1.4, 3.4, 1.15
_LEAST_BADGE_MM = 1.9
_UNDER_MM, _OVER_MM, _HAIR_MM = 0.9, 0.5, 0.2


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet, in millimetres."""

    x: float
    y: float
    width: float
    height: float


def draw_outlines(page: Document, box: Box, rings: Sequence[Polygon], size: tuple[int, int]) -> None:
    """`rings` in pixels of a picture `size` (width, height) that lies in `box`: part k has one colour on both sides."""
    scale = box.width / size[0]
    shown = [(number, ring) for number, ring in enumerate(rings) if len(ring) > 2]
    for number, ring in shown:
        points = [(box.x + x * scale, box.y + y * scale) for x, y in ring]
        for width, line in ((_UNDER_MM, (255, 255, 255)), (_OVER_MM, _rgb(colour(number)))):
            page.set_line_width(width)
            page.set_draw_color(*line)
            page.polygon(points, style="D")
    radius = max(_LEAST_BADGE_MM, BADGE * max(box.width, box.height))
    places = badge_places([ring for _, ring in shown], size, radius / scale)
    for (number, _), (x, y) in zip(shown, places, strict=True):
        _badge(page, number, box.x + x * scale, box.y + y * scale, radius)
    _plain_lines(page)


def laid_over_half(shown: ShownPair, longest_px: int) -> Rgb | None:
    """The query with the motif over it at half opacity, uint8 (h, w, 3); None where it cannot be shown."""
    query, motif = shown.query.rgb, shown.motif.rgb
    if query is None or motif is None or not shown.layers:
        return None
    laid = laid_over(motif, (shown.query.width, shown.query.height), shown.layers, longest_px)
    below = cv2.resize(query, (laid.shape[1], laid.shape[0]), interpolation=cv2.INTER_AREA)
    mixed = cv2.addWeighted(below, 0.5, np.ascontiguousarray(laid[:, :, :3]), 0.5, 0)
    return np.asarray(np.where(laid[:, :, 3:] > 0, mixed, below), np.uint8)


def draw_timelines(page: Document, sides: Sequence[tuple[str, Origin]]) -> None:
    """Both sides (name, what is known) on one axis below the last piece; nothing where no day is known.

    The caller sees that there is room.
    """
    lanes = [(name, events_of(origin)) for name, origin in sides]
    days = [day for _, events in lanes for event in events for day in (event.first, event.last)]
    if not days:
        return
    scale = Scale(min(days), max(days))
    placed = [(name, stacked(events, scale)) for name, events in lanes]
    heights = [6 + _ROW_MM * max([row for row, _ in rows], default=0) + 4.5 for _, rows in placed]
    top = page.get_y()
    _ticks(page, scale, top, top + sum(heights))
    y = top
    for (name, rows), height in zip(placed, heights, strict=True):
        _text(page, name, MARGIN_MM, y, 8, bold=True)
        _lane(page, rows, scale, y + height - 2.5)
        y += height
    _kinds(page, [kind for kind in KINDS if any(event.kind == kind for _, events in lanes for event in events)], y + 5)
    page.set_xy(MARGIN_MM, y + 10)


def _lane(page: Document, rows: Sequence[tuple[int, Event]], scale: Scale, axis: float) -> None:
    page.set_draw_color(*GREY)
    page.line(MARGIN_MM, axis, MARGIN_MM + page.width, axis)
    for row, event in rows:
        left, right = (_place(page, scale.place(day)) for day in (event.first, event.last))
        at, y = (left + right) / 2, axis - _ROW_MM * row
        page.set_draw_color(*GREY)
        if row:
            page.line(at, y, at, axis)
        if event.first != event.last:
            page.set_line_width(_OVER_MM)
            page.line(left, y, right, y)
            page.set_line_width(_HAIR_MM)
        _mark(page, event.kind, at, y)


def _ticks(page: Document, scale: Scale, top: float, bottom: float) -> None:
    for day, name in scale.ticks():
        x = _place(page, scale.place(day))
        page.set_draw_color(*LINE)
        page.line(x, top, x, bottom)
        page.set_font(FAMILY, "", 7)
        _text(page, name, x - page.get_string_width(name) / 2, bottom + 0.5, 7, color=GREY)


def _kinds(page: Document, kinds: Sequence[str], y: float) -> None:
    """What the signs stand for."""
    x = MARGIN_MM
    for kind in kinds:
        name = t(f"evidence.fact.{kind}")
        _mark(page, kind, x + _RADIUS_MM, y + 1.6)
        _text(page, name, x + 3.6, y, 7.5, color=GREY)
        x += 3.6 + page.get_string_width(name) + 6


def _mark(page: Document, kind: str, x: float, y: float) -> None:
    page.set_draw_color(*INK)
    page.set_fill_color(*FILLS[kind])
    if kind in _SHAPES:
        page.polygon([(x + dx * _MARK_MM, y + dy * _MARK_MM) for dx, dy in _SHAPES[kind]], style="DF")
    else:
        page.circle(x, y, _MARK_MM, style="DF")
    _plain_lines(page)


def _badge(page: Document, number: int, x: float, y: float, radius: float) -> None:
    page.set_line_width(_HAIR_MM)
    page.set_draw_color(*INK)
    page.set_fill_color(*_rgb(colour(number)))
    page.circle(x, y, radius, style="DF")
    label, size = str(number + 1), radius * 3.4
    page.set_font(FAMILY, "B", size)
    page.set_text_color(*((255, 255, 255) if ink(number) == "#fff" else (0, 0, 0)))
    page.text(x - page.get_string_width(label) / 2, y + size * 0.125, label)


def _text(
    page: Document, text: str, x: float, y: float, size: float, *, bold: bool = False, color: tuple[int, int, int] = INK
) -> None:
    page.set_font(FAMILY, "B" if bold else "", size)
    page.set_text_color(*color)
    page.text(x, y + size * 0.33, text)


def _place(page: Document, percent: float) -> float:
    return MARGIN_MM + page.width * percent / 100


def _plain_lines(page: Document) -> None:
    page.set_line_width(_HAIR_MM)
    page.set_draw_color(*LINE)
    page.set_fill_color(255)


def _rgb(text: str) -> tuple[int, int, int]:
    """`#e69f00` as numbers."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
