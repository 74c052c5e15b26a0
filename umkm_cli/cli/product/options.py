"""The options that describe a product, shared by `product add` and `product edit`."""

from typing import Annotated

import typer

from umkm_cli.cli.kit.completion import codes_of, one_of
from umkm_cli.i18n import t
from umkm_cli.registry.records.motif_fields import TECHNIQUES

Category = Annotated[str | None, typer.Option("--category", help=t("help.product.category"))]
Description = Annotated[str | None, typer.Option("--description", help=t("help.product.description"))]
Price = Annotated[str | None, typer.Option("--price", help=t("help.product.price"))]
Unit = Annotated[str | None, typer.Option("--unit", help=t("help.product.unit"))]
Tkdn = Annotated[str | None, typer.Option("--tkdn", help=t("help.product.tkdn"))]
Technique = Annotated[
    str | None, typer.Option("--technique", help=t("help.product.technique"), autocompletion=one_of(TECHNIQUES))
]
OwnProduction = Annotated[
    bool | None, typer.Option("--own-production/--not-own-production", help=t("help.product.own_production"))
]
MadeInSurabaya = Annotated[
    bool | None, typer.Option("--made-in-surabaya/--not-made-in-surabaya", help=t("help.product.made_in_surabaya"))
]
Pirt = Annotated[str | None, typer.Option("--pirt", help=t("help.product.pirt"))]
Halal = Annotated[str | None, typer.Option("--halal", help=t("help.product.halal"))]
Motifs = Annotated[
    list[str] | None, typer.Option("--motif", help=t("help.product.motif"), autocompletion=codes_of("motif"))
]
Pictures = Annotated[list[str] | None, typer.Option("--image", help=t("help.product.image"))]
