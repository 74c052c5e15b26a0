"""`umkm audit`: is the record of changes whole?"""

from typing import TYPE_CHECKING

import typer

from umkm_cli.cli.output import Json, Progress, print_json, say
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t, tn
from umkm_cli.registry.office import Office
from umkm_cli.settings import read_settings
from umkm_cli.wording import some

if TYPE_CHECKING:
    from umkm_cli.registry.stocktaking import Stock

app = typer.Typer(help=t("help.audit"), epilog=t("example.audit"), no_args_is_help=True, add_completion=False)


@app.callback()
def audit() -> None:
    pass


@app.command(help=t("help.audit.verify"), epilog=t("example.audit.verify"))
def verify(as_json: Json = False) -> None:
    from umkm_cli.db.examination import examine
    from umkm_cli.registry.audit import verify as verify_chain

    office = Office(read_settings())
    examine(office.settings, in_full=True)
    with office.reading() as reader:
        found = verify_chain(reader, office.secrets)
    if not found.intact:
        raise UmkmError(f"audit_{found.problem}", entry=found.broken_at, entries=found.entries)
    stock = _stock_of(office)
    if as_json:
        document = {"schema": "umkm.audit/1", "intact": True, "entries": found.entries}
        print_json({**document, "stored_files": stock.document()})
        return
    say(tn("audit.intact", found.entries))
    say(t("audit.files_compared", n=stock.compared))
    if stock.missing:
        say(t("status.files_missing", n=len(stock.missing), codes=some(stock.missing)))


def _stock_of(office: Office) -> "Stock":
    """Of all stored files. Raises `UmkmError` `stored_files_altered` where one is not what was recorded."""
    from umkm_cli.registry.stocktaking import stored_files, take_stock

    with office.reading() as reader, Progress(len(stored_files(reader)), t("progress.compare_files")) as progress:
        stock = take_stock(office.settings, reader, progress)
    if stock.altered:
        raise UmkmError("stored_files_altered", n=len(stock.altered), codes=", ".join(stock.altered))
    return stock
