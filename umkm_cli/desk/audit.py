"""Is the record of changes whole, does it bear out what the tables say, and is the clock right?"""

from umkm_cli.db.examination import examine
from umkm_cli.desk.kit.progress import Counting
from umkm_cli.documents.office import AuditDocument
from umkm_cli.errors import UmkmError
from umkm_cli.registry.office.audit import Verification
from umkm_cli.registry.office.audit import verify as verify_chain
from umkm_cli.registry.office.clock_answers import answer_for_clock
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.replay import Replay, replay
from umkm_cli.registry.pictures.stocktaking import Stock, stored_files, take_stock
from umkm_cli.settings import Settings


def verify(settings: Settings, counting: Counting) -> AuditDocument:
    """Read the whole record, every row and every stored file, which `counting` is told of.

    Raises `UmkmError`: `audit_…` where the chain is broken; `audit_rows_differ` with the differences among its details,
    `stored_files_altered`; and what `examine` finds.
    """
    office = Office(settings)
    examine(settings, in_full=True)
    with office.reading(unchanging=True) as reader:
        chain = verify_chain(reader, office.secrets)
        if not chain.intact:
            raise UmkmError(f"audit_{chain.problem}", entry=chain.broken_at, entries=chain.entries)
        rows = replay(reader, office.secrets)
    if rows.differing:
        raise _differing(rows)
    return _document(chain, rows, _stock_of(office, counting))


def clock(settings: Settings, reason: str) -> str:
    """Answer for the clock as it stands, which is the moment that is given back."""
    return answer_for_clock(Office(settings), reason)


def _stock_of(office: Office, counting: Counting) -> Stock:
    with office.reading() as reader, counting(len(stored_files(reader))) as progress:
        stock = take_stock(office.settings, reader, progress)
    if stock.altered:
        raise UmkmError("stored_files_altered", n=len(stock.altered), codes=", ".join(stock.altered))
    return stock


def _document(chain: Verification, rows: Replay, stock: Stock) -> AuditDocument:
    return {
        "schema": "umkm.audit/1",
        "intact": True,
        "entries": chain.entries,
        "records": rows.records,
        "fields": {"covered": rows.covered, "uncovered": rows.uncovered},
        "clock_set_back": list(chain.answered),
        "stored_files": stock.document(),
    }


def _differing(rows: Replay) -> UmkmError:
    listed = [
        {"table": item.table, "record": item.record, "field": item.field, "problem": item.problem}
        for item in rows.differences
    ]
    return UmkmError("audit_rows_differ", n=rows.differing, details={"differences": listed})
