"""`umkm register`: one business."""

from typing import Annotated

import typer

from umkm_cli.cli.kit.asking import ask_for_missing
from umkm_cli.cli.kit.command import command
from umkm_cli.cli.kit.given import Given, with_fields
from umkm_cli.cli.kit.output import Output
from umkm_cli.i18n import t
from umkm_cli.registry.records.vendor_fields import VENDOR_FIELDS
from umkm_cli.settings import read_settings

app = typer.Typer(add_completion=False)


@command(app, "register")
@with_fields("vendor", VENDOR_FIELDS, without=("name",))
def register(
    out: Output,
    name: Annotated[str | None, typer.Option("--name", help=t("help.vendor.name"))] = None,
    ref: Annotated[str | None, typer.Option("--ref", help=t("help.option.ref"))] = None,
    source: Annotated[str | None, typer.Option("--source", help=t("help.option.source"))] = None,
    *,
    given: Given,
) -> None:
    from umkm_cli.desk import vendors

    raw = given if name is None else {"name": name, **given}
    if not out.as_json:
        raw = ask_for_missing(VENDOR_FIELDS, raw)
    done = vendors.register(read_settings(), raw, source=source, ref=ref)
    said = t(f"vendor.{done.result}", code=done.vendor["code"], name=done.vendor["name"])
    out.changed({**done.vendor, "result": done.result}, done.problems, said)
