"""Products in sentences and tables for people."""

from typing import TYPE_CHECKING, Any

from umkm_cli.cli.kit import shown_motifs as show_motifs
from umkm_cli.cli.kit.layout import pairs, table
from umkm_cli.cli.kit.output import problem_sentence, rupiah, say
from umkm_cli.cli.kit.telling import told_fields
from umkm_cli.i18n import t, tn
from umkm_cli.registry.records.product_fields import PRODUCT_FIELDS
from umkm_cli.wording import dated

if TYPE_CHECKING:
    from umkm_cli.screening.later.later_motifs import Proposed
    from umkm_cli.screening.registering.by_hand import Registration


def registered(done: "Registration") -> None:
    """What became of a product that was added or changed, and what its pictures show."""
    document = done.document
    for warning in done.warnings:
        say(t("warning", text=problem_sentence(warning)))
    say(t(f"product.{done.saved.status.value}", code=document["code"], name=document["name"]))
    show_motifs.screened(done.outcome, document)
    if done.saved.case:
        say(t("product.in_case", case=done.saved.case))
    _ask_about(document)


def rescreened(news: "list[Proposed]") -> None:
    if not news:
        say(t("rescreen.nothing"))
        return
    table([t("column.product"), t("column.motif")], [(item.product, item.motif) for item in news])
    say(tn("rescreen.done", len(news)))


def listed(products: list[dict[str, Any]]) -> None:
    if not products:
        say(t("product.none"))
        return
    columns = [t(f"column.{name}") for name in ("code", "product_name", "vendor", "price", "motif")]
    table(columns, [_row(item) for item in products])


def shown(document: dict[str, Any]) -> None:
    """All that is known of a product; then the motifs, with what a person has said of each."""
    apart = ("schema", "views", "vendor", "motifs", "status", "name")
    vendor = document["vendor"]
    values: list[tuple[str, Any]] = [
        (t("field.product_name"), document["name"]),
        (t("field.vendor"), f"{vendor['code']} {vendor['name']}"),
        (t("field.status"), t(f"product.status.{document['status']}")),
    ]
    told = document | told_fields(PRODUCT_FIELDS, document)
    values += [(t(f"field.{name}"), dated(value)) for name, value in told.items() if name not in apart]
    pairs([*values, *show_motifs.view_pairs(document["views"])])
    if document["motifs"]:
        say("")
        columns = [t(f"column.{name}") for name in ("motif", "title", "vendor", "motif_area", "link")]
        table(columns, [_link_row(item) for item in document["motifs"]])
    _ask_about(document)


def _ask_about(document: dict[str, Any]) -> None:
    """One question for each motif that waits, with both answers."""
    for item in document["motifs"]:
        if item["state"] == "proposed":
            names = {"code": document["code"], "motif": item["code"], "title": item["title"]}
            say(t("product.link.question", vendor=item["vendor"]["name"], **names))


def _row(item: dict[str, Any]) -> tuple[Any, ...]:
    motifs = [link for link in item["motifs"] if link["state"] != "rejected"]
    codes = [link["code"] + (" ?" if link["state"] == "proposed" else "") for link in motifs]
    return (item["code"], item["name"], item["vendor"]["name"], rupiah(item["price"]), "\n".join(codes))


def _link_row(item: dict[str, Any]) -> tuple[Any, ...]:
    area = f"±{round(item['match']['motif_area'] * 100)}%" if item["match"] else None
    return (item["code"], item["title"], item["vendor"]["name"], area, t(f"product.link.state.{item['state']}"))
