"""`umkm audit`: is the record of changes whole?"""

import typer

from umkm_cli.cli.output import Json, print_json, say
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t, tn
from umkm_cli.registry.office import Office
from umkm_cli.settings import read_settings

app = typer.Typer(help=t("help.audit"), epilog=t("example.audit"), no_args_is_help=True, add_completion=False)


@app.callback()
def audit() -> None:
    pass


@app.command(help=t("help.audit.verify"), epilog=t("example.audit.verify"))
def verify(as_json: Json = False) -> None:
    from umkm_cli.registry.audit import verify as verify_chain

    office = Office(read_settings())
    with office.reading() as reader:
        found = verify_chain(reader, office.secrets)
    if not found.intact:
        raise UmkmError(f"audit_{found.problem}", entry=found.broken_at, entries=found.entries)
    if as_json:
        print_json({"schema": "umkm.audit/1", "intact": True, "entries": found.entries})
    else:
        say(tn("audit.intact", found.entries))
