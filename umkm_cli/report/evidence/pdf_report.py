"""The evidence as a printed document: what the page shows, on A4 sheets, with the motif laid over at half opacity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from umkm_cli.i18n import t, tn
from umkm_cli.report.evidence.pdf_drawings import Box, draw_outlines, draw_timelines, laid_over_half
from umkm_cli.report.evidence.sections import (
    BasisSection,
    CaseSection,
    ContentsSection,
    FurtherSection,
    NumbersPart,
    OverlayPart,
    PairPart,
    PairSection,
    PictureSection,
    PicturesPart,
    Section,
    SidesPart,
    VerdictSection,
    frame_of,
    sections_of,
)
from umkm_cli.report.evidence.shown import ShownPair, reason_not_shown
from umkm_cli.report.kit.pdf import FAMILY, INK, LINE, MARGIN_MM, Document, Heading
from umkm_cli.screening.evidence.kinds import Evidence
from umkm_cli.screening.evidence.origins import Shown

_GAP_MM = 6.0
_PICTURE_MM, _OVERLAY_MM, _ALONE_MM = 96.0, 88.0, 120.0
"""How high pictures may be."""
_CAPTIONS_MM = 24.0
"""What stands above and below two pictures."""
_PIXELS, _FURTHER_PIXELS = 1100, 640
"""Of the long side: of the first pair, and of those that follow, so that a document of five can be sent."""
_SIDES_MM = 110.0
"""What both sides' days and facts take, about: they are to be seen together."""
_SMALL = 8.0


@dataclass(frozen=True)
class EvidencePdf:
    """`parts` are the places (start, end) in `data` of the pictures' streams, by name, for a signature."""

    data: bytes
    parts: Mapping[str, tuple[int, int]]


def evidence_pdf(evidence: Evidence) -> EvidencePdf:
    """The document in the user's language, of the edition that `evidence` is (see `for_the_parties`)."""
    frame, provenance = frame_of(evidence), evidence.provenance
    page = Document(Heading(frame.title, provenance.office, provenance.made_at, frame.disclaimers))
    page.heading(frame.title)
    for line in (frame.made, frame.edition):
        page.paragraph(line, size=8.5, grey=True)
    for section in sections_of(evidence):
        _draw(page, section)
    data = page.finished()
    return EvidencePdf(data, page.parts(data))


def _draw(page: Document, section: Section | PairPart) -> None:
    match section:
        case VerdictSection():
            _verdict(page, section)
        case CaseSection():
            _case(page, section)
        case ContentsSection():
            pass  # paper has no links
        case PictureSection():
            _alone(page, section)
        case PairSection():
            _pair(page, section)
        case PicturesPart():
            _both(page, section)
        case OverlayPart():
            _overlay(page, section)
        case NumbersPart():
            _numbers(page, section)
        case SidesPart():
            _sides(page, section)
        case FurtherSection():
            _further(page, section)
        case BasisSection():
            _basis(page, section)
        case _:
            assert_never(section)


def _verdict(page: Document, section: VerdictSection) -> None:
    page.heading(section.title, 2)
    page.paragraph(section.said.label, size=11.5, bold=True)
    for sentence in section.said.sentences:
        page.paragraph(sentence)
    page.paragraph(section.note, size=8.5, grey=True)


def _case(page: Document, section: CaseSection) -> None:
    page.heading(section.title, 2)
    page.facts([(fact.name, fact.value) for fact in section.facts], size=9)
    page.ln(1)
    for said, reason in section.decisions:
        page.paragraph(said, size=9.5, bold=True)
        page.paragraph(reason, size=9.5)
    if not section.decisions:
        page.paragraph(section.undecided, size=9.5)
    if section.history is not None:
        page.heading(section.history_title, 3)
        _table(page, section.history.columns, section.history.rows, (30, 110, 34))


def _pair(page: Document, section: PairSection) -> None:
    if section.pair.number > 1:
        page.add_page()
    page.heading(section.title, 2)
    for line in section.said:
        page.paragraph(line, size=9, grey=True)
    if section.sentence is not None:
        page.paragraph(section.sentence, size=9.5)
    for part in section.parts:
        _draw(page, part)


def _both(page: Document, part: PicturesPart) -> None:
    """Both pictures side by side, what agrees in the same colours."""
    shown = part.pair
    width = (page.width - _GAP_MM) / 2
    sides = [
        (f"picture-{shown.number}" if shown.number > 1 else "picture", shown.query, shown.query_name.caption),
        (f"motif-{shown.number}", shown.motif, shown.motif_name.caption),
    ]
    height = max(_height(side, width) for _, side, _ in sides)
    if page.room < height + _CAPTIONS_MM:
        page.add_page()
    page.heading(part.title, 3)
    if part.note is not None:
        page.paragraph(part.note, size=8.5, grey=True)
    top = page.get_y()
    for column, ((name, side, caption), rings) in enumerate(
        zip(sides, (shown.query_rings, shown.motif_rings), strict=True)
    ):
        left = MARGIN_MM + column * (width + _GAP_MM)
        _caption(page, caption, left, top, width)
        _picture(page, name, side, caption, Box(left, top + 5, width, _PICTURE_MM), rings, _pixels(shown))
    page.set_xy(MARGIN_MM, top + 5 + height + 3)


