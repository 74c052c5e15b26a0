"""Products: adding, finding, changing and closing them, and which registered motifs they show."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from umkm_cli.documents.common import FailureDocument
from umkm_cli.documents.products import ProductBrief, ProductDocument, RescreenDocument
from umkm_cli.errors import USAGE, UmkmError
from umkm_cli.problems import Problem
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.damaged_prints import report_damage
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.pictures.generations import index_state
from umkm_cli.registry.pictures.stocktaking import views_with_states
from umkm_cli.registry.records.motifs import find_motif
from umkm_cli.registry.records.product_motifs import LinkState, all_links, decide_link
from umkm_cli.registry.records.products import (
    brief_product,
    close_product,
    find_product,
    list_products,
    product_document,
)
from umkm_cli.registry.records.vendors import find_vendor
from umkm_cli.settings import Settings
from umkm_cli.wording import error_document

if TYPE_CHECKING:
    from umkm_cli.screening.judging.judge import Outcome
    from umkm_cli.screening.registering.by_hand import Registered


@dataclass(frozen=True)
class Written:
    """A product as it stands now, with what its pictures show; `result` is `created`, `updated` or `unchanged`.

    `outcome` is the screening that matters most of several; None where no picture was screened.
    """

    product: ProductDocument
    result: str
    outcome: "Outcome | None"
    problems: Sequence[Problem] = ()


def add(
    settings: Settings,
    pictures: Sequence[str],
    given: Mapping[str, str],
    motifs: Sequence[str],
    *,
    vendor: str,
    source: str | None,
    ref: str | None,
) -> Written:
    """`pictures` are paths; `motifs` those that its maker says it shows. Raises as `register_product` does."""
    from umkm_cli.screening.registering.by_hand import register_product

    office = Office(settings)
    done = register_product(office, pictures, given, motifs, vendor=vendor, source=source, ref=ref)
    return _written(office, done)


def edit(
    settings: Settings, code: str, pictures: Sequence[str], given: Mapping[str, str], motifs: Sequence[str]
) -> Written:
    """Raises `UmkmError` `nothing_to_change`, and as `change_product` does."""
    from umkm_cli.screening.registering.by_hand import change_product

    if not (given or pictures or motifs):
        raise UmkmError("nothing_to_change", exit_code=USAGE)
    office = Office(settings)
    return _written(office, change_product(office, code, pictures, given, motifs))


def list_(
    settings: Settings,
    *,
    vendor: str | None = None,
    motif: str | None = None,
    search: str | None = None,
    proposed: bool = False,
    status: str = "active",
) -> list[ProductBrief]:
    """Those that fit, as `list_products` finds them. Raises `UmkmError` `vendor_not_found`, `motif_not_found`."""
    with Office(settings).reading() as reader:
        vendor_id = find_vendor(reader, vendor)["id"] if vendor else None
        motif_id = find_motif(reader, motif)["id"] if motif else None
        rows = list_products(
            reader, vendor_id=vendor_id, motif_id=motif_id, status=status, search=search, proposed=proposed
        )
        links = all_links(reader)
    return [brief_product(row, links.get(row["id"], ())) for row in rows]


def show(settings: Settings, code: str) -> ProductDocument:
    """By code or `ref`; its pictures say whether their files are still those that were recorded."""
    with Office(settings).reading() as reader:
        document = product_document(reader, find_product(reader, code))
    return {**document, "views": views_with_states(settings, document["views"])}


def link(settings: Settings, code: str, motif: str) -> tuple[ProductDocument, str]:
    """A person says that the product shows the motif, proposed or not; the product, and the motif's code."""
    return _decided(settings, code, motif, LinkState.CONFIRMED)


def unlink(settings: Settings, code: str, motif: str) -> tuple[ProductDocument, str]:
    """A person says that it does not; that is never proposed again."""
    return _decided(settings, code, motif, LinkState.REJECTED)


def rescreen(
    settings: Settings,
    unsearched: Callable[[Sequence[str], Sequence[str]], None],
    counting: Callable[[], AbstractContextManager[Callable[[int], None]]],
) -> RescreenDocument:
    """Compare the stored pictures of all products with the motifs that are registered by now.

    Each picture is committed by itself. `unsearched` hears first why not all motifs can be searched (see
    `IndexState.reasons`), and codes of damaged records; what `counting` opens is told how many products are done.
    """
    from umkm_cli.screening.later.later_motifs import propose_later_motifs

    office = Office(settings)
    with office.reading() as reader:
        state, damage = index_state(reader, Design.MOTIF), report_damage(reader)
    unsearched(state.reasons, damage.codes)
    with counting() as progress:
        news, unread = propose_later_motifs(office, progress)
    return {
        "schema": "umkm.rescreen/1",
        "proposed": [{"product": item.product, "motif": item.motif} for item in news],
        "problems": [_failure(error) for error in unread],
    }


def close(settings: Settings, code: str, reason: str) -> ProductDocument:
    """Raises `UmkmError` `product_not_found`, `product_closed`, `reason_missing`."""
    office = Office(settings)
    with office.reading() as reader:
        found = find_product(reader, code)
    with office.work() as work:
        close_product(work, found["id"], reason)
    return _product(office, found["code"])


def _written(office: Office, done: "Registered") -> Written:
    from umkm_cli.screening.judging.documents import outcome_document

    saved, outcome = done.saved, done.outcome
    screening = outcome_document(outcome) if outcome else None
    product: ProductDocument = {**_product(office, saved.code or ""), "screening": screening, "case": saved.case}
    return Written(product, saved.status.value, outcome, done.warnings)


def _decided(settings: Settings, code: str, motif: str, state: LinkState) -> tuple[ProductDocument, str]:
    office = Office(settings)
    with office.reading() as reader:
        product_row, motif_row = find_product(reader, code), find_motif(reader, motif)
    with office.work() as work:
        decide_link(work, product_row, motif_row, state)
    return _product(office, product_row["code"]), motif_row["code"]


def _product(office: Office, code: str) -> ProductDocument:
    with office.reading() as reader:
        return product_document(reader, find_product(reader, code))


def _failure(error: UmkmError) -> FailureDocument:
    document = error_document(error)
    return {"error": document["error"], "message": document["message"], "hint": document["hint"]}
