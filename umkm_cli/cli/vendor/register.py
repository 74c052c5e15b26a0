"""`umkm register`: one business."""

from typing import Annotated

import typer

from umkm_cli.cli.kit.asking import ask_for_missing
from umkm_cli.cli.kit.given import Given, with_fields
from umkm_cli.cli.kit.output import Json, note, print_json, problem_document, problem_sentence, say
from umkm_cli.i18n import t
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.records.vendor_fields import VENDOR_FIELDS
from umkm_cli.settings import read_settings

app = typer.Typer(add_completion=False)


@app.command(help=t("help.register"), epilog=t("example.register"))
@with_fields("vendor", VENDOR_FIELDS, without=("name",))
def register(
    name: Annotated[str | None, typer.Option("--name", help=t("help.vendor.name"))] = None,
    ref: Annotated[str | None, typer.Option("--ref", help=t("help.option.ref"))] = None,
    source: Annotated[str | None, typer.Option("--source", help=t("help.option.source"))] = None,
    *,
    given: Given,
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.records.registering import register_vendor
    from umkm_cli.registry.records.vendors import find_vendor, vendor_document

    raw = given if name is None else {"name": name, **given}
    if not as_json:
        raw = ask_for_missing(VENDOR_FIELDS, raw)
    office = Office(read_settings())
    saved = register_vendor(office, raw, source=source, ref=ref)
    with office.reading() as reader:
        document = vendor_document(find_vendor(reader, saved.code or ""))
    if as_json:
        print_json(document | {"result": saved.status.value, "problems": [problem_document(p) for p in saved.problems]})
        return
    for problem in saved.problems:
        note(t("warning", text=problem_sentence(problem)))
    say(t(f"vendor.{saved.status.value}", code=saved.code, name=document["name"]))
