"""Written permissions to use a motif."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from umkm_cli.db.reading import Reader, Row, listed
from umkm_cli.errors import UmkmError
from umkm_cli.registry import values
from umkm_cli.registry.fields import Field, read_fields
from umkm_cli.registry.finding import find_by_code
from umkm_cli.registry.problems import InvalidFieldsError, Problem
from umkm_cli.registry.reasons import read_reason

if TYPE_CHECKING:
    from umkm_cli.registry.office import Work

_SHOWN = (
    *("code", "number", "object", "exclusive", "valid_from", "valid_to", "territory", "techniques"),
    *("status", "closed_at", "closed_reason", "created_at"),
)
_SELECT = """
    SELECT licence.*, motif.code AS motif_code, motif.title AS motif_title,
           vendor.code AS vendor_code, vendor.name AS vendor_name
    FROM licence JOIN motif ON motif.id = licence.motif_id JOIN vendor ON vendor.id = licence.vendor_id
"""


LICENCE_FIELDS: dict[str, Field] = {
    "number": Field(lambda text, _: values.read_text(text, 100)),
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
    """The new licence's code. Raises `UmkmError`: `licence_to_owner`, `licence_period`, `licence_number_taken`."""
    from sqlmodel import select

    from umkm_cli.db.tables import Licence
    from umkm_cli.registry.codes import Kind

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
    licence = Licence(
        code=work.code(Kind.LICENCE),
        motif_id=motif["id"],
        vendor_id=vendor["id"],
        techniques=list(techniques),
        **terms,
    )
    work.created("licence", licence)
    return licence.code


@dataclass(frozen=True)
class ValidLicence:
    """What excuses a likeness: number, last day (None: open), and the techniques permitted (empty: all)."""

    number: str
    valid_to: str | None
    techniques: frozenset[str]


def valid_licences(reader: Reader, today: str) -> dict[tuple[str, str], list[ValidLicence]]:
    """Those in force on the ISO day `today`, by motif and licensed vendor; the one that lasts longest first."""
    valid: dict[tuple[str, str], list[ValidLicence]] = {}
    for row in reader.rows(
        "SELECT motif_id, vendor_id, number, valid_to, techniques FROM licence WHERE status = 'active' "
        "AND (valid_from IS NULL OR valid_from <= :today) AND (valid_to IS NULL OR valid_to >= :today) "
        "ORDER BY valid_to IS NOT NULL, valid_to DESC, number",
        today=today,
    ):
        licence = ValidLicence(row["number"], row["valid_to"], frozenset(listed(row["techniques"])))
        valid.setdefault((row["motif_id"], row["vendor_id"]), []).append(licence)
    return valid


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
    return reader.rows(
        f"{_SELECT} WHERE :motif IS NULL OR licence.motif_id = :motif ORDER BY licence.code", motif=motif_id
    )


def licence_document(row: Row) -> dict[str, Any]:
    """`umkm.licence/1`, from a row of `list_licences`."""
    document = {name: row[name] for name in _SHOWN}
    document |= {"techniques": listed(row["techniques"]), "exclusive": bool(row["exclusive"])}
    document["motif"] = {"code": row["motif_code"], "title": row["motif_title"]}
    document["vendor"] = {"code": row["vendor_code"], "name": row["vendor_name"]}
    return {"schema": "umkm.licence/1", **document}
