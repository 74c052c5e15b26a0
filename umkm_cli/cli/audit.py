"""`umkm audit`: is the record of changes whole, does it bear out what the tables say, and is the clock right?"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from umkm_cli.cli.kit.output import Json, note, print_json, say
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t, tn
from umkm_cli.registry.office.office import Office
from umkm_cli.settings import read_settings
from umkm_cli.wording import some

if TYPE_CHECKING:
    from umkm_cli.registry.office.audit import Verification
    from umkm_cli.registry.office.replay import Difference, Replay
    from umkm_cli.registry.pictures.stocktaking import Stock

app = typer.Typer(help=t("help.audit"), epilog=t("example.audit"), no_args_is_help=True, add_completion=False)
MOST_SHOWN = 20


@app.callback()
def audit() -> None:
    pass


@app.command(help=t("help.audit.verify"), epilog=t("example.audit.verify"))
def verify(as_json: Json = False) -> None:
    from umkm_cli.db.examination import examine
    from umkm_cli.registry.office.audit import verify as verify_chain
    from umkm_cli.registry.office.replay import replay

    office = Office(read_settings())
    examine(office.settings, in_full=True)
    with office.reading(unchanging=True) as reader:
        chain = verify_chain(reader, office.secrets)
        if not chain.intact:
            raise UmkmError(f"audit_{chain.problem}", entry=chain.broken_at, entries=chain.entries)
        rows = replay(reader, office.secrets)
    if rows.differing:
        _refuse(rows)
    stock = _stock_of(office)
    if as_json:
        document = {"schema": "umkm.audit/1", "intact": True, "entries": chain.entries, **_counts(chain, rows)}
        print_json({**document, "stored_files": stock.document()})
        return
    say(tn("audit.intact", chain.entries))
    say(t("audit.covered", records=rows.records, covered=rows.covered))
    if rows.uncovered:
        say(t("audit.uncovered", uncovered=rows.uncovered))
    if chain.answered:
        say(t("audit.answered", n=len(chain.answered), entries=", ".join(map(str, chain.answered))))
    say(t("audit.files_compared", n=stock.compared))
    if stock.missing:
        say(t("status.files_missing", n=len(stock.missing), codes=some(stock.missing)))


@app.command(help=t("help.audit.clock"), epilog=t("example.audit.clock"))
def clock(
    reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))],
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.office.clock_answers import answer_for_clock
    from umkm_cli.registry.office.trusted_time import readable

    said = answer_for_clock(Office(read_settings()), reason)
    if as_json:
        print_json({"schema": "umkm.clock/1", "now": said})
    else:
        say(t("audit.clock_answered", now=readable(said)))


def _stock_of(office: Office) -> "Stock":
    """Of all stored files. Raises `UmkmError` `stored_files_altered` where one is not what was recorded."""
    from umkm_cli.registry.pictures.stocktaking import stored_files, take_stock

    with office.reading() as reader, Progress(len(stored_files(reader)), t("progress.compare_files")) as progress:
        stock = take_stock(office.settings, reader, progress)
    if stock.altered:
        raise UmkmError("stored_files_altered", n=len(stock.altered), codes=", ".join(stock.altered))
    return stock


def _counts(chain: "Verification", rows: "Replay") -> dict[str, Any]:
    fields = {"covered": rows.covered, "uncovered": rows.uncovered}
    return {"records": rows.records, "fields": fields, "clock_set_back": list(chain.answered)}


def _refuse(rows: "Replay") -> None:
    """Names what differs, then raises `UmkmError` `audit_rows_differ`."""
    for difference in rows.differences[:MOST_SHOWN]:
        note(_sentence(difference))
    if rows.differing > MOST_SHOWN:
        note(t("audit.more", n=rows.differing - MOST_SHOWN))
    listed = [
        {"table": item.table, "record": item.record, "field": item.field, "problem": item.problem}
        for item in rows.differences
    ]
    raise UmkmError("audit_rows_differ", n=rows.differing, details={"differences": listed})


def _sentence(difference: "Difference") -> str:
    return t(
        f"audit.{difference.problem}", table=difference.table, record=difference.record, field=difference.field or ""
    )
