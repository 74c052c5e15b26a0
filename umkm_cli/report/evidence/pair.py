"""One pair in the page: both pictures with what agrees, one laid over the other, the numbers, and the days."""

from umkm_cli.i18n import t, tn
from umkm_cli.report.evidence.album import FURTHER, MOTIF, OVERLAY, PICTURE, Album, reference
from umkm_cli.report.evidence.drawn import evenly_spread, matched_points, outlines, swatch
from umkm_cli.report.evidence.facts import side_facts
from umkm_cli.report.evidence.numbers import numbers_of
from umkm_cli.report.evidence.shown import ShownPair, reason_not_shown
from umkm_cli.report.evidence.timeline import KINDS, sign, timelines
from umkm_cli.report.kit.markup import Markup, Piece, element, joined
from umkm_cli.screening.evidence.origins import Shown

OVERLAY_PERCENT = 50


def article(shown: ShownPair, album: Album, *, sentence: bool) -> Markup:
    """All of a pair; its pictures go to the album. `sentence` says whether it needs a verdict of its own."""
    first = shown.number == 1
    query = album.add(f"picture-{shown.number}", shown.query, PICTURE if first else FURTHER)
    motif = album.add(f"motif-{shown.number}", shown.motif, MOTIF if first else FURTHER)
    laid = album.add_overlay(f"overlay-{shown.number}", shown, OVERLAY if first else FURTHER)
    heading = f"{shown.number}. {shown.heading}"
    return element(
        "article",
        element("h2", heading),
        *(element("p", line, class_="quiet") for line in shown.said_below),
        element("p", shown.sentence) if sentence else None,
        _both(shown, query, motif),
        _laid_over(shown, query, laid) if query and laid else None,
        _numbers(shown),
        _sides(shown),
        class_="pair",
        id=f"pair-{shown.number}",
    )


def picture_figure(shown: Shown, name: str | None, caption: str, *drawn: Piece, alternative: str) -> Markup:
    """A picture of the album with what is drawn on it, or a sentence that says why it is not shown."""
    if name is None:
        picture = element("p", reason_not_shown(shown), class_="missing")
    else:
        picture = _canvas(shown, alternative, reference(name), *drawn)
    return element("figure", element("figcaption", caption), picture)


def _both(shown: ShownPair, query: str | None, motif: str | None) -> Markup:
    layers = shown.layers
    points = evenly_spread(layers, (shown.query.width, shown.query.height))
    figures = []
    for side, name, caption, rings, columns in (
        (shown.query, query, shown.query_name.caption, shown.query_rings, slice(0, 2)),
        (shown.motif, motif, shown.motif_name.caption, shown.motif_rings, slice(2, 4)),
    ):
        size = (side.width, side.height)
        said = tn("evidence.alt.parts", len(rings), name=caption) if rings else caption
        drawn = (outlines(rings, size), matched_points(points[:, columns], size) if len(points) else None)
        figures.append(picture_figure(side, name, caption, *drawn, alternative=said))
    return element(
        "section",
        element("h3", t("evidence.pictures")),
        _legend(shown),
        *(_points_switch(shown, len(points)) if len(points) else ()),
        element("div", *figures, class_="both"),
        class_="pictures",
    )


def _legend(shown: ShownPair) -> Markup | None:
    count = len(shown.query_rings)
    if not count:
        return None if shown.hidden else element("p", t("evidence.pictures.none"), class_="quiet")
    parts = [element("li", swatch(number), t("evidence.part", n=number + 1)) for number in range(count)]
    note = element("p", t("evidence.pictures.note"), class_="quiet")
    return joined([note, element("ul", *parts, class_="legend") if count > 1 else None])


def _points_switch(shown: ShownPair, drawn: int) -> tuple[Markup, Markup]:
    name = f"points-{shown.number}"
    every = sum(len(layer.points) for layer in shown.layers)
    label = t("evidence.show_points", n=drawn, all=every)
    box = element("input", type="checkbox", id=name, class_="show-points")
    return box, element("label", label, for_=name, class_="screen")


def _laid_over(shown: ShownPair, query: str, laid: Markup) -> Markup:
    name = f"opacity-{shown.number}"
    slider = element("input", type="range", id=name, min="0", max="100", step="1", value=OVERLAY_PERCENT)
    controls = element(
        "div",
        element("label", t("evidence.opacity", **shown.named), for_=name),
        slider,
        element("output", f"{OVERLAY_PERCENT} %", for_=name),
        element("button", t("evidence.blink"), type="button", aria_pressed="false"),
        element("p", t("evidence.blink.note"), class_="quiet"),
        class_="controls screen",
    )
    canvas = _canvas(shown.query, t("evidence.alt.overlay", **shown.named), reference(query), laid)
    return element(
        "section",
        element("h3", t("evidence.overlay")),
        element("p", t("evidence.overlay.note", **shown.named), class_="quiet"),
        controls,
        element("figure", canvas),
        element("p", t("evidence.overlay.printed", **shown.named), class_="quiet printed"),
        class_="overlay",
    )


def _canvas(shown: Shown, alternative: str, *drawn: Piece) -> Markup:
    box = f"0 0 {shown.width} {shown.height}"
    return element("svg", *drawn, viewBox=box, role="img", aria_label=alternative, class_="canvas")


def _numbers(shown: ShownPair) -> Markup:
    head = [element("th", t(f"evidence.numbers.{name}"), scope="col") for name in ("what", "value", "means")]
    rows = [
        element("tr", element("th", item.name, scope="row"), element("td", item.value), element("td", item.meaning))
        for item in numbers_of(shown)
    ]
    table = element("table", element("thead", element("tr", *head)), element("tbody", *rows), class_="numbers")
    return element("section", element("h3", t("evidence.numbers")), table)


def _sides(shown: ShownPair) -> Markup:
    pair = shown.pair
    names = (shown.query_name.column, shown.motif_name.column)
    columns = [
        side_facts(pair.query, pair.query_origin, shown.query_name.design),
        side_facts(pair.motif, pair.motif_origin, shown.motif_name.design),
    ]
    rows = [
        element("tr", _row_name(key), *(element("td", _told(key, column[key])) for column in columns))
        for key in columns[0]
        if key in KINDS or any(column[key] for column in columns)
    ]
    head = element("tr", element("td"), *(element("th", name, scope="col") for name in names))
    return element(
        "section",
        element("h3", t("evidence.sides")),
        timelines(tuple(zip(names, (pair.query_origin, pair.motif_origin), strict=True))),
        element("table", element("thead", head), element("tbody", *rows), class_="sides"),
        element("p", t("evidence.sides.note")),
    )


def _row_name(key: str) -> Markup:
    return element("th", sign(key) if key in KINDS else None, t(f"evidence.fact.{key}"), scope="row")


def _told(key: str, value: str | None) -> Piece:
    if key == "sha256" and value:
        return element("code", value)
    return value or (t("evidence.unknown") if key in KINDS else "–")
