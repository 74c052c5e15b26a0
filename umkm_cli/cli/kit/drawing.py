"""A picture beside the motif that it matches, where the terminal can draw; else where to see both."""

import os
import sys
from typing import TYPE_CHECKING, Any

from umkm_cli.cli.kit.layout import console
from umkm_cli.cli.kit.output import say
from umkm_cli.i18n import t
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from PIL.Image import Image

    from umkm_cli.desk.checks import Checked, Report
    from umkm_cli.matching.regions import Polygon

LINES = 18
SIDE_PIXELS = 480
GAP_PIXELS = 16
MARK = (255, 212, 0)
DRAWN_AT_MOST = 3
"""Of more pictures nobody reads the drawings; the page shows them all."""


def show_pairs(settings: Settings, report: "Report") -> None:
    """Draw them, or say where they are to be seen where one of them asks for a look."""
    if not draw_pairs(settings, report) and any(result.outcome.alert for result in report.results):
        say(t("motif.see_in_browser"))


def draw_pairs(settings: Settings, report: "Report") -> bool:
    """Draw each picture beside the motif that its verdict is about; whether nothing is left to be seen elsewhere.

    Nothing is drawn, and nothing missed, where nobody looks: in a pipe, a file, or a terminal that is said to have no
    colours.
    """
    found = [result for result in report.results if result.outcome.decisive is not None]
    if not found or not _somebody_looks():
        return True
    renderer = _renderer() if len(found) <= DRAWN_AT_MOST else None
    drawn = [renderer is not None and _draw(settings, result, renderer) for result in found]
    return all(drawn)


def _somebody_looks() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdin.isatty() and sys.stdout.isatty()


def _renderer() -> Any:
    """What draws in this terminal (Sixel or Kitty's protocol), None where nothing does.

    The library asks the terminal when it is imported; its pictures made of half characters show too little of a motif.
    """
    try:
        from textual_image import renderable
    except Exception:  # it reads what a terminal answers, which may be anything
        return None
    able = (renderable.SixelImage, renderable.TGPImage)
    return renderable.Image if renderable.Image in able else None


def _draw(settings: Settings, result: "Checked", renderer: Any) -> bool:
    from umkm_cli.desk.checks import motif_pixels

    judged, prepared = result.outcome.decisive, result.prepared
    if judged is None or prepared is None:
        return False
    motif = motif_pixels(settings, judged)
    if motif is None:
        return False
    pair = _side_by_side(
        _outlined(prepared.picture.rgb, judged.match.query_region), _outlined(motif, judged.match.motif_region)
    )
    screen = console()
    lines = min(LINES, screen.width * pair.height // (2 * pair.width))  # a character is about twice as high as wide
    say(t("motif.pictures_below", image=result.image, code=judged.standing.code))
    screen.print(renderer(pair, height=max(1, lines), width="auto"))
    return True


def _outlined(rgb: "npt.NDArray[np.uint8]", region: "Polygon") -> "Image":
    from PIL import Image, ImageDraw

    image = Image.fromarray(rgb)
    scale = SIDE_PIXELS / image.height
    small = image.resize((max(1, min(3 * SIDE_PIXELS, round(image.width * scale))), SIDE_PIXELS))
    across = small.width / image.width
    if len(region) > 2:
        points = [(x * across, y * scale) for x, y in region]
        ImageDraw.Draw(small).line([*points, points[0]], fill=MARK, width=4, joint="curve")
    return small


def _side_by_side(left: "Image", right: "Image") -> "Image":
    from PIL import Image

    pair = Image.new("RGB", (left.width + GAP_PIXELS + right.width, SIDE_PIXELS), "white")
    pair.paste(left, (0, 0))
    pair.paste(right, (left.width + GAP_PIXELS, 0))
    return pair
