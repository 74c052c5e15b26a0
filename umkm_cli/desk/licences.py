"""Licences: who may use whose motif."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from umkm_cli.documents.licences import LicenceDocument
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.attachments import attachments_of, read_evidence
from umkm_cli.registry.records.licences import (
    add_licence,
    attach_to_licence,
    end_licence,
    find_licence,
    licence_document,
    list_licences,
    read_licence,
)
from umkm_cli.registry.records.motif_fields import read_technique
from umkm_cli.registry.records.motifs import find_motif
from umkm_cli.registry.records.vendors import find_vendor
from umkm_cli.settings import Settings


def add(
    settings: Settings,
    motif: str,
    vendor: str,
    given: Mapping[str, str | None],
    techniques: Sequence[str] = (),
    *,
    exclusive: bool = False,
) -> LicenceDocument:
    """`given` is what was typed, by name: `number`, `licensor`, `object`, `valid_from`, `valid_to`, `territory`."""
    values = read_licence({name: text for name, text in given.items() if text}) | {"exclusive": exclusive}
    known = [technique for text in techniques if (technique := read_technique(text)) is not None]
    office = Office(settings)
    with office.reading() as reader:
        owner, licensee = find_motif(reader, motif), find_vendor(reader, vendor)
    with office.work() as work:
        code = add_licence(work, owner, licensee, values, known)
    return _licence(office, code)


def list_(settings: Settings, motif: str | None = None) -> list[LicenceDocument]:
    """All, ended ones too, or those of one motif."""
    with Office(settings).reading() as reader:
        motif_id = find_motif(reader, motif)["id"] if motif else None
        return [licence_document(row) for row in list_licences(reader, motif_id=motif_id)]


def attach(settings: Settings, code: str, files: Sequence[Path]) -> LicenceDocument:
    """Keep the written permission with the licence."""
    given = read_evidence(files)
    office = Office(settings)
    with office.reading() as reader:
        found = find_licence(reader, code)
    with office.work() as work:
        attach_to_licence(work, found["id"], given)
    return _licence(office, found["code"])


def end(settings: Settings, code: str, reason: str) -> LicenceDocument:
    office = Office(settings)
    with office.reading() as reader:
        found = find_licence(reader, code)
    with office.work() as work:
        end_licence(work, found["id"], reason)
    return _licence(office, found["code"])


def _licence(office: Office, code: str) -> LicenceDocument:
    with office.reading() as reader:
        row = next(row for row in list_licences(reader) if row["code"] == code)
        return licence_document(row, attachments_of(reader, "licence", row["id"]))
