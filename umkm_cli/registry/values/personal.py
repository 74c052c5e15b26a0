"""Masking of what belongs to a person or is nobody else's business (UU 27/2022)."""

from enum import StrEnum


class Privacy(StrEnum):
    """Whose business a value is, and what of it may be shown."""

    PUBLIC = "public"
    NUMBER = "number"
    """A person's: its last digits tell whoever has the paper that it is the right one."""
    EMAIL = "email"
    """A person's: its domain may be seen."""
    PERSONAL = "personal"
    """Nothing of it; a place on the map is an address."""
    FINANCIAL = "financial"
    """Nothing of it."""

    @property
    def is_private(self) -> bool:
        return self is not Privacy.PUBLIC


def mask(privacy: Privacy, value: str) -> str:
    """The value as it may be shown: the last characters of numbers, the domain of an address, nothing of the rest."""
    if not value or not privacy.is_private:
        return value
    if privacy is Privacy.NUMBER:
        shown = 3 if len(value) > 6 else 0
        return "*" * (len(value) - shown) + (value[-shown:] if shown else "")
    if privacy is Privacy.EMAIL and "@" in value:
        return "***@" + value.rpartition("@")[2]
    return "***"


def is_masked(text: str) -> bool:
    """Whether a sheet holds what an export masked, rather than a value."""
    return "***" in text
