"""`umkm schema`: what the documents for scripts look like."""

import json

import jsonschema
import pytest

from tests.conftest import Run
from tests.schemas import validated
from umkm_cli.documents.catalogue import DOCUMENTS


def test_every_document_has_a_schema_of_that_name(umkm: Run) -> None:
    names = umkm("schema").ok().out.split()
    assert names == umkm("schema", "--json").ok().json()["documents"] == list(DOCUMENTS)
    for name in names:
        printed = json.loads(umkm("schema", name).ok().out)
        jsonschema.Draft202012Validator.check_schema(printed)
        assert printed["properties"]["schema"]["const"] == name
        assert umkm("schema", name, "--json").ok().json()["json_schema"] == printed


@pytest.mark.parametrize("name", ["vendor", "umkm.vendor", "umkm.vendor/1", " Vendor "])
def test_a_name_may_be_short(umkm: Run, name: str) -> None:
    assert json.loads(umkm("schema", name).ok().out)["$id"] == "urn:umkm.vendor:1"


def test_an_unknown_name_is_refused(umkm: Run) -> None:
    umkm("schema", "kambing", "--json").refused("unknown_document")


def test_what_scripts_read_may_grow_and_what_tests_read_may_not(umkm: Run) -> None:
    document = umkm("register", "--name", "Batik Sari", "--json").ok().json()
    grown = {**document, "favourite_colour": "biru"}
    jsonschema.validate(grown, json.loads(umkm("schema", "vendor").ok().out))
    with pytest.raises(AssertionError, match="favourite_colour"):
        validated(grown)
