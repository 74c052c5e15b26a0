"""Vendors: saving, finding, listing, editing, closing."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from umkm_cli.db.reading import Reader, Row, narrowed
from umkm_cli.errors import UmkmError
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.office.finding import find_by_code_or_ref
from umkm_cli.registry.office.saving import Saved, Status
from umkm_cli.registry.office.secrets import sealing_place
from umkm_cli.registry.records.earlier_rows import GivenBy, by_hand, first_stands, replaced
from umkm_cli.registry.records.vendor_fields import VENDOR_FIELDS, scale_of
from umkm_cli.registry.values.fields import Kind, of_kind, row_values
from umkm_cli.registry.values.reasons import read_reason

if TYPE_CHECKING:
    from sqlmodel import Session

    from umkm_cli.db.tables import Vendor
    from umkm_cli.documents.vendors import VendorBrief, VendorDocument
    from umkm_cli.registry.office.secrets import Secrets
    from umkm_cli.registry.office.work import Work

SEALED = tuple(name for name, field in VENDOR_FIELDS.items() if field.sealed)
LISTS = of_kind(VENDOR_FIELDS, Kind.LIST)
_SHOWN = (
    *("code", "ref", "source", *VENDOR_FIELDS),
    *("status", "closed_at", "closed_reason", "created_at", "updated_at"),
)


def save_vendor(
    work: "Work",
    values: dict[str, Any],
    *,
    source: str,
    ref: str | None,
    vendor_id: str | None = None,
    name_is_enough: bool = True,
    restored: str | None = None,
    meant: str | None = None,
    earlier: GivenBy = by_hand,
) -> Saved:
    """Create a vendor, or bring the one that is meant up to date; what is not given is not erased.

    `vendor_id` or else `registry.same_vendor` says who is meant, of several that may be the one with the code `meant`;
    one that gets its code `restored` is known by that and its `ref` only. What `earlier` rows of a sheet said of it
    stands. A row that would make a record another person's, or change a closed one, is a conflict. Raises
    `InvalidFieldsError` where the NIB is another vendor's.
    """
    from umkm_cli.registry.records.same_vendor import by_code, by_reference, clash, same_vendor, sharing_nik

    values = {name: value for name, value in values.items() if value is not None}
    if vendor_id is not None:
        vendor: Vendor | None = _get(work, vendor_id)
    elif restored is not None:
        vendor = by_code(work, restored) or by_reference(work, source, ref)
    else:
        vendor = same_vendor(work, values, source, ref, name_is_enough=name_is_enough, meant=meant)
    if vendor is None:
        _refuse_taken_nib(work.session, values.get("nib"), None)
        shared = sharing_nik(work, values)
        return Saved(Status.CREATED, _create(work, values, source, ref, restored).code, shared)
    problem, (values, warnings) = clash(work, vendor, values), _heeding(work, vendor, values, earlier(vendor.code))
    _refuse_taken_nib(work.session, values.get("nib"), vendor)
    if problem is not None:
        return Saved(Status.CONFLICT, vendor.code, [problem])
    if vendor_id is not None and None not in (ref, vendor.ref) and ref != vendor.ref:  # an earlier row gave it one
        raise InvalidFieldsError([Problem("ref", str(ref), "ref_of_other_code", params={"code": vendor.code})])
    if ref is not None and vendor.ref is None:
        values |= {"source": source, "ref": ref}
    closed = vendor.status == "closed"
    if closed and _differences(work, vendor, values):
        problem = Problem("status", vendor.name, "vendor_closed", params={"code": vendor.code})
        return Saved(Status.CONFLICT, vendor.code, [problem])
    before = {name: _plain_value(work, vendor, name) for name in _differing(work, vendor, values)}
    changed = _change(work, vendor, values)
    status = Status.UPDATED if changed else Status.UNCHANGED
    return Saved(status, vendor.code, warnings, replaced=replaced(VENDOR_FIELDS, before, values))


def edit_vendor(work: "Work", vendor_id: str, values: dict[str, Any]) -> list[str]:
    """Set fields, None clears one; returns the names that changed. Raises `InvalidFieldsError`, as saving does."""
    vendor = _get(work, vendor_id)
    _refuse_taken_nib(work.session, values.get("nib"), vendor)
    return _change(work, vendor, values | {name: [] for name in LISTS if name in values and not values[name]})


def record_reveal(work: "Work", codes: list[str]) -> None:
    """That somebody looked at the personal data of these vendors, before it is shown."""

    if len(codes) == 1:
        work.record("reveal", "vendor", vendor_id_of(work, codes[0]))
    else:
        work.record("reveal", "vendor", "*", {"codes": (None, codes)})


def close_vendor(work: "Work", vendor_id: str, reason: str) -> None:
    """Raises `UmkmError`: `reason_missing`, `vendor_closed`."""
    from umkm_cli.db.tables import now

    vendor = _get(work, vendor_id)
    reason = read_reason(reason)
    if vendor.status == "closed":
        raise UmkmError("vendor_closed", code=vendor.code)
    values = {"status": "closed", "closed_at": now(), "closed_reason": reason}
    work.changed("vendor", vendor, values, "close")


def vendor_id_of(work: "Work", code: str) -> str:
    """The identity of a vendor that is there."""
    from sqlmodel import col, select

    from umkm_cli.db.tables import Vendor

    return work.session.exec(select(Vendor.id).where(col(Vendor.code) == code)).one()


def find_vendor(reader: Reader, key: str) -> Row:
    """By code, `ref` or NIB. Raises `UmkmError`: `vendor_not_found`, `code_mistyped`, `ambiguous_ref`."""
    by_nib = reader.one("SELECT * FROM vendor WHERE nib = :nib", nib=plain_digits(key))
    return by_nib or find_by_code_or_ref(reader, "vendor", key)


def plain_digits(text: str) -> str:
    """A number without the spaces, dots and hyphens that people write into it."""
    return re.sub(r"[\s.\-']", "", text)


def list_vendors(
    reader: Reader,
    *,
    search: str | None = None,
    kecamatan: str | None = None,
    nib: str | None = None,
    ref: str | None = None,
    nik_digest: str | None = None,
    status: str | None = "active",
) -> list[Row]:
    """By code, or by likeness where a name is searched. `status` is `active`, `closed`, or None for both."""
    where, wanted = narrowed(
        kecamatan=("kecamatan = :kecamatan", kecamatan),
        nib=("nib = :nib", nib),
        ref=("ref = :ref", ref),
        nik=("nik_digest = :nik", nik_digest),
        status=("status = :status", status),
    )
    rows = reader.rows(f"SELECT * FROM vendor {where} ORDER BY code", **wanted)
    if search:
        from umkm_cli.registry.office.searching import rank

        rows = rank(rows, "name_key", search)
    return rows


def vendor_brief(row: Row, secrets: "Secrets | None" = None) -> "VendorBrief":
    """As one of many. Personal and financial values are masked unless `secrets` are given, to reveal them with.

    Raises `UmkmError` `number_altered` where what is stored is not the number that was sealed for this vendor.
    """
    told = row | row_values(VENDOR_FIELDS, row, reveal=secrets is not None)
    document = {name: told[name] for name in _SHOWN}
    for name in SEALED:
        sealed = row[f"{name}_sealed"]
        document[name] = None if sealed is None else _revealed(row, name, secrets) if secrets else "*" * 16
    return cast("VendorBrief", document)


def vendor_document(row: Row, secrets: "Secrets | None" = None) -> "VendorDocument":
    """`umkm.vendor/1`, as `vendor_brief` has it."""
    return cast("VendorDocument", {"schema": "umkm.vendor/1", **vendor_brief(row, secrets)})


def _refuse_taken_nib(session: "Session", nib: str | None, vendor: "Vendor | None") -> None:
    from sqlmodel import select

    from umkm_cli.db.tables import Vendor

    if not nib:
        return
    other = session.exec(select(Vendor).where(Vendor.nib == nib)).one_or_none()
    if other is not None and (vendor is None or other.id != vendor.id):
        raise InvalidFieldsError([Problem("nib", nib, "nib_taken", params={"code": other.code})])


def _create(
    work: "Work", values: dict[str, Any], source: str, ref: str | None, restored: str | None = None
) -> "Vendor":
    from umkm_cli.db.tables import Vendor, new_id
    from umkm_cli.registry.office.codes import CodeKind

    vendor_id = new_id()
    columns = {name: value for name, value in _with_scale(values, None).items() if name not in SEALED}
    sealed = {name: (None, values[name]) for name in SEALED if values.get(name)}
    for name, (_, plain) in sealed.items():
        columns |= _sealed(work, vendor_id, name, plain)
    vendor = Vendor(id=vendor_id, code=work.code(CodeKind.VENDOR, restored), source=source, ref=ref, **columns)
    work.created("vendor", vendor, sealed)
    return vendor


def _change(work: "Work", vendor: "Vendor", values: dict[str, Any]) -> list[str]:
    columns = _differences(work, vendor, values)
    sealed = {}
    for name in SEALED:
        if name in columns:
            plain = columns.pop(name)
            before = _revealed(vendor.model_dump(), name, work.secrets) if getattr(vendor, f"{name}_sealed") else None
            sealed[name] = (before, plain)
            columns |= _sealed(work, vendor.id, name, plain)
    return work.changed("vendor", vendor, columns, sealed=sealed)


def _heeding(
    work: "Work", vendor: "Vendor", values: dict[str, Any], given: Mapping[str, int]
) -> tuple[dict[str, Any], list[Problem]]:
    """`values` without what earlier rows contradict, and warnings; a scale that one of them states is stated still."""
    if not given:
        return values, []
    kept, warnings = first_stands(
        VENDOR_FIELDS,
        vendor.code,
        values,
        _differing(work, vendor, values),
        given,
        lambda name: _plain_value(work, vendor, name),
    )
    if "scale" in given and "scale" not in kept and vendor.scale:
        kept["scale"] = vendor.scale
    return kept, warnings


def _plain_value(work: "Work", vendor: "Vendor", name: str) -> Any:
    if name not in SEALED:
        return getattr(vendor, name)
    return _revealed(vendor.model_dump(), name, work.secrets) if getattr(vendor, f"{name}_sealed") else None


def _differences(work: "Work", vendor: "Vendor", values: dict[str, Any]) -> dict[str, Any]:
    """Of `values`, and of what follows from them, those that differ."""
    return _differing(work, vendor, _with_scale(values, vendor))


def _differing(work: "Work", vendor: "Vendor", values: dict[str, Any]) -> dict[str, Any]:
    """Of `values` those that differ; NIK and NPWP by digest, since sealing one number twice gives different text."""
    differing = {}
    for name, value in values.items():
        if name in SEALED:
            same = getattr(vendor, f"{name}_digest") == (work.secrets.digest(value) if value else None)
        else:
            same = getattr(vendor, name) == value
        if not same:
            differing[name] = value
    return differing


def _with_scale(values: dict[str, Any], vendor: "Vendor | None") -> dict[str, Any]:
    """New figures give the scale where nobody states it; those that are known already say nothing new."""
    known = {name: getattr(vendor, name, None) for name in ("capital", "annual_sales")}
    figures = {name: values.get(name, value) for name, value in known.items()}
    computed = scale_of(**figures)
    if values.get("scale") or computed is None or (vendor is not None and figures == known):
        return values
    return values | {"scale": computed}


def _sealed(work: "Work", vendor_id: str, name: str, plain: str | None) -> dict[str, str | None]:
    if not plain:
        return {f"{name}_sealed": None, f"{name}_digest": None}
    sealed = work.secrets.seal(plain, sealing_place("vendor", name, vendor_id))
    return {f"{name}_sealed": sealed, f"{name}_digest": work.secrets.digest(plain)}


def _revealed(row: Row, name: str, secrets: "Secrets") -> str:
    """Raises `UmkmError` `number_altered`."""
    try:
        plain = secrets.unseal(row[f"{name}_sealed"], sealing_place("vendor", name, row["id"]))
    except ValueError as error:
        raise UmkmError("number_altered", code=row["code"], field=name.upper()) from error
    if secrets.digest(plain) != row[f"{name}_digest"]:
        raise UmkmError("number_altered", code=row["code"], field=name.upper())
    return plain


def _get(work: "Work", vendor_id: str) -> "Vendor":
    from umkm_cli.db.tables import Vendor

    vendor = work.session.get(Vendor, vendor_id)
    if vendor is None:
        raise UmkmError("vendor_not_found", key=vendor_id)
    return vendor
