"""A record's fields as people read them."""

from collections.abc import Mapping
from typing import Any

from umkm_cli.cli.kit.output import rupiah
from umkm_cli.i18n import language, t
from umkm_cli.registry.values.fields import Field, Fields, Kind, column_names


def told_fields(fields: Fields, document: Mapping[str, object]) -> dict[str, Any]:
    """The fields of a record's document, by the name that each has there."""
    columns = zip(column_names(fields), fields.values(), strict=True)
    return {column: _told(field, document[column]) for column, field in columns}


def _told(field: Field, value: Any) -> Any:
    """The way its field declares, else by its kind; what is masked stays so."""
    if field.told is not None:
        return field.told(value)
    if field.kind is Kind.LIST:
        return ", ".join(value)
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if field.kind is Kind.AMOUNT and isinstance(value, int):
        return rupiah(value)
    return percent(value) if field.kind is Kind.PERCENT and isinstance(value, int | float) else value


def percent(value: float) -> str:
    text = f"{value:g}%"
    return text.replace(".", ",") if language() == "id" else text
