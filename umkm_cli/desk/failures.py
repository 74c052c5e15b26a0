"""What an error that nobody foresaw is told as."""

from umkm_cli.db.examination import damage_behind_it
from umkm_cli.errors import UmkmError


def told(error: Exception) -> UmkmError:
    """`database_damaged` where that may be why something failed, else `internal`."""
    return damage_behind_it() or UmkmError("internal", kind=type(error).__name__, why=error)
