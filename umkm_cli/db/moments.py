"""The time of day as the registry writes it: ISO 8601 in UTC, from this computer's clock."""

from datetime import UTC, datetime


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment() -> str:
    """The same, fine enough to keep what follows within a second in its order."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
