"""Whether a document is what its type says: names that the type does not have are a fault, too."""

import functools
from typing import Any

import jsonschema

from umkm_cli.documents.json_schema import json_schema


def validated(document: Any) -> Any:
    """`document` itself; fails where it is not as its `schema` promises."""
    for error in _validator(document["schema"]).iter_errors(document):
        place = ".".join(map(str, error.absolute_path))
        raise AssertionError(f"{document['schema']} at {place or 'its top'}: {error.message[:400]}")
    return document


@functools.cache
def _validator(name: str) -> Any:
    schema = json_schema(name, closed=True)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)
