"""Masking of what belongs to a person or is nobody else's business (UU 27/2022)."""

PERSONAL = ("nik", "npwp", "phone", "address", "email", "latitude", "longitude")
"""A place on the map is an address."""
FINANCIAL = ("capital", "annual_sales")


def mask(field: str, value: str) -> str:
    """The value as it may be shown: the last characters of numbers, the domain of an address, nothing of the rest."""
    if not value:
        return value
    if field in ("nik", "npwp", "phone"):
        shown = 3 if len(value) > 6 else 0
        return "*" * (len(value) - shown) + (value[-shown:] if shown else "")
    if field == "email" and "@" in value:
        return "***@" + value.rpartition("@")[2]
    if field in PERSONAL or field in FINANCIAL:
        return "***"
    return value


def is_masked(text: str) -> bool:
    """Whether a sheet holds what an export masked, rather than a value."""
    return "***" in text


def is_private(field: str) -> bool:
    return field in PERSONAL or field in FINANCIAL
