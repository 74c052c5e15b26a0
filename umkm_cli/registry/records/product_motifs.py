"""Which products show which motifs: proposed by screening or by the maker, confirmed or rejected by a person.

That a product shows a motif says nothing about permission: the owner's own product shows it, a licensed one does, and
so may one that a case is about. What a person has said is never proposed again.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from umkm_cli.db.reading import Reader, Row, listed
from umkm_cli.registry.records.motifs import find_motif

if TYPE_CHECKING:
    from umkm_cli.db.tables import Product
    from umkm_cli.documents.products import LinkBrief, LinkDocument
    from umkm_cli.registry.office.work import Work


class LinkState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


_SELECT = """
    SELECT link.product_id AS product_id, link.state AS state, link.at AS at, link.match AS match,
           motif.code AS code, motif.title AS title, vendor.code AS vendor_code, vendor.name AS vendor_name
    FROM product_motif AS link
    JOIN motif ON motif.id = link.motif_id
    JOIN vendor ON vendor.id = motif.vendor_id
"""


def links_of(reader: Reader, product_id: str) -> "list[LinkDocument]":
    """A product's motifs as documents, by code. `match` is the agreement that was found, None where none was."""
    return [
        {**_brief(row), "match": listed(row["match"]) or None}
        for row in reader.rows(f"{_SELECT} WHERE link.product_id = :id ORDER BY code", id=product_id)
    ]


def all_links(reader: Reader) -> "dict[str, list[LinkBrief]]":
    """The same for every product at once, without the agreements, which lists have no room for."""
    links: dict[str, list[LinkBrief]] = {}
    for row in reader.rows(f"{_SELECT} ORDER BY code"):
        links.setdefault(row["product_id"], []).append(_brief(row))
    return links


def count_proposed(reader: Reader) -> int:
    """Links of products on sale that wait for a person."""
    found = reader.value(
        "SELECT count(*) FROM product_motif AS link JOIN product ON product.id = link.product_id "
        "WHERE link.state = 'proposed' AND product.status = 'active'"
    )
    return int(found)


def read_motif_keys(reader: Reader, keys: Iterable[str], source: str = "") -> list[str]:
    """The motifs' identifiers, each once; a `ref` of the office `source` first, since another may use the same one.

    Raises `UmkmError`: `motif_not_found`, `code_mistyped`, `ambiguous_ref`.
    """
    found = []
    for key in keys:
        own = reader.one("SELECT id FROM motif WHERE source = :source AND ref = :ref", source=source, ref=key)
        found.append((own or find_motif(reader, key))["id"])
    return list(dict.fromkeys(found))


def propose(work: "Work", product: "Product", motif_id: str, match: dict[str, Any] | None = None) -> bool:
    """Whether that is news. A link that exists keeps its state, and gains the agreement if it has none yet."""
    from umkm_cli.db.tables import ProductMotif

    link = work.session.get(ProductMotif, (product.id, motif_id))
    if link is None:
        link = ProductMotif(product_id=product.id, motif_id=motif_id, state=LinkState.PROPOSED.value, match=match or {})
        work.created("product_motif", link)
        _record(work, product, motif_id, None, link.state)
        return True
    if match and not link.match:
        work.changed("product_motif", link, {"match": match})
    return False


def decide_link(work: "Work", product: Row, motif: Row, state: LinkState) -> bool:
    """Record what a person says about a product and a motif, proposed or not; False where that was said before."""
    from umkm_cli.db.tables import Product, ProductMotif, now

    shown = work.session.get(Product, product["id"])
    assert shown is not None, "products are never deleted"
    link = work.session.get(ProductMotif, (product["id"], motif["id"]))
    before = link.state if link else None
    if before == state:
        return False
    if link is None:
        work.created("product_motif", ProductMotif(product_id=product["id"], motif_id=motif["id"], state=state.value))
    else:
        work.changed("product_motif", link, {"state": state.value, "at": now()})
    _record(work, shown, motif["id"], before, state.value)
    return True


def _record(work: "Work", product: "Product", motif_id: str, before: str | None, after: str) -> None:
    from umkm_cli.db.tables import Motif

    motif: Motif | None = work.session.get(Motif, motif_id)
    assert motif is not None, "kept by a foreign key"
    work.record("link", "product", product.id, {"motif": (None, motif.code), "state": (before, after)})


def _brief(row: Row) -> "LinkBrief":
    return {
        "code": row["code"],
        "title": row["title"],
        "vendor": {"code": row["vendor_code"], "name": row["vendor_name"]},
        "state": row["state"],
        "at": row["at"],
    }
