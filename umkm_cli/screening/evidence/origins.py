"""Both sides of a pair in the evidence: the picture itself, and what the registry knows of where it comes from."""

from dataclasses import dataclass
from typing import cast

from umkm_cli.db.reading import Reader, Row, listed
from umkm_cli.documents.checks import MatchDocument
from umkm_cli.documents.evidence import EvidenceOrigin, EvidenceSide
from umkm_cli.matching.decoding.decode import UnreadableImage, decode
from umkm_cli.matching.describing.features import Rgb
from umkm_cli.registry.cases.sides import Sides
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.pictures.files import Unfit
from umkm_cli.registry.pictures.images import read_original
from umkm_cli.registry.records.publication import is_published
from umkm_cli.settings import Settings


@dataclass(frozen=True, eq=False)
class Shown:
    """A picture in the evidence; `rgb` uint8 (h, w, 3) upright sRGB and `data`, the file's bytes.

    Both are None where the original is not kept, cannot be had (`unfit` says why), or must not be shown (`hidden`).
    """

    sha256: str
    filename: str
    width: int
    height: int
    rgb: Rgb | None = None
    data: bytes | None = None
    hidden: bool = False
    unfit: Unfit | None = None


@dataclass(frozen=True)
class VendorName:
    """A business as evidence calls it; whoever sent a picture to be checked is known by name only."""

    name: str
    code: str | None = None


@dataclass(frozen=True)
class Origin:
    """What the registry knows of a picture: a view of a motif or a product, or only a picture that somebody brought.

    Days are ISO, moments ISO in UTC. `published` says whether it may be shown outside the office; `seen` is when a
    picture was handed in, or seen by whoever complains.
    """

    kind: str
    code: str | None = None
    title: str | None = None
    vendor: VendorName | None = None
    creators: tuple[str, ...] = ()
    published: bool = False
    created: str | None = None
    first_published: str | None = None
    first_published_place: str | None = None
    registered: str | None = None
    djki_application: str | None = None
    djki_record: str | None = None
    seen: str | None = None
    seen_where: str | None = None


_NAME = """
    SELECT filename FROM (SELECT filename, created_at, sha256 FROM view
    UNION ALL SELECT filename, created_at, sha256 FROM attachment) AS named
    WHERE sha256 = :sha256 ORDER BY created_at LIMIT 1
"""


def registered_side(reader: Reader, settings: Settings, match: MatchDocument) -> tuple[Shown, Origin]:
    """The registered side of a match."""
    shown = picture_of(reader, settings, match["view"]["sha256"])
    kind = Design(match.get("kind", Design.MOTIF.value))
    row = reader.one(f"SELECT * FROM {kind} WHERE code = :code", code=match["code"])
    return shown, _design_origin(reader, kind, row) if row else Origin(kind.value, match["code"], match["title"])


def origin_of(reader: Reader, sides: Sides | None, case: Row) -> Origin:
    """The other side of a case's match: a design, where both sides are on record, else a picture."""
    if sides is not None:
        kind = Design(sides.picture["kind"])
        row = reader.one(f"SELECT * FROM {kind} WHERE code = :code", code=sides.picture["code"])
        if row is not None:
            return _design_origin(reader, kind, row)
    check = reader.one('SELECT at, vendor_id FROM "check" WHERE id = :id', id=case["check_id"])
    vendor = _vendor(reader, check["vendor_id"]) if check else None
    seen = case["seen_at"] or (check["at"] if check else case["created_at"])
    return Origin("picture", vendor=vendor, published=True, seen=seen, seen_where=case["seen_where"])


def _design_origin(reader: Reader, kind: Design, row: Row) -> Origin:
    people = listed(row["creators"]) if kind is Design.MOTIF else []
    known = ("first_published", "first_published_place", "djki_application", "djki_record")
    return Origin(
        kind.value,
        row["code"],
        row[kind.name_column],
        _vendor(reader, row["vendor_id"]),
        tuple(person["name"] for person in people),
        kind is Design.PRODUCT or is_published(row),
        created=row.get("creation_date"),
        registered=row["created_at"],
        **{name: row.get(name) for name in known},
    )


def _vendor(reader: Reader, vendor_id: str | None) -> VendorName | None:
    row = reader.one("SELECT code, name FROM vendor WHERE id = :id", id=vendor_id)
    return None if row is None else VendorName(**row)


def picture_of(reader: Reader, settings: Settings, sha256: str) -> Shown:
    """A picture by its file's SHA-256, with the original where that is kept."""
    row = reader.one("SELECT * FROM image WHERE sha256 = :sha256", sha256=sha256)
    name = reader.value(_NAME, sha256=sha256) or ""
    if row is None:
        return Shown(sha256, name, 0, 0)
    size, data = (row["width"], row["height"]), read_original(settings, sha256, row["format"])
    if isinstance(data, Unfit):
        return Shown(sha256, name, *size, unfit=data if row["stored"] else None)
    try:
        return Shown(sha256, name, *size, decode(data).rgb, data)
    except UnreadableImage:
        return Shown(sha256, name, *size, unfit=Unfit.UNREADABLE)


def side_document(shown: Shown, origin: Origin) -> EvidenceSide:
    """As in `umkm.evidence/1`."""
    document: EvidenceSide = {
        "sha256": shown.sha256,
        "width": shown.width,
        "height": shown.height,
        "origin": _origin_document(origin),
    }
    return {**document, "stored_file": shown.unfit.value} if shown.unfit else document


def _origin_document(origin: Origin) -> EvidenceOrigin:
    told = {name: value for name, value in vars(origin).items() if value not in (None, ())}
    vendor = origin.vendor
    if vendor is not None:
        told["vendor"] = {"code": vendor.code, "name": vendor.name} if vendor.code else {"name": vendor.name}
    return cast(EvidenceOrigin, told)
