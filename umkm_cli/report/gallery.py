"""The registered motifs to look at: one page with all of them, small, to search, to filter and to print."""

import base64
import io
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from umkm_cli import clock
from umkm_cli.cores import cores
from umkm_cli.db.reading import Row
from umkm_cli.i18n import t, tn
from umkm_cli.matching.describing.features import Rgb
from umkm_cli.registry.cases.case import designs_in_question
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.files import Unfit
from umkm_cli.registry.records.motif_fields import TECHNIQUES
from umkm_cli.registry.records.motifs import list_motifs
from umkm_cli.registry.records.publication import is_published
from umkm_cli.report.kit.html import whole_page
from umkm_cli.screening.judging.registered import read_pixels
from umkm_cli.settings import Settings
from umkm_cli.wording import day

MOST_BYTES = 13_500
"""Of one picture: with 400 of them the page stays below 8 MB."""
BATCH = 32
_SIZES = ((240, 64), (240, 50), (240, 36), (208, 36), (176, 36), (144, 36))
"""Longest side in pixels and quality, tried in turn."""
_STATUSES = ("registered", "held", "withdrawn")


@dataclass(frozen=True)
class Filter:
    """What the page can be narrowed by: the name of the data, what it is called, and the choices (value, name)."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Card:
    """One motif; `picture` is a source, None where there is a sentence in its place (`lacking`).

    `facts` are names and values, with a class of their own where they have one; `words` are what the search looks in.
    """

    title: str
    picture: str | None
    alternative: str
    lacking: str
    facts: tuple[tuple[str, str, str | None], ...]
    words: str
    status: str
    technique: str
    vendor: str


@dataclass(frozen=True)
class GalleryPage:
    """The page, how many motifs it shows, how many were left out as not published or withdrawn, and those (codes) whose
    picture cannot be had; of these, `altered` are those whose stored file is not the one that was recorded."""

    html: str
    motifs: int
    unpublished_left_out: int
    withdrawn_left_out: int
    without_picture: tuple[str, ...]
    altered: tuple[str, ...] = ()


def gallery_page(
    office: Office,
    *,
    unpublished: bool = False,
    withdrawn: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> GalleryPage:
    """Of each motif its first picture. `progress` is told how many motifs are done."""
    with office.reading() as reader:
        rows = list_motifs(reader, status="all")
        formats = {
            row["motif_id"]: row
            for row in reader.rows(
                "SELECT view.motif_id AS motif_id, view.sha256 AS sha256, image.format AS format FROM view "
                "JOIN image ON image.sha256 = view.sha256 WHERE view.motif_id IS NOT NULL ORDER BY view.position DESC"
            )
        }
        in_question = designs_in_question(reader)
    for row in rows:
        row["status"] = _status_shown(row, in_question, unpublished)
    standing = [row for row in rows if withdrawn or row["status"] != "withdrawn"]
    shown = [row for row in standing if unpublished or is_published(row)]
    pictures: list[str | Unfit] = []
    with ThreadPoolExecutor(cores()) as pool:
        for start in range(0, len(shown), BATCH):
            views = [formats.get(row["id"]) for row in shown[start : start + BATCH]]
            pictures += pool.map(partial(_picture, office.settings), views)
            progress(len(pictures))
    return GalleryPage(
        _html(office.settings.office, shown, pictures),
        len(shown),
        len(standing) - len(shown),
        len(rows) - len(standing),
        tuple(row["code"] for row, picture in zip(shown, pictures, strict=True) if isinstance(picture, Unfit)),
        tuple(row["code"] for row, picture in zip(shown, pictures, strict=True) if picture is Unfit.ALTERED),
    )


def _status_shown(row: Row, in_question: Collection[str], inside: bool) -> str:
    """Who was recorded later waits for a decision, but both designs are in question: inside the office both are marked,
    outside neither."""
    if row["status"] == "withdrawn":
        return "withdrawn"
    return "held" if inside and (row["status"] == "held" or row["id"] in in_question) else "registered"


def _picture(settings: Settings, view: Row | None) -> str | Unfit:
    found = read_pixels(settings, view["sha256"], view["format"]) if view else Unfit.MISSING
    return found if isinstance(found, Unfit) else thumbnail(found)


def thumbnail(rgb: Rgb) -> str:
    """A small WebP for `src`: fine lines are compressed harder and then made smaller, to keep to `MOST_BYTES`."""
    from PIL import Image

    image = Image.fromarray(rgb)
    for longest, quality in _SIZES:
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
        file = io.BytesIO()
        image.save(file, "WEBP", quality=quality, method=4)
        if file.tell() <= MOST_BYTES:
            break
    return f"data:image/webp;base64,{base64.b64encode(file.getvalue()).decode()}"


def _html(office: str, shown: Sequence[Row], pictures: Sequence[str | Unfit]) -> str:
    said = tn("gallery.said", len(shown), office=office, date=day(clock.today().isoformat()))
    return whole_page(
        "gallery",
        t("gallery.title"),
        scripted=True,
        said=said,
        inside=not all(is_published(row) for row in shown),
        filters=_filters(shown),
        count=tn("gallery.count", len(shown), shown="{shown}", total="{total}"),  # filled in as the page filters
        cards=[_card(row, picture) for row, picture in zip(shown, pictures, strict=True)],
    )


def _filters(shown: Sequence[Row]) -> list[Filter]:
    standing = {row["status"] for row in shown}
    statuses = tuple((name, t(f"motif.status.{name}")) for name in _STATUSES if name in standing)
    techniques = tuple((name, name) for name in TECHNIQUES if name in {row["technique"] for row in shown})
    vendors = sorted({(row["vendor_code"], row["vendor_name"]) for row in shown}, key=lambda item: item[1].casefold())
    twice = {name for _, name in vendors if [other for _, other in vendors].count(name) > 1}
    named = tuple((code, f"{name} ({code})" if name in twice else name) for code, name in vendors)
    return [
        Filter("status", t("column.status"), statuses),
        Filter("technique", t("column.technique"), techniques),
        Filter("vendor", t("column.vendor"), named),
    ]


def _card(row: Row, picture: str | Unfit) -> Card:
    facts = (
        (t("column.code"), row["code"], None),
        (t("column.vendor"), row["vendor_name"], None),
        (t("column.status"), _status(row), "status"),
        (t("column.technique"), row["technique"], None),
        (t("gallery.published"), _dated(row["first_published"]), None),
        (t("gallery.registered"), _dated(row["created_at"]), None),
    )
    return Card(
        row["title"],
        None if isinstance(picture, Unfit) else picture,
        t("gallery.alt", title=row["title"], vendor=row["vendor_name"]),
        t("gallery.altered_picture" if picture is Unfit.ALTERED else "gallery.no_picture"),
        tuple((name, value, class_) for name, value, class_ in facts if value),
        " ".join(filter(None, (row["title"], row["code"], row["ref"], row["vendor_name"]))),
        row["status"],
        row["technique"] or "",
        row["vendor_code"],
    )


def _status(row: Row) -> str:
    status = t(f"motif.status.{row['status']}")
    return status if is_published(row) else f"{status}, {t('gallery.unpublished')}"


def _dated(text: Any) -> str | None:
    if not isinstance(text, str) or not text:
        return None
    return day(text, short=True) if len(text) >= len("2026-01-01") else text
