"""Printed documents: A4 sheets with fonts of their own, the office at the head, and at the foot what they are not.

Nothing in such a file tells who was logged in or where the program lies, and the same content made at the same moment
gives the same bytes. Pictures are JPEG streams whose place in the file is known (`parts`), so that a signature can name
the one that was changed.
"""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from umkm_cli import __version__
from umkm_cli.i18n import language, t

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FONTS = Path(__file__).parent / "fonts"
FAMILY = "DejaVu"
PAGE_MM = (210.0, 297.0)
MARGIN_MM = 18.0
FOOT_MM = 22.0
LABEL_MM = 48.0
QUIET_MODULES = 4
_BETWEEN_MM = PAGE_MM[0] - 2 * MARGIN_MM
INK = (28, 35, 48)
GREY = (89, 97, 110)
LINE = (201, 206, 214)
JPEG_QUALITY = 88
MISSING = "\ufffd"


@dataclass(frozen=True)
class Heading:
    """What stands on every sheet: the document's title, the office, when it was made (ISO moment), and disclaimers."""

    title: str
    office: str
    made_at: str
    disclaimers: Sequence[str]


class Document(FPDF):
    """A document of one or more A4 sheets; lengths are millimetres, sizes of letters points.

    Text goes on where the last piece ended and continues on a new sheet where it must. `picture` and `facts` keep
    together what belongs together. Characters that the fonts lack appear as a replacement sign.
    """

    def __init__(self, heading: Heading) -> None:
        super().__init__("portrait", "mm", "A4")
        self._heading = heading
        self._streams: dict[str, bytes] = {}
        self.add_font(FAMILY, "", FONTS / "DejaVuSans.ttf")
        self.add_font(FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
        self.set_title(self.normalize_text(heading.title))
        self.set_creator("umkm")
        self.set_producer(f"umkm {__version__}")
        self.set_lang(language())
        self.set_creation_date(datetime.fromisoformat(heading.made_at.replace("Z", "+00:00")))
        self.set_margins(MARGIN_MM, MARGIN_MM)
        self.set_auto_page_break(True, FOOT_MM)
        self.c_margin = 0
        self.set_line_width(0.2)
        self.set_draw_color(*LINE)
        self.alias_nb_pages()
        self.add_page()

    @property
    def width(self) -> float:
        """Between the margins."""
        return PAGE_MM[0] - float(self.l_margin + self.r_margin)

    @property
    def room(self) -> float:
        """What is left of this sheet below the last piece."""
        return PAGE_MM[1] - FOOT_MM - float(self.get_y())

    def normalize_text(self, text: str) -> str:
        """Everything that is written comes through here."""
        known = _drawable()
        return "".join(sign if sign in known else MISSING for sign in unicodedata.normalize("NFC", text))

    def header(self) -> None:
        self._pen(8, color=GREY)
        self.set_xy(MARGIN_MM, 9)
        self.cell(_BETWEEN_MM / 2, 4, t("document.office", office=self._heading.office))
        self.cell(_BETWEEN_MM / 2, 4, self._heading.title, align="R")
        self.line(MARGIN_MM, 14, PAGE_MM[0] - MARGIN_MM, 14)
        self.set_xy(MARGIN_MM, MARGIN_MM)

    def footer(self) -> None:
        top = PAGE_MM[1] - FOOT_MM + 4
        self.line(MARGIN_MM, top, PAGE_MM[0] - MARGIN_MM, top)
        self._pen(7, color=GREY)
        self.set_xy(MARGIN_MM, top + 1.5)
        for sentence in self._heading.disclaimers:
            self.set_x(MARGIN_MM)
            self.multi_cell(_BETWEEN_MM - 30, 3.2, sentence, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_xy(PAGE_MM[0] - MARGIN_MM - 30, top + 1.5)
        self.cell(30, 3.2, t("document.page", page=self.page_no(), pages="{nb}"), align="R")

    def heading(self, text: str, level: int = 1) -> None:
        """`level` 1 is the title of the document, 2 a section, 3 a part of one."""
        size, above, below = {1: (18.0, 0.0, 3.0), 2: (12.5, 5.0, 2.0), 3: (10.5, 3.0, 1.0)}[level]
        if self.room < above + size + 12:
            self.add_page()
        else:
            self.ln(above)
        self._pen(size, bold=True)
        self.multi_cell(self.width, size * 0.45, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(below)

    def paragraph(self, text: str, *, size: float = 10, bold: bool = False, grey: bool = False) -> None:
        self._pen(size, bold=bold, color=GREY if grey else INK)
        self.multi_cell(self.width, size * 0.48, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.5)

    def facts(
        self,
        items: Iterable[tuple[str, str | None]],
        *,
        width: float | None = None,
        label: float = LABEL_MM,
        size: float = 9.5,
    ) -> None:
        """Name and value, line by line; what says nothing is left out. `width` is that of the whole, at the left."""
        across = self.width if width is None else width
        line = size * 0.48
        for name, value in items:
            if not value:
                continue
            self._pen(size)
            height = self.multi_cell(across - label, line, value, align="L", dry_run=True, output="HEIGHT")
            assert isinstance(height, float)
            if self.room < min(height, 20 * line):
                self.add_page()
            top, page = self.get_y(), self.page_no()
            self._pen(size - 1, color=GREY)
            self.multi_cell(label - 3, line, name, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            below = self.get_y()
            self._pen(size)
            self.set_xy(self.l_margin + label, top)
            self.multi_cell(across - label, line, value, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            if self.page_no() == page:
                self.set_y(max(below, self.get_y()))
            self.ln(1)

    def picture(
        self,
        name: str,
        rgb: "npt.NDArray[np.uint8]",
        alternative: str,
        *,
        within: tuple[float, float],
        at: tuple[float, float] | None = None,
        max_px: int = 1200,
    ) -> tuple[float, float, float, float]:
        """Draw (h, w, 3) pixels as large as they fit `within` (w, h); the rectangle (x, y, w, h) that they take.

        `name` is the part's name for a signature. Below the last piece unless `at` says where; the pen goes on below
        only in the first case. `alternative` is what a reader that sees no pictures is told.
        """
        height_px, width_px = rgb.shape[:2]
        scale = min(within[0] / width_px, within[1] / height_px)
        width, height = width_px * scale, height_px * scale
        if at is None and self.room < height:
            self.add_page()
        x, y = at or (MARGIN_MM, self.get_y())
        stream = as_jpeg(rgb, max_px)
        self._streams.setdefault(name, stream)
        left, top = self.get_x(), self.get_y()
        self.image(io.BytesIO(stream), x, y, width, height, alt_text=self.normalize_text(alternative))
        self.set_xy(left, top if at else y + height + 2)
        return x, y, width, height

    def symbol(self, modules: Sequence[Sequence[int]], x: float, y: float, side: float) -> None:
        """Draw a QR code, rows of dark (1) and light (0) modules; `side` counts the quiet zone around it."""
        module = side / (len(modules) + 2 * QUIET_MODULES)
        self.set_fill_color(0)
        for row, values in enumerate(modules):
            column = 0
            while column < len(values):
                run = next((at for at in range(column, len(values)) if not values[at]), len(values)) - column
                if run:
                    left, top = x + (column + QUIET_MODULES) * module, y + (row + QUIET_MODULES) * module
                    self.rect(left, top, run * module, module, style="F")
                column += max(run, 1)

    def finished(self) -> bytes:
        return bytes(self.output())

    def parts(self, data: bytes) -> dict[str, tuple[int, int]]:
        """Where in the finished document the pictures lie: (start, end) in bytes by the names they were drawn under."""
        spans: dict[str, tuple[int, int]] = {}
        for name, stream in self._streams.items():
            start = data.find(stream)
            if start >= 0 and (start, start + len(stream)) not in spans.values():
                spans[name] = (start, start + len(stream))
        return spans

    def _pen(self, size: float, *, bold: bool = False, color: tuple[int, int, int] = INK) -> None:
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*color)


def standard_disclaimers() -> list[str]:
    """What every signed document of this program says that it is not."""
    return [t("document.not_djki"), t("document.not_certified")]


def as_jpeg(rgb: "npt.NDArray[np.uint8]", max_px: int) -> bytes:
    """(h, w, 3) pixels as a JPEG file whose longer side is at most `max_px`."""
    from PIL import Image

    image = Image.fromarray(rgb)
    image.thumbnail((max_px, max_px), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return written.getvalue()


@cache
def _drawable() -> frozenset[str]:
    """What both fonts can draw, and line breaks."""
    from fontTools.ttLib import TTFont

    known = []
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        with TTFont(FONTS / name) as font:
            known.append(set(font.getBestCmap()))
    return frozenset(map(chr, set.intersection(*known))) | {"\n"}
