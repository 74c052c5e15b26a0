"""`umkm key`: with what this office signs, and whose signatures it takes for whose."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.command import command, noun
from umkm_cli.cli.kit.layout import pairs, table
from umkm_cli.cli.kit.output import Output, say
from umkm_cli.i18n import t
from umkm_cli.registry.values.typed import shown
from umkm_cli.settings import read_settings
from umkm_cli.wording import day

if TYPE_CHECKING:
    from umkm_cli.documents.office import KeyDocument, KnownKey

app = noun("key")


@command(app, "key.show")
def show(out: Output, file: Annotated[Path | None, typer.Option("--out", help=t("help.key.out"))] = None) -> None:
    from umkm_cli.desk import keys

    out.writes(file)
    document = keys.show(read_settings(), file)
    out.answer(document, lambda: _show(document, t("key.written", path=file) if file else None))


@command(app, "key.renew")
def renew(out: Output, reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))]) -> None:
    from umkm_cli.desk import keys

    document = keys.renew(read_settings(), reason)
    out.answer(document, lambda: _show(document, t("key.renewed")))


@command(app, "key.trust")
def trust(
    out: Output,
    given: Annotated[str, typer.Argument(metavar="FILE_OR_KEY", help=t("help.key.given"))],
    name: Annotated[str, typer.Option("--name", help=t("help.key.name"))],
) -> None:
    from umkm_cli.desk import keys

    key, changed = keys.trust(read_settings(), given, name)
    sentence = "key.trusted" if changed else "key.trusted_already"
    out.answer(key, t(sentence, id=key["id"], name=key["name"]))


@command(app, "key.untrust")
def untrust(out: Output, given: Annotated[str, typer.Argument(metavar="ID", help=t("help.key.id"))]) -> None:
    from umkm_cli.desk import keys

    key, name = keys.untrust(read_settings(), given)
    out.answer(key, t("key.untrusted", id=key["id"] or shown(key["public_key"]), name=name))


@command(app, "key.list")
def list_(out: Output) -> None:
    from umkm_cli.desk import keys

    known = keys.list_(read_settings())
    out.answer({"schema": "umkm.keys/1", "keys": known}, lambda: _show_list(known))


def _show(document: "KeyDocument", said: str | None) -> None:
    shown_pairs = [("id", document["id"]), ("public_key", document["public_key"]), ("office", document["office"])]
    pairs([(t(f"key.column.{name}"), value) for name, value in shown_pairs])
    if said:
        say(said)


def _show_list(known: "list[KnownKey]") -> None:
    if not known:
        say(t("key.none"))
        return
    own = t("key.own")
    table(
        [t(f"key.column.{name}") for name in ("id", "name", "since")],
        [(key["id"], own if key["own"] else key["name"], day(key["created_at"], short=True)) for key in known],
    )
