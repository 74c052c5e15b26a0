"""Motifs: finding, listing, editing and withdrawing them. Registering one is screening's business."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, cast

from umkm_cli.db.reading import Reader, Row, narrowed
from umkm_cli.errors import UmkmError
from umkm_cli.registry.office.finding import find_by_code_or_ref
from umkm_cli.registry.pictures.attachments import attachments_of
from umkm_cli.registry.pictures.designs import Design, view_documents
from umkm_cli.registry.records.motif_fields import MOTIF_FIELDS
from umkm_cli.registry.records.people import Role, keep_details, shown_people
from umkm_cli.registry.records.publication import is_published, publication_of, with_publication
from umkm_cli.registry.values.fields import column_names, row_values
from umkm_cli.registry.values.reasons import read_reason

if TYPE_CHECKING:
    from sqlmodel import Session

    from umkm_cli.db.tables import Motif
    from umkm_cli.documents.motifs import MotifBrief, MotifDocument
    from umkm_cli.registry.office.work import Work


class HasSha256(Protocol):
    @property
    def sha256(self) -> str: ...


_SELECT = """
    SELECT motif.*, vendor.code AS vendor_code, vendor.name AS vendor_name
    FROM motif JOIN vendor ON vendor.id = motif.vendor_id
"""
_FIRST = ("code", "ref", "source", "title", "status", "kind", "published", "publication")
_SHOWN = (
    *_FIRST,
    *(name for name in column_names(MOTIF_FIELDS) if name not in _FIRST),
    *("withdrawn_at", "withdrawn_reason", "created_at", "updated_at"),
)


def find_motif(reader: Reader, key: str) -> Row:
    """By code or `ref`. Raises `UmkmError`: `motif_not_found`, `code_mistyped`, `ambiguous_ref`."""
    return find_by_code_or_ref(reader, "motif", key)


def list_motifs(
    reader: Reader,
    *,
    vendor_id: str | None = None,
    status: str | None = None,
    search: str | None = None,
    undecided: bool = False,
) -> list[Row]:
    """Rows with their vendor, by code; withdrawn ones only where their status is asked for.

    `undecided`: only those of which the office has still to say whether they are published.
    """
    where, wanted = narrowed(
        vendor=("motif.vendor_id = :vendor", vendor_id),
        status=("motif.status = :status", None if status == "all" else status),
        unless=("motif.status <> :unless", "withdrawn" if status is None else None),
    )
    rows = reader.rows(f"{_SELECT} {where} ORDER BY motif.code", **wanted)
    if undecided:
        rows = [row for row in rows if row["publication_undecided"]]
    if search:
        from umkm_cli.registry.office.searching import rank

        rows = rank(rows, "title_key", search)
    return rows


def motif_document(reader: Reader, row: Row, *, reveal: bool = False) -> "MotifDocument":
    """`umkm.motif/1`, with its views and files. Personal data is masked unless `reveal`."""
    full = row if "vendor_code" in row else reader.rows(f"{_SELECT} WHERE motif.id = :id", id=row["id"])[0]
    views = view_documents(reader, Design.MOTIF, row["id"])
    files = attachments_of(reader, "motif", row["id"])
    document = {"schema": "umkm.motif/1", **brief_document(full, reveal=reveal), "views": views, "files": files}
    return cast("MotifDocument", document)


def brief_document(row: Row, *, reveal: bool = False) -> "MotifBrief":
    """A motif as lists show it."""
    told = row | row_values(MOTIF_FIELDS, row, reveal=reveal)
    told |= {"published": is_published(row), "publication": publication_of(row).value}
    told |= {role.column: shown_people(told[role.column], reveal=reveal) for role in Role}
    document = {name: told[name] for name in _SHOWN}
    document["vendor"] = {"code": row["vendor_code"], "name": row["vendor_name"]}
    return cast("MotifBrief", document)


def find_same_motif(
    session: "Session",
    vendor_id: str,
    fields: dict[str, Any],
    source: str,
    ref: str | None,
    pictures: Sequence[HasSha256],
    meant: str | None = None,
) -> "Motif | None":
    """The motif that is meant: by (source, ref); without `ref`, this vendor's with this title and picture.

    Of several it is the one with the code `meant`, else the first.
    """
    from sqlmodel import col, select

    from umkm_cli.db.tables import Motif, View

    if ref is not None:
        return session.exec(select(Motif).where(Motif.source == source, Motif.ref == ref)).one_or_none()
    query = (
        select(Motif)
        .join(View, col(View.motif_id) == col(Motif.id))
        .where(Motif.vendor_id == vendor_id, Motif.title_key == fields.get("title_key"))
        .where(col(View.sha256).in_([picture.sha256 for picture in pictures]))
        .order_by(col(Motif.code) != (meant or ""), Motif.code)
    )
    return session.exec(query).first()


def record_motif_reveal(work: "Work", motif_ids: Sequence[str]) -> None:
    """That somebody looked at the personal data in these motifs, before it is shown."""
    if len(motif_ids) == 1:
        work.record("reveal", "motif", motif_ids[0])
    else:
        work.record("reveal", "motif", "*", {"ids": (None, list(motif_ids))})


def edit_motif(work: "Work", motif_id: str, fields: dict[str, Any]) -> list[str]:
    """The names of the fields that changed. Who stays in a list of names keeps the details."""
    motif = _get(work, motif_id)
    return work.changed("motif", motif, with_publication(keep_details(fields, motif), motif))


def withdraw_motif(work: "Work", motif_id: str, reason: str) -> None:
    """Kept, but no longer searched or listed. Raises `UmkmError`: `reason_missing`, `motif_withdrawn`."""
    from umkm_cli.db.tables import now

    motif = _get(work, motif_id)
    reason = read_reason(reason)
    if motif.status == "withdrawn":
        raise UmkmError("motif_withdrawn", code=motif.code)
    state = {"status": "withdrawn", "withdrawn_at": now(), "withdrawn_reason": reason}
    work.changed("motif", motif, state, "withdraw")


def _get(work: "Work", motif_id: str) -> "Motif":
    from umkm_cli.db.tables import Motif

    motif = work.session.get(Motif, motif_id)
    if motif is None:
        raise UmkmError("motif_not_found", key=motif_id)
    return motif
