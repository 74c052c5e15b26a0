"""The time of day as the registry writes it: ISO 8601 in UTC."""

from umkm_cli import clock


def now() -> str:
    return clock.moment_text(clock.utc_now())


def moment() -> str:
    """The same, fine enough to keep what follows within a second in its order."""
    return clock.utc_now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
