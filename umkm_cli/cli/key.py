"""`umkm key`: with what this office signs, and whose signatures it takes for whose."""

from pathlib import Path
from typing import Annotated

import typer

from umkm_cli.cli.kit.layout import pairs, table
from umkm_cli.cli.kit.output import Json, mind_standard_output, print_json, say
from umkm_cli.i18n import t
from umkm_cli.registry.office.office import Office
from umkm_cli.settings import read_settings
from umkm_cli.wording import day

app = typer.Typer(help=t("help.key"), epilog=t("example.key"), no_args_is_help=True, add_completion=False)


@app.callback()
def key() -> None:
    pass


@app.command(help=t("help.key.show"), epilog=t("example.key.show"))
def show(
    out: Annotated[Path | None, typer.Option("--out", help=t("help.key.out"))] = None,
    as_json: Json = False,
) -> None:
    from umkm_cli.disk.whole import refuse_name, write_whole
    from umkm_cli.registry.signed.signing import open_signer
    from umkm_cli.registry.signed.trusted_keys import key_file

    mind_standard_output(out, as_json)
    if out is not None:
        refuse_name(out)
    office = Office(read_settings())
    public = open_signer(office).public
    if out is not None:
        write_whole(out, key_file(office.settings, public).encode())
    _answer(office, "key.written" if out else None, as_json, path=out)


@app.command(help=t("help.key.renew"), epilog=t("example.key.renew"))
def renew(
    reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))],
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.signed.signing import renew_key

    office = Office(read_settings())
    renew_key(office, reason)
    _answer(office, "key.renewed", as_json)


@app.command(help=t("help.key.trust"), epilog=t("example.key.trust"))
def trust(
    given: Annotated[str, typer.Argument(metavar="FILE_OR_KEY", help=t("help.key.given"))],
    name: Annotated[str, typer.Option("--name", help=t("help.key.name"))],
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.signed.trusted_keys import read_key_given, trust_key

    public = read_key_given(given)
    with Office(read_settings()).work() as work:
        name, changed = trust_key(work, public, name)
    if as_json:
        print_json({"schema": "umkm.trusted_key/1", "id": public.id, "public_key": public.text, "name": name})
    else:
        say(t("key.trusted" if changed else "key.trusted_already", id=public.id, name=name))


@app.command(help=t("help.key.untrust"), epilog=t("example.key.untrust"))
def untrust(
    given: Annotated[str, typer.Argument(metavar="ID", help=t("help.key.id"))],
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.signed.signing import id_of
    from umkm_cli.registry.signed.trusted_keys import untrust_key
    from umkm_cli.registry.values.typed import shown

    with Office(read_settings()).work() as work:
        public_key, name = untrust_key(work, given)
    key_id = id_of(public_key)
    if as_json:
        print_json({"schema": "umkm.trusted_key/1", "id": key_id, "public_key": public_key, "name": None})
    else:
        say(t("key.untrusted", id=key_id or shown(public_key), name=name))


@app.command("list", help=t("help.key.list"), epilog=t("example.key.list"))
def list_(as_json: Json = False) -> None:
    from umkm_cli.registry.signed.signing import id_of
    from umkm_cli.registry.signed.trusted_keys import list_keys, own_key

    with Office(read_settings()).reading() as reader:
        own = own_key(reader)
        keys = [{"id": id_of(row["public_key"]), **row, "own": row["public_key"] == own} for row in list_keys(reader)]
    if as_json:
        print_json({"schema": "umkm.keys/1", "keys": keys})
    elif not keys:
        say(t("key.none"))
    else:
        columns = [t(f"key.column.{name}") for name in ("id", "name", "since")]
        own_name = t("key.own")
        table(
            columns,
            [(row["id"], own_name if row["own"] else row["name"], day(row["created_at"], short=True)) for row in keys],
        )


def _answer(office: Office, sentence: str | None, as_json: bool, **params: object) -> None:
    """This office's key, as it is now."""
    from umkm_cli.registry.signed.signing import open_signer
    from umkm_cli.registry.signed.trusted_keys import key_document

    document = key_document(office.settings, open_signer(office).public)
    if as_json:
        print_json(document)
        return
    names = ("id", "public_key", "office")
    pairs([(t(f"key.column.{name}"), document[name]) for name in names])
    if sentence:
        say(t(sentence, **params))
