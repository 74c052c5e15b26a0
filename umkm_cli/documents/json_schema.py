"""JSON Schema (draft 2020-12) of the documents, made from their types."""

from typing import Any

from umkm_cli.documents.catalogue import DOCUMENTS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OPEN = frozenset({"umkm.error/1"})
"""Documents that may say more than their type does."""


def json_schema(name: str, *, closed: bool = False) -> dict[str, Any]:
    """Of one document. Scripts must bear with names that are new to them; `closed` allows none, as tests want it.

    Raises `KeyError` where there is no document of that name.
    """
    from pydantic import TypeAdapter

    schema = TypeAdapter(DOCUMENTS[name]).json_schema(mode="serialization")
    if closed and name not in OPEN:
        _close(schema)
    return {"$schema": DIALECT, "$id": f"urn:{name.replace('/', ':')}", **schema}


def _close(schema: Any) -> None:
    """No object may hold what its type does not name."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            schema["additionalProperties"] = False
        for part in schema.values():
            _close(part)
    elif isinstance(schema, list):
        for part in schema:
            _close(part)
