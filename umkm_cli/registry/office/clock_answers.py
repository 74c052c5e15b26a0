"""Answering for a computer's clock that the record of changes contradicts."""

from umkm_cli.db.moments import now
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.registry.office.audit import verify
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.trusted_time import CLOCK, REGISTRY, clock_in_doubt, is_behind, readable
from umkm_cli.registry.values.reasons import read_reason


def answer_for_clock(office: Office, reason: str) -> str:
    """Record that the clock is right now although the record of changes says otherwise; returns what it says.

    Raises `UmkmError`: `reason_missing`, `clock_in_order`, `clock_before_registry` where the clock is behind the very
    first entry, so that nothing can be dated back to before there was a registry.
    """
    reason = read_reason(reason)
    said = now()
    with office.reading() as reader:
        first = reader.value("SELECT at FROM audit ORDER BY seq LIMIT 1")
        if first is None or not (clock_in_doubt(reader) or verify(reader, office.secrets).fallen):
            raise UmkmError("clock_in_order", now=readable(said))
    if is_behind(said, first):
        raise UmkmError("clock_before_registry", exit_code=MISSING, now=readable(said), first=readable(first))
    with office.work(clock_answered=True) as work:
        work.record(CLOCK, REGISTRY, CLOCK, {"reason": (None, reason)})
    return said
