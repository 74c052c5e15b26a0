"""`umkm schema`: what the documents for scripts look like."""

import json
from typing import Annotated

import typer

from umkm_cli.cli.kit.command import command
from umkm_cli.cli.kit.completion import one_of
from umkm_cli.cli.kit.output import Output, hand_out
from umkm_cli.documents.catalogue import DOCUMENTS
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t

app = typer.Typer(add_completion=False)
Name = Annotated[
    str | None, typer.Argument(metavar="[NAME]", help=t("help.schema.name"), autocompletion=one_of(DOCUMENTS))
]


@command(app, "schema")
def schema(out: Output, name: Name = None) -> None:
    from umkm_cli.documents.json_schema import json_schema

    if name is None:
        names = list(DOCUMENTS)
        out.answer({"schema": "umkm.schemas/1", "documents": names}, lambda: hand_out("\n".join(names)))
        return
    found = json_schema(_known(name))
    text = json.dumps(found, ensure_ascii=False, indent=2)
    out.answer({"schema": "umkm.schema/1", "name": _known(name), "json_schema": found}, lambda: hand_out(text))


def _known(name: str) -> str:
    """`check`, `umkm.check` and `umkm.check/1` are one. Raises `UmkmError` `unknown_document`."""
    wanted = name.strip().lower().removeprefix("umkm.")
    for known in DOCUMENTS:
        if wanted in (known.removeprefix("umkm."), known.removeprefix("umkm.").partition("/")[0]):
            return known
    raise UmkmError("unknown_document", name=name)
