"""The evidence as a printed document: what the page shows, on A4 sheets, with the motif laid over at half opacity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from umkm_cli.i18n import t, tn
from umkm_cli.report.evidence.facts import (
    DISCLAIMERS,
    basis_of,
    decision_sentences,
    heading_of,
    history_rows,
    said_of,
    side_facts,
    title_of,
)
from umkm_cli.report.evidence.numbers import numbers_of
from umkm_cli.report.evidence.pdf_drawings import Box, draw_outlines, draw_timelines, laid_over_half
from umkm_cli.report.evidence.shown import ShownPair, brief_columns, brief_row, reason_not_shown, shown_pairs
from umkm_cli.report.evidence.timeline import KINDS
from umkm_cli.report.kit.pdf import FAMILY, INK, LINE, MARGIN_MM, Document, Heading
from umkm_cli.screening.evidence.kinds import CaseEvidence, CheckEvidence, Evidence
from umkm_cli.screening.evidence.origins import Shown
from umkm_cli.wording import case_facts

SHOWN = 5
"""Pairs with their pictures; the others follow in a table."""
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
    title = title_of(evidence)
    disclaimers = [t(f"evidence.disclaimer.{name}") for name in DISCLAIMERS]
    page = Document(Heading(title, evidence.provenance.office, evidence.provenance.made_at, disclaimers))
    page.heading(title)
    for line in heading_of(evidence):
        page.paragraph(line, size=8.5, grey=True)
    pairs = shown_pairs(evidence.pairs)
    _verdict(page, evidence)
    _case(page, evidence)
    if not pairs and isinstance(evidence, CheckEvidence):
        _alone(page, evidence.picture)
    for pair in pairs[:SHOWN]:
        _pair(page, pair, sentence=len(pairs) > 1)
    _further(page, pairs[SHOWN:])
    _basis(page, evidence)
    data = page.finished()
    return EvidencePdf(data, page.parts(data))


def _verdict(page: Document, evidence: Evidence) -> None:
    said = said_of(evidence)
    page.heading(t("evidence.verdict"), 2)
    page.paragraph(said.label, size=11.5, bold=True)
    for sentence in said.sentences:
        page.paragraph(sentence)
    page.paragraph(t("evidence.comparison_only"), size=8.5, grey=True)


def _case(page: Document, evidence: Evidence) -> None:
    if not isinstance(evidence, CaseEvidence):
        return
    case = evidence.case
    page.heading(t("evidence.case"), 2)
    page.facts([(name, str(value)) for name, value in case_facts(case)], size=9)
    page.ln(1)
    decisions = case.get("decisions") or []
    for decision in decisions:
        said, reason = decision_sentences(decision)
        page.paragraph(said, size=9.5, bold=True)
        page.paragraph(reason, size=9.5)
    if not decisions:
        page.paragraph(t("evidence.case.undecided"), size=9.5)
    rows = history_rows(case)
    if rows:
        page.heading(t("evidence.case.history"), 3)
        _table(page, [t(f"evidence.case.{name}") for name in ("when", "what", "who")], rows, (30, 110, 34))


def _pair(page: Document, shown: ShownPair, *, sentence: bool) -> None:
    if shown.number > 1:
        page.add_page()
    page.heading(f"{shown.number}. {shown.heading}", 2)
    for line in shown.said_below:
        page.paragraph(line, size=9, grey=True)
    if sentence:
        page.paragraph(shown.sentence, size=9.5)
    _both(page, shown)
    _overlay(page, shown)
    page.heading(t("evidence.numbers"), 3)
    names = [t(f"evidence.numbers.{name}") for name in ("what", "value", "means")]
    rows = [(item.name, item.value, item.meaning) for item in numbers_of(shown)]
    _table(page, names, rows, (36, 44, 94))
    _sides(page, shown)


def _both(page: Document, shown: ShownPair) -> None:
    """Both pictures side by side, what agrees in the same colours."""
    width = (page.width - _GAP_MM) / 2
    sides = [
        (f"picture-{shown.number}" if shown.number > 1 else "picture", shown.query, shown.query_name.caption),
        (f"motif-{shown.number}", shown.motif, shown.motif_name.caption),
    ]
    height = max(_height(side, width) for _, side, _ in sides)
    if page.room < height + _CAPTIONS_MM:
        page.add_page()
    page.heading(t("evidence.pictures"), 3)
    if shown.query_rings:
        page.paragraph(t("evidence.pictures.note"), size=8.5, grey=True)
    elif not shown.hidden:
        page.paragraph(t("evidence.pictures.none"), size=8.5, grey=True)
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


def _overlay(page: Document, shown: ShownPair) -> None:
    mixed = laid_over_half(shown, _pixels(shown))
    if mixed is None:
        return
    height = min(_OVERLAY_MM, page.width * mixed.shape[0] / mixed.shape[1])
    if page.room < height + 22:
        page.add_page()
    page.heading(t("evidence.overlay"), 3)
    page.paragraph(
        " ".join(t(f"evidence.overlay.{key}", **shown.named) for key in ("note", "printed")), size=8.5, grey=True
    )
    within = (page.width, _OVERLAY_MM)
    page.picture(
        f"overlay-{shown.number}", mixed, t("evidence.alt.overlay", **shown.named), within=within, max_px=_pixels(shown)
    )


def _sides(page: Document, shown: ShownPair) -> None:
    pair = shown.pair
    names = (shown.query_name.column, shown.motif_name.column)
    if page.room < _SIDES_MM:
        page.add_page()
    page.heading(t("evidence.sides"), 3)
    draw_timelines(page, tuple(zip(names, (pair.query_origin, pair.motif_origin), strict=True)))
    columns = [
        side_facts(pair.query, pair.query_origin, shown.query_name.design),
        side_facts(pair.motif, pair.motif_origin, shown.motif_name.design),
    ]
    rows = [
        (
            t(f"evidence.fact.{key}"),
            *(column[key] or (t("evidence.unknown") if key in KINDS else "–") for column in columns),
        )
        for key in columns[0]
        if key in KINDS or any(column[key] for column in columns)
    ]
    _table(page, ("", *names), rows, (38, 68, 68))
    page.paragraph(t("evidence.sides.note"), size=8.5, grey=True)


def _alone(page: Document, shown: Shown) -> None:
    """The picture that was checked, where nothing agrees with it."""
    caption = t("evidence.the_picture")
    page.heading(caption, 2)
    if shown.rgb is None:
        page.paragraph(reason_not_shown(shown))
    else:
        page.picture("picture", shown.rgb, caption, within=(page.width, _ALONE_MM), max_px=_PIXELS)


def _further(page: Document, pairs: Sequence[ShownPair]) -> None:
    if not pairs:
        return
    page.heading(t("evidence.more"), 2)
    page.paragraph(t("evidence.more.note"), size=8.5, grey=True)
    _table(page, brief_columns(pairs), [brief_row(item) for item in pairs], (70, 70, 34))


def _basis(page: Document, evidence: Evidence) -> None:
    page.heading(t("evidence.basis"), 2)
    page.facts([(fact.name, fact.value) for fact in basis_of(evidence)], size=8.5)


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
