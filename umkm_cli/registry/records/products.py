"""Products: finding, listing, editing and closing them. Adding one is screening's business."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from umkm_cli.db.reading import Reader, Row, narrowed
from umkm_cli.errors import UmkmError
from umkm_cli.registry.office.finding import find_by_code_or_ref
from umkm_cli.registry.pictures.designs import Design, view_documents
from umkm_cli.registry.records.motifs import HasSha256
from umkm_cli.registry.records.product_fields import PRODUCT_FIELDS
from umkm_cli.registry.records.product_motifs import links_of
from umkm_cli.registry.values.fields import column_names, row_values
from umkm_cli.registry.values.reasons import read_reason

if TYPE_CHECKING:
    from sqlmodel import Session

    from umkm_cli.db.tables import Product
    from umkm_cli.documents.products import LinkBrief, ProductBrief, ProductDocument, ProductRecord
    from umkm_cli.registry.office.work import Work

_SELECT = """
    SELECT product.*, vendor.code AS vendor_code, vendor.name AS vendor_name
    FROM product JOIN vendor ON vendor.id = product.vendor_id
"""
_SHOWN = (
    *("code", "ref", "source", *column_names(PRODUCT_FIELDS), "status", "closed_at", "closed_reason"),
    *("created_at", "updated_at"),
)


def find_product(reader: Reader, key: str) -> Row:
    """By code or `ref`. Raises `UmkmError`: `product_not_found`, `code_mistyped`, `ambiguous_ref`."""
    return find_by_code_or_ref(reader, "product", key)


def list_products(
    reader: Reader,
    *,
    vendor_id: str | None = None,
    motif_id: str | None = None,
    status: str = "active",
    search: str | None = None,
    proposed: bool = False,
) -> list[Row]:
    """Rows with their vendor, by code, or by likeness where a name is searched.

    `motif_id` asks for those that show this motif, or may; `proposed` for those with a motif that waits for a person.
    `status` is `active`, `closed` or `all`.
    """
    linked = "SELECT 1 FROM product_motif AS link WHERE link.product_id = product.id AND link.state"
    where, wanted = narrowed(
        vendor=("product.vendor_id = :vendor", vendor_id),
        status=("product.status = :status", None if status == "all" else status),
        motif=(f"EXISTS ({linked} <> 'rejected' AND link.motif_id = :motif)", motif_id),
        proposed=(f"EXISTS ({linked} = :proposed)", "proposed" if proposed else None),
    )
    rows = reader.rows(f"{_SELECT} {where} ORDER BY product.code", **wanted)
    if search:
        from umkm_cli.registry.office.searching import rank

        rows = rank(rows, "name_key", search)
    return rows


def brief_product(row: Row, motifs: "Sequence[LinkBrief]") -> "ProductBrief":
    """A product as lists show it; `motifs` come from `product_motifs`."""
    return {**_record(row), "motifs": list(motifs)}


def product_document(reader: Reader, row: Row) -> "ProductDocument":
    """`umkm.product/1`, with its pictures and the motifs that it shows, or may show."""
    full = row if "vendor_code" in row else reader.rows(f"{_SELECT} WHERE product.id = :id", id=row["id"])[0]
    document = {
        "schema": "umkm.product/1",
        **_record(full),
        "motifs": links_of(reader, row["id"]),
        "views": view_documents(reader, Design.PRODUCT, row["id"]),
    }
    return cast("ProductDocument", document)


def _record(row: Row) -> "ProductRecord":
    told = row | row_values(PRODUCT_FIELDS, row, reveal=False)
    document = {name: told[name] for name in _SHOWN}
    return cast("ProductRecord", document | {"vendor": {"code": row["vendor_code"], "name": row["vendor_name"]}})


def find_same_product(
    session: "Session",
    vendor_id: str,
    fields: dict[str, Any],
    source: str,
    ref: str | None,
    pictures: Sequence[HasSha256],
    meant: str | None = None,
) -> "Product | None":
    """The product that is meant: by (source, ref); without `ref`, this vendor's of that name.

    A name alone may stand for several, two shirts say; so where both sides have pictures, one must be the same. Of
    several it is the one with the code `meant`, else the first.
    """
    from sqlmodel import col, select

    from umkm_cli.db.tables import Product, View

    if ref is not None:
        return session.exec(select(Product).where(Product.source == source, Product.ref == ref)).one_or_none()
    named = select(Product).where(Product.vendor_id == vendor_id, Product.name_key == fields.get("name_key"))
    given = {picture.sha256 for picture in pictures}
    without_pictures = None
    first_meant = named.order_by(col(Product.code) != (meant or ""), Product.code)
    for product in session.exec(first_meant.where(Product.status == "active")):
        shown = set(session.exec(select(View.sha256).where(View.product_id == product.id)))
        if not given or shown & given:
            return product
        if not shown:
            without_pictures = without_pictures or product
    return without_pictures


def close_product(work: "Work", product_id: str, reason: str) -> None:
    """Kept, but no longer searched or listed. Raises `UmkmError`: `reason_missing`, `product_closed`."""
    from umkm_cli.db.tables import Product, now

    product = work.session.get(Product, product_id)
    assert product is not None, "products are never deleted"
    reason = read_reason(reason)
    if product.status == "closed":
        raise UmkmError("product_closed", code=product.code)
    state = {"status": "closed", "closed_at": now(), "closed_reason": reason}
    work.changed("product", product, state, "close")
