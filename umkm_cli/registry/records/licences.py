"""Written permissions to use a motif."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from umkm_cli.db.reading import Reader, Row, listed, narrowed
from umkm_cli.errors import UmkmError
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.office.finding import find_by_code
from umkm_cli.registry.pictures.attachments import GivenFile, attach
from umkm_cli.registry.values import typed as values
from umkm_cli.registry.values.fields import Field, read_fields
from umkm_cli.registry.values.reasons import read_reason

if TYPE_CHECKING:
    from umkm_cli.db.tables import Licence
    from umkm_cli.documents.common import AttachmentDocument
    from umkm_cli.documents.licences import LicenceDocument
    from umkm_cli.registry.office.work import Work

_SHOWN = (
    *("code", "number", "licensor", "object", "exclusive", "valid_from", "valid_to", "territory", "techniques"),
    *("status", "closed_at", "closed_reason", "created_at"),
)
_SELECT = """
    SELECT licence.*, motif.code AS motif_code, motif.title AS motif_title,
           vendor.code AS vendor_code, vendor.name AS vendor_name
    FROM licence JOIN motif ON motif.id = licence.motif_id JOIN vendor ON vendor.id = licence.vendor_id
"""


LICENCE_FIELDS: dict[str, Field] = {
    "number": Field(lambda text, _: values.read_text(text, 100)),
    "licensor": Field(lambda text, _: values.read_text(text, 200)),
    "object": Field(lambda text, _: values.read_text(text)),
    "valid_from": Field(lambda text, _: values.read_date(text)),
    "valid_to": Field(lambda text, _: values.read_date(text)),
    "territory": Field(lambda text, _: values.read_text(text, 200)),
}


def read_licence(raw: Mapping[str, str]) -> dict[str, Any]:
    """Columns of the licence table. Raises `InvalidFieldsError`."""
    read, problems = read_fields(LICENCE_FIELDS, raw)
    if not read.get("number"):
        problems.append(Problem("number", "", "required"))
    if problems:
        raise InvalidFieldsError(problems)
    return read


def add_licence(work: "Work", motif: Row, vendor: Row, terms: dict[str, Any], techniques: Sequence[str]) -> str:
    """The new licence's code.

    Raises `UmkmError`: `licence_to_owner`, `licence_period`, `licence_number_taken`, `licence_not_exclusive`.
    """
    from sqlmodel import select

    from umkm_cli.db.tables import Licence
    from umkm_cli.registry.office.codes import CodeKind

    if motif["vendor_id"] == vendor["id"]:
        raise UmkmError("licence_to_owner", motif=motif["code"], vendor=vendor["name"])
    start, end = terms.get("valid_from"), terms.get("valid_to")
    if start and end and end < start:
        raise UmkmError("licence_period", start=start, end=end)
    same = select(Licence).where(
        Licence.motif_id == motif["id"], Licence.vendor_id == vendor["id"], Licence.number == terms["number"]
    )
    if work.session.exec(same.where(Licence.status == "active")).first() is not None:
        raise UmkmError("licence_number_taken", number=terms["number"], motif=motif["code"], vendor=vendor["name"])
    _refuse_beside_exclusive(work, motif, vendor, terms)
    licence = Licence(
        code=work.code(CodeKind.LICENCE),
        motif_id=motif["id"],
        vendor_id=vendor["id"],
        techniques=list(techniques),
        **terms,
    )
    work.created("licence", licence)
    return licence.code


def _refuse_beside_exclusive(work: "Work", motif: Row, vendor: Row, terms: dict[str, Any]) -> None:
    """Nobody else may have a licence for the same motif while an exclusive one lasts, whichever came first."""
    from sqlmodel import select

    from umkm_cli.db.tables import Licence, Vendor

    others = select(Licence, Vendor).where(
        Licence.motif_id == motif["id"],
        Licence.vendor_id != vendor["id"],
        Licence.status == "active",
        Licence.vendor_id == Vendor.id,
    )
    for other, licensee in work.session.exec(others):
        if (other.exclusive or terms.get("exclusive")) and _overlap(other, terms):
            known = {"code": other.code, "number": other.number, "vendor": licensee.name, "motif": motif["code"]}
            raise UmkmError("licence_not_exclusive", **known)


def _overlap(licence: "Licence", terms: dict[str, Any]) -> bool:
    """Whether two periods share a day; without a first or last day they are open."""
    first, last = max(licence.valid_from or "", terms.get("valid_from") or ""), "9999-12-31"
    return first <= min(licence.valid_to or last, terms.get("valid_to") or last)


def end_licence(work: "Work", licence_id: str, reason: str) -> None:
    """Raises `UmkmError`: `reason_missing`, `licence_ended`."""
    from umkm_cli.db.tables import Licence, now

    licence = work.session.get(Licence, licence_id)
    if licence is None:
        raise UmkmError("licence_not_found", key=licence_id)
    reason = read_reason(reason)
    if licence.status != "active":
        raise UmkmError("licence_ended", code=licence.code)
    state = {"status": "ended", "closed_at": now(), "closed_reason": reason}
    work.changed("licence", licence, state, "end")


def find_licence(reader: Reader, key: str) -> Row:
    return find_by_code(reader, "licence", key)


def list_licences(reader: Reader, *, motif_id: str | None = None) -> list[Row]:
    where, wanted = narrowed(motif=("licence.motif_id = :motif", motif_id))
    return reader.rows(f"{_SELECT} {where} ORDER BY licence.code", **wanted)


def attach_to_licence(work: "Work", licence_id: str, files: Sequence[GivenFile]) -> None:
    """The written permission itself, of an ended licence too. Raises `UmkmError` `home_not_writable`."""
    for file in files:
        attach(work, "licence", licence_id, "document", file)


def licence_document(row: Row, attachments: "Sequence[AttachmentDocument]" = ()) -> "LicenceDocument":
    """`umkm.licence/1`, from a row of `list_licences` and, where one licence is shown, its files."""
    document = {name: row[name] for name in _SHOWN}
    document |= {"techniques": listed(row["techniques"]), "exclusive": bool(row["exclusive"])}
    document["motif"] = {"code": row["motif_code"], "title": row["motif_title"]}
    document["vendor"] = {"code": row["vendor_code"], "name": row["vendor_name"]}
    whole = {"schema": "umkm.licence/1", **document, "attachments": list(attachments)}
    return cast("LicenceDocument", whole)
