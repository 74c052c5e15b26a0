"""Products in sentences and tables for people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from umkm_cli.cli.kit import shown_motifs as show_motifs
from umkm_cli.cli.kit.layout import pairs, table
from umkm_cli.cli.kit.output import problem_sentence, rupiah, say
from umkm_cli.cli.kit.telling import told_fields
from umkm_cli.i18n import t, tn
from umkm_cli.registry.records.product_fields import PRODUCT_FIELDS
from umkm_cli.wording import dated

if TYPE_CHECKING:
    from umkm_cli.desk.products import Written
    from umkm_cli.documents.products import LinkDocument, ProductBrief, ProductDocument, ProposedLink


def written(done: "Written") -> None:
    """What became of a product that was added or changed, and what its pictures show."""
    document = done.product
    for warning in done.problems:
        say(t("warning", text=problem_sentence(warning)))
    say(t(f"product.{done.result}", code=document["code"], name=document["name"]))
    show_motifs.screened(done.outcome, document)
    if case := document.get("case"):
        say(t("product.in_case", case=case))
    _ask_about(document)


def rescreened(news: "Sequence[ProposedLink]") -> None:
    if not news:
        say(t("rescreen.nothing"))
        return
    table([t("column.product"), t("column.motif")], [(item["product"], item["motif"]) for item in news])
    say(tn("rescreen.done", len(news)))


def listed(products: "Sequence[ProductBrief]") -> None:
    if not products:
        say(t("product.none"))
        return
    columns = [t(f"column.{name}") for name in ("code", "product_name", "vendor", "price", "motif")]
    table(columns, [_row(item) for item in products])


def shown(document: "ProductDocument") -> None:
    """All that is known of a product; then the motifs, with what a person has said of each."""
    apart = ("schema", "views", "vendor", "motifs", "status", "name")
    vendor = document["vendor"]
    values: list[tuple[str, Any]] = [
        (t("field.product_name"), document["name"]),
        (t("field.vendor"), f"{vendor['code']} {vendor['name']}"),
        (t("field.status"), t(f"product.status.{document['status']}")),
    ]
    told = {**document, **told_fields(PRODUCT_FIELDS, document)}
    values += [(t(f"field.{name}"), dated(value)) for name, value in told.items() if name not in apart]
    pairs([*values, *show_motifs.view_pairs(document["views"])])
    if document["motifs"]:
        say("")
        columns = [t(f"column.{name}") for name in ("motif", "title", "vendor", "motif_area", "link")]
        table(columns, [_link_row(item) for item in document["motifs"]])
    _ask_about(document)


def _ask_about(document: "ProductDocument") -> None:
    """One question for each motif that waits, with both answers."""
    for item in document["motifs"]:
        if item["state"] == "proposed":
            names = {"code": document["code"], "motif": item["code"], "title": item["title"]}
            say(t("product.link.question", vendor=item["vendor"]["name"], **names))


def _row(item: "ProductBrief") -> tuple[Any, ...]:
    motifs = [link for link in item["motifs"] if link["state"] != "rejected"]
    codes = [link["code"] + (" ?" if link["state"] == "proposed" else "") for link in motifs]
    return (item["code"], item["name"], item["vendor"]["name"], rupiah(item["price"]), "\n".join(codes))


def _link_row(item: "LinkDocument") -> tuple[Any, ...]:
    area = f"±{round(item['match']['motif_area'] * 100)}%" if item["match"] else None
    return (item["code"], item["title"], item["vendor"]["name"], area, t(f"product.link.state.{item['state']}"))
