"""Products that were registered before the motif that they show: their stored pictures are compared once more."""

from collections.abc import Callable
from dataclasses import dataclass

from umkm_cli.db.reading import Row
from umkm_cli.db.tables import Product
from umkm_cli.errors import UmkmError
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.designs import Design, views_of
from umkm_cli.registry.records.licence_scope import read_use
from umkm_cli.registry.records.product_motifs import propose
from umkm_cli.registry.records.products import list_products
from umkm_cli.screening.judging.documents import shown_motifs
from umkm_cli.screening.judging.excuses import Sender
from umkm_cli.screening.judging.judge import Outcome
from umkm_cli.screening.judging.pictures import Prepared, prepare_picture
from umkm_cli.screening.judging.registered import original_of
from umkm_cli.screening.judging.screener import Screener


@dataclass(frozen=True)
class Proposed:
    """A link that is new: codes of the product and of the motif."""

    product: str
    motif: str


def propose_later_motifs(
    office: Office, progress: Callable[[int], None] = lambda _: None
) -> tuple[list[Proposed], list[UmkmError]]:
    """Links that were not proposed before, and pictures that could not be read. Each picture is committed by itself.

    `progress` is told how many products are done. No case is opened: the motif's registration could not see the
    product, so a person looks at the proposal first.
    """
    screener = Screener(office.settings)
    with office.reading() as reader:
        screener.refresh(reader)
        products = list_products(reader)
        views = {row["id"]: views_of(reader, Design.PRODUCT, row["id"]) for row in products}
    news: list[Proposed] = []
    unread: list[UmkmError] = []
    for done, row in enumerate(products, 1):
        sender = Sender(row["vendor_id"], read_use(row["technique"], row["category"]))
        for view in views[row["id"]]:
            try:
                outcome = screener.screen(_stored(office, row["code"], view), sender)
            except UmkmError as error:
                unread.append(error)
            else:
                news += _propose(office, row, outcome)
        progress(done)
    return news, unread


def _propose(office: Office, row: Row, outcome: Outcome) -> list[Proposed]:
    motifs = shown_motifs(outcome)
    if not motifs:
        return []
    with office.work() as work:
        product = work.session.get(Product, row["id"])
        assert product is not None, "products are never deleted"
        return [
            Proposed(product.code, judged.standing.code)
            for judged, match in motifs
            if propose(work, product, judged.standing.record_id, dict(match))
        ]


def _stored(office: Office, code: str, view: Row) -> Prepared:
    """Raises `UmkmError`: `stored_picture_missing`, `stored_picture_damaged`, `image_…`."""
    return prepare_picture(original_of(office.settings, code, view), view["filename"])
