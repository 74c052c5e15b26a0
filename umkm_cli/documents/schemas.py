"""What `umkm schema` says of the documents."""

from typing import Any, Literal

from typing_extensions import TypedDict


class SchemaDocument(TypedDict):
    """The JSON Schema of one document."""

    schema: Literal["umkm.schema/1"]
    name: str
    json_schema: dict[str, Any]


class SchemasDocument(TypedDict):
    """The names of all documents."""

    schema: Literal["umkm.schemas/1"]
    documents: list[str]
