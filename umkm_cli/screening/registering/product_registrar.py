"""Registering products: their photographs and packaging are screened against motifs and other makers' products.

A product is never held: it is on sale already, and most that show a registered motif do so rightly. What screening
finds is put before a person instead: the motifs that it shows as proposed links, what nothing explains as a case.
"""

from collections.abc import Sequence
from typing import Any

from umkm_cli.db.tables import Product
from umkm_cli.problems import InvalidFieldsError, Level, Problem
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.saving import Status
from umkm_cli.registry.office.work import Work
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.records.earlier_rows import GivenBy, by_hand
from umkm_cli.registry.records.licence_scope import Use, read_use
from umkm_cli.registry.records.product_fields import PRODUCT_FIELDS
from umkm_cli.registry.records.product_motifs import propose
from umkm_cli.registry.records.products import find_same_product
from umkm_cli.screening.judging.documents import shown_motifs
from umkm_cli.screening.judging.pictures import Prepared
from umkm_cli.screening.registering.registrar import (
    Draft,
    Registrar,
    SavedDesign,
    Screened,
    alerts_of,
    columns_of,
    open_case_about,
)


class ProductRegistrar(Registrar[Product]):
    kind = Design.PRODUCT
    table = Product
    fields = PRODUCT_FIELDS

    def __init__(self, office: Office) -> None:
        super().__init__(office, Design.PRODUCT)

    def _same(self, work: Work, draft: Draft, pictures: Sequence[Prepared]) -> Product | None:
        return find_same_product(
            work.session, draft.vendor_id, draft.values, draft.source, draft.ref, pictures, draft.meant
        )

    def _new(self, work: Work, draft: Draft, pictures: Sequence[Prepared]) -> Product:  # noqa: ARG002
        if not draft.values.get("name"):
            raise InvalidFieldsError([Problem("product_name", "", "required")])
        return Product(code=work.code(self.kind.code_kind, draft.restored), **columns_of(draft))

    def change(
        self,
        work: Work,
        record: Product,
        values: dict[str, Any],
        motif_ids: Sequence[str] = (),
        pictures: Sequence[Prepared] = (),
        earlier: GivenBy = by_hand,
    ) -> SavedDesign:
        """One that is closed is not changed any more."""
        if record.status == Design.PRODUCT.gone:
            closed = Problem("status", record.name, "product_closed", params={"code": record.code})
            return SavedDesign(Status.CONFLICT, record.code, [closed])
        return super().change(work, record, values, motif_ids, pictures, earlier)

    def _said(self, work: Work, record: Product, motif_ids: Sequence[str]) -> bool:
        news = [propose(work, record, motif_id) for motif_id in motif_ids]
        return any(news)

    def _use(self, record: Product) -> Use:
        return read_use(record.technique, record.category)

    def _judge(self, work: Work, record: Product, screened: Sequence[Screened]) -> tuple[list[Problem], str | None]:
        for item in screened:
            for judged, match in shown_motifs(item.outcome):
                propose(work, record, judged.standing.record_id, dict(match))
        alerts = alerts_of(record, screened)
        if not alerts:
            return [], None
        case = open_case_about(work, record, screened[0].view, alerts)
        codes = ", ".join(dict.fromkeys(judged.standing.code for _, judged in alerts))
        params = {"codes": codes, "case": case}
        return [Problem("image", alerts[0][0].view.filename, "resembles_others", Level.WARNING, params)], case