def _picture(
    page: Document,
    name: str,
    shown: Shown,
    caption: str,
    box: Box,
    rings: Sequence[Sequence[tuple[float, float]]],
    pixels: int,
) -> None:
    if shown.rgb is None:
        page.set_font(FAMILY, "", 9)
        page.set_text_color(*INK)
        page.set_xy(box.x, box.y)
        page.multi_cell(box.width, 4.4, reason_not_shown(shown), align="L")
        return
    said = tn("evidence.alt.parts", len(rings), name=caption) if rings else caption
    within, at = (box.width, box.height), (box.x, box.y)
    drawn = page.picture(name, shown.rgb, said, within=within, at=at, max_px=pixels)
    draw_outlines(page, Box(*drawn), [tuple(ring) for ring in rings], (shown.width, shown.height))


def _overlay(page: Document, part: OverlayPart) -> None:
    shown = part.pair
    mixed = laid_over_half(shown, _pixels(shown))
    if mixed is None:
        return
    height = min(_OVERLAY_MM, page.width * mixed.shape[0] / mixed.shape[1])
    if page.room < height + 22:
        page.add_page()
    page.heading(part.title, 3)
    page.paragraph(f"{part.note} {part.printed}", size=8.5, grey=True)
    within = (page.width, _OVERLAY_MM)
    page.picture(
        f"overlay-{shown.number}", mixed, t("evidence.alt.overlay", **shown.named), within=within, max_px=_pixels(shown)
    )


def _numbers(page: Document, part: NumbersPart) -> None:
    page.heading(part.title, 3)
    _table(page, part.columns, [(item.name, item.value, item.meaning) for item in part.numbers], (36, 44, 94))


def _sides(page: Document, part: SidesPart) -> None:
    if page.room < _SIDES_MM:
        page.add_page()
    page.heading(part.title, 3)
    draw_timelines(page, part.sides)
    names = [name for name, _ in part.sides]
    _table(page, ("", *names), [(row.name, *row.values) for row in part.rows], (38, 68, 68))
    page.paragraph(part.note, size=8.5, grey=True)


def _alone(page: Document, section: PictureSection) -> None:
    page.heading(section.title, 2)
    if section.picture.rgb is None:
        page.paragraph(reason_not_shown(section.picture))
    else:
        within = (page.width, _ALONE_MM)
        page.picture("picture", section.picture.rgb, section.title, within=within, max_px=_PIXELS)


def _further(page: Document, section: FurtherSection) -> None:
    page.heading(section.title, 2)
    page.paragraph(section.note, size=8.5, grey=True)
    _table(page, section.table.columns, section.table.rows, (70, 70, 34))


def _basis(page: Document, section: BasisSection) -> None:
    page.heading(section.title, 2)
    page.facts([(fact.name, fact.value) for fact in section.facts], size=8.5)


def _table(page: Document, names: Sequence[str], rows: Sequence[Sequence[str]], widths: tuple[float, ...]) -> None:
    """`widths` in millimetres; the first column names the row."""
    page.set_font(FAMILY, "", _SMALL)
    page.set_text_color(*INK)
    page.set_draw_color(*LINE)
    with page.table(
        col_widths=widths,
        width=sum(widths),
        align="LEFT",
        text_align="LEFT",
        line_height=_SMALL * 0.46,
        padding=(0.8, 1.5, 0.8, 0),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=FontFace(emphasis="BOLD", color=INK),
        first_row_as_headings=True,
    ) as table:
        for cells in (names, *rows):
            row = table.row()
            for cell in cells:
                row.cell(page.normalize_text(cell))
    page.ln(2)


def _caption(page: Document, text: str, x: float, y: float, width: float) -> None:
    page.set_font(FAMILY, "B", 8.5)
    page.set_text_color(*INK)
    while page.get_string_width(text) > width and len(text) > 1:
        text = f"{text.rstrip('…')[:-1]}…"
    page.text(x, y + 3.2, text)


def _height(shown: Shown, width: float) -> float:
    """Of a picture, or of the sentence in its place."""
    return min(_PICTURE_MM, width * shown.height / shown.width) if shown.rgb is not None and shown.width else 24.0


def _pixels(shown: ShownPair) -> int:
    return _PIXELS if shown.number == 1 else _FURTHER_PIXELS
